"""The tab of the articles: its components, the table, and which control does what (`ui.page.shelf`)."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from index.errors import InputError
from index.library import Library
from ui.config import SHOWN
from ui.errors import warned
from ui.page import render
from ui.page.bin import Bin
from ui.page.filters import choices, chosen
from ui.page.playing import HIDDEN, LAST, plays
from ui.page.shelf import FIELDS, Shelf
from ui.page.style import drawn
from ui.page.view import Frame, View
from ui.text import Language, say
from ui.trash import Trash


class ArticlesTab:
    """The components of the tab, wired to a library. `spoken` are those with words on them, and
    `speak` gives their words in a language; `restored` comes when something left the trash."""

    def __init__(self, library: Library, shelf: Shelf, trash: Trash, language: gr.Textbox) -> None:
        self._library = library
        self._shelf = shelf
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
                label=say("path", "vi"), placeholder=say("path_hint", "vi"), elem_id="hb-path",
                visible=shelf.paths,
            )  # fmt: skip
            with gr.Row():
                self._add = gr.Button(
                    say("add_send", "vi"), variant="primary", elem_id="hb-add-send"
                )
                self._cancel = gr.Button(say("cancel", "vi"), elem_id="hb-cancel")
            self._report = gr.HTML(elem_id="hb-report")
        with gr.Row():
            self._text = gr.Textbox(label=say("filter_text", "vi"), elem_id="hb-filter-text")
            self._since = gr.Textbox(
                label=say("since", "vi"), placeholder=say("since_hint", "vi"), max_lines=1
            )
            self._until = gr.Textbox(
                label=say("until", "vi"), placeholder=say("until_hint", "vi"), max_lines=1
            )
            self._outlet = gr.Dropdown(label=say("outlet", "vi"), elem_id="hb-filter-outlet")
            self._place = gr.Dropdown(label=say("place", "vi"), elem_id="hb-filter-place")
        self._count = drawn("hb-count")
        # Not there before it is filled: the browser would fetch what draws tables before anything is asked.
        self._table = gr.Dataframe(
            headers=headers("vi"), interactive=False, wrap=True, visible=False, buttons=[],
            datatype=["str", "str", "str", "html", "str", "str", "str"],  # the date: render.article_table
            column_widths=["40%", "18%", "14%", "11%", "9%", "8%", "0%"],
            elem_id="hb-articles",
        )  # fmt: skip
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._reader = drawn("hb-reader")
            with (
                gr.Column(scale=2, min_width=280),
                gr.Accordion(say("correct", "vi"), open=False, elem_id="hb-correct") as self._box,
            ):
                self._chosen = gr.State("")
                self._view = gr.State(View())
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
        self._bin = Bin(trash, language)
        self._wire()

    @property
    def for_editors(self) -> list[Any]:
        """The components that members have no use for."""
        return [self._add_box, self._box]

    @property
    def for_owner(self) -> list[Any]:
        """The components for who sits at the machine."""
        return [self._path] if self._shelf.paths else []

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._add_box, self._files, self._folder, self._path, self._add, self._cancel),
            *(self._text, self._since, self._until, self._outlet, self._place, self._table),
            *(self._box, *self._inputs, self._save, self._remove, self._sure),
            *self._bin.spoken,
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
            *self._bin.speak(language),
        )

    def load(self, *listeners: Any) -> None:
        """Fills the table when one of these events comes."""
        for listener in listeners:
            listener(self._list, self._filters, self._listed, **HIDDEN)

    @property
    def _listed(self) -> list[Any]:
        return [self._table, self._count, self._outlet, self._place]

    @property
    def _filters(self) -> list[Any]:
        return [
            *(self._text, self._since, self._until, self._outlet, self._place, self._language),
        ]

    def _wire(self) -> None:
        shelf, inputs = self._shelf, dict(zip(FIELDS, self._inputs))
        given = {"files": self._files, "folder": self._folder, "path": self._path, "add": self._add}
        form = {"reader": self._reader, "current": self._chosen, **inputs}
        form |= {"sure": self._sure, "said": self._said}
        chosen_ = [self._view, self._chosen, self._language]
        changes = [
            plays(self._add.click, shelf.add, [self._view, *list(given.values())[:3], self._language],
                  {**given, "report": self._report}, trigger_mode="once"),
            plays(self._save.click, shelf.save, [*chosen_, *self._inputs], form),
            plays(self._sure.click, shelf.remove, chosen_, form, trigger_mode="once"),
        ]  # fmt: skip
        self.begun, self.changed = self._add.click, changes[-1].then
        self._cancel.click(shelf.stop, queue=False, **HIDDEN)
        plays(self._remove.click, shelf.ask_to_remove, chosen_, form)
        plays(self._table.select, self._selected, [self._view, self._language], form)
        self.restored = self._bin.restored
        self.load(*(change.then for change in changes), self.restored)
        self._bin.load(changes[-1].then)
        asks = [part.submit for part in (self._text, self._since, self._until)]
        asks += [choice.input for choice in (self._outlet, self._place)]
        gr.on(asks, self._list, self._filters, self._listed, **LAST)

    def _selected(self, event: gr.SelectData, view: View, language: Language) -> Iterator[Frame]:
        # By the id in the row's last cell: the table may be sorted in the browser.
        return self._shelf.open(view, str(event.row_value[-1]), language)

    # -- the table -------------------------------------------------------------------------

    def _list(
        self, text: str, since: str, until: str, outlet: str, place: str, language: Language
    ) -> tuple[Any, ...]:
        try:
            only = chosen((since, until, outlet, place)).only()
        except InputError as error:
            warning = render.note_html(warned(error.line, language))
            return gr.skip(), warning, gr.skip(), gr.skip()
        rows, count = self._library.first_articles(SHOWN.articles, only, text or "")
        if not self._library.counts()[0]:
            said = say("empty", language)
        elif count > SHOWN.articles:
            said = say("count_some", language, count=count, shown=SHOWN.articles)
        else:
            said = say("count", language, count=count)
        return (
            gr.update(value=render.article_table(rows), visible=True),
            render.note_html(f"{said} {say('open_hint', language) if rows else ''}"),
            gr.update(choices=choices(self._library, "outlet"), value=outlet or ""),
            gr.update(choices=choices(self._library, "place"), value=place or ""),
        )


def headers(language: Language) -> list[str]:
    """The table's headings."""
    keys = ("name", "outlet", "author", "published", "place", "copies", "id")
    return [say(key, language) for key in keys]


def _key(field: str) -> str:
    return {"title": "name", "url": "address"}.get(field, field)
