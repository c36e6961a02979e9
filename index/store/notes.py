"""Notes in `library.db`, by article id: they stay when the article is read anew or waits in the trash, and go
when it is erased."""

from index.store.database import Database
from index.types import Anchor, Filter, Note

#: The step of the schema.
STEP = """
CREATE TABLE note (
    number INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL, text TEXT NOT NULL,
    starred INTEGER NOT NULL, made REAL NOT NULL,
    start INTEGER, end INTEGER, quote TEXT, before TEXT, after TEXT);
CREATE INDEX note_article ON note (article_id);
CREATE TABLE note_tag (
    note INTEGER NOT NULL REFERENCES note (number) ON DELETE CASCADE, tag TEXT NOT NULL,
    PRIMARY KEY (note, tag)) WITHOUT ROWID;
CREATE INDEX note_tagged ON note_tag (tag);
"""


class NoteTable:
    """See `NoteStore`; `known` says whether the tables are there, `owned` whether it is known whose each is;
    where it is not, all are the owner's."""

    def __init__(self, db: Database, known: bool, owned: bool = True) -> None:
        self._db = db
        self._known = known
        self._owned = owned
        self._mine = "note.person = ?" if owned else "'' = ?"

    def find(
        self, only: Filter, tag: str | None = None, starred: bool = False, person: str = ""
    ) -> list[Note]:
        if not self._known:
            return []
        conditions, values = [self._mine], list[object]([person])
        if only.dossier:
            conditions.append(
                "article_id IN (SELECT article_id FROM dossier_article WHERE dossier = ?)"
            )
            values.append(only.dossier)
        if only.article_ids:
            conditions.append(f"article_id IN ({', '.join('?' * len(only.article_ids))})")
            values += only.article_ids
        if tag:
            conditions.append("number IN (SELECT note FROM note_tag WHERE tag = ?)")
            values.append(tag)
        if starred:
            conditions.append("starred = 1")
        rows = self._db.rows(
            "SELECT number, article_id, text, (SELECT group_concat(tag, '\n') FROM"
            " (SELECT tag FROM note_tag WHERE note = number ORDER BY tag) AS t), starred, made,"
            f" start, end, quote, before, after FROM note WHERE {' AND '.join(conditions)}"
            " ORDER BY made DESC, number DESC",
            values,
        )
        return [
            Note(
                *(row[0], row[1], row[2], tuple((row[3] or "").split("\n")) if row[3] else ()),
                *(bool(row[4]), row[5]),
                Anchor(*row[6:]) if row[8] is not None else None,
            )
            for row in rows
        ]

    def tags(self, person: str = "") -> dict[str, int]:
        if not self._known:
            return {}
        return dict(
            self._db.rows(
                "SELECT tag, count(*) FROM note_tag JOIN note ON note.number = note_tag.note"
                f" WHERE {self._mine} GROUP BY tag ORDER BY 2 DESC, 1",
                (person,),
            )
        )

    def add(self, note: Note, person: str = "") -> int:
        at = note.anchor
        place = (at.start, at.end, at.quote, at.before, at.after) if at else (None,) * 5
        owner = (person,) if self._owned else ()
        with self._db.transaction():
            row = self._db.execute(
                "INSERT INTO note (article_id, text, starred, made, start, end, quote, before, after"
                f"{', person' if owner else ''}) VALUES ({', '.join('?' * (9 + len(owner)))})",
                (note.article_id, note.text, note.starred, note.made, *place, *owner),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO note_tag VALUES (?, ?)",
                [(row.lastrowid, tag) for tag in note.tags],
            )
        return int(row.lastrowid or 0)

    def remove(self, number: int) -> None:
        with self._db.transaction():
            self._db.execute("DELETE FROM note WHERE number = ?", (number,))


def moved(db: Database, old: str, new: str) -> None:
    """Gives an article's notes to the id that it has now, within a transaction."""
    db.execute("UPDATE note SET article_id = ? WHERE article_id = ?", (new, old))


def forget(db: Database, article_id: str) -> None:
    """Deletes an erased article's notes, within a transaction; nothing where it is in the library again."""
    db.execute(
        "DELETE FROM note WHERE article_id = ?1 AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)",
        (article_id,),
    )
