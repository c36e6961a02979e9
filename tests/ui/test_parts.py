"""How an article was read, as people see it: the page of a citation everywhere that one is told, where details
were found, what was left out."""

import io
import json

from docx2python import docx2python
from lxml import html

from index.types import Article, ArticleRow, Details, LeftOut
from rag.types import Answer, Citation, Statement
from ui import documents
from ui.answers import from_json, record, to_json
from ui.export import export
from ui.history import Turn
from ui.page.reading import article_html
from ui.page.turns import answer_html
from ui.parts import left_out_line, origin_words
from ui.terminal import answer_lines

BODY = "Cầu dài 142 m.\nVốn là 9 tỷ đồng.\nXã có 77 hộ."
DETAILS = Details("Cầu mới", "Báo Lộc Sơn", origins=(("title", "json_ld"), ("outlet", "corrected")))
PAGED = Article("a1b2", "/bao/1.pdf", DETAILS, BODY, pages=((0, 1), (15, 2), (33, 0)))
LEFT = (
    LeftOut("related", "Cầu cũ\nCầu tre\n<b>Chợ</b>", 3),
    LeftOut("comments", "Hay!", 5),
    LeftOut("menu", "Trang chủ"),
    LeftOut("comments", "Tốt!", 7),
)
QUOTED = ((0, 14), (15, 32), (33, len(BODY)))
ANSWER = Answer(
    "Cầu dài bao nhiêu?", "Cầu dài bao nhiêu?", text="142 m [1] [2] [3]", outcome="answered", done=True,
    statements=(Statement("142 m", (1, 2, 3)),),
    citations=tuple(Citation(n, PAGED, *at) for n, at in enumerate(QUOTED, 1)),
)  # fmt: skip


def exported(kind: str, language: str = "vi") -> bytes:
    return export([Turn(1, "Cầu?", record(ANSWER), 0.0)], "Cầu", kind, language)  # type: ignore[arg-type]


def test_a_citation_names_its_page_wherever_it_stands() -> None:
    kept = record(ANSWER)
    assert [one.page for one in kept.citations] == [1, 2, None]
    assert [one["page"] for one in to_json(kept)["citations"]] == [1, 2, None]
    chips = html.fromstring(answer_html(1, kept, "vi")).xpath("//a[@class='hb-cite']")
    assert [chip.text_content() for chip in chips] == [
        "1 · Báo Lộc Sơn, tr. 1",
        "2 · Báo Lộc Sơn, tr. 2",
        "3 · Báo Lộc Sơn",
    ]
    assert "p. 1" in answer_html(1, kept, "en")
    shown = "\n".join(answer_lines(ANSWER))
    assert "[2] Cầu mới · Báo Lộc Sơn · tr. 2\n" in shown and shown.count("tr. ") == 2


def test_exports_name_the_pages() -> None:
    markdown = exported("md").decode()
    assert "Báo Lộc Sơn, tr. 1: “Cầu dài" in markdown and markdown.count("tr. ") == 2
    assert "Báo Lộc Sơn, p. 2: " in exported("md", "en").decode()
    with docx2python(io.BytesIO(exported("docx"))) as read:
        assert "tr. 2: “Vốn" in str(read.footnotes)
    ris = exported("ris").decode()
    assert "SP  - 1" in ris and "EP  - 2" in ris
    assert 'pages = "1, 2"' in exported("bib").decode()
    assert json.loads(exported("json"))[0]["page"] == "1, 2"


def test_an_answer_that_an_older_version_kept_opens_without_pages() -> None:
    told = to_json(record(ANSWER))
    for one in told["citations"]:
        del one["page"]
    assert {one.page for one in from_json(told).citations} == {None}


def test_the_pane_tells_where_details_were_found_and_what_was_left_out() -> None:
    page = html.fromstring(article_html(PAGED, "vi", (15, 32), left_out=LEFT))
    assert page.xpath("//h2/@title") == ["Lấy từ: dữ liệu JSON-LD của trang"]
    assert page.xpath("//dt[.='Báo']/following-sibling::dd[1]/@title") == ["Lấy từ: sửa bằng tay"]
    assert page.xpath("//dt[.='Trang']/following-sibling::dd[1]/text()") == ["2"]
    (box,) = page.xpath("//details[not(@open)]")
    assert box.xpath("summary/text()") == ["Đã bỏ qua: 3 mục liên quan, 12 bình luận, trình đơn"]
    assert "Cầu tre" in box.xpath("p/text()") and "<b>Chợ</b>" in box.xpath("p/text()")
    old = html.fromstring(article_html(Article("a", "/a.txt", Details("Tin"), BODY), "vi"))
    assert not old.xpath("//details") and not old.xpath("//dt[.='Trang']")
    assert old.xpath("//h2/@title") == ["Lấy từ: không ghi lại"]


def test_left_out_in_words() -> None:
    assert left_out_line(LEFT, "en") == "Left out: related items (3), comments (12), menus"
    assert left_out_line((), "vi") == "" and left_out_line((LeftOut("new", "x"),), "vi")
    assert origin_words(DETAILS, "author", "vi") == "không ghi lại"


def test_show_tells_it_to_programs() -> None:
    row = ArticleRow("a1b2", "/bao/1.pdf", DETAILS, "Cầu dài", 1)
    told = documents.article(PAGED, row, LEFT)
    assert told["origins"] == {"title": "json_ld", "outlet": "corrected"} and told["body"] == BODY
    assert told["pages"] == [
        {"page": 1, "start": 0},
        {"page": 2, "start": 15},
        {"page": None, "start": 33},
    ]
    assert told["left_out"][0] == {"kind": "related", "text": LEFT[0].text, "items": 3}
