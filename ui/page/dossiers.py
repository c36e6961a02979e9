"""The panel of the dossiers: made, filled with what exact search finds, renamed, deleted, taken along; one
that is chosen is a filter of the question (`ui.page.filters`)."""

from typing import Any

import gradio as gr

from index.errors import HoiBaoError, InputError
from index.language.text import one_line
from index.library import Library
from index.people import listed
from index.types import Dossier
from ui.changes import changing
from ui.dossiers import FORMATS, exported, of_dossier
from ui.errors import warned
from ui.page import render
from ui.page.playing import HIDDEN, LAST
from ui.page.taken import saved
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say


class DossiersPanel:
    """Its components, wired to a library. `within` is the field of the filters that holds the number of the
    chosen one. `spoken` are those with words on them, `speak` gives their words in a language."""

    def __init__(self, library: Library, language: gr.Textbox, within: Any) -> None:
        self._library = library
        self._language = language
        self._within = within
        self._list = gr.HTML(elem_id="hb-dossiers", apply_default_css=False)
        self._said = gr.HTML(elem_id="hb-dossier-said", apply_default_css=False)
        with gr.Row(equal_height=False):
            self._name = gr.Textbox(
                label=say("dossier_name", "vi"), max_lines=1, scale=3, elem_id="hb-dossier-name"
            )
            self._new = gr.Button(say("dossier_new", "vi"), elem_id="hb-dossier-new")
        with gr.Row(equal_height=False):
            self._pick = gr.Dropdown(label=say("dossier_pick", "vi"), elem_id="hb-dossier-pick")
            self._query = gr.Textbox(
                label=say("dossier_find", "vi"), placeholder=say("find_hint", "vi"), max_lines=1, scale=2,
                elem_id="hb-dossier-query",
            )  # fmt: skip
            self._add = gr.Button(say("dossier_add", "vi"), elem_id="hb-dossier-add")
        with gr.Row():
            self._rename = gr.Button(say("dossier_rename", "vi"), elem_id="hb-dossier-rename")
            self._delete = gr.Button(say("dossier_delete", "vi"), elem_id="hb-dossier-delete")
            self._sure = gr.Button(
                say("dossier_delete_sure", "vi"), variant="stop", visible=False, elem_id="hb-dossier-sure"
            )  # fmt: skip
        with gr.Row():
            self._kind = gr.Dropdown(
                [(name, kind) for kind, name in FORMATS.items()],
                value="docx", label=say("format", "vi"), elem_id="hb-dossier-kind",
            )  # fmt: skip
            self._export = gr.Button(say("dossier_export", "vi"), elem_id="hb-dossier-export")
        self._file = gr.File(interactive=False, visible=False, elem_id="hb-dossier-file")
        self._wire()

    @property
    def for_editors(self) -> list[Any]:
        """The components that members have no use for."""
        return [self._name, self._new, self._query, self._add, self._rename, self._delete]

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._name, self._new, self._pick, self._query, self._add, self._rename),
            *(self._delete, self._sure, self._kind, self._export),
        ]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""

        def label(key: str) -> Any:
            return gr.update(label=say(key, language))

        def value(key: str) -> Any:
            return gr.update(value=say(key, language))

        return (
            *(label("dossier_name"), value("dossier_new"), label("dossier_pick")),
            *(label("dossier_find"), value("dossier_add"), value("dossier_rename")),
            *(value("dossier_delete"), value("dossier_delete_sure"), label("format")),
            value("dossier_export"),
        )

    def load(self, *listeners: Any) -> None:
        """Lists the dossiers when one of these events comes."""
        for listener in listeners:
            listener(self._listed, [self._language, self._within], self._shown, **HIDDEN)

    def marks(self, event: Any) -> None:
        """Marks, when the event comes, the one that is chosen."""
        event(
            lambda language, within: dossiers_html(self._library, within, language),
            [self._language, self._within], self._list, **LAST,
        )  # fmt: skip

    def offers(self, event: Any, query: Any) -> None:
        """Takes over, when the event comes, the query that stands in another field, that of exact search."""
        event(lambda asked, own: asked or own, [query, self._query], self._query, **HIDDEN)

    @property
    def _shown(self) -> list[Any]:
        return [self._list, self._said, self._sure, self._pick, self._within]

    def _wire(self) -> None:
        once: Any = {"trigger_mode": "once", **HIDDEN}
        now = [self._language, self._within]
        made = [self._name, *now]
        gr.on([self._new.click, self._name.submit], self._made, made, self._shown, **once)
        adds = [self._pick, self._query, *now]
        gr.on([self._add.click, self._query.submit], self._added, adds, self._shown, **once)
        self._rename.click(self._renamed, [self._pick, self._name, *now], self._shown, **once)
        self._delete.click(lambda: gr.update(visible=True), None, self._sure, **HIDDEN)
        self._sure.click(self._deleted, [self._pick, *now], self._shown, **once)
        exports = [self._pick, self._kind, self._language]
        self._export.click(self._exported, exports, [self._said, self._file], **once)

    def _listed(
        self, language: Language, within: str, said: str = "", pick: str | None = None
    ) -> tuple[Any, ...]:
        names = [one.name for one in self._library.dossiers.all()]
        value = {"value": pick} if pick in names else {} if pick is None else {"value": None}
        return (
            dossiers_html(self._library, within, language),
            render.note_html(said) if said else "",
            gr.update(visible=False),
            gr.update(choices=names, **value),
            within,
        )

    def _failed(self, error: HoiBaoError, language: Language, within: str) -> tuple[Any, ...]:
        return self._listed(language, within, warned(error.line, language))

    def _made(self, name: str, language: Language, within: str) -> tuple[Any, ...]:
        try:
            with changing(self._library, here(), "dossier", f"new {one_line(name or '')}"):
                made = self._library.dossiers.new(name or "")
        except HoiBaoError as error:
            return self._failed(error, language, within)
        said = say("dossier_made", language, name=made.name)
        return self._listed(language, within, said, made.name)

    def _added(
        self, pick: str | None, query: str, language: Language, within: str
    ) -> tuple[Any, ...]:
        try:
            before = self._picked(pick)
            found = self._library.find(query or "", limit=None, places=0)
            added = [one.id for one in found.articles]
            with changing(self._library, here(), "dossier", f"{before.name}: + {listed(added)}"):
                after = self._library.dossiers.add(before.name, added)
        except HoiBaoError as error:
            return self._failed(error, language, within)
        more = after.articles - before.articles
        said = say("dossier_added", language, added=more, name=after.name, count=after.articles)
        return self._listed(language, within, said)

    def _renamed(
        self, pick: str | None, name: str, language: Language, within: str
    ) -> tuple[Any, ...]:
        try:
            before = self._picked(pick).name
            with changing(self._library, here(), "dossier", f"{before} → {one_line(name or '')}"):
                now = self._library.dossiers.rename(before, name or "")
        except HoiBaoError as error:
            return self._failed(error, language, within)
        said = say("dossier_renamed", language, name=now.name)
        return self._listed(language, within, said, now.name)

    def _deleted(self, pick: str | None, language: Language, within: str) -> tuple[Any, ...]:
        try:
            picked = self._picked(pick).name
            with changing(self._library, here(), "dossier", f"delete {picked}"):
                gone = self._library.dossiers.delete(picked)
        except HoiBaoError as error:
            return self._failed(error, language, within)
        said = say("dossier_deleted", language, name=gone.name, count=gone.articles)
        return self._listed(language, "" if within == str(gone.number) else within, said, "")

    def _exported(self, pick: str | None, kind: str, language: Language) -> tuple[Any, ...]:
        try:
            found = self._picked(pick)
            data = exported(of_dossier(self._library, found, here().id), found.name, kind, language)
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), gr.update(visible=False)
        return "", gr.update(value=saved(f"hoibao.{kind}", data), visible=True)

    def _picked(self, pick: str | None) -> Dossier:
        if not pick:
            raise InputError("choose a dossier first")
        return self._library.dossiers.named(pick)


def dossiers_html(library: Library, within: str, language: Language) -> str:
    """The dossiers, each with how many articles it has and a button that has it asked alone; `within` is the
    number of the one that is."""
    every = library.dossiers.all()
    return filled("dossiers", dossiers=every, within=within or "", language=language)
