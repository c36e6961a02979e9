"""The tables of `history.db`, step by step, as `index.store.schema` has those of `library.db`."""

from ui import kept, owned, standing

#: A step is never changed once it was in a version that was given away; a new one is put behind it.
STEPS = (
    """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, named INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL, updated REAL NOT NULL);
CREATE INDEX conversation_updated ON conversation (updated);
CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    question TEXT NOT NULL, document TEXT, asked REAL NOT NULL);
CREATE INDEX turn_conversation ON turn (conversation);
CREATE VIRTUAL TABLE said USING fts5 (marked, bare, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'");
""",
    # What older versions deleted was only marked in the index.
    """
ALTER TABLE conversation ADD COLUMN deleted REAL;
CREATE INDEX conversation_deleted ON conversation (deleted);
CREATE TABLE erased (at REAL NOT NULL);
INSERT INTO said (said) VALUES ('optimize');
""",
    *(kept.STEP, standing.STEP, owned.STEP),
)
