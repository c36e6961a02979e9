"""The tab of the collection at a glance: bars one can click, and a quantity's values over the articles.

The bars are buttons and not a plot of a charting library: those draw on a canvas that neither the keyboard
nor a screen reader reaches.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from rag.assistant import Assistant
from rag.series import Value, series
from ui.config import SHOWN
from ui.errors import warned
from ui.page import render
from ui.page.filters import Chosen, chips_html, chosen
from ui.page.playing import LAST
from ui.page.style import drawn
from ui.problems import worded
from ui.templates import filled
from ui.text import Language, say


class OverviewTab:
    """The components of the tab; `filters` are the chat's own fields, which a click on a bar changes."""

    def __init__(self, assistant: Assistant, language: gr.Textbox, filters: Sequence[Any]) -> None:
        self._assistant = assistant
        self._language = language
        self._fields = list(filters)
        self._chips = drawn("hb-overview-chips", elem_classes="hb-chips")
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._bars = drawn("hb-overview")
            with gr.Column(scale=2, min_width=320):
                self._quantity = gr.Textbox(
                    label=say("quantity", "vi"), placeholder=say("quantity_hint", "vi"),
                    max_lines=1, elem_id="hb-quantity",
                )  # fmt: skip
                self._send = gr.Button(
                    say("quantity_send", "vi"), variant="primary", elem_id="hb-quantity-send"
                )
                self._table = drawn("hb-values")
        gr.on(  # the last one asked for is shown, also where it comes before the one before it is done
            [self._quantity.submit, self._send.click],
            self._values, [self._quantity, language, *self._fields], self._table,
            **LAST,
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
                self._drawn, [self._language, *self._fields], [self._bars, self._chips], **LAST
            )

    def _drawn(self, language: Language, *fields: str) -> tuple[str, str]:
        filters = chosen(fields)
        library = self._assistant.library
        chips = chips_html(library, filters, language)
        try:
            only = filters.only()
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language)), chips
        months = library.values("month", only)
        count = library.extent(only).articles
        if not count:
            return render.note_html(say("nothing_here", language)), chips
        bars = filled(
            "overview",
            language=language,
            count=count,
            undated=count - sum(months.values()),
            timeline=_timeline(months, filters),
            groups=[
                group
                for field in ("outlet", "place")
                if (group := _group(field, library.values(field, only), filters))
            ],
        )
        return bars, chips

    def _values(self, quantity: str, language: Language, *fields: str) -> str:
        if not (quantity or "").strip():
            return ""
        try:
            found = series(self._assistant, quantity, chosen(fields).only())
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language))
        return values_html(found, language)


def values_html(values: Sequence[Value], language: Language) -> str:
    """A quantity's values as a table: when, where, what the article says, a link to its words."""
    if not values:
        return render.note_html(say("quantity_none", language))
    rows = []
    for number, value in enumerate(values, 1):
        published = value.article.details.published
        when = render.shown_day(published) or str(value.year or say("unknown", language))
        at = value.citation
        link = {
            "href": render.target(at.article.id, at.start, at.end),
            "title": at.quote,
            "text": f"[{number}]",
        }
        problems = "; ".join(worded(one, language) for one in value.statement.problems)
        said = [value.statement.text, link, *([f"⚠ {problems}"] if problems else [])]
        rows.append([when, value.statement.label, said])
    return filled("values", rows=rows, language=language)


def _timeline(months: dict[str, int], filters: Chosen) -> dict[str, Any] | None:
    """A bar for each month from the first to the last; for each year where there are too many."""
    if not months:
        return None
    every = _between(min(months), max(months))
    heading = "by_month"
    bars = [(month, f"{month[5:]}/{month[:4]}", months.get(month, 0)) for month in every]
    if len(every) > SHOWN.months:
        heading = "by_year"
        years = sorted({month[:4] for month in every})
        counts = {y: sum(n for month, n in months.items() if month[:4] == y) for y in years}
        bars = [(year, year, counts[year]) for year in years]
    highest = max(count for _, _, count in bars)
    items = []
    for value, name, count in bars:
        filter_ = f"{'month' if len(value) == 7 else 'year'}={value}"
        items.append(
            {
                "name": name,
                "count": count,
                "filter": filter_,
                "on": bool(filters.since and filters.changed(filter_).since == ""),
                "percent": max(2.0, 100 * count / highest) if count else 0.0,
            }
        )
    return {"heading": heading, "bars": items}


def _group(field: str, counts: dict[str, int], filters: Chosen) -> dict[str, Any] | None:
    """A bar for each of the most frequent values of a field."""
    if not counts:
        return None
    highest = max(counts.values())
    bars = [
        {
            "name": name,
            "count": count,
            "filter": f"{field}={name}",
            "on": getattr(filters, field) == name,
            "percent": 100 * count / highest,
        }
        for name, count in list(counts.items())[: SHOWN.bars]
    ]
    return {"field": field, "bars": bars, "more": len(counts) - SHOWN.bars}


def _between(first: str, last: str) -> list[str]:
    """The months from one to another ("2019-06"), both included."""
    at = date.fromisoformat(f"{first}-01")
    found = []
    while (month := f"{at:%Y-%m}") <= last:
        found.append(month)
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return found
