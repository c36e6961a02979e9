"""Work that may crash, hang or be wrong is tried in a child process first, with a time limit."""

import os
import pickle
import signal
import subprocess
import sys
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
    command = [sys.executable, "-c", "from index.trial import _child; _child()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command,
            input=pickle.dumps((work, arguments, seconds)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise TrialTimeout(f"not done within {seconds:.0f} s") from None
    if done.returncode or not done.stdout:
        raise TrialFailed(_ending(done.returncode))
    result = pickle.loads(done.stdout)
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
