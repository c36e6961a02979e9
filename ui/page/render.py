"""Passages, articles and notes as safe HTML. Article text is never markup."""

from collections.abc import Sequence
from datetime import date

import regex as re

from index.language.text import one_line
from index.types import AddReport, ArticleRow, AtPage
from rag.check.lookup import Checked
from ui.answers import Quote, Record, Seen
from ui.config import SHOWN
from ui.errors import told
from ui.problems import worded
from ui.templates import filled
from ui.terminal import reference
from ui.text import Language, say


def checked_html(found: Sequence[Checked], language: Language) -> str:
    """A checked draft: each sentence with its verdict, what is wrong, and the words that say so, which
    open their article."""
    rows = [
        {
            "sort": "said" if item.verified else "wrong" if item.citations else "unsaid",
            "statement": item.statement,
            "problems": [worded(problem, language) for problem in item.problems],
            "quotes": [
                {
                    "href": target(c.article.id, c.start, c.end),
                    "number": c.number,
                    "reference": reference(c.article),
                    "text": c.quote,
                }
                for c in item.citations
            ]
            + [
                {
                    "href": target(c.article.id, c.start, c.end),
                    "number": c.number,
                    "reference": f"{say('corrected_by', language)}: {reference(c.article)}",
                    "text": c.quote,
                }
                for c in item.corrections
            ],
        }
        for item in found
    ]
    return filled("checked", found=rows, language=language)


def evidence_html(record: Record, language: Language) -> str:
    """The passages found, each a link that opens its article there, matching words marked."""
    if not record.passages:
        return note_html(say("evidence_hint", language))
    terms = _terms(record.search_query)
    passages = [
        {
            "href": href(passage),
            "title": passage.title,
            "byline": _byline(passage, language),
            "pieces": _pieces(_snippet(passage.text), terms),
        }
        for passage in record.passages
    ]
    return filled("evidence", passages=passages)


def suggestions_html(record: Record | None, language: Language) -> str:
    """Questions that the articles can answer next, each a button that asks it."""
    if record is None or not record.suggestions:
        return ""
    return filled("suggestions", suggestions=record.suggestions, language=language)


def note_html(text: str, live: bool = True) -> str:
    """A line in a pane where nothing else is: a hint, or what went wrong, which a screen reader tells."""
    return filled("note", text=text, live=live)


def progress_html(
    done: int, total: int, name: str, passed: float, language: Language, at: AtPage | None = None
) -> str:
    """How far an `add` is: a bar by article, and `progress_said`."""
    said, share = progress_said(done, total, passed, language, at)
    return filled("progress", share=share, said=said, file=name.rsplit("/", 1)[-1])


def progress_said(
    done: int, total: int, passed: float, language: Language, at: AtPage | None = None
) -> tuple[str, float]:
    """How far an `add` is in words, after some articles with the time left, in seconds or minutes, and as a
    share; `passed` are the seconds since it began. Of a scan its pages, and the time left for them."""
    share = done / total if total else 0.0
    said = say("adding", language, done=done, total=total)
    if at:
        said += f" · {say('scan_page', language, page=at.page, pages=at.pages)}"
    left = at.left if at else passed * (1 - share) / share if done >= 3 and share < 1 else None
    if left is not None:
        unit = ("minutes_left", left / 60) if left >= 90 else ("seconds_left", left)
        said += f" · {say(unit[0], language, count=max(1, round(unit[1])))}"
    return said, share


def report_html(report: AddReport, language: Language) -> str:
    """What an `add` did: the counts, then what failed and why, then the near-copies."""
    keys = ("added", "updated", "unchanged", "removed_count", "duplicates", "near_copies")
    counts = {key: getattr(report, key.removesuffix("_count")) for key in keys}
    counts["failed"] = len(report.failed)
    shown = [(k, n) for k, n in counts.items() if n or k in ("added", "unchanged", "failed")]
    failed = [
        (one.path.rsplit("/", 1)[-1], told(one.reason, language))
        for one in report.failed[: SHOWN.failures]
    ]
    return filled(
        "report",
        language=language,
        stopped=report.stopped,
        counts=shown,
        failed=failed,
        more=len(report.failed) - SHOWN.failures,
    )


def article_table(rows: list[ArticleRow]) -> list[list[str]]:
    """The article list's cells: title, outlet, author, date, province, how many articles tell the same
    story, id. The date is HTML that begins with what it is sorted by and nobody sees."""
    return [
        [
            one_line(row.details.title or row.opening),
            one_line(row.details.outlet or ""),
            one_line(row.details.author or ""),
            _sorted_day(row.details.published),
            row.details.place or "",
            str(row.copies) if row.copies > 1 else "",
            row.id,
        ]
        for row in rows
    ]


def _byline(passage: Seen, language: Language) -> str:
    """Outlet, day, and "5 báo cùng đăng" where several articles tell the story."""
    day = shown_day(passage.published)
    copies = say("copies_said", language, count=passage.copies) if passage.copies > 1 else None
    return " · ".join(filter(None, (passage.outlet, day, copies)))


def shown_day(day: date | None) -> str:
    """A day as the page shows it; "" where it is not known."""
    return f"{day:%d/%m/%Y}" if day else ""


def _sorted_day(day: date | None) -> str:
    return f"<!--{day}-->{shown_day(day)}" if day else ""


def _snippet(text: str, limit: int = 320) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def _terms(query: str) -> "re.Pattern[str] | None":
    """Finds the query's words of three letters or more, and its figures, in a text."""
    found = set(re.findall(r"\p{L}{3,}|\d[\d.,]*", query))
    if not found:
        return None
    longest_first = sorted(map(re.escape, found), key=len, reverse=True)
    return re.compile(rf"(?<!\p{{L}})(?:{'|'.join(longest_first)})(?!\p{{L}})", re.IGNORECASE)


def _pieces(text: str, terms: "re.Pattern[str] | None") -> list[tuple[bool, str]]:
    """The text cut at what matches; with each piece whether it does."""
    pieces, at = [], 0
    for found in terms.finditer(text) if terms else ():
        pieces += [(False, text[at : found.start()]), (True, found.group())]
        at = found.end()
    return [*pieces, (False, text[at:])]


def href(at: Quote | Seen) -> str:
    """The link to what was cited or found."""
    return target(at.article_id, at.start, at.end)


def target(article_id: str, start: int, end: int) -> str:
    """The link that the page opens as an article at these words."""
    return f"#cite-{article_id}-{start}-{end}"
