"""Statements with citations, each checked against what it cites."""

from collections.abc import Sequence

from index.types import Article
from rag.check.checker import problems
from rag.check.scanned import scanned
from rag.quote import quoted
from rag.scope import own_places
from rag.types import Citation, Source, Statement

#: A statement to be: its label, its text, the words that it stands in.
Said = tuple[str, str, Sequence[Source]]


def context(article: Article) -> str:
    """What is shown beside a quote: title, outlet, author, date and the article's own places, one a
    line."""
    details = article.details
    published = f"{details.published:%d/%m/%Y}" if details.published else None
    head = (article.title, details.outlet, details.author, published)
    return "\n".join(filter(None, (*head, *sorted(own_places(article)))))


def cite(
    said: Sequence[Said],
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements, each checked against the sentences that it cites, as they can stand alone (`rag.quote`),
    and the citations, numbered in the order of their first use."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    for label, text, sources in said:
        quotes = [quoted(item) for item in sources]
        numbers = tuple(dict.fromkeys(_number(item, citations) for item in quotes))
        around = "\n".join(context(item.article) for item in quotes)
        found = problems(text, [item.text for item in quotes], around)
        found += scanned(text, quotes, around)
        statements.append(Statement(text, numbers, found, label))
    return tuple(statements), tuple(citations)


def render(statements: Sequence[Statement], lead: str = "") -> str:
    """The statements as one text, each with its numbers; more than one stand as a list below the
    lead."""
    lines = [f"{s.whole} {' '.join(f'[{n}]' for n in s.citations)}".strip() for s in statements]
    if len(lines) == 1 and not lead:
        return lines[0]
    return "\n".join([*([lead] if lead else []), *(f"- {line}" for line in lines)])


def _number(item: Source, citations: list[Citation]) -> int:
    for known in citations:
        if (known.article.id, known.start, known.end) == (item.article.id, item.start, item.end):
            return known.number
    citations.append(Citation(len(citations) + 1, item.article, item.start, item.end))
    return len(citations)
