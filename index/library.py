"""The one door to what is stored: open, add, remove, read, search, check."""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import config
from index.chunk import chunks
from index.embed import Embedder
from index.errors import InputError, LibraryError, NoText
from index.metadata import parse
from index.read import decode, find_files, read_bytes
from index.store import KnownFile, NewArticle, Store
from index.types import (
    AddedArticle,
    AddReport,
    Article,
    ArticleRow,
    CheckReport,
    Chunk,
    Extent,
    FailedFile,
    Filter,
    Hit,
)

if TYPE_CHECKING:  # chromadb takes a second to import; `list` and `show` need none of it
    from index.vectors import VectorIndex

EVERYTHING = Filter()
#: Called with (files done, files in all, the file at hand).
Progress = Callable[[int, int, str], None]


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
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{folder} cannot be made ({error.strerror}); choose another with --library"
            ) from None
        mine = {
            "format": str(config.FORMAT_VERSION),
            "embedding": embedder.identity,
            "chunk_words": str(config.CHUNKS.words),
        }
        self._store = Store(folder / "library.db", mine)
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

    def articles(self) -> list[ArticleRow]:
        """Every article without its body, by source."""
        return self._store.articles()

    def article(self, article_id: str) -> Article:
        """One article, whole.

        Raises:
            InputError: there is none of this id.
        """
        found = self._store.article(article_id)
        if not found:
            raise InputError(f"no article {article_id!r} here; hoibao list shows the ids")
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
        with self._vectors_lock:
            index = self._index()
            if index is None:  # another process has Chroma open: the same vectors, read one by one
                return self._store.scan(vector, limit, only)
            return index.search(vector, limit, only)

    # -- changing --------------------------------------------------------------------------

    def add(
        self, paths: Sequence[Path], prune: bool = False, progress: Progress | None = None
    ) -> AddReport:
        """Indexes files and folders; what is known and unchanged is not touched. `prune` drops
        articles whose files are gone from the given folders. Whatever was confirmed by a
        transaction stays, wherever this is interrupted."""
        began = time.monotonic()
        work = _Add(self._store.files())
        files = list(find_files([path.expanduser() for path in paths]))
        for done, path in enumerate(files):
            if progress:
                progress(done, len(files), str(path))
            work.take(path)
            if work.pending_chunks >= config.BATCH_CHUNKS:
                self._write(work)
        self._write(work)
        if progress:
            progress(len(files), len(files), "")
        gone = _gone(paths, self._store.files()) if prune else []
        return replace(
            work.report,
            removed=self.remove(gone) if gone else 0,
            failed=tuple(work.failed),
            articles=tuple(work.articles),
            seconds=time.monotonic() - began,
        )

    def remove(self, article_ids: Sequence[str]) -> int:
        """Forgets articles, everywhere; returns how many there were.

        Raises:
            InputError: one of them is not in the library; then none is removed.
        """
        for article_id in article_ids:
            self.article(article_id)
        with self._vectors_lock:
            index = self._index()
            _, dropped = self._store.write([], remove=dict.fromkeys(article_ids))
            if index:
                index.apply(self._store, [], dropped)
        return len(set(article_ids))

    def check(self, repair: bool = False) -> CheckReport:
        """Compares `library.db` with itself and with Chroma; `repair` mends Chroma from it."""
        problems = self._store.problems()
        repaired: list[str] = []
        from index.vectors import open_index

        with self._vectors_lock:
            index = self._vectors or open_index(self.folder / "chroma")
            if index is None:
                problems.append(
                    "Chroma is open in another process; stop hoibao serve and try again"
                )
                return CheckReport(tuple(problems))
            self._vectors = index
            if not index.in_step(self._store):
                problems.append("Chroma differs from library.db; run: hoibao doctor --repair")
                if repair:
                    added, dropped = index.sync(self._store)
                    repaired.append(f"Chroma: {added} entries added, {dropped} dropped")
        return CheckReport(tuple(problems), tuple(repaired))

    def _write(self, work: "_Add") -> None:
        """Embeds what is pending and commits it, first to `library.db`, then to Chroma."""
        if not work.pending and not work.superseded:
            return
        texts = [
            document(article.details.title, article.body[start:end])
            for article, _, _, spans in work.pending
            for start, end in spans
        ]
        vectors = self._embedder.documents(texts) if texts else np.empty((0, 0), np.float32)
        new, first = [], 0
        for article, file_hash, content_hash, spans in work.pending:
            last = first + len(spans)
            new.append(NewArticle(article, file_hash, content_hash, spans, vectors[first:last]))
            first = last
        with self._vectors_lock:
            index = self._index()
            added, dropped = self._store.write(new, remove=work.superseded)
            if index:
                index.apply(self._store, added, dropped)
        work.written(len(texts))

    def _index(self) -> "VectorIndex | None":
        """Chroma, in step with `library.db`; None while another process has it open."""
        from index.vectors import open_index

        if self._vectors is None:
            self._vectors = open_index(self.folder / "chroma")
        if self._vectors and not self._vectors.in_step(self._store):
            self._vectors.sync(self._store)
        return self._vectors


def document(title: str | None, text: str) -> str:
    """What is embedded for a chunk: its article's title before it, as context."""
    return f"{title}\n{text}" if title else text


_Pending = tuple[Article, str, str, tuple[tuple[int, int], ...]]


class _Add:
    """The state of one `add`: what is known, what waits to be written, what was found."""

    def __init__(self, known: Sequence[KnownFile]) -> None:
        self.known = {file.source: file for file in known}
        self.ids = {file.content_hash: file.article_id for file in known}  # by content
        self.taken = set(self.ids.values())
        self.pending: list[_Pending] = []
        self.superseded: list[str] = []  # articles whose file now says what another one says
        self.articles: list[AddedArticle] = []
        self.failed: list[FailedFile] = []
        self.report = AddReport()
        self._new = self._changed = 0

    @property
    def pending_chunks(self) -> int:
        return sum(len(spans) for _, _, _, spans in self.pending)

    def take(self, path: Path) -> None:
        """Reads a file and decides what it is: unchanged, a duplicate, new, changed or failed."""
        source = str(path)
        known = self.known.get(source)
        try:
            data = read_bytes(path)
            file_hash = hashlib.sha256(data).hexdigest()
            if known and known.file_hash == file_hash:
                self.report = replace(self.report, unchanged=self.report.unchanged + 1)
                self.articles.append(AddedArticle(known.article_id, known.title, source))
                return
            details, body = parse(decode(data))
            spans = tuple(chunks(body))
            if not spans:
                raise NoText("no article in it, only page furniture; check the file")
        except InputError as error:
            self.failed.append(FailedFile(source, str(error)))
            return
        content_hash = hashlib.sha256(f"{details.title}\n{body}".encode()).hexdigest()
        twin = self.ids.get(content_hash)
        if twin and not (known and twin == known.article_id):
            self.report = replace(self.report, duplicates=self.report.duplicates + 1)
            self.articles.append(AddedArticle(twin, details.title, source))
            if known:
                self.superseded.append(known.article_id)
            return
        if known:
            self.ids.pop(known.content_hash, None)
            self._changed += 1
        else:
            self._new += 1
        article_id = known.article_id if known else self._fresh_id(content_hash, source)
        self.ids[content_hash] = article_id
        self.taken.add(article_id)
        article = Article(article_id, source, details, body)
        self.pending.append((article, file_hash, content_hash, spans))
        self.articles.append(AddedArticle(article_id, details.title, source))

    def written(self, embedded: int) -> None:
        """Counts what was pending as done."""
        self.pending.clear()
        self.superseded.clear()
        self.report = replace(
            self.report,
            added=self.report.added + self._new,
            updated=self.report.updated + self._changed,
            embedded_chunks=self.report.embedded_chunks + embedded,
        )
        self._new = self._changed = 0

    def _fresh_id(self, content_hash: str, source: str) -> str:
        """The same on every machine for the same text; kept when the file changes later."""
        candidate = content_hash[:12]
        if candidate in self.taken:
            return hashlib.sha256(f"{content_hash} {source}".encode()).hexdigest()[:12]
        return candidate


def _gone(paths: Sequence[Path], known: Sequence[KnownFile]) -> list[str]:
    """The ids of articles whose files were below the given folders and are there no more."""
    folders = [Path(os.path.abspath(path.expanduser())) for path in paths]
    return [
        file.article_id
        for file in known
        if any(Path(file.source).is_relative_to(folder) for folder in folders)
        and not Path(file.source).exists()
    ]
