"""A damaged database is made anew with the rows that can still be read, and the old file lies beside it from
then on, never deleted. Nothing is trusted for having been read: who asks for it judges what came over."""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.aside import aside
from index.store.database import Database, Statement


def salvaged(
    path: Path,
    steps: Sequence[str],
    rows: Sequence[Statement] = (),
    judge: Callable[[Database], None] = lambda made: None,
) -> Path:
    """Puts a sound database in the place of the damaged one, filled with what could be read of it and `judge`
    let stand; returns where the old file lies now, with its log. Nobody else may have it open. Killed at any
    moment, it has happened or it has not.

    Raises:
        LibraryError: the new one cannot be made.
        OSError: the old one cannot be moved.
    """
    part = path.with_name(f"{path.name}.part")
    for file in (part, _log(part), _map(part)):
        file.unlink(missing_ok=True)
    made = Database(part, steps, "free some space", rows)
    with contextlib.closing(made):
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as source:
            source.execute("PRAGMA writable_schema = ON")  # opens what is cut short, too
            for table in _tables(made):
                _copy(source, made, table)
        judge(made)
    old = aside(path)
    os.link(path, old)
    if _log(path).exists() and _log(path).stat().st_size:
        _log(path).rename(_log(old))
    for file in (_log(path), _map(path)):  # SQLite would take them for the new file's
        file.unlink(missing_ok=True)
    part.replace(path)
    return old


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _map(path: Path) -> Path:
    return path.with_name(f"{path.name}-shm")


def _tables(made: Database) -> list[str]:
    """Those that hold something themselves (an index without a text of its own does not), in the order in which
    they refer to each other."""
    kinds = {row[1]: row[2] for row in made.rows("PRAGMA table_list")}
    created = made.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [
        name
        for name, sql in created
        if kinds[name] != "shadow"
        and not name.startswith("sqlite_")
        and "fts5vocab" not in sql
        and "content = ''" not in sql
    ]


def _copy(source: sqlite3.Connection, made: Database, table: str) -> None:
    columns = _columns(made.rows(f"PRAGMA table_info({table})"))
    try:
        theirs = _columns(source.execute(f"PRAGMA table_info({table})").fetchall())
    except sqlite3.Error:
        return
    shared = [column for column in columns if column in theirs]
    if not shared:
        return
    (sql,) = made.rows("SELECT sql FROM sqlite_master WHERE name = ?", (table,))[0]
    rowid = [] if "WITHOUT ROWID" in sql or "INTEGER PRIMARY KEY" in sql else ["rowid"]
    names = ", ".join([*rowid, *shared])
    marks = ", ".join("?" * len([*rowid, *shared]))
    with made.transaction():
        for row in _readable(source, table, names):
            with contextlib.suppress(sqlite3.IntegrityError):  # of a row that is lost
                made.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", row)


def _columns(info: Sequence[Sequence[object]]) -> list[str]:
    return [str(row[1]) for row in info]


def _readable(source: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows up to the first that cannot be read, and from the other end down to one."""
    first = names.partition(",")[0]
    for order in ("", f" ORDER BY {first} DESC"):
        try:
            yield from source.execute(f"SELECT {names} FROM {table}{order}")
            return
        except (sqlite3.Error, OverflowError):
            continue
