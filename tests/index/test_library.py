"""The library with real SQLite and real Chroma; only the embedding is a fake."""

import shutil
from datetime import date
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings

from index.errors import InputError, LibraryError
from index.library import Library
from index.types import Filter
from tests.conftest import SAMPLES, FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_part")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    shutil.copytree(SAMPLES, folder)
    return folder


def everything(library: Library) -> list[tuple[object, ...]]:
    """All that the library holds, as it is compared with another one."""
    found = []
    for row in library.articles():
        hits = library.search_keywords("tỉnh đảng hội nghị lũ cầu máu thi", 1000)
        chunks = library.chunks([hit.chunk_id for hit in hits]).values()
        mine = sorted((c.start, c.end, c.text) for c in chunks if c.article_id == row.id)
        found.append((row, library.article(row.id), mine))
    return found


def test_add_list_show_and_find(library: Library, files: Path) -> None:
    report = library.add([files])
    assert (report.added, report.failed, report.duplicates) == (10, (), 0)
    assert report.embedded_chunks == library.counts()[1] >= 10
    rows = library.articles()
    assert [Path(row.source).name[:2] for row in rows] == [f"{n:02}" for n in range(1, 11)]
    best = library.search_keywords("cau An Hoa dai bao nhieu met", 3)[0]
    chunk = library.chunks([best.chunk_id])[best.chunk_id]
    article = library.article(chunk.article_id)
    assert "486 m" in chunk.text and article.body[chunk.start : chunk.end] == chunk.text
    assert library.check().ok


def test_old_tone_marks_and_pairs_find_the_same(library: Library, files: Path) -> None:
    library.add([files])
    assert library.search_keywords("cầu An Hoà", 1) == library.search_keywords("cầu An Hòa", 1)


def test_adding_again_embeds_nothing(
    library: Library, files: Path, fake_embedder: FakeEmbedder
) -> None:
    first = library.add([files])
    before, fake_embedder.embedded = everything(library), 0
    again = library.add([files])
    assert (again.unchanged, again.added, fake_embedder.embedded) == (10, 0, 0)
    assert [a.id for a in again.articles] == [a.id for a in first.articles]
    assert everything(library) == before


def test_a_changed_file_keeps_its_id_and_replaces_its_chunks(library: Library, files: Path) -> None:
    library.add([files])
    path = next(files.glob("08*"))
    old = next(row for row in library.articles() if row.source == str(path))
    path.write_text(path.read_text("utf-8").replace("486 m", "512 m"), "utf-8")
    assert library.add([files]).updated == 1
    body = library.article(old.id).body
    assert "512 m" in body and "486 m" not in body
    assert not library.search_keywords("486", 5) and library.check().ok


def test_duplicates_prune_and_remove(library: Library, files: Path) -> None:
    copy = files / "99-copy.txt"
    copy.write_bytes(next(files.glob("06*")).read_bytes())
    report = library.add([files])
    assert (report.added, report.duplicates) == (10, 1)
    copy.unlink()
    next(files.glob("02*")).unlink()
    assert library.add([files], prune=True).removed == 1
    ids = [row.id for row in library.articles()]
    with pytest.raises(InputError, match="hoibao list"):
        library.remove([ids[0], "unknown"])
    assert len(library.articles()) == 9
    assert library.remove(ids[:2]) == 2 and library.check().ok
    assert {row.id for row in library.articles()} == set(ids[2:])


def test_filters(library: Library, files: Path) -> None:
    library.add([files])
    vector = FakeEmbedder().query("hội nghị")
    only = Filter(since=date(2020, 1, 1), until=date(2020, 12, 31))
    for hits in (
        library.search_keywords("tỉnh", 50, only),
        library.search_vectors(vector, 50, only),
    ):
        found = library.chunks([hit.chunk_id for hit in hits]).values()
        names = {Path(library.article(c.article_id).source).name[:2] for c in found}
        assert names == {"06", "07"}
    outlet = Filter(outlet="baodongxuan.example")
    assert {h.chunk_id for h in library.search_vectors(vector, 50, outlet)} == {
        h.chunk_id for h in library.search_keywords("đảng", 50, outlet)
    }


@pytest.mark.embedded
def test_chroma_is_rebuilt_without_embedding(tmp_path: Path, files: Path) -> None:
    embedder = FakeEmbedder()
    library = Library(tmp_path / "l", embedder)
    library.add([files])
    vector = embedder.query("mưa lũ làm người chết")
    expected = library.search_vectors(vector, 5)
    library.close()
    for damage in (shutil.rmtree, spoil):
        damage(tmp_path / "l" / "chroma")
        embedder.embedded = 0
        library = Library(tmp_path / "l", embedder)
        found = library.search_vectors(vector, 5)
        assert [h.chunk_id for h in found] == [h.chunk_id for h in expected]
        assert embedder.embedded == 0 and library.check().ok
        library.close()


def spoil(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"no database")


def test_a_second_opener_searches_and_adds_and_the_first_catches_up(
    tmp_path: Path, files: Path
) -> None:
    first = Library(tmp_path / "l", FakeEmbedder())
    paths = sorted(files.glob("*.txt"))
    first.add(paths[:5])
    second = Library(tmp_path / "l", FakeEmbedder())
    vector = FakeEmbedder().query("mưa lũ")
    exact, approximate = second.search_vectors(vector, 5), first.search_vectors(vector, 5)
    assert [h.chunk_id for h in exact] == [h.chunk_id for h in approximate]
    assert [h.score for h in exact] == pytest.approx([h.score for h in approximate], abs=1e-5)
    second.add(paths[5:])
    assert len(first.search_vectors(vector, 1000)) == first.counts()[1] == second.counts()[1]
    second.close()
    assert first.check().ok
    first.close()


@pytest.mark.embedded
def test_doctor_sees_and_mends_a_chroma_that_differs(library: Library, files: Path) -> None:
    library.add([files])
    settings = Settings(anonymized_telemetry=False)
    chroma = chromadb.PersistentClient(str(library.folder / "chroma"), settings)
    (collection,) = chroma.list_collections()
    collection.delete(collection.get(include=[])["ids"][:1])
    assert not library.check().ok
    report = library.check(repair=True)
    assert report.ok and report.repaired and library.check().ok


def test_another_model_is_one_line(tmp_path: Path) -> None:
    Library(tmp_path / "l", FakeEmbedder()).close()
    other = FakeEmbedder()
    other.identity = "other@2"
    with pytest.raises(LibraryError, match="fake@1.*hoibao models use"):
        Library(tmp_path / "l", other)


@pytest.mark.embedded
def test_a_foreign_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "library.db").write_bytes(b"not a database at all, " * 50)
    with pytest.raises(LibraryError, match="--library"):
        Library(tmp_path / "x", FakeEmbedder())


def test_bad_files_fail_in_one_line_and_the_rest_goes_on(library: Library, files: Path) -> None:
    (files / "empty.txt").write_text("")
    (files / "latin.txt").write_bytes("Đảng ủy".encode() + "§¶ng bé tØnh".encode("cp1252"))
    (files / "furniture.txt").write_text("EmailPrintAa\n\nXem thêm")
    (files / "picture.jpg").write_bytes(b"\xff\xd8")
    report = library.add([files, files / "missing.txt", files / "picture.jpg"])
    assert report.added == 10
    assert {Path(f.path).name for f in report.failed} == {
        "empty.txt", "latin.txt", "furniture.txt", "missing.txt", "picture.jpg",
    }  # fmt: skip
    assert all("\n" not in f.reason and f.reason for f in report.failed)


@pytest.mark.parametrize(
    "only",
    [
        Filter(),
        Filter(since=date(2019, 1, 1), until=date(2019, 12, 31)),
        Filter(since=date(2015, 1, 1)),
        Filter(outlet="baodongxuan.example"),
        Filter(outlet="none"),
        Filter(places=("Đông Xuân", "Tây Lâm")),
    ],
)
def test_chroma_finds_what_a_scan_finds_also_after_changes(
    library: Library, files: Path, fake_embedder: FakeEmbedder, only: Filter
) -> None:
    library.add([files])
    other = Library(library.folder, fake_embedder)  # as another process, which has no Chroma
    vector = fake_embedder.query("đại hội hội nông dân tỉnh")

    def both() -> list[int]:
        graph, exact = (one.search_vectors(vector, 12, only) for one in (library, other))
        assert [hit.chunk_id for hit in exact] == [hit.chunk_id for hit in graph]
        assert [hit.score for hit in exact] == pytest.approx([hit.score for hit in graph], abs=1e-5)
        return [hit.chunk_id for hit in exact]

    before = both()
    for row in library.articles()[:3]:
        library.correct(row.id, {"outlet": "none", "published": "2019-05-01"})
    after = both()
    if only.outlet == "none":
        assert not before and after
    one = Filter(article_ids=(library.articles()[0].id,), without=(library.articles()[1].id,))
    found = library.chunks([hit.chunk_id for hit in library.search_vectors(vector, 9, one)])
    assert {chunk.article_id for chunk in found.values()} == set(one.article_ids)
    other.close()


def test_articles_by_words_and_counts_by_month(library: Library) -> None:
    library.add([SAMPLES])
    found, count = library.first_articles(1, text="hội nông dân tỉnh")
    assert (len(found), count) == (1, 2)
    assert library.first_articles(9, text="hoi nong dan tinh")[1] >= 2  # typed without diacritics
    assert library.first_articles(9, text="tàu ngầm hạt nhân") == ([], 0)
    assert library.first_articles(99)[0] == library.articles()
    assert library.first_articles(3)[0] == library.articles()[:3]
    assert library.values("month")["2020-10"] == 2
    assert library.values("month", Filter(since=date(2021, 1, 1))) == {"2021-09": 1, "2022-04": 1}
    assert set(library.values("outlet", Filter(until=date(2018, 12, 31)))) == {"ĐX online"}
