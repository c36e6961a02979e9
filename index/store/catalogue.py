"""What a database has: the tables of its steps, their columns, and the numbers given last; asked of SQLite or
of PostgreSQL."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.config import STORE
from index.store.database import Database

#: A table made, dropped, or given another name.
_TABLE = re.compile(
    r"^(?:CREATE TABLE (\w+) \(|DROP TABLE (\w+)|ALTER TABLE (\w+) RENAME TO (\w+))", re.MULTILINE
)
#: Of tables whose rows are large: the column by which they are read some at a time.
_BY = {"article": "rowid", "chunk": "id"}


def tables(steps: Sequence[str]) -> list[str]:
    """The tables that there are after the steps of a schema, each behind those that it refers to; without the
    full-text indexes.

    >>> tables(["CREATE TABLE a (id);\\nCREATE TABLE b (id);", "DROP TABLE a;\\nALTER TABLE b RENAME TO a;"])
    ['a']
    """
    found: list[str] = []
    for made, dropped, old, new in (row for one in steps for row in _TABLE.findall(one)):
        if made:
            found.append(made)
        elif dropped:
            found.remove(dropped)
        else:
            found[found.index(old)] = new
    return found


def columns(db: Database, table: str) -> list[str]:
    """The columns of a table, by name; with the hidden number of an article's row."""
    if db.served:
        rows = db.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name = ?",
            (table,),
        )
        return sorted(str(row[0]) for row in rows)
    found = [str(row[1]) for row in db.rows(f"PRAGMA table_info({table})")]
    return sorted([*found, "rowid"] if table == "article" else found)


def batches(db: Database, table: str, names: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table, those of large ones some at a time."""
    what = f"SELECT {', '.join(names)} FROM {table}"
    by = _BY.get(table)
    if by is None:
        yield db.rows(what)
        return
    last = -1
    at = names.index(by)
    while rows := db.rows(f"{what} WHERE {by} > ? ORDER BY {by} LIMIT ?", (last, STORE.moved)):
        yield rows
        last = rows[-1][at]


def last_numbers(db: Database) -> dict[str, int]:
    """By table whose rows' numbers are never used twice: the last one that was given."""
    if not db.served:
        return {
            str(name): int(last) for name, last in db.rows("SELECT name, seq FROM sqlite_sequence")
        }
    return {table: int(last) for table, _, last in _sequences(db) if last}


def go_on_from(db: Database, last: Mapping[str, int]) -> None:
    """Numbers rows from these on, and behind those that are there, within a transaction."""
    if not db.served:
        never = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"
        ours = [(name, last[name]) for (name,) in db.rows(never) if name in last]
        db.execute("DELETE FROM sqlite_sequence")
        db.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", ours)
        return
    for table, column, _ in _sequences(db):
        highest = db.rows(f"SELECT coalesce(max({column}), 0) FROM {table}")[0][0]
        if number := max(int(highest), last.get(table, 0)):
            db.rows("SELECT setval(pg_get_serial_sequence(?, ?), ?)", (table, column, number))


def _sequences(db: Database) -> list[tuple[str, str, int | None]]:
    """Of the tables that number their rows: their column for it, and the last number."""
    found = db.rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND is_identity = 'YES'"
    )
    last = "SELECT pg_sequence_last_value(pg_get_serial_sequence(?, ?)::regclass)"
    return [(table, column, db.rows(last, (table, column))[0][0]) for table, column in found]
