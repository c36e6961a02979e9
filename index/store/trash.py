"""What was removed from a library and waits, to be put back or to be erased."""

import json
import time
from collections.abc import Sequence

import numpy as np

from index.store import dossiers, doubts, names, notes, notices, readings
from index.store.database import Database
from index.store.details import details_of
from index.store.protocol import NewArticle
from index.types import Article, Trashed


def throw(db: Database, article_id: str) -> None:
    """Copies an article of the library into the trash, within a transaction; nothing where there is none."""
    db.execute("DELETE FROM trash WHERE id = ?", (article_id,))
    db.execute(
        "INSERT INTO trash SELECT id, ?, coalesce(title, substr(body, 1, 90)), source, file, content_hash,"
        " as_read, body FROM article WHERE id = ?",
        (time.time(), article_id),
    )
    db.execute(
        "INSERT INTO trash_chunk SELECT article_id, start, end, vector FROM chunk WHERE article_id = ?",
        (article_id,),
    )


def take(db: Database, article_id: str) -> None:
    """Takes an article out of the trash, within a transaction."""
    db.execute("DELETE FROM trash WHERE id = ?", (article_id,))


def moved(db: Database, old: str, new: str) -> None:
    """Hands what was noted on an article, and its dossiers, to the id that it has now, within a transaction."""
    for kept in (dossiers, notes):
        kept.moved(db, old, new)


def items(db: Database) -> list[Trashed]:
    """What is in the trash, the last removed first."""
    rows = db.rows("SELECT id, title, source, removed FROM trash ORDER BY removed DESC, id")
    return [Trashed(*row) for row in rows]


def article(
    db: Database, article_id: str | None = None, content: str | None = None
) -> NewArticle | None:
    """An article in the trash by its id or its content, ready to be written again with its vectors."""
    column, value = ("id", article_id) if content is None else ("content_hash", content)
    rows = db.rows(
        f"SELECT id, source, file, content_hash, as_read, body FROM trash WHERE {column} = ?"
        " ORDER BY removed DESC",
        (value,),
    )
    if not rows:
        return None
    key, source, file, content_hash, as_read, body = rows[0]
    chunks = db.rows(
        "SELECT start, end, vector FROM trash_chunk WHERE article_id = ? ORDER BY start", (key,)
    )
    return NewArticle(
        Article(key, source, details_of(json.loads(as_read)), body, doubts=doubts.doubts(db, key)),
        file,
        content_hash,
        tuple((row[0], row[1]) for row in chunks),
        np.stack([np.frombuffer(row[2], "<f4") for row in chunks]),
    )


def expired(db: Database, before: float) -> list[str]:
    """The ids of what was removed before a time, in seconds since 1970."""
    return [row[0] for row in db.rows("SELECT id FROM trash WHERE removed < ?", (before,))]


def erase(db: Database, article_ids: Sequence[str]) -> None:
    """Deletes articles from the trash, with what was corrected, doubtful and noted of them, and notes that
    their traces are to be overwritten (`Database.scrub`) and that the vector index is to be made anew."""
    with db.transaction():
        for article_id in article_ids:
            db.execute("DELETE FROM trash WHERE id = ?", (article_id,))
            db.execute(
                "DELETE FROM correction WHERE article_id = ?1"
                " AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)",
                (article_id,),
            )
            for kept in (readings, dossiers, notes):
                kept.forget(db, article_id)
            if not db.rows("SELECT 1 FROM article WHERE id = ?", (article_id,)):
                doubts.forget(db, article_id)
            notices.forget(db, article_id)
        names.forget(db)
        db.execute("INSERT INTO erased VALUES (?)", (time.time(),))
        db.execute(
            "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key IN ('erasures', 'generation')"
        )
