"""What the chat's controls do, as frames for the page: ask, ask again, open, delete, rename, export, copy.
What happens to a conversation is decided by the desk, who paints the page by the view."""

import json
import re
from collections.abc import Generator, Iterator, Sequence

import gradio as gr

from index.errors import HoiBaoError, InputError
from ui.answers import Record, record
from ui.errors import told, warned
from ui.export import export
from ui.history import History, Turn
from ui.page import render
from ui.page.desk import Desk, Job, fate
from ui.page.filters import chosen, worded
from ui.page.taken import saved
from ui.page.turns import answer_html, broken_html, growing_html, question_html
from ui.page.view import Frame, Painter, View
from ui.page.who import here
from ui.page.why import why_html
from ui.text import Language, say

#: Questions and answers as HTML, one after the other.
Shown = list[str]
#: What belongs to the conversation that was shown before.
_GONE = gr.update(visible=False)
_CLEAN: Frame = {"sure": _GONE, "file": _GONE, "said": "", "note": ""}


class Talk:
    """The conversations of a desk as pages show them: to each person their own."""

    def __init__(self, desk: Desk) -> None:
        self._everybodys = desk

    @property
    def _desk(self) -> Desk:
        return self._everybodys.of(here().id)

    @property
    def _history(self) -> History:
        return self._desk.history

    # -- asking ----------------------------------------------------------------------------

    def ask(
        self,
        view: View,
        question: str,
        conversation: str,
        language: Language,
        *fields: str,
        again: int | None = None,
        alone: bool = False,
    ) -> Iterator[Frame]:
        """The answer as it grows. Blanks are no question (a second click sends the emptied field); what
        cannot be asked goes back into the field, and leaves the page, and what it waits for, as it is."""
        if not question.strip() and again is None:
            return
        try:
            filters = chosen(fields)
            said = worded(self._desk.library, filters, language)
            only, who = filters.only(), here().id or view.session
            job = self._desk.ask(conversation, question, only, said, again, alone, who)
        except HoiBaoError as error:
            if again is None:
                yield {"note": _warning(error, language), "question": question}
            else:  # the turn may be gone: what is there now
                if question.strip():
                    yield {"question": question}
                yield from self.open(view, conversation, language, _warning(error, language))
            return
        yield from view.paint(lambda painter: self._follow(painter, job, language, _CLEAN))

    def ask_so(
        self, view: View, asked: str, conversation: str, language: Language, *fields: str
    ) -> Iterator[Frame]:
        """Asks what was clicked, `asked`, a JSON object: "question" of the article "article" only (a
        suggestion), or "alone", as it was typed, without what was said before, or "again", in the place of
        that turn (without a question: the turn's own)."""
        try:
            what = json.loads(asked)
            question, article = str(what.get("question") or ""), str(what.get("article") or "")
            alone, again = bool(what.get("alone")), what.get("again")
            again = None if again is None else int(again)
        except (ValueError, TypeError, AttributeError):  # no click of ours
            return
        if again is not None:
            yield from self.ask_again(view, again, question, conversation, language, *fields)
            return
        fields = ("", "", "", "", article) if article else fields
        yield from self.ask(view, question, conversation, language, *fields, alone=alone)

    def ask_again(
        self, view: View, turn: int, question: str, conversation: str, language: Language, *fields: str
    ) -> Iterator[Frame]:  # fmt: skip
        """Asks the question of a turn anew, as `question` where there is one; that turn and those behind it go
        when it is answered."""
        asked = [one.question for one in self._desk.turns(conversation) if one.id == turn]
        if asked:
            yield from self.ask(
                view, question or asked[0], conversation, language, *fields, again=turn
            )
        else:  # it is gone, in another window
            yield from self.open(view, conversation, language, _hint("talk_changed", language))

    def stop(self, view: View, conversation: str) -> None:
        """Stops the answer that is under way."""
        view.stop()
        self._desk.stop(conversation)

    def _follow(
        self, painter: Painter, job: Job, language: Language, first: Frame
    ) -> Iterator[Frame]:
        """A conversation up to an answer that grows; its passages, what to ask next and why."""
        before = self._before(job, language)
        frame = {**first, "current": job.conversation, "name": self._name(job.conversation)}
        evidence = False
        for answer in painter.follow(job):
            if job.deleted:  # while this began, or in another window
                yield self._empty("talk_deleted", language)
                return
            if job.error is not None:
                before = self._before(job, language)
                said = told(job.error, language) or say("bug", language)
                text = broken_html(job.turn, job.question, said, language)
            elif job.record:
                text = self._text(job.turn, job.record, language)
                before = self._before(job, language)  # an answer before it may have ended meanwhile
                frame |= _after(job.record, language)
            else:
                text = growing_html(job.turn, answer, language)
            if answer and not evidence:
                evidence = True
                frame["evidence"] = render.evidence_html(record(answer), language)
            asked = question_html(job.turn, job.question, language)
            yield {**frame, "chat": [*before, asked, text]}
            frame = {}

    def _before(self, job: Job, language: Language) -> Shown:
        """What stands before it; what it was asked instead of is back where it was broken off."""
        turns = self._history.turns(job.conversation)
        back = job.error is not None or (job.record and not job.record.ended)
        end = job.turn if back else job.first
        return self._shown([turn for turn in turns if turn.id < end], language)

    # -- conversations ---------------------------------------------------------------------

    def open(
        self, view: View, conversation: str, language: Language, note: str = ""
    ) -> Iterator[Frame]:
        """A conversation, or the empty page for ""; it goes on with an answer that is under way."""
        whole = {**_CLEAN, **self._whole(conversation, language)}
        if not conversation or whole["current"] != conversation:
            whole["source"] = _hint("source_hint", language)
        if conversation and not whole["current"]:
            note = note or _hint("talk_gone", language)
        whole["note"] = note
        yield from self._grows(view, conversation, language, whole)

    def redraw(
        self, view: View, source: str, conversation: str, language: Language
    ) -> Iterator[Frame]:
        """What is shown, in another language; `source` is what the pane of the article has."""
        whole = self._whole(conversation, language)
        if "hb-article" not in source:
            whole["source"] = _hint("source_hint", language)
        yield from self._grows(view, conversation, language, whole)

    def _grows(
        self, view: View, conversation: str, language: Language, whole: Frame
    ) -> Iterator[Frame]:
        job = self._desk.job(conversation) if conversation else None
        yield from view.paint(
            lambda painter: self._follow(painter, job, language, whole) if job else iter([whole])
        )

    def open_at(self, view: View, conversation: str, language: Language) -> Iterator[Frame]:
        """What the page shows when it was loaded: the conversation of its address, unless the user was
        quicker and the page is in use; that is shown again, in the language that is known now."""
        used = view.shown
        if conversation or used is not None:
            yield from self.open(view, conversation if used is None else used, language)

    def new(self, view: View, language: Language) -> Iterator[Frame]:
        """The empty page; an answer that is under way is finished behind it."""
        yield from self.open(view, "", language)

    def delete(self, view: View, conversation: str, language: Language) -> Iterator[Frame]:
        """Puts a conversation into the trash, and shows the empty page."""
        if conversation:
            self._desk.delete(conversation)
        said = "talk_deleted" if conversation else "no_talk"
        yield from view.paint(lambda painter: iter([self._empty(said, language)]))

    def _empty(self, said: str, language: Language) -> Frame:
        """The empty page, and what it says."""
        whole = {**_CLEAN, **self._whole("", language), "note": _hint(said, language)}
        return {**whole, "source": _hint("source_hint", language)}

    def rename(self, _: View, name: str, conversation: str, language: Language) -> Iterator[Frame]:
        """Gives a conversation a name; a name of blanks is none, the one before stays."""
        if not conversation:
            yield {"said": _hint("no_talk", language)}
            return
        try:
            self._history.rename(conversation, name)
        except HoiBaoError as error:
            yield {"said": _warning(error, language), "name": self._name(conversation)}
            return
        said = _hint("talk_saved", language)
        yield {"said": said, "name": self._name(conversation)}

    def answered(self, conversation: str) -> list[Turn]:
        """The turns that have an answer."""
        turns = self._history.turns(conversation)
        return [turn for turn in turns if turn.record and turn.record.says_something]

    def why(self, conversation: str, turn: int, language: Language) -> str:
        """How the answer of a turn came about; of the last where the turn is gone."""
        turns = [one for one in self._history.turns(conversation) if one.record]
        of = [one for one in turns if one.id == turn] or turns[-1:]
        return why_html(of[0].record if of else None, language)

    def _name(self, conversation: str) -> str:
        try:
            return self._history.conversation(conversation).name
        except InputError:  # deleted meanwhile
            return ""

    def _whole(self, conversation: str, language: Language) -> Frame:
        """All that belongs to a conversation."""
        turns = self._desk.turns(conversation)
        last = next((turn.record for turn in reversed(turns) if turn.record), None)
        name = self._name(conversation) if conversation else ""
        evidence = _hint("evidence_hint", language)
        return {
            **_after(last, language),
            "chat": self._shown(turns, language),
            "evidence": render.evidence_html(last, language) if last else evidence,
            "name": name,
            "current": conversation if name else "",
        }

    def _shown(self, turns: Sequence[Turn], language: Language) -> Shown:
        shown: Shown = []
        for turn in turns:
            shown.append(question_html(turn.id, turn.question, language))
            if turn.record:
                shown.append(self._text(turn.id, turn.record, language))
            else:
                said = say("unfinished", language)
                shown.append(broken_html(turn.id, turn.question, said, language))
        return shown

    def _text(self, turn: int, kept: Record, language: Language) -> str:
        now, gone = fate(self._desk.library, kept)
        return answer_html(turn, now, language, gone)

    # -- what leaves the page ----------------------------------------------------------------

    def export(
        self, view: View, conversation: str, what: str, kind: str, language: Language
    ) -> Iterator[Frame]:
        """A file of the last answer, or of all ("all"); it waits for an answer that is under way."""
        yield {"file": gr.update(visible=False), "said": ""}
        missing = yield from self._settled("said", "export_waits", view, conversation, language)
        if missing is None:
            return
        turns = [turn for turn in self._history.turns(conversation) if _asks(turn)]
        if what == "last":
            turns = self.answered(conversation)[-1:]
        if not turns or (missing and what == "last"):
            yield {"said": _hint(missing or "nothing_to_export", language)}
            return
        name = self._name(conversation)
        try:
            data = export(turns, name, kind, language, self._desk.library)
        except HoiBaoError as error:  # too large
            yield {"said": _warning(error, language)}
            return
        stem = re.sub(r"[^\w -]+", "", name).strip()[:60] or "hoibao"
        file = saved(f"{stem}.{'csl.json' if kind == 'json' else kind}", data)
        yield {"file": gr.update(value=file, visible=True), "said": ""}

    def copy(
        self, view: View, conversation: str, language: Language, turn: int | None = None
    ) -> Iterator[Frame]:
        """The answer of a turn as Markdown with its references, for the clipboard; else the last, which waits
        for one that is under way."""
        yield {"clip": "", "note": ""}
        if turn is not None:
            of = [one for one in self.answered(conversation) if one.id == turn]
            if of:
                yield {"clip": export(of, of[0].question, "md", language).decode()}
            else:
                yield {"note": _hint("nothing_to_export", language)}
            return
        missing = yield from self._settled("note", "copy_waits", view, conversation, language)
        if missing:
            yield {"note": _hint(missing, language)}
        elif missing is not None:
            last = self.answered(conversation)[-1:]
            yield {"clip": export(last, last[0].question, "md", language).decode()}

    def _settled(
        self, where: str, waits: str, view: View, conversation: str, language: Language
    ) -> Generator[Frame, None, str | None]:
        """Waits for an answer that is under way, and says so; returns what is to be said where it did not
        come or there is none, "" where all is well, None where the page shows another conversation by now.
        """
        if job := self._desk.job(conversation):
            yield {where: _hint(waits, language)}
            for _ in job.follow():
                pass
        if view.shown not in (None, conversation):
            return None
        if conversation and not self._name(conversation):
            return "talk_gone"
        turns = self._history.turns(conversation)
        if not turns:
            return "nothing_to_export"
        if job and job.error is not None:
            return "answer_failed"
        asked = [turn for turn in turns if not turn.record or _asks(turn)]
        if not asked:
            return "nothing_to_export"
        if (last := asked[-1].record) is None:
            return "unfinished"
        return "" if last.says_something else f"answer_{last.outcome}"


def _asks(turn: Turn) -> bool:
    """Whether something was asked and how that ended is known; thanks ask nothing."""
    return turn.record is not None and turn.record.outcome != "talk"


def _after(kept: Record | None, language: Language) -> Frame:
    """What to ask next, and why the answer is what it is."""
    return {"next": render.suggestions_html(kept, language), "why": why_html(kept, language)}


def _hint(said: str, language: Language) -> str:
    return render.note_html(say(said, language))


def _warning(error: HoiBaoError, language: Language) -> str:
    return render.note_html(warned(error.line, language))
