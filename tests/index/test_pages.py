"""On which page of its file a word stands, from the file to the article."""

import io
from pathlib import Path

import pytest
from docx import Document as new_docx
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from index import reading
from index.library import Library
from index.metadata import parse
from index.pages import cut, mark, marked, moved
from index.reading import Document
from index.types import Article, Details
from tests.conftest import FakeEmbedder
from tests.index.stories import VN


def read(name: str, data: bytes) -> Article:
    """The one article of a file, cleaned."""
    (found,) = reading.read(name, data, {})
    assert isinstance(found, Document)
    details, body = parse(found.text, found.details)
    return Article("a", name, details, body, pages=moved(found.pages, found.text, body))


def page(article: Article, words: str) -> int | None:
    return article.page(article.body.index(words))


def pdf(*pages: list[str]) -> bytes:
    import matplotlib

    for name, file in VN.items():
        pdfmetrics.registerFont(TTFont(name, f"{matplotlib.get_data_path()}/fonts/ttf/{file}"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number, lines in enumerate(pages, 1):
        canvas.setFont("D", 8)
        canvas.drawString(50, 822, "Báo Lộc Sơn, số 77")
        canvas.drawString(300, 20, str(number))
        canvas.setFont("D", 10)
        for n, line in enumerate(lines):
            canvas.drawString(50, 780 - 13 * n, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_paragraph_over_a_pages_end_knows_both_pages_and_what_was_left_out_is_told() -> None:
    data = pdf(
        [
            *(
                "Huyện Lộc Sơn khánh thành cầu treo",
                "",
                "Sáng nay, huyện Lộc Sơn khánh thành cây cầu",
            ),
            "treo bắc qua suối Mai, lối sang của bà con, dài",
        ],
        [],
        ["142 m, nối hai bản vùng cao. Vốn là 9 tỷ đồng.", "", "", "Nguồn: Báo Lộc Sơn"],
    )
    article = read("a.pdf", data)
    assert "dài 142 m, nối" in article.body and article.title.startswith("Huyện Lộc Sơn")
    assert page(article, "Sáng nay") == 1 and page(article, "con, dài") == 1
    assert page(article, "142 m") == page(article, "9 tỷ") == page(article, "Nguồn") == 3
    (found,) = reading.read("a.pdf", data, {})
    assert isinstance(found, Document) and found.pages[0] == (0, 1)
    left = {one.kind: one.text for one in found.left_out}
    assert "Báo Lộc Sơn, số 77" in left["margin"] and "142" not in str(left)


def word(*paragraphs: str) -> Article:
    """Of a Word file: "^" where Word noted that a page begins, "|" where its writer began one."""
    document = new_docx()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for piece in text.replace("^", "\n^\n").replace("|", "\n|\n").split("\n"):
            if piece == "^":
                paragraph.add_run()._r.append(OxmlElement("w:lastRenderedPageBreak"))
            elif piece == "|":
                paragraph.add_run().add_break(WD_BREAK.PAGE)
            else:
                paragraph.add_run(piece)
    out = io.BytesIO()
    document.save(out)
    return read("a.docx", out.getvalue())


def test_words_own_breaks_and_the_writers_are_counted_once() -> None:
    found = word(
        "Báo cáo trồng rừng",
        "Xã trồng 40 ha quế, ^đạt 80% kế hoạch.|",
        "^Năm sau, xã trồng 65 ha.",
        "||",
        "Hết.",
    )
    assert "quế, đạt 80%" in found.body
    assert [page(found, said) for said in ("Xã trồng", "đạt 80%", "Năm sau", "Hết")] == [1, 2, 3, 5]


def test_where_only_the_writer_broke_pages_long_ones_are_not_counted() -> None:
    short = word("Tin ngắn", "Đoạn một.", "|", "Đoạn hai.")
    assert page(short, "một") == 1 and page(short, "hai") == 2
    assert word("Tin dài", "Xã có 9 thôn. " * 300, "|", "Đoạn hai.").pages == ()
    assert word("Không ngắt trang", "Xã có 9 thôn.").pages == ()


def test_of_a_table_over_pages_the_page_is_not_known_and_behind_it_is() -> None:
    document = new_docx()
    document.add_paragraph("Diện tích rừng của ba xã.")
    table = document.add_table(3, 2)
    for row, cells in zip(table.rows, (("Xã", "Rừng (ha)"), ("Lộc Mai", "12"), ("Lộc An", "34"))):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    table.cell(2, 0).paragraphs[0].runs[0]._r.insert(0, OxmlElement("w:lastRenderedPageBreak"))
    document.add_paragraph("Cả ba xã đều vượt kế hoạch.")
    out = io.BytesIO()
    document.save(out)
    found = read("a.docx", out.getvalue())
    assert "\f" not in found.body and page(found, "Cả ba xã") == 2
    assert page(found, "Lộc Mai") is None and page(found, "Lộc An") is None


@pytest.mark.parametrize(
    ("text", "body", "pages"),
    [
        pytest.param("Tít\nMột.\n\f2\fHai.", "Một.\nHai.", ((0, 1), (5, 2)), id="a line is gone"),
        pytest.param("Một\n\f2\fhai.", "Một hai.", ((0, 1), (4, 2)), id="lines are joined"),
        pytest.param("Một.\n\f2\fTrang 2\n\f3\fBa.", "Một.\nBa.", ((0, 1), (5, 3)), id="a page is gone"),
        pytest.param("\f4\f• Bốn.\n\f5\f“Năm.”", "Bốn.\n“Năm.”", ((0, 4), (5, 5)), id="begins later"),
        pytest.param("Một.", "Một.", (), id="no pages"),
    ],
)  # fmt: skip
def test_pages_are_counted_in_the_cleaned_text(
    text: str, body: str, pages: tuple[tuple[int, int], ...]
) -> None:
    plain, known = cut(text)
    assert "\f" not in plain and moved(known, plain, body) == pages


def test_a_word_broken_over_pages_keeps_its_place() -> None:
    line = marked("Cầu (dài 142 m) xong.", ["Cầu", "(dài 142 m) xong."], [1, 2])
    assert line == "Cầu " + mark(2) + "(dài 142 m) xong."


def test_a_line_cut_in_pieces_keeps_its_pages() -> None:
    half = "Xã có 9 thôn và 12 km đường. " * 300
    text, pages = cut(half + mark(2) + "Ở đây có 77 hộ. " + half)
    _, body = parse(f"Tin\n{text}")
    assert body.count("\n") > 0
    article = Article("a", "a", Details(), body, pages=moved(pages, text, body))
    at = body.index("Ở đây")
    assert article.page(at) == 2 and article.page(at - 2) == 1


def test_pages_are_stored_and_stay_when_an_article_is_corrected(
    tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["Huyện Lộc Sơn mở chợ.", "", "Chợ rộng 3 ha."], ["Vốn là 9 tỷ đồng."]))
    library = Library(tmp_path / "l", fake_embedder)
    (added,) = library.add([path]).articles
    before = library.article(added.id)
    assert page(before, "3 ha") == 1 and page(before, "9 tỷ") == 2
    library.correct(added.id, {"outlet": "Báo Lộc Sơn"})
    after = library.article(added.id)
    assert after.pages == before.pages and dict(after.details.origins)["outlet"] == "corrected"
    assert library.left_out(added.id)
    library.remove([added.id])
    library.restore([added.id])
    assert library.article(added.id).pages == before.pages and library.left_out(added.id)
    library.remove([added.id], erase=True)
    assert library.left_out(added.id) == ()
    library.close()
