"""Questions to start with: only what the whole library answers as the article does."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.library import Library
from rag.asking import questions
from rag.question import Question
from rag.starting import starting
from rag.types import Answer, Candidate, Passage, Signals
from tests.conftest import SAMPLES


class Assistant:
    """Finds every question in the article that it was made from, but for those of `elsewhere`."""

    threshold = 0.5

    def __init__(self, library: Library, elsewhere: str = "") -> None:
        self.library = library
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
        sure = 0.1 if article.id == self._elsewhere else 0.9
        where = (made.start, made.end)
        return [Candidate(article, *where, where, Signals(1.0, 0.0, 0.0), sure)]

    def ask(self, text: str, who: str | None = "") -> Any:
        kind = "summary" if text.startswith("Tóm tắt") else "count"
        yield Answer(text, text, kind=kind, outcome="answered", done=True)  # type: ignore[arg-type]


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    library.add([SAMPLES])
    return library


def test_they_are_of_different_articles_and_kinds(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    assert len(found) == len({one.text for one in found}) == 6
    assert found[0].text.startswith("Tóm tắt bài “")
    assert len({one.article_id for one in found[:4]}) == 4
    again = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    assert again == found


def test_one_that_is_not_answered_surely_is_not_told(filled: Library) -> None:
    found = [one for one in starting(Assistant(filled)) if one]  # type: ignore[arg-type]
    gone = next(one for one in found[1:] if one.article_id)
    others = [one for one in starting(Assistant(filled, gone.article_id)) if one]  # type: ignore[arg-type]
    assert gone not in others and others


def test_an_empty_library_has_none(library: Library) -> None:
    assert [one for one in starting(Assistant(library)) if one] == []  # type: ignore[arg-type]
