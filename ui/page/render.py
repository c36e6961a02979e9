"""Answers, passages and articles as text and as safe HTML. Article text is never trusted as markup."""

import html
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import regex as re

from index.types import AddReport, Article, ArticleRow, Details
from rag.check.checker import in_language
from rag.check.lookup import Checked
from rag.types import Answer
from ui.reasons import reason
from ui.text import Language, say

Json = dict[str, Any]
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&])")
_NEAREST = 3  # articles named by a refusal
_NONE: Mapping[int, str] = MappingProxyType({})
_FAILURES = 200  # lines of a report


def answer_lines(answer: Answer) -> list[str]:
    """An answer for the terminal: the text, then each citation with its quote."""
    lines = [answer.text]
    if not answer.answered:
        lines += [f"  ~ {passage.article.title}" for passage in answer.passages[:3]]
    for citation in answer.citations:
        lines += [
            "",
            f"[{citation.number}] {_reference(citation.article)}",
            f"    “{citation.quote}”",
        ]
    return lines


def checked_lines(found: Checked) -> list[str]:
    """A sentence of a draft for the terminal: what was found, and the words that say so."""
    mark = "✓" if found.verified else "✗" if found.citations else "?"
    lines = [f"{mark} {found.statement}", *(f"    {problem}" for problem in found.problems)]
    for citation in found.citations:
        lines.append(f"    [{citation.number}] {_reference(citation.article)}: “{citation.quote}”")
    return lines


def checked_html(found: Sequence[Checked], language: Language) -> str:
    """A checked draft: each sentence with its verdict, what is wrong, and the words that say so, which
    open their article."""
    rows = []
    for item in found:
        sort = "said" if item.verified else "wrong" if item.citations else "unsaid"
        told = [in_language(problem, language) for problem in item.problems]
        wrong = "".join(f"<li>{html.escape(problem)}</li>" for problem in told)
        quotes = "".join(
            f"<a class='hb-passage' href='{target(c.article.id, c.start, c.end)}'>"
            f"<strong>[{c.number}] {html.escape(_reference(c.article))}</strong>"
            f"<span class='hb-text'>“{html.escape(c.quote)}”</span></a>"
            for c in item.citations
        )
        rows.append(
            f"<li class='hb-{sort}'><p><strong>{html.escape(say(sort, language))}</strong> "
            f"{html.escape(item.statement)}</p>{f'<ul>{wrong}</ul>' if wrong else ''}{quotes}</li>"
        )
    return f"<ol class='hb-checked'>{''.join(rows)}</ol>"


def draft_text(answer: Answer, language: Language) -> str:
    """What the chat shows of an answer that is not finished."""
    if answer.draft:
        return escape(re.sub(r"\[\d*\]?", "", answer.draft))
    return f"*{say('thinking', language)}*"


def chat_text(document: Json, language: Language, gone: Mapping[int, str] = _NONE) -> str:
    """An answer's document (`records.turn`) as the chat's Markdown. Numbers link to
    `#cite-ARTICLE-START-END`, which the page opens beside the conversation, and show their quote where the
    pointer rests; article and model text is escaped. `gone` says of citations, by number, what became of
    their article since."""
    shown = []
    if document["search_query"] != document["question"]:
        query = escape(document["search_query"])
        shown.append(f"*{say('searched_as', language)}: {query}*\n")
    if not document["answered"]:
        if not document["stopped"]:  # or it would say that nothing was found
            shown.append(f"{escape(document['answer'])}\n")
        if document["passages"]:
            shown.append(say("nearest", language))
        met: set[str] = set()
        for passage in document["passages"]:
            if passage["article_id"] not in met and len(met) < _NEAREST:
                met.add(passage["article_id"])
                link = target(passage["article_id"], passage["start"], passage["end"])
                shown.append(f"- [{escape(passage['title'])}]({link})")
    elif document["lead"]:
        shown.append(f"{escape(document['lead'])}\n")
    cited = {citation["number"]: citation for citation in document["citations"]}
    table = document["form"] == "table"
    if table and document["statements"]:
        shown += [f"| {say('row', language)} | {say('value', language)} |", "|---|---|"]
    for statement in document["statements"]:
        numbers = " ".join(_link(cited[number]) for number in statement["citations"])
        doubt = "" if statement["verified"] else f" ⚠ *{say('unverified', language)}*"
        problems = "; ".join(in_language(problem, language) for problem in statement["problems"])
        doubt += f" ({escape(problems)})" if problems else ""
        label, text = escape(statement["label"]), escape(statement["text"])
        if table:
            shown.append(f"| {label} | {text} {numbers}{doubt} |")
        else:
            bullet = "- " if len(document["statements"]) > 1 else ""
            shown.append(f"{bullet}{f'**{label}**: ' if label else ''}{text} {numbers}{doubt}")
    for number, what in gone.items():
        quote = escape(" ".join(cited[number]["quote"].split()))
        shown.append(f"\n*[{number}] {say(what, language)}: “{quote}”*")
    if document["stopped"]:
        shown.append(f"\n*{say('stopped', language)}*")
    return "\n".join(shown)


def evidence_html(document: Json, language: Language) -> str:
    """The passages found, each a link that opens its article there, matching words marked."""
    if not document["passages"]:
        return note_html(say("evidence_hint", language))
    terms = _terms(document["search_query"])
    items = []
    for passage in document["passages"]:
        href = target(passage["article_id"], passage["start"], passage["end"])
        items.append(
            f"<li><a class='hb-passage' href='{href}'><strong>{html.escape(passage['title'])}"
            f"</strong>{_byline(passage, language)}<span class='hb-text'>"
            f"{_marked(_snippet(passage['text']), terms)}</span></a></li>"
        )
    return f"<ol class='hb-passages'>{''.join(items)}</ol>"


def article_html(
    article: Article, start: int, end: int, language: Language, others: Sequence[Json] = ()
) -> str:
    """A whole article with `body[start:end]` highlighted and scrolled to; under it the other articles
    that were consulted (passages of an answer's document), one link each."""
    details = article.details
    rows = [
        ("outlet", details.outlet),
        ("author", details.author),
        ("published", _published(details, language)),
        ("place", details.place),
        ("file", article.source),
        ("address", details.url),
    ]
    head = "".join(
        f"<dt>{html.escape(say(key, language))}</dt>"
        f"<dd>{html.escape(value or say('unknown', language))}</dd>"
        for key, value in rows
        if value or key in ("outlet", "author", "published")
    )
    before, quote, after = (
        html.escape(part).replace("\n", "\n\n")
        for part in (article.body[:start], article.body[start:end], article.body[end:])
    )
    quoted = f"<mark class='hb-quote' tabindex='-1'>{quote}</mark>" if quote else ""
    title = details.title or say("no_title", language)
    steps = "".join(
        f"<button type='button' data-step='{by}' aria-label='{html.escape(say(key, language))}' "
        f"title='{html.escape(say(key, language))}'>{sign}</button>"
        for by, sign, key in ((-1, "‹", "previous_citation"), (1, "›", "next_citation"))
    )
    steps += (
        f"<button type='button' data-filter='article={article.id}'>"
        f"{html.escape(say('only_this', language))}</button>"
    )
    links: dict[str, str] = {}
    for p in others:
        if p["article_id"] != article.id:
            href = target(p["article_id"], p["start"], p["end"])
            link = f"<li><a href='{href}'>{html.escape(p['title'])}</a></li>"
            links.setdefault(p["article_id"], link)
    heading = html.escape(say("consulted", language))
    consulted = f"<h3>{heading}</h3><ul>{''.join(links.values())}</ul>" if links else ""
    return (
        f"<article class='hb-article' lang='vi' tabindex='0'><div class='hb-steps'>{steps}</div>"
        f"<h2>{html.escape(title)}</h2>"
        f"<dl>{head}</dl><div class='hb-body'>{before}{quoted}{after}</div>{consulted}</article>"
    )


def suggestions_html(document: Json | None, language: Language) -> str:
    """Questions that the articles can answer next, each a button that asks it."""
    asked = (document or {}).get("suggestions", [])
    if not asked:
        return ""
    buttons = "".join(
        f"<li><button type='button' data-ask='{html.escape(one)}'>{html.escape(one)}</button></li>"
        for one in asked
    )
    said = html.escape(say("suggested", language))
    return f"<p id='hb-next-said'>{said}</p><ul aria-labelledby='hb-next-said'>{buttons}</ul>"


def _published(details: Details, language: Language) -> str | None:
    """Day and time, and whether a part was inferred."""
    if not details.published:
        return None
    said = f"{details.published:%d/%m/%Y}" + (f", {details.time}" if details.time else "")
    return f"{said} ({say('inferred', language)})" if "published" in details.inferred else said


def note_html(text: str) -> str:
    """A line in a pane where nothing else is: a hint, or what went wrong."""
    return f"<p class='hb-hint' role='status'>{html.escape(text)}</p>"


def table_html(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that scrolls where it is wider than its place; headings are text, cells are HTML."""
    head = "".join(f"<th scope='col'>{html.escape(one)}</th>" for one in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<div class='hb-scroll' tabindex='0'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def progress_html(done: int, total: int, name: str, passed: float, language: Language) -> str:
    """How far an `add` is: a bar by article, and after some of them the time left, in seconds or
    minutes; `passed` are the seconds since it began."""
    share = done / total if total else 0.0
    said = say("adding", language, done=done, total=total)
    if done >= 3 and share < 1:
        left = passed * (1 - share) / share
        unit = ("minutes_left", left / 60) if left >= 90 else ("seconds_left", left)
        said += f" · {say(unit[0], language, count=max(1, round(unit[1])))}"
    file = html.escape(name.rsplit("/", 1)[-1])
    return (
        f"<div class='hb-progress' role='status'><progress max='1' value='{share:.3f}'></progress>"
        f"<span>{html.escape(said)}</span><small>{file}</small></div>"
    )


def report_html(report: AddReport, language: Language) -> str:
    """What an `add` did: the counts, then what failed and why, then the near-copies."""
    keys = ("added", "updated", "unchanged", "removed_count", "duplicates", "near_copies")
    counts = {key: getattr(report, key.removesuffix("_count")) for key in keys}
    counts["failed"] = len(report.failed)
    cells = "".join(
        f"<li><b>{count}</b> {html.escape(say(f'report_{key}', language))}</li>"
        for key, count in counts.items()
        if count or key in ("added", "unchanged", "failed")
    )
    failed = "".join(
        f"<li><b>{html.escape(one.path.rsplit('/', 1)[-1])}</b>: "
        f"{html.escape(reason(one.reason, language))}</li>"
        for one in report.failed[:_FAILURES]
    )
    more = len(report.failed) - _FAILURES
    failed += f"<li>… {more}</li>" if more > 0 else ""
    stopped = say("add_stopped", language) if report.stopped else ""
    return (
        f"<div class='hb-report' role='status'>{html.escape(stopped)}<ul>{cells}</ul>"
        f"{f'<ul class=hb-failed>{failed}</ul>' if failed else ''}</div>"
    )


def article_table(rows: list[ArticleRow]) -> list[list[str]]:
    """The article list's cells: title, outlet, author, date, province, how many articles tell the same
    story, id."""
    return [
        [
            row.details.title or row.opening,
            row.details.outlet or "",
            row.details.author or "",
            row.details.published.isoformat() if row.details.published else "",
            row.details.place or "",
            str(row.copies) if row.copies > 1 else "",
            row.id,
        ]
        for row in rows
    ]


def _reference(article: Article) -> str:
    details = article.details
    day = f"{details.published:%d/%m/%Y}" if details.published else None
    return " · ".join(filter(None, (article.title, details.outlet, details.author, day)))


def _byline(passage: Json, language: Language) -> str:
    """Outlet, day, and "5 báo cùng đăng" where several articles tell the story."""
    day = f"{date.fromisoformat(passage['published']):%d/%m/%Y}" if passage["published"] else None
    count = passage["copies"]
    copies = say("copies_said", language, count=count) if count > 1 else None
    line = " · ".join(filter(None, (passage["outlet"], day, copies)))
    return f"<small>{html.escape(line)}</small>" if line else ""


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


def _marked(text: str, terms: "re.Pattern[str] | None") -> str:
    if terms is None:
        return html.escape(text)
    pieces, at = [], 0
    for found in terms.finditer(text):
        pieces += [html.escape(text[at : found.start()]), f"<b>{html.escape(found.group())}</b>"]
        at = found.end()
    return "".join([*pieces, html.escape(text[at:])])


def _link(citation: Json) -> str:
    href = target(citation["article_id"], citation["start"], citation["end"])
    # In a Markdown title quotes would end it.
    quote = escape(" ".join(citation["quote"].split())).replace('"', "'")
    return f'[[{citation["number"]}]]({href} "{quote}")'


def target(article_id: str, start: int, end: int) -> str:
    """The link that the page opens as an article at these words."""
    return f"#cite-{article_id}-{start}-{end}"


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def unescape(text: str) -> str:
    """Text again of what `escape` made of it."""
    return re.sub(r"\\(.)", r"\1", text)
