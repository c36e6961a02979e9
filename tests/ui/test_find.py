"""Exact search in words: counts with what could not be counted, HTML without markup of articles, CSV that is no
formula, mistakes in Vietnamese."""

import csv
import io
import json
from datetime import date

import pytest

from index.errors import InputError
from index.find.found import Facet, Found, FoundArticle, Group, Place
from index.find.query import parsed
from ui import documents
from ui.errors import told, warned
from ui.finding import count_line, group_lines
from ui.page.find import found_html, narrowed
from ui.spreadsheet import places, table

EVIL = "<img src=x onerror=alert(1)>"
BODY = f"Ông An nói: =HYPERLINK(1) {EVIL}"
ONE = FoundArticle(
    "ab12", f"=1+1 {EVIL}", EVIL, "@sum", date(2019, 3, 1), None, "/bao/1.txt", True,
    (Place(12, 25, "Ông An nói: ", "=HYPERLINK(1)", f" {EVIL}"),), 2,
)  # fmt: skip
NO_PLACE = FoundArticle("cd34", "Tin", None, None, None, None, "+x", True, (), 0)
GROUPS = (
    Group("month", (Facet("2019-03", 1, 4),), 1),
    Group("outlet", (Facet(EVIL, 1, 2),), 1),
)
FOUND = Found(37, 412, 12, 0, 3, GROUPS, (ONE, NO_PLACE))


def test_the_counts_say_of_how_many_and_what_could_not_be_counted() -> None:
    said = "37 trong 412 bài; 12 bài không rõ ngày, 3 bài chưa tìm được"
    assert count_line(FOUND, "vi") == said
    assert count_line(FOUND, "en") == "37 of 412 articles; 12 undated, 3 not searchable yet"
    assert count_line(Found(1, 2, 0, 0, 0, (), ()), "vi") == "1 trong 2 bài"
    first, *_ = group_lines(FOUND)
    assert "2019-03 1/4" in first and "unknown 1" in first


def test_what_articles_hold_is_text_on_the_page_and_opens_at_its_words() -> None:
    html = found_html(FOUND, "vi")
    assert EVIL not in html and "&lt;img" in html
    assert 'href="#cite-ab12-12-25"' in html and "<mark>=HYPERLINK(1)</mark>" in html
    assert 'href="#cite-cd34-0-0"' in html
    assert 'data-narrow="month=2019-03"' in html and "1/4" in html and "03/2019" in html


def test_a_click_on_a_count_narrows_the_query() -> None:
    for query, what, wanted in (
        ("lũ", "month=2019-06", "lũ date:2019-06"),
        ("lũ OR bão", "outlet=Báo X", '(lũ OR bão) outlet:"Báo X"'),
        ("lũ", 'place=a" OR "b', 'lũ place:"a  OR  b"'),
    ):
        assert narrowed(what, query) == wanted
        parsed(wanted)


def test_no_cell_is_a_formula_and_every_place_is_a_row() -> None:
    data = places(FOUND)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["article_id"] for row in rows] == ["ab12", "cd34"]
    first = rows[0]
    assert first["quote"] == "'=HYPERLINK(1)" and first["title"].startswith("'=1+1")
    assert (first["author"], first["start"], first["end"]) == ("'@sum", "12", "25")
    assert BODY[int(first["start"]) : int(first["end"])] == first["quote"][1:]
    assert first["published"] == "2019-03-01" and rows[1]["source"] == "'+x"
    cells = ["-1", " =a", "\t=a", "a\x00\u202eb\nc", "1.000", None, 5]
    ((*row,),) = list(csv.reader(io.StringIO(table([], [cells]).decode("utf-8-sig"), newline="")))[
        1:
    ]
    assert row == ["'-1", "' =a", "'\t=a", "ab\nc", "1.000", "", "5"]


def test_the_document_has_counts_quotes_and_offsets() -> None:
    document = json.loads(json.dumps(documents.find("an", FOUND, 0.1234)))
    assert document["count"] == {
        "matching": 37, "of": 412, "undated": 12, "unknown": 0, "unreadable": 3,
    }  # fmt: skip
    assert document["by"]["month"] == {
        "counts": [{"value": "2019-03", "matching": 1, "of": 4}],
        "unknown": 1,
    }
    place = document["results"][0]["places"][0]
    assert BODY[place["start"] : place["end"]] == place["quote"]


def test_a_mistake_is_told_in_the_language_of_the_page() -> None:
    with pytest.raises(InputError) as raised:
        parsed("cầu AND")
    said = "câu tìm sai ở cột 8, chỗ “…”: thiếu một từ ở đây"
    assert told(raised.value.line, "vi") == said
    assert warned(raised.value.line, "vi") == f"⚠ C{said[1:]}"  # on the page a sentence of its own
    assert "here a word is missing" in told(raised.value.line, "en")
