"""Dossiers in `library.db`: named sets of article ids. An id stays in its dossiers while its article waits in
the trash, or has to be read again after a repair; an erased one leaves them."""

from collections.abc import Sequence

from index.language.text import fold
from index.store.database import Database
from index.types import Dossier

#: The step of the schema.
STEP = """
CREATE TABLE dossier (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE);
CREATE TABLE dossier_article (
    dossier INTEGER NOT NULL REFERENCES dossier (number) ON DELETE CASCADE, article_id TEXT NOT NULL,
    PRIMARY KEY (dossier, article_id)) WITHOUT ROWID;
CREATE INDEX dossier_of ON dossier_article (article_id);
"""
_COUNTED = (
    "SELECT d.number, d.name, (SELECT count(*) FROM dossier_article m JOIN article a ON a.id = m.article_id"
    " WHERE m.dossier = d.number) FROM dossier d"
)


class DossierTable:
    """See `DossierStore`; `known` says whether the tables are there."""

    def __init__(self, db: Database, known: bool) -> None:
        self._db = db
        self._known = known

    def all(self) -> list[Dossier]:
        rows = self._db.rows(f"{_COUNTED} ORDER BY d.folded") if self._known else []
        return [Dossier(*row) for row in rows]

    def named(self, name: str) -> Dossier | None:
        if not self._known:
            return None
        rows = self._db.rows(f"{_COUNTED} WHERE d.folded = ?", (fold(name),))
        return Dossier(*rows[0]) if rows else None

    def of(self, article_id: str) -> list[Dossier]:
        if not self._known:
            return []
        mine = "SELECT dossier FROM dossier_article WHERE article_id = ?"
        rows = self._db.rows(
            f"{_COUNTED} WHERE d.number IN ({mine}) ORDER BY folded", (article_id,)
        )
        return [Dossier(*row) for row in rows]

    def members(self, number: int) -> list[str]:
        rows = self._db.rows(
            "SELECT a.id FROM dossier_article m JOIN article a ON a.id = m.article_id WHERE m.dossier = ?"
            " ORDER BY a.published NULLS FIRST, a.id",
            (number,),
        )
        return [row[0] for row in rows]

    def new(self, name: str) -> None:
        with self._db.transaction():
            self._db.execute(
                "INSERT OR IGNORE INTO dossier (name, folded) VALUES (?, ?)", (name, fold(name))
            )

    def rename(self, number: int, name: str) -> None:
        with self._db.transaction():
            self._db.execute(
                "UPDATE dossier SET name = ?, folded = ? WHERE number = ? AND NOT EXISTS"
                " (SELECT 1 FROM dossier other WHERE other.folded = ? AND other.number <> ?)",
                (name, fold(name), number, fold(name), number),
            )

    def delete(self, number: int) -> None:
        with self._db.transaction():
            self._db.execute("DELETE FROM dossier WHERE number = ?", (number,))

    def add(self, number: int, article_ids: Sequence[str]) -> None:
        with self._db.transaction():
            self._db.executemany(
                "INSERT OR IGNORE INTO dossier_article VALUES (?, ?)",
                [(number, one) for one in article_ids],
            )

    def drop(self, number: int, article_ids: Sequence[str]) -> None:
        with self._db.transaction():
            self._db.executemany(
                "DELETE FROM dossier_article WHERE dossier = ? AND article_id = ?",
                [(number, one) for one in article_ids],
            )


def moved(db: Database, old: str, new: str) -> None:
    """Gives an article's place in its dossiers to the id that it has now, within a transaction."""
    db.execute(
        "INSERT OR IGNORE INTO dossier_article SELECT dossier, ? FROM dossier_article WHERE article_id = ?",
        (new, old),
    )
    db.execute("DELETE FROM dossier_article WHERE article_id = ?", (old,))


def forget(db: Database, article_id: str) -> None:
    """Takes an erased article out of its dossiers, within a transaction; nothing where it is in the library
    again."""
    db.execute(
        "DELETE FROM dossier_article WHERE article_id = ?1"
        " AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)",
        (article_id,),
    )
