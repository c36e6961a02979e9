"""Where a conversation begins: what the library holds, questions that it answers, the last conversations; or,
where it is empty, a place to drop articles."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import gradio as gr

from index.library import Library
from index.types import Filter
from ui.config import SHOWN, WAITS
from ui.history import History
from ui.kept import Starter
from ui.page.playing import HIDDEN, LAST
from ui.page.style import drawn
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say

_DATED = Filter(since=date.min)
#: Seconds for which an open page waits for its questions.
_WAITED = 1800.0


class Start:
    """The start of a library and its conversations; `seeks`: whether somebody looks for questions."""

    def __init__(
        self, library: Library, history: History, language: gr.Textbox, seeks: bool = True
    ) -> None:
        self._library = library
        self._history = history
        self._language = language
        self._seeks = seeks

    def make(self) -> None:
        """Makes it where it stands on the page."""
        self._html = drawn("hb-start-in")

    def wire(self, waiting: Any, *again: Any) -> None:
        """Draws it at the event `waiting` (the page was loaded), and once more when its questions are found;
        and at each event of `again`."""
        how: Any = {**HIDDEN, "concurrency_limit": None}
        waiting(self._follow, [self._language], self._html, **how)
        for event in again:
            event(self.html, [self._language], self._html, **LAST)

    def html(self, language: Language) -> str:
        """What it shows."""
        language = language or "vi"
        articles, _ = self._library.counts()
        found = self._found()
        person = here()
        return filled(
            "start",
            language=language,
            edits=person.edits,
            articles=articles,
            holds=self._holds(language) if articles else [],
            starters=[(one.question, self._told(one, articles, language)) for one in found or ()],
            seeking=found is None and self._seeks,
            talks=[
                (one.id, one.name, f"{datetime.fromtimestamp(one.updated):%d/%m/%Y}")
                for one in self._history.of(person.id).conversations(limit=SHOWN.talks)
            ],
        )

    async def _follow(self, language: Language) -> AsyncIterator[str]:
        shown = self.html(language)
        yield shown
        end = time.monotonic() + _WAITED
        while self._seeks and self._found() is None and time.monotonic() < end:
            await asyncio.sleep(WAITS.starters)
        if (now := self.html(language)) != shown:
            yield now

    def _found(self) -> list[Starter] | None:
        return self._history.kept.starters(self._library.generation())

    def _holds(self, language: Language) -> list[str]:
        extent = self._library.extent()
        said = [say("start_outlets", language, count=len(self._library.values("outlet")))]
        if extent.first and extent.last:
            first, last = (f"{day.month}/{day.year}" for day in (extent.first, extent.last))
            said.append(say("start_days", language, first=first, last=last))
        if undated := extent.articles - self._library.extent(_DATED).articles:
            said.append(say("start_undated", language, count=undated))
        if added := self._history.kept.last_added():
            when = f"{datetime.fromtimestamp(added):%d/%m/%Y %H:%M}"
            said.append(say("start_added", language, when=when))
        return said

    def _told(self, one: Starter, articles: int, language: Language) -> str:
        return one.told or say("start_counted", language, count=articles)
