"""Questions that go on from an answer: they stay with its article where that tells it; "this article"."""

from pathlib import Path

import pytest

from index.library import Library
from index.types import Filter
from rag.assistant import Assistant
from rag.types import Answer, Message
from tests.conftest import SAMPLES, FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter

BRIDGE = "08-cau-an-hoa.txt"


@pytest.fixture
def assistant(library: Library, fake_embedder: FakeEmbedder) -> Assistant:
    library.add([SAMPLES])
    reader = ScriptedReader("62 hộ", "9.350 hội viên")
    return Assistant(library, fake_embedder, reader, ScriptedWriter("62"), threshold=0.3)  # type: ignore[arg-type]


def of(library: Library, file: str) -> str:
    """An article's id."""
    return next(row.id for row in library.articles() if Path(row.source).name == file)


def told(
    assistant: Assistant, question: str, cited: tuple[str, ...], only: Filter | None = None
) -> Answer:
    history = [
        Message("user", "Cầu An Hòa dài bao nhiêu mét?"),
        Message("assistant", "486 m [1]", cited),
    ]
    *_, answer = assistant.ask(question, history, only or Filter())
    return answer


def articles(answer: Answer) -> set[str]:
    return {Path(passage.article.source).name for passage in answer.passages}


def test_a_follow_up_stays_with_the_article_that_was_cited_where_that_tells_it(
    assistant: Assistant,
) -> None:
    bridge = of(assistant.library, BRIDGE)
    stays = told(assistant, "Bao nhiêu hộ được biểu dương?", (bridge,))
    assert articles(stays) == {BRIDGE} and "62" in stays.text
    assert "An Hòa" in stays.search_query
    flood = of(assistant.library, "06-lu-dong-xuan.txt")  # has none of what the reader finds
    assert len(articles(told(assistant, "Bao nhiêu hộ được biểu dương?", (flood,)))) > 1
    alone = told(assistant, "Tỉnh Đông Xuân có bao nhiêu hội viên nông dân?", (bridge,))
    assert len(articles(alone)) > 1 and alone.search_query == alone.question
    chosen = told(
        assistant, "Bao nhiêu hộ được biểu dương?", (flood,), Filter(article_ids=(bridge,))
    )
    assert articles(chosen) == {BRIDGE}


def test_this_article_is_the_one_that_was_cited_or_is_chosen(assistant: Assistant) -> None:
    bridge = of(assistant.library, BRIDGE)
    for cited, only in (((bridge,), Filter()), ((), Filter(article_ids=(bridge,)))):
        for question in ("Ai viết bài này?", "ai viet bai bao nay"):
            answer = told(assistant, question, cited, only)
            assert articles(answer) == {BRIDGE}
            author = assistant.library.article(bridge).details.author
            assert author and author in answer.text
    two = (bridge, of(assistant.library, "06-lu-dong-xuan.txt"))
    assert len(articles(told(assistant, "Ai viết bài này?", two))) > 1  # which one?
