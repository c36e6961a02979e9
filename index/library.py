"""The one door to what is stored: open, add, remove, read, search, check."""

import contextlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import config
from index.adding import Adding, Progress, embedded
from index.corrections import corrected_value
from index.embed import Embedder
from index.errors import IndexBroken, InputError, LibraryError
from index.private import shut
from index.reading.files import find_files
from index.store.details import corrected
from index.store.protocol import Change, Need, Store
from index.store.sqlite import SqliteStore
from index.types import (
    AddReport,
    Article,
    ArticleRow,
    CheckReport,
    Chunk,
    Extent,
    Filter,
    Hit,
)
from index.vectors.protocol import VectorIndex, scan

EVERYTHING = Filter()


class Library:
    """A collection in one folder. Threads may share it; so may processes, one at a time writing.

    Raises:
        LibraryError: the folder holds a library of another format, or one made with another
            embedding model or other chunks.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self.folder = folder
        self._embedder = embedder
        self._vectors: VectorIndex | None = None
        self._vectors_lock = threading.RLock()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be made ({error.strerror}); choose another with --library"
            ) from None
        shut(folder)
        mine = config.made_with(embedder.identity)
        self._store: Store = SqliteStore(folder / "library.db", mine)
        theirs = self._store.meta()
        for key, value in mine.items():
            if theirs.get(key) != value:
                self._store.close()
                raise LibraryError(
                    f"{folder} was made with {key} = {theirs.get(key)}, this program has {value}; "
                    "use the model it was made with (hoibao models use NAME), or build it anew: "
                    "hoibao --library NEW_FOLDER add PATH..."
                )

    def close(self) -> None:
        """Lets go of files and locks."""
        with self._vectors_lock:
            if self._vectors:
                self._vectors.close()
                self._vectors = None
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
        found = self._store.article(article_id)
        if not found:
            raise InputError("no article {id!r} here; hoibao list shows the ids", id=article_id)
        return found

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        """The chunks of these numbers that exist, by number."""
        return self._store.chunks(chunk_ids)

    def chunk_vectors(self, chunk_ids: Sequence[int]) -> NDArray[np.float32]:
        """The vectors of these chunks, in this order, shape (n, dimensions)."""
        return self._store.vectors(chunk_ids)

    def counts(self) -> tuple[int, int]:
        """How many articles and how many chunks there are."""
        return self._store.counts()

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
        return self._store.keyword_hits(query, limit, only)

    def search_vectors(
        self, vector: NDArray[np.float32], limit: int, only: Filter = EVERYTHING
    ) -> list[Hit]:
        """The chunks nearest to a unit vector by cosine (-1 to 1), best first."""
        if self._vectors_lock.acquire(timeout=config.VECTORS.patience):
            try:
                if index := self._searchable():
                    return index.search(vector, limit, only)
            except IndexBroken:
                self._let_go()
            finally:
                self._vectors_lock.release()
        # Another process has Chroma, or it has much to catch up with, which a question does not wait for.
        return scan(self._store, vector, limit, only)

    def warm(self) -> None:
        """Reads into memory what searches need, and lets Chroma catch up where it is behind."""
        with self._vectors_lock:
            if index := self._index():
                with contextlib.suppress(IndexBroken):
                    index.search(self._embedder.query("khởi động"), 1, EVERYTHING)

    # -- changing --------------------------------------------------------------------------

    def add(
        self,
        paths: Sequence[Path],
        prune: bool = False,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> AddReport:
        """Indexes files and folders; what is known and unchanged is not touched. `prune` drops
        articles whose files are gone from the given folders; `fields` says which field of a row is what.
        Whatever was confirmed by a transaction stays, wherever this is interrupted; setting `stop` ends it
        after the article at hand.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        began = time.monotonic()
        stop = stop or threading.Event()
        files = list(find_files([path.expanduser() for path in paths]))
        work = Adding(self._store, self._embedder, self._apply, fields or {})
        report = work.run(files, progress or _silent, stop)
        gone = _gone(paths, self._store) if prune and not stop.is_set() else []
        if gone:
            self.remove(gone)
        added = [found.id for found in report.articles if found.outcome == "added"]
        return replace(
            report,
            removed=report.removed + len(gone),
            near_copies=sum(len(ids) > 1 for ids in self.stories(added).values()),
            seconds=time.monotonic() - began,
        )

    def remove(self, article_ids: Sequence[str]) -> int:
        """Forgets articles, everywhere, with what was corrected in them; returns how many there were.

        Raises:
            InputError: one of them is not in the library; then none is removed.
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        for article_id in article_ids:
            self.article(article_id)
            corrections = self._store.corrections(article_id)
            if corrections:
                self._store.forget_corrections(article_id, list(corrections))
        self._apply(Change(remove=tuple(dict.fromkeys(article_ids))))
        return len(set(article_ids))

    def correct(self, article_id: str, values: Mapping[str, str | None]) -> Article:
        """Puts fields of an article right ("title", "outlet", "author", "published", "time", "place",
        "url"; None: not known), also for later readings of its file; returns it as it is now.

        Raises:
            InputError: there is no such article or field, or a date, time or province is none.
        """
        checked = {field: corrected_value(field, value) for field, value in values.items()}
        self.article(article_id)
        self._store.correct(article_id, checked)
        return self._rewritten(article_id)

    def undo_corrections(self, article_id: str, fields: Sequence[str]) -> Article:
        """Gives fields of an article the values back that were read; returns it as it is now."""
        self.article(article_id)
        self._store.forget_corrections(article_id, fields)
        return self._rewritten(article_id)

    def corrections(self, article_id: str) -> dict[str, str | None]:
        """The fields of an article that the user corrected, with their values."""
        return self._store.corrections(article_id)

    def _rewritten(self, article_id: str) -> Article:
        """Writes an article anew, so that its corrections hold; with new chunk numbers, by which
        Chroma sees the change wherever this is interrupted."""
        new = self._store.as_read(article_id)
        assert new is not None
        before = self.article(article_id).details.title
        after = corrected(new.article.details, self._store.corrections(article_id)).title
        if before != after:  # the title is embedded with every chunk
            (new,) = embedded(self._embedder, self._store, [new])
        self._apply(Change(articles=(new,)))
        return self.article(article_id)

    def check(self, repair: bool = False) -> CheckReport:
        """Compares `library.db` with itself and with Chroma; `repair` mends Chroma from it."""
        problems = self._store.problems()
        repaired: list[str] = []
        with self._vectors_lock:
            index = self._opened()
            if index is None:
                problems.append(
                    "Chroma cannot be opened; stop hoibao serve, or open the folder chroma to yourself"
                )
            elif not (index.current() or self._index()) or not _in_step(self._opened() or index):
                problems.append("Chroma differs from library.db; run: hoibao doctor --repair")
                if repair and self._index():
                    repaired.append(f"Chroma: in step again, {self._store.counts()[1]} entries")
        return CheckReport(tuple(problems), tuple(repaired))

    def _apply(self, change: Change) -> None:
        """Commits a change, first to `library.db`, then to Chroma, which takes over what it missed
        when it is opened again."""
        with self._vectors_lock:
            index = self._index()
            added, dropped = self._store.write(change)
            if index:
                try:
                    index.apply(added, dropped)
                except IndexBroken as error:
                    self._let_go()
                    raise LibraryError(
                        f"Chroma cannot be written ({error}); free some space; what was confirmed is kept, and "
                        "Chroma catches up by itself"
                    ) from None

    def _let_go(self) -> None:
        if self._vectors:
            self._vectors.close()
            self._vectors = None

    def _opened(self, anew: bool = False) -> VectorIndex | None:
        """Chroma, as it is."""
        from index.vectors.chroma import open_index

        if self._vectors is None:
            self._vectors = open_index(self.folder / "chroma", self._store, anew)
        return self._vectors

    def _searchable(self) -> VectorIndex | None:
        """Chroma, where it is in step or soon will be."""
        index = self._opened()
        if index is None or _in_step(index):
            return index
        soon = self._store.counts()[1] <= config.VECTORS.soon
        return self._index() if soon and index.current() else None

    def _index(self) -> VectorIndex | None:
        """Chroma, in step with `library.db`, if need be made anew from it; None while another process has it
        open, or while it can take nothing up (a full disk): then `library.db` is searched itself."""
        for anew in (False, True):
            index = self._opened(anew)
            if index is None or _in_step(index):
                return index
            try:
                index.sync()
                return index
            except IndexBroken:
                self._let_go()
        return None


def _in_step(index: VectorIndex) -> bool:
    try:
        return index.in_step()
    except IndexBroken:
        return False


def _silent(done: int, total: int, name: str) -> None:
    """No progress wanted."""


def _gone(paths: Sequence[Path], store: Store) -> list[str]:
    """The ids of articles whose files were below the given folders and are there no more."""
    folders = [Path(os.path.abspath(path.expanduser())) for path in paths]
    return [
        known.id
        for file in store.files()
        if any(Path(file).is_relative_to(folder) for folder in folders) and not Path(file).exists()
        for known in store.known(file=file)
    ]
