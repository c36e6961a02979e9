"""Standing questions: asked again when articles were added, with what is new since; kept in `history.db`."""

import copy
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.errors import InputError
from index.find.query import parsed
from index.language.text import one_line
from index.library import Library
from index.store.database import Database
from rag.assistant import Assistant
from rag.standing import News, Told, asked, news, searched
from rag.turn import usable
from ui.owned import mine, owned

#: The tables; a step of `ui.history`. `standing_known`: the articles that were there when all was asked last.
STEP = """
CREATE TABLE standing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, exact INTEGER NOT NULL, made REAL NOT NULL,
    asked REAL, generation INTEGER NOT NULL DEFAULT -1, told TEXT NOT NULL DEFAULT '{}', UNIQUE (question,
    exact));
CREATE TABLE standing_news (
    id INTEGER PRIMARY KEY AUTOINCREMENT, standing INTEGER NOT NULL REFERENCES standing (id) ON DELETE CASCADE,
    found REAL NOT NULL, kind TEXT NOT NULL, article TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT
    NULL, value TEXT NOT NULL, before TEXT NOT NULL, seen INTEGER NOT NULL DEFAULT 0);
CREATE TABLE standing_known (article TEXT PRIMARY KEY) WITHOUT ROWID;
"""
#: What is new of one question that is kept.
_KEPT = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing question, or query of exact search (`exact`): when it was asked last (seconds since 1970,
    None: not yet), what articles told then, the surest first, and what is new and was not read yet, the last
    first."""

    id: int
    question: str
    exact: bool
    asked: float | None
    told: dict[str, str]
    news: tuple[News, ...]


class StandingQuestions:
    """The standing questions of one person: the owner's, or with `of` another's; threads may share it. Where
    the disk was too full for their tables, there are none."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._there = bool(db.rows("SELECT 1 FROM sqlite_master WHERE name = 'standing_known'"))
        self._person = ""
        self._owned = owned(db)
        self._mine = mine(self._owned)

    def of(self, person: str) -> "StandingQuestions":
        """The same of a person, by id."""
        found = copy.copy(self)
        found._person = person
        return found

    def _found(self, whose: str = "1 = 1", values: Sequence[object] = ()) -> list[Standing]:
        if not self._there:
            return []
        rows = self._db.rows(
            f"SELECT id, question, exact, asked, told FROM standing WHERE {whose} ORDER BY id",
            values,
        )
        return [
            Standing(i, question, bool(exact), at, json.loads(told), tuple(self._news(i)))
            for i, question, exact, at, told in rows
        ]

    def list(self) -> list[Standing]:
        """All of the person's, in the order in which they were made."""
        return self._found(self._mine, (self._person,))

    def add(self, question: str, exact: bool = False) -> int:
        """Keeps a question; returns its id, that of the same one where it is there already.

        Raises:
            InputError: it is none, or the query is none.
        """
        if not self._there:
            raise InputError("the disk is full; free some space and start again")
        question = one_line(question) if exact else one_line(usable(question))
        if exact:
            parsed(question)
        owner = (self._person,) if self._owned else ()
        with self._db.transaction():
            self._db.execute(
                f"INSERT INTO standing (question, exact, made{', person' if owner else ''})"
                f" VALUES ({', '.join('?' * (3 + len(owner)))}) ON CONFLICT DO NOTHING",
                (question, int(exact), time.time(), *owner),
            )
        made: int = self._db.rows(
            f"SELECT id FROM standing WHERE question = ? AND exact = ? AND {self._mine}",
            (question, int(exact), self._person),
        )[0][0]
        return made

    def remove(self, number: int) -> None:
        """Drops a question with what is new.

        Raises:
            InputError: there is none of this id.
        """
        self._require(number)
        with self._db.transaction():
            self._db.execute("DELETE FROM standing WHERE id = ?", (number,))

    def seen(self, number: int) -> None:
        """What is new of a question was read.

        Raises:
            InputError: there is none of this id.
        """
        self._require(number)
        with self._db.transaction():
            self._db.execute("UPDATE standing_news SET seen = 1 WHERE standing = ?", (number,))

    def due(self, generation: int) -> bool:
        """Whether one of anybody's was not asked since the articles changed."""
        if not self._there:
            return False
        return bool(
            self._db.rows("SELECT 1 FROM standing WHERE generation <> ? LIMIT 1", (generation,))
        )

    def run(
        self,
        library: Library,
        assistant: Callable[[], Assistant],
        goes_on: Callable[[], bool] = lambda: True,
    ) -> int:
        """Asks those of everybody again that were not asked since the articles changed; one that is asked for
        the first time has no news. Stops before the next where `goes_on` says so. Returns how much is new."""
        generation = library.generation()
        if not self.due(generation):
            return 0
        there = [row.id for row in library.articles()]
        known = {row[0] for row in self._db.rows("SELECT article FROM standing_known")}
        fresh = _fresh(library, there, known)
        count = 0
        for one in self._found():
            if not goes_on() or library.generation() != generation:
                return count
            count += self._ask(one, library, assistant, fresh, generation)
        waiting = {item.id for item in library.trash()}  # what comes back from there is not new
        with self._db.transaction():
            self._db.execute("DELETE FROM standing_known")
            self._db.executemany(
                "INSERT INTO standing_known VALUES (?)",
                [(i,) for i in {*there, *(known & waiting)}],
            )
        return count

    def _ask(
        self,
        one: Standing,
        library: Library,
        assistant: Callable[[], Assistant],
        fresh: set[str],
        generation: int,
    ) -> int:
        try:
            now = searched(library, one.question) if one.exact else asked(assistant(), one.question)
        except InputError:  # an older version took it
            now = []
        first = one.asked is None
        found = [] if first else news(one.told, now, fresh, one.exact)
        told = {item.article: item.value for item in now}
        with self._db.transaction():
            if not self._db.execute(
                "UPDATE standing SET asked = ?, generation = ?, told = ? WHERE id = ?",
                (time.time(), generation, json.dumps(told, ensure_ascii=False), one.id),
            ).rowcount:  # it was removed meanwhile
                return 0
            self._db.executemany(
                "INSERT INTO standing_news (standing, found, kind, article, start, end, value, before)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(one.id, time.time(), *_row(item)) for item in found],
            )
            self._db.execute(
                "DELETE FROM standing_news WHERE standing = ?1 AND id NOT IN"
                " (SELECT id FROM standing_news WHERE standing = ?1 ORDER BY id DESC LIMIT ?2)",
                (one.id, _KEPT),
            )
        return len(found)

    def _news(self, number: int) -> Iterable[News]:
        rows = self._db.rows(
            "SELECT kind, article, start, end, value, before FROM standing_news"
            " WHERE standing = ? AND seen = 0 ORDER BY id DESC",
            (number,),
        )
        return [News(kind, Told(*told), before) for kind, *told, before in rows]

    def _require(self, number: int) -> None:
        if all(one.id != number for one in self.list()):
            raise InputError("no standing question {id}; hoibao standing shows them", id=number)


def _fresh(library: Library, there: list[str], known: set[str]) -> set[str]:
    """The articles that came and tell no story that was there."""
    came = [one for one in there if one not in known]
    stories = library.stories(came) if known else {}
    return {one for one in came if not known.intersection(stories.get(one, ()))}


def _row(one: News) -> tuple[object, ...]:
    told = one.told
    return one.kind, told.article, told.start, told.end, told.value, one.before
