"""The tab of the articles: add files and folders, see what is there, put a field right, remove."""

import logging
import queue
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError, InputError
from index.library import Library
from index.types import AddReport
from ui import render
from ui.filters import choices, chosen
from ui.text import Language, say

FIELDS = ("title", "outlet", "author", "published", "time", "place", "url")
#: Rows that the table shows; a filter finds the others.
ROWS = 500
_log = logging.getLogger("hoibao")


class ArticlesTab:
    """The components of the tab, wired to a library. `spoken` are those with words on them, and
    `speak` gives their words in a language."""

    def __init__(self, library: Library, language: gr.BrowserState) -> None:
        self._library = library
        self._stop: threading.Event | None = None
        with gr.Accordion(say("add", "vi"), open=False, elem_id="hb-add") as self._add_box:
            with gr.Row(equal_height=True):
                self._files = gr.File(
                    label=say("drop_files", "vi"),
                    file_count="multiple",
                    height=140,
                    elem_id="hb-files",
                )
                self._folder = gr.File(
                    label=say("drop_folder", "vi"),
                    file_count="directory",
                    height=140,
                    elem_id="hb-folder",
                )
            self._path = gr.Textbox(
                label=say("path", "vi"), placeholder=say("path_hint", "vi"), elem_id="hb-path"
            )
            with gr.Row():
                self._add = gr.Button(
                    say("add_send", "vi"), variant="primary", elem_id="hb-add-send"
                )
                self._cancel = gr.Button(say("cancel", "vi"), elem_id="hb-cancel")
            self._report = gr.HTML(elem_id="hb-report")
        with gr.Row():
            self._text = gr.Textbox(label=say("filter_text", "vi"), elem_id="hb-filter-text")
            self._since = gr.Textbox(
                label=say("since", "vi"), placeholder="2020-01-31", max_lines=1
            )
            self._until = gr.Textbox(
                label=say("until", "vi"), placeholder="2020-12-31", max_lines=1
            )
            self._outlet = gr.Dropdown(label=say("outlet", "vi"), elem_id="hb-filter-outlet")
            self._place = gr.Dropdown(label=say("place", "vi"), elem_id="hb-filter-place")
        self._count = gr.Markdown(elem_id="hb-count")
        self._table = gr.Dataframe(
            headers=headers("vi"), interactive=False, wrap=True, elem_id="hb-articles"
        )
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._reader = gr.HTML(elem_id="hb-reader")
            with (
                gr.Column(scale=2, min_width=280),
                gr.Accordion(say("correct", "vi"), open=False, elem_id="hb-correct") as self._box,
            ):
                self._chosen = gr.State("")
                self._inputs = [
                    gr.Textbox(label=say(_key(name), "vi"), max_lines=3, elem_id=f"hb-field-{name}")
                    for name in FIELDS
                ]
                with gr.Row():
                    self._save = gr.Button(say("save", "vi"), variant="primary", elem_id="hb-save")
                    self._remove = gr.Button(say("remove", "vi"), elem_id="hb-remove")
                    self._sure = gr.Button(
                        say("remove_sure", "vi"), variant="stop", visible=False, elem_id="hb-sure"
                    )
                self._said = gr.HTML(elem_id="hb-correct-said")
        self._language = language
        self._wire()

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._add_box, self._files, self._folder, self._path, self._add, self._cancel),
            *(self._text, self._since, self._until, self._outlet, self._place, self._table),
            *(self._box, *self._inputs, self._save, self._remove, self._sure),
        ]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        labels = ("filter_text", "since", "until", "outlet", "place")
        return (
            gr.update(label=say("add", language)),
            gr.update(label=say("drop_files", language)),
            gr.update(label=say("drop_folder", language)),
            gr.update(label=say("path", language), placeholder=say("path_hint", language)),
            gr.update(value=say("add_send", language)),
            gr.update(value=say("cancel", language)),
            *(gr.update(label=say(key, language)) for key in labels),
            gr.update(headers=headers(language)),
            gr.update(label=say("correct", language)),
            *(gr.update(label=say(_key(name), language)) for name in FIELDS),
            *(gr.update(value=say(key, language)) for key in ("save", "remove", "remove_sure")),
        )

    def load(self, *listeners: Any) -> None:
        """Fills the table when one of these events comes."""
        for listener in listeners:
            listener(
                self._list,
                self._filters,
                [self._table, self._count, self._outlet, self._place],
                api_visibility="private",
            )

    @property
    def _filters(self) -> list[Any]:
        return [
            *(self._text, self._since, self._until, self._outlet, self._place, self._language),
        ]

    def _wire(self) -> None:
        listed = [self._table, self._count, self._outlet, self._place]
        private: Any = {"api_visibility": "private"}
        self._add.click(
            self._adding,
            [self._files, self._folder, self._path, self._language],
            [self._report, self._files, self._folder, self._path],
            show_progress="hidden",
            concurrency_limit=1,
            **private,
        ).then(self._list, self._filters, listed, **private)
        self._cancel.click(self._cancelled, queue=False, **private)
        for part in (self._text, self._since, self._until):
            part.submit(self._list, self._filters, listed, **private)
        for choice in (self._outlet, self._place):
            choice.input(self._list, self._filters, listed, **private)
        self._table.select(
            self._open,
            self._language,
            [self._reader, self._chosen, *self._inputs, self._sure, self._said],
            **private,
        )
        self._save.click(
            self._saved,
            [self._chosen, self._language, *self._inputs],
            [self._reader, self._said, *self._inputs],
            **private,
        ).then(self._list, self._filters, listed, **private)
        self._remove.click(
            lambda: gr.update(visible=True), None, self._sure, queue=False, **private
        )
        self._sure.click(
            self._removed,
            [self._chosen, self._language],
            [self._reader, self._chosen, self._sure, self._said],
            **private,
        ).then(self._list, self._filters, listed, **private)

    # -- adding ----------------------------------------------------------------------------

    def _adding(
        self, files: list[str] | None, folder: list[str] | None, path: str, language: Language
    ) -> Iterator[tuple[Any, ...]]:
        """Adds while the page shows how far it is, by article, with the time left."""
        told: queue.Queue[tuple[int, int, str]] = queue.Queue()
        done: list[AddReport | HoiBaoError | Exception] = []
        stop = self._stop = threading.Event()

        def work() -> None:
            try:
                paths = self._kept([*(files or []), *(folder or [])])
                if path.strip():
                    paths.append(Path(path.strip().strip('"')).expanduser())
                if not paths:
                    raise InputError(say("nothing_to_add", language))
                done.append(self._library.add(paths, progress=lambda *at: told.put(at), stop=stop))
            except Exception as error:  # shown below, in this thread
                done.append(error)

        began = time.monotonic()
        worker = threading.Thread(target=work)
        worker.start()
        at = (0, 0, "")
        while worker.is_alive():
            worker.join(0.4)
            while not told.empty():
                at = told.get()
            passed = time.monotonic() - began
            yield render.progress_html(*at, passed, language), gr.skip(), gr.skip(), gr.skip()
        outcome = done[0]
        if isinstance(outcome, AddReport):
            yield render.report_html(outcome, language), None, None, ""
        elif isinstance(outcome, HoiBaoError):
            yield render.note_html(str(outcome)), gr.skip(), gr.skip(), gr.skip()
        else:
            _log.error("adding failed", exc_info=outcome)
            yield render.note_html(say("bug", language)), gr.skip(), gr.skip(), gr.skip()

    def _cancelled(self) -> None:
        if self._stop:
            self._stop.set()

    def _kept(self, uploads: list[str]) -> list[Path]:
        """Uploads copied into the library's own folder, where they stay: what the browser gave lies
        among temporary files."""
        folder = self._library.folder / "files"
        kept = []
        for upload in map(Path, uploads):
            folder.mkdir(parents=True, exist_ok=True)
            target, number = folder / upload.name, 1
            while target.exists() and target.read_bytes() != upload.read_bytes():
                number += 1
                target = folder / f"{upload.stem}-{number}{upload.suffix}"
            if not target.exists():
                part = target.with_name(f".{target.name}.part")
                shutil.copyfile(upload, part)
                part.replace(target)
            kept.append(target)
        return kept

    # -- the table -------------------------------------------------------------------------

    def _list(
        self, text: str, since: str, until: str, outlet: str, place: str, language: Language
    ) -> tuple[Any, ...]:
        try:
            only = chosen((since, until, outlet, place)).only()
        except InputError as error:
            return gr.skip(), f"⚠ {render.escape(str(error))}", gr.skip(), gr.skip()
        rows, count = self._library.first_articles(ROWS, only, text or "")
        if not self._library.counts()[0]:
            said = say("empty", language)
        elif count > ROWS:
            said = say("count_some", language, count=count, shown=ROWS)
        else:
            said = say("count", language, count=count)
        return (
            render.article_table(rows),
            f"{said} {say('open_hint', language) if rows else ''}",
            gr.update(choices=choices(self._library, "outlet"), value=outlet or ""),
            gr.update(choices=choices(self._library, "place"), value=place or ""),
        )

    def _open(self, language: Language, event: gr.SelectData) -> tuple[Any, ...]:
        # By the id in the row's last cell: the table may be sorted in the browser.
        return (*self._shown(str(event.row_value[-1]), language), gr.update(visible=False), "")

    def _shown(self, article_id: str, language: Language) -> tuple[Any, ...]:
        """The article, its id, and its fields for the form."""
        try:
            article = self._library.article(article_id)
        except HoiBaoError as error:
            return (render.note_html(str(error)), "", *([""] * len(FIELDS)))
        values = [str(getattr(article.details, name) or "") for name in FIELDS]
        return (render.article_html(article, 0, 0, language), article_id, *values)

    def _saved(self, article_id: str, language: Language, *values: str) -> tuple[Any, ...]:
        if not article_id:
            return (gr.skip(), render.note_html(say("choose_row", language)), *values)
        try:
            details = self._library.article(article_id).details
            changed: dict[str, str | None] = {
                name: value
                for name, value in zip(FIELDS, values, strict=True)
                if (value or "").strip() != str(getattr(details, name) or "")
            }
            if changed:
                self._library.correct(article_id, changed)
        except HoiBaoError as error:
            return (gr.skip(), render.note_html(f"⚠ {error}"), *values)
        shown, _, *now = self._shown(article_id, language)
        return (shown, render.note_html(say("saved", language, count=len(changed))), *now)

    def _removed(self, article_id: str, language: Language) -> tuple[Any, ...]:
        hidden = gr.update(visible=False)
        try:
            self._library.remove([article_id])
        except HoiBaoError as error:
            return gr.skip(), gr.skip(), hidden, render.note_html(f"⚠ {error}")
        return "", "", hidden, render.note_html(say("removed", language))


def headers(language: Language) -> list[str]:
    """The table's headings."""
    keys = ("name", "outlet", "author", "published", "place", "copies", "id")
    return [say(key, language) for key in keys]


def _key(field: str) -> str:
    return {"title": "name", "url": "address"}.get(field, field)
