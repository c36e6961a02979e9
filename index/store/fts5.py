"""The full-text index of SQLite, FTS5 (see `TextIndex`): the tables `keyword`, `full_text` and `said`.

An FTS5 expression is made of words only, each in quotes: nothing that was typed is FTS5's own.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.config import FIND
from index.find.parts import Part, Said
from index.find.words import Words
from index.store.keywords import COLUMNS, WEIGHTS, KeywordRow, Wanted
from index.store.text_index import Query

if TYPE_CHECKING:
    from index.store.database import Database

_ARTICLE = "title, body, bare_title, bare_body"


class Fts5:
    """See `TextIndex`."""

    def __init__(self, db: "Database") -> None:
        self._db = db

    def put_chunks(self, rows: Sequence[tuple[int, KeywordRow]]) -> None:
        self._db.executemany(
            f"INSERT INTO keyword (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?)",
            [(number, *(getattr(row, column) for column in COLUMNS)) for number, row in rows],
        )

    def drop_chunks(self, article_id: str) -> None:
        self._db.execute(
            "DELETE FROM keyword WHERE rowid IN (SELECT id FROM chunk WHERE article_id = ?)",
            (article_id,),
        )

    def chunks(self, wanted: Wanted) -> Query:
        return "SELECT rowid FROM keyword WHERE keyword MATCH ?", (_wanted(wanted),)

    def counts(self, terms: Sequence[str], most: int) -> dict[str, int]:
        counted = "SELECT count(*) FROM (SELECT 1 FROM keyword WHERE keyword MATCH ? LIMIT ?)"
        return {term: self._db.rows(counted, (f'"{term}"', most))[0][0] for term in terms}

    def best(
        self, wanted: Wanted, condition: str, values: Sequence[object], limit: int
    ) -> list[tuple[int, float]]:
        rank = f"-bm25(keyword, {', '.join(map(str, WEIGHTS))})"
        joins = " JOIN chunk c ON c.id = k.rowid JOIN article a ON a.id = c.article_id"
        return self._db.rows(
            f"SELECT k.rowid, {rank} AS score FROM keyword k{joins if condition else ''}"
            f" WHERE keyword MATCH ?{condition} ORDER BY score DESC, k.rowid LIMIT ?",
            (_wanted(wanted), *values, limit),
        )

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        return dict(
            self._db.rows(
                "SELECT term, max(doc) FROM keyword_spread WHERE term IN "
                f"({', '.join('?' * len(terms))}) AND col IN ('body', 'bare_body') GROUP BY term",
                terms,
            )
        )

    def put_article(self, number: int, title: Words, body: Words) -> None:
        self._db.execute(
            f"INSERT INTO full_text (rowid, {_ARTICLE}) VALUES (?, ?, ?, ?, ?)",
            (number, *_indexed(title, body)),
        )

    def drop_article(self, number: int, title: Words, body: Words) -> None:
        self._db.execute(
            f"INSERT INTO full_text (full_text, rowid, {_ARTICLE}) VALUES ('delete', ?, ?, ?, ?, ?)",
            (number, *_indexed(title, body)),
        )

    def articles(self, parts: Sequence[Part]) -> list[int]:
        matching = "SELECT rowid FROM full_text WHERE full_text MATCH ?"
        return [row[0] for row in self._db.rows(matching, (_all(parts),))]

    def scores(self, any_of: Sequence[Sequence[Part]]) -> dict[int, float]:
        anything = " OR ".join(f"({_all(parts)})" for parts in any_of)
        weights = f"{FIND.title}, 1.0, {FIND.title}, 1.0"
        return dict(
            self._db.rows(
                f"SELECT rowid, -bm25(full_text, {weights}) FROM full_text WHERE full_text MATCH ?",
                (anything,),
            )
        )

    def likest(self, words: Sequence[str], title: bool, most: int) -> list[int]:
        wanted = " OR ".join(f'"{word}"' for word in words)
        rows = self._db.rows(
            "SELECT rowid FROM full_text WHERE full_text MATCH ? ORDER BY rank LIMIT ?",
            (f"{{{'bare_title' if title else 'bare_body'}}} : ({wanted})", most),
        )
        return [row[0] for row in rows]

    def put_said(self, turn: int, marked: str, bare: str) -> None:
        self.drop_said([turn])
        self._db.execute(
            "INSERT INTO said (rowid, marked, bare) VALUES (?, ?, ?)", (turn, marked, bare)
        )

    def drop_said(self, turns: Sequence[int]) -> None:
        self._db.executemany("DELETE FROM said WHERE rowid = ?", [(turn,) for turn in turns])

    def said(self, terms: Sequence[str], bare: bool) -> Query:
        every = " AND ".join(f'"{term}"*' for term in terms)
        expression = f"{'bare' if bare else 'marked'} : ({every})"
        return "SELECT rowid FROM said WHERE said MATCH ?", (expression,)

    def put_off(self) -> None:
        """FTS5 does so by itself."""

    def catch_up(self) -> None:
        """See `put_off`."""


def _wanted(wanted: Wanted) -> str:
    columns = "{bare_body bare_context}" if wanted.bare else "{body context}"
    groups = (" OR ".join(f'"{one}"' for one in group) for group in wanted.groups)
    return f"{columns} : ({' AND '.join(f'({group})' for group in groups)})"


def _indexed(title: Words, body: Words) -> tuple[str, str, str, str]:
    """What FTS5 is given for its columns."""
    return (
        *(" ".join(title.keys), " ".join(body.keys)),
        *(" ".join(title.bare), " ".join(body.bare)),
    )


def _all(parts: Sequence[Part]) -> str:
    return " AND ".join(f"({_part(part)})" for part in parts)


def _part(part: Part) -> str:
    columns = ["bare_title" if part.bare else "title"]
    if not part.title:
        columns.append("bare_body" if part.bare else "body")
    said = [_said(one) for one in part.phrases]
    if part.distance is None or len(said) == 1:
        return f"{{{' '.join(columns)}}} : ({' OR '.join(said)})"
    return f"{{{' '.join(columns)}}} : NEAR({' '.join(said)}, {part.distance})"


def _said(said: Said) -> str:
    return f'"{" ".join(said.words)}"{"*" if said.begun else ""}'
