"""People, their sessions and the audit in `library.db`, not in `history.db`: several serving machines share
one store, and who logged in at one of them is known at the others, as is who was removed. Passwords are kept as
argon2 made them, sessions and tokens as SHA-256 of what their holders have."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from index.errors import InputError
from index.people import Did, Person, Role, name_key, usable_name
from index.store.database import Database

#: The step of the schema. Notes that were there are the owner's.
STEP = """
CREATE TABLE person (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, known TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
    password TEXT NOT NULL, token TEXT UNIQUE, made REAL NOT NULL);
CREATE TABLE session (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, ends REAL NOT NULL);
CREATE INDEX session_person ON session (person);
CREATE TABLE upload (
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE, day INTEGER NOT NULL, bytes INTEGER NOT NULL,
    PRIMARY KEY (person, day));
CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL,
    did TEXT NOT NULL, what TEXT NOT NULL, state TEXT NOT NULL);
ALTER TABLE note ADD COLUMN person TEXT NOT NULL DEFAULT '';
CREATE INDEX note_person ON note (person);
"""
_PERSON = "p.id, p.name, p.role"
_DAY = 86_400


class People:
    """The people of a library; threads may share it. Where the disk was too full for the tables, there are
    none."""

    def __init__(self, db: Database, there: bool) -> None:
        self._db = db
        self._there = there

    def any(self) -> bool:
        """Whether there is one; without any, the library is its owner's."""
        return bool(self._rows("SELECT 1 FROM person LIMIT 1"))

    def all(self) -> list[Person]:
        """All of them, by name."""
        rows = self._rows(f"SELECT {_PERSON} FROM person p ORDER BY p.known")
        return [Person(*row) for row in rows]

    def named(self, name: str) -> Person:
        """The one of this name.

        Raises:
            InputError: there is none.
        """
        if not (found := self.known(name)):
            raise InputError("nobody is called {name!r} here; hoibao users list", name=name)
        return found[0]

    def known(self, name: str) -> tuple[Person, str] | None:
        """The one of this name, with the password as it is kept; None where there is none."""
        rows = self._rows(
            f"SELECT {_PERSON}, p.password FROM person p WHERE p.known = ?", (name_key(name),)
        )
        return (Person(*rows[0][:3]), rows[0][3]) if rows else None

    def add(self, name: str, password: str, role: Role) -> Person:
        """Lets somebody in, by a password as it is to be kept.

        Raises:
            InputError: the name is none, or is taken.
        """
        if not self._there:
            raise InputError("the disk is full; free some space and start again")
        made = Person(secrets.token_hex(8), usable_name(name), role)
        with self._db.transaction():
            if not self._db.execute(
                "INSERT INTO person (id, name, known, role, password, made) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (known) DO NOTHING",
                (made.id, made.name, name_key(made.name), role, password, time.time()),
            ).rowcount:
                raise InputError("somebody is called {name!r} already; choose another", name=name)
        return made

    def remove(self, person: Person) -> None:
        """Lets somebody in no longer; what is theirs stays, and is nobody's to see."""
        with self._db.transaction():
            self._db.execute("DELETE FROM person WHERE id = ?", (person.id,))

    def erase_notes(self, person: Person) -> None:
        """Deletes all notes of somebody."""
        with self._db.transaction():
            self._db.execute("DELETE FROM note WHERE person = ?", (person.id,))

    def change_password(self, person: Person, password: str) -> None:
        """Another password, as it is to be kept; sessions and token of before end."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE person SET password = ?, token = NULL WHERE id = ?", (password, person.id)
            )
            self._db.execute("DELETE FROM session WHERE person = ?", (person.id,))

    def change_role(self, person: Person, role: Role) -> None:
        """Another role, from the next request on."""
        with self._db.transaction():
            self._db.execute("UPDATE person SET role = ? WHERE id = ?", (role, person.id))

    # -- what lets them in ---------------------------------------------------------------------

    def give_token(self, person: Person, digest: str) -> None:
        """A token, by its SHA-256, for programs; the one before ends."""
        with self._db.transaction():
            self._db.execute("UPDATE person SET token = ? WHERE id = ?", (digest, person.id))

    def of_token(self, digest: str) -> Person | None:
        """Whose token it is."""
        return self._one(f"SELECT {_PERSON} FROM person p WHERE p.token = ?", (digest,))

    def begin(self, person: Person, digest: str, ends: float) -> None:
        """A session, by the SHA-256 of its cookie."""
        with self._db.transaction():
            self._db.execute("DELETE FROM session WHERE ends <= ?", (time.time(),))
            self._db.execute("INSERT INTO session VALUES (?, ?, ?)", (digest, person.id, ends))

    def of_session(self, digest: str) -> Person | None:
        """Whose session it is, where it has not ended."""
        return self._one(
            f"SELECT {_PERSON} FROM session s JOIN person p ON p.id = s.person"
            " WHERE s.hash = ? AND s.ends > ?",
            (digest, time.time()),
        )

    def end(self, digest: str) -> None:
        """Ends a session."""
        with self._db.transaction():
            self._db.execute("DELETE FROM session WHERE hash = ?", (digest,))

    # -- what they did ---------------------------------------------------------------------------

    def uploaded(self, person: Person) -> int:
        """Bytes that somebody uploaded today (UTC)."""
        day = int(time.time() // _DAY)
        rows = self._rows("SELECT bytes FROM upload WHERE person = ? AND day = ?", (person.id, day))
        return int(rows[0][0]) if rows else 0

    def upload(self, person: Person, count: int) -> None:
        """So many more."""
        day = int(time.time() // _DAY)
        with self._db.transaction():
            self._db.execute("DELETE FROM upload WHERE day < ?", (day,))
            self._db.execute(
                "INSERT INTO upload (person, day, bytes) VALUES (?, ?, ?)"
                " ON CONFLICT (person, day) DO UPDATE SET bytes = upload.bytes + excluded.bytes",
                (person.id, day, count),
            )

    def write(self, person: Person, did: str, what: str) -> int:
        """Begins a line of the audit; returns its number."""
        if not self._there:
            return 0
        with self._db.transaction():
            row = self._db.execute(
                "INSERT INTO audit (at, person, name, did, what, state) VALUES (?, ?, ?, ?, ?, 'begun')",
                (time.time(), person.id, person.name, did, what),
            )
        return int(row.lastrowid or 0)

    def end_line(self, number: int, what: str, state: str) -> None:
        """How what a line tells has ended."""
        if self._there:
            with self._db.transaction():
                self._db.execute(
                    "UPDATE audit SET what = ?, state = ? WHERE number = ?", (what, state, number)
                )

    def strike(self, number: int) -> None:
        """Takes a line back: nothing was changed."""
        if self._there:
            with self._db.transaction():
                self._db.execute("DELETE FROM audit WHERE number = ?", (number,))

    def audit(self, limit: int) -> list[Did]:
        """The last lines, the latest first."""
        rows = self._rows(
            "SELECT number, at, person, name, did, what, state FROM audit ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return [Did(*row) for row in rows]

    def _one(self, statement: str, values: Sequence[object]) -> Person | None:
        rows = self._rows(statement, values)
        return Person(*rows[0]) if rows else None

    def _rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._db.rows(statement, values) if self._there else []
