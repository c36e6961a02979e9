"""A file while it is read, perhaps by several processes: what of it is told, and what it has taken."""

import contextlib
from pathlib import Path

from index.config import LIMITS, OCR, FileLimits
from index.errors import InputError, Line
from index.reading import Bad
from index.reading.child import Counted, Paged, Parsed

#: For how many parts of one file a process is started anew.
_DEATHS = 20
#: So often at most a page of a scan is read.
_READINGS = 4


class FileRead:
    """A file while it is read, perhaps by several processes."""

    def __init__(self, limits: FileLimits, path: Path, scans: bool) -> None:
        self.path = path
        self.scans = scans
        self.done: set[str] = set()
        #: The part that is being read.
        self.begun = ""
        self.waited = 0.0
        #: Parts that cannot be read, beyond those of which each is told.
        self.untold = 0
        #: Whether the process has told all of it.
        self.ended = False
        self._limits = limits
        self._digest = ""
        self._seconds = limits.seconds
        self._output = 0
        self._bad = 0
        self._deaths = 0
        self._pages = 0

    def opened(self, digest: str) -> None:
        """The file was opened, perhaps once more."""
        if self._digest and digest != self._digest:
            raise InputError("it changed while it was read; add it again")
        if not self._digest:
            with contextlib.suppress(OSError):
                self._seconds *= 3 + self.path.stat().st_size / 1e6
        self._digest = digest

    def begin(self, part: str) -> None:
        """What comes next is of this part."""
        self.begun = part

    def failed(self, line: Line) -> None:
        """A process ended over what was begun.

        Raises:
            InputError: with that the file is done, too.
        """
        self._deaths += 1
        if not self.begun or self.begun in self.done or self._deaths > _DEATHS or self.late(0.0):
            raise InputError(line)
        self.done.add(self.begun)

    def late(self, seconds: float) -> bool:
        """Whether it took too long, with so many more."""
        return seconds > self._limits.seconds or self.waited + seconds > self._seconds

    def takes(self, told: Counted | Paged | Parsed | Bad) -> bool:
        """Whether what was told is news.

        Raises:
            InputError: it is too much.
        """
        if isinstance(told, Counted):
            return True
        if isinstance(told, Paged):
            self._pages += 1
            if self._pages <= _READINGS * LIMITS.pdf_pages:
                self._seconds += OCR.seconds
            return True
        self.done.add(told.part)
        if isinstance(told, Bad):
            self._bad += 1
            self.untold += self._bad > LIMITS.told
            return self._bad <= LIMITS.told
        self._output += len(told.body)
        if self._output > self._limits.output:
            raise InputError(
                "it holds more than {limit:.0f} million characters; the rest is not read: split it",
                limit=self._limits.output / 1e6,
            )
        return True
