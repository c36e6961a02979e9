"""The tab of the collection at a glance: bars one can click, and a quantity's values over the articles.

The bars are buttons and not a plot of a charting library: those draw on a canvas that neither the keyboard
nor a screen reader reaches.
"""

import html
from collections.abc import Sequence
from datetime import date
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from rag.assistant import Assistant
from rag.check.checker import in_language
from rag.series import Value, series
from ui.page import render
from ui.page.filters import Chosen, chips_html, chosen
from ui.reasons import reason
from ui.text import Language, say

_MONTHS = 240  # beyond that, bars are years
_ROWS = 30


class OverviewTab:
    """The components of the tab; `filters` are the chat's own fields, which a click on a bar changes."""

    def __init__(
        self, assistant: Assistant, language: gr.BrowserState, filters: Sequence[Any]
    ) -> None:
        self._assistant = assistant
        self._language = language
        self._fields = list(filters)
        self._chips = gr.HTML(elem_id="hb-overview-chips", elem_classes="hb-chips")
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._bars = gr.HTML(elem_id="hb-overview")
            with gr.Column(scale=2, min_width=320):
                self._quantity = gr.Textbox(
                    label=say("quantity", "vi"), placeholder=say("quantity_hint", "vi"),
                    max_lines=1, elem_id="hb-quantity",
                )  # fmt: skip
                self._send = gr.Button(
                    say("quantity_send", "vi"), variant="primary", elem_id="hb-quantity-send"
                )
                self._table = gr.HTML(elem_id="hb-values")
                self.source = gr.HTML(elem_id="hb-overview-source")
        private: Any = {"api_visibility": "private", "show_progress": "hidden"}
        gr.on(  # the last one asked for is shown, also where it comes before the one before it is done
            [self._quantity.submit, self._send.click],
            self._values, [self._quantity, language, *self._fields], self._table,
            trigger_mode="always_last", **private,
        )  # fmt: skip
        gr.on(  # likewise
            [part.change for part in self._fields],
            self._drawn, [language, *self._fields], [self._bars, self._chips],
            trigger_mode="always_last", **private,
        )  # fmt: skip

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._quantity, self._send]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        hint = say("quantity_hint", language)
        return (
            gr.update(label=say("quantity", language), placeholder=hint),
            gr.update(value=say("quantity_send", language)),
        )

    def load(self, *listeners: Any) -> None:
        """Draws the bars when one of these events comes."""
        for listener in listeners:
            listener(
                self._drawn, [self._language, *self._fields], [self._bars, self._chips],
                api_visibility="private", show_progress="hidden",
            )  # fmt: skip

    def _drawn(self, language: Language, *fields: str) -> tuple[str, str]:
        filters = chosen(fields)
        library = self._assistant.library
        chips = chips_html(library, filters, language)
        try:
            only = filters.only()
        except HoiBaoError as error:
            return render.note_html(f"⚠ {reason(str(error), language)}"), chips
        months = library.values("month", only)
        count = library.extent(only).articles
        if not count:
            return render.note_html(say("nothing_here", language)), chips
        undated = count - sum(months.values())
        return (
            f"<p class='hb-hint'>"
            f"{html.escape(say('overview_count', language, count=count, undated=undated))}</p>"
            f"{_timeline(months, filters, language)}"
            f"{_bars('outlet', library.values('outlet', only), filters, language)}"
            f"{_bars('place', library.values('place', only), filters, language)}"
        ), chips

    def _values(self, quantity: str, language: Language, *fields: str) -> str:
        if not (quantity or "").strip():
            return ""
        try:
            found = series(self._assistant, quantity, chosen(fields).only())
        except HoiBaoError as error:
            return render.note_html(f"⚠ {reason(str(error), language)}")
        return values_html(found, language)


def values_html(values: Sequence[Value], language: Language) -> str:
    """A quantity's values as a table: when, where, what the article says, a link to its words."""
    if not values:
        return render.note_html(say("quantity_none", language))
    rows = []
    for number, value in enumerate(values, 1):
        published = value.article.details.published
        when = f"{published:%d/%m/%Y}" if published else str(value.year or say("unknown", language))
        at = value.citation
        href = render.target(at.article.id, at.start, at.end)
        problems = "; ".join(in_language(one, language) for one in value.statement.problems)
        doubt = f" ⚠ {html.escape(problems)}" if problems else ""
        text = (
            f"{html.escape(value.statement.text)} "
            f"<a href='{href}' title='{html.escape(at.quote)}'>[{number}]</a>{doubt}"
        )
        rows.append([html.escape(when), html.escape(value.statement.label), text])
    return render.table_html([say(key, language) for key in ("when", "row", "value")], rows)


def _timeline(months: dict[str, int], filters: Chosen, language: Language) -> str:
    """A bar for each month from the first to the last; for each year where there are too many."""
    if not months:
        return ""
    every = _between(min(months), max(months))
    key = "by_month"
    bars = [(month, f"{month[5:]}/{month[:4]}", months.get(month, 0)) for month in every]
    if len(every) > _MONTHS:
        key = "by_year"
        years = sorted({month[:4] for month in every})
        counts = {y: sum(n for month, n in months.items() if month[:4] == y) for y in years}
        bars = [(year, year, counts[year]) for year in years]
    highest = max(count for _, _, count in bars)
    items = []
    for value, name, count in bars:
        said = html.escape(say("bar", language, name=name, count=count))
        filter_ = f"{'month' if len(value) == 7 else 'year'}={value}"
        on = "true" if filters.since and filters.changed(filter_).since == "" else "false"
        height = max(2.0, 100 * count / highest) if count else 0
        items.append(
            f"<button type='button' data-filter='{filter_}' aria-pressed='{on}' aria-label='{said}'"
            f" title='{said}'{' disabled' if not count else ''}>"
            f"<span style='height:{height:.1f}%'></span></button>"
        )
    first, last = bars[0][1], bars[-1][1]
    return (
        f"<section class='hb-timeline'><h2>{html.escape(say(key, language))}</h2>"
        f"<div class='hb-months'>{''.join(items)}</div>"
        f"<p><span>{html.escape(first)}</span><span>{html.escape(last)}</span></p></section>"
    )


def _bars(field: str, counts: dict[str, int], filters: Chosen, language: Language) -> str:
    if not counts:
        return ""
    highest = max(counts.values())
    items = []
    for name, count in list(counts.items())[:_ROWS]:
        on = "true" if getattr(filters, field) == name else "false"
        shown = html.escape(name)
        items.append(
            f"<li><button type='button' data-filter='{field}={shown}' aria-pressed='{on}'>"
            f"<span class='hb-name'>{shown}</span>"
            f"<span class='hb-track' aria-hidden='true'>"
            f"<span style='width:{100 * count / highest:.1f}%'></span></span>"
            f"<span>{count}</span></button></li>"
        )
    more = f"<li class='hb-hint'>… {len(counts) - _ROWS}</li>" if len(counts) > _ROWS else ""
    heading = html.escape(say(f"by_{field}", language))
    return f"<section class='hb-bars'><h2>{heading}</h2><ul>{''.join(items)}{more}</ul></section>"


def _between(first: str, last: str) -> list[str]:
    """The months from one to another ("2019-06"), both included."""
    at = date.fromisoformat(f"{first}-01")
    found = []
    while (month := f"{at:%Y-%m}") <= last:
        found.append(month)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found
