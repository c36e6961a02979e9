"""A library as one file: taken while it is written, put back elsewhere, equal; what is no backup is refused."""

import json
import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest

from index.backup import backup, restore
from index.errors import InputError, LibraryError
from index.library import Library
from tests.conftest import SAMPLES, FakeEmbedder
from ui.history import History


@pytest.fixture
def kept(library: Library) -> Library:
    """A library with an article that the page keeps the file of, and a conversation."""
    files = library.folder / "files"
    files.mkdir()
    for sample in sorted(SAMPLES.glob("*.txt"))[:4]:
        (files / sample.name).write_bytes(sample.read_bytes())
    library.add([files])
    history = History(library.folder)
    history.begin("", "Cầu An Hòa dài bao nhiêu mét?")
    history.close()
    return library


def state(library: Library) -> list[object]:
    """What is the same in a copy."""
    rows = library.articles()
    bodies = [library.article(row.id).body for row in rows]
    vectors = library.chunk_vectors(sorted(c.id for c in library.chunks(range(999)).values()))
    return [[row.id for row in rows], [r.details for r in rows], bodies, vectors.tolist()]


def test_taken_while_it_is_written_and_put_back_elsewhere_it_is_equal(
    kept: Library, fake_embedder: FakeEmbedder, tmp_path: Path
) -> None:
    done, written = threading.Event(), threading.Event()
    first = kept.articles()[0].id

    def write() -> None:
        while not done.is_set():
            kept.correct(first, {"author": "An"})
            kept.correct(first, {"author": "Bình"})
            written.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(60)
    told = backup(kept.folder, tmp_path / "kept.zip")
    done.set()
    writer.join()
    assert (told.articles, told.files) == (4, 4) and told.bytes == (
        tmp_path / "kept.zip"
    ).stat().st_size
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.zip", "library"]
    assert restore(tmp_path / "kept.zip", tmp_path / "new" / "place").articles == 4
    moved = Library(tmp_path / "new" / "place", fake_embedder)
    assert moved.check().ok
    (line,) = moved.people.audit(9)
    assert (line.name, line.what, line.state) == ("", "restored from kept.zip", "done")
    assert moved.article(first).details.author in ("An", "Bình")
    for one in (kept, moved):
        one.correct(first, {"author": "An"})
    ours, theirs = state(kept), state(moved)
    assert ours[:3] == theirs[:3] and sorted(map(str, ours[3])) == sorted(map(str, theirs[3]))
    history = History(moved.folder)
    assert [one.name for one in history.conversations("")] == ["Cầu An Hòa dài bao nhiêu mét?"]
    history.close()
    # What the page keeps lies there now, and goes with its article.
    assert moved.article(first).source.startswith(str(moved.folder / "files"))
    moved.remove([first], erase=True)
    assert len(list((moved.folder / "files").iterdir())) == 3
    assert len(list((kept.folder / "files").iterdir())) == 4
    moved.close()


def test_no_library_no_backup_and_none_is_overwritten(kept: Library, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no library"):
        backup(tmp_path / "nowhere", tmp_path / "a.zip")
    file = tmp_path / "kept.zip"
    backup(kept.folder, file)
    before = file.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        backup(kept.folder, file)
    with pytest.raises(InputError, match="is not empty"):
        restore(file, kept.folder)
    assert file.read_bytes() == before and len(kept.articles()) == 4


def test_a_damaged_database_is_not_kept(kept: Library, tmp_path: Path) -> None:
    kept.close()
    path = kept.folder / "library.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="doctor --repair"):
        backup(kept.folder, tmp_path / "kept.zip")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["library"]


def changed(file: Path, **changes: bytes | None) -> Path:
    """A backup with other contents of some names ("_" for ".", "__" for "/")."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            key = name.replace(".", "_")
            data = changes.get(key, before.read(name))
            if data is not None:
                after.writestr(name, data)
    return other


def test_what_is_no_whole_backup_is_refused_and_leaves_nothing(
    kept: Library, tmp_path: Path
) -> None:
    file = tmp_path / "kept.zip"
    backup(kept.folder, file)
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("hoibao.json"))
        history = bytearray(packed.read("history.db"))
    history[100] ^= 1
    outside = {**told, "sha256": {**told["sha256"], "files/../../evil": "0"}}
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-2000])
    noise = tmp_path / "noise.zip"
    noise.write_bytes(b"\x00" * 999)
    damaged = bytearray(file.read_bytes())
    damaged[500] ^= 255
    flipped = tmp_path / "flipped.zip"
    flipped.write_bytes(damaged)
    for wrong in (
        cut,
        noise,
        flipped,
        changed(file, history_db=bytes(history)),
        changed(file, library_db=None),
        changed(file, hoibao_json=b"[]"),
        changed(file, hoibao_json=json.dumps(outside).encode()),
    ):
        with pytest.raises(InputError, match="take another copy"):
            restore(wrong, tmp_path / "new")
        assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new*"))
    with sqlite3.connect(kept.folder / "library.db") as db:
        assert db.execute("SELECT count(*) FROM article").fetchone() == (4,)
