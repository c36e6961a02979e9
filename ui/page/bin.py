"""The trash on the page: what is in it, put back or erased."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from index.config import TRASH
from index.errors import HoiBaoError
from ui.errors import warned
from ui.page import render
from ui.page.playing import HIDDEN
from ui.page.who import here
from ui.text import Language, say
from ui.trash import Item, Trash


class Bin:
    """Its components, in an accordion, and what they do; `restored` comes when something was put back, and
    `spoken` are those with words on them."""

    def __init__(self, trash: Trash, language: gr.Textbox) -> None:
        self._of_all = trash
        self._language = language
        with gr.Accordion(say("trash", "vi"), open=False, elem_id="hb-trash") as self._box:
            self._items = gr.CheckboxGroup(
                label=say("trash", "vi"), show_label=False, elem_id="hb-trash-items"
            )
            with gr.Row():
                self._restore = gr.Button(say("restore", "vi"), elem_id="hb-restore")
                self._empty = gr.Button(say("erase", "vi"), elem_id="hb-erase")
                self._sure = gr.Button(
                    say("erase_sure", "vi"), variant="stop", visible=False, elem_id="hb-erase-sure"
                )
            self._said = gr.HTML(elem_id="hb-trash-said")
        shown = [self._items, self._said, self._sure]
        self._box.expand(self._list, language, shown, **HIDDEN)
        self._empty.click(lambda: gr.update(visible=True), None, self._sure, **HIDDEN)
        self.restored = self._restore.click(
            self._put_back, [self._items, language], shown, trigger_mode="once", **HIDDEN
        ).then
        self._sure.click(self._erased, language, shown, trigger_mode="once", **HIDDEN)

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._box, self._restore, self._empty, self._sure]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        keys = ("restore", "erase", "erase_sure")
        box = gr.update(label=say("trash", language))
        return (box, *(gr.update(value=say(key, language)) for key in keys))

    def load(self, *listeners: Any) -> None:
        """Lists what is in it when one of these events comes."""
        for listener in listeners:
            listener(self._list, self._language, [self._items, self._said, self._sure], **HIDDEN)

    @property
    def _trash(self) -> Trash:
        return self._of_all.of(here())

    def _list(self, language: Language, said: str = "") -> tuple[Any, ...]:
        items = self._trash.items()
        hint = say("trash_hint", language, days=round(TRASH.days))
        said = said or (hint if items else say("trash_empty", language))
        choices = [(_line(item, language), item.id) for item in items]
        # Titles of articles are no markup: a checkbox shows text.
        listed = gr.update(choices=choices, value=[])
        return listed, render.note_html(said), gr.update(visible=False)

    def _put_back(self, ids: Sequence[str], language: Language) -> tuple[Any, ...]:
        if not ids:
            return self._list(language, say("choose_trash", language))
        try:
            count = self._trash.restore(ids)
        except HoiBaoError as error:
            return self._list(language, warned(error.line, language))
        return self._list(language, say("restored", language, count=count))

    def _erased(self, language: Language) -> tuple[Any, ...]:
        try:
            count = self._trash.empty()
        except HoiBaoError as error:
            return self._list(language, warned(error.line, language))
        return self._list(language, say("erased", language, count=count))


def _line(item: Item, language: Language) -> str:
    title = " ".join(item.title.split())
    return say(f"trash_{item.kind}", language, title=title, until=f"{item.until:%d/%m/%Y}")
