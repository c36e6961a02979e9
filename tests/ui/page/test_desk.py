"""Where questions are answered: finished and kept though nobody follows, and what became of what is cited."""

import threading
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from index.errors import InputError
from index.library import EVERYTHING, Library
from index.types import Filter
from rag.types import Answer, Citation, Message, Statement, Suggestion
from tests.conftest import FakeEmbedder
from tests.ui.test_history import answer
from ui.answers import record
from ui.history import History
from ui.page.desk import Desk, fate
from ui.page.turns import answer_html


class SlowAssistant:
    """Answers when it is let."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.go = threading.Event()
        self.histories: list[list[Message]] = []

    def suggestions(self, answer: Answer) -> list[Suggestion]:
        return []

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
        who: str = "",
    ) -> Generator[Answer, None, None]:
        self.histories.append(list(history))
        yield Answer(question, question)
        assert self.go.wait(120)
        if question == "lỗi":
            raise RuntimeError("a bug")
        yield answer(question)


def test_an_answer_is_finished_and_kept_though_nobody_follows(
    library: Library, history: History
) -> None:
    assistant = SlowAssistant(library)
    desk = Desk(assistant, history)  # type: ignore[arg-type]
    job = desk.ask("", "  Cầu dài  bao nhiêu? ")
    assert job.question == "Cầu dài bao nhiêu?" and desk.job(job.conversation) is job
    assert history.turns(job.conversation)[0].record is None
    assistant.go.set()
    *_, last = job.follow()  # another page, later
    assert last is not None and last.done and desk.job(job.conversation) is None
    assert history.turns(job.conversation)[0].record == job.record
    again = desk.ask(job.conversation, "Rộng?")
    list(again.follow())
    assert [m.content for m in assistant.histories[1]] == ["Cầu dài bao nhiêu?", "486 m [1]"]


def test_a_bug_ends_the_job_and_another_question_stops_the_first(
    library: Library, history: History
) -> None:
    assistant = SlowAssistant(library)
    desk = Desk(assistant, history)  # type: ignore[arg-type]
    first = desk.ask("", "lỗi")
    second = desk.ask(first.conversation, "Rộng?")
    assert first.stop.is_set() and not second.stop.is_set()
    assistant.go.set()
    list(first.follow())
    list(second.follow())
    assert first.error == "" and second.error is None and second.record
    with pytest.raises(InputError):
        desk.ask("", "  ")


def test_citations_survive_what_happens_to_their_articles(tmp_path: Path) -> None:
    library = Library(tmp_path / "l", FakeEmbedder())
    path = tmp_path / "cau.txt"
    body = "Cầu An Hòa dài 486 m, rộng 12 m. " * 3
    path.write_text(f"Khánh thành cầu An Hòa\n\n{body}", "utf-8")
    library.add([path])
    (row,) = library.articles()
    article = library.article(row.id)
    kept = record(
        Answer("?", "?", text="486 m [1]", outcome="answered", statements=(Statement("486 m", (1,)),),
               citations=(Citation(1, article, 0, 32),), done=True)
    )  # fmt: skip
    assert fate(library, kept) == (kept, {})
    path.write_text(f"Khánh thành cầu An Hòa\n\nTin thêm.\n\n{body}", "utf-8")
    library.add([path])
    moved, gone = fate(library, kept)
    (quote,) = moved.citations
    assert gone == {} and library.article(row.id).body[quote.start : quote.end] == quote.quote
    path.write_text(f"Khánh thành cầu An Hòa\n\n{body.replace('486', '512')}", "utf-8")
    library.add([path])
    assert fate(library, kept)[1] == {1: "article_changed"}
    library.remove([row.id])
    assert fate(library, kept)[1] == {1: "article_gone"}
    text = answer_html(1, kept, "vi", fate(library, kept)[1])
    assert "đã bị xóa" in text and "486 m" in text
    library.close()
