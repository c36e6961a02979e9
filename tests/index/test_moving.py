"""A library taken to PostgreSQL and back: all of it, the same, nothing embedded; or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import InputError, LibraryError
from index.library import Library
from index.moving import move
from index.store.catalogue import tables
from index.store.full_text import EMPTIED
from index.types import AddReport
from tests.conftest import SAMPLES, FakeEmbedder
from tests.index.stories import ENGLISH, STORIES, jsonl
from tests.postgres import Server
from tests.ui.test_history import document
from ui.cli.keeping import PARTS
from ui.cli.main import main
from ui.history import History
from ui.kept import Starter, Wrong

#: What takes long to come by.
RARE = (
    ("library.db", "INSERT INTO doubt VALUES ('a', 1, 2, 0.5, 1, 1, 2, 3, 4, x'00ff')"),
    ("library.db", "INSERT INTO notice VALUES ('a')"),
    ("library.db", "INSERT INTO notice_link VALUES ('a', 'b', 'refused')"),
    ("library.db", "INSERT INTO named_as VALUES ('person', 'a', 'b')"),
    ("history.db", "INSERT INTO standing_known VALUES ('a')"),
    (
        "history.db",
        "INSERT INTO standing_news SELECT 7, id, 1.5, 'x', 'a', 1, 2, 'v', 'b', 1 FROM standing",
    ),
)


def filled(folder: Path, tmp_path: Path) -> None:
    """A library with something in every table, in a folder or on the server."""
    (tmp_path / "rows.jsonl").write_bytes(jsonl(STORIES, ENGLISH))
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a.txt").write_text("Tin\n\nCầu An Hòa dài 486 m.", "utf-8")
    library = Library(folder, FakeEmbedder())
    library.add([SAMPLES, tmp_path / "rows.jsonl", folder / "files"])
    # Not of the folder's own files, which are to be there afterwards; wherever this tree lies.
    samples = [row.id for row in library.articles() if row.source.startswith(str(SAMPLES))]
    first, second, third, last, *_ = samples
    library.correct(first, {"title": "Tin khác", "author": None})
    library.dossiers.new("Cầu")
    library.dossiers.add("Cầu", [first, second])
    library.notes.add(second, "xem lại", tags=["quan trọng"], starred=True)
    person = library.people.add("Hòa", "as argon2 made it", "editor")
    library.people.begin(person, "hash", 2e9)
    library.people.upload(person, 7)
    library.people.write(person, "add", "x")
    library.remove([third])
    library.remove([last], erase=True)
    library.names.names()
    library.close()
    history = History(folder)
    talk, turn = history.begin("", "Cầu An Hòa dài bao nhiêu mét?")
    history.finish(turn, document())
    history.delete(history.begin("", "Mưa lũ?")[0])
    history.kept.mark(Wrong("Cầu dài bao nhiêu?", "12 m"))
    history.kept.report(AddReport(added=3))
    history.kept.start_with(3, [Starter("Cầu?", first, "Báo ĐX")])
    history.standing.add("Cầu nào mới?")
    history.close()
    for name, statement in RARE:
        with closing(sqlite3.connect(folder / name)) as db, db:
            db.execute(statement)


def held(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that two files hold, with what their full-text indexes are made of."""
    found = {}
    for name, steps in PARTS:
        with closing(sqlite3.connect(folder / name)) as db:
            known = [*tables(steps), "sqlite_sequence"]
            known += ["said"] if name == "history.db" else ["keyword", "full_text_docsize"]
            for table in known:
                hidden = "rowid, " if table in ("article", "keyword", "said") else ""
                rows = db.execute(f"SELECT {hidden}* FROM {table}").fetchall()
                found[f"{name} {table}"] = sorted(rows, key=repr)
    return found


def test_there_and_back_it_is_the_same_row_for_row(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    filled(there, tmp_path)
    before, address = held(there), postgres.database()
    assert [name for name, rows in before.items() if not rows] == [
        *("library.db erased", "history.db erased")
    ]
    assert main(["--library", str(there), "move", address]) == 0
    assert held(there) == before
    monkeypatch.setenv("HOIBAO_STORE", address)
    embedder = FakeEmbedder()
    served = Library(there, embedder)
    assert served.check().ok and embedder.embedded == 0
    found = [hit.chunk_id for hit in served.search_keywords("cầu An Hòa dài", 9)]
    assert served.find("cau").matching and len(served.trash()) == 1
    served.close()
    history = History(there)
    assert [one.name for one in history.conversations("cau hoa")] == [
        "Cầu An Hòa dài bao nhiêu mét?"
    ]
    history.close()
    with pytest.raises(InputError, match="a library already"):
        move(there, address, PARTS)
    assert main(["--library", str(there), "move", str(back)]) == 0
    monkeypatch.delenv("HOIBAO_STORE")
    library = Library(back, FakeEmbedder())
    assert [hit.chunk_id for hit in library.search_keywords("cầu An Hòa dài", 9)] == found
    assert library.check(repair=True).ok
    library.close()
    # The files that the page keeps lie in another folder now; all else is as it was.
    after = {
        name: sorted(
            (
                tuple(v.replace(str(back), str(there)) if isinstance(v, str) else v for v in row)
                for row in rows
            ),
            key=repr,
        )
        for name, rows in held(back).items()
    }
    assert {name for name in before if after[name] != before[name]} == set()
    assert after == before and (back / "files" / "a.txt").exists()


def test_each_place_has_its_own_vectors_where_both_go_on(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, address = tmp_path / "l", postgres.database()
    library = Library(folder, FakeEmbedder())
    library.add([SAMPLES])
    library.close()
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        for statement in EMPTIED:  # as an older version left it
            db.execute(statement)
    move(folder, address, PARTS)
    here = {
        "": "Đàn cò trắng làm tổ trên ngọn tre già",
        address: "Tàu chở gạo cập bến sông lúc nửa đêm",
    }
    for store, text in here.items():  # one chunk each, of the same number
        monkeypatch.setenv("HOIBAO_STORE", store)
        (tmp_path / "new.txt").write_text(f"{text}.", "utf-8")
        library = Library(folder, FakeEmbedder())
        library.add([tmp_path / "new.txt"])
        library.close()
    for store, text in here.items():
        monkeypatch.setenv("HOIBAO_STORE", store)
        library = Library(folder, FakeEmbedder())
        library.warm()
        (hit,) = library.search_vectors(FakeEmbedder().query(text), 1)
        assert text in library.chunks([hit.chunk_id])[hit.chunk_id].text and hit.score > 0.9
        library.close()


def test_it_is_all_or_nothing(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, address = tmp_path / "l", postgres.database()
    with pytest.raises(InputError, match="holds no library"):
        move(folder, address, PARTS)
    filled(folder, tmp_path)
    with pytest.raises(InputError, match="holds a library already"):
        move(folder, str(folder), PARTS)
    with monkeypatch.context() as patch:  # what was written is not what was read
        patch.setattr("index.moving.go_on_from", lambda db, last: db.execute("DELETE FROM note"))
        for to in (address, str(tmp_path / "other")):
            with pytest.raises(LibraryError, match="table note.* is not the same"):
                move(folder, to, PARTS)
    assert not (tmp_path / "other" / "library.db").exists()
    name = address.partition("?")[0].rpartition("/")[2]
    schemas = (
        "SELECT count(*) FROM pg_namespace WHERE nspname IN ('hoibao_library', 'hoibao_history')"
    )
    assert postgres.sql(schemas, name).strip() == "0"
    assert (
        move(folder, address, PARTS).articles
        == move(folder, str(tmp_path / "other"), PARTS).articles
    )


def test_what_is_of_files_says_what_takes_its_place(
    postgres: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOIBAO_STORE", postgres.database())
    for verb in ("backup", "restore"):
        assert main(["--library", str(tmp_path), verb, str(tmp_path / "x.zip")]) == 2
        assert "pg_dump" in capsys.readouterr().err
    monkeypatch.setenv("HOIBAO_STORE", "mysql://here/x")
    assert main(["--library", str(tmp_path), "standing"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
