"""The tab of names: people, organisations and places with their counts, to filter by; who held which office
when, each with its words, which open in the reading pane."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from index.library import Library
from index.named import Name, Office, Seen
from index.naming.found import KINDS, Kind
from ui.changes import changing
from ui.config import SHOWN
from ui.errors import warned
from ui.page import render
from ui.page.filters import chips_html, chosen
from ui.page.playing import HIDDEN, LAST
from ui.page.style import channel, drawn
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say


class NamesTab:
    """The components of the tab; `filters` are the chat's own fields, which a click on a name changes."""

    def __init__(self, library: Library, language: gr.Textbox, filters: Sequence[Any]) -> None:
        self._library = library
        self._language = language
        self._fields = list(filters)
        self._named = channel("named")
        self._chips = drawn("hb-names-chips", elem_classes="hb-chips")
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=300):
                self._kind = gr.Radio(
                    _kinds("vi"), value="person", show_label=False, container=False,
                    elem_id="hb-names-kind",
                )  # fmt: skip
                self._find = gr.Textbox(
                    label=say("names_find", "vi"), placeholder=say("names_find_hint", "vi"),
                    max_lines=1, elem_id="hb-names-find",
                )  # fmt: skip
                self._list = drawn("hb-names")
                with gr.Accordion(
                    say("names_merge", "vi"), open=False, elem_id="hb-names-merge"
                ) as box:
                    self._box = box
                    self._into = gr.Textbox(
                        label=say("names_into", "vi"), max_lines=1, elem_id="hb-names-into"
                    )
                    self._other = gr.Textbox(
                        label=say("names_other", "vi"), max_lines=1, elem_id="hb-names-other"
                    )
                    with gr.Row():
                        self._merge = gr.Button(say("names_merge_do", "vi"), elem_id="hb-names-do")
                        self._part = gr.Button(say("names_part_do", "vi"), elem_id="hb-names-part")
                    self._said = drawn("hb-names-said")
            with gr.Column(scale=3, min_width=320):
                self._office = gr.Textbox(
                    label=say("offices_find", "vi"), max_lines=1, elem_id="hb-offices-find"
                )
                self._offices = drawn("hb-offices")
        self._wire()

    @property
    def for_editors(self) -> list[Any]:
        """The components that members have no use for."""
        return [self._box]

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._kind, self._find, self._box, self._into, self._other, self._merge),
            *(self._part, self._office),
        ]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""

        def label(key: str) -> Any:
            return gr.update(label=say(key, language))

        return (
            gr.update(choices=_kinds(language)),
            *map(label, ("names_find", "names_merge", "names_into", "names_other")),
            *(gr.update(value=say(key, language)) for key in ("names_merge_do", "names_part_do")),
            label("offices_find"),
        )

    def load(self, *listeners: Any) -> None:
        """Draws the lists anew when one of these events comes."""
        for listener in listeners:
            listener(self._drawn, self._asked, self._shown, **LAST)

    @property
    def _asked(self) -> list[Any]:
        return [self._kind, self._find, self._office, self._language, *self._fields]

    @property
    def _shown(self) -> list[Any]:
        return [self._list, self._offices, self._chips]

    def _wire(self) -> None:
        asks = [self._find.submit, self._kind.input, self._office.submit]
        gr.on(asks, self._drawn, self._asked, self._shown, **LAST)
        self._named.click(self._filter, [self._named, *self._fields], self._fields, **LAST)
        self._merge.click(
            self._merged, [self._into, self._other, self._language], self._said, **HIDDEN
        ).then(self._drawn, self._asked, self._shown, **HIDDEN)
        self._part.click(self._parted, [self._into, self._language], self._said, **HIDDEN).then(
            self._drawn, self._asked, self._shown, **HIDDEN
        )

    def _drawn(
        self, kind: Kind, text: str, office: str, language: Language, *fields: str
    ) -> tuple[str, str, str]:
        filters = chosen(fields)
        chips = chips_html(self._library, filters, language)
        names = self._library.names
        try:
            found = names.names(kind, text or "", filters.only())
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), "", chips
        held, count = names.first_offices(SHOWN.names, either=office or "")
        return names_html(found, language), offices_html(held, language, count), chips

    def _filter(self, name: str, *fields: str) -> tuple[str, ...]:
        """The chat's fields with the articles of a name; without them where they were those."""
        filters = chosen(fields)
        try:
            names = self._library.names
            ids = [seen.article for seen in names.standing(names.one(name))]
        except HoiBaoError:
            return filters.values()
        return filters.only_of(ids).values()

    def _merged(self, into: str, other: str, language: Language) -> str:
        try:
            with changing(self._library, here(), "names", f"merge {into} ← {other}"):
                one = self._library.names.merge(into or "", other or "")
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language))
        said = say("names_merged", language, name=one.name, count=one.articles)
        return render.note_html(said)

    def _parted(self, name: str, language: Language) -> str:
        try:
            with changing(self._library, here(), "names", f"part {name}"):
                count = self._library.names.part(name or "")
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language))
        return render.note_html(say("names_parted", language, count=count))


def names_html(found: Sequence[Name], language: Language) -> str:
    """Names with how many articles have them, from when to when; a click asks those only."""
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "merged": ", ".join(one.merged),
            "count": one.articles,
            "days": " – ".join(
                dict.fromkeys(f"{day:%m/%Y}" for day in (one.first, one.last) if day)
            ),
        }
        for one in found[: SHOWN.names]
    ]
    return filled("names", language=language, names=rows, more=len(found) - len(rows))


def offices_html(found: Sequence[Office], language: Language, count: int = 0) -> str:
    """Who held which office, first and last told where, each a link to the words; of `count` in all."""
    rows = [
        [one.office, one.organisation, one.person, _link(one.first, language)]
        + [_link(one.last, language) if one.last != one.first else ""]
        for one in found
    ]
    return filled("offices", language=language, rows=rows, more=count - len(rows))


def _link(seen: Seen, language: Language) -> dict[str, str]:
    day = render.shown_day(seen.published) or say("unknown", language)
    return {
        "href": render.target(seen.article, seen.start, seen.end),
        "title": seen.quote,
        "text": day,
    }


def _kinds(language: Language) -> list[tuple[str, str]]:
    return [(say(f"name_{kind}", language), kind) for kind in KINDS]
