"""What is being added, at the foot of the page, while one goes on asking: files dropped anywhere are taken
over one drop after the other; what came of them is kept and can be read again."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from importlib import resources
from typing import Any

import gradio as gr
from markupsafe import Markup

from index.errors import HoiBaoError
from index.library import Library
from index.types import AddReport
from ui.config import WAITS
from ui.errors import warned
from ui.kept import Kept
from ui.page import render
from ui.page.playing import HIDDEN
from ui.page.shelf import Shelf
from ui.page.style import channel, drawn
from ui.page.view import View
from ui.templates import filled
from ui.text import Language, say


class Queue:
    """The line, the reports, and the field that dropped files go through."""

    def __init__(self, library: Library, shelf: Shelf, kept: Kept, language: gr.Textbox) -> None:
        self._library = library
        self._shelf = shelf
        self._kept = kept
        self._language = language
        self._refused = ""

    def make(self) -> None:
        """Makes them where they stand on the page."""
        self._files = gr.File(
            file_count="multiple", elem_id="hb-drop", elem_classes="hb-hidden", label="drop"
        )
        self._told = channel("queued")
        self._line = drawn("hb-queue")
        # Hidden by CSS, not left out: what changes in the browser is told of.
        self._count = gr.Textbox("", elem_id="hb-added", elem_classes="hb-hidden", label="added")
        with gr.Column(elem_id="hb-sheet-reports", elem_classes="hb-sheet"):
            self._reports = drawn("hb-reports")
        #: What comes behind it comes when something was added while the page was open.
        self.added = self._count.change(None, js="() => []", **HIDDEN).then

    def wire(self, *begin: Any) -> None:
        """Shows at each event of `begin` (the page was loaded, something is added elsewhere) how far it is."""
        how: Any = {**HIDDEN, "concurrency_limit": None}
        lines = [self._line, self._reports, self._count]
        dropped = self._files.upload(
            self._drop, [self._files, self._language], self._files, **HIDDEN
        )
        told_ = self._told.click(self._do, [self._told, self._language], None, **HIDDEN)
        for event in (dropped.then, told_.then, *begin):
            event(self._follow, [self._language], lines, **how)

    def _drop(self, files: Sequence[str] | None, language: Language) -> Any:
        self._give(list(files or []), language)
        return gr.update(value=None)

    def _do(self, what: str, language: Language) -> None:
        """What was clicked in the line: stop, hide; or the ten samples are wanted."""
        self._refused = ""
        if what == "stop":
            self._shelf.stop()
        elif what == "samples":
            folder = resources.files("index").joinpath("samples")
            found = sorted(str(one) for one in folder.iterdir() if one.name.endswith(".txt"))
            self._give(found, language)

    def _give(self, files: list[str], language: Language) -> None:
        """Adds in a thread of its own, whether the page stays or not."""
        if not files:
            return
        frames = self._shelf.add(View(), files, None, "", language)
        frame = next(frames, {})  # from here on it is given, or refused
        self._refused = "" if self._shelf.given else str(frame.get("report", ""))
        threading.Thread(target=lambda: [None for _ in frames], daemon=True).start()

    async def _follow(self, language: Language) -> AsyncIterator[tuple[Any, Any, Any]]:
        """The line as long as something is added, then what came of it."""
        language = language or "vi"
        before, shown = self._shelf.ended[0], ""
        while self._shelf.given:
            line = self._adding(language)
            if line != shown:
                yield line, gr.skip(), gr.skip()
            shown = line
            await asyncio.sleep(WAITS.queue)
        count, last = self._shelf.ended
        came = bool(shown) or count != before
        ended = self._ended(last, language) if came else self._refused
        yield ended, self._reports_html(language), str(count) if came else gr.skip()

    def _adding(self, language: Language) -> str:
        now = self._shelf.now
        if now is None or not now.total:
            said, share = say("queue_waits" if now is None else "adding_begins", language), 0.0
        else:
            passed = time.monotonic() - now.began
            said, share = render.progress_said(now.done, now.total, passed, language, now.at)
        return filled(
            "queue",
            piece="adding",
            language=language,
            said=said,
            share=share,
            paused=self._library.way.quiet == 0.0,
            more=self._shelf.given - 1,
        )

    def _ended(self, last: AddReport | Exception | None, language: Language) -> str:
        if isinstance(last, AddReport):
            said = say("queue_done", language, count=last.added)
            if last.failed:
                said += f" · {say('queue_failed', language, count=len(last.failed))}"
        elif isinstance(last, HoiBaoError):
            said = warned(last.line, language)
        else:
            said = say("bug", language)
        return filled("queue", piece="said", language=language, said=said)

    def _reports_html(self, language: Language) -> str:
        rows = [
            (
                f"{datetime.fromtimestamp(one.ended):%d/%m/%Y %H:%M}",
                Markup(render.report_html(one.report, language)),
                number == 0,
            )
            for number, one in enumerate(self._kept.reports())
        ]
        return filled("queue", piece="reports", language=language, reports=rows)
