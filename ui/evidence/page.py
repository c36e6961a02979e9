"""Evidence for a person: one page that reads by itself, without network and script, and prints."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any

from ui.evidence.manifest import Cited, Evidence
from ui.templates import filled


def page(told: Evidence, texts: Mapping[str, str]) -> str:
    """The page; `texts` has the articles' texts by id."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    answers = []
    for number, one in enumerate(told.answers, 1):
        cited = {}
        for quote in one.citations:
            anchor = f"q{number}-{quote.number}"
            cited[quote.number] = _quote(quote, anchor)
            if quote.stands == "here":
                spans.setdefault(quote.article, []).append((quote.start, quote.end, anchor))
        lines: list[dict[str, Any]] = [
            {
                "text": line.text,
                "problems": line.problems,
                "quotes": [cited[n] for n in dict.fromkeys(line.citations) if n in cited],
            }
            for line in one.statements
        ]
        answers.append({"told": one, "number": number, "lines": lines, "asked": _day(one.asked)})
    articles = [
        {"told": one, "parts": parts(texts[one.id], spans.get(one.id, []))}
        for one in told.articles
        if one.id in texts
    ]
    created = _day(told.created)
    shown = filled("evidence_page", told=told, created=created, answers=answers, articles=articles)
    return f"{shown}\n"


def parts(text: str, spans: list[tuple[int, int, str]]) -> list[dict[str, Any]]:
    """A text in pieces: which of them are quoted, and the quotes' anchors that begin with each.

    >>> [(one["text"], one["quoted"], one["anchors"]) for one in parts("abcd", [(1, 3, "x"), (2, 3, "y")])]
    [('a', False, []), ('b', True, ['x']), ('c', True, ['y']), ('d', False, [])]
    """
    cuts = sorted({0, len(text), *(at for start, end, _ in spans for at in (start, end))})
    opened = Counter(start for start, _, _ in spans)
    opened.subtract(Counter(end for _, end, _ in spans))
    anchors: dict[int, list[str]] = {}
    for start, _, anchor in spans:
        anchors.setdefault(start, []).append(anchor)
    depths = accumulate(opened[at] for at in cuts)
    return [
        {"text": text[start:end], "quoted": depth > 0, "anchors": anchors.get(start, [])}
        for start, end, depth in zip(cuts, cuts[1:], depths, strict=False)
    ]


def _day(text: str) -> str:
    """A moment as it is read: "2026-07-01T08:05:00+00:00" is 1/7/2026, 08:05 UTC; anything else as it is."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(UTC):%d/%m/%Y, %H:%M} UTC"
    except (ValueError, OverflowError):
        return text


def _quote(quote: Cited, anchor: str) -> dict[str, Any]:
    day = f"{quote.published:%d/%m/%Y}" if quote.published else None
    return {
        "number": quote.number,
        "text": quote.quote,
        "about": " · ".join(filter(None, (quote.title, quote.outlet, day))),
        "page": quote.page,
        "at": f"{quote.start}–{quote.end}",
        "anchor": anchor,
        "stands": quote.stands,
    }
