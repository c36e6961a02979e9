"""`library.db`: the one source of truth, in SQLite. Only `index.library` uses this."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import near_copies
from index.store.database import Database
from index.store.keywords import (
    COLUMNS,
    WEIGHTS,
    all_words,
    fts_token,
    keyword_row,
    keyword_terms,
    match_expression,
)
from index.types import Article, ArticleRow, Chunk, Details, Extent, Filter, Hit, opening

#: With how many of the likeliest near-copies an article is compared word for word.
_COMPARED = 100
_READ = 8192  # vectors at a time
#: Postings (a term in a chunk is one) that a keyword search may look at: some 50 ms.
_POSTINGS = 30_000
#: The columns of an article's details, in the order of `Details`.
DETAILS = ("title", "outlet", "author", "published", "time", "place", "url", "inferred")
_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX file_hash ON file (hash);
CREATE TABLE article (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, content_hash TEXT NOT NULL UNIQUE,
    {", ".join(f"{field} TEXT" for field in DETAILS)}, as_read TEXT NOT NULL,
    story TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX article_source ON article (source);
CREATE INDEX article_file ON article (file);
CREATE INDEX article_story ON article (story);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_outlet ON article (outlet);
CREATE INDEX article_place ON article (place);
CREATE TABLE correction (
    article_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT, PRIMARY KEY (article_id, field)) WITHOUT ROWID;
CREATE TABLE band (
    hash INTEGER NOT NULL, article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)) WITHOUT ROWID;
CREATE INDEX band_article ON band (article_id);
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
    """An article about to be written: with its file, its hash, chunk spans and their vectors.
    Its details are as read; the user's corrections are applied when it is written."""

    article: Article
    file: str
    content_hash: str
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors


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
    """What one transaction does, in this order: forgets articles; takes over files that were moved
    (old path, new path); gives articles another source (id, source); writes articles (one of a known
    id is replaced); keeps the hashes of files that are done (path, hash)."""

    remove: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    articles: tuple[NewArticle, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return self != Change()


class Store:
    """Statements over one connection, shared by threads under a lock.

    Raises:
        LibraryError: the file is no library, or another process keeps it busy.
    """

    def __init__(self, path: Path, meta: dict[str, str]) -> None:
        rows = [
            ("INSERT INTO meta VALUES (?, ?)", item) for item in {**meta, "generation": "0"}.items()
        ]
        self._db = Database(
            path, _SCHEMA, "choose another folder with --library, or restore the file", rows
        )
        # Not in the schema: libraries of before have it made when they are opened. A chunk's row is large,
        # with its text and vector; whose it is, is read here instead.
        made = self._db.make("CREATE INDEX IF NOT EXISTS chunk_of ON chunk (id, article_id)")
        self._of = "chunk INDEXED BY chunk_of" if made else "chunk"

    def close(self) -> None:
        """Closes the file; the store cannot be used again."""
        self._db.close()

    def meta(self) -> dict[str, str]:
        """What the library records of itself."""
        return dict(self._db.rows("SELECT key, value FROM meta"))

    def generation(self) -> int:
        """A number that grows with every change; Chroma keeps the one it has caught up with."""
        return int(self._db.rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    # -- writing ---------------------------------------------------------------------------

    def write(self, change: Change) -> tuple[list[int], list[int]]:
        """Does all of a change, or nothing. Returns the numbers of the chunks that came and of
        those that went.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        added: list[int] = []
        dropped: list[int] = []
        with self._db.transaction():
            for article_id in (*change.remove, *(new.article.id for new in change.articles)):
                dropped += self._delete(article_id)
            for old, new_path in change.moved:
                self._db.execute("DELETE FROM file WHERE path = ?", (new_path,))
                self._db.execute("UPDATE file SET path = ? WHERE path = ?", (new_path, old))
                self._db.execute(
                    "UPDATE article SET source = ? || substr(source, ?), file = ? WHERE file = ?",
                    (new_path, len(old) + 1, new_path, old),
                )
            for article_id, source in change.sources:
                self._db.execute("UPDATE article SET source = ? WHERE id = ?", (source, article_id))
            for new in change.articles:
                added += self._insert(new)
            self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", change.files)
            if change.remove:
                self._db.execute("DELETE FROM file WHERE path NOT IN (SELECT file FROM article)")
            self._db.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
            )
        return added, dropped

    def correct(self, article_id: str, values: Mapping[str, str | None]) -> None:
        """Keeps corrections of an article's fields; they hold from its next writing on. They stay
        when it is read again, until `forget_corrections`."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO correction VALUES (?, ?, ?)",
                [(article_id, field, value) for field, value in values.items()],
            )

    def forget_corrections(self, article_id: str, fields: Sequence[str]) -> None:
        """Takes corrections back; they hold until the article's next writing."""
        with self._db.transaction():
            self._db.executemany(
                "DELETE FROM correction WHERE article_id = ? AND field = ?",
                [(article_id, field) for field in fields],
            )

    def corrections(self, article_id: str) -> dict[str, str | None]:
        """The fields that the user corrected, with their values."""
        return dict(
            self._db.rows("SELECT field, value FROM correction WHERE article_id = ?", (article_id,))
        )

    def _delete(self, article_id: str) -> list[int]:
        gone = self._db.rows("SELECT id FROM chunk WHERE article_id = ?", (article_id,))
        story = self._db.rows("SELECT story FROM article WHERE id = ?", (article_id,))
        self._db.execute(
            "DELETE FROM keyword WHERE rowid IN (SELECT id FROM chunk WHERE article_id = ?)",
            (article_id,),
        )
        self._db.execute("DELETE FROM article WHERE id = ?", (article_id,))
        if story and story[0][0] == article_id:  # the story goes by its first article's id
            self._db.execute(
                "UPDATE article SET story = (SELECT min(id) FROM article WHERE story = ?1)"
                " WHERE story = ?1",
                (article_id,),
            )
        return [row[0] for row in gone]

    def _insert(self, new: NewArticle) -> list[int]:
        article = new.article
        details = corrected(article.details, self.corrections(article.id))
        numbers: list[int] = []
        self._db.execute(
            f"INSERT INTO article VALUES ({', '.join('?' * (7 + len(DETAILS)))})",
            (article.id, article.source, new.file, new.content_hash)
            + (*_columns(details), json.dumps(_columns(article.details), ensure_ascii=False))
            + (article.id, article.body),
        )
        self._join_story(article)
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

    def _join_story(self, article: Article) -> None:
        """Puts an article with its near-copies; all of a story go by the smallest id of theirs."""
        mine = near_copies.runs(article.body)
        bands = near_copies.bands(mine)
        if not bands:
            return
        places = ", ".join("?" * len(bands))
        likely = self._db.rows(
            "SELECT id, story, body FROM article WHERE id IN"
            f" (SELECT article_id FROM band WHERE hash IN ({places})"
            " GROUP BY article_id ORDER BY count(*) DESC, article_id LIMIT ?)",
            (*bands, _COMPARED),
        )
        stories = {
            story
            for _, story, body in likely
            if near_copies.are_copies(mine, near_copies.runs(body))
        }
        if stories:
            one = min(article.id, *stories)
            marks = ", ".join("?" * (len(stories) + 1))
            self._db.execute(
                f"UPDATE article SET story = ? WHERE story IN ({marks})",
                (one, article.id, *stories),
            )
        self._db.executemany(
            "INSERT OR IGNORE INTO band VALUES (?, ?)", [(band, article.id) for band in bands]
        )

    # -- reading ---------------------------------------------------------------------------

    def file_hash(self, path: str) -> str | None:
        """The hash of a file when it was last read whole."""
        rows = self._db.rows("SELECT hash FROM file WHERE path = ?", (path,))
        return rows[0][0] if rows else None

    def files(self, file_hash: str | None = None) -> list[str]:
        """The files with a hash; every file without one."""
        if file_hash is None:
            return [row[0] for row in self._db.rows("SELECT DISTINCT file FROM article")]
        return [r[0] for r in self._db.rows("SELECT path FROM file WHERE hash = ?", (file_hash,))]

    def known(
        self, *, file: str | None = None, source: str | None = None, content: str | None = None
    ) -> list[KnownArticle]:
        """The articles of a file, of a source, or with a content hash."""
        column, value = next(
            (name, value)
            for name, value in (("file", file), ("source", source), ("content_hash", content))
            if value is not None
        )
        rows = self._db.rows(
            f"SELECT id, source, file, content_hash, title FROM article WHERE {column} = ?"
            " ORDER BY rowid",
            (value,),
        )
        return [KnownArticle(*row) for row in rows]

    def has(self, article_id: str) -> bool:
        """Whether there is an article of this id."""
        return bool(self._db.rows("SELECT 1 FROM article WHERE id = ?", (article_id,)))

    def articles(
        self, only: Filter, text: str = "", limit: int = -1
    ) -> tuple[list[ArticleRow], int]:
        """The articles that the filter admits and that have all words of the text, without their
        bodies, by source, and how many there are; the first `limit` of them, all without one."""
        where, values = _where(only)
        if every := all_words(text):
            where += f"{' AND' if where else ' WHERE'} a.id IN (SELECT article_id FROM {self._of} WHERE id IN"
            where += " (SELECT rowid FROM keyword WHERE keyword MATCH ?))"
            values.append(every)
        rows = self._db.rows(
            f"WITH hit AS MATERIALIZED (SELECT a.rowid AS row, source FROM article a{where})"
            " SELECT (SELECT count(*) FROM hit), id, source, story, substr(body, 1, 400),"
            " (SELECT count(*) FROM chunk c WHERE c.article_id = a.id),"
            " (SELECT count(*) FROM article b WHERE b.story = a.story),"
            f" {', '.join(DETAILS)} FROM article a"
            " WHERE a.rowid IN (SELECT row FROM hit ORDER BY source LIMIT ?) ORDER BY source",
            (*values, limit),
        )
        found = [
            ArticleRow(r[0], r[1], _details(r[6:]), opening(r[3]), r[4], r[2], r[5])
            for _, *r in rows
        ]
        return found, rows[0][0] if rows else 0

    def article(self, article_id: str) -> Article | None:
        """One article with its body, or None."""
        rows = self._db.rows(
            f"SELECT id, source, body, {', '.join(DETAILS)} FROM article WHERE id = ?",
            (article_id,),
        )
        return Article(rows[0][0], rows[0][1], _details(rows[0][3:]), rows[0][2]) if rows else None

    def as_read(self, article_id: str) -> NewArticle | None:
        """An article as it was read, before corrections, ready to be written again."""
        rows = self._db.rows(
            "SELECT id, source, file, content_hash, as_read, body FROM article WHERE id = ?",
            (article_id,),
        )
        if not rows:
            return None
        key, source, file, content_hash, as_read, body = rows[0]
        article = Article(key, source, _details(json.loads(as_read)), body)
        chunks = self._db.rows(
            "SELECT start, end, vector FROM chunk WHERE article_id = ? ORDER BY id", (article_id,)
        )
        vectors = np.stack([np.frombuffer(row[2], "<f4") for row in chunks])
        return NewArticle(article, file, content_hash, tuple((r[0], r[1]) for r in chunks), vectors)

    def stories(self, article_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By article: the ids of all articles that tell the same story, its own among them."""
        marks = ", ".join("?" * len(article_ids))
        rows = self._db.rows(
            "SELECT a.id, group_concat(b.id, ' ') FROM article a JOIN article b ON b.story = a.story"
            f" WHERE a.id IN ({marks}) GROUP BY a.id",
            article_ids,
        )
        return {row[0]: tuple(sorted(row[1].split())) for row in rows}

    def values(self, field: str, only: Filter) -> dict[str, int]:
        """The values of a field, or the months of publication ("2019-06"), and how many of the admitted
        articles have each, the most frequent first."""
        assert field in (*DETAILS, "month"), field
        column = "substr(a.published, 1, 7)" if field == "month" else f"a.{field}"
        where, values = _where(only, " AND ")
        rows = self._db.rows(
            f"SELECT {column} AS v, count(*) AS n FROM article a WHERE v IS NOT NULL{where}"
            " GROUP BY v ORDER BY n DESC, v",
            values,
        )
        return dict(rows)

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        """The chunks of these numbers that exist."""
        rows = self._db.rows(
            "SELECT id, article_id, start, end, text FROM chunk WHERE id IN "
            f"({', '.join('?' * len(chunk_ids))})",
            chunk_ids,
        )
        return {row[0]: Chunk(*row) for row in rows}

    def counts(self) -> tuple[int, int]:
        """How many articles and chunks there are."""
        row = self._db.rows("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM chunk)")[
            0
        ]
        return row[0], row[1]

    def extent(self, only: Filter) -> Extent:
        """How many articles a filter admits, and from when to when."""
        where, values = _where(only)
        sql = f"SELECT count(*), min(a.published), max(a.published) FROM article a{where}"
        count, first, last = self._db.rows(sql, values)[0]
        return Extent(count, first and date.fromisoformat(first), last and date.fromisoformat(last))

    def chunk_ids(self) -> set[int]:
        """The numbers of all chunks."""
        return {row[0] for row in self._db.rows("SELECT id FROM chunk")}

    def vectors(self, chunk_ids: Sequence[int]) -> Vectors:
        """The vectors of these chunks (all must exist), in this order, shape (n, dimensions)."""
        found: dict[int, bytes] = dict(
            self._db.rows(
                f"SELECT id, vector FROM chunk WHERE id IN ({', '.join('?' * len(chunk_ids))})",
                chunk_ids,
            )
        )
        return np.stack([np.frombuffer(found[i], "<f4") for i in chunk_ids])

    def admitted(self, only: Filter) -> list[int]:
        """The numbers of the chunks that a filter admits."""
        where, values = _where(only)
        sql = f"SELECT c.id FROM article a JOIN chunk c ON c.article_id = a.id{where}"
        return [row[0] for row in self._db.rows(sql, values)]

    def count_to(self, last: int) -> int:
        """How many chunks have this number or a lower one."""
        return int(self._db.rows("SELECT count(*) FROM chunk WHERE id <= ?", (last,))[0][0])

    def vectors_after(self, last: int) -> Iterator[tuple[list[int], Vectors]]:
        """The numbers, ascending, and vectors of the chunks behind a number, some thousand at a time."""
        while True:
            rows = self._db.rows(
                "SELECT id, vector FROM chunk WHERE id > ? ORDER BY id LIMIT ?", (last, _READ)
            )
            if not rows:
                return
            matrix = np.frombuffer(b"".join(row[1] for row in rows), "<f4")
            yield [row[0] for row in rows], matrix.reshape(len(rows), -1)
            last = rows[-1][0]

    def keyword_hits(self, query: str, limit: int, only: Filter) -> list[Hit]:
        """The best chunks by bm25 (higher is better) for any word or word pair of the query."""
        expression = match_expression(self._rare(keyword_terms(query)), query)
        if expression is None:
            return []
        where, values = _where(only, " AND ")
        rank = f"bm25(keyword, {', '.join(map(str, WEIGHTS))})"
        joins = " JOIN chunk c ON c.id = k.rowid JOIN article a ON a.id = c.article_id"
        rows = self._db.rows(
            f"SELECT k.rowid, {rank} AS rank_ FROM keyword k{joins if where else ''}"
            f" WHERE keyword MATCH ?{where} ORDER BY rank_, k.rowid LIMIT ?",
            (expression, *values, limit),
        )
        return [Hit(row[0], -row[1]) for row in rows]

    def _rare(self, terms: Sequence[str]) -> list[str]:
        """The rarest of the terms, as many as have no more postings together than may be looked at, and
        at least one: what nearly every chunk has tells none from another, and costs the most. How many a
        term has is counted up to that limit only."""
        counts = {}
        for term in terms:
            counts[term] = self._db.rows(
                "SELECT count(*) FROM (SELECT 1 FROM keyword WHERE keyword MATCH ? LIMIT ?)",
                (f'"{term}"', _POSTINGS),
            )[0][0]
        chosen: list[str] = []
        spent = 0
        for term in sorted(terms, key=lambda term: counts[term]):
            spent += counts[term]
            if chosen and spent > _POSTINGS:
                break
            chosen.append(term)
        return chosen

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        """By term (a word, or a pair joined by "_"): in how many chunks it stands, marked or, for a
        term without diacritics, unmarked."""
        rows = self._db.rows(
            "SELECT term, max(doc) FROM keyword_spread WHERE term IN "
            f"({', '.join('?' * len(terms))}) AND col IN ('body', 'bare_body') GROUP BY term",
            [fts_token(term) for term in terms],
        )
        found: dict[str, int] = dict(rows)
        return {term: found.get(fts_token(term), 0) for term in terms}

    def problems(self) -> list[str]:
        """What is wrong inside the file itself, one line each."""
        found = [
            f"library.db: {row[0]}" for row in self._db.rows("PRAGMA quick_check") if row[0] != "ok"
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
            "article(s) of which a part is in no chunk": "SELECT count(*) FROM article a WHERE"
            " (SELECT max(end) FROM chunk c WHERE c.article_id = a.id) < length(a.body)"
            " OR (SELECT min(start) FROM chunk c WHERE c.article_id = a.id) > 0",
            "article(s) without a chunk": "SELECT count(*) FROM article WHERE id NOT IN"
            " (SELECT article_id FROM chunk)",
        }
        for what, statement in checks.items():
            count = self._db.rows(statement)[0][0]
            if count:
                found.append(f"library.db: {count} {what}")
        return found


def corrected(details: Details, corrections: Mapping[str, str | None]) -> Details:
    """The details with the user's corrections in their places; what the user says is not inferred."""
    values = dict(zip(DETAILS, _columns(details), strict=True)) | dict(corrections)
    found = _details([values[field] for field in DETAILS])
    left = tuple(field for field in details.inferred if field not in corrections)
    return replace(found, inferred=left)


def _columns(details: Details) -> tuple[str | None, ...]:
    """Details as SQLite keeps them, in the order of `DETAILS`."""
    day = details.published
    return (
        *(details.title, details.outlet, details.author, day.isoformat() if day else None),
        *(details.time, details.place, details.url, " ".join(details.inferred) or None),
    )


def _details(row: Sequence[str | None]) -> Details:
    title, outlet, author, published, time, place, url, inferred = row
    day = date.fromisoformat(published) if published else None
    return Details(title, outlet, author, day, time, place, url, tuple((inferred or "").split()))


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
    for column, ids in (
        ("a.place IN", only.places),
        ("a.id IN", only.article_ids),
        ("a.id NOT IN", only.without),
    ):
        if ids:
            parts.append(f"{column} ({', '.join('?' * len(ids))})")
            values.extend(ids)
    return (before + " AND ".join(parts) if parts else ""), values
