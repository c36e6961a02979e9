"""From the model's reply to checked statements with citations."""

from collections.abc import Sequence

import regex as re

from index.types import Article
from rag.check import problems
from rag.expect import asks_number, asks_person, expected, has_number, parts
from rag.figures import figures
from rag.names import mentions, names_somebody, people
from rag.types import Citation, Evidence, Statement

_STATEMENT = re.compile(r"(?P<text>[^\[\]\n]+?)\s*(?P<numbers>(?:\[\d\])+)\s*(?:\n|$)")


def context(article: Article) -> str:
    """What is shown beside a quote: title, outlet, author and date, one a line."""
    details = article.details
    published = f"{details.published:%d/%m/%Y}" if details.published else None
    return "\n".join(filter(None, (article.title, details.outlet, details.author, published)))


def cite(
    reply: str, evidence: Sequence[Evidence], question: str = ""
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The statements of a reply, each checked against what it cites, and the citations, numbered
    in the order of their first use. A statement that fails the check, or does not give the
    figure or person that the question asks for, is replaced by the best sentence itself, which is
    true by construction; and left out where that has no such thing either. Of a reply that ends in
    the middle the rest is left out.
    """
    citations: list[Citation] = []
    statements: list[Statement] = []
    counting = [item for item in evidence if expected(question, item.text)]
    # Of the sentences the first is the best choice, better than the model's (DESIGN.md).
    best = [*counting, *evidence][:1]
    for match in _STATEMENT.finditer(reply):
        cited = [evidence[int(n) - 1] for n in re.findall(r"\d", match["numbers"])]
        text = match["text"].strip()
        if not _sound(text, cited, question) or (counting and cited[0] not in counting):
            cited = best
            text = " ".join(cited[0].text.split())
            if not _answers(text, question):
                continue
        numbers = tuple(dict.fromkeys(_number(item, citations) for item in cited))
        statement = Statement(text, numbers)
        if statement not in statements:
            statements.append(statement)
    return tuple(statements), tuple(citations)


def _sound(text: str, cited: Sequence[Evidence], question: str) -> bool:
    """Whether a statement says only what it cites, and what was asked."""
    around = "\n".join(context(item.article) for item in cited)
    return (
        not problems(text, [item.text for item in cited], around)
        and _answers(text, question)
        and not _misses(text, cited[0], question)
    )


def _answers(text: str, question: str) -> bool:
    """Whether a text has the kind of thing that was asked for: a figure, or a person."""
    if asks_number(question):
        return has_number(text)
    if asks_person(question):
        return names_somebody(text)
    return True


def _misses(text: str, cited: Evidence, question: str) -> bool:
    """Whether a statement leaves out the figures, or names another person than the clause, that the
    question asks for."""
    said = {figure.key for figure in figures(text)}
    wanted = expected(question, cited.text)
    if wanted and not wanted & said:
        return True
    if asks_person(question):
        near = people(cited.text[slice(*cited.focus)])
        if near and not any(mentions(text, name) for name in near):
            return True
    asked = parts(question)
    return asked > 1 and len(said) < min(asked, len(figures(cited.text)))


def render(statements: Sequence[Statement]) -> str:
    """The statements as one text, each with its numbers; more than one stand as a list."""
    lines = [f"{s.text} {' '.join(f'[{n}]' for n in s.citations)}".strip() for s in statements]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _number(item: Evidence, citations: list[Citation]) -> int:
    for known in citations:
        if (known.article.id, known.start, known.end) == (item.article.id, item.start, item.end):
            return known.number
    citations.append(Citation(len(citations) + 1, item.article, item.start, item.end))
    return len(citations)
