"""What leaves the program, read back by another library than the one that wrote it."""

import io
import json
from datetime import date

import pytest

from index.types import Article, Details
from rag.types import Answer, Citation, Statement
from ui.answers import record
from ui.export import FORMATS, export
from ui.history import Turn

BODY = "Sáng 20/11, tỉnh “Đồng Xuân” & các xã họp.\nCầu dài 486 m; chi phí 214 tỷ đồng {50%}."
ONE = Article(
    "7f3a00000000", "/bao/1.html",
    Details("Khánh thành cầu An Hòa & đường dẫn", "Báo Đồng Xuân", "Lê Minh, Trần Thị Hà",
            date(2019, 11, 20), "17:05", None, "https://baodongxuan.example/cau-an-hoa_1.htm"),
    BODY,
)  # fmt: skip
TWO = Article("88bb00000000", "/bao/2.txt", Details(title="Tin không ngày"), BODY)
TURNS = [
    Turn(1, "Cầu dài bao nhiêu?", record(Answer(
        "Cầu dài bao nhiêu?", "Cầu dài bao nhiêu?", text="486 m [1] [2]", outcome="answered",
        statements=(Statement("486 m", (1, 2)),),
        citations=(Citation(1, ONE, 43, len(BODY)), Citation(2, TWO, 43, len(BODY))), done=True,
    )), 0.0),
    Turn(2, "Chi phí?", record(Answer(
        "Chi phí?", "Chi phí?", text="214 tỷ đồng [1]", outcome="answered",
        statements=(Statement("214 tỷ đồng", (1,)),),
        citations=(Citation(1, ONE, 0, 42),), done=True,
    )), 0.0),
    Turn(3, "Bị ngắt?", None, 0.0),
]  # fmt: skip


def made(kind: str) -> bytes:
    return export(TURNS, "Cầu An Hòa", kind, "vi")


def test_markdown_has_a_footnote_for_each_citation() -> None:
    from markdown_it import MarkdownIt

    text = made("md").decode()
    assert text.count("[^1]") == 2 and "[^3]: Lê Minh, Trần Thị Hà" in text
    assert "486 m[^1][^2]" in text and "“Cầu dài 486 m; chi phí 214 tỷ đồng {50%}.”" in text
    assert "20/11/2019" in text and "https://baodongxuan.example/cau-an-hoa_1.htm" in text
    html = MarkdownIt().render(text)
    assert html.count("<h2>") == 2 and "Bị ngắt" not in html


def test_word_has_real_footnotes() -> None:
    from docx2python import docx2python

    with docx2python(io.BytesIO(made("docx"))) as read:
        text, notes = read.body_runs, str(read.footnotes)
        assert "Cầu An Hòa" in str(text) and "Chi phí?" in str(text)
    assert notes.count("Khánh thành cầu An Hòa & đường dẫn") == 2
    assert "Tin không ngày" in notes and "{50%}" in notes


def test_word_opens_in_python_docx_with_marks_at_the_statements() -> None:
    from docx import Document

    document = Document(io.BytesIO(made("docx")))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("486 m"))
    assert len(paragraph._p.xpath(".//w:footnoteReference")) == 2


def test_ris_read_by_another_library() -> None:
    from RISparser import readris

    first, second = list(readris(io.StringIO(made("ris").decode())))
    assert first["type_of_reference"] == "NEWS"
    assert first["title"] == "Khánh thành cầu An Hòa & đường dẫn"
    assert first["authors"] == ["Lê Minh", "Trần Thị Hà"]
    assert first["year"].startswith("2019") and "2019/11/20" in str(first)
    assert "https://baodongxuan.example/cau-an-hoa_1.htm" in str(first)
    assert "486 m" in str(first) and "Sáng 20/11" in str(first)  # both quotes, the article once
    assert second["title"] == "Tin không ngày" and "year" not in second


def test_bibtex_read_by_another_library() -> None:
    import bibtexparser

    read = bibtexparser.parse_string(made("bib").decode())
    assert not read.failed_blocks
    first, second = (entry.fields_dict for entry in read.entries)
    assert first["title"].value.replace("\\&", "&") == "Khánh thành cầu An Hòa & đường dẫn"
    assert first["journal"].value == "Báo Đồng Xuân" and first["year"].value == "2019"
    assert first["author"].value.replace("{", "").replace("}", "") == "Lê Minh and Trần Thị Hà"
    assert first["url"].value.replace("\\", "") == "https://baodongxuan.example/cau-an-hoa_1.htm"
    assert "486 m" in first["note"].value and "author" not in second


def test_csl_json_read_by_a_citation_processor() -> None:
    from citeproc import (
        Citation as Cited,
    )
    from citeproc import (
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    items = json.loads(made("json"))
    assert {item["type"] for item in items} == {"article-newspaper"}
    assert items[0]["issued"] == {"date-parts": [[2019, 11, 20]]} and "issued" not in items[1]
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Cited([CitationItem(items[0]["id"])]))
    (line,) = map(str, bibliography.bibliography())
    assert "Lê Minh" in line and "2019" in line and "Báo Đồng Xuân" in line


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_to_export_is_an_empty_document(kind: str) -> None:
    assert isinstance(export([], "Trống", kind, "en"), bytes)
