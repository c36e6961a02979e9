"""From the model's reply to checked statements with citations."""

from collections.abc import Sequence

import regex as re

from index.types import Article
from rag.check import problems
from rag.expect import expected, parts
from rag.figures import figures
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
    in the order of their first use. A statement that fails the check, or that does not give the
    figures which the question asks for while the cited words do, is replaced by the words it cites,
    which are true by construction. Of a reply that ends in the middle the rest is left out.
    """
    citations: list[Citation] = []
    statements: list[Statement] = []
    for match in _STATEMENT.finditer(reply):
        cited = [evidence[int(n) - 1] for n in re.findall(r"\d", match["numbers"])]
        text = match["text"].strip()
        around = "\n".join(context(e.article) for e in cited)
        if _misses(text, cited[0].text, question) or problems(
            text, [e.text for e in cited], around
        ):
            cited = cited[:1]
            text = " ".join(cited[0].text.split())
        numbers = tuple(dict.fromkeys(_number(item, citations) for item in cited))
        statement = Statement(text, numbers)
        if statement not in statements:
            statements.append(statement)
    return tuple(statements), tuple(citations)


def _misses(text: str, quote: str, question: str) -> bool:
    """Whether a statement leaves out the figures that were asked for though the quote has them."""
    said = {figure.key for figure in figures(text)}
    wanted = expected(question, quote)
    if wanted and not wanted & said:
        return True
    asked = parts(question)
    return asked > 1 and len(said) < min(asked, len(figures(quote)))


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
