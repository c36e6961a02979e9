"""Whose is what is kept in `history.db`: a column `person` in each table, "" for the owner, whose everything is
that was kept before there were people."""

from index.store.database import Database

#: The step. What a question was unique by, it is by and for a person.
STEP = """
ALTER TABLE conversation ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE INDEX conversation_person ON conversation (person, updated);
ALTER TABLE report ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE TABLE wrong_of (
    id INTEGER PRIMARY KEY AUTOINCREMENT, marked REAL NOT NULL, question TEXT NOT NULL, answered TEXT NOT NULL,
    value TEXT NOT NULL, article TEXT NOT NULL, absent INTEGER NOT NULL, history TEXT NOT NULL,
    person TEXT NOT NULL DEFAULT '', UNIQUE (person, question));
INSERT INTO wrong_of (id, marked, question, answered, value, article, absent, history)
    SELECT id, marked, question, answered, value, article, absent, history FROM wrong;
DROP TABLE wrong;
ALTER TABLE wrong_of RENAME TO wrong;
CREATE TABLE standing_of (
    id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, exact INTEGER NOT NULL, made REAL NOT NULL,
    asked REAL, generation INTEGER NOT NULL DEFAULT -1, told TEXT NOT NULL DEFAULT '{}',
    person TEXT NOT NULL DEFAULT '', UNIQUE (person, question, exact));
INSERT INTO standing_of (id, question, exact, made, asked, generation, told)
    SELECT id, question, exact, made, asked, generation, told FROM standing;
CREATE TABLE standing_news_of (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    standing INTEGER NOT NULL REFERENCES standing_of (id) ON DELETE CASCADE,
    found REAL NOT NULL, kind TEXT NOT NULL, article TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT
    NULL, value TEXT NOT NULL, before TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0);
INSERT INTO standing_news_of SELECT * FROM standing_news;
DROP TABLE standing_news;
DROP TABLE standing;
ALTER TABLE standing_of RENAME TO standing;
ALTER TABLE standing_news_of RENAME TO standing_news;
"""


def owned(db: Database) -> bool:
    """Whether the step was done; on a full disk it was not."""
    return bool(db.rows("SELECT 1 FROM sqlite_master WHERE name = 'conversation_person'"))


def mine(known: bool) -> str:
    """The condition, with one value, that a row is a person's; all are the owner's where it is not `known`."""
    return "person = ?" if known else "'' = ?"
