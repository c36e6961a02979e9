"""A SQLite file as the library and the history keep theirs: shared by threads, opened also on a full disk, with
errors that say what to do; what is damaged is told as such wherever it is met.

There are two connections, one to write and one to read: whoever reads does not wait for a transaction, and sees
what was confirmed. The thread that writes reads what it has written.
"""

import contextlib
import logging
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.config import STORE
from index.errors import Damaged, LibraryError
from index.store.fts5 import Fts5
from index.store.text_index import TextIndex

#: An SQL statement with its values.
Statement = tuple[str, Sequence[object]]
#: Words of SQLite for a file that is no (whole) database, or lacks what ours have.
_DAMAGE = ("malformed", "not a database", "corrupt", "no such", "decode", "unsupported", "vtable")
#: What to do where SQLite says so.
_DO = {
    "locked": "try again when the other process is done",
    "readonly": "give yourself the right to write it",
    "unable to open": "give yourself the right to read and write it and its folder",
}
_log = logging.getLogger("hoibao")


class Database:
    """The file at `path`. `steps` make it, and then `rows` fill it, where there is none; one that was made with
    the first of them only, by an older version, is copied (`library.db.1` for one step) and gets the others.
    A step is statements that end in ";" and a line end. `else_do` ends the line for the user where the file
    cannot be opened.

    Raises:
        Damaged: the file is cut short or noise, or none of ours.
        LibraryError: it is of a newer version, another process keeps it busy, or nobody may read it.
    """

    #: Whether it is on a server (`index.store.postgres`).
    served = False

    def __init__(
        self, path: Path, steps: Sequence[str], else_do: str, rows: Sequence[Statement] = ()
    ) -> None:
        self.name = path.name
        #: Its full-text index.
        self.text: TextIndex = Fts5(self)
        self._lock = threading.RLock()
        self._path, self._else_do = path, else_do
        self._reads = threading.RLock()
        #: None where the file cannot be shared: then there is one connection for all.
        self._reading: sqlite3.Connection | None = None
        #: The thread whose transaction is under way.
        self._writer = 0
        with contextlib.ExitStack() as failed:
            failed.callback(self._let_go)
            try:
                _require_whole(path)
                try:
                    self._open(path, steps, rows)
                except sqlite3.OperationalError as error:
                    if not _is_disk(error):
                        raise
                    # On a full disk SQLite cannot make the file by which processes share the log; a
                    # process that has the file for itself needs none, and can still read.
                    self._let_go()
                    self._open(path, steps, rows, "locking_mode = EXCLUSIVE")
            except sqlite3.DatabaseError as error:
                if _is_damage(error):
                    raise self._damaged(error) from None
                do = next((do for why, do in _DO.items() if why in str(error)), else_do)
                raise LibraryError(f"{path} cannot be opened ({error}); {do}") from None
            failed.pop_all()

    def close(self) -> None:
        """Closes the connections; it cannot be used again."""
        with self._lock, self._reads:
            self._let_go()

    def _let_go(self) -> None:
        if self._reading:
            self._reading.close()
        if hasattr(self, "_db"):
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when it ends.

        Raises:
            LibraryError: the disk is full, or another process keeps the file busy; `Damaged`: it is.
        """
        try:
            with self._transaction():
                yield
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                raise self._damaged(error) from None
            if not isinstance(error, sqlite3.OperationalError):
                raise
            wait = "try again when the other process is done"
            do = "free some space" if _is_disk(error) else wait
            raise LibraryError(
                "the library cannot be written ({why}); {do}; what was confirmed is kept",
                why=error,
                do=do,
            ) from None

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        """Runs a statement, within a transaction; returns what sqlite3's cursor has (fetchone, fetchall,
        rowcount, lastrowid)."""
        return self._db.execute(statement, values)

    def executemany(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Runs a statement for each row of values, within a transaction."""
        self._db.executemany(statement, rows)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query gives.

        Raises:
            Damaged: what it reads is.
            LibraryError: it cannot be read.
        """
        writes = self._writer == threading.get_ident()
        if self._reading is None or writes:
            lock, connection = self._lock, self._db
        else:
            lock, connection = self._reads, self._reading
        try:
            with lock:
                return connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            if _is_damage(error):
                raise self._damaged(error) from None
            if "I/O" in str(error) or "locked" in str(error):
                raise LibraryError(f"{self._path} cannot be read ({error}); try again") from None
            raise

    def _damaged(self, error: sqlite3.DatabaseError) -> Damaged:
        return Damaged(
            f"{self._path} is damaged ({error}); run: hoibao doctor --repair, or {self._else_do}"
        )

    def scrub(self, *keywords: str) -> None:
        """Overwrites what was erased and still lies in the file: in the index of the FTS5 tables `keywords`,
        which only mark what is deleted until they are merged, in free pages, in the log, and in the copies that
        were made of older versions. Nothing is done where the table `erased` is empty; a row of it is
        written with every erasure and goes at the end, so that it is done again where this is interrupted.

        Raises:
            LibraryError: the disk is full, or another process keeps the file busy; it is done when the file is
                opened again.
        """
        with self._lock, self._reads:
            if not self.rows("SELECT 1 FROM erased LIMIT 1"):
                return
            try:
                for table in keywords:
                    self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
                self._db.execute("VACUUM")
                busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError as error:
                raise LibraryError(
                    "it is erased, but traces are left in {name} ({why}); free some space; they go when the "
                    "library is opened next",
                    name=self._path.name,
                    why=error,
                ) from None
            if busy:
                raise LibraryError(
                    "it is erased, but {name} is read by another process; traces go when the library is opened "
                    "next",
                    name=self._path.name,
                )
            for copy in self._path.parent.glob(f"{self._path.name}.*[0-9]"):
                copy.unlink(missing_ok=True)
            with self.transaction():
                self._db.execute("DELETE FROM erased")

    def _open(
        self, path: Path, steps: Sequence[str], rows: Sequence[Statement], *first: str
    ) -> None:
        self._db = sqlite3.connect(
            path, timeout=STORE.busy_seconds, isolation_level=None, check_same_thread=False
        )
        for pragma in first:
            self._db.execute(f"PRAGMA {pragma}")
        self._known(steps[0])  # before anything is written
        # FULL: what was confirmed survives a power cut. What is deleted is overwritten.
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            self._db.execute(f"PRAGMA {pragma}")
        if not self._tables():  # where there are, another process may write while this one reads
            self._make(steps, rows)
        done = self._steps_done()
        if done > len(steps):
            raise LibraryError(f"{path} was made by a newer version of Hỏi Báo; update this one")
        if done < len(steps):
            try:
                self._upgrade(path, steps)
                # An older version did not overwrite what it deleted.
                self._db.execute("VACUUM")
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.OperationalError as error:
                # On a full disk, or held by another process, it is read as it is.
                if not _is_disk(error) and "locked" not in str(error):
                    raise
        if not first and self._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            self._reading = _reader(path)

    def _tables(self) -> set[str]:
        return {row[0] for row in self._db.execute("SELECT name FROM sqlite_master")}

    def _make(self, steps: Sequence[str], rows: Sequence[Statement]) -> None:
        with self._transaction():
            if self._tables():  # by another process, meanwhile
                return
            for step in steps:
                self._run(step)
            for statement, values in rows:
                self._db.execute(statement, values)
            self._db.execute(f"PRAGMA user_version = {len(steps)}")

    def _upgrade(self, path: Path, steps: Sequence[str]) -> None:
        """Does the steps that an older file lacks, all or none, and keeps a copy of it as it was."""
        with self._transaction():  # other processes wait until all of it is done
            done = self._steps_done()
            if done < len(steps):
                self._copy(path, path.with_name(f"{path.name}.{done}"))
            for number, step in enumerate(steps, 1):
                if done < number:
                    self._run(step)
            self._db.execute(f"PRAGMA user_version = {len(steps)}")

    def _known(self, step: str) -> None:
        """Raises sqlite3's error where there are tables, and not those of a step."""
        ours = known_tables(step)
        have = self._tables()
        if not have:
            return
        if 2 * len(ours & have) < len(ours):
            raise sqlite3.DatabaseError("it is another program's")
        for table in ours:
            self._db.execute(f"SELECT 1 FROM {table} LIMIT 1")

    def _steps_done(self) -> int:
        """Up to version 0.5 files did not note it: they have the first step."""
        return int(self._db.execute("PRAGMA user_version").fetchone()[0]) or 1

    def _run(self, step: str) -> None:
        for statement in step.strip().split(";\n"):
            self._db.execute(statement)

    def _copy(self, source: Path, copy: Path) -> None:
        """A copy of the file as it is, whole or not there; made by a connection of its own, as this one is in a
        transaction that has changed nothing yet."""
        partial = copy.with_name(f"{copy.name}.part")
        partial.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(source)) as reading:
            reading.execute("VACUUM INTO ?", (str(partial),))
        partial.replace(copy)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._writer = threading.get_ident()
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._writer = 0


def known_tables(step: str) -> set[str]:
    """The tables that a step of the schema makes."""
    return set(re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", step))


def _reader(path: Path) -> sqlite3.Connection | None:
    """A connection of its own to read by, None where there can be none (a full disk)."""
    try:
        made = sqlite3.connect(
            path, timeout=STORE.busy_seconds, isolation_level=None, check_same_thread=False
        )
        made.execute("PRAGMA query_only = ON")
        made.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.Error:
        return None
    return made


def _is_disk(error: sqlite3.OperationalError) -> bool:
    return "disk I/O" in str(error) or "full" in str(error)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Malformed, no database at all, or without tables and columns that ours have."""
    said = str(error)
    return any(mark in said for mark in _DAMAGE)


def _require_whole(path: Path) -> None:
    """Raises sqlite3's error where a file is cut within a page, which SQLite would read as zeros. What a log is
    beside may have been left so by a power cut, and is mended from it."""
    log = path.with_name(f"{path.name}-wal")
    try:
        size = path.stat().st_size
        if log.exists() and log.stat().st_size:
            return
        with path.open("rb") as file:
            head = file.read(18)
    except OSError:  # SQLite says why
        return
    page = int.from_bytes(head[16:18], "big")
    if head.startswith(b"SQLite") and page and size % (65536 if page == 1 else page):
        raise sqlite3.DatabaseError("database disk image is malformed: cut short")
    if not size:
        _log.warning("hoibao: %s was empty, and is made anew", path)
