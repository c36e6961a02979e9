"""Names are counted without reading an article, and once for each state of the library."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.library import Library
from index.store.database import Database
from index.store.names import Names
from index.store.schema import STEPS
from index.types import Filter
from tests.index.test_names import FIRST, SECOND, written


class Told(Database):
    """Keeps what it is asked."""

    def __init__(self, path: Path) -> None:
        self.asked: list[tuple[str, Sequence[object]]] = []
        super().__init__(path, STEPS, "")

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        self.asked.append((statement, values))
        return super().rows(statement, values)

    def plans(self) -> list[str]:
        """How the tables of names and of articles were read since it was asked last."""
        asked, self.asked = self.asked, []
        steps = [
            str(step[3])
            for statement, values in asked
            for step in Database.rows(self, f"EXPLAIN QUERY PLAN {statement}", values)
            if " named " in statement or " held " in statement
        ]
        return [step for step in steps if step.split()[1] in ("n", "named", "a", "article")]


@pytest.fixture
def there(library: Library, tmp_path: Path) -> Library:
    for number, text in enumerate((FIRST, SECOND)):
        (tmp_path / f"{number}.txt").write_text(written(text), "utf-8")
    library.add([tmp_path / "0.txt", tmp_path / "1.txt"])
    return library


@pytest.mark.parametrize(
    "only", [Filter(), Filter(since=date(2018, 1, 1)), Filter(outlet="Báo Đông Xuân")]
)
def test_an_index_has_all_that_is_counted(there: Library, only: Filter) -> None:
    db = Told(there.folder / "library.db")
    names = Names(db)
    for kind in ("person", "organisation", "place"):
        names.names(kind, only=only)  # type: ignore[arg-type]
    names.first_offices(0)
    plans = [one for one in db.plans() if "named_in" not in one]
    assert plans and [one for one in plans if "COVERING INDEX" not in one] == []
    db.close()


def test_names_are_counted_once_until_the_library_is_another(there: Library) -> None:
    before, held = there.names.names(), there.names.offices()
    assert len(before) == 6 and len(held) == 3
    with closing(sqlite3.connect(there.folder / "library.db", isolation_level=None)) as db:
        db.execute("DELETE FROM named WHERE kind = 'person'")  # nobody was told
    assert there.names.names() == before and there.names.offices() == held
    there.correct(there.articles()[0].id, {"author": "Lê Thị Ba"})  # whose names are found anew
    assert there.names.names("person") == [] and there.names.offices() == []


def test_offices_are_told_some_of_all(there: Library) -> None:
    some, count = there.names.first_offices(2)
    assert (some, count) == (there.names.offices()[:2], 3)
    assert there.names.first_offices(0, either="so y te") == ([], 1)
