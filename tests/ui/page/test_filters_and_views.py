"""The filters as they are clicked, and the views that are drawn from documents: text in, safe HTML out."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from index.errors import InputError
from index.library import Library
from index.types import Article, ArticleRow, Details, Filter
from rag.check.problem import Problem
from rag.series import Value
from rag.types import Citation, Passage, Statement, Suggestion
from tests.conftest import SAMPLES
from tests.ui.page.told import words
from tests.ui.test_history import BODY, answer, document
from ui.answers import Reread, Seen, record
from ui.page.filters import Chosen, chips_html, chosen, worded
from ui.page.overview import values_html
from ui.page.reading import article_html
from ui.page.render import article_table, evidence_html, suggestions_html
from ui.page.turns import answer_html
from ui.page.why import why_html


def test_a_click_sets_a_filter_and_another_takes_it_back() -> None:
    one = Chosen().changed("month=2019-02")
    assert (one.since, one.until) == ("01/02/2019", "28/02/2019")
    assert Chosen(since="2019-02-01", until="28/02/2019").changed("month=2019-02") == Chosen()
    assert one.changed("month=2019-02") == Chosen()
    assert one.changed("year=2020").only() == Filter(date(2020, 1, 1), date(2020, 12, 31))
    assert Chosen().changed("month=2024-12").until == "31/12/2024"
    two = one.changed("outlet=Báo A=B").changed("place=Bắc Kạn")
    assert (two.outlet, two.place) == ("Báo A=B", "Bắc Kạn")
    assert two.changed("outlet=Báo A=B").changed("drop=place") == one
    three = Chosen().changed("article=x").changed("article=y")
    assert three.only().article_ids == ("x", "y")
    assert three.changed("drop=articles:x").articles == "y"
    assert three.changed("article=x").articles == "y"
    assert Chosen().changed("nonsense=1") == Chosen() == chosen([None, " ", "", "", ""])
    with pytest.raises(InputError, match="is no date"):
        Chosen(since="hôm qua").only()


def test_chips_name_what_they_take_away(library: Library) -> None:
    library.add([SAMPLES])
    (row, *_), _ = library.first_articles(1, text="cau an hoa")
    chips = html.fromstring(
        f"<div>{chips_html(library, Chosen('2019-01-01', '', '<b>', '', f'{row.id} gone'), 'en')}</div>"
    )
    assert [chip.findtext("b") for chip in chips] == [
        "01/01/2019", "<b>", row.details.title, "(removed)"
    ]  # fmt: skip
    buttons = chips.findall(".//button")
    assert buttons[0].get("data-filter") == "drop=since"
    assert buttons[0].get("aria-label") == "Remove the filter From: 01/01/2019"
    assert buttons[2].get("data-filter") == f"drop=articles:{row.id}"


def test_days_are_shown_as_they_are_said(library: Library) -> None:
    said = worded(library, Chosen("2019-01-31", "1/2/2019"), "vi")
    assert said == ["Từ ngày: 31/01/2019", "Đến ngày: 01/02/2019"]
    days = (date(2019, 12, 1), None, date(2020, 1, 31), date(2019, 2, 28))
    rows = [ArticleRow("a", "/a", Details(published=day), "T", 1) for day in days]
    cells = [row[3] for row in article_table(rows)]
    seen = [html.fromstring(f"<td>{cell}</td>").text_content() for cell in sorted(cells)]
    assert seen == ["", "28/02/2019", "01/12/2019", "31/01/2020"]  # in the order of the days


def test_a_problem_is_told_in_one_language() -> None:
    problem = Problem("absent", ("846",))
    told = document()
    (line,) = told.statements
    told = replace(told, statements=(replace(line, verified=False, problems=(problem,)),))
    assert "846” không có trong đoạn trích" in words(answer_html(1, told, "vi"))
    assert "is not in the quote" not in words(answer_html(1, told, "vi"))
    assert "not verified: “846”" in words(answer_html(1, told, "en"))


def test_why_shows_text_as_text_and_without_an_answer_a_hint() -> None:
    reread = Reread("<script>alert(1)</script>", (("486 <b>m", -0.1),))
    told = replace(document(), opinions=(reread,), filters=("Báo: <i>",))
    page = html.fromstring(why_html(told, "vi"))
    assert not page.findall(".//script") and not page.findall(".//i")
    assert "<script>alert(1)</script>" in page.findtext(".//pre")
    assert "486 <b>m" in page.text_content()
    assert "hb-hint" in why_html(None, "vi")
    assert suggestions_html(told, "vi") == ""


def test_suggestions_and_consulted_articles_are_escaped() -> None:
    asked = replace(document(), suggestions=(Suggestion("A'B <b>?", "a1"),))
    button = html.fromstring(f"<div>{suggestions_html(asked, 'vi')}</div>").find(".//button")
    assert button.get("data-ask") == button.text == "A'B <b>?"
    assert button.get("data-article") == "a1"
    article = Article("a", "/a", Details(title="T"), "Thân bài.")
    others = [Seen(1, 0.0, i, f"<i>{i}", 0, 3, "Bài") for i in ("a", "b", "c", "b")]
    page = html.fromstring(article_html(article, "vi", (0, 4), (), others))
    assert [a.text for a in page.findall(".//ul//a")] == [
        "<i>b",
        "<i>c",
    ]  # itself is not among them


def test_values_are_rows_with_their_day_and_doubt() -> None:
    article = Article("a", "/a", Details(title="T", published=date(2019, 7, 4)), "Kết nạp 94.")
    undated = Article("b", "/b", Details(title="U"), "Kết nạp 61.")
    wrong = Problem("absent", ("61",))
    rows = [
        Value(2019, Statement("Kết nạp 94", (1,), (), "Đông Xuân"), Citation(1, article, 0, 11)),
        Value(2017, Statement("Kết nạp 61", (2,), (wrong,), "<b>"), Citation(2, undated, 0, 11)),
        Value(None, Statement("Kết nạp 61", (2,)), Citation(2, undated, 0, 11)),
    ]  # fmt: skip
    cells = [
        [cell.text_content() for cell in row.findall("td")]
        for row in html.fromstring(values_html(rows, "vi")).findall(".//tbody/tr")
    ]
    assert [row[0] for row in cells] == ["04/07/2019", "2017", "không rõ"]
    assert cells[1] == ["2017", "<b>", "Kết nạp 61 [2] ⚠ “61” không có trong đoạn trích"]
    assert "Không bài nào" in values_html([], "vi")


def test_an_article_without_a_title_goes_by_its_first_words() -> None:
    untitled = Article("a2", "/bao/2.txt", Details(), BODY)
    found = replace(
        answer(),
        citations=(Citation(1, untitled, 0, 21),),
        passages=(Passage(1, 1.0, 0.9, 7, untitled, 0, len(BODY)),),
    )
    shown = evidence_html(record(found), "vi")
    assert "<strong>Cầu An Hòa dài 486 m.</strong>" in shown
