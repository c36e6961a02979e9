"""What a statement has only from words that were read from a picture and may be misread."""

from collections.abc import Sequence

import regex as re

from rag.check.checker import problems
from rag.check.problem import Problem
from rag.types import Source

_DIGIT = re.compile(r"\d")


def scanned(statement: str, quotes: Sequence[Source], context: str) -> tuple[Problem, ...]:
    """The doubtful figures of the quotes that the statement tells, or without which these would not say all of
    it; () where there is none: then what it tells stands in words that are sure."""
    unsure = [word for quote in quotes for word in doubtful(quote)]
    if not unsure:
        return ()
    rest = [_without(quote) for quote in quotes]
    sure = {_bare(word) for text in rest for word in text.split()}
    words = {_bare(word) for word in statement.split()} - sure
    told = [word for word in unsure if _bare(word) in words]
    if not told:  # it may tell one in other words ("1,2 triệu"): then the rest does not say it
        said = problems(statement, [quote.text for quote in quotes], context)
        told = [] if set(problems(statement, rest, context)) <= set(said) else unsure
    return tuple(Problem("scanned", (word,)) for word in dict.fromkeys(map(_bare, told)))


def doubtful(quote: Source) -> list[str]:
    """The words of a quote that hold a figure and may be misread."""
    return [quote.article.body[start:end] for start, end in _spans(quote)]


def _bare(word: str) -> str:
    return word.strip(".,;:!?()[]“”\"'")


def _spans(quote: Source) -> list[tuple[int, int]]:
    return [
        (one.start, one.end)
        for one in quote.article.doubts
        if one.start < quote.end
        and quote.start < one.end
        and _DIGIT.search(quote.article.body, one.start, one.end)
    ]


def _without(quote: Source) -> str:
    """The quote with "…" for what is doubtful in it."""
    text, at = "", quote.start
    for start, end in _spans(quote):
        text += f"{quote.article.body[at : max(at, start)]}…"
        at = max(at, end)
    return text + quote.article.body[at : max(at, quote.end)]
