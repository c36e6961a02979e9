"""The store on PostgreSQL: who may use it and whose it is, what is lost with a connection (nothing), several
processes on one. What it keeps and finds is tested with the embedded one (`each_store`)."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.config import STORE
from index.errors import LibraryError
from index.library import Library
from index.store.database import Database
from index.store.place import served
from index.store.schema import STEPS
from tests.conftest import FakeEmbedder
from tests.postgres import Server

STEP = "CREATE TABLE one (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL UNIQUE);"


@pytest.fixture
def db(postgres: Server) -> Iterator[Database]:
    made = served(postgres.database(), "hoibao_some", [STEP])
    yield made
    made.close()


def added(db: Database, *words: str) -> None:
    with db.transaction():
        db.executemany("INSERT INTO one (what) VALUES (?)", [(word,) for word in words])


def test_what_is_wrong_with_an_address_is_one_line(postgres: Server) -> None:
    guarded = postgres.database("guarded")
    for address, said in (
        ("mysql://x/y", "no address of a database"),
        ("postgresql://[x", "no address of a database"),
        (
            "postgresql://u:secret@127.0.0.1:1/hoibao",
            "127.0.0.1:1/hoibao cannot be used .*start it",
        ),
        (f"{guarded}&password=wrong", "give the right password"),
        (guarded.replace("/made", "/none") + "&user=postgres", "make it: createdb"),
        (f"{guarded}&password=right", "GRANT CREATE ON DATABASE"),
    ):
        with pytest.raises(LibraryError, match=said) as error:
            served(address, "hoibao_library", STEPS)
        assert "\n" not in str(error.value) and "secret" not in str(error.value), address


def test_another_programs_database_and_a_newer_one_are_refused(postgres: Server) -> None:
    theirs = postgres.database()
    name = theirs.partition("?")[0].rpartition("/")[2]
    postgres.sql("CREATE TABLE orders (x int)", name)
    with pytest.raises(LibraryError, match="another program's database .it has public.orders"):
        served(theirs, "hoibao_library", STEPS)
    ours = postgres.database()
    served(ours, "hoibao_library", STEPS).close()
    name = ours.partition("?")[0].rpartition("/")[2]
    before = postgres.sql("SELECT count(*) FROM pg_tables", name)
    with pytest.raises(LibraryError, match="newer version of Hỏi Báo; update this one"):
        served(ours, "hoibao_library", STEPS[:-1])
    with pytest.raises(LibraryError, match="another program's"):
        served(ours, "hoibao_library", ["CREATE TABLE quite (x);\nCREATE TABLE other (x);"])
    assert postgres.sql("SELECT count(*) FROM pg_tables", name) == before


def test_an_older_one_gets_the_steps_that_it_lacks_or_none(postgres: Server) -> None:
    address = postgres.database()
    older = served(address, "hoibao_some", [STEP])
    added(older, "cầu")
    older.close()
    with pytest.raises(Exception, match="nonsense"):
        served(address, "hoibao_some", [STEP, "CREATE TABLE two (x TEXT);\nCREATE nonsense;"])
    newer = served(address, "hoibao_some", [STEP, "CREATE TABLE two (x TEXT);"])
    assert (
        newer.rows("SELECT what FROM one") == [("cầu",)] and newer.rows("SELECT x FROM two") == []
    )
    newer.close()


def test_a_lost_connection_is_made_again_and_what_was_cut_is_told(
    db: Database, postgres: Server
) -> None:
    added(db, "một")
    postgres.end_sessions()
    assert db.rows("SELECT what FROM one") == [("một",)]
    postgres.end_sessions()
    added(db, "hai")
    with (
        pytest.raises(LibraryError, match="nothing of this was written") as error,
        db.transaction(),
    ):
        db.execute("INSERT INTO one (what) VALUES ('ba')")
        postgres.end_sessions()
        db.execute("INSERT INTO one (what) VALUES ('bốn')")
    assert "\n" not in str(error.value)
    assert db.rows("SELECT what FROM one ORDER BY id") == [("một",), ("hai",)]
    added(db, "ba")


@pytest.mark.parametrize("when", ["before", "after"])
def test_cut_while_it_was_confirmed_the_server_says_whether_it_was(
    db: Database, postgres: Server, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ends the connection while the transaction is confirmed, so that it is not.
    ending = "SELECT pg_terminate_backend(pg_backend_pid())"
    with db.transaction():
        db.execute(
            "CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS"
            f" 'BEGIN PERFORM (SELECT 1 FROM ({ending}) AS x); RETURN NULL; END'"
        )
        if when == "before":
            db.execute(
                "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON one DEFERRABLE INITIALLY DEFERRED"
                " FOR EACH ROW EXECUTE FUNCTION ended()"
            )
    if when == "before":
        with pytest.raises(LibraryError, match="nothing of this was written"):
            added(db, "cầu")
        assert db.rows("SELECT what FROM one") == []
        return
    # The server has confirmed it, and the answer is lost.
    import psycopg

    execute = psycopg.Connection.execute

    def lost(
        self: "psycopg.Connection[object]", query: str, *more: object, **also: object
    ) -> object:
        found = execute(self, query, *more, **also)  # type: ignore[call-overload]
        if query == "COMMIT":
            postgres.end_sessions()
            execute(self, "SELECT 1")
        return found

    monkeypatch.setattr(psycopg.Connection, "execute", lost)
    added(db, "cầu")
    monkeypatch.undo()
    assert db.rows("SELECT what FROM one") == [("cầu",)]


def test_who_waits_too_long_for_another_process_is_told(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.database()
    first = served(address, "hoibao_some", [STEP])
    second = served(address, "hoibao_some", [STEP])
    with first.transaction():
        first.execute("INSERT INTO one (what) VALUES ('một')")
        assert second.rows("SELECT what FROM one") == []  # who reads does not wait
        ended = threading.Thread(target=added, args=(second, "hai"))
        ended.start()
    ended.join()
    assert first.rows("SELECT what FROM one ORDER BY id") == [("một",), ("hai",)]
    first.close()
    second.close()


def rows(path: Path, first: int, last: int) -> Path:
    made = [
        {"title": f"Tin {n}", "body": f"Huyện {n} có {n} xã đạt chuẩn, {n + 7} thôn mới. " * 9}
        for n in range(first, last)
    ]
    path.write_text("\n".join(json.dumps(row) for row in made), "utf-8")
    return path


def sound(library: Library, count: int) -> bool:
    """Every article is there once, with its chunks, and Chroma is in step."""
    titles = [row.details.title for row in library.articles()]
    whole = len(titles) == len(set(titles)) == count and library.check(repair=True).ok
    vector = FakeEmbedder().query("Huyện 7 có xã")
    return whole and len(library.search_vectors(vector, 9_999)) == library.counts()[1]


def test_two_that_add_the_same_at_once_while_others_ask_lose_and_double_nothing(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_STORE", postgres.database())
    first, second = (Library(tmp_path / name, FakeEmbedder()) for name in ("a", "b"))
    files = [rows(tmp_path / f"{n}.jsonl", *span) for n, span in enumerate([(0, 90), (30, 120)])]
    jobs = [
        threading.Thread(target=library.add, args=([file],))
        for library, file in zip((first, second), files, strict=True)
    ]
    for job in jobs:
        job.start()
    asked = 0
    while any(job.is_alive() for job in jobs):
        for library in (first, second):
            hits = library.search_keywords("huyện xã", 5)
            asked += all(
                chunk.text for chunk in library.chunks([h.chunk_id for h in hits]).values()
            )
    assert asked and sound(first, 120) and sound(second, 120)
    first.close()
    second.close()


def test_the_server_is_killed_in_the_middle_of_adding_and_asking(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_STORE", postgres.database())
    monkeypatch.setattr("index.store.postgres.STORE", replace(STORE, lost_seconds=1.0))
    library = Library(tmp_path / "l", FakeEmbedder())
    library.add([rows(tmp_path / "first.jsonl", 0, 20)])
    told: list[str] = []

    def add() -> None:
        try:
            library.add([rows(tmp_path / "more.jsonl", 20, 400)])
        except LibraryError as error:
            told.append(str(error))

    adding = threading.Thread(target=add)
    adding.start()
    while library.counts()[0] == 20:
        pass
    postgres.kill()
    adding.join()
    with pytest.raises(LibraryError, match="cannot be used .*start it") as error:
        library.search_keywords("huyện", 5)
    assert [*map(str.isprintable, [*told, str(error.value)])] == [True, True]
    postgres.start()
    assert library.search_keywords("huyện", 5) and 20 < library.counts()[0] < 400
    library.add([tmp_path / "more.jsonl"])
    assert sound(library, 400)
    library.close()


def test_what_is_typed_and_cannot_be_seen_is_no_mistake(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_STORE", postgres.database())
    library = Library(tmp_path / "l", FakeEmbedder())
    (tmp_path / "a.txt").write_text("Tin\n\n" + "x" * 20_000 + " cầu An Hòa dài 486 m. " * 40)
    assert library.add([tmp_path / "a.txt"]).added == 1
    assert library.find("486").matching == library.find("xx*").matching == 1
    assert library.first_articles(5, text="a\0b")[1] == 0 and library.chunks([]) == {}
    with contextlib.suppress(LibraryError):
        library.dossiers.new("a\0b")
    library.close()
