"""The tab of exact search: a query, what it finds counted, each place in its line of words, all of it as CSV.

A place opens its article in the pane beside, through the same links as citations do.
"""

from typing import Any

import gradio as gr

from index.config import FIND
from index.errors import HoiBaoError
from index.find.found import Found, FoundArticle, Group, Order
from index.library import Library
from ui.config import SHOWN
from ui.errors import warned
from ui.finding import count_line
from ui.history import History
from ui.page import render
from ui.page.playing import HIDDEN
from ui.page.style import channel, drawn
from ui.page.taken import saved
from ui.page.who import here
from ui.spreadsheet import places
from ui.templates import filled
from ui.text import Language, say

#: What of a query is explained, with an example of each.
_HELP = (
    ("words", "cầu an hoa"),
    ("phrase", '"Ủy ban nhân dân"'),
    ("operators", "(lũ OR bão) NOT tập huấn"),
    ("near", 'NEAR(cầu "khánh thành", 5)'),
    ("star", "khánh*"),
    ("fields", 'title: outlet: author: place:"Bắc Kạn" date:2019..2021-06'),
)


class FindTab:
    """The components of the tab, wired to a library. `spoken` are those with words on them, `speak` gives their
    words in a language."""

    def __init__(self, library: Library, history: History, language: gr.Textbox) -> None:
        self._library = library
        self._standing = history.standing
        self._language = language
        self._narrowed = channel("narrow")
        with gr.Row(equal_height=False, elem_id="hb-find-box"):
            self._query = gr.Textbox(
                label=say("find_query", "vi"), placeholder=say("find_hint", "vi"), max_lines=1,
                scale=4, elem_id="hb-find-query",
            )  # fmt: skip
            self._send = gr.Button(
                say("find_send", "vi"), variant="primary", min_width=90, elem_id="hb-find-send"
            )
        self._help = drawn("hb-find-help", help_html("vi"))
        self._by = gr.Radio(
            _orders("vi"), value="date", label=say("find_by", "vi"), elem_id="hb-find-by"
        )
        self._found = drawn("hb-found")
        with gr.Row():
            self._csv = gr.Button(
                say("find_csv", "vi"), size="sm", visible=False, elem_id="hb-find-csv"
            )
            self._follow = gr.Button(
                say("find_follow", "vi"), size="sm", visible=False, elem_id="hb-find-follow"
            )
        self._said = drawn("hb-find-said")
        self._file = gr.File(interactive=False, visible=False, elem_id="hb-find-file")
        self._wire()

    @property
    def query(self) -> Any:
        """The field of the query."""
        return self._query

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._query, self._send, self._help, self._by, self._csv, self._follow]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        hint = say("find_hint", language)
        return (
            gr.update(label=say("find_query", language), placeholder=hint),
            gr.update(value=say("find_send", language)),
            help_html(language),
            gr.update(label=say("find_by", language), choices=_orders(language)),
            gr.update(value=say("find_csv", language)),
            gr.update(value=say("find_follow", language)),
        )

    def load(self, *listeners: Any) -> None:
        """Shows what was found anew, in the language chosen by then, when one of these events comes."""
        for listener in listeners:
            listener(self._find, self._asked, self._shown, **HIDDEN)

    @property
    def _asked(self) -> list[Any]:
        return [self._query, self._by, self._language]

    @property
    def _shown(self) -> list[Any]:
        return [self._found, self._csv, self._follow, self._said, self._file]

    def _wire(self) -> None:
        last: Any = {"trigger_mode": "always_last", **HIDDEN}
        asks = [self._query.submit, self._send.click, self._by.input]
        gr.on(asks, self._find, self._asked, self._shown, **last)
        self._narrowed.click(narrowed, [self._narrowed, self._query], self._query, **last).then(
            self._find, self._asked, self._shown, **HIDDEN
        )
        self._csv.click(self._exported, self._asked, [self._found, self._file], **last)
        follows = self._follow.click(
            self._followed, [self._query, self._language], self._said, **last
        )
        #: An event: a query is followed from now on.
        self.followed = follows.then

    def _find(self, query: str, by: Order, language: Language) -> tuple[Any, ...]:
        gone = gr.update(visible=False)
        if not (query or "").strip():
            return "", gone, gone, "", gone
        try:
            found = self._library.find(query, by=by, limit=SHOWN.found)
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), gone, gone, "", gone
        csv, follow = gr.update(visible=bool(found.matching)), gr.update(visible=True)
        return found_html(found, language), csv, follow, "", gone

    def _exported(self, query: str, by: Order, language: Language) -> tuple[Any, ...]:
        try:
            found = self._library.find(query, by=by, limit=None, places=FIND.exported)
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), gr.skip()
        return gr.skip(), gr.update(value=saved("hoibao.csv", places(found)), visible=True)

    def _followed(self, query: str, language: Language) -> str:
        try:
            self._standing.of(here().id).add(query or "", exact=True)
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language))
        return render.note_html(say("find_followed", language))


def found_html(found: Found, language: Language) -> str:
    """What was found: counted, by month, outlet and province, and each place in its line of words."""
    return filled(
        "find",
        language=language,
        count=count_line(found, language),
        groups=[_group(group) for group in found.groups if group.facets],
        articles=[_article(one, language) for one in found.articles],
        fewer=len(found.articles) < found.matching,
    )


def help_html(language: Language) -> str:
    """How a query is written."""
    return filled("find_help", language=language, parts=_HELP)


def narrowed(what: str, query: str) -> str:
    """A query with a month, outlet or province that was clicked ("month=2019-06") beside it.

    >>> narrowed("outlet=Báo X", "lũ OR bão")
    '(lũ OR bão) outlet:"Báo X"'
    """
    field, _, value = what.partition("=")
    first = f"({query})" if " OR " in query else query
    if field == "month":
        return f"{first} date:{value}"
    return f'{first} {field}:"{value.replace(chr(34), " ")}"'


def _orders(language: Language) -> list[tuple[str, str]]:
    return [(say(f"find_{order}", language), order) for order in ("date", "relevance")]


def _group(group: Group) -> dict[str, Any]:
    facets = group.facets
    shown = facets[-SHOWN.bars :] if group.field == "month" else facets[: SHOWN.bars]
    return {
        "field": group.field,
        "facets": [
            {
                "name": f"{one.value[5:]}/{one.value[:4]}" if group.field == "month" else one.value,
                "narrow": f"{group.field}={one.value}",
                "matching": one.matching,
                "of": one.of,
            }
            for one in shown
        ],
        "left": len(facets) - len(shown),
        "unknown": group.unknown,
    }


def _article(one: FoundArticle, language: Language) -> dict[str, Any]:
    day = render.shown_day(one.published) or say("unknown", language)
    at = [
        {
            "href": render.target(one.id, place.start, place.end),
            "before": place.before,
            "quote": place.quote,
            "after": place.after,
        }
        for place in one.places
    ]
    return {
        "href": at[0]["href"] if at else render.target(one.id, 0, 0),
        "title": one.title,
        "byline": " · ".join(filter(None, (one.outlet, day, one.place))),
        "titled": one.titled,
        "places": at,
        "more": one.more,
    }
