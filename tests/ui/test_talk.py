"""Whoever clicks what while an answer is under way: one answer at a time, nothing lost, nothing back again,
and a page shows what was asked for last. The assistant of these tests goes on when it is told to."""

import queue
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.errors import InputError
from index.library import Library
from tests.ui.test_history import answer
from tests.ui.told import LIMIT, Told
from ui.desk import Desk, Job
from ui.history import History
from ui.talk import Talk
from ui.text import say
from ui.view import Frame, Painter, View

NO_FILTER = ("", "", "", "", "")


class Page:
    """What a page shows of the frames that it is sent."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.view = View()
        self.shown: Frame = {"current": "", "chat": [], "note": "", "said": ""}

    def play(self, frames: Iterator[Frame]) -> None:
        for frame in frames:
            self.shown |= frame

    def begin(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Plays frames until the draft is shown; the others are for `play`."""
        self.shown["chat"] = []
        while not self.grows:
            self.shown |= next(frames)
        return frames

    @property
    def grows(self) -> bool:
        return any("nháp" in text for text in self.chat)

    def ask(self, question: str, language: str = "vi", fields: Sequence[str] = NO_FILTER) -> Any:
        return self.talk.ask(self.view, question, self.current, language, *fields)  # type: ignore[arg-type]

    def again(
        self, index: int, before: str, question: str, fields: Sequence[str] = NO_FILTER
    ) -> Any:
        return self.talk.ask_again(self.view, index, before, question, self.current, "vi", *fields)

    @property
    def current(self) -> str:
        return str(self.shown["current"])

    @property
    def chat(self) -> list[str]:
        return [message["content"] for message in self.shown["chat"]]


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History(tmp_path)
    yield made
    made.close()


@pytest.fixture
def assistant(library: Library) -> Told:
    return Told(library, answer)


@pytest.fixture
def desk(assistant: Told, history: History) -> Desk:
    return Desk(assistant, history)  # type: ignore[arg-type]


@pytest.fixture
def talk(desk: Desk) -> Talk:
    return Talk(desk)


@pytest.fixture
def page(talk: Talk) -> Page:
    return Page(talk)


def ended(job: Job | None) -> Job:
    """The job, finished."""
    assert job is not None
    for _ in job.follow():
        pass
    return job


class Beside:
    """Frames that are played in a thread of their own; each is waited for."""

    def __init__(self, page: Page, frames: Iterator[Frame]) -> None:
        self._came: queue.Queue[Frame | None] = queue.Queue()
        self._page = page
        threading.Thread(target=self._play, args=(frames,), daemon=True).start()

    def _play(self, frames: Iterator[Frame]) -> None:
        for frame in frames:
            self._came.put(frame)
        self._came.put(None)

    def next(self) -> Frame | None:
        frame = self._came.get(timeout=LIMIT)
        self._page.shown |= frame or {}
        return frame

    def begin(self) -> None:
        self._page.shown["chat"] = []
        while not self._page.grows:
            assert self.next() is not None

    def rest(self) -> None:
        while self.next() is not None:
            pass


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
        key = "unfinished" if key == "answer_failed" else key
        page.play(page.talk.copy(page.view, page.current, "en"))  # nor later
        assert page.shown["clip"] == "" and say(key, "en") in page.shown["note"]
        page.play(page.talk.export(page.view, page.current, "all", "md", "vi"))
        text = Path(page.shown["file"]["value"]).read_text("utf-8")
        assert "Một?" in text and "Không tìm thấy" not in text and question not in text
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
    assert say("stopped", "vi") in page.chat[1]  # also of what ended meanwhile


def test_what_cannot_be_asked_goes_back_into_the_field_and_disturbs_nothing(
    page: Page, assistant: Told, history: History, desk: Desk
) -> None:
    growing = page.begin(page.ask("Một?"))
    for question, fields, says in (
        ("Hai?", ("hôm qua", "", "", "", ""), "ngày không đúng"),
        ("?!", NO_FILTER, "câu hỏi trống"),
        ("dài " * 1000, NO_FILTER, "câu hỏi quá dài"),
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
    assert turn.question == "Hai?" and turn.document and page.chat[0] == "Hai?"


def test_what_another_window_changed_is_not_cut_away(
    page: Page, talk: Talk, assistant: Told, history: History
) -> None:
    for question in ("Một?", "Hai?", "Khác?"):
        assistant.finish(question)
    page.play(page.ask("Một?"))
    page.play(page.ask("Hai?"))
    other = Page(talk)
    other.play(talk.open(other.view, page.current, "vi"))
    other.play(other.again(0, "Một?", "Khác?"))
    for index, asked in ((0, "Một?"), (2, "Hai?")):  # as this page still shows them
        page.play(page.again(index, asked, asked))
        assert [turn.question for turn in history.turns(page.current)] == ["Khác?"]
        assert page.chat[0] == "Khác?" and say("talk_changed", "vi") in page.shown["note"]


def test_the_next_painter_begins_when_the_last_frame_before_has_left() -> None:
    view = View()
    order: list[object] = []
    painters: list[Painter] = []

    def first(painter: Painter) -> Iterator[Frame]:
        painters.append(painter)
        yield {"chat": 1}
        yield {"chat": 2}  # comes too late

    def second() -> None:
        order.extend(frame["chat"] for frame in view.paint(lambda _: iter([{"chat": 3}])))

    frames = view.paint(first)
    order.append(next(frames)["chat"])
    thread = threading.Thread(target=second)
    thread.start()
    while not painters[0].gone:
        thread.join(0.01)
    order.append("left")  # Gradio asks for the next frame when it has sent the one before
    order.extend(frame["chat"] for frame in frames)
    thread.join(LIMIT)
    assert order == [1, "left", 3]


# -- going elsewhere ---------------------------------------------------------------------------


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
    assert history.turns(one)[0].document  # finished and kept all the same
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
    assert "tên trống" in page.shown["said"] and page.shown["name"] == "Một?"
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
    assert all(history.turns(job.conversation)[-1].document for job in jobs)
    assert all(job.document and job.stop.is_set() for job in jobs)


def test_the_desk_changes_nothing_for_a_turn_that_is_gone(
    desk: Desk, assistant: Told, history: History
) -> None:
    assistant.finish("Một?")
    job = ended(desk.ask("", "Một?"))
    with pytest.raises(InputError, match="gone"):
        desk.ask(job.conversation, "Hai?", again=job.turn + 1)
    assert len(history.turns(job.conversation)) == 1
