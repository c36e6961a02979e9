"""The one door to what is stored: open, add, remove, read, search, check."""

import contextlib
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import config
from index.adding import Adding, embedded
from index.corrections import corrected_value
from index.dossiers import Dossiers
from index.embed import Embedder
from index.embed_served import agreed
from index.errors import Away, InputError, LibraryError, Line
from index.find.found import Found, Order
from index.find.query import parsed
from index.giving_way import GivingWay
from index.notes import Notes
from index.people import PROGRAM, listed
from index.private import shut
from index.pruning import Sure, nobody, pruned
from index.reading.files import find_files
from index.store.details import corrected
from index.store.protocol import Change, Need, Store
from index.store.sqlite import SqliteStore
from index.types import (
    AddReport,
    Article,
    ArticleRow,
    AtPage,
    CheckReport,
    Chunk,
    Extent,
    Filter,
    Hit,
    LeftOut,
    Progress,
    Trashed,
)
from index.vectors.served import opened

EVERYTHING = Filter()


class Library:
    """A collection in one folder. Threads may share it; so may processes, one at a time writing.

    Raises:
        LibraryError: the folder holds a library of another format, or one made with another model or chunks.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        #: Who asks says so here, and goes first.
        self.way = GivingWay()
        self._embedder = embedder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be made ({error.strerror}); choose another with --library"
            ) from None
        shut(folder)
        mine = config.made_with(embedder.identity)
        self._store: Store = SqliteStore(folder / "library.db", mine)
        theirs, mine = self._store.meta(), agreed(embedder, self._store, mine)
        for key, value in mine.items():
            if theirs.get(key) != value:
                self._store.close()
                raise LibraryError(
                    f"{folder} was made with {key} = {theirs.get(key)}, this program has {value}; "
                    "use the model it was made with (hoibao models use NAME), or build it anew: "
                    "hoibao --library NEW_FOLDER add PATH..."
                )
        self.notices, self.names = self._store.notices, self._store.names
        self.people = self._store.people
        self.dossiers, self.notes = Dossiers(self._store), Notes(self._store)
        self._chroma = opened(folder / "chroma", self._store)
        self._put_out()
        self.embedding = embedder.identity

    def close(self) -> None:
        """Lets go of files and locks."""
        self._chroma.close()
        self._store.close()

    # -- reading ---------------------------------------------------------------------------

    def articles(self, only: Filter = EVERYTHING) -> list[ArticleRow]:
        """Every article that the filter admits, without its body, by source."""
        return self._store.articles(only)[0]

    def first_articles(
        self, limit: int, only: Filter = EVERYTHING, text: str = ""
    ) -> tuple[list[ArticleRow], int]:
        """The first articles by source that the filter admits and that have all words of the text (typed
        with or without diacritics), and how many there are in all."""
        return self._store.articles(only, text, limit)

    def values(self, field: str, only: Filter = EVERYTHING) -> dict[str, int]:
        """The values of "outlet", "place" …, or of "month" ("2019-06"), and how many of the articles
        that the filter admits have each, the most frequent first."""
        return self._store.values(field, only)

    def stories(self, article_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By article: the ids of all that tell the same story in the same words, its own among them."""
        found: dict[str, tuple[str, ...]] = {}
        for first in range(0, len(article_ids), 500):
            found |= self._store.stories(article_ids[first : first + 500])
        return found

    def article(self, article_id: str) -> Article:
        """One article, whole.

        Raises:
            InputError: there is none of this id.
        """
        self.way.looked()
        if not (found := self._store.article(article_id)):
            raise InputError("no article {id!r} here; hoibao list shows the ids", id=article_id)
        return found

    def origin(self, article_id: str) -> tuple[Path, str | None]:
        """The file of an article that is here, and its SHA-256 when it was last read whole."""
        file = new.file if (new := self._store.as_read(article_id)) else ""
        return Path(file), self._store.file_hash(file)

    def left_out(self, article_id: str) -> tuple[LeftOut, ...]:
        """What of its file an article lacks, part by part; nothing where that is not known."""
        return self._store.left_out(article_id)

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        """The chunks of these numbers that exist, by number."""
        return self._store.chunks(chunk_ids)

    def chunk_vectors(self, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these chunks, in this order, shape (n, dimensions)."""
        return self._store.vectors(chunk_ids)

    def counts(self) -> tuple[int, int]:
        """How many articles and how many chunks there are."""
        return self._store.counts()

    def generation(self) -> int:
        """A number that grows with every change of the articles."""
        return self._store.generation()

    def extent(self, only: Filter = EVERYTHING) -> Extent:
        """How many articles a filter admits, and from when to when."""
        return self._store.extent(only)

    def holding(
        self, needs: Sequence[Need], bare: bool, only: Filter = EVERYTHING
    ) -> dict[str, date | None]:
        """By article that the filter admits and that has, for each need, a chunk with it (a word or pair of
        each of its groups; `bare`: without diacritics): its day of publication."""
        return self._store.holding(needs, bare, only)

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        """By term (a word, or a pair of words joined by "_"): how many chunks have it."""
        return self._store.spread(terms)

    def search_keywords(self, query: str, limit: int, only: Filter = EVERYTHING) -> list[Hit]:
        """Chunks with words of the query, by bm25 (higher is better), best first."""
        self.way.looked()
        return self._store.keyword_hits(query, limit, only)

    def search_vectors(
        self, vector: NDArray[np.float32], limit: int, only: Filter = EVERYTHING
    ) -> list[Hit]:
        """The chunks nearest to a unit vector by cosine (-1 to 1), best first."""
        return self._chroma.search(vector, limit, only)

    def find(
        self,
        query: str,
        only: Filter = EVERYTHING,
        by: Order = "date",
        limit: int | None = 20,
        first: int = 0,
        places: int = config.FIND.places,
    ) -> Found:
        """What a query finds, exactly: words, "a phrase", AND OR NOT, NEAR(a b, 5), title: outlet: author:
        place: date:, từ*; with `limit` of the articles (None: all), from the `first` on, and `places` of each.

        Raises:
            InputError: the query is none; one line with the place of the mistake.
        """
        shown = slice(first, None if limit is None else first + limit)
        return self._store.find(parsed(query), only, by, shown, places)

    @property
    def away(self) -> Line | None:
        """Which server is away, so that questions go on without it; None where none is."""
        return self._chroma.line or getattr(self._embedder, "line", None)

    def warm(self) -> None:
        """Reads into memory what searches need, and lets Chroma catch up where it is behind."""
        with contextlib.suppress(Away):
            self._chroma.warm(self._embedder.query("khởi động"))

    # -- changing --------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        prune: bool = False,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        fields: Mapping[str, str] | None = None,
        sure: Sure = nobody,
    ) -> AddReport:
        """Indexes files and folders; what is known and unchanged is not touched, what lies in the trash comes
        out of it. `prune` puts articles into the trash whose files are gone from the given folders (`sure` is
        asked where they are more than half of the library); `fields` says which field of a row is what. What
        was confirmed by a transaction stays; setting `stop` ends it after the article at hand.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        began = time.monotonic()
        stop = stop or threading.Event()
        files = list(find_files([path.expanduser() for path in paths]))
        work = Adding(self._store, self._embedder, self._chroma.apply, fields or {}, self.way, stop)
        report = work.run(files, progress or _silent)
        gone: list[str] = []
        if prune and not stop.is_set():
            gone, kept = pruned(paths, [found.path for found in files], self._store, sure)
            if gone:
                self._chroma.apply(Change(remove=tuple(gone)))
            told = {line.path for line in kept}
            failed = [line for line in report.failed if line.path not in told]
            report = replace(report, failed=(*failed, *kept))
        added = [found.id for found in report.articles if found.outcome == "added"]
        return replace(
            report,
            removed=report.removed + len(gone),
            near_copies=sum(len(ids) > 1 for ids in self.stories(added).values()),
            seconds=time.monotonic() - began,
        )

    def remove(self, article_ids: Sequence[str], erase: bool = False) -> int:
        """Puts articles into the trash, with what was corrected in them, or erases them at once, also those in
        the trash; returns how many there were.

        Raises:
            InputError: one of them is not in the library; then none is removed.
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        ids = tuple(dict.fromkeys(article_ids))
        for article_id in ids:
            if not (erase and self._store.trashed(article_id)):
                self.article(article_id)
        self._chroma.apply(Change(remove=ids))
        if erase:
            self._erase(ids)
        return len(ids)

    def trash(self) -> list[Trashed]:
        """What was removed and waits, the last removed first."""
        self._put_out()
        return self._store.trash()

    def restore(self, article_ids: Sequence[str]) -> int:
        """Takes articles out of the trash, as they were; nothing is embedded. Returns how many they are.

        Raises:
            InputError: one of them is not in the trash; then none is.
        """
        found = []
        for one in dict.fromkeys(article_ids):
            if not (new := self._store.trashed(one)):
                raise InputError("no {id!r} in the trash; hoibao trash shows what is", id=one)
            found.append(new)
        self._chroma.apply(Change(articles=tuple(found)))
        return len(found)

    def empty_trash(self) -> int:
        """Erases what is in the trash, from every file; returns how many articles it was.

        Raises:
            LibraryError: they are gone, but their traces could not be overwritten yet.
        """
        if ids := [item.id for item in self._store.trash()]:
            self._erase(ids)
        self._store.scrub()
        return len(ids)

    def correct(
        self, article_id: str, values: Mapping[str, str | None], undo: Sequence[str] = ()
    ) -> Article:
        """Puts fields of an article right ("title", "outlet", "author", "published", "time", "place",
        "url"; None: not known), also for later readings of its file, and undoes those to `undo`; returns it.

        Raises:
            InputError: there is no such article or field, or a date, time or province is none.
        """
        checked = {field: corrected_value(field, value) for field, value in values.items()}
        for field in undo:
            corrected_value(field, None)
        while True:
            before = self.article(article_id).details.title
            new = self._store.as_read(article_id)
            if new is None:  # removed in this moment
                continue
            left = {k: v for k, v in self.corrections(article_id).items() if k not in undo}
            after = corrected(new.article.details, left | checked).title
            if before != after:  # the title is embedded with every chunk
                (new,) = embedded(self._embedder, {article_id: after}, [new])
            change = Change(
                undo=tuple((article_id, field) for field in undo),
                correct=tuple((article_id, field, value) for field, value in checked.items()),
                articles=(new,),  # with new chunk numbers, by which Chroma sees the change
            )
            if self._chroma.apply(change, same=(article_id, new.content_hash)):
                return self.article(article_id)

    def corrections(self, article_id: str) -> dict[str, str | None]:
        """The fields of an article that the user corrected, with their values."""
        return self._store.corrections(article_id)

    def check(self, repair: bool = False) -> CheckReport:
        """Compares `library.db` with itself and with Chroma; `repair` mends Chroma from it."""
        problems, repaired = self._chroma.check(repair)
        return CheckReport((*self._store.problems(), *problems), tuple(repaired))

    def _put_out(self) -> None:
        """Erases what has waited in the trash for long enough, and ends an erasure that was interrupted."""
        with contextlib.suppress(LibraryError):  # the disk is full, or it is busy: the next time
            if old := self._store.expired(time.time() - config.TRASH.days * 86_400):
                line = self.people.write(PROGRAM, "expire", listed(old))
                self._erase(old)
                self.people.end_line(line, listed(old), "done")
            self._store.scrub()

    def _erase(self, ids: Sequence[str]) -> None:
        """Erases articles that are in the trash, and what the page kept of their files."""
        files = {new.file for i in ids if (new := self._store.trashed(i))} - {*self._store.files()}
        left = [item.source for item in self._store.trash() if item.id not in ids]
        for file in files:
            needed = any(source == file or source.startswith(f"{file}#") for source in left)
            if Path(file).is_relative_to(self.folder / "files") and not needed:
                Path(file).unlink(missing_ok=True)
        self._store.erase(ids)
        undone = self._chroma.renew()
        self._store.scrub()
        if undone:
            raise LibraryError(undone)


def _silent(done: int, total: int, name: str, page: AtPage | None) -> None:
    """No progress wanted."""
