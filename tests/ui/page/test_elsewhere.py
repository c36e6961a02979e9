"""What happens to an answer under way when the page goes elsewhere: another conversation, another language,
deleted, stopped, the end. The assistant of these tests goes on when it is told to."""

import pytest

from index.errors import InputError
from tests.ui.page.told import Beside, Page, Told, ended
from ui.history import History
from ui.page.desk import Desk
from ui.page.talk import Talk
from ui.text import say


def test_an_answer_does_not_paint_over_what_was_opened_meanwhile(
    page: Page, assistant: Told, desk: Desk, history: History
) -> None:
    assistant.finish("Cũ?")
    page.play(page.ask("Cũ?"))
    old = page.current
    page.play(page.talk.new(page.view, "vi"))
    assert (page.current, page.chat) == ("", [])
    growing = Beside(page, page.ask("Một?"))
    growing.begin()
    one, job = page.current, desk.job(page.current)
    for opened in (old, ""):
        page.play(page.talk.open(page.view, opened, "vi"))
        shown = dict(page.shown)
        growing.rest() if opened == old else None
        assert page.shown == shown and page.current == opened
    assistant.finish("Một?")
    ended(job)
    assert page.current == "" and page.chat == []
    assert history.turns(one)[0].record  # finished and kept all the same
    page.play(page.talk.open(page.view, one, "vi"))
    assert "486 m" in page.chat[1]


def test_an_answer_under_way_is_followed_where_it_is_opened(
    page: Page, talk: Talk, assistant: Told
) -> None:
    growing = page.begin(page.ask("Một?"))
    other = Page(talk)
    opened = other.begin(talk.open_at(other.view, page.current, "vi"))
    assert other.chat == ["Một?", "nháp Một?"] and other.shown["name"] == "Một?"
    assistant.finish("Một?")
    other.play(opened)
    page.play(growing)
    assert other.chat == page.chat and "486 m" in page.chat[1]


def test_a_page_that_is_in_use_is_not_loaded_over(page: Page, assistant: Told) -> None:
    assistant.finish("Một?")
    page.play(page.ask("Một?"))
    old = page.current
    page.play(page.talk.new(page.view, "vi"))
    page.play(page.talk.open_at(page.view, old, "vi"))
    assert (page.current, page.chat) == ("", [])


def test_a_deleted_conversation_stays_deleted_while_its_answer_ends(
    page: Page, talk: Talk, assistant: Told, desk: Desk, history: History
) -> None:
    growing = Beside(page, page.ask("Một?"))
    growing.begin()
    job, talk_ = desk.job(page.current), page.current
    other = Page(talk)
    following = other.begin(talk.open(other.view, talk_, "vi"))
    page.play(talk.delete(page.view, talk_, "vi"))
    assert job and job.stop.is_set() and desk.job(talk_) is None
    assistant.finish("Một?")
    ended(job)
    growing.rest()
    assert (page.current, page.chat) == ("", []) and history.conversations() == []
    assert say("talk_deleted", "vi") in page.shown["note"]
    other.play(following)
    page.play(talk.delete(page.view, talk_, "vi"))  # twice
    other.play(talk.open(other.view, talk_, "vi"))  # a link of yesterday
    assert other.current == "" and say("talk_gone", "vi") in other.shown["note"]
    other.shown["current"] = talk_
    assistant.finish("Hai?")
    other.play(other.ask("Hai?"))  # asked where it was: another conversation
    assert other.current not in ("", talk_) and len(history.conversations()) == 1
    page.play(talk.delete(page.view, "", "vi"))
    assert say("no_talk", "vi") in page.shown["note"] and len(history.conversations()) == 1


def test_what_belonged_to_the_last_conversation_goes_with_it(page: Page, assistant: Told) -> None:
    assistant.finish("Một?")
    page.play(page.ask("Một?"))
    page.play(page.talk.export(page.view, page.current, "all", "md", "vi"))
    assert page.shown["file"]["visible"]
    page.shown |= {"sure": {"visible": True}}  # as after "delete"
    page.play(page.talk.open(page.view, "", "vi"))
    assert not page.shown["file"]["visible"] and not page.shown["sure"]["visible"]
    assert (page.shown["name"], page.shown["said"]) == ("", "")


def test_the_rest_of_an_answer_comes_in_the_language_chosen_meanwhile(
    page: Page, assistant: Told
) -> None:
    growing = Beside(page, page.ask("Một?"))
    growing.begin()
    page.shown |= {"note": "waiting", "source": "<article class='hb-article'>"}
    before = dict(page.shown)
    redrawn = page.talk.redraw(page.view, page.shown["source"], page.current, "en")
    switched = Beside(page, redrawn)
    switched.begin()
    growing.rest()
    for part in ("note", "source", "question", "name", "current"):  # what is typed stays, too
        assert page.shown.get(part) == before.get(part), part
    assistant.finish("Một?")
    switched.rest()
    assert "486 m" in page.chat[1] and say("why_passages", "en") in page.shown["why"]


def test_a_name_of_blanks_is_none(page: Page, assistant: Told, history: History) -> None:
    page.play(page.talk.rename(page.view, "Tên", "", "vi"))
    assert say("no_talk", "vi") in page.shown["said"]
    assistant.finish("Một?")
    page.play(page.ask("Một?"))
    page.play(page.talk.rename(page.view, "  ", page.current, "vi"))
    assert "Tên trống" in page.shown["said"] and page.shown["name"] == "Một?"
    page.play(page.talk.rename(page.view, " Cầu  An Hòa ", page.current, "vi"))
    assert page.shown["name"] == "Cầu An Hòa" == history.conversation(page.current).name
    history.delete(page.current)
    page.play(page.talk.rename(page.view, "Tên", page.current, "vi"))
    assert "⚠" in page.shown["said"] and history.conversations() == []


def test_stop_stops_what_the_page_shows_before_it_knows_its_name(
    page: Page, assistant: Told, desk: Desk
) -> None:
    page.begin(page.ask("Một?"))
    job = desk.job(page.current)
    page.talk.stop(page.view, "")
    assert job and job.stop.is_set()
    assistant.finish("Một?")
    ended(job)
    page.talk.stop(page.view, page.current)  # nothing is under way


def test_at_the_end_all_answers_are_stopped_and_waited_for(
    desk: Desk, assistant: Told, history: History
) -> None:
    jobs = [desk.ask("", "Một?"), desk.ask("", "Hai?")]
    jobs.append(desk.ask(jobs[0].conversation, "Ba?"))  # the first is stopped and no longer known
    desk.close()
    assert all(history.turns(job.conversation)[-1].record for job in jobs)
    assert all(job.record and job.stop.is_set() for job in jobs)


def test_the_desk_changes_nothing_for_a_turn_that_is_gone(
    desk: Desk, assistant: Told, history: History
) -> None:
    assistant.finish("Một?")
    job = ended(desk.ask("", "Một?"))
    with pytest.raises(InputError, match="gone"):
        desk.ask(job.conversation, "Hai?", again=job.turn + 1)
    assert len(history.turns(job.conversation)) == 1
