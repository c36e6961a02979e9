"""What is kept in `history.db` beside the conversations: answers that were marked wrong, the reports of what
was added, and questions to start with."""

import contextlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.errors import InputError, LibraryError, Line
from index.store.database import Database
from index.types import AddReport, FailedFile
from rag.types import Message, Suggestion

#: The tables; a step of `ui.history`.
STEP = """
CREATE TABLE wrong (
    id INTEGER PRIMARY KEY AUTOINCREMENT, marked REAL NOT NULL, question TEXT NOT NULL UNIQUE,
    answered TEXT NOT NULL, value TEXT NOT NULL, article TEXT NOT NULL, absent INTEGER NOT NULL,
    history TEXT NOT NULL);
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT, ended REAL NOT NULL, document TEXT NOT NULL);
CREATE TABLE starter (
    id INTEGER PRIMARY KEY AUTOINCREMENT, generation INTEGER NOT NULL, question TEXT NOT NULL,
    article TEXT NOT NULL, told TEXT NOT NULL);
"""
#: Reports that are kept.
_REPORTS = 20


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that somebody marked wrong. `value`: what it should say, `article`: the file name of the
    article that tells it, either "" where it was not said; `absent`: that no article tells it. `history`:
    what was said before the question."""

    question: str
    answered: str
    value: str = ""
    article: str = ""
    absent: bool = False
    history: tuple[Message, ...] = ()
    marked: float = 0.0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Starter:
    """A question to start with, the article it is asked of ("" for all), and a line that says whose answer it
    is."""

    question: str
    article: str
    told: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an `add` did; without the articles that it took over, which may be erased by now."""

    id: int
    ended: float
    report: AddReport


class Kept:
    """These tables of a history; threads may share them. Where the disk was too full to make them, they are
    empty."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._there = bool(db.rows("SELECT 1 FROM sqlite_master WHERE name = 'wrong'"))

    # -- answers marked wrong ----------------------------------------------------------------

    def mark(self, wrong: Wrong) -> None:
        """Keeps that an answer is wrong; a question is kept once, as it was marked last."""
        self._require()
        history = [{"role": one.role, "content": one.content} for one in wrong.history]
        with self._db.transaction():
            self._db.execute("DELETE FROM wrong WHERE question = ?", (wrong.question,))
            self._db.execute(
                "INSERT INTO wrong (marked, question, answered, value, article, absent, history)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    time.time(),
                    *(wrong.question, wrong.answered, wrong.value.strip(), wrong.article.strip()),
                    int(wrong.absent),
                    json.dumps(history, ensure_ascii=False),
                ),
            )

    def wrong(self) -> list[Wrong]:
        """The answers that were marked, the last marked first."""
        rows = self._rows(
            "SELECT question, answered, value, article, absent, history, marked, id FROM wrong"
            " ORDER BY id DESC"
        )
        return [
            Wrong(
                question, answered, value, article, bool(absent),
                tuple(Message(said["role"], said["content"]) for said in json.loads(history)),
                marked, number,
            )
            for question, answered, value, article, absent, history, marked, number in rows
        ]  # fmt: skip

    def unmark(self, ids: Sequence[int]) -> int:
        """Forgets some of them; returns how many.

        Raises:
            InputError: one of them is not there; then none is forgotten.
        """
        known = {one.id for one in self.wrong()}
        for one in ids:
            if one not in known:
                raise InputError("no marked answer {id}; hoibao wrong shows them", id=one)
        with self._db.transaction():
            self._db.executemany("DELETE FROM wrong WHERE id = ?", [(one,) for one in ids])
        return len(set(ids))

    # -- reports of what was added -----------------------------------------------------------

    def report(self, report: AddReport) -> None:
        """Keeps a report, and the last ones before it; where the disk is full, it is not kept."""
        if not self._there:
            return
        made = asdict(report)
        del made["articles"]
        made["failed"] = [_failed(one) for one in report.failed]
        with contextlib.suppress(LibraryError), self._db.transaction():
            self._db.execute(
                "INSERT INTO report (ended, document) VALUES (?, ?)",
                (time.time(), json.dumps(made, ensure_ascii=False)),
            )
            self._db.execute(
                "DELETE FROM report WHERE id NOT IN (SELECT id FROM report ORDER BY id DESC LIMIT ?)",
                (_REPORTS,),
            )

    def reports(self) -> list[Report]:
        """The reports, the last one first."""
        rows = self._rows("SELECT id, ended, document FROM report ORDER BY id DESC")
        return [Report(row[0], row[1], _report(json.loads(row[2]))) for row in rows]

    # -- questions to start with ---------------------------------------------------------------

    def starters(self, generation: int) -> list[Starter] | None:
        """The questions that were found for the library as it is, None where they are still to be found."""
        rows = self._rows(
            "SELECT question, article, told FROM starter WHERE generation = ? ORDER BY id",
            (generation,),
        )
        return [Starter(*row) for row in rows if row[0]] if rows else None

    def start_with(self, generation: int, found: Sequence[Starter]) -> None:
        """Keeps the questions of the library as it is; those before go."""
        if not self._there:
            return
        rows = [(generation, one.question, one.article, one.told) for one in found]
        with self._db.transaction():
            self._db.execute("DELETE FROM starter")
            self._db.executemany(
                "INSERT INTO starter (generation, question, article, told) VALUES (?, ?, ?, ?)",
                rows or [(generation, "", "", "")],  # that there are none is found once
            )

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._db.rows(statement, values) if self._there else []

    def _require(self) -> None:
        if not self._there:
            raise InputError("the disk is full; free some space and start again")


def as_questions(marked: Sequence[Wrong]) -> list[dict[str, object]]:
    """The answers that were marked wrong as the lines of a file that `hoibao eval` reads; what was not said
    is left out."""
    found = []
    for one in reversed(marked):
        line: dict[str, object] = {
            "id": f"w{one.id}",
            "kind": "unanswerable" if one.absent else "fact",
            "question": one.question,
        }
        if one.value and not one.absent:
            line["must"] = [one.value]
        if one.article and not one.absent:
            line["articles"] = [one.article]
        if one.history:
            line["history"] = [{"role": said.role, "content": said.content} for said in one.history]
        found.append({**line, "answered": one.answered})
    return found


def as_file(marked: Sequence[Wrong]) -> str:
    """The same as the text of that file, JSON Lines."""
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in as_questions(marked))


def as_starter(found: Suggestion, told: str) -> Starter:
    """A suggestion with its line."""
    return Starter(found.text, found.article_id, told)


def _failed(one: FailedFile) -> dict[str, object]:
    """With what its line is made of, so that it can be told in another language later."""
    line = one.reason
    if not isinstance(line, Line):
        return {"path": one.path, "reason": line, "values": {}}
    values = {name: v if isinstance(v, int | float) else str(v) for name, v in line.values.items()}
    return {"path": one.path, "reason": line.template, "values": values}


def _report(made: dict[str, Any]) -> AddReport:
    failed = tuple(
        FailedFile(one["path"], Line.of(one["reason"], **one["values"])) for one in made["failed"]
    )
    return AddReport(**{**made, "failed": failed})
