"""A SQLite file as the library and the history keep theirs: one connection, shared by threads under a lock,
opened also on a full disk, with errors that say what to do."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.config import BUSY_SECONDS
from index.errors import LibraryError

#: An SQL statement with its values.
Statement = tuple[str, Sequence[object]]


class Database:
    """The file at `path`, made with `schema` (statements that end in ";" and a line end) and then `rows`
    where there is none. `else_do` ends the line for the user where it cannot be opened.

    Raises:
        LibraryError: the file is none of ours, or another process keeps it busy.
    """

    def __init__(
        self, path: Path, schema: str, else_do: str, rows: Sequence[Statement] = ()
    ) -> None:
        self._lock = threading.RLock()
        made = [*((statement, ()) for statement in schema.strip().split(";\n")), *rows]
        try:
            try:
                self._open(path, made)
            except sqlite3.OperationalError as error:
                if not _is_disk(error):
                    raise
                # On a full disk SQLite cannot make the file by which processes share the log; a
                # process that has the file for itself needs none, and can still read.
                self._db.close()
                self._open(path, made, "locking_mode = EXCLUSIVE")
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
                f"the library cannot be written ({error}); {do}; what was confirmed is kept"
            ) from None

    def make(self, statement: str) -> bool:
        """Runs a statement that makes an index where it is not there yet; False on a full or busy disk."""
        with contextlib.suppress(sqlite3.OperationalError), self._transaction():
            self._db.execute(statement)
            return True
        return False

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

    def _open(self, path: Path, made: Sequence[Statement], *first: str) -> None:
        self._db = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        # FULL: what was confirmed survives a power cut.
        for pragma in (*first, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        with self._transaction():
            if not self._db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                for statement, values in made:
                    self._db.execute(statement, values)

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
