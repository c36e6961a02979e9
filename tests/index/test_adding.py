"""Adding, again and again: renamed, changed, stopped, many in one file, corrected, copied, a full disk."""

import contextlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import InputError, LibraryError
from index.library import Library
from index.types import Filter
from rag.retrieve import retrieve
from tests.conftest import FakeEmbedder
from tests.index.stories import ENGLISH, STORIES, USUAL, jsonl, zipped
from ui.history import History

pytestmark = pytest.mark.usefixtures("each_store")


def by_title(library: Library) -> dict[str, str]:
    return {row.details.title or "": row.id for row in library.articles()}


def test_a_renamed_file_keeps_its_article_and_embeds_nothing(
    library: Library, folder: Path, fake_embedder: FakeEmbedder
) -> None:
    library.add([folder])
    before, fake_embedder.embedded = by_title(library), 0
    (folder / "0.txt").rename(folder / "renamed.txt")
    report = library.add([folder], prune=True)
    assert (report.unchanged, report.renamed, report.added, report.removed) == (6, 1, 0, 0)
    assert fake_embedder.embedded == 0 and by_title(library) == before
    article = library.article(before[STORIES[0].title])
    assert article.source == str(folder / "renamed.txt") and library.check().ok


def test_rows_are_articles_and_only_changed_ones_are_embedded_again(
    library: Library, folder: Path, fake_embedder: FakeEmbedder
) -> None:
    rows = folder / "rows.jsonl"
    for path in folder.glob("*.txt"):
        path.unlink()
    rows.write_bytes(jsonl(STORIES, ENGLISH))
    assert library.add([folder]).added == len(STORIES)
    first = by_title(library)
    fake_embedder.embedded = 0
    assert library.add([folder]).unchanged == len(STORIES) and fake_embedder.embedded == 0
    # One row goes, one comes in front, one changes: the others keep their ids.
    lines = rows.read_text("utf-8").split("\n")
    changed = lines[2].replace("3.046", "3.047")
    extra = json.dumps({"title": "Tin mới", "body": "Tỉnh vừa mở thêm một bến xe. " * 5})
    rows.write_text("\n".join([extra, lines[1], changed, *lines[3:]]), "utf-8")
    report = library.add([folder])
    assert (report.added, report.updated, report.removed) == (1, 1, 1)
    assert report.unchanged == len(STORIES) - 2
    assert fake_embedder.embedded == report.embedded_chunks == 2
    now = by_title(library)
    kept = [s.title for s in STORIES[1:]]
    assert all(now[title] == first[title] for title in kept)
    assert [Path(row.source).name for row in library.articles()] == [
        f"rows.jsonl#{n}" for n in range(1, 7)
    ]
    assert "3.047" in library.article(now[STORIES[2].title]).body and library.check().ok


def test_the_same_article_from_two_files_is_kept_once(library: Library, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(jsonl(STORIES[:2], ENGLISH))
    (folder / "b.zip").write_bytes(zipped({"b.jsonl": jsonl(STORIES[:2], USUAL)}))
    report = library.add([folder / "a.jsonl", folder / "b.zip"])
    assert (report.added, report.duplicates) == (2, 2)


def test_a_bad_row_fails_in_one_line_and_is_told_again(library: Library, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    rows.write_bytes(jsonl(STORIES[:2], ENGLISH) + b"\n{broken")
    for report in (library.add([rows]), library.add([rows])):
        assert [Path(f.path).name for f in report.failed] == ["rows.jsonl#3"]
    assert (report.unchanged, report.embedded_chunks) == (2, 0)


def test_stopped_in_the_middle_keeps_what_was_done(library: Library, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    rows = [
        {"title": f"Tin {n}", "body": f"Huyện {n} có {n} xã đạt chuẩn. " * 40} for n in range(120)
    ]
    many.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    stop = threading.Event()

    def progress(done: int, total: int, name: str, at: object) -> None:
        assert total in (1, 120) and name in (str(many), "")
        if done == 100:
            stop.set()

    report = library.add([many], progress=progress, stop=stop)
    assert report.stopped and report.added == 100 == library.counts()[0]
    again = library.add([many])
    assert (again.added, again.unchanged) == (20, 100) and library.check().ok


def test_corrections_hold_through_a_new_reading_and_can_be_undone(
    library: Library, folder: Path
) -> None:
    library.add([folder])
    article_id = by_title(library)[STORIES[0].title]
    article = library.correct(
        article_id,
        {"outlet": "Báo Bắc Kạn", "published": "29/9/2018", "place": "thai nguyen", "author": ""},
    )
    details = article.details
    assert (details.outlet, str(details.published), details.place, details.author) == (
        "Báo Bắc Kạn", "2018-09-29", "Thái Nguyên", None,
    )  # fmt: skip
    path = folder / "0.txt"
    path.write_text(path.read_text("utf-8").replace("27.415", "27.416"), "utf-8")
    assert library.add([folder]).updated == 1
    after = library.article(article_id)
    assert after.details == details and "27.416" in after.body
    only = Filter(outlet="Báo Bắc Kạn")
    vector = FakeEmbedder().query("người cao tuổi")
    assert library.search_vectors(vector, 5, only) and library.search_keywords("tuổi", 5, only)
    undone = library.correct(article_id, {}, ["outlet", "published", "place", "author"])
    assert (undone.details.outlet, undone.details.author) == (None, "Hà Thu")
    assert str(undone.details.published) == "2018-09-28" and library.check().ok


def test_a_corrected_title_is_found_and_embedded(
    library: Library, folder: Path, fake_embedder: FakeEmbedder
) -> None:
    library.add([folder])
    article_id = by_title(library)[STORIES[1].title]
    fake_embedder.embedded = 0
    library.correct(article_id, {"title": "Chuyện voọc chà vá"})
    (row,) = (row for row in library.articles() if row.id == article_id)
    assert fake_embedder.embedded == row.chunks
    hit = library.search_keywords("voọc", 1)[0]
    assert library.chunks([hit.chunk_id])[hit.chunk_id].article_id == article_id


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("body", "x", "no field"),
        ("published", "31/2/2020", "no date"),
        ("time", "25:00", "no time"),
        ("place", "Atlantis", "no province"),
    ],
)
def test_a_wrong_correction_is_one_line_and_changes_nothing(
    library: Library, folder: Path, field: str, value: str, says: str
) -> None:
    library.add([folder])
    article_id = library.articles()[0].id
    with pytest.raises(InputError, match=says):
        library.correct(article_id, {"outlet": "Báo X", field: value})
    assert library.article(article_id).details.outlet is None


def test_reprints_are_grouped_kept_and_count_once(library: Library, folder: Path) -> None:
    story = STORIES[3]
    long = story.body + "\n" + "\n".join(STORIES[5].paragraphs[1:3])
    papers = ["Báo Một", "Báo Hai", "Báo Ba"]
    for number, paper in enumerate(papers):
        sentences = long.split("\n")
        edited = [line for n, line in enumerate(sentences) if n != number + 1]
        text = "\n\n".join([f"{paper}: tàu cá lắp thiết bị", *edited, f"Nguồn: {paper}"])
        (folder / f"reprint-{number}.txt").write_text(text, "utf-8")
    report = library.add([folder])
    assert (report.added, report.near_copies) == (9, 4)
    rows = {row.id: row for row in library.articles()}
    grouped = [row for row in rows.values() if row.copies > 1]
    assert len(grouped) == 4 and len({row.story for row in grouped}) == 1
    found = retrieve(library, FakeEmbedder(), "tàu cá thiết bị giám sát", 8, Filter())
    told = [passage for passage in found if passage.article.id in {r.id for r in grouped}]
    assert [passage.copies for passage in told] == [4]
    # Without the one by whose id the story goes, the others still are one story.
    library.remove([grouped[0].story])
    left = [row for row in library.articles() if row.copies > 1]
    assert {row.copies for row in left} == {3} and len({row.story for row in left}) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.embedded
def test_a_full_disk_is_one_line_and_the_library_still_answers(
    small_disk: Path, tmp_path: Path
) -> None:
    embedder = FakeEmbedder()
    library = Library(small_disk / "l", embedder)
    library.add([_rows(tmp_path / "first.jsonl", 0, 40)])
    assert library.counts()[0] == 40
    history = History(small_disk / "l")
    history.begin("", "Huyện 7 có mấy xã?")
    history.close()
    with pytest.raises(LibraryError, match="free some space") as full:
        library.add([_rows(tmp_path / "many.jsonl", 40, 8000)])
    assert "\n" not in str(full.value)
    kept = library.counts()[0]
    assert 40 <= kept < 8000
    vector = embedder.query("Huyện 7 có xã đạt chuẩn")
    assert library.search_keywords("huyện", 5) and library.search_vectors(vector, 5)
    library.close()
    # Opened anew, the disk still full.
    with contextlib.suppress(OSError), (small_disk / "fill").open("ab", buffering=0) as fill:
        while True:
            fill.write(b"0" * 4096)
    library = Library(small_disk / "l", embedder)
    assert library.search_keywords("huyện", 5) and library.search_vectors(vector, 5)
    assert library.counts()[0] == kept
    library.close()
    history = History(small_disk / "l")
    assert [one.name for one in history.conversations("huyen")] == ["Huyện 7 có mấy xã?"]
    with pytest.raises(LibraryError, match="free some space"):
        for _ in range(1000):
            history.begin("", "Huyện 8 có mấy xã?" * 100)
    history.close()
    # With space again it goes on where it was.
    remount = ["mount", "-o", "remount,size=64m", str(small_disk)]
    subprocess.run(remount, check=True)
    library = Library(small_disk / "l", embedder)
    library.add([_rows(tmp_path / "few.jsonl", 8000, 8003)])
    assert library.counts()[0] == kept + 3 and library.check(repair=True).ok
    library.close()


def _rows(path: Path, first: int, last: int) -> Path:
    rows = [
        {"title": f"Tin {n}", "body": f"Huyện {n} có {n} xã đạt chuẩn, {n + 7} thôn mới. " * 30}
        for n in range(first, last)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path
