"""A count and talk as they are kept, shown, copied and exported."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml.html import fragment_fromstring

from index.types import Article, Details
from rag.types import Answer, Citation, Count, Outcome, Passage, Statement, Suggestion
from tests.ui.page.told import Page, words
from tests.ui.test_history import answer, document
from ui.answers import Record, from_json, record, to_json
from ui.answers import document as told
from ui.export import export
from ui.history import History, Turn
from ui.page import render, turns
from ui.page.desk import Desk
from ui.page.talk import Talk
from ui.page.why import why_html
from ui.terminal import answer_lines

BODY = "Xã có cầu treo. Dân vui."
ARTICLE = Article("a1", "/a.txt", Details(title="Cầu mới", outlet="Báo Núi"), BODY)
LEAD = "1 bài nói về “cầu treo” (1 trong 8 bài)."
COUNTED = Answer(
    "Có bao nhiêu bài nói về cầu treo?", "Có bao nhiêu bài nói về cầu treo?", "count", "1",
    text=f"{LEAD}\n- Cầu mới (Báo Núi) [1]", outcome="answered", lead=LEAD,
    statements=(Statement("Cầu mới (Báo Núi)", (1,)),), citations=(Citation(1, ARTICLE, 0, 15),),
    passages=(Passage(1, 1.0, 0.0, 0, ARTICLE, 0, 15, keyword_rank=1),), count=Count(1, 8), done=True,
)  # fmt: skip
TALKED = Answer(
    "Cảm ơn", "Cảm ơn", "talk", text="Không có gì. Bạn cứ hỏi tiếp.", outcome="talk",
    suggestions=(Suggestion("Cầu mới dài bao nhiêu mét?", "a1"),), done=True,
)  # fmt: skip


def test_their_documents() -> None:
    counted, talked = told(record(COUNTED)), told(record(TALKED))
    assert counted["count"] == {"matching": 1, "of": 8, "undated": 0, "unreadable": 0}
    assert (counted["kind"], counted["short"], counted["outcome"]) == ("count", "1", "answered")
    assert (talked["kind"], talked["outcome"], talked["answered"]) == ("talk", "talk", False)
    assert talked["suggestions"] == [{"text": "Cầu mới dài bao nhiêu mét?", "article_id": "a1"}]
    assert talked["count"] is None
    for kept in (record(COUNTED), record(TALKED)):
        assert from_json(json.loads(json.dumps(to_json(kept)))) == kept


@pytest.mark.parametrize(
    ("answered", "stopped", "outcome"),
    [(True, False, "answered"), (True, True, "answered"), (False, True, "stopped"), (False, False, "refused")],
)  # fmt: skip
def test_an_older_document_gets_its_outcome(
    answered: bool, stopped: bool, outcome: Outcome
) -> None:
    older = to_json(document()) | {"answered": answered, "stopped": stopped}
    del older["outcome"], older["count"]
    kept = from_json(older)
    assert (kept.outcome, kept.answered) == (outcome, answered)
    assert kept.says_something == (outcome != "stopped")
    assert ("Đã dừng" in words(turns.answer_html(1, kept, "vi"))) == stopped


def test_a_count_is_a_number_with_a_list_of_articles() -> None:
    drawn = turns.answer_html(1, record(COUNTED), "vi")
    answer_ = fragment_fromstring(drawn)
    assert answer_.findtext("p[@class='hb-short']") == "1"
    assert answer_.findtext("p[@class='hb-lead']") == "bài nói về “cầu treo” (1 trong 8 bài)."
    link = answer_.find("ul/li/a")
    assert link.get("href").startswith("#cite-a1-0-15") and "hb-unsure" not in drawn
    assert "Cầu mới" in render.evidence_html(record(COUNTED), "vi")
    assert "Cầu mới" in why_html(record(COUNTED), "vi")
    none = replace(COUNTED, lead="0 bài (0 trong 8 bài).", short="0", count=Count(0, 8))
    none = replace(none, statements=(), citations=(), passages=())
    assert words(turns.answer_html(1, record(none), "vi")).startswith("0bài (0 trong 8 bài).")
    assert answer_lines(COUNTED)[0].startswith(LEAD)


def test_talk_is_its_words_and_no_refusal() -> None:
    assert words(turns.answer_html(1, record(TALKED), "vi")) == TALKED.text
    assert TALKED.suggestions[0].text in render.suggestions_html(record(TALKED), "vi")
    assert answer_lines(TALKED) == [TALKED.text, f"  ? {TALKED.suggestions[0].text}"]


def test_a_count_is_exported_with_its_articles() -> None:
    told_ = [Turn(1, COUNTED.question, record(COUNTED), 0.0)]
    assert "Cầu mới (Báo Núi)[^1]" in export(told_, "x", "md", "vi").decode()
    assert b"TI  - C" in export(told_, "x", "ris", "vi")


@pytest.fixture
def kept(history: History) -> Iterator[str]:
    """A conversation with an answer and thanks behind it."""
    conversation, turn = history.begin("", "Cầu dài?")
    history.finish(turn, record(answer("Cầu dài?")))
    _, turn = history.begin(conversation, "Cảm ơn")
    history.finish(turn, record(TALKED))
    yield conversation


def copied(page: Page, conversation: str) -> str:
    page.play(page.talk.open(page.view, conversation, "vi"))
    page.play(page.talk.copy(page.view, conversation, "vi"))
    return str(page.shown["clip"])


def test_what_is_copied_and_exported_is_the_answer_and_not_the_thanks(
    page: Page, kept: str
) -> None:
    assert "486 m[^1]" in copied(page, kept) and page.shown["note"] == ""
    page.play(page.talk.export(page.view, kept, "all", "md", "vi"))
    text = Path(page.shown["file"]["value"]).read_text("utf-8")
    assert "486 m" in text and "Cảm ơn" not in text


def test_of_thanks_alone_there_is_nothing_to_copy(
    page: Page, history: History, desk: Desk, talk: Talk
) -> None:
    conversation, turn = history.begin("", "Cảm ơn")
    thanks: Record = record(TALKED)
    history.finish(turn, thanks)
    assert copied(page, conversation) == "" and "Chưa có câu trả lời nào" in page.shown["note"]
    assert talk.answered(conversation) == [] and desk.job(conversation) is None
