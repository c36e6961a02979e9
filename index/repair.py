"""A damaged `library.db`, made anew with the articles that can be read whole; `add` reads the others again."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index import config
from index.adding import hash_of
from index.errors import LibraryError
from index.store import full_text, notices, stories
from index.store.database import Database
from index.store.details import DETAILS, columns, corrected, details_of
from index.store.salvage import salvaged
from index.store.schema import STEPS

#: Articles of which a chunk is missing, or is not what the body says, or has no keywords or another's vector.
_UNSOUND = """
SELECT a.id FROM article a WHERE NOT EXISTS (SELECT 1 FROM chunk c WHERE c.article_id = a.id)
    OR (SELECT max(end) FROM chunk c WHERE c.article_id = a.id) < length(a.body)
    OR (SELECT min(start) FROM chunk c WHERE c.article_id = a.id) > 0
UNION SELECT a.id FROM article a JOIN chunk c ON c.article_id = a.id
    WHERE c.text IS NOT substr(a.body, c.start + 1, c.end - c.start)
    OR c.id NOT IN (SELECT rowid FROM keyword)
    OR length(c.vector) != (SELECT length(vector) FROM chunk GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
"""
#: What belongs to no article; and what files hashed to: each is read again, for what it had and is lost.
#: Exact search puts whole articles into its index again when the library is opened.
_LEFT = (
    "DELETE FROM chunk WHERE article_id NOT IN (SELECT id FROM article)",
    "DELETE FROM keyword WHERE rowid NOT IN (SELECT id FROM chunk)",
    "DELETE FROM reading WHERE article_id NOT IN (SELECT id FROM article UNION SELECT id FROM trash)",
    "DELETE FROM band WHERE article_id NOT IN (SELECT id FROM article)",
    "UPDATE file SET hash = ''",
    *full_text.EMPTIED,
    *notices.AGAIN,
)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While no other process has the library open.

    Raises:
        LibraryError: one has.
    """
    lock = FileLock(folder / "chroma.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LibraryError("another process has the library open; stop it and try again") from None
    try:
        yield
    finally:
        lock.release()


def repair(folder: Path, embedding: str) -> str:
    """Puts a sound `library.db` in the place of a damaged one, with every article whose words are what they
    were when it was added, all corrections, and whatever else could be read; returns a line that says how many
    articles, and where the old file lies. Chroma is made anew when the library is opened. To be done `alone`.

    Raises:
        LibraryError: the disk is full.
        OSError: the file cannot be moved.
    """
    saved = 0

    def judge(made: Database) -> None:
        nonlocal saved
        with made.transaction():
            _judge(made, embedding)
        saved = made.rows("SELECT count(*) FROM article")[0][0]

    # Which model the vectors are of is the old file's to say; where it cannot, they are of none.
    meta = {**config.made_with(""), "generation": "0"}
    rows = [("INSERT INTO meta VALUES (?, ?)", item) for item in meta.items()]
    old = salvaged(folder / "library.db", STEPS, rows, judge)
    # Chunk numbers go on behind the last one that was saved: what Chroma has by them may be others'.
    shutil.rmtree(folder / "chroma", ignore_errors=True)
    return (
        f"library.db: made anew with {saved} articles that were whole; the damaged one is {old.name}; "
        "read the others again with: hoibao add PATH..."
    )


def _judge(made: Database, embedding: str) -> None:
    """Leaves only what is right."""
    unknown = made.rows("SELECT 1 FROM meta WHERE key = 'embedding' AND value = ''")
    made.execute("UPDATE meta SET value = ? WHERE key = 'embedding' AND value = ''", (embedding,))
    known = [row[0] for row in made.rows("SELECT id FROM article")]
    unsound = {row[0] for row in made.rows(_UNSOUND)}
    for article_id in known:
        if unknown or article_id in unsound or not _as_added(made, article_id):
            made.execute("DELETE FROM article WHERE id = ?", (article_id,))
            stories.leave(made, article_id)
    for statement in _LEFT:
        made.execute(statement)


def _as_added(made: Database, article_id: str) -> bool:
    """Whether an article's words and details are what they were when it was added, and corrected."""
    as_read, digest, body, *now = made.rows(
        f"SELECT as_read, content_hash, body, {', '.join(DETAILS)} FROM article WHERE id = ?",
        (article_id,),
    )[0]
    corrections = dict(
        made.rows("SELECT field, value FROM correction WHERE article_id = ?", (article_id,))
    )
    try:
        details = details_of(json.loads(as_read))
        right = columns(corrected(details, corrections))
    except (ValueError, TypeError, KeyError):
        return False
    return hash_of(details, body) == digest and tuple(now) == right
