"""A SQLite file as the library and the history keep theirs: one connection, shared by threads under a lock,
opened also on a full disk, with errors that say what to do."""

import contextlib
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.config import STORE
from index.errors import LibraryError

#: An SQL statement with its values.
Statement = tuple[str, Sequence[object]]


class Database:
    """The file at `path`. `steps` make it, and then `rows` fill it, where there is none; one that was made with
    the first of them only, by an older version, is copied (`library.db.1` for one step) and gets the others.
    A step is statements that end in ";" and a line end. `else_do` ends the line for the user where the file
    cannot be opened.

    Raises:
        LibraryError: the file is none of ours, or of a newer version, or another process keeps it busy.
    """

    def __init__(
        self, path: Path, steps: Sequence[str], else_do: str, rows: Sequence[Statement] = ()
    ) -> None:
        self._path = path
        self._lock = threading.RLock()
        try:
            try:
                self._open(path, steps, rows)
            except sqlite3.OperationalError as error:
                if not _is_disk(error):
                    raise
                # On a full disk SQLite cannot make the file by which processes share the log; a
                # process that has the file for itself needs none, and can still read.
                self._db.close()
                self._open(path, steps, rows, "locking_mode = EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise LibraryError(f"{path} cannot be opened ({error}); {else_do}") from None

    def close(self) -> None:
        """Closes the connection; it cannot be used again."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, on disk when it ends.

        Raises:
            LibraryError: the disk is full, or another process keeps the file busy.
        """
        try:
            with self._transaction():
                yield
        except sqlite3.OperationalError as error:
            wait = "try again when the other process is done"
            do = "free some space" if _is_disk(error) else wait
            raise LibraryError(
                "the library cannot be written ({why}); {do}; what was confirmed is kept",
                why=error,
                do=do,
            ) from None

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Runs a statement, within a transaction."""
        return self._db.execute(statement, values)

    def executemany(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Runs a statement for each row of values, within a transaction."""
        self._db.executemany(statement, rows)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a query gives."""
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def scrub(self, keywords: str) -> None:
        """Overwrites what was erased and still lies in the file: in the index of the FTS5 table `keywords`,
        which only marks what is deleted until it is merged, in free pages, in the log, and in the copies that
        were made of older versions. Nothing is done where the table `erased` is empty; a row of it is
        written with every erasure and goes at the end, so that it is done again where this is interrupted.

        Raises:
            LibraryError: the disk is full, or another process keeps the file busy; it is done when the file is
                opened again.
        """
        with self._lock:
            if not self.rows("SELECT 1 FROM erased LIMIT 1"):
                return
            try:
                self._db.execute(f"INSERT INTO {keywords} ({keywords}) VALUES ('optimize')")
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
        # FULL: what was confirmed survives a power cut. What is deleted is overwritten.
        always = (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        )
        for pragma in (*first, *always):
            self._db.execute(f"PRAGMA {pragma}")
        with self._transaction():
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                for step in steps:
                    self._run(step)
                for statement, values in rows:
                    self._db.execute(statement, values)
                self._db.execute(f"PRAGMA user_version = {len(steps)}")
        done = self._steps_done()
        if done > len(steps):
            self._db.close()
            raise LibraryError(f"{path} was made by a newer version of Hỏi Báo; update this one")
        if done < len(steps):
            try:
                self._upgrade(path, steps)
                # An older version did not overwrite what it deleted.
                self._db.execute("VACUUM")
            except sqlite3.OperationalError as error:
                # On a full disk, or held by another process, it is read as it is.
                if not _is_disk(error) and "locked" not in str(error):
                    raise

    def _upgrade(self, path: Path, steps: Sequence[str]) -> None:
        """Does the steps that an older file lacks, all or none, and keeps a copy of it as it was."""
        with self._transaction():  # other processes wait until all of it is done
            done = self._steps_done()
            if done < len(steps):
                self._known(steps[0])
                self._copy(path, path.with_name(f"{path.name}.{done}"))
            for number, step in enumerate(steps, 1):
                if done < number:
                    self._run(step)
            self._db.execute(f"PRAGMA user_version = {len(steps)}")

    def _known(self, step: str) -> None:
        """Raises sqlite3's error where the tables of a step are not there: the file is another program's."""
        for table in re.findall(r"CREATE (?:VIRTUAL )?TABLE (\w+)", step):
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
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self._db.execute("ROLLBACK")
                raise


def _is_disk(error: sqlite3.OperationalError) -> bool:
    return "disk I/O" in str(error) or "full" in str(error)
