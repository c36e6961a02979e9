"""The conversations, kept in `history.db` beside the library: asked, answered, found again.

A turn is written when it is asked and again when it is answered, so that neither a reload nor a crash
loses it. An answer is kept as the record that the page is drawn from (`ui.answers`), with the quotes
themselves: it stays readable when its articles change or go. A question that is asked instead of another takes
its place when it is answered, not sooner. What is deleted waits in the trash.
"""

import contextlib
import copy
import json
import logging
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.config import TRASH
from index.errors import InputError, LibraryError
from index.language.text import nfc, one_line, strip_marks, visible, words
from index.store.integrity import damage
from index.store.keywords import fts_token
from index.store.place import opened
from index.store.salvage import salvaged
from index.types import Trashed
from ui.answers import Record, from_json, to_json
from ui.config import SHOWN
from ui.kept import Kept
from ui.owned import mine, owned
from ui.schema import STEPS
from ui.standing import StandingQuestions

_log = logging.getLogger("hoibao")


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list: its name is its first question until it is given another; times are
    seconds since 1970."""

    id: str
    name: str
    created: float
    updated: float
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the record of its answer, None while there is none."""

    id: int
    question: str
    record: Record | None
    asked: float


class History:
    """The conversations of one library, and of them those of one person: the owner's, or with `of` another's;
    threads and tabs may share it.

    Raises:
        LibraryError: the file cannot be opened.
    """

    def __init__(self, folder: Path) -> None:
        self._db = opened(folder / "history.db", STEPS, "move it away to begin a new history")
        # Where the disk was too full for the second step, there is no trash.
        self._upgraded = bool(self._db.rows("SELECT 1 FROM sqlite_master WHERE name = 'erased'"))
        #: Whose conversations they are.
        self.person = ""
        self._owned = owned(self._db)
        self._mine = mine(self._owned)
        self._there = f"{'deleted IS NULL AND ' if self._upgraded else ''}{self._mine}"
        #: What is kept there beside the conversations.
        self.kept = Kept(self._db)
        #: The questions that are asked again whenever articles were added.
        self.standing = StandingQuestions(self._db)
        self._put_out()

    def of(self, person: str) -> "History":
        """The same of a person, by id; it is closed with this one."""
        found = copy.copy(self)
        found.person = person
        found.kept, found.standing = self.kept.of(person), self.standing.of(person)
        return found

    @staticmethod
    def repair(folder: Path) -> str:
        """Puts a sound file in the place of a damaged one, with what could be read of it; returns a line that
        says how many conversations, and where the old file lies. Nobody else may have it open.

        Raises:
            LibraryError: the disk is full.
            OSError: the file cannot be moved.
        """
        old = salvaged(folder / "history.db", STEPS)
        history = History(folder)
        (count,) = history._db.rows("SELECT count(*) FROM conversation")[0]
        history.close()
        return f"history.db: made anew with {count} conversations; the damaged one is {old.name}"

    def problems(self) -> list[str]:
        """What is wrong inside the file, one line each."""
        return [] if self._db.served else damage(self._db, "history.db")

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    # -- reading ---------------------------------------------------------------------------

    def conversations(self, query: str = "", limit: int = 100) -> list[Conversation]:
        """The conversations, the last used first; with a query those in which every word of it was
        said, typed with or without diacritics."""
        terms = [fts_token(word) for word in words(query)]
        where, values = f" WHERE {self._there}", list[object]([self.person])
        if terms:
            turns, said = self._db.text.said(terms, strip_marks(query) == nfc(query))
            where += f" AND c.id IN (SELECT conversation FROM turn WHERE id IN ({turns}))"
            values += said
        rows = self._db.rows(
            "SELECT c.id, c.name, c.created, c.updated,"
            " (SELECT count(*) FROM turn t WHERE t.conversation = c.id)"
            f" FROM conversation c{where} ORDER BY c.updated DESC LIMIT ?",
            (*values, limit),
        )
        return [Conversation(*row) for row in rows]

    def turns(self, conversation: str) -> list[Turn]:
        """The turns of a conversation in order; none where there is no such conversation."""
        rows = self._db.rows(
            "SELECT id, question, document, asked FROM turn WHERE conversation ="
            f" (SELECT id FROM conversation WHERE id = ? AND {self._there}) ORDER BY id",
            (conversation, self.person),
        )
        return [Turn(row[0], row[1], _record(row[2]), row[3]) for row in rows]

    def conversation(self, conversation: str) -> Conversation:
        """One of them.

        Raises:
            InputError: there is none of this id.
        """
        rows = self._db.rows(
            "SELECT id, name, created, updated, 0 FROM conversation"
            f" WHERE id = ? AND {self._there}",
            (conversation, self.person),
        )
        if not rows:
            raise InputError(
                "no conversation {id!r} here; it may have been deleted", id=conversation
            )
        return Conversation(*rows[0])

    # -- changing --------------------------------------------------------------------------

    def begin(self, conversation: str, question: str) -> tuple[str, int]:
        """Keeps a question before it is answered, in a new conversation where "" or one that is gone is
        given; returns the ids of conversation and turn."""
        now = time.time()
        question = visible(question)
        with self._db.transaction():
            known = (
                conversation
                and self._db.execute(
                    f"SELECT 1 FROM conversation WHERE id = ? AND {self._there}",
                    (conversation, self.person),
                ).fetchone()
            )
            if not known:
                conversation = secrets.token_hex(6)
                owner = (self.person,) if self._owned else ()
                self._db.execute(
                    f"INSERT INTO conversation (id, name, created, updated{', person' if owner else ''})"
                    f" VALUES ({', '.join('?' * (4 + len(owner)))})",
                    (conversation, _name(question), now, now, *owner),
                )
            turn = self._db.execute(
                "INSERT INTO turn (conversation, question, asked) VALUES (?, ?, ?)",
                (conversation, question, now),
            ).lastrowid
            self._index(int(turn or 0), question)
            self._touch(conversation, now)
        return conversation, int(turn or 0)

    def finish(self, turn: int, record: Record, instead_of: int | None = None) -> None:
        """Keeps the answer of a turn. Where it is asked `instead_of` another, that one goes with those behind
        it up to this, in the same transaction. Nothing happens where the turn was deleted meanwhile."""
        text = json.dumps(to_json(record), ensure_ascii=False)
        with self._db.transaction():
            row = self._db.execute(
                "SELECT question, conversation FROM turn WHERE id = ? AND conversation IN"
                f" (SELECT id FROM conversation WHERE {self._there})",
                (turn, self.person),
            ).fetchone()
            if row is None:
                return
            if instead_of is not None:
                self._cut(row[1], instead_of, turn)
            self._db.execute("UPDATE turn SET document = ? WHERE id = ?", (text, turn))
            quotes = " ".join(quote.quote for quote in record.citations)
            self._index(turn, f"{row[0]}\n{record.answer}\n{quotes}")
            self._touch(row[1], time.time())

    def rename(self, conversation: str, name: str) -> None:
        """Gives a conversation a name of the user's.

        Raises:
            InputError: the name is empty, or there is no such conversation.
        """
        if not name.strip():
            raise InputError("the name is empty; write one")
        with self._db.transaction():
            self.conversation(conversation)
            self._db.execute(
                "UPDATE conversation SET name = ?, named = 1 WHERE id = ?",
                (_name(name), conversation),
            )

    def delete(self, conversation: str) -> None:
        """Puts a conversation into the trash."""
        with self._db.transaction():
            self._db.execute(
                f"UPDATE conversation SET deleted = ? WHERE id = ? AND {self._there}",
                (time.time(), conversation, self.person),
            )

    # -- the trash ---------------------------------------------------------------------------

    def trash(self) -> list[Trashed]:
        """The conversations that were deleted and wait, the last deleted first."""
        if not self._upgraded:
            return []
        self._put_out()
        rows = self._db.rows(
            "SELECT id, name, '', deleted FROM conversation WHERE deleted IS NOT NULL"
            f" AND {self._mine} ORDER BY deleted DESC, id",
            (self.person,),
        )
        return [Trashed(*row) for row in rows]

    def restore(self, conversations: Sequence[str]) -> int:
        """Takes conversations out of the trash, as they were; those that are not in it stay as they are.
        Returns how many they were."""
        with self._db.transaction():
            return sum(
                self._db.execute(
                    "UPDATE conversation SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL"
                    f" AND {self._mine}",
                    (conversation, self.person),
                ).rowcount
                for conversation in conversations
            )

    def empty_trash(self) -> int:
        """Erases what is in the trash, from every file; returns how many conversations it was.

        Raises:
            LibraryError: they are gone, but their traces could not be overwritten yet.
        """
        return self._erase(time.time(), self.person)

    def erase(self) -> None:
        """Erases all that is kept of this person, from every file.

        Raises:
            LibraryError: as `empty_trash`.
        """
        with self._db.transaction():
            self._db.execute(
                f"UPDATE conversation SET deleted = ? WHERE {self._mine}",
                (time.time(), self.person),
            )
            for table in ("wrong", "report", "standing"):
                self._db.execute(f"DELETE FROM {table} WHERE {self._mine}", (self.person,))
            self._db.execute("INSERT INTO erased VALUES (?)", (time.time(),))
        self._erase(time.time(), self.person)

    def _put_out(self) -> None:
        """Erases what has waited in the trash for long enough, and ends an erasure that was interrupted."""
        if self._upgraded:
            with contextlib.suppress(
                LibraryError
            ):  # the disk is full, or it is busy: the next time
                self._erase(time.time() - TRASH.days * 86_400)

    def _erase(self, before: float, person: str | None = None) -> int:
        """Erases what was deleted up to a time, by a person or anybody, and the traces of what was erased
        earlier."""
        whose = (self._mine, (person,)) if person is not None else ("1 = 1", ())
        old = self._db.rows(
            f"SELECT id FROM conversation WHERE deleted <= ? AND {whose[0]}", (before, *whose[1])
        )
        if old:
            with self._db.transaction():
                for (conversation,) in old:
                    self._cut(conversation, 0, sys.maxsize)
                    self._db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
                self._db.execute("INSERT INTO erased VALUES (?)", (time.time(),))
        self._db.scrub("said")
        return len(old)

    def _cut(self, conversation: str, first: int, end: int) -> None:
        """Drops the turns of a conversation from `first` on, those before `end`."""
        rows = self._db.execute(
            "SELECT id FROM turn WHERE conversation = ? AND id >= ? AND id < ?",
            (conversation, first, end),
        ).fetchall()
        self._drop([row[0] for row in rows])

    def _drop(self, turns: Sequence[int]) -> None:
        self._db.text.drop_said(turns)
        self._db.executemany("DELETE FROM turn WHERE id = ?", [(turn,) for turn in turns])

    def _touch(self, conversation: str, now: float) -> None:
        self._db.execute("UPDATE conversation SET updated = ? WHERE id = ?", (now, conversation))

    def _index(self, turn: int, text: str) -> None:
        marked = " ".join(fts_token(word) for word in words(text))
        self._db.text.put_said(turn, marked, strip_marks(marked))


def _record(text: str | None) -> Record | None:
    """The record of a row; None where it is none, so that the rest of its conversation can be read."""
    if not text:
        return None
    try:
        return from_json(json.loads(text))
    except ValueError:
        _log.warning("an answer in history.db is not readable")
        return None


def _name(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHOWN.name else f"{line[: SHOWN.name].rsplit(' ', 1)[0]}…"
