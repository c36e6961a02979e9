"""Dossiers: named sets of articles, which stay right whatever happens to the articles."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.backup import backup, restore
from index.errors import InputError
from index.library import Library
from index.repair import alone, repair
from index.types import Filter
from tests.conftest import FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_store")


def written(folder: Path, name: str, body: str, title: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    line = {"title": title or f"Tin {name}", "body": body, "published": "2021-03-04"}
    path.write_text(json.dumps(line) + "\n", "utf-8")
    return path


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    written(folder / "lũ", "một", "Lũ ở xã Thượng Lâm cuốn trôi 12 cây cầu tre trong đêm. " * 3)
    written(
        folder / "lũ", "hai", "Nước lũ ở thị trấn Hạ Bình rút chậm, chợ chưa họp lại được. " * 3
    )
    written(folder, "ba", "Trường mới ở xã Trung Sơn đón 340 học sinh vào lớp một năm nay. " * 3)
    return folder


@pytest.fixture
def ids(library: Library, bao: Path) -> dict[str, str]:
    library.add([bao])
    return {str(row.details.title).removeprefix("Tin "): row.id for row in library.articles()}


def test_made_by_hand_by_search_and_by_folder(
    library: Library, ids: dict[str, str], bao: Path
) -> None:
    dossiers = library.dossiers
    made = dossiers.new("  Bão   lũ 2021 ", [ids["một"]])
    assert (made.name, made.articles) == ("Bão lũ 2021", 1)
    found = [one.id for one in library.find("lũ", limit=None).articles]
    assert dossiers.add("bão LŨ 2021", found).articles == 2
    assert set(dossiers.below(bao / "lũ")) == {ids["một"], ids["hai"]}
    dossiers.new("Xã", [*dossiers.below(bao)])
    assert [(one.name, one.articles) for one in dossiers.all()] == [("Bão lũ 2021", 2), ("Xã", 3)]
    assert [one.name for one in dossiers.of(ids["hai"])] == ["Bão lũ 2021", "Xã"]
    assert dossiers.drop("Xã", [ids["hai"], "not-there"]).articles == 2
    assert dossiers.rename("Xã", "xã").name == "xã"
    dossiers.delete("xã")
    assert len(library.articles()) == 3 and len(dossiers.all()) == 1


def test_mistakes_are_one_line_and_change_nothing(library: Library, ids: dict[str, str]) -> None:
    dossiers = library.dossiers
    dossiers.new("Lũ", [ids["một"]])
    dossiers.new("Trường")
    for wrong in (
        lambda: dossiers.new("LŨ"),
        lambda: dossiers.new("  "),
        lambda: dossiers.new("Mới", ["none"]),
        lambda: dossiers.add("Lũ", [ids["hai"], "none"]),
        lambda: dossiers.rename("Trường", "lũ"),
        lambda: dossiers.below(Path("/nowhere")),
    ):
        with pytest.raises(InputError):
            wrong()
    with pytest.raises(InputError, match="Lũ, Trường"):
        dossiers.named("Lu")
    assert [(one.name, one.articles) for one in dossiers.all()] == [("Lũ", 1), ("Trường", 0)]


def test_asked_and_searched_alone(library: Library, ids: dict[str, str]) -> None:
    made = library.dossiers.new("Một bài", [ids["hai"]])
    empty = library.dossiers.new("Trống")
    only, none = Filter(dossier=made.number), Filter(dossier=empty.number)
    vector = FakeEmbedder().query("xã lũ cầu trường")
    for wanted, article_id in ((only, [ids["hai"]]), (none, [])):
        assert [row.id for row in library.articles(wanted)] == article_id
        hits = [
            *library.search_keywords("xã lũ", 9, wanted),
            *library.search_vectors(vector, 9, wanted),
        ]
        chunks = library.chunks([hit.chunk_id for hit in hits])
        assert sorted({chunk.article_id for chunk in chunks.values()}) == article_id
        found = library.find("lũ", wanted)
        assert [one.id for one in found.articles] == article_id and found.of == len(article_id)
    other = Filter(dossier=made.number, article_ids=(ids["một"],))
    assert not library.search_vectors(vector, 9, other)
    assert library.search_vectors(np.array(vector), 9)


def test_kept_right_under_trash_erasure_change_and_move(
    library: Library, ids: dict[str, str], bao: Path
) -> None:
    dossiers = library.dossiers
    dossiers.new("Lũ", [ids["một"], ids["hai"]])
    library.remove([ids["một"]])
    assert dossiers.named("Lũ").articles == 1
    library.restore([ids["một"]])
    assert dossiers.named("Lũ").articles == 2
    written(bao / "lũ", "hai", "Nước lũ ở thị trấn Hạ Bình đã rút, chợ họp lại từ sáng nay. " * 3)
    library.add([bao])
    assert set(dossiers.members(dossiers.named("Lũ"))) == {ids["một"], ids["hai"]}
    # The same article in another file, whose id is another one.
    line = (bao / "lũ" / "một.jsonl").read_text("utf-8")
    other = written(
        bao, "khác", "Chợ phiên vùng cao họp ngày chủ nhật, hàng hóa nhiều hơn năm ngoái. " * 3
    )
    other.write_text(line + other.read_text("utf-8"), "utf-8")
    (bao / "lũ" / "một.jsonl").unlink()
    library.notes.add(ids["một"], "xem lại")
    library.add([bao])
    (moved,) = [row for row in library.articles() if row.details.title == "Tin một"]
    assert moved.id != ids["một"] and moved.id in dossiers.members(dossiers.named("Lũ"))
    assert [one.note.article_id for one in library.notes.find()] == [moved.id]
    library.remove([moved.id], erase=True)
    assert dossiers.named("Lũ").articles == 1 and library.notes.find() == []


@pytest.mark.embedded
def test_kept_by_repair_and_backup(
    library: Library, ids: dict[str, str], tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    library.dossiers.new("Lũ", [ids["một"]])
    library.notes.add(ids["một"], "quan trọng", tags=["cầu"], quote="12 cây cầu tre")
    backup(library.folder, tmp_path / "kept.zip")
    library.close()
    with alone(library.folder):
        repair(library.folder, fake_embedder.identity)
    restore(tmp_path / "kept.zip", tmp_path / "elsewhere")
    for folder in (library.folder, tmp_path / "elsewhere"):
        again = Library(folder, fake_embedder)
        assert again.dossiers.members(again.dossiers.named("Lũ")) == [ids["một"]]
        (noted,) = again.notes.find(tag="cầu")
        assert noted.state == "same" and noted.note.text == "quan trọng"
        again.close()
