"""What is stored and how it changes: the protocol that a store keeps, whatever it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.find.found import Found, Order
from index.find.query import Node
from index.store.names import Names
from index.store.notices import Notices
from index.store.people import People
from index.types import (
    Article,
    ArticleRow,
    Chunk,
    Dossier,
    Extent,
    Filter,
    Hit,
    LeftOut,
    Note,
    Trashed,
)

Vectors = NDArray[np.float32]
#: What one chunk must have: of each group one, a word or a pair of words joined by "_".
Need = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be written: with its file, its hash, chunk spans and, once it is embedded, their
    vectors; with what its near-copies share (`index.near_copies`), and what of its file it lacks, where that is
    known. Its details are as read; the user's corrections are applied when it is written."""

    article: Article
    file: str
    content_hash: str
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), np.float32))
    bands: tuple[int, ...] | None = None
    #: None: as it was read before, and so with its pages and the origins of its details.
    left_out: tuple[LeftOut, ...] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk as a vector index holds it, with what it is filtered by."""

    chunk_id: int
    vector: Vectors
    article_id: str
    published: date | None
    outlet: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What an `add` needs to know of an article that is in the library."""

    id: str
    source: str
    file: str
    content_hash: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction does, in this order: takes corrections back (id, field) and keeps others (id, field,
    value); puts articles into the trash; takes over files that were moved (old path, new path); gives articles
    another source (id, source); writes articles (one of a known id is replaced, one from the trash leaves it);
    keeps the hashes of files that are done (path, hash)."""

    undo: tuple[tuple[str, str], ...] = ()
    correct: tuple[tuple[str, str, str | None], ...] = ()
    remove: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    articles: tuple[NewArticle, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return self != Change()


class DossierStore(Protocol):
    """Named sets of articles; names that fold alike are one. Changed in transactions of their own."""

    def all(self) -> list[Dossier]:
        """All of them, by name."""
        ...

    def named(self, name: str) -> Dossier | None:
        """The one of this name."""
        ...

    def of(self, article_id: str) -> list[Dossier]:
        """Those that an article is in."""
        ...

    def members(self, number: int) -> list[str]:
        """The ids of a dossier's articles that are in the library, by day."""
        ...

    def new(self, name: str) -> None:
        """Makes one without articles; nothing where there is one of this name."""
        ...

    def rename(self, number: int, name: str) -> None:
        """Gives one another name; nothing where another has it."""
        ...

    def delete(self, number: int) -> None:
        """Deletes one; its articles stay in the library."""
        ...

    def add(self, number: int, article_ids: Sequence[str]) -> None:
        """Puts articles into one."""
        ...

    def drop(self, number: int, article_ids: Sequence[str]) -> None:
        """Takes articles out of one."""
        ...


class NoteStore(Protocol):
    """What was written beside articles and words of them, by a person each ("": the owner). Changed in
    transactions of their own."""

    def find(
        self, only: Filter, tag: str | None = None, starred: bool = False, person: str = ""
    ) -> list[Note]:
        """A person's notes on a filter's `article_ids` and of its `dossier`, with a tag, with a star; the last
        first. Those on articles in the trash are among them."""
        ...

    def tags(self, person: str = "") -> dict[str, int]:
        """A person's tags, and how many of the notes have each, the most frequent first."""
        ...

    def add(self, note: Note, person: str = "") -> int:
        """Keeps a person's note (its `number` does not count); returns its number."""
        ...

    def remove(self, number: int) -> None:
        """Deletes one."""
        ...


class Store(Protocol):
    """Articles, chunks with their vectors, keywords, corrections; changed in transactions, read by threads.

    Raises:
        LibraryError: it cannot be read or written: not one of ours, a full disk, kept busy by another process.
    """

    @property
    def names(self) -> Names:
        """The names in its articles."""
        ...

    #: Correction notices, and what they correct.
    notices: Notices

    @property
    def dossiers(self) -> DossierStore:
        """The dossiers."""
        ...

    @property
    def notes(self) -> NoteStore:
        """The notes."""
        ...

    @property
    def people(self) -> People:
        """Who may come in, and what they did."""
        ...

    def close(self) -> None:
        """Closes the file; the store cannot be used again."""
        ...

    def meta(self) -> dict[str, str]:
        """What the library records of itself."""
        ...

    def generation(self) -> int:
        """A number that grows with every change; Chroma keeps the one it has caught up with."""
        ...

    def write(self, change: Change) -> tuple[list[int], list[int]]:
        """Does all of a change, or nothing. Returns the numbers of the chunks that came and of
        those that went.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        ...

    def corrections(self, article_id: str) -> dict[str, str | None]:
        """The fields that the user corrected, with their values; they stay when the article is read again, or
        waits in the trash."""
        ...

    def trash(self) -> list[Trashed]:
        """What is in the trash, the last removed first."""
        ...

    def trashed(
        self, article_id: str | None = None, content: str | None = None
    ) -> NewArticle | None:
        """An article in the trash by its id, or by its content, ready to be written again."""
        ...

    def expired(self, before: float) -> list[str]:
        """The ids of what was put into the trash before a time, in seconds since 1970."""
        ...

    def erase(self, article_ids: Sequence[str]) -> None:
        """Deletes articles from the trash, for good, with what was corrected in them; then `scrub`."""
        ...

    def erasures(self) -> int:
        """How often something was erased: a vector index that is older than that is made anew."""
        ...

    def scrub(self) -> None:
        """Overwrites what was erased and still lies in the files; nothing where that is done.

        Raises:
            LibraryError: it could not be done; it is tried again when the store is opened.
        """
        ...

    def file_hash(self, path: str) -> str | None:
        """The hash of a file when it was last read whole."""
        ...

    def files(self, file_hash: str | None = None) -> list[str]:
        """The files with a hash; every file without one."""
        ...

    def known(
        self, *, file: str | None = None, source: str | None = None, content: str | None = None
    ) -> list[KnownArticle]:
        """The articles of a file, of a source, or with a content hash."""
        ...

    def has(self, article_id: str) -> bool:
        """Whether there is an article of this id, or one in the trash."""
        ...

    def articles(
        self, only: Filter, text: str = "", limit: int = -1
    ) -> tuple[list[ArticleRow], int]:
        """The articles that the filter admits and that have all words of the text, without their
        bodies, by source, and how many there are; the first `limit` of them, all without one."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article with its body, or None."""
        ...

    def left_out(self, article_id: str) -> tuple[LeftOut, ...]:
        """What of its file an article lacks; nothing where that is not known."""
        ...

    def as_read(self, article_id: str) -> NewArticle | None:
        """An article as it was read, before corrections, ready to be written again."""
        ...

    def stories(self, article_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By article: the ids of all articles that tell the same story, its own among them."""
        ...

    def values(self, field: str, only: Filter) -> dict[str, int]:
        """The values of a field, or the months of publication ("2019-06"), and how many of the admitted
        articles have each, the most frequent first."""
        ...

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        """The chunks of these numbers that exist."""
        ...

    def counts(self) -> tuple[int, int]:
        """How many articles and chunks there are."""
        ...

    def extent(self, only: Filter) -> Extent:
        """How many articles a filter admits, and from when to when."""
        ...

    def chunk_ids(self) -> set[int]:
        """The numbers of all chunks."""
        ...

    def vectors(self, chunk_ids: Sequence[int]) -> Vectors:
        """The vectors of these chunks (all must exist), in this order, shape (n, dimensions)."""
        ...

    def entries(self, chunk_ids: Sequence[int]) -> list[Entry]:
        """What an index holds of these chunks; of those that are gone, nothing."""
        ...

    def admitted(self, only: Filter) -> list[int]:
        """The numbers of the chunks that a filter admits."""
        ...

    def vectors_after(self, last: int) -> Iterator[tuple[list[int], Vectors]]:
        """The numbers, ascending, and vectors of the chunks behind a number, some thousand at a time."""
        ...

    def keyword_hits(self, query: str, limit: int, only: Filter) -> list[Hit]:
        """The best chunks by bm25 (higher is better) for any word or word pair of the query."""
        ...

    def holding(self, needs: Sequence[Need], bare: bool, only: Filter) -> dict[str, date | None]:
        """By article that the filter admits and that has, for each need, a chunk with it (in its text or its
        article's title, outlet, author): its day of publication. `bare`: compared without diacritics."""
        ...

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        """By term (a word, or a pair joined by "_"): in how many chunks it stands."""
        ...

    def find(self, query: Node, only: Filter, by: Order, shown: slice, most: int) -> Found:
        """What a query finds among the whole articles that the filter admits; the `shown` of them, the newest
        or the most relevant first, with at most `most` places of each."""
        ...

    def problems(self) -> list[str]:
        """What is wrong inside the file itself, one line each."""
        ...
