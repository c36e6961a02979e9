"""The checker, apart from the model: does what a statement says stand in what it cites?

It compares words, it does not understand: every figure, date and name must be in the quote, and in
the same place there (`rag/check/align.py`); so must units, qualifiers ("hơn", "gần"), negations and directions.
What it cannot find it reports, and nothing passes because a model said so.
"""

from collections.abc import Sequence

import regex as re

from index.language.text import has_marks
from index.language.words import FUNCTION_WORDS
from rag.check.align import Item, items
from rag.check.amounts import is_english
from rag.check.measures import days_told, figures
from rag.check.named import joined, names_told, written_alike
from rag.check.offices import offices_told
from rag.check.problem import Problem
from rag.check.senses import directions, negations
from rag.sums import recomputed

#: A statement with less than this share of its words in the quote is about something else.
_COVER = 0.4
_ANSWERING = re.compile(r"^(?:Có|Không|Yes|No)[,.:]\s+(?=\S)")


def problems(statement: str, quotes: Sequence[str], context: str = "") -> tuple[Problem, ...]:
    """What in `statement` the quotes do not say; () where all is found.

    `context` is what the reader sees beside the quotes (title, outlet, author, date, place): a name or a
    date may stand there, a figure may not. Of an English statement about Vietnamese quotes figures, dates
    and Vietnamese names are compared, and directions.
    """
    # "Không, …" answers what was asked; what the articles say stands behind it.
    statement = _ANSWERING.sub("", statement)
    quoted = "\n".join(quotes)
    statement, miscounted = recomputed(statement)
    english = has_marks(quoted) and is_english(statement)
    # A statement typed without diacritics, or an English one, is compared without them.
    bare = english or has_marks(quoted) and not has_marks(statement)
    source = items(quoted, bare)
    beside = items(context, bare)
    around = [*source, *beside]
    said = written_alike(items(statement, bare), around)
    typed = bare and not english
    found = [
        *miscounted,
        *figures(said, source, context, typed),
        *days_told(said, source, context),
        *names_told(said, source, around, english),
        *joined(said, source, around),
        *([] if typed else offices_told(said, source, beside, english)),
        *negations(said, source, english),
        *directions(said, source, typed),
    ]
    if not english and not found and _cover(said, around) < _COVER:
        found.append(Problem("unsaid"))
    return tuple(dict.fromkeys(found))


def cover(statement: str, quote: str, context: str = "") -> float:
    """The share (0 to 1) of a statement's content words, figures and dates that stand in the quote or
    beside it."""
    bare = has_marks(quote) and not has_marks(statement)
    around = [*items(quote, bare), *items(context, bare)]
    return _cover(written_alike(items(statement, bare), around), around)


def beyond(statement: str, quote: str, context: str) -> float:
    """The share (0 to 1) of what a statement says, apart from names and figures, that the quote has, where it
    does not stand beside the quote; 1 where it says nothing beyond that."""
    bare = has_marks(quote) and not has_marks(statement)
    source, beside = items(quote, bare), items(context, bare)
    said = written_alike(items(statement, bare), [*source, *beside])
    known = {item.key for item in beside}
    told = [i for i in said if i.kind == "word" and not i.capital and i.key not in known]
    return _cover(told, source)


def _cover(said: Sequence[Item], around: Sequence[Item]) -> float:
    """The share of the statement's content that stands in the quote or beside it."""
    have = {item.key for item in around} | {item.measure for item in around if item.measure}
    content = [item for item in said if item.key not in FUNCTION_WORDS]
    found = sum(item.key in have or item.measure in have for item in content)
    return found / len(content) if content else 1.0
