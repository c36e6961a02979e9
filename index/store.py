"""`library.db`: the one source of truth, in SQLite. Only `index.library` uses this."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.config import BUSY_SECONDS
from index.errors import LibraryError
from index.keywords import COLUMNS, WEIGHTS, fts_token, keyword_row, match_expression
from index.types import Article, ArticleRow, Chunk, Details, Extent, Filter, Hit, opening

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    id TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE,
    file_hash TEXT NOT NULL, content_hash TEXT NOT NULL UNIQUE,
    title TEXT, outlet TEXT, author TEXT, published TEXT, url TEXT, body TEXT NOT NULL);
CREATE INDEX article_published ON article (published);
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL);
CREATE INDEX chunk_article ON chunk (article_id);
CREATE VIRTUAL TABLE keyword USING fts5 (
    {", ".join(COLUMNS)}, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
CREATE VIRTUAL TABLE keyword_spread USING fts5vocab (keyword, col);
"""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be written: with its hashes, chunk spans and their vectors."""

    article: Article
    file_hash: str
    content_hash: str
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What an `add` needs to know of a file that is in the library."""

    source: str
    article_id: str
    file_hash: str
    content_hash: str
    title: str | None


@dataclass(frozen=True, slots=True)
class VectorRow:
    """What Chroma is given for a chunk."""

    chunk_id: int
    article_id: str
    outlet: str | None
    published: date | None
    vector: Vectors


class Store:
    """Statements over one connection, shared by threads under a lock.

    Raises:
        LibraryError: the file is no library, or another process keeps it busy.
    """

    def __init__(self, path: Path, meta: dict[str, str]) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # FULL: what was confirmed survives a power cut.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {pragma}")
            with self.transaction():
                if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                    for statement in _SCHEMA.strip().split(";\n"):
                        self._db.execute(statement)
                    for item in {**meta, "generation": "0"}.items():
                        self._db.execute("INSERT INTO meta VALUES (?, ?)", item)
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise LibraryError(
                f"{path} cannot be opened as a library ({error}); "
                "choose another folder with --library, or restore the file"
            ) from None

    def close(self) -> None:
        """Closes the connection; the store cannot be used again."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when it ends."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def meta(self) -> dict[str, str]:
        """What the library records of itself."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def generation(self) -> int:
        """A number that grows with every change; Chroma keeps the one it has caught up with."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    # -- writing ---------------------------------------------------------------------------

    def write(
        self, articles: Sequence[NewArticle], remove: Iterable[str] = ()
    ) -> tuple[list[int], list[int]]:
        """Removes articles, and writes others (one of a known id is replaced), in one
        transaction. Returns the numbers of the chunks that came and of those that went."""
        added: list[int] = []
        dropped: list[int] = []
        with self.transaction():
            for article_id in (*remove, *(new.article.id for new in articles)):
                dropped += self._delete(article_id)
            for new in articles:
                added += self._insert(new)
            self._db.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
            )
        return added, dropped

    def _delete(self, article_id: str) -> list[int]:
        gone = self._rows("SELECT id FROM chunk WHERE article_id = ?", (article_id,))
        self._db.execute(
            "DELETE FROM keyword WHERE rowid IN (SELECT id FROM chunk WHERE article_id = ?)",
            (article_id,),
        )
        self._db.execute("DELETE FROM article WHERE id = ?", (article_id,))
        return [row[0] for row in gone]

    def _insert(self, new: NewArticle) -> list[int]:
        article, details = new.article, new.article.details
        numbers: list[int] = []
        published = details.published.isoformat() if details.published else None
        self._db.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article.id, article.source, new.file_hash, new.content_hash, details.title)
            + (details.outlet, details.author, published, details.url, article.body),
        )
        context = " \n ".join(filter(None, (details.title, details.outlet, details.author)))
        for (start, end), vector in zip(new.spans, new.vectors, strict=True):
            text = article.body[start:end]
            blob = vector.astype("<f4").tobytes()
            row = self._db.execute(
                "INSERT INTO chunk (article_id, start, end, text, vector) VALUES (?, ?, ?, ?, ?)",
                (article.id, start, end, text, blob),
            )
            tokens = keyword_row(text, context)
            self._db.execute(
                f"INSERT INTO keyword (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)",
                (row.lastrowid, *(getattr(tokens, column) for column in COLUMNS)),
            )
            numbers.append(int(row.lastrowid or 0))
        return numbers

    # -- reading ---------------------------------------------------------------------------

    def files(self) -> list[KnownFile]:
        """Every article's file, as it was when it was indexed."""
        rows = self._rows("SELECT source, id, file_hash, content_hash, title FROM article")
        return [KnownFile(*row) for row in rows]

    def articles(self) -> list[ArticleRow]:
        """Every article without its body, by source."""
        rows = self._rows(
            "SELECT a.id, source, title, outlet, author, published, url, substr(body, 1, 400),"
            " (SELECT count(*) FROM chunk c WHERE c.article_id = a.id) FROM article a"
            " ORDER BY source"
        )
        return [ArticleRow(r[0], r[1], _details(r[2:7]), opening(r[7]), r[8]) for r in rows]

    def article(self, article_id: str) -> Article | None:
        """One article with its body, or None."""
        rows = self._rows(
            "SELECT id, source, title, outlet, author, published, url, body FROM article"
            " WHERE id = ?",
            (article_id,),
        )
        return Article(rows[0][0], rows[0][1], _details(rows[0][2:7]), rows[0][7]) if rows else None

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        """The chunks of these numbers that exist."""
        rows = self._rows(
            "SELECT id, article_id, start, end, text FROM chunk WHERE id IN "
            f"({', '.join('?' * len(chunk_ids))})",
            chunk_ids,
        )
        return {row[0]: Chunk(*row) for row in rows}

    def counts(self) -> tuple[int, int]:
        """How many articles and chunks there are."""
        row = self._rows("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM chunk)")[0]
        return row[0], row[1]

    def extent(self, only: Filter) -> Extent:
        """How many articles a filter admits, and from when to when."""
        where, values = _where(only)
        sql = f"SELECT count(*), min(a.published), max(a.published) FROM article a{where}"
        count, first, last = self._rows(sql, values)[0]
        return Extent(count, first and date.fromisoformat(first), last and date.fromisoformat(last))

    def chunk_ids(self) -> set[int]:
        """The numbers of all chunks."""
        return {row[0] for row in self._rows("SELECT id FROM chunk")}

    def vectors(self, chunk_ids: Sequence[int]) -> Vectors:
        """The vectors of these chunks (all must exist), in this order, shape (n, dimensions)."""
        found: dict[int, bytes] = dict(
            self._rows(
                f"SELECT id, vector FROM chunk WHERE id IN ({', '.join('?' * len(chunk_ids))})",
                chunk_ids,
            )
        )
        return np.stack([np.frombuffer(found[i], "<f4") for i in chunk_ids])

    def vector_rows(self, chunk_ids: Sequence[int]) -> list[VectorRow]:
        """What Chroma needs to know of these chunks."""
        rows = self._rows(
            "SELECT c.id, article_id, outlet, published, vector FROM chunk c"
            f" JOIN article a ON a.id = article_id WHERE c.id IN ({', '.join('?' * len(chunk_ids))})",
            chunk_ids,
        )
        return [
            VectorRow(i, a, o, date.fromisoformat(p) if p else None, np.frombuffer(v, "<f4"))
            for i, a, o, p, v in rows
        ]

    def scan(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """The nearest chunks by cosine, exactly, by reading every vector that the filter admits."""
        where, values = _where(only)
        rows = self._rows(
            f"SELECT c.id, vector FROM chunk c JOIN article a ON a.id = article_id{where}", values
        )
        if not rows:
            return []
        matrix = np.frombuffer(b"".join(row[1] for row in rows), "<f4").reshape(len(rows), -1)
        scores = matrix @ vector
        best = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(rows[i][0], float(scores[i])) for i in best]

    def keyword_hits(self, query: str, limit: int, only: Filter) -> list[Hit]:
        """The best chunks by bm25 (higher is better) for any word or word pair of the query."""
        expression = match_expression(query)
        if expression is None:
            return []
        where, values = _where(only, " AND ")
        rank = f"bm25(keyword, {', '.join(map(str, WEIGHTS))})"
        joins = " JOIN chunk c ON c.id = k.rowid JOIN article a ON a.id = c.article_id"
        rows = self._rows(
            f"SELECT k.rowid, {rank} AS rank_ FROM keyword k{joins if where else ''}"
            f" WHERE keyword MATCH ?{where} ORDER BY rank_, k.rowid LIMIT ?",
            (expression, *values, limit),
        )
        return [Hit(row[0], -row[1]) for row in rows]

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        """By term (a word, or a pair joined by "_"): in how many chunks it stands, marked or, for a
        term without diacritics, unmarked."""
        rows = self._rows(
            "SELECT term, max(doc) FROM keyword_spread WHERE term IN "
            f"({', '.join('?' * len(terms))}) AND col IN ('body', 'bare_body') GROUP BY term",
            [fts_token(term) for term in terms],
        )
        found: dict[str, int] = dict(rows)
        return {term: found.get(fts_token(term), 0) for term in terms}

    def problems(self) -> list[str]:
        """What is wrong inside the file itself, one line each."""
        found = [
            f"library.db: {row[0]}" for row in self._rows("PRAGMA quick_check") if row[0] != "ok"
        ]
        checks = {
            "chunk(s) without keywords": "SELECT count(*) FROM chunk WHERE id NOT IN"
            " (SELECT rowid FROM keyword)",
            "keyword row(s) without a chunk": "SELECT count(*) FROM keyword WHERE rowid NOT IN"
            " (SELECT id FROM chunk)",
            "chunk(s) whose words differ from the article": "SELECT count(*) FROM chunk c"
            " JOIN article a ON a.id = article_id"
            " WHERE c.text != substr(a.body, c.start + 1, c.end - c.start)",
            "chunk(s) stored twice": "SELECT count(*) - count(DISTINCT article_id || ' ' || start)"
            " FROM chunk",
            "article(s) without a chunk": "SELECT count(*) FROM article WHERE id NOT IN"
            " (SELECT article_id FROM chunk)",
        }
        for what, statement in checks.items():
            count = self._rows(statement)[0][0]
            if count:
                found.append(f"library.db: {count} {what}")
        return found

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def _details(row: Sequence[str | None]) -> Details:
    title, outlet, author, published, url = row
    return Details(title, outlet, author, date.fromisoformat(published) if published else None, url)


def _where(only: Filter, before: str = " WHERE ") -> tuple[str, list[str]]:
    """The SQL condition for a filter over `article a`, "" where it admits everything. An article
    without a date is in no date range."""
    parts: list[str] = []
    values: list[str] = []
    for condition, value in (
        ("a.published >= ?", only.since and only.since.isoformat()),
        ("a.published <= ?", only.until and only.until.isoformat()),
        ("a.outlet = ?", only.outlet),
    ):
        if value:
            parts.append(condition)
            values.append(value)
    for word, ids in (("IN", only.article_ids), ("NOT IN", only.without)):
        if ids:
            parts.append(f"a.id {word} ({', '.join('?' * len(ids))})")
            values.extend(ids)
    return (before + " AND ".join(parts) if parts else ""), values
