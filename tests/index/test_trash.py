"""What is removed waits in the trash, comes back as it was, or is gone from every file."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import config
from index.config import TrashSettings
from index.errors import InputError, LibraryError
from index.library import Library
from index.pruning import is_gone
from tests.conftest import FakeEmbedder
from tests.index.stories import STORIES, copied_text

pytestmark = pytest.mark.usefixtures("each_part")


def rare(number: int) -> list[str]:
    """Words of one article only, of its title, its outlet and its body; none begins as another one does."""
    hashes = (hashlib.md5(f"{number} {part}".encode()).hexdigest() for part in range(3))
    return ["".join(chr(ord("g") + int(digit, 16)) for digit in hash_[:12]) for hash_ in hashes]


def written(folder: Path, number: int) -> Path:
    title, outlet, body = rare(number)
    path = folder / f"{number}.txt"
    story = (
        f"Tin {title} trong ngày\n\nTỉnh vừa mở bến xe {body}, khách đi lại đông. " + "Vui. " * 40
    )
    path.write_text(f"{story}\n\nNguồn: Báo {outlet}", "utf-8")
    return path


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    folder.mkdir()
    for number in range(4):
        written(folder, number)
    return folder


def found(library: Library, word: str) -> list[str]:
    hits = library.search_keywords(word, 5)
    return [chunk.article_id for chunk in library.chunks([h.chunk_id for h in hits]).values()]


def holds(folder: Path, *words: str) -> list[str]:
    """The files below a folder in whose bytes or names one of these words stands."""
    wanted = [word.encode() for word in words]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(w in path.read_bytes() + path.name.encode() for w in wanted)
    ]


def test_removed_and_restored_it_is_as_it_was(
    library: Library, bao: Path, fake_embedder: FakeEmbedder
) -> None:
    library.add([bao])
    first = library.articles()[0].id
    library.correct(first, {"title": "Tên Sửalại", "author": "Hà Thu"})
    (row,) = [row for row in library.articles() if row.id == first]
    article, vector = library.article(first), fake_embedder.query("Tên Sửalại")
    near = [hit.score for hit in library.search_vectors(vector, 1)]
    assert library.remove([first]) == 1
    assert not found(library, rare(0)[2]) and library.check().ok
    (item,) = library.trash()
    assert (item.id, item.title, item.source) == (first, "Tên Sửalại", row.source)
    fake_embedder.embedded = 0
    assert library.restore([first, first]) == 1 and library.trash() == []
    assert library.article(first) == article and row in library.articles()
    assert library.corrections(first) == {"title": "Tên Sửalại", "author": "Hà Thu"}
    assert found(library, rare(0)[2]) == [first] and library.check().ok
    assert [hit.score for hit in library.search_vectors(vector, 1)] == pytest.approx(near)
    assert library.add([bao]).unchanged == 4 and fake_embedder.embedded == 0


def test_one_unknown_among_several_changes_nothing(library: Library, bao: Path) -> None:
    library.add([bao])
    ids = [row.id for row in library.articles()]
    library.correct(ids[0], {"outlet": "Báo X"})
    for erase in (False, True):
        with pytest.raises(InputError, match="hoibao list"):
            library.remove([ids[0], "unknown"], erase)
    assert len(library.articles()) == 4 and library.corrections(ids[0])
    library.remove(ids[:2])
    with pytest.raises(InputError, match="hoibao trash"):
        library.restore([ids[0], "unknown"])
    assert len(library.trash()) == 2
    with pytest.raises(InputError, match="no field"):
        library.correct(ids[2], {"outlet": "Báo Y"}, ["colour"])
    assert library.corrections(ids[2]) == {}
    library.correct(ids[2], {"outlet": "Báo Y"})
    both = library.correct(ids[2], {"author": "Hà Thu"}, ["outlet"])
    assert both.details.author == "Hà Thu" and library.corrections(ids[2]) == {"author": "Hà Thu"}


def test_added_again_it_leaves_the_trash_and_nothing_is_embedded(
    library: Library, bao: Path, fake_embedder: FakeEmbedder
) -> None:
    library.add([bao])
    rows = {Path(row.source).name: row.id for row in library.articles()}
    library.correct(rows["0.txt"], {"outlet": "Báo X"})
    library.remove(list(rows.values())[:3])
    fake_embedder.embedded = 0
    (bao / "0.txt").rename(bao / "9.txt")  # by its content, whatever the file is called
    written(bao, 7).replace(bao / "1.txt")  # another article, in the file of one
    report = library.add([bao])
    assert (report.added, report.unchanged) == (3, 1) and 0 < fake_embedder.embedded < 4
    now = {Path(row.source).name: row for row in library.articles()}
    assert now["9.txt"].id == rows["0.txt"] and now["9.txt"].details.outlet == "Báo X"
    assert now["2.txt"].id == rows["2.txt"] and now["1.txt"].id != rows["1.txt"]
    assert [item.id for item in library.trash()] == [rows["1.txt"]] and library.check().ok
    assert library.restore([rows["1.txt"]]) == 1  # both, then
    library.remove([rows["2.txt"]])
    other = bao / "3.txt"
    other.write_bytes((bao / "2.txt").read_bytes())
    (bao / "2.txt").unlink()
    library.add([other])
    assert library.trash()[0].id == rows["3.txt"] and found(library, rare(2)[2])


@pytest.mark.parametrize("way", ["remove --erase", "erase from trash", "empty", "30 days"])
@pytest.mark.embedded
def test_erased_it_is_gone_from_every_file(
    tmp_path: Path, bao: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "l", FakeEmbedder())
    kept = library.folder / "files"
    shutil.copytree(bao, kept)  # as the page keeps what is dropped on it
    (library.folder / "library.db.2").write_text(rare(0)[0])  # of an older version
    for number in range(4, 40):
        written(bao, number)
    library.add([kept, bao])
    rows = {row.id: Path(row.source).name for row in library.articles()}
    (gone,) = [i for i, name in rows.items() if name == "0.txt"]
    library.correct(gone, {"author": "Lạc Ngôn"})
    library.search_vectors(FakeEmbedder().query("bến xe"), 3)
    assert holds(library.folder, *rare(0))
    if way == "remove --erase":
        assert library.remove([gone], erase=True) == 1
    else:
        library.remove([gone])
        assert holds(library.folder, *rare(0))
        if way == "erase from trash":
            library.remove([gone], erase=True)
        elif way == "empty":
            assert library.empty_trash() == 1
        else:
            monkeypatch.setattr(config, "TRASH", TrashSettings(0.0))
            library.close()
            library = Library(tmp_path / "l", FakeEmbedder())
            (line,) = library.people.audit(9)
            assert (line.name, line.did, line.what, line.state) == (
                *("hoibao", "expire"), gone, "done",
            )  # fmt: skip
    assert library.trash() == [] and holds(library.folder, *rare(0), "Lạc Ngôn") == []
    assert found(library, rare(1)[2]) and library.check().ok and len(library.articles()) == 39
    library.close()
    assert holds(tmp_path / "l", *rare(0)) == [] and holds(tmp_path / "l", *rare(1))
    with pytest.raises(InputError, match="hoibao trash"):
        Library(tmp_path / "l", FakeEmbedder()).restore([gone])


@pytest.mark.embedded
def test_an_erasure_that_was_interrupted_is_ended_when_the_library_opens(
    tmp_path: Path, bao: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "l", FakeEmbedder())
    library.add([bao])
    gone = library.articles()[0].id

    def full(*_: object) -> None:
        raise LibraryError("no space")

    with monkeypatch.context() as patch:
        patch.setattr("index.store.database.Database.scrub", full)
        with pytest.raises(LibraryError, match="no space"):
            library.remove([gone], erase=True)
        library.close()
    assert holds(tmp_path / "l", *rare(0))
    library = Library(tmp_path / "l", FakeEmbedder())
    assert holds(tmp_path / "l", *rare(0)) == [] and library.check().ok
    library.close()


@pytest.mark.embedded
def test_chroma_in_another_process_is_thrown_away_when_that_one_closes(
    tmp_path: Path, bao: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Library(tmp_path / "l", FakeEmbedder())
    first.add([bao])
    vector = FakeEmbedder().query("bến xe")
    assert len(first.search_vectors(vector, 9)) == 4  # it has Chroma
    second = Library(tmp_path / "l", FakeEmbedder())
    with pytest.raises(LibraryError, match="Chroma is open in another process"):
        second.remove([second.articles()[0].id], erase=True)
    assert second.trash() == [] and len(second.articles()) == 3
    second.close()
    assert holds(tmp_path / "l" / "chroma", rare(0)[1])
    first.close()
    assert holds(tmp_path / "l", *rare(0)) == []
    third = Library(tmp_path / "l", FakeEmbedder())
    assert len(third.search_vectors(vector, 9)) == 3 and third.check().ok
    third.close()


# -- pruning -------------------------------------------------------------------------------------


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


@pytest.mark.parametrize("unmount", [shutil.rmtree, empty])
def test_a_folder_that_is_gone_or_empty_prunes_nothing(
    library: Library, bao: Path, tmp_path: Path, unmount: Callable[[Path], None]
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    for number, story in enumerate(STORIES):
        (more / f"{number}.txt").write_text(copied_text(story), "utf-8")
    library.add([bao, more])
    before = library.articles()
    unmount(bao)
    report = library.add([bao], prune=True, sure=lambda *_: True)
    assert report.removed == 0 and library.articles() == before and library.trash() == []
    (failed,) = report.failed
    assert failed.path == str(bao) and "nothing was dropped" in failed.reason
    next(more.iterdir()).unlink()  # of the other folder it is certain
    report = library.add([bao, more], prune=True)
    assert report.removed == 1 and len(library.articles()) == len(before) - 1
    assert len(library.trash()) == 1


def test_more_than_half_goes_only_where_somebody_is_sure(library: Library, bao: Path) -> None:
    library.add([bao])
    for number in range(3):
        (bao / f"{number}.txt").unlink()
    asked: list[tuple[int, int]] = []

    def answer(yes: bool) -> Callable[[int, int], bool]:
        return lambda gone, count: bool(asked.append((gone, count))) or yes

    (failed,) = library.add([bao], prune=True).failed
    assert "3 of 4" in failed.reason and "--yes" in failed.reason
    assert library.add([bao], prune=True, sure=answer(False)).removed == 0
    assert len(library.articles()) == 4
    assert library.add([bao], prune=True, sure=answer(True)).removed == 3
    assert asked == [(3, 4), (3, 4)] and len(library.trash()) == 3 and library.check().ok


def test_what_is_in_a_closed_folder_is_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_gone(tmp_path / "none") and is_gone(tmp_path / "none" / "below")
    file = tmp_path / "file"
    file.write_text("x")
    assert not is_gone(file) and is_gone(file / "below")

    def closed(*_: object, **__: object) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", closed)  # also where root runs the tests
    assert not is_gone(tmp_path / "none")
