"""Questions and answers as safe HTML: each form that an answer takes, from its first word to its last."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from index.language.text import fold, one_line, strip_marks
from rag.types import Answer
from ui.answers import Line, Quote, Record, Seen
from ui.config import SHOWN
from ui.page.plot import plot
from ui.page.render import shown_day, target
from ui.parts import page_words
from ui.problems import worded
from ui.templates import filled
from ui.text import Language, say

_NONE: Mapping[int, str] = MappingProxyType({})
_BROKEN_OFF = ("stopped", "overtaken", "failed")
_LISTED = ("list", "count")


def conversation_html(shown: Sequence[str]) -> str:
    """Questions and answers, which come one after the other, as turns."""
    told = [Markup(one) for one in shown]
    return filled("conversation", turns=list(zip(told[::2], told[1::2])))


def question_html(turn: int, question: str, language: Language) -> str:
    """A question as it was asked, with the button that edits it."""
    return filled("question", turn=turn, question=question, language=language)


def growing_html(turn: int, answer: Answer | None, language: Language) -> str:
    """An answer that is not finished: what is being done or waited for, the short answer with the place of its
    words, and the sentences as far as they are written."""
    draft = re.sub(r"\[\d*\]?", "", answer.draft) if answer else ""
    short = answer.short if answer and answer.candidates else None
    state, said = "searching", say("searching", language)
    if draft:
        state, said = "writing", say("writing", language)
    elif answer and answer.passages:
        state, said = "reading", say("found_count", language, count=len(answer.passages))
    told, waits = said, answer.waits if answer else None
    if waits:
        state, said = "waiting", say("waits", language, place=waits.place, seconds=waits.seconds)
        told = say("waits_told", language, place=waits.place)  # not read out anew each second
    chip = None
    if answer and draft and short:
        best = answer.candidates[0]
        details = best.article.details
        by = (details.outlet, best.article.title, details.published)
        href = target(best.article.id, *best.sentence)
        chip = {"number": 1, "href": href, "by": _by(*by), "quote": ""}
    return filled(
        "growing",
        turn=turn,
        state=state,
        said=said,
        told=told,
        waits=bool(waits),
        short=short if draft else None,
        growing="" if draft == short else draft,
        chip=chip,
        completed=_completed(answer.question, answer.search_query) if answer else None,
        language=language,
    )


def broken_html(turn: int, question: str, said: str, language: Language) -> str:
    """Why there is no answer, with the button that asks again."""
    plain = _plain(turn, question, language)
    return filled("answer", **{**plain, "sort": "failed", "told": said, "note": said})


def answer_html(
    turn: int, record: Record, language: Language, gone: Mapping[int, str] = _NONE
) -> str:
    """A finished answer. Its citations link to `#cite-ARTICLE-START-END`, which the page opens beside the
    conversation, and show their quote where the pointer rests. `gone` says of citations, by number, what
    became of their article since."""
    plain = _plain(turn, record.question, language)
    plain["completed"] = _completed(record.question, record.search_query)
    sort: str
    if not record.ended:
        said = say(record.outcome, language)
        sort = record.outcome if record.outcome in _BROKEN_OFF else "stopped"
        return filled("answer", **{**plain, "sort": sort, "told": said, "note": said})
    if record.outcome == "talk":
        said = record.answer
        return filled("answer", **{**plain, "sort": "talk", "told": said, "text": said})
    near = bool(record.statements)
    sort = "answered" if record.answered else "near" if near else "refused"
    cited = {quote.number: quote for quote in record.citations}
    lines = _once([_line(line, cited, language) for line in record.statements])
    big, lead = _head(record)
    if big and lines and lines[0]["text"].startswith(f"{big}: "):  # "Không: Cầu dài 486 m."
        lines[0]["text"] = lines[0]["text"].removeprefix(f"{big}: ")
    told = [say(f"told_{sort}", language), big or lead or (lines[0]["text"] if lines else "")]
    plain |= {
        "sort": sort,
        "told": ": ".join(filter(None, told)),
        "form": _form(record),
        "short": big,
        "text": lead,
        "lines": lines,
        "plot": plot(record, language) if record.form == "table" else None,
        "nearest": _nearest(record) if sort != "answered" else [],
        "gone": [
            (number, say(what, language), one_line(cited[number].quote))
            for number, what in gone.items()
        ],
        "stopped": record.stopped,
        "unwritten": bool(record.unwritten),
        "checked": record.answered and all(line.verified for line in record.statements),
        "seconds": _seconds(record, language),
        "unsearched": bool(record.unsearched),
    }
    return filled("answer", **plain)


def _plain(turn: int, question: str, language: Language) -> dict[str, Any]:
    """What every answer's template wants, empty."""
    empty: dict[str, Any] = dict.fromkeys(
        ("short", "plot", "completed", "note", "text", "seconds", "unsearched")
    )
    empty |= {"lines": [], "nearest": [], "gone": [], "form": "text"}
    empty |= {"stopped": False, "unwritten": False, "checked": False}
    return {**empty, "turn": turn, "question": question, "language": language}


def _completed(question: str, searched: str) -> dict[str, Any] | None:
    """What the question was completed to; `offered`: whether more than its diacritics was found, so that it
    can be asked as it was typed."""
    if searched == question:
        return None
    bare = [strip_marks(fold(text)) for text in (searched, question)]
    return {"to": searched, "offered": bare[0] != bare[1], "typed": question}


def _head(record: Record) -> tuple[str | None, str]:
    """The short answer in large, and the words that stand before the statements."""
    if not record.answered:
        return None, record.lead if record.statements else record.answer
    if record.count and record.short and record.lead.startswith(record.short):
        return record.short, record.lead.removeprefix(record.short).strip()
    if record.lead:
        return None, record.lead
    return record.short, ""


def _form(record: Record) -> str:
    if record.form == "table" and record.statements:
        return "table"
    several = len(record.statements) > 1
    if record.count or (several and (record.kind in _LISTED or record.form == "several")):
        return "list"
    return "text"


def _line(line: Line, cited: Mapping[int, Quote], language: Language) -> dict[str, Any]:
    problems = "; ".join(worded(problem, language) for problem in line.problems)
    return {
        "label": one_line(line.label),
        "text": one_line(line.words),
        "chips": [_chip(cited[number], language) for number in line.citations if number in cited],
        "doubt": "" if line.verified else say("unverified", language),
        "problems": one_line(problems),
    }


def _once(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines, each outlet and day named on the first of its citations only; on the others stands the
    number."""
    named: set[str] = set()
    for chip in (chip for line in lines for chip in line["chips"]):
        if chip["by"] in named:
            chip["by"] = ""
        named.add(chip["by"])
    return lines


def _chip(quote: Quote, language: Language) -> dict[str, Any]:
    by = (_by(quote.outlet, quote.title, quote.published), page_words(quote.page, language))
    return {
        "number": quote.number,
        "href": target(quote.article_id, quote.start, quote.end),
        "by": ", ".join(filter(None, by)),
        "quote": one_line(quote.quote),
    }


def _by(outlet: str | None, title: str | None, published: date | None) -> str:
    """Outlet and day; the title where the outlet is not known."""
    name = one_line(outlet or title or "")
    if len(name) > SHOWN.chip:
        name = f"{name[: SHOWN.chip].rstrip()}…"
    return ", ".join(filter(None, (name, shown_day(published))))


def _nearest(record: Record) -> list[tuple[str, str, str]]:
    """The articles nearest to what was not found: link, title, outlet and day."""
    nearest: dict[str, Seen] = {}
    for one in record.passages:
        nearest.setdefault(one.article_id, one)
    return [
        (
            target(one.article_id, one.start, one.end),
            one_line(one.title),
            _by(one.outlet or "", "", one.published),
        )
        for one in list(nearest.values())[: SHOWN.nearest]
    ]


def _seconds(record: Record, language: Language) -> str | None:
    if record.seconds.total is None:
        return None
    written = f"{record.seconds.total:.1f}"
    return say(
        "seconds", language, seconds=written if language == "en" else written.replace(".", ",")
    )
