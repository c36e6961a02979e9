"""The process that opens and parses files: the other side of `index.reading.process`.

It is told paths, one after the other, and tells what it finds, article by article, ready to be embedded.
Nothing heavy that only answering needs (torch, chromadb, gradio) is loaded here.
"""

import contextlib
import pickle
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from index import near_copies, reading
from index.chunk import chunks
from index.clean import clean_details
from index.config import LIMITS, TEXT, FileLimits
from index.errors import InputError, Line, NoText
from index.metadata import parse
from index.reading import UNREADABLE, Bad, Document, kind_of, too_long
from index.reading.files import read_bytes
from index.types import Details

#: Seconds after its limit at which a child whose parent is gone ends itself.
_ORPHAN = 15
_NO_MEMORY = (
    "it needs more than {limit:.0f} MB of memory to be read; split it, or save it as plain text"
)
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)
_EMPTY_ARTICLE = "no article in it, only page furniture; check the file"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read. `done` are its parts that need not be read, or that ended a process."""

    path: str
    fields: Mapping[str, str]
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's SHA-256 in hex. It is read on only if the answer is True."""

    digest: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What follows, good or bad, comes of this part of the file."""

    part: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles there are in the file, as far as is known."""

    articles: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article as it is to be kept: its clean body, the spans of its chunks, what its near-copies share."""

    part: str
    details: Details
    body: str
    spans: tuple[tuple[int, int], ...]
    bands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """The file is done; `line` says why it, or the rest of it, could not be read, where it could not. `last`:
    so is the process, which has run out of memory."""

    line: Line | None = None
    last: bool = False


Told = Opened | Begun | Counted | Parsed | Bad | Ended


def main() -> None:
    """Reads what it is told to until nobody is there to tell."""
    pipe = Connection(int(sys.argv[1]))
    limits: FileLimits = pickle.loads(pipe.recv_bytes())
    _bound(limits)
    with contextlib.suppress(*_GONE):
        while _Reading(pipe, limits, pickle.loads(pipe.recv_bytes())).run():
            pass


def _bound(limits: FileLimits) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # an administrator's own limit is lower
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file, read."""

    pipe: Connection
    limits: FileLimits
    wanted: Wanted

    def run(self) -> bool:
        """Tells all of the file, whatever happens; returns whether another can be read."""
        line = None
        last = False
        try:
            self._guard()
            digest, data = read_bytes(Path(self.wanted.path))
            self._tell(Opened(digest))
            signal.alarm(0)
            if not pickle.loads(self.pipe.recv_bytes()):
                return True
            self._guard()
            self._articles(data)
        except MemoryError:
            line, last = self._no_memory(), True
        except _GONE:
            raise
        except InputError as error:
            line = error.line
        except BaseException as error:  # whatever a damaged file leads a parser into
            line = _unreadable(error)
        self._tell(Ended(_plain(line) if line else None, last))
        signal.alarm(0)
        return not last

    def _articles(self, data: bytes) -> None:
        """Tells what is in the file, also where it can be read in part only."""
        found: list[Document | Bad] = []
        failure: BaseException | None = None
        try:
            for one in reading.read(
                Path(self.wanted.path).name, data, self.wanted.fields, self._begin
            ):
                found.append(one)
                if len(found) > LIMITS.articles:
                    raise InputError(
                        "it holds more than {limit} articles; the rest is not read: split it",
                        limit=LIMITS.articles,
                    )
        except _GONE:
            raise
        except BaseException as error:
            failure = error
        del data  # it may be large
        self._tell(Counted(sum(isinstance(one, Document) for one in found)))
        found.reverse()
        while found:  # let go of, one by one
            one = found.pop()
            if isinstance(one, Bad):
                self._tell(Bad(one.part, _plain(one.reason)))
            elif not one.part or self._begin(one.part):
                self._tell(self._parsed(one))
        if failure:
            raise failure

    def _parsed(self, found: Document) -> Parsed | Bad:
        try:
            if len(found.text) > TEXT.article:
                raise too_long(len(found.text))
            details, body = parse(found.text, clean_details(found.details))
            spans = tuple(chunks(body))
            if not spans:
                raise NoText(_EMPTY_ARTICLE)
            bands = tuple(near_copies.bands(near_copies.runs(body)))
            return Parsed(found.part, clean_details(details), body, spans, bands)
        except MemoryError:
            return Bad(found.part, self._no_memory())
        except InputError as error:
            return Bad(found.part, _plain(error.line))
        except Exception as error:
            return Bad(found.part, _unreadable(error))

    def _begin(self, part: str) -> bool:
        """Says what is read next; False where it is not to be."""
        if part in self.wanted.done:
            return False
        self._tell(Begun(part))
        return True

    def _tell(self, told: Told) -> None:
        signal.alarm(0)  # it may have to wait until what was told before is taken
        self.pipe.send_bytes(pickle.dumps(told))
        self._guard()

    def _guard(self) -> None:
        """Sees to it that the process outlives no parent that was killed, also inside native code."""
        signal.alarm(int(self.limits.seconds) + _ORPHAN)

    def _no_memory(self) -> Line:
        return Line.of(_NO_MEMORY, limit=self.limits.memory / 1e6)


def _unreadable(error: BaseException) -> Line:
    return Line.of(UNREADABLE, why=kind_of(error))


def _plain(line: str) -> Line:
    """The line with nothing in it but text and numbers, on one line."""
    assert isinstance(line, Line)
    values = {
        name: value if isinstance(value, int | float) else " ".join(str(value).split())[:200]
        for name, value in line.values.items()
    }
    return Line.of(line.template, **values)
