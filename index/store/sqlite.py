"""A store in an SQL database: the file `library.db`, or a schema on a PostgreSQL server. Only `index.library`
uses this."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from index.config import STORE
from index.errors import LibraryError
from index.find import finding
from index.find.found import Found, Order
from index.find.query import Node
from index.store import (
    doubts,
    full_text,
    integrity,
    names,
    notices,
    readings,
    search,
    stories,
    trash,
)
from index.store.details import DETAILS, columns, corrected, where
from index.store.dossiers import DossierTable
from index.store.keywords import KeywordRow, keyword_row
from index.store.notes import NoteTable
from index.store.people import People
from index.store.place import opened
from index.store.protocol import Change, Entry, KnownArticle, Need, NewArticle, Vectors
from index.store.schema import STEPS
from index.types import (
    Article,
    ArticleRow,
    Chunk,
    Doubt,
    Extent,
    Filter,
    Hit,
    LeftOut,
    Trashed,
)  # fmt: skip


class SqliteStore:
    """See `Store`. Our SQL is SQLite's; `index.store.postgres` reads it, too."""

    def __init__(self, path: Path, meta: dict[str, str]) -> None:
        rows = [
            ("INSERT INTO meta VALUES (?, ?)", item) for item in {**meta, "generation": "0"}.items()
        ]
        self._db = opened(
            path, STEPS, "choose another folder with --library, or restore the file", rows
        )
        # Where the disk was too full for these steps, the planner does without, and there is no trash.
        made = {row[0] for row in self._db.rows("SELECT name FROM sqlite_master")}
        self._of = "chunk INDEXED BY chunk_of" if "chunk_of" in made else "chunk"
        self._upgraded = "trash" in made
        self._findable = "full_text" in made
        self._counted = (-1, 0, 0)
        self._finder = finding.Finder(self._db)
        if self._findable:
            with contextlib.suppress(LibraryError):  # a full disk, or it is busy: the next time
                full_text.fill(self._db)
        self._readings = "reading" in made
        self._doubts = "doubt" in made
        self.dossiers = DossierTable(self._db, "dossier" in made)
        self.notes = NoteTable(self._db, "note" in made, "person" in made)
        self.people = People(self._db, "person" in made)
        self.notices = notices.Notices(self._db, "notice" in made)
        self.names = names.Names(self._db)

    def close(self) -> None:
        self._db.close()

    def meta(self) -> dict[str, str]:
        return dict(self._db.rows("SELECT key, value FROM meta"))

    def generation(self) -> int:
        return int(self._db.rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    # -- writing ---------------------------------------------------------------------------

    def write(self, change: Change) -> tuple[list[int], list[int]]:
        added: list[int] = []
        dropped: list[int] = []
        written = {new.content_hash: new.article.id for new in change.articles}
        with self._db.transaction():
            self._db.executemany(
                "DELETE FROM correction WHERE article_id = ? AND field = ?", change.undo
            )
            self._db.executemany(
                "INSERT INTO correction VALUES (?, ?, ?)"
                " ON CONFLICT (article_id, field) DO UPDATE SET value = excluded.value",
                change.correct,
            )
            for article_id in change.remove:
                # One that is written again in the same breath has only moved.
                content = self._content(article_id)
                if content and content not in written:
                    trash.throw(self._db, article_id)
                elif content and (now := written[content]) != article_id:
                    trash.moved(self._db, article_id, now)
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
                if self._content_is_new(
                    new.content_hash
                ):  # else another process added it meanwhile
                    added += self._insert(new)
            for article_id in change.remove:
                readings.forget(self._db, article_id)
            self.notices.follow(change.remove, [new.article.id for new in change.articles])
            self._db.executemany(
                "INSERT INTO file VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET hash = excluded.hash",
                change.files,
            )
            if change.remove:
                self._db.execute("DELETE FROM file WHERE path NOT IN (SELECT file FROM article)")
            self._db.execute(
                "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'"
            )
        return added, dropped

    def corrections(self, article_id: str) -> dict[str, str | None]:
        return dict(
            self._db.rows("SELECT field, value FROM correction WHERE article_id = ?", (article_id,))
        )

    def trash(self) -> list[Trashed]:
        return trash.items(self._db) if self._upgraded else []

    def trashed(
        self, article_id: str | None = None, content: str | None = None
    ) -> NewArticle | None:
        return trash.article(self._db, article_id, content) if self._upgraded else None

    def expired(self, before: float) -> list[str]:
        return trash.expired(self._db, before) if self._upgraded else []

    def erase(self, article_ids: Sequence[str]) -> None:
        trash.erase(self._db, article_ids)

    def erasures(self) -> int:
        return int(self.meta().get("erasures", 0))

    def scrub(self) -> None:
        if self._upgraded:
            self._db.scrub("keyword", *(["full_text"] if self._findable else []))

    def _content(self, article_id: str) -> str | None:
        rows = self._db.rows("SELECT content_hash FROM article WHERE id = ?", (article_id,))
        return rows[0][0] if rows else None

    def _content_is_new(self, content: str) -> bool:
        return not self._db.rows("SELECT 1 FROM article WHERE content_hash = ?", (content,))

    def _delete(self, article_id: str) -> list[int]:
        gone = self._db.rows("SELECT id FROM chunk WHERE article_id = ?", (article_id,))
        story = self._db.rows("SELECT story FROM article WHERE id = ?", (article_id,))
        self._db.text.drop_chunks(article_id)
        full_text.drop(self._db, article_id)
        self._db.execute("DELETE FROM article WHERE id = ?", (article_id,))
        if story and story[0][0] == article_id:  # the story goes by its first article's id
            stories.leave(self._db, article_id)
        return [row[0] for row in gone]

    def _insert(self, new: NewArticle) -> list[int]:
        article = new.article
        details = corrected(article.details, self.corrections(article.id))
        words: list[tuple[int, KeywordRow]] = []
        trash.take(self._db, article.id)
        self._db.execute(
            f"INSERT INTO article VALUES ({', '.join('?' * (7 + len(DETAILS)))})",
            (article.id, article.source, new.file, new.content_hash)
            + (*columns(details), json.dumps(columns(article.details), ensure_ascii=False))
            + (article.id, article.body),
        )
        full_text.put(self._db, article.id)
        readings.keep(self._db, new)
        if self._doubts:
            doubts.keep(self._db, article)
        if self.names.there:
            names.put(self._db, article.id, article.body)
        stories.join(self._db, article, new.bands)
        context = " \n ".join(filter(None, (details.title, details.outlet, details.author)))
        for (start, end), vector in zip(new.spans, new.vectors, strict=True):
            text = article.body[start:end]
            blob = vector.astype("<f4").tobytes()
            row = self._db.execute(
                "INSERT INTO chunk (article_id, start, end, text, vector) VALUES (?, ?, ?, ?, ?)",
                (article.id, start, end, text, blob),
            )
            number = int(row.lastrowid or 0)
            words.append((number, keyword_row(text, context)))
        self._db.text.put_chunks(words)
        return [number for number, _ in words]

    # -- reading ---------------------------------------------------------------------------

    def file_hash(self, path: str) -> str | None:
        rows = self._db.rows("SELECT hash FROM file WHERE path = ?", (path,))
        return rows[0][0] if rows else None

    def files(self, file_hash: str | None = None) -> list[str]:
        if file_hash is None:
            return [row[0] for row in self._db.rows("SELECT DISTINCT file FROM article")]
        return [r[0] for r in self._db.rows("SELECT path FROM file WHERE hash = ?", (file_hash,))]

    def known(
        self, *, file: str | None = None, source: str | None = None, content: str | None = None
    ) -> list[KnownArticle]:
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
        found = self._db.rows("SELECT 1 FROM article WHERE id = ?", (article_id,))
        return bool(found) or self.trashed(article_id) is not None

    def articles(
        self, only: Filter, text: str = "", limit: int = -1
    ) -> tuple[list[ArticleRow], int]:
        return search.articles(self._db, only, text, limit, self._of)

    def article(self, article_id: str) -> Article | None:
        found = readings.article(self._db, article_id, self._readings)
        return replace(found, doubts=self._doubtful(article_id)) if found else None

    def left_out(self, article_id: str) -> tuple[LeftOut, ...]:
        return readings.left_out(self._db, article_id) if self._readings else ()

    def _doubtful(self, article_id: str) -> tuple[Doubt, ...]:
        return doubts.doubts(self._db, article_id) if self._doubts else ()

    def as_read(self, article_id: str) -> NewArticle | None:
        return readings.as_read(self._db, article_id, self._doubtful(article_id))

    def stories(self, article_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        return stories.stories(self._db, article_ids)

    def values(self, field: str, only: Filter) -> dict[str, int]:
        return search.values(self._db, field, only)

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, Chunk]:
        rows = self._db.rows(
            f"SELECT id, article_id, start, end, text FROM chunk WHERE id IN ({_marks(chunk_ids)})",
            chunk_ids,
        )
        return {row[0]: Chunk(*row) for row in rows}

    def counts(self) -> tuple[int, int]:
        # Every search asks, and all rows are read to count them; they change with the generation only.
        now, known = self.generation(), self._counted
        if known[0] != now:
            both = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM chunk)"
            known = self._counted = (now, *self._db.rows(both)[0])
        return known[1:]

    def extent(self, only: Filter) -> Extent:
        condition, values = where(only)
        sql = f"SELECT count(*), min(a.published), max(a.published) FROM article a{condition}"
        count, first, last = self._db.rows(sql, values)[0]
        return Extent(count, first and date.fromisoformat(first), last and date.fromisoformat(last))

    def chunk_ids(self) -> set[int]:
        return {row[0] for row in self._db.rows("SELECT id FROM chunk")}

    def vectors(self, chunk_ids: Sequence[int]) -> Vectors:
        sql = f"SELECT id, vector FROM chunk WHERE id IN ({_marks(chunk_ids)})"
        found: dict[int, bytes] = dict(self._db.rows(sql, chunk_ids))
        return np.stack([np.frombuffer(found[i], "<f4") for i in chunk_ids])

    def entries(self, chunk_ids: Sequence[int]) -> list[Entry]:
        rows = self._db.rows(
            "SELECT c.id, c.vector, a.id, a.published, a.outlet, a.place FROM chunk c"
            f" JOIN article a ON a.id = c.article_id WHERE c.id IN ({_marks(chunk_ids)})",
            chunk_ids,
        )
        return [
            Entry(
                row[0],
                np.frombuffer(row[1], "<f4"),
                row[2],
                date.fromisoformat(row[3]) if row[3] else None,
                *row[4:],
            )
            for row in rows
        ]

    def admitted(self, only: Filter) -> list[int]:
        condition, values = where(only)
        sql = f"SELECT c.id FROM article a JOIN chunk c ON c.article_id = a.id{condition}"
        return [row[0] for row in self._db.rows(sql, values)]

    def vectors_after(self, last: int) -> Iterator[tuple[list[int], Vectors]]:
        while True:
            rows = self._db.rows(
                "SELECT id, vector FROM chunk WHERE id > ? ORDER BY id LIMIT ?",
                (last, STORE.scanned),
            )
            if not rows:
                return
            matrix = np.frombuffer(b"".join(row[1] for row in rows), "<f4")
            yield [row[0] for row in rows], matrix.reshape(len(rows), -1)
            last = rows[-1][0]

    def keyword_hits(self, query: str, limit: int, only: Filter) -> list[Hit]:
        return search.keyword_hits(self._db, query, limit, only)

    def holding(self, needs: Sequence[Need], bare: bool, only: Filter) -> dict[str, date | None]:
        return search.holding(self._db, needs, bare, only, self._of)

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        return search.spread(self._db, terms)

    def find(self, query: Node, only: Filter, by: Order, shown: slice, most: int) -> Found:
        if not self._findable:
            return finding.nothing(self._db, only)
        return self._finder.found(query, only, by, shown, most, self.generation())

    def problems(self) -> list[str]:
        return integrity.problems(self._db)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
