"""Conversations: kept, found, renamed, cut, deleted, through a restart; also those of version 0.5."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.config import TrashSettings
from index.errors import InputError, LibraryError
from index.types import Article, Details
from rag.types import Answer, Citation, Passage, Statement
from ui.answers import Record, from_json, record, to_json
from ui.export import export
from ui.history import History
from ui.page.turns import answer_html
from ui.page.why import why_html

pytestmark = pytest.mark.usefixtures("each_store")

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
    second = history.turns(talk)[1].id
    _, instead = history.begin(talk, "Khác hai?")
    assert len(history.turns(talk)) == 4  # nothing goes before there is an answer
    history.finish(instead, document("Khác hai?"), second)
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


def test_deleted_it_waits_in_the_trash_and_comes_back_whole(history: History) -> None:
    talk, turn = history.begin("", "Cầu dài bao nhiêu?")
    history.finish(turn, document())
    before = history.turns(talk)
    history.delete(talk)
    assert (history.conversations(), history.conversations("cau")) == ([], [])
    assert history.turns(talk) == [] and [one.id for one in history.trash()] == [talk]
    history.finish(turn, document("Quá muộn?"))  # an answer under way is kept nowhere
    other, _ = history.begin(talk, "Rộng?")  # its page still shows it
    assert other != talk
    history.delete(other)
    history.delete("unknown")
    assert [one.title for one in history.trash()] == ["Rộng?", "Cầu dài bao nhiêu?"]
    assert history.restore([talk, talk, "unknown"]) == 1
    assert history.turns(talk) == before and history.conversations("cau")[0].id == talk


@pytest.mark.parametrize("way", ["empty", "30 days"])
@pytest.mark.embedded
def test_erased_it_is_gone_from_every_file(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path)
    gone, _ = history.begin("", "Zaprufox ở đâu?")
    _, turn = history.begin(gone, "Cầu dài?")
    history.finish(turn, replace(document(), answer="Quokkavast."))
    kept, _ = history.begin("", "Wyvernmulp?")
    (tmp_path / "history.db.1").write_text("Zaprufox")  # of an older version

    def holds(word: str) -> bool:
        files = [path.read_bytes().lower() for path in tmp_path.iterdir()]
        return any(word.encode() in data for data in files)

    history.delete(gone)
    assert holds("zaprufox")
    if way == "empty":
        assert history.empty_trash() == 1
    else:
        history.close()
        monkeypatch.setattr("ui.history.TRASH", TrashSettings(-1.0))
        history = History(tmp_path)
    assert not holds("zaprufox") and not holds("quokkavast") and holds("wyvernmulp")
    assert [one.id for one in history.conversations()] == [kept] and history.trash() == []
    history.close()


@pytest.mark.embedded
def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "history.db").write_bytes(b"no database at all " * 100)
    with pytest.raises(LibraryError, match="begin a new history"):
        History(tmp_path)


@pytest.mark.embedded
def test_a_thousand_conversations_are_listed_and_searched_by_index(
    history: History, tmp_path: Path
) -> None:
    for number in range(1000):
        _, turn = history.begin("", f"Câu hỏi số {number} về tỉnh {number % 7}")
    with sqlite3.connect(tmp_path / "history.db") as db:
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM conversation ORDER BY updated DESC LIMIT 100"
        ).fetchall()
    assert "USING" in plan[0][3] and "INDEX conversation_updated" in plan[0][3]
    assert len(history.conversations()) == 100
    assert [c.name for c in history.conversations("so 777")] == ["Câu hỏi số 777 về tỉnh 0"]


@pytest.mark.embedded
def test_a_conversation_of_0_5_opens(tmp_path: Path) -> None:
    old = Path(__file__).with_name("history-0.5.db.gz")
    (tmp_path / "history.db").write_bytes(gzip.decompress(old.read_bytes()))
    history = History(tmp_path)
    (talk,) = history.conversations("đại biểu")
    (turn,) = history.turns(talk.id)
    assert turn.record and turn.record.answer == "215 đại biểu [1]"
    assert "215 đại biểu" in turn.record.citations[0].quote
    assert 'href="#cite-' in answer_html(1, turn.record, "vi")
    assert "215" in export([turn], "x", "md", "vi").decode() and why_html(turn.record, "vi")
    history.delete(talk.id)
    assert history.restore([talk.id]) == 1 and history.turns(talk.id) == [turn]
    history.close()
    assert (tmp_path / "history.db.1").exists()


def test_a_record_comes_back_from_json() -> None:
    kept = document()
    assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


@pytest.mark.embedded
def test_an_answer_that_is_not_readable_leaves_the_rest(history: History, tmp_path: Path) -> None:
    talk, turn = history.begin("", "Một?")
    history.finish(turn, document("Một?"))
    _, other = history.begin(talk, "Hai?")
    history.finish(other, document("Hai?"))
    with sqlite3.connect(tmp_path / "history.db") as db:
        db.execute("UPDATE turn SET document = '{\"question\": 1}' WHERE id = ?", (turn,))
    first, second = history.turns(talk)
    assert first.record is None and second.record == document("Hai?")
