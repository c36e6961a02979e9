"""How an article was read: its pages, where its details were found, what of its file it lacks. Kept beside the
article, also while it waits in the trash; articles that an older version added have none."""

import json

import numpy as np

from index.store.database import Database
from index.store.details import DETAILS, details_of
from index.store.protocol import NewArticle
from index.types import Article, Doubt, LeftOut

#: The step of the schema.
STEP = """
CREATE TABLE reading (
    article_id TEXT PRIMARY KEY, pages TEXT NOT NULL, origins TEXT NOT NULL, left_out TEXT NOT NULL);
"""


def keep(db: Database, new: NewArticle) -> None:
    """Keeps how an article was read, within a transaction; where it was not read now, what is
    known of it stays."""
    if new.left_out is None:
        return
    parts = [(one.kind, one.text, one.items) for one in new.left_out]
    values = (new.article.pages, new.article.details.origins, parts)
    told = (json.dumps(value, ensure_ascii=False) for value in values)
    db.execute(
        "INSERT INTO reading VALUES (?, ?, ?, ?) ON CONFLICT (article_id) DO UPDATE SET"
        " pages = excluded.pages, origins = excluded.origins, left_out = excluded.left_out",
        (new.article.id, *told),
    )


def forget(db: Database, article_id: str) -> None:
    """Deletes it of an article that is neither in the library nor in the trash, within a transaction."""
    db.execute(
        "DELETE FROM reading WHERE article_id = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM trash WHERE id = ?1)",
        (article_id,),
    )


def article(db: Database, article_id: str, known: bool) -> Article | None:
    """An article with its pages and origins; without where the table is not `known`."""
    fields = ", ".join(f"a.{field}" for field in DETAILS)
    kept = "r.pages, r.origins" if known else "NULL, NULL"
    rows = db.rows(
        f"SELECT a.id, a.source, a.body, {kept},"
        " (SELECT group_concat(field, ' ') FROM correction c WHERE c.article_id = a.id),"
        f" {fields} FROM article a{' LEFT JOIN reading r ON r.article_id = a.id' if known else ''}"
        " WHERE a.id = ?",
        (article_id,),
    )
    if not rows:
        return None
    key, source, body, pages, origins, corrections, *details = rows[0]
    found = dict(json.loads(origins or "[]"))
    found |= dict.fromkeys((corrections or "").split(), "corrected")
    return Article(
        key,
        source,
        details_of(details, tuple(found.items())),
        body,
        pages=tuple((offset, page) for offset, page in json.loads(pages or "[]")),
    )


def as_read(db: Database, article_id: str, doubts: tuple[Doubt, ...]) -> NewArticle | None:
    """An article without what was corrected in it, as it was added."""
    rows = db.rows(
        "SELECT id, source, file, content_hash, as_read, body FROM article WHERE id = ?",
        (article_id,),
    )
    if not rows:
        return None
    key, source, file, content_hash, told, body = rows[0]
    chunks = db.rows(
        "SELECT start, end, vector FROM chunk WHERE article_id = ? ORDER BY id", (article_id,)
    )
    return NewArticle(
        Article(key, source, details_of(json.loads(told)), body, doubts=doubts),
        file,
        content_hash,
        tuple((row[0], row[1]) for row in chunks),
        np.stack([np.frombuffer(row[2], "<f4") for row in chunks]),
    )


def left_out(db: Database, article_id: str) -> tuple[LeftOut, ...]:
    """What of its file an article lacks."""
    rows = db.rows("SELECT left_out FROM reading WHERE article_id = ?", (article_id,))
    return tuple(LeftOut(*one) for one in json.loads(rows[0][0])) if rows else ()
