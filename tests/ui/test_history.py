"""Conversations: kept, found, renamed, cut, deleted, through a restart; and followed while they grow."""

import gzip
import json
import sqlite3
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import InputError, LibraryError
from index.library import EVERYTHING, Library
from index.types import Article, Details, Filter
from rag.types import Answer, Citation, Message, Passage, Statement
from tests.conftest import FakeEmbedder
from ui.answers import Record, from_json, record, to_json
from ui.export import export
from ui.history import History
from ui.page import render
from ui.page.desk import Desk, fate
from ui.page.why import why_html

BODY = "Cầu An Hòa dài 486 m.\nCầu rộng 12 m."
ARTICLE = Article("a1", "/bao/cau.txt", Details(title="Cầu An Hòa", outlet="Báo ĐX"), BODY)


def answer(question: str = "Cầu dài bao nhiêu?", done: bool = True) -> Answer:
    return Answer(
        question,
        question,
        text="486 m [1]",
        outcome="answered",
        statements=(Statement("486 m", (1,)),),
        citations=(Citation(1, ARTICLE, 0, 21),),
        passages=(Passage(1, 1.0, 0.9, 7, ARTICLE, 0, len(BODY)),),
        done=done,
    )


def document(question: str = "Cầu dài bao nhiêu?") -> Record:
    return record(answer(question))


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History(tmp_path)
    yield made
    made.close()


def test_a_turn_is_kept_before_and_after_its_answer(history: History, tmp_path: Path) -> None:
    talk, turn = history.begin("", "Cầu An Hòa dài bao nhiêu mét?")
    again = History(tmp_path)  # after a crash, or in another process
    assert [(t.question, t.record) for t in again.turns(talk)] == [
        ("Cầu An Hòa dài bao nhiêu mét?", None)
    ]
    history.finish(turn, document())
    assert again.turns(talk)[0].record == document()
    (listed,) = again.conversations()
    assert (listed.id, listed.name, listed.turns) == (talk, "Cầu An Hòa dài bao nhiêu mét?", 1)
    again.close()


def test_search_finds_questions_answers_and_quotes_with_and_without_diacritics(
    history: History,
) -> None:
    bridge, turn = history.begin("", "Chiều dài của cây cầu?")
    history.finish(turn, document())
    flood, _ = history.begin("", "Mưa lũ làm bao nhiêu người chết?")
    for query, found in (
        ("cây cầu", [bridge]), ("cay cau", [bridge]), ("AN HÒA", [bridge]), ("486", [bridge]),
        ("mua lu", [flood]), ("cau lu", []), ("", [flood, bridge]), ("mưa lu", []),
        ('"*) OR (', []), ("ngườ", [flood]),
    ):  # fmt: skip
        assert [c.id for c in history.conversations(query)] == found, query


def test_rename_cut_and_delete(history: History) -> None:
    talk, first = history.begin("", "Một?")
    history.begin(talk, "Hai?")
    _, third = history.begin(talk, "Ba?")
    other, _ = history.begin("", "Khác?")
    history.begin(talk, "Khác hai?", history.turns(talk)[1].id)
    assert [turn.question for turn in history.turns(talk)] == ["Một?", "Khác hai?"]
    history.finish(third, document())  # its answer comes too late: nothing happens
    assert not history.conversations("ba")
    history.rename(talk, "  Chuyến  đi ")
    assert history.conversation(talk).name == "Chuyến đi"
    with pytest.raises(InputError, match="empty"):
        history.rename(talk, " ")
    history.delete(talk)
    assert [c.id for c in history.conversations()] == [other]
    with pytest.raises(InputError, match="deleted"):
        history.conversation(talk)
    assert history.turns(talk) == [] and first > 0


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(LibraryError, match="begin a new history"):
        History(tmp_path)


def test_a_thousand_conversations_are_listed_and_searched_by_index(history: History) -> None:
    for number in range(1000):
        _, turn = history.begin("", f"Câu hỏi số {number} về tỉnh {number % 7}")
    plan = history._db.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM conversation ORDER BY updated DESC LIMIT 100"
    ).fetchall()
    assert "USING" in plan[0][3] and "INDEX conversation_updated" in plan[0][3]
    assert len(history.conversations()) == 100
    assert [c.name for c in history.conversations("so 777")] == ["Câu hỏi số 777 về tỉnh 0"]


class SlowAssistant:
    """Answers when it is let."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.go = threading.Event()
        self.histories: list[list[Message]] = []

    def suggestions(self, answer: Answer) -> list[str]:
        return []

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
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


def test_an_article_without_a_title_goes_by_its_first_words() -> None:
    untitled = Article("a2", "/bao/2.txt", Details(), BODY)
    found = replace(
        answer(),
        citations=(Citation(1, untitled, 0, 21),),
        passages=(Passage(1, 1.0, 0.9, 7, untitled, 0, len(BODY)),),
    )
    shown = render.evidence_html(record(found), "vi")
    assert "<strong>Cầu An Hòa dài 486 m.</strong>" in shown


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
    text = render.chat_text(kept, "vi", fate(library, kept)[1])
    assert "đã bị xóa" in text and "486 m" in text
    library.close()


def test_a_conversation_of_0_5_opens(tmp_path: Path) -> None:
    old = Path(__file__).with_name("history-0.5.db.gz")
    (tmp_path / "history.db").write_bytes(gzip.decompress(old.read_bytes()))
    history = History(tmp_path)
    (talk,) = history.conversations("đại biểu")
    (turn,) = history.turns(talk.id)
    assert turn.record and turn.record.answer == "215 đại biểu [1]"
    assert "215 đại biểu" in turn.record.citations[0].quote
    assert "[[1]](#cite-" in render.chat_text(turn.record, "vi")
    assert "215" in export([turn], "x", "md", "vi").decode() and why_html(turn.record, "vi")
    history.close()


def test_a_record_comes_back_from_json() -> None:
    kept = document()
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


def test_an_answer_that_is_not_readable_leaves_the_rest(history: History, tmp_path: Path) -> None:
    talk, turn = history.begin("", "Một?")
    history.finish(turn, document("Một?"))
    _, other = history.begin(talk, "Hai?")
    history.finish(other, document("Hai?"))
    with sqlite3.connect(tmp_path / "history.db") as db:
        db.execute("UPDATE turn SET document = '{\"question\": 1}' WHERE id = ?", (turn,))
    first, second = history.turns(talk)
    assert first.record is None and second.record == document("Hai?")
