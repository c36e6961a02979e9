"""Correction notices: told from reports about one, and put with the article that they correct."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import InputError
from index.library import Library
from index.notice.notices import notices
from tests.conftest import FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_store")

ARTICLE = (
    "Phường Tân Mai trồng 850 cây xanh\n02/06/2021\n"
    "Phường Tân Mai đã trồng 850 cây xanh dọc kênh.\nKinh phí 1,2 tỷ đồng do dân góp."
)
NOTICE = (
    "Đính chính\n04/06/2021\n"
    "Trong bài “Phường Tân Mai trồng 850 cây xanh” đăng ngày 2/6/2021, số cây xin đọc là 580 cây, không phải "
    "850 cây. Tòa soạn xin cáo lỗi."
)


def added(library: Library, folder: Path, **texts: str) -> dict[str, str]:
    """The texts as articles of the library, one `add` each, in order; their ids."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
        library.add([folder / f"{name}.txt"])
    return {Path(row.source).stem: row.id for row in library.articles()}


def links(library: Library) -> list[tuple[str, str, str]]:
    names = {row.id: Path(row.source).stem for row in library.articles()}
    return [(names[one.notice], names[one.article], one.state) for one in library.notices.links()]


@pytest.mark.parametrize("order", [("a", "n"), ("n", "a")])
def test_linked_whichever_comes_first_and_through_trash_and_back(
    library: Library, tmp_path: Path, order: tuple[str, str]
) -> None:
    texts = {"a": ARTICLE, "n": NOTICE}
    ids = added(library, tmp_path, **{name: texts[name] for name in order})
    linked = [("n", "a", "linked")]
    assert links(library) == linked
    (put,) = library.notices.put_right([ids["a"]])
    assert put.pair.wrong and put.pair.right
    assert (put.pair.wrong.text, put.pair.right.text) == ("850 cây", "580 cây")
    body = library.article(ids["n"]).body
    assert body[put.pair.right.start : put.pair.right.end] == "580 cây"
    assert [library.article(ids["a"]).body[a:b] for a, b in put.spots] == [
        "Phường Tân Mai đã trồng 850 cây xanh dọc kênh."
    ]
    for one in ids.values():
        library.remove([one])
        assert not links(library)
        library.restore([one])
        assert links(library) == linked
    (tmp_path / "a.txt").unlink()
    library.add([tmp_path], prune=True, sure=lambda *_: True)
    assert not links(library)
    added(library, tmp_path, a=ARTICLE)
    assert links(library) == linked and library.check().ok
    added(library, tmp_path, a=ARTICLE.replace("850", "580"))  # put right in the article itself
    assert not links(library) or not library.notices.put_right([ids["a"]])[0].spots


def test_what_a_user_decided_stays_until_it_is_erased(
    library: Library, tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    undated = NOTICE.replace(" đăng ngày 2/6/2021", "").replace("04/06/2021", "04/06/2023")
    ids = added(library, tmp_path, a=ARTICLE, n=undated)
    assert links(library) == [("n", "a", "offered")]
    assert not library.notices.put_right([ids["a"]])
    library.notices.decide(ids["n"], ids["a"], right=True)
    assert links(library) == [("n", "a", "confirmed")] and library.notices.put_right([ids["a"]])
    library.remove([ids["a"]])
    library.restore([ids["a"]])
    assert links(library) == [("n", "a", "confirmed")]
    library.notices.decide(ids["n"], ids["a"], right=False)
    assert not links(library)
    library.close()
    library = Library(tmp_path / "library", fake_embedder)
    added(library, tmp_path, a=ARTICLE + " Xong.")
    assert not links(library)  # refused stays refused
    library.remove([ids["a"]], erase=True)
    added(library, tmp_path, a=ARTICLE)
    assert [state for *_, state in links(library)] == ["offered"]
    with pytest.raises(InputError):
        library.notices.decide(ids["n"], "none", right=True)
    library.close()


def test_one_that_fits_two_articles_is_offered_for_both(library: Library, tmp_path: Path) -> None:
    other = (
        "Phường Tân Mai trồng 850 cây xanh\n02/06/2021\n"
        "Sáng qua bà con ra quân, 850 cây được đưa về các ngõ.\nTrường học cũng mở hội hoa, chợ sửa mái."
    )
    added(library, tmp_path, a=ARTICLE, b=other, n=NOTICE)
    assert sorted(links(library)) == [("n", "a", "offered"), ("n", "b", "offered")]


def test_one_at_the_foot_of_its_own_article(library: Library, tmp_path: Path) -> None:
    text = f"{ARTICLE}\nĐính chính: Bản tin ghi kinh phí 1,2 tỷ đồng là sai; con số đúng là 2,1 tỷ đồng. "
    ids = added(library, tmp_path, a=text + "Tòa soạn xin lỗi bạn đọc.")
    assert links(library) == [("a", "a", "linked")]
    (put,) = library.notices.put_right([ids["a"]])
    body = library.article(ids["a"]).body
    assert put.pair.right and put.pair.right.text == "2,1 tỷ đồng"
    assert [body[a:b] for a, b in put.spots] == ["Kinh phí 1,2 tỷ đồng do dân góp."]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Bài “Chợ quê vắng khách” ghi 38 hộ là chưa chính xác; con số đúng là 83 hộ.", "38 hộ", "83 hộ"),
        ("Thay vì 480 m² trong bài “Chợ quê vắng khách”, xin đọc là 840 m².", "480 m²", "840 m²"),
        ("Bài “Chợ quê vắng khách” xin sửa “Nhật Bản” thành “Hàn Quốc”.", "Nhật Bản", "Hàn Quốc"),
        ("Bài “Chợ quê vắng khách” viết nhầm bà Lò Thị Mai thành bà Lò Thị Mơ.", "Lò Thị Mơ", "Lò Thị Mai"),
        ("Trưởng bản là ông Giàng A Páo chứ không phải ông Giàng A Pó như bài “Chợ quê vắng khách” đã nêu.",
         "Giàng A Pó", "Giàng A Páo"),
        ("Bài “Chợ quê vắng khách”: chợ cách huyện không phải 14 km mà là 41 km.", "14 km", "41 km"),
        ("Trong bài “Chợ quê vắng khách”, chợ có 53 sạp (bài đã ghi 35 sạp).", "35 sạp", "53 sạp"),
        ("Bài “Chợ quê có 38 sạp hàng” (3/5/2020) ghi sai số sạp. Số đúng: 83 sạp.", "38 sạp", "83 sạp"),
        ("Bài “Chợ quê vắng khách” hôm 3/5: chợ họp ngày 18/5 thay vì ngày 8/5.", "8/5", "18/5"),
        ("The article “A village market closes” said 90 stalls; it is 60 stalls, not 90 stalls.",
         "90 stalls", "60 stalls"),
    ],
)  # fmt: skip
def test_what_was_wrong_and_what_is_right(text: str, wrong: str, right: str) -> None:
    (one,) = notices("Đính chính", None, f"{text} Tòa soạn xin lỗi bạn đọc.")
    assert one.title and one.title.split()[0] in ("Chợ", "A")
    (pair,) = one.pairs
    assert pair.wrong and pair.right
    assert (pair.wrong.text.split(" hàng")[0], pair.right.text) == (wrong, right)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Sở Y tế đính chính số ca mắc",
            "Sở Y tế cho biết số ca là 12, không phải 21 như tin trước đó.",
        ),
        (
            "Đính chính Nghị định 12",
            "Chính phủ sửa “30 ngày” thành “20 ngày” tại Điều 5, bài viết nêu.",
        ),
        (
            "Hội thảo về cải chính",
            "Diễn giả nói bài “Chợ quê vắng khách” phải cải chính. Bạn đọc vỗ tay.",
        ),
        (
            "Báo Mai bị yêu cầu cải chính",
            "Công ty nói bài “Chợ quê vắng khách” sai. Bạn đọc chờ tòa soạn.",
        ),
    ],
)
def test_a_report_about_a_correction_is_no_notice(title: str, body: str) -> None:
    assert notices(title, None, body) == ()


@pytest.mark.embedded
def test_the_articles_of_an_older_version_are_looked_through(
    tmp_path: Path, library: Library, fake_embedder: FakeEmbedder
) -> None:
    added(library, tmp_path, a=ARTICLE, n=NOTICE)
    library.close()
    with closing(sqlite3.connect(tmp_path / "library" / "library.db")) as db, db:
        db.execute("DELETE FROM notice")
        db.execute("DELETE FROM notice_link")
        db.execute("UPDATE meta SET value = '0' WHERE key = 'notices'")
    with closing(Library(tmp_path / "library", fake_embedder)) as again:
        assert links(again) == [("n", "a", "linked")]
