"""The tables of `library.db`, step by step: what a new file is made with, and what brings an older one up to
date when it is opened (`index.store.database`)."""

from index.store import dossiers, full_text, notes, notices, people
from index.store.details import DETAILS
from index.store.keywords import COLUMNS
from index.store.names import COUNTED as _COUNTED
from index.store.names import STEP as _NAMES
from index.store.readings import STEP as _READINGS

_TABLES = f"""
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
#: Of the chunks, whose each is: a row of `chunk` is large, with its text and vector.
_OF = "CREATE INDEX IF NOT EXISTS chunk_of ON chunk (id, article_id);"
#: What was removed waits here, as it was read and with its vectors; what was corrected in it stays among the
#: corrections. Of older versions: FTS5 keeps the words of deleted chunks until its index is merged.
_TRASH = """
CREATE TABLE trash (
    id TEXT PRIMARY KEY, removed REAL NOT NULL, title TEXT NOT NULL, source TEXT NOT NULL, file TEXT NOT NULL,
    content_hash TEXT NOT NULL, as_read TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX trash_content ON trash (content_hash);
CREATE TABLE trash_chunk (
    article_id TEXT NOT NULL REFERENCES trash (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE INDEX trash_chunk_article ON trash_chunk (article_id);
CREATE TABLE erased (at REAL NOT NULL);
INSERT INTO meta VALUES ('erasures', '0');
INSERT INTO keyword (keyword) VALUES ('optimize');
"""
#: Words of scans that may be misread, by their places in the body. As corrections they stay while their article
#: is in the trash.
_DOUBTS = """
CREATE TABLE doubt (
    article_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL,
    page INTEGER NOT NULL, x0 INTEGER NOT NULL, y0 INTEGER NOT NULL, x1 INTEGER NOT NULL, y1 INTEGER NOT NULL,
    crop BLOB NOT NULL, PRIMARY KEY (article_id, start));
"""
#: A step is never changed once it was in a version that was given away; a new one is put behind it.
STEPS = (
    *(_TABLES, _OF, _TRASH, full_text.STEP, _READINGS, _DOUBTS),
    *(dossiers.STEP, notes.STEP, notices.STEP, _NAMES, people.STEP, _COUNTED),
)
