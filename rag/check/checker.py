"""The checker, apart from the model: does what a statement says stand in what it cites?

It compares words, it does not understand: every figure, date and name must be in the quote, and in
the same place there (`rag/check/align.py`); so must units, qualifiers ("hơn", "gần"), negations and directions.
What it cannot find it reports, and nothing passes because a model said so. Problems are one line each,
Vietnamese and English, for the reader.
"""

from collections.abc import Sequence

import regex as re

from index.language.text import has_marks
from index.language.words import FUNCTION_WORDS, Language, language
from rag.check.align import Item, items
from rag.check.measures import days_told, figures
from rag.check.named import joined, names_told
from rag.check.senses import directions, negations
from rag.sums import recomputed

#: A statement with less than this share of its words in the quote is about something else.
_COVER = 0.4
_ANSWERING = re.compile(r"^(?:Có|Không|Yes|No)[,.:]\s+(?=\S)")
#: What a problem is about, quoted at its beginning.
_WHAT = re.compile(r"“[^”]*”(?: và “[^”]*”)?")


def in_language(problem: str, chosen: Language) -> str:
    """A problem in one of the two languages that it is written in."""
    vietnamese, _, english = problem.rpartition(" / ")
    if chosen == "vi":
        return vietnamese or english
    what = _WHAT.match(vietnamese)
    return f"{what.group()} {english}" if what else english


def problems(statement: str, quotes: Sequence[str], context: str = "") -> tuple[str, ...]:
    """What in `statement` the quotes do not say, one line each; () where all is found.

    `context` is what the reader sees beside the quotes (title, outlet, author, date, place): a name or a
    date may stand there, a figure may not.
    """
    # "Không, …" answers what was asked; what the articles say stands behind it.
    statement = _ANSWERING.sub("", statement)
    quoted = "\n".join(quotes)
    statement, miscounted = recomputed(statement)
    # A statement typed without diacritics, or an English one, is compared without them.
    bare = has_marks(quoted) and not has_marks(statement)
    said, source = items(statement, bare), items(quoted, bare)
    around = [*source, *items(context, bare)]
    english = language(statement) == "en" and has_marks(quoted)
    found = [
        *miscounted,
        *figures(said, source, context, quoted),
        *days_told(said, source, context),
        *names_told(said, source, around, english),
        *joined(said, source, around),
        *negations(said, source),
        *directions(said, source),
    ]
    if not english and not found and _cover(said, around) < _COVER:
        found.append("đoạn trích không nói điều này / the quote does not say this")
    return tuple(dict.fromkeys(found))


def cover(statement: str, quote: str, context: str = "") -> float:
    """The share (0 to 1) of a statement's content words, figures and dates that stand in the quote or
    beside it."""
    bare = has_marks(quote) and not has_marks(statement)
    return _cover(items(statement, bare), [*items(quote, bare), *items(context, bare)])


def _cover(said: Sequence[Item], around: Sequence[Item]) -> float:
    """The share of the statement's content that stands in the quote or beside it."""
    have = {item.key for item in around}
    content = [item.key for item in said if item.key not in FUNCTION_WORDS]
    return sum(key in have for key in content) / len(content) if content else 1.0
