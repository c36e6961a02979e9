"""The process that opens and parses files: the other side of `index.reading.process`.

It is told paths, one after the other, and tells what it finds, article by article, ready to be embedded.
Nothing heavy that only answering needs (torch, chromadb, gradio) is loaded here.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from index import near_copies, reading
from index.chunk import chunks
from index.clean import clean_details
from index.config import LIMITS, OCR, TEXT, FileLimits
from index.errors import InputError, Later, Line, NoText
from index.left_out import left_out
from index.metadata import parse
from index.pages import moved
from index.reading import PAGE, Bad, Document, too_long, unreadable
from index.reading.doubtful import blanked, doubts
from index.reading.files import read_bytes
from index.types import Details, Doubt, LeftOut, Pages

#: Seconds after its limit at which a child whose parent is gone ends itself.
_ORPHAN = 15
#: After how many articles it is told that it still reads.
_OFTEN = 500
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)
_EMPTY_ARTICLE = "no article in it, only page furniture; check the file"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read. `done` are its parts that need not be read, or that ended a process; `scans`: whether
    pages are read that are pictures."""

    path: str
    fields: Mapping[str, str]
    done: frozenset[str] = frozenset()
    scans: bool = True


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
class Paged:
    """Which page of a scan is read next, perhaps once more, and how many there are."""

    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article as it is to be kept: its clean body, the spans of its chunks, what its near-copies share, the
    pages of its body, what of the file is not in it, its words that may be misread."""

    part: str
    details: Details
    body: str
    spans: tuple[tuple[int, int], ...]
    bands: tuple[int, ...]
    pages: Pages = ()
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """The file is done; `line` says why it, or the rest of it, could not be read, where it could not. `last`:
    so is the process, which has run out of memory. `later`: it is a scan, and these are not wanted yet."""

    line: Line | None = None
    last: bool = False
    later: bool = False


Told = Opened | Begun | Counted | Paged | Parsed | Bad | Ended


def main() -> None:
    """Reads what it is told to until nobody is there to tell."""
    # Tesseract's threads wait for each other. Only here: with this limit the models are wrong (see `index`).
    os.environ["OMP_THREAD_LIMIT"] = "1"
    pipe = Connection(int(sys.argv[1]))
    limits: FileLimits = pickle.loads(pipe.recv_bytes())
    _bound(limits)
    pipe.send_bytes(b"ready")
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
        last = later = False
        try:
            self._guard()
            PAGE.set(self._page)
            digest, data = read_bytes(Path(self.wanted.path))
            self._tell(Opened(digest))
            signal.alarm(0)
            if not pickle.loads(self.pipe.recv_bytes()):
                return True
            self._guard()
            self._articles(data)
        except _GONE:
            raise
        except Later:
            later = True
        except InputError as error:
            line = error.line
        except BaseException as error:  # whatever a damaged file leads a parser into
            line, last = unreadable(error), isinstance(error, MemoryError)
        self._tell(Ended(_plain(line) if line else None, last, later))
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
                if len(found) % _OFTEN == 0:
                    self._tell(Counted(len(found)))  # it is at work
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
        if not (found or failure or self.wanted.done):
            failure = NoText("no article in it; nothing to index")
        self._tell(Counted(len(found)))
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
            known = clean_details(found.details)
            details, body = parse(found.text, known)
            if found.seen:  # what is published when, and where, is never a guess
                sure, _ = parse(blanked(found.text, found.seen), known)
                if sure.published != details.published or sure.time != details.time:
                    details = replace(details, published=None, time=None)
                if sure.url != details.url:
                    details = replace(details, url=None)
            spans = tuple(chunks(body))
            if not spans:
                raise NoText(_EMPTY_ARTICLE)
            bands = tuple(near_copies.bands(near_copies.runs(body)))
            details = clean_details(details)
            return Parsed(
                *(found.part, details, body, spans, bands),
                pages=moved(found.pages, found.text, body),
                left_out=left_out(found.left_out, found.text, details, body),
                doubts=doubts(body, found.seen),
            )
        except InputError as error:
            return Bad(found.part, _plain(error.line))
        except Exception as error:
            return Bad(found.part, unreadable(error))

    def _begin(self, part: str) -> bool:
        """Says what is read next; False where it is not to be."""
        if part in self.wanted.done:
            return False
        self._tell(Begun(part))
        return True

    def _page(self, page: int, pages: int) -> None:
        if not self.wanted.scans:
            raise Later("a scan")
        self._tell(Paged(page, pages))
        signal.alarm(OCR.seconds + _ORPHAN)  # Tesseract computes, and may have to wait for it

    def _tell(self, told: Told) -> None:
        signal.alarm(0)  # it may have to wait until what was told before is taken
        self.pipe.send_bytes(pickle.dumps(told))
        self._guard()

    def _guard(self) -> None:
        """Sees to it that the process outlives no parent that was killed, also inside native code."""
        signal.alarm(int(self.limits.seconds) + _ORPHAN)


def _plain(line: str) -> Line:
    """The line with nothing in it but text and numbers, on one line."""
    assert isinstance(line, Line)
    values = {
        name: value if isinstance(value, int | float) else " ".join(str(value).split())[:200]
        for name, value in line.values.items()
    }
    return Line.of(line.template, **values)
