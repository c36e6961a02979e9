"""Files are opened and parsed in a process of their own, so that none can end, block or fill this one.

One process reads one file after the other. Where it dies, hangs or gives too much, that is one line about the
file, or about the part of it that was being read; a new process goes on behind it.
"""

import contextlib
import io
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

from index.config import file_limits
from index.errors import InputError, Later, Line
from index.reading import Bad
from index.reading.child import Begun, Counted, Ended, Opened, Paged, Parsed, Told, Wanted
from index.reading.taken import FileRead

#: Seconds after which it is seen that one should stop.
_BEAT = 0.2
#: How many times its own time a process may take by the clock.
_ASLEEP = 3
#: Seconds within which a process starts on a busy machine.
_START = 60
#: Bytes of one message: an article of a million letters has four million at most.
_MESSAGE = 32_000_000
#: Where passwords may stand, which nothing that reads a file needs.
_SECRET = ("HOIBAO_STORE", "PGPASSWORD")
_CRASHED = "the program that reads it crashed ({how}); save it again, or as plain text"
#: What a process may be made to build here.
_OURS = {
    ("index.reading.child", name)
    for name in ("Opened", "Begun", "Counted", "Paged", "Parsed", "Ended")
} | {
    ("index.reading", "Bad"),
    ("index.types", "Details"),
    ("index.types", "LeftOut"),
    ("index.types", "Doubt"),
    ("index.errors", "Line"),
    ("datetime", "date"),
}


class Stopped(Exception):
    """`stop` was set while a file was being read."""


class Parsers:
    """The process, started when the first file is read. Not for several threads at once."""

    def __init__(self, stop: threading.Event, fields: Mapping[str, str]) -> None:
        self._stop = stop
        self._fields = fields
        self._limits = file_limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._file: FileRead | None = None

    def __enter__(self) -> "Parsers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def digest(self, path: Path, scans: bool = True) -> str:
        """Opens a file; returns its SHA-256, in hex. `scans`: whether its pages that are pictures are read.

        Raises:
            InputError: it cannot be opened: one line says why.
            Stopped: `stop` was set.
        """
        if self._pipe and self._file and not self._file.ended:  # the last one was not to be read on
            with contextlib.suppress(_Failed):
                self._say(False)
        self._file = FileRead(self._limits, path, scans)
        try:
            return self._opened(self._file)
        except _Failed:
            self.close()  # perhaps it died while it had nothing to do
        try:
            return self._opened(self._file)
        except _Failed as failed:
            self.close()
            raise InputError(failed.line) from None

    def articles(self) -> Iterator[Counted | Paged | Parsed | Bad]:
        """How many articles the file opened last holds, as far as is known, and these; a `Bad` for each part
        that cannot be read; of a scan, which page is read next.

        Raises:
            Later: it has pages that are pictures, which were not wanted; nothing was told.
            InputError: the file, or the rest of it, cannot be read: one line says why.
            Stopped: `stop` was set.
        """
        file = self._file
        assert file
        try:
            while not file.ended:
                try:
                    if not self._pipe:  # it died
                        self._opened(file)
                    self._say(True)
                    yield from self._told(file)
                except _Failed as failed:
                    self.close()
                    file.failed(failed.line)
                    yield Bad(file.begun, failed.line)
        finally:
            if not file.ended:  # it is still telling
                self.close()
            file.ended = True

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._pipe:
            self._pipe.close()
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        if self._scratch:
            self._scratch.cleanup()
        self._scratch = self._process = self._pipe = None

    def _opened(self, file: FileRead) -> str:
        self._ask(Wanted(str(file.path), dict(self._fields), frozenset(file.done), file.scans))
        told = self._heard(file)
        if isinstance(told, Ended):
            self._end(file, told)
        if not isinstance(told, Opened):
            raise _Failed(Line.of(_CRASHED, how="out of step"))
        file.opened(told.digest)
        return told.digest

    def _told(self, file: FileRead) -> Iterator[Counted | Paged | Parsed | Bad]:
        while not file.ended:
            told = self._heard(file)
            if isinstance(told, Begun):
                file.begin(told.part)
            elif isinstance(told, Ended):
                self._end(file, told)
            elif isinstance(told, Counted | Paged | Parsed | Bad) and file.takes(told):
                yield told

    def _end(self, file: FileRead, told: Ended) -> None:
        file.ended = True
        if told.last:
            self.close()
        if told.later:
            raise Later("a scan")
        if told.line:
            raise InputError(told.line)
        if file.untold:
            raise InputError(
                "{count} more parts of it cannot be read; mend the first ones", count=file.untold
            )

    def _ask(self, wanted: Wanted) -> None:
        """Asks a process for a file."""
        if not self._pipe:
            self._pipe = self._started()
        self._say(wanted)

    def _say(self, what: object) -> None:
        assert self._pipe
        try:
            self._pipe.send_bytes(pickle.dumps(what))
        except OSError:
            raise _Failed(Line.of(_CRASHED, how=self._ending())) from None

    def _started(self) -> Connection:
        ours, theirs = Pipe()
        # Not multiprocessing's own start: see `index.models.trial`.
        command = [
            sys.executable,
            "-c",
            "from index.reading.child import main; main()",
            str(theirs.fileno()),
        ]
        one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        # What it keeps for other programs (Tesseract) goes with it, also where it is killed.
        self._scratch = tempfile.TemporaryDirectory(
            prefix="hoibao-read-", ignore_cleanup_errors=True
        )
        environment = {
            **{name: value for name, value in os.environ.items() if name not in _SECRET},
            **one,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "TMPDIR": self._scratch.name,
        }
        try:
            with theirs:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    env=environment,
                    start_new_session=True,
                )
            ours.send_bytes(pickle.dumps(self._limits))
            if ours.poll(_START):  # how long that takes is no fault of the file's
                ours.recv_bytes(_MESSAGE)
                return ours
        except (OSError, EOFError):
            pass
        raise _Failed(Line.of(_CRASHED, how="at its start"))

    def _heard(self, file: FileRead) -> Told:
        """The next that the process tells.

        Raises:
            _Failed: it died, takes too long, or tells what it should not.
            Stopped: `stop` was set.
        """
        began, worked = time.monotonic(), self._worked()
        pipe = self._pipe
        assert pipe

        def took() -> float:
            # Its own time, so that a busy machine fails no file; of one that sleeps the clock's.
            return max(self._worked() - worked, (time.monotonic() - began) / _ASLEEP)

        while not pipe.poll(_BEAT):
            if self._stop.is_set():
                self.close()
                raise Stopped
            if file.late(took()):
                file.waited += took()
                raise _Failed(
                    Line.of(
                        "it takes more than {seconds:.0f} s to read; split it, or save it as plain text",
                        seconds=min(file.waited, self._limits.seconds),
                    )
                )
        file.waited += took()
        try:
            told: Told = _Ours(io.BytesIO(pipe.recv_bytes(_MESSAGE))).load()
        except (OSError, EOFError, pickle.UnpicklingError):
            raise _Failed(Line.of(_CRASHED, how=self._ending())) from None
        return told

    def _worked(self) -> float:
        """Seconds that the process has computed; 0 where the system does not tell."""
        assert self._process
        try:
            stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace")
        except OSError:
            return 0.0
        ticks = stat.rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def _ending(self) -> str:
        """How the process ended."""
        assert self._process
        try:
            status = self._process.wait(_BEAT)
        except subprocess.TimeoutExpired:
            return "no sense"
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"status {status}"


class _Failed(Exception):
    """The process is of no use any more; `line` says it of what it was reading."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.line = line


class _Ours(pickle.Unpickler):
    """Builds nothing but what a process has to tell."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _OURS:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
