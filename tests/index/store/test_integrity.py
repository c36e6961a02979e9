"""What SQLite finds wrong is told as one line that says what to do."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from index.store.database import Database
from index.store.integrity import damage


class Rows:
    """As much of a `Database` as is asked for, over a file that ours would not open."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def rows(self, statement: str) -> list[Any]:
        return self._file.execute(statement).fetchall()


@pytest.mark.parametrize("noise", [False, True])
def test_noise_in_pages_is_one_line_and_a_whole_file_none(tmp_path: Path, noise: bool) -> None:
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE one (x)")
        db.executemany("INSERT INTO one VALUES (?)", [("a" * 500,)] * 200)
        db.execute("CREATE INDEX last ON one (x)")
        db.commit()
    if noise:
        data = bytearray(path.read_bytes())
        data[-8192:] = b"\xa5" * 8192
        path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db:
        told = damage(cast(Database, Rows(db)), "x.db")
    assert len(told) == noise
    for line in told:
        assert line.startswith("x.db: damaged (") and line.endswith("run: hoibao doctor --repair")
        assert "\n" not in line and "***" not in line
