"""Questions to start with: only what the whole library answers as the article does."""

import re
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.library import Library
from rag.asking import questions
from rag.question import Question
from rag.starting import starting
from rag.suggest import first_questions
from rag.types import Answer, Candidate, Count, Passage, Signals
from tests.conftest import SAMPLES


class Assistant:
    """Finds every question in the article that it was made from, but for those of `elsewhere`."""

    threshold = 0.5

    def __init__(self, library: Library, elsewhere: str = "", counted: int = 2) -> None:
        self.library = library
        self._counted = counted
        self._made: dict[str, Any] = {}
        articles = [library.article(row.id) for row in library.articles()]
        for article in articles:
            for made in questions(article):
                self._made.setdefault(made.text, (made, made.article))
        self._elsewhere = elsewhere

    def search(self, text: str) -> list[Passage]:
        return [SimpleNamespace(text=text)]  # type: ignore[list-item]

    def read(self, question: Question, passages: Sequence[Any]) -> list[Any]:
        made, article = self._made[passages[0].text]
        sure = 0.1 if self._elsewhere in (article.id, "all") else 0.9
        where = (made.start, made.end)
        return [Candidate(article, *where, where, Signals(1.0, 0.0, 0.0), sure)]

    def ask(self, text: str, who: str | None = "") -> Any:
        kind = "summary" if text.startswith("Tóm tắt") else "count"
        count = Count(self._counted, 10) if kind == "count" else None
        yield Answer(text, text, kind=kind, outcome="answered", count=count, done=True)  # type: ignore[arg-type]


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    library.add([SAMPLES])
    return library


def test_they_are_of_different_articles_and_kinds(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    assert len(found) == len({one.text for one in found}) == 6
    assert found[0].text.startswith("Tóm tắt bài “")
    assert found[1].text in {
        f"Có bao nhiêu bài nói về {place}?" for place in ("Đông Xuân", "Tây Lâm")
    }
    assert len({one.article_id for one in found}) == 6
    again = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    assert again == found


def test_one_that_is_not_answered_surely_is_not_told(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    gone = next(one for one in found[1:] if one.article_id)
    others = [one for one in starting(Assistant(filled, gone.article_id)) if one]  # type: ignore[arg-type]
    assert gone not in others and others


def test_each_names_what_it_is_about(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled), 30) if one]  # type: ignore[arg-type]
    for one in found:
        assert re.search("Đông Xuân|Tây Lâm|An Hòa|Tóm tắt bài", one.text), one.text
        assert "Vương Đình Sách" not in one.text
    asked = {one.text.partition("bao nhiêu")[2] or one.text for one in found}
    assert len(asked) == len(found)  # of two provinces the same is asked once


def test_a_place_of_which_no_article_speaks_is_not_counted(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled, counted=0)) if one]  # type: ignore[arg-type]
    assert not [one for one in found if "bao nhiêu bài" in one.text]


def test_where_nothing_is_answered_there_are_more_summaries(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled, "all")) if one]  # type: ignore[arg-type]
    assert len(found) == len({one.text for one in found}) == 6
    assert all(one.text.startswith("Tóm tắt bài “") for one in found if one.article_id)


def test_who_only_talks_is_told_questions_that_name_what_they_are_about(filled: Library) -> None:
    articles = [filled.article(row.id) for row in filled.articles()]
    found = [one.text for one in first_questions(articles, 30)]
    assert "Đảng ủy Khối các cơ quan tỉnh Tây Lâm kiểm tra bao nhiêu tổ chức đảng?" in found
    assert all(re.search("Đông Xuân|Tây Lâm|An Hòa", one) for one in found), found


@pytest.mark.parametrize(
    ("file", "question"),
    [
        ("05", "Đảng ủy Khối các cơ quan tỉnh Tây Lâm kiểm tra bao nhiêu tổ chức đảng?"),
        ("06", "Mưa lũ làm bao nhiêu người chết ở Đông Xuân?"),
        ("09", "Tây Lâm có bao nhiêu thí sinh dự thi vào lớp 10?"),
    ],
)
def test_what_a_title_names_is_asked_by_its_name(
    library: Library, file: str, question: str
) -> None:
    library.add([next(SAMPLES.glob(f"{file}*"))])
    (row,) = library.articles()
    made = {one.text: one for one in questions(library.article(row.id))}
    assert question in made
    one = made[question]
    assert one.answer.split()[0] in one.article.body[one.start : one.end]


def test_an_empty_library_has_none(library: Library) -> None:
    assert [one for one in starting(Assistant(library)) if one] == []  # type: ignore[arg-type]
