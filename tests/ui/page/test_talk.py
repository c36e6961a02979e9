"""Whoever clicks what while an answer is under way: copied, exported and asked in order, nothing lost. The
assistant of these tests goes on when it is told to."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.types import Filter
from rag.types import Outcome
from tests.ui.page.told import NO_FILTER, Beside, Page, Told, ended
from ui.history import History
from ui.page.desk import Desk
from ui.page.talk import Talk
from ui.text import say

# -- copying and exporting ---------------------------------------------------------------------


def test_copying_waits_for_the_answer_and_then_copies_it(page: Page, assistant: Told) -> None:
    page.begin(page.ask("Cầu dài?"))
    copying = Beside(page, page.talk.copy(page.view, page.current, "vi"))
    copying.next()
    assert page.shown["clip"] == ""
    copying.next()
    assert say("copy_waits", "vi") in page.shown["note"]
    assistant.finish("Cầu dài?")
    copying.rest()
    assert "486 m[^1]" in page.shown["clip"] and "[^1]: " in page.shown["clip"]


def test_exporting_waits_for_the_answer_and_then_exports_it(page: Page, assistant: Told) -> None:
    page.begin(page.ask("Cầu dài?"))
    exporting = Beside(page, page.talk.export(page.view, page.current, "all", "md", "vi"))
    exporting.next()
    exporting.next()
    assert say("export_waits", "vi") in page.shown["said"]
    assistant.finish("Cầu dài?")
    exporting.rest()
    assert page.shown["said"] == ""
    written = Path(page.shown["file"]["value"])
    assert written.name == "Cầu dài.md" and "486 m[^1]" in written.read_text("utf-8")


def test_a_copy_of_an_answer_that_failed_or_was_stopped_is_none_and_says_so(
    page: Page, assistant: Told, desk: Desk
) -> None:
    for question, key in (("Bị hỏng?", "answer_failed"), ("Bị dừng?", "answer_stopped")):
        assistant.finish("Một?")
        page.play(page.ask("Một?"))
        page.begin(page.ask(question))
        copying = Beside(page, page.talk.copy(page.view, page.current, "en"))
        copying.next()
        copying.next()
        if key == "answer_stopped":
            page.talk.stop(page.view, page.current)
        assistant.finish(question)
        copying.rest()
        assert page.shown["clip"] == ""  # not the answer before it
        assert say(key, "en") in page.shown["note"]
        page.play(page.talk.copy(page.view, page.current, "en"))  # nor later
        assert page.shown["clip"] == "" and say(key, "en") in page.shown["note"]
        page.play(page.talk.export(page.view, page.current, "all", "md", "vi"))
        text = Path(page.shown["file"]["value"]).read_text("utf-8")
        ended_as = say("failed" if key == "answer_failed" else "stopped", "vi")
        assert "Một?" in text and f"## {question}\n\n{ended_as}" in text
        assert "Không tìm thấy" not in text
        page.play(page.talk.new(page.view, "vi"))


def test_nothing_is_copied_or_exported_where_there_is_nothing(
    page: Page, assistant: Told, history: History
) -> None:
    page.play(page.talk.copy(page.view, "", "vi"))
    assert say("nothing_to_export", "vi") in page.shown["note"] and page.shown["clip"] == ""
    page.play(page.talk.export(page.view, "", "all", "docx", "vi"))
    assert say("nothing_to_export", "vi") in page.shown["said"]
    assistant.finish("Một?")
    page.play(page.ask("Một?"))
    history.delete(page.current)  # in another window
    page.play(page.talk.copy(page.view, page.current, "vi"))
    assert say("talk_gone", "vi") in page.shown["note"] and page.shown["clip"] == ""
    page.play(page.talk.export(page.view, page.current, "last", "docx", "vi"))
    assert say("talk_gone", "vi") in page.shown["said"] and "value" not in page.shown["file"]


def test_who_went_to_another_conversation_is_given_no_copy_of_the_last(
    page: Page, assistant: Told
) -> None:
    page.begin(page.ask("Một?"))
    copying = Beside(page, page.talk.copy(page.view, page.current, "vi"))
    copying.next()
    copying.next()
    page.play(page.talk.new(page.view, "vi"))
    assert page.shown["note"] == ""
    assistant.finish("Một?")
    copying.rest()
    assert (page.shown["note"], page.shown["clip"]) == ("", "")


# -- asking -----------------------------------------------------------------------------------


def test_a_second_click_asks_no_second_question(
    page: Page, assistant: Told, desk: Desk, history: History
) -> None:
    page.begin(page.ask("Một?"))
    job = desk.job(page.current)
    page.play(page.ask(" "))  # the field is empty by then
    page.begin(page.ask(" Một? "))  # or it is not
    assert desk.job(page.current) is job
    assistant.finish("Một?")
    ended(job)
    assert [turn.question for turn in history.turns(page.current)] == ["Một?"] == assistant.asked
    page.play(page.ask("Một?"))  # answered: asked again it is a question again
    assert len(history.turns(page.current)) == 2


def test_with_other_filters_or_after_a_stop_it_is_another_question(
    page: Page, assistant: Told, desk: Desk, history: History
) -> None:
    page.begin(page.ask("Một?"))
    page.begin(page.ask("Một?", fields=("2020-01-01", "", "", "", "")))
    page.talk.stop(page.view, page.current)
    page.begin(page.ask("Một?", fields=("2020-01-01", "", "", "", "")))
    assert len(history.turns(page.current)) == 3
    assistant.finish("Một?")
    ended(desk.job(page.current))


def test_another_question_takes_the_page_over(page: Page, assistant: Told, desk: Desk) -> None:
    first = page.begin(page.ask("Một?"))
    job = desk.job(page.current)
    taking = Beside(page, page.ask("Hai?"))
    page.play(first)  # the frame that had left already came before
    taking.begin()
    assert job and job.stop.is_set() and page.chat[2:] == ["Hai?", "nháp Hai?"]
    assistant.finish("Một?")
    ended(job)
    assistant.finish("Hai?")
    taking.rest()
    assert page.chat[0] == "Một?" and "486 m" in page.chat[3]
    assert say("overtaken", "vi") in page.chat[1]  # also of what ended meanwhile


def test_what_cannot_be_asked_goes_back_into_the_field_and_disturbs_nothing(
    page: Page, assistant: Told, history: History, desk: Desk
) -> None:
    growing = page.begin(page.ask("Một?"))
    for question, fields, says in (
        ("Hai?", ("hôm qua", "", "", "", ""), "không phải ngày"),
        ("?!", NO_FILTER, "Câu hỏi trống"),
        ("dài " * 1000, NO_FILTER, "tối đa là 2000"),
    ):
        page.play(page.ask(question, fields=fields))
        assert page.shown["question"] == question and says in page.shown["note"]
    assert not desk.job(page.current).stop.is_set()  # type: ignore[union-attr]
    assistant.finish("Một?")
    page.play(growing)
    assert "486 m" in page.chat[1] and len(history.turns(page.current)) == 1


@pytest.mark.parametrize(
    ("question", "fields"),
    [("  ", NO_FILTER), ("?", NO_FILTER), ("Khác?", ("hôm qua", "", "", "", ""))],
)
def test_an_edit_that_cannot_be_asked_costs_nothing(
    page: Page, assistant: Told, history: History, question: str, fields: Sequence[str]
) -> None:
    for asked in ("Một?", "Hai?"):
        assistant.finish(asked)
        page.play(page.ask(asked))
    before = history.turns(page.current)
    page.play(page.again(0, "Một?", question, fields))
    assert history.turns(page.current) == before and assistant.asked == ["Một?", "Hai?"]
    assert page.chat[::2] == ["Một?", "Hai?"] and "⚠" in page.shown["note"]


def test_an_edit_during_an_answer_stops_it_and_one_that_cannot_be_asked_does_not(
    page: Page, assistant: Told, desk: Desk, history: History
) -> None:
    first = page.begin(page.ask("Một?"))
    job = desk.job(page.current)
    still = Beside(page, page.again(0, "Một?", " "))
    page.play(first)
    still.begin()
    assert page.chat == ["Một?", "nháp Một?"] and "⚠" in page.shown["note"]
    assert job and not job.stop.is_set()
    edited = Beside(page, page.again(0, "Một?", "Hai?"))
    still.rest()
    edited.begin()
    assert job.stop.is_set() and page.chat == ["Hai?", "nháp Hai?"]
    assistant.finish("Một?")
    ended(job)  # into a turn that is gone
    assistant.finish("Hai?")
    edited.rest()
    (turn,) = history.turns(page.current)
    assert turn.question == "Hai?" and turn.record and page.chat[0] == "Hai?"


@pytest.mark.parametrize(
    ("question", "ends"),
    [("Ba?", "stopped"), ("Bị hỏng?", "failed"), ("Ba?", "overtaken")],
)
def test_asked_again_and_broken_off_nothing_is_lost(
    page: Page, assistant: Told, history: History, desk: Desk, question: str, ends: Outcome
) -> None:
    for asked in ("Một?", "Hai?"):
        assistant.finish(asked)
        page.play(page.ask(asked))
    before = history.turns(page.current)
    edited = Beside(page, page.again(0, "Một?", question))
    edited.begin()
    assert page.chat == [question, f"nháp {question}"]  # it stands for those that it is to replace
    job = desk.job(page.current)
    if ends == "failed":
        assistant.finish(question)
    elif ends == "stopped":
        page.talk.stop(page.view, page.current)
    else:
        assistant.finish("Bốn?")
        page.play(page.ask("Bốn?"))
    edited.rest()
    ended(job)
    turns = history.turns(page.current)
    assert turns[:2] == before and turns[2].question == question
    assert turns[2].record and turns[2].record.outcome == ends
    page.play(page.talk.open(page.view, page.current, "en"))
    assert page.chat[:6:2] == ["Một?", "Hai?", question] and page.chat[5] == say(ends, "en")


def test_a_question_under_way_is_edited_and_what_it_was_to_replace_goes_with_it(
    page: Page, assistant: Told, history: History
) -> None:
    for asked in ("Một?", "Hai?"):
        assistant.finish(asked)
        page.play(page.ask(asked))
    first = Beside(page, page.again(2, "Hai?", "Ba?"))
    first.begin()
    assert page.chat[2:] == ["Ba?", "nháp Ba?"]
    second = Beside(page, page.again(2, "Ba?", "Bốn?"))
    first.rest()
    second.begin()
    assert page.chat[2:] == ["Bốn?", "nháp Bốn?"]
    assistant.finish("Bốn?")
    second.rest()
    assert [turn.question for turn in history.turns(page.current)] == ["Một?", "Bốn?"]


@pytest.mark.parametrize("outcome", ["stopped", "overtaken"])
def test_what_was_broken_off_is_kept_shown_and_exported_as_that(
    page: Page, assistant: Told, history: History, desk: Desk, outcome: str
) -> None:
    assistant.finish("Hai?")
    page.begin(page.ask("Một?"))
    job = desk.job(page.current)
    if outcome == "stopped":
        page.talk.stop(page.view, page.current)
        ended(job)
    else:
        page.play(page.ask("Hai?"))
        ended(job)
    kept = history.turns(page.current)[0].record
    assert kept and (kept.outcome, kept.answered) == (outcome, False)
    page.play(page.talk.open(page.view, page.current, "vi"))
    assert page.chat[1] == say(outcome, "vi")
    page.play(page.talk.export(page.view, page.current, "all", "md", "en"))
    text = Path(page.shown["file"]["value"]).read_text("utf-8")
    assert f"## Một?\n\n{say(outcome, 'en')}" in text and "Không tìm thấy" not in text
    if outcome == "overtaken":  # nor is it told to the next question as an answer
        assert [message.content for message in assistant.given[1][0]] == ["Một?"]


def test_what_another_window_changed_is_not_cut_away(
    page: Page, talk: Talk, assistant: Told, history: History
) -> None:
    for question in ("Một?", "Hai?", "Khác?"):
        assistant.finish(question)
    page.play(page.ask("Một?"))
    page.play(page.ask("Hai?"))
    other = Page(talk)
    other.play(talk.open(other.view, page.current, "vi"))
    shown = history.turns(page.current)
    other.play(other.again(0, "Một?", "Khác?"))
    for turn in shown:  # as this page still shows them
        again = (turn.id, turn.question, page.current, "vi", *NO_FILTER)
        page.play(page.talk.ask_again(page.view, *again))  # type: ignore[arg-type]
        assert [turn.question for turn in history.turns(page.current)] == ["Khác?"]
        assert page.chat[0] == "Khác?" and say("talk_changed", "vi") in page.shown["note"]


@pytest.mark.parametrize("same_window", [True, False])
def test_who_begins_to_follow_an_answer_that_is_deleted_sees_that(
    page: Page, talk: Talk, desk: Desk, same_window: bool
) -> None:
    asking = page.begin(page.ask("Bị xóa?"))
    other = page if same_window else Page(talk)
    following = other.begin(talk.open(other.view, page.current, "vi"))
    desk.delete(page.current)
    page.play(asking)
    other.play(following)
    for window in {id(one): one for one in (page, other)}.values():
        assert (window.chat, window.current) == ([], "")
        assert say("talk_deleted", "vi") in window.shown["note"]


# -- what is asked with a click ------------------------------------------------------------------


def test_a_suggestion_is_asked_of_its_article_and_a_question_as_it_was_typed(
    page: Page, assistant: Told
) -> None:
    for question in ("Cầu dài?", "Ai dự?", "Vì sao?"):
        assistant.finish(question)
    page.play(page.ask("Cầu dài?"))

    def click(what: object) -> None:
        fields = ("", "", "Báo Y", "", "")
        asked = what if isinstance(what, str) else json.dumps(what)
        page.play(page.talk.ask_so(page.view, asked, page.current, "vi", *fields))

    click({"question": "Ai dự?", "article": "a1"})
    history, only = assistant.given[-1]
    assert only == Filter(article_ids=("a1",)) and history
    click({"question": "Vì sao?", "alone": True})
    history, only = assistant.given[-1]
    assert not history and only == Filter(outlet="Báo Y")
    assert assistant.asked == ["Cầu dài?", "Ai dự?", "Vì sao?"]
    for broken in ("", "x", "[]", "{}"):
        click(broken)
    assert len(assistant.asked) == 3
