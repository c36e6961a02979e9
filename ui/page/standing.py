"""Standing questions on the page: what is new where a conversation begins, and who asks them again while the
machine is idle."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from index.library import Library
from rag.assistant import Assistant
from rag.standing import News
from ui.config import WAITS
from ui.errors import warned
from ui.history import History
from ui.page import render
from ui.page.playing import HIDDEN, LAST
from ui.page.style import channel, drawn
from ui.page.who import here
from ui.standing import StandingQuestions
from ui.templates import filled
from ui.text import Language, say

#: Seconds for which an open page waits for what is new.
_WAITED = 1800.0
_log = logging.getLogger("hoibao")


class StandingPart:
    """What is new of the standing questions, and a field to follow another one. `asks`: whether somebody asks
    them again."""

    def __init__(
        self, library: Library, history: History, language: gr.Textbox, asks: bool = True
    ) -> None:
        self._library = library
        self._everybody = history.standing
        self._language = language
        self._asks = asks

    def make(self) -> None:
        """Makes it where it stands on the page."""
        self._done = channel("standing")
        self._html = drawn("hb-followed")
        with (
            gr.Accordion(say("standing", "vi"), open=False, elem_id="hb-follow-box") as self._box,
            gr.Row(elem_id="hb-follow"),
        ):
            self._question = gr.Textbox(
                show_label=False, container=False, max_lines=1, scale=4,
                placeholder=say("standing_question", "vi"), elem_id="hb-follow-question",
            )  # fmt: skip
            self._follow_it = gr.Button(
                say("standing_add", "vi"), size="sm", scale=0, min_width=90, elem_id="hb-follow-add"
            )

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._box, self._question, self._follow_it]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        return (
            gr.update(label=say("standing", language)),
            gr.update(placeholder=say("standing_question", language)),
            gr.update(value=say("standing_add", language)),
        )

    def wire(self, *events: Any) -> None:
        """Draws it at each of these events, and once more when all were asked again."""
        how: Any = {**LAST, "concurrency_limit": None}
        for event in events:
            event(self._followed, [self._language], self._html, **how)
        self._done.click(self._do, [self._done, self._language], self._html, **HIDDEN)
        gr.on(
            [self._question.submit, self._follow_it.click],
            self._add, [self._question, self._language], [self._html, self._question], **HIDDEN,
        )  # fmt: skip

    @property
    def _kept(self) -> StandingQuestions:
        return self._everybody.of(here().id)

    def html(self, language: Language) -> str:
        """What it shows."""
        rows = [
            {
                "id": one.id,
                "question": one.question,
                "exact": one.exact,
                "asked": one.asked,
                "news": [self._new(new, one.exact, language) for new in one.news],
            }
            for one in self._kept.list()
        ]
        return filled("standing", language=language or "vi", standing=rows)

    def _new(self, new: News, exact: bool, language: Language) -> dict[str, str]:
        key = "value" if new.kind == "value" else "found" if exact else "article"
        try:
            title = self._library.article(new.told.article).title
        except HoiBaoError:
            title = say("article_gone_short", language or "vi")
        said = say(f"standing_{key}", language or "vi", value=new.told.value, before=new.before)
        href = render.target(new.told.article, new.told.start, new.told.end)
        return {"href": href, "title": title, "said": said}

    async def _followed(self, language: Language) -> AsyncIterator[str]:
        shown = self.html(language)
        yield shown
        end = time.monotonic() + _WAITED
        while self._asks and self._kept.due(self._library.generation()) and time.monotonic() < end:
            await asyncio.sleep(WAITS.starters)
        if (now := self.html(language)) != shown:
            yield now

    def _do(self, what: str, language: Language) -> str:
        verb, _, number = what.partition(" ")
        do = {"seen": self._kept.seen, "remove": self._kept.remove}.get(verb)
        if do and number.isdecimal():
            try:
                do(int(number))
            except HoiBaoError as error:
                return render.note_html(warned(error.line, language)) + self.html(language)
        return self.html(language)

    def _add(self, question: str, language: Language) -> tuple[str, Any]:
        try:
            self._kept.add(question or "")
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), gr.skip()
        return self.html(language), ""


class AsksAgain:
    """Asks the standing questions again whenever the articles are others; `busy` says that something is being
    added."""

    def __init__(
        self, assistant: Assistant, kept: StandingQuestions, busy: Callable[[], bool]
    ) -> None:
        self._assistant = assistant
        self._library = assistant.library
        self._kept = kept
        self._busy = busy

    def run(self, stop: threading.Event) -> None:
        """Goes on until `stop` is set."""
        with self._library.way.apart():
            while not stop.wait(WAITS.starters):
                try:
                    if self._idle() and self._kept.due(self._library.generation()):
                        self._kept.run(
                            self._library, lambda: self._assistant, lambda: self._goes_on(stop)
                        )
                except Exception:  # nothing that anybody waits for
                    if stop.is_set():
                        return
                    _log.exception("the standing questions could not be asked")
                    return

    def _idle(self) -> bool:
        return not self._busy() and self._library.way.quiet >= WAITS.idle

    def _goes_on(self, stop: threading.Event) -> bool:
        return not stop.is_set() and self._idle()
