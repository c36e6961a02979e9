"""Every whole article's words in `library.db`, for exact search (`index.find`): two indexed forms of title and
body, with diacritics and without, whose words stand at the same places.

FTS5 keeps no text of its own: what is taken out of it is told once more from the article, which
must give the same words as when it was put in. Who changes `index.find.words` writes a step that empties both
tables.
"""

import logging

from index.config import FIND
from index.find.words import words
from index.store.database import Database

#: Article numbers of their own: SQLite may change a table's hidden ones. With the details that are counted.
#: What FTS5 is given are words without spaces, of which only ASCII is looked at by its tokenizer "ascii".
STEP = """
CREATE TABLE full_text_of (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, published TEXT, outlet TEXT, author TEXT, place TEXT);
CREATE VIRTUAL TABLE full_text USING fts5 (
    title, body, bare_title, bare_body, content = '', tokenize = "ascii tokenchars '_'");
"""
#: Leaves no article in the index; they come back when the library is opened (`fill`).
EMPTIED = (
    "DELETE FROM full_text_of",
    "INSERT INTO full_text (full_text) VALUES ('delete-all')",
)
_MISSING = "FROM article WHERE id NOT IN (SELECT id FROM full_text_of)"
_log = logging.getLogger("hoibao")


def put(db: Database, article_id: str) -> None:
    """Puts an article of the library into the index, within a transaction."""
    rows = db.rows(
        "SELECT title, body, published, outlet, author, place FROM article WHERE id = ?",
        (article_id,),
    )
    for title, body, *details in rows:
        row = db.execute(
            "INSERT INTO full_text_of (id, published, outlet, author, place) VALUES (?, ?, ?, ?, ?)",
            (article_id, *details),
        )
        db.text.put_article(int(row.lastrowid or 0), words(title or ""), words(body))


def drop(db: Database, article_id: str) -> None:
    """Takes an article out of the index, within a transaction and before it leaves the library; nothing where
    it is not in there."""
    rows = db.rows(
        "SELECT f.number, a.title, a.body FROM full_text_of f JOIN article a ON a.id = f.id WHERE f.id = ?",
        (article_id,),
    )
    for number, title, body in rows:
        db.text.drop_article(number, words(title or ""), words(body))
        db.execute("DELETE FROM full_text_of WHERE number = ?", (number,))


def fill(db: Database) -> None:
    """Puts the articles into the index that an older version added, some hundred in a transaction; where there
    are many, says how far it is.

    Raises:
        LibraryError: the disk is full, or another process keeps the library busy; the rest follows when it is
            opened next.
    """
    missing = db.rows(f"SELECT count(*) {_MISSING}")[0][0]
    done = 0
    while done < missing:
        if done or missing > FIND.batch:
            _log.warning("hoibao: indexing whole articles: %s of %s", done, missing)
        with db.transaction():
            ids = [row[0] for row in db.rows(f"SELECT id {_MISSING} LIMIT ?", (FIND.batch,))]
            for article_id in ids:
                put(db, article_id)
        if not ids:  # another process did
            return
        done += len(ids)
