"""The processes that read files (`index.reading.child`), forked from one that has loaded everything: to start
a Python for each of a thousand small libraries takes more time than all else that the tests do with them.

`tests/hostile/test_process.py`, and whatever runs the program in a process of its own, starts them as the
program does."""

import array
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class Forks:
    """Stands in the place of `subprocess` in `index.reading.process`."""

    DEVNULL = subprocess.DEVNULL
    TimeoutExpired = subprocess.TimeoutExpired

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def Popen(  # noqa: N802 - the name that is replaced
        self, command: Sequence[str], *, pass_fds: Sequence[int], env: Mapping[str, str], **_: Any
    ) -> "Forked":
        """A process that reads files, forked."""
        assert command[2] == "from index.reading.child import main; main()", command
        (fd,) = pass_fds
        with self._lock:
            (pid,) = self._told({"env": dict(env)}, fd)
        return Forked(self, pid)

    def ended(self, pid: int) -> int:
        """The status of a process that has ended, which is forgotten then."""
        with self._lock:
            (status,) = self._told({"ended": pid})
        return status

    def _told(self, what: Mapping[str, object], *fds: int) -> list[int]:
        if self._socket is None:
            self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                )  # fmt: skip
        given = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
        self._socket.sendmsg([json.dumps(what).encode()], given)
        reply = self._socket.recv(64)
        assert reply, "the process that forks readers has ended"
        return [int(reply)]

    def close(self) -> None:
        """Ends the process that forks."""
        if self._socket and self._process:
            self._socket.close()
            self._process.wait()


class Forked:
    """A forked process, as far as `subprocess.Popen` of it is used."""

    def __init__(self, forks: Forks, pid: int) -> None:
        self.pid = pid
        self._forks = forks
        self._end = os.pidfd_open(pid)
        self._status: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its status, when it has ended."""
        if self._status is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a reader", timeout or 0)
            os.close(self._end)
            self._status = self._forks.ended(self.pid)
        return self._status


def main(at: int) -> None:
    """Forks a process for each that is asked for, until nobody is there to ask."""
    _load()
    asks = socket.socket(fileno=at)
    while True:
        text, fds, *_ = socket.recv_fds(asks, 1_000_000, 1)
        if not text:
            return
        asked = json.loads(text)
        if "ended" in asked:
            _, status = os.waitpid(asked["ended"], 0)
            asks.send(str(os.waitstatus_to_exitcode(status)).encode())
            continue
        pid = os.fork()
        if not pid:
            asks.close()
            _read(fds[0], asked["env"])
        os.close(fds[0])
        asks.send(str(pid).encode())


def _load() -> None:
    """Loads what reads texts, pages, PDFs and Word files, and the data that it makes at its first use."""
    import docx
    import pdfminer.high_level

    from index.chunk import chunks
    from index.metadata import parse
    from index.near_copies import bands, runs
    from index.reading import Document, child, pdf, read, word

    assert child and docx and pdf and pdfminer.high_level and word  # loaded, that is all
    text = next((ROOT / "index" / "samples").glob("08*")).read_text("utf-8")
    for name, data in (("a.txt", text), ("a.html", f"<article><p>{text}</p></article>")):
        for one in read(name, data.encode(), {}):
            assert isinstance(one, Document)
            _, body = parse(one.text, one.details)
            assert list(chunks(body)) and bands(runs(body))


def _read(fd: int, environment: Mapping[str, str]) -> None:
    """What `index.reading.process` starts a Python for."""
    status = 1
    with contextlib.suppress(BaseException):
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for one in (0, 1, 2):
            os.dup2(nowhere, one)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:] = environment["PYTHONPATH"].split(os.pathsep)
        sys.argv[:] = ["-c", str(fd)]
        from index.reading.child import main

        main()
        status = 0
    os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]))
