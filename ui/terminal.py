"""Answers, passages and checked sentences as lines for the terminal, and an article in words."""

from index.language.text import one_line
from index.types import Article
from rag.check.lookup import Checked
from rag.types import Answer, Citation, Passage
from ui.parts import page_words
from ui.problems import both
from ui.text import both as both_said


def answer_lines(answer: Answer) -> list[str]:
    """An answer: the text, then each citation with its quote."""
    lines = [answer.text]
    if answer.unsearched:
        lines += ["", f"! {both_said('unsearched')} ({one_line(answer.unsearched)})"]
    if not answer.answered:
        lines += [f"  ~ {one_line(passage.article.title)}" for passage in answer.passages[:3]]
        lines += [f"  ? {question.text}" for question in answer.suggestions]
    for citation in answer.citations:
        lines += [
            "",
            f"[{citation.number}] {_cited(citation)}",
            f"    “{citation.quote}”",
        ]
    if answer.unwritten:
        lines += ["", f"! {both_said('unwritten')} ({one_line(answer.unwritten)})"]
    return lines


def passage_lines(passage: Passage) -> list[str]:
    """A passage that was found: its article, and how it begins."""
    return [
        f"{passage.rank}. {one_line(passage.article.title)}  [{passage.article.id}]",
        f"   {one_line(passage.text)[:300]}",
        "",
    ]


def checked_lines(found: Checked) -> list[str]:
    """A sentence of a draft: what was found, and the words that say so."""
    mark = "✓" if found.verified else "✗" if found.citations else "?"
    lines = [f"{mark} {found.statement}", *(f"    {both(problem)}" for problem in found.problems)]
    for citation in found.citations:
        lines.append(f"    [{citation.number}] {_cited(citation)}: “{citation.quote}”")
    for citation in found.corrections:
        lines.append(f"    ⚠ {both_said('corrected_by')} [{citation.number}]: “{citation.quote}”")
    return lines


def _cited(citation: Citation) -> str:
    page = page_words(citation.article.page(citation.start), "vi")
    return " · ".join(filter(None, (reference(citation.article), page)))


def reference(article: Article) -> str:
    """Title, outlet, author and day of an article, on one line."""
    details = article.details
    day = f"{details.published:%d/%m/%Y}" if details.published else None
    return one_line(" · ".join(filter(None, (article.title, details.outlet, details.author, day))))
