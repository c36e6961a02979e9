"""Work that may crash, hang or be wrong is tried in a child process first, with a time limit."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any, TypeVar

from index.errors import HoiBaoError

T = TypeVar("T")


class TrialFailed(Exception):
    """The work did not end well; its text says how: "crashed (SIGSEGV)", "not done within 60 s" …"""


class TrialTimeout(TrialFailed):
    """The work took too long: it hangs, or the machine is busy."""


def attempt(work: Callable[..., T], *arguments: Any, seconds: float) -> T:
    """What `work(*arguments)` returns, done in a new Python process. The work must be importable by name, and
    what goes in and comes out picklable. What the child prints is thrown away.

    Raises:
        HoiBaoError: the work raised it.
        TrialTimeout: it ran longer than `seconds`.
        TrialFailed: it crashed, whatever the signal, or raised anything else.
    """
    # Not multiprocessing: a fork does not survive the threads of torch and llama.cpp, and its other ways
    # share a process that complains on the terminal when a child was killed.
    command = [sys.executable, "-c", "from index.models.trial import _child; _child()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # Files, not pipes: what a crashed child leaves behind may hold a pipe open.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(pickle.dumps((work, arguments, seconds)))
        given.seek(0)
        with subprocess.Popen(
            command,
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        ) as child:
            try:
                status = child.wait(seconds)
            except subprocess.TimeoutExpired:
                raise TrialTimeout(f"not done within {seconds:.0f} s") from None
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
        answer.seek(0)
        output = answer.read()
    if status or not output:
        raise TrialFailed(_ending(status))
    result = pickle.loads(output)
    if isinstance(result, Exception):
        raise result
    returned: T = result
    return returned


def _child() -> None:
    """The other side of `attempt`. It outlives no parent that was killed: the alarm ends it, also inside
    native code."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    result: object
    try:
        work, arguments, seconds = pickle.load(sys.stdin.buffer)
        if hasattr(signal, "alarm"):
            signal.alarm(int(seconds) + 30)
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        result = work(*arguments)
    except HoiBaoError as error:
        result = error
    except BaseException as error:  # also a panic of Rust code, which is no Exception
        result = TrialFailed(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
    with answer:
        pickle.dump(result, answer)


def _ending(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"crashed ({signal.Signals(-status).name})"
    except ValueError:
        return f"crashed (signal {-status})"
