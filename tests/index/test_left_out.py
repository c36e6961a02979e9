"""What is in a file and not in its article is told with its kind, and each detail with where it was found."""

import io
from pathlib import Path

import pytest
from docx import Document as new_docx

from index import reading
from index.clean import clean_details
from index.config import LEFT_OUT
from index.left_out import left_out
from index.library import Library
from index.metadata import parse
from index.reading import Document
from index.types import Details, LeftOut
from tests.conftest import FakeEmbedder

pytestmark = pytest.mark.usefixtures("each_store")

PAGE = """<html><head><meta charset="utf-8"><title>Chợ Lộc Mai mở lại - Báo Lộc Sơn</title>
<meta property="og:site_name" content="Báo Lộc Sơn">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Chợ Lộc Mai mở lại",
"datePublished": "2024-03-08T07:45:00+07:00"}</script></head><body>
<nav><a href="/">Trang chủ</a> <a href="/kt">Kinh tế</a></nav>
<h1>Chợ Lộc Mai mở lại</h1>
<article class="fck_detail"><p>Sáng 8/3, chợ Lộc Mai mở lại sau bốn tháng sửa, rộng 3.200 m2 với 140 sạp.</p>
<figure><img src="a.jpg"><figcaption>Tiểu thương bày hàng. Ảnh: Lê Na</figcaption></figure>
<p>Ban quản lý cho biết phí mỗi sạp là 250.000 đồng một tháng, thu từ tháng tư.</p>
<div class="box-info"><p>Vốn sửa chợ: 11,4 tỷ đồng</p></div>
<p style="display:none">Chữ ẩn không ai thấy.</p></article>
<div class="box-tinlienquan"><h3>Tin liên quan</h3><ul><li><a href="/1">Chợ Lộc An cháy 12 sạp hàng</a></li>
<li><a href="/2">Xã Lộc Hà xây chợ mới</a></li><li><a href="/3">Giá gạo lên 500 đồng mỗi ký</a></li></ul></div>
<div id="box_comment"><h3>Ý kiến (2)</h3>
<div class="item-cmt"><p>Chợ mới rộng hơn trước nhiều.</p><span>Thích 3</span></div>
<div class="item-cmt"><p>Phí 300.000 đồng thì đắt quá.</p><span>Thích 9</span></div></div>
<p class="tags">Từ khóa: chợ, Lộc Mai</p>
<footer><p>Giấy phép số 99/GP do Sở cấp.</p></footer></body></html>"""


def told(name: str, data: bytes) -> tuple[Details, str, tuple[LeftOut, ...]]:
    (found,) = reading.read(name, data, {})
    assert isinstance(found, Document)
    details, body = parse(found.text, clean_details(found.details))
    return details, body, left_out(found.left_out, found.text, details, body)


def test_of_a_page_every_part_is_in_the_article_or_told() -> None:
    _, body, left = told("a.html", PAGE.encode())
    for said in ("3.200 m2", "250.000 đồng", "Ảnh: Lê Na", "Vốn sửa chợ: 11,4 tỷ đồng"):
        assert said in body and said not in str(left)
    by_kind: dict[str, list[LeftOut]] = {}
    for one in left:
        by_kind.setdefault(one.kind, []).append(one)
    assert sum(one.items for one in by_kind["related"]) == 3
    assert sum(one.items for one in by_kind["comments"]) == 2
    assert "đắt quá" in by_kind["comments"][0].text and "cháy 12 sạp" in by_kind["related"][0].text
    assert "Kinh tế" in by_kind["menu"][0].text and "99/GP" in by_kind["foot"][0].text
    assert "Chữ ẩn" not in str(left) and "Chợ Lộc Mai mở lại" not in [one.text for one in left]


def test_of_a_copied_page_the_lines_that_went_are_told() -> None:
    text = "\n".join(
        ["Chợ Lộc Mai mở lại", "Chia sẻ", "16:17 06/11/2020", "Chợ rộng 3.200 m2 với 140 sạp hàng."]
        + ["Chợ xây từ năm 1996.", "Tin liên quan", "Chợ Lộc An cháy", "Ý kiến (9)", "Đắt quá!"]
    )
    _, body, left = told("a.txt", text.encode())
    assert body == "Chợ rộng 3.200 m2 với 140 sạp hàng.\nChợ xây từ năm 1996."
    assert [(one.kind, one.text) for one in left] == [
        ("share", "Chia sẻ"), ("related", "Tin liên quan\nChợ Lộc An cháy"),
        ("comments", "Ý kiến (9)\nĐắt quá!"),
    ]  # fmt: skip


def test_heads_feet_and_deleted_words_of_a_word_file_are_told() -> None:
    document = new_docx()
    document.sections[0].header.paragraphs[0].text = "Báo Lộc Sơn, số 77"
    document.add_paragraph("Chợ rộng 3.200 m2 với 140 sạp.")
    out = io.BytesIO()
    document.save(out)
    _, body, left = told("a.docx", out.getvalue())
    assert "số 77" not in body and left == (LeftOut("running_head", "Báo Lộc Sơn, số 77"),)


def test_only_so_much_is_kept() -> None:
    parts = tuple(LeftOut("comments", f"{n} " * 300, 1) for n in range(1, 60))
    left = left_out(parts, "Thân bài.", Details(), "Thân bài.")
    assert 0 < len(left) < 60
    assert sum(len(one.text) for one in left) <= LEFT_OUT.characters + len(left)


@pytest.mark.parametrize(
    ("name", "text", "origins"),
    [
        (
            "a.html", PAGE,
            {"title": "json_ld", "published": "json_ld", "time": "json_ld", "outlet": "meta"},
        ),
        ("a.csv", "title,body,date\nChợ mới,Chợ rộng 3.200 m2.,2024-03-08\n",
         {"title": "column", "published": "column"}),
        ("a.md", "---\ntitle: Chợ mới\n---\nChợ rộng 3.200 m2.\n", {"title": "head"}),
        ("a.txt", "Chợ Lộc Mai mở lại\n16:17 06/11/2020\nChợ rộng 3.200 m2.\nBài: Lê Văn Na\n",
         {"title": "text", "published": "text", "time": "text", "author": "text"}),
        ("a.txt", "UBND HUYỆN LỘC SƠN\nSố: 12/BC-UBND\nLộc Sơn, ngày 5 tháng 9 năm 2024\nBÁO CÁO\n"
         "Kết quả trồng rừng\nQuý II, huyện trồng 120 ha rừng.",
         {"title": "letterhead", "published": "letterhead"}),
        ("a.txt", "Chợ mở lại\nChợ rộng 3.200 m2.\nhttps://baolocson.example/cho-1.html",
         {"title": "text", "url": "text", "outlet": "address"}),
    ],
)  # fmt: skip
def test_each_detail_says_where_it_was_found_and_no_other(
    name: str, text: str, origins: dict[str, str]
) -> None:
    details, _, _ = told(name, text.encode())
    assert dict(details.origins) == origins


def test_an_undated_article_stays_undated_whenever_its_file_was_saved(
    tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    path = tmp_path / "cho-2024-03-08.txt"
    path.write_text("Chợ mở lại\nChợ rộng 3.200 m2 với 140 sạp.", "utf-8")
    library = Library(tmp_path / "l", fake_embedder)
    (added,) = library.add([path]).articles
    found = library.article(added.id).details
    assert found.published is None and dict(found.origins) == {"title": "text"}
    library.close()
