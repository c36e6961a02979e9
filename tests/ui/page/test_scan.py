"""The words of a scan that may be misread, as the page and the terminal show them."""

import json
from argparse import Namespace
from dataclasses import replace
from types import SimpleNamespace

import pytest
from lxml import html

from index.types import Article, ArticleRow, AtPage, Details, Doubt
from rag.check.problem import Problem
from ui.cli.articles import show
from ui.page.reading import article_html
from ui.page.render import progress_html
from ui.problems import worded

BODY = "Cầu <b>dài 486 m.\nCó 12 xã."
SCAN = Article(
    "a", "/a.png", Details(title="T"), BODY,
    doubts=(Doubt(11, 14, 61.4, 2, (1, 2, 3, 4), b"\x89PNG"), Doubt(18, 20, 0.0, 3)),
)  # fmt: skip


def test_doubtful_words_are_marked_and_a_figure_has_its_picture_beside_it() -> None:
    page = html.fromstring(article_html(SCAN, "vi", (0, 13)))
    marked = page.findall(".//span[@class='hb-doubt']")
    # The quote ends within the first: both parts are marked, and the text is whole.
    assert [mark.text for mark in marked] == ["48", "6", "Có"]
    assert "trang 2, độ chắc 61%" in marked[0].get("title")
    assert marked[2].get("title") == "Chữ đọc từ ảnh, chưa chắc (trang 3)"
    assert marked[0].find("img").get("src").startswith("data:image/png;base64,")
    assert page.find(".//mark").text_content() == BODY[:13]
    said = page.find(".//div[@class='hb-body']").text_content()
    assert [line.strip() for line in said.split("\n") if line.strip()] == BODY.split("\n")
    assert not html.fromstring(article_html(replace(SCAN, doubts=()), "vi", (0, 13))).findall(
        ".//span[@class='hb-doubt']"
    )


def test_a_scan_tells_its_pages_and_the_time_left() -> None:
    said = html.fromstring(progress_html(4, 5, "/a.pdf", 9.0, "vi", AtPage(3, 20, 136.0)))
    assert "trang 3/20" in said.text_content() and "2 phút" in said.text_content()
    first = html.fromstring(progress_html(4, 5, "/a.pdf", 9.0, "en", AtPage(1, 20)))
    assert "page 1 of 20" in first.text_content() and "left" not in first.text_content()


def test_the_reason_is_told_in_both_languages() -> None:
    problem = Problem("scanned", ("486",))
    assert "“486”: chữ đọc từ ảnh, chưa chắc" in worded(problem, "vi")
    assert "was read from a picture" in worded(problem, "en")


def test_show_tells_the_doubtful_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library = SimpleNamespace(
        article=lambda _: SCAN,
        left_out=lambda _: (),
        articles=lambda _: [ArticleRow("a", "/a.png", SCAN.details, "Cầu", 1)],
    )
    monkeypatch.setattr("ui.cli.articles.open_library", lambda _: (library, None))
    show(Namespace(library=None, id="a", json=False, left_out=False))
    said = capsys.readouterr().out
    assert "2 words were read from a picture" in said and "“486”  page 2, 61%" in said
    show(Namespace(library=None, id="a", json=True))
    (first, _) = json.loads(capsys.readouterr().out)["doubtful"]
    assert first == {"start": 11, "end": 14, "text": "486", "confidence": 61, "page": 2}
