"""Questions that several articles answer: each article's own answer, told apart by place and time.

"Đảng bộ Khối đã kết nạp bao nhiêu đảng viên?" has as many answers as there are such reports. Picking one
would be a wrong answer, so all are given; a question that names a place, a year or an event leaves only
the articles about it (rag/scope.py) or covers the others worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.chunk import clauses
from index.text import fold, words
from rag.cite import Said
from rag.expect import (
    asks_kind,
    asks_number,
    asks_person,
    behind_verb,
    expected,
    is_about,
    planned,
)
from rag.figures import days, figures, years
from rag.language import FUNCTION_WORDS
from rag.names import people
from rag.refuse import about
from rag.scope import label
from rag.types import Evidence

#: An article answers as well as the best one where it has nearly as many of the question's words.
#: Not fitted: there is no labelled set of ambiguous questions. Names, places and years are conditions of
#: their own (rag/scope.py); this leaves room for one other word in five.
_ALIKE = 0.8
_MOST, _ALL = 6, 30


@dataclass(frozen=True, slots=True)
class Alternative:
    """An article's answer: the clause of a sentence, and what it says in a form to compare by."""

    evidence: Evidence
    text: str
    value: frozenset[str]


def alternatives(
    question: str, ranked: Sequence[Evidence], every: bool = False
) -> list[Alternative]:
    """The answer of each article that answers as fully as the best one (with `every`: of each that
    answers at all), best first; none where the question asks for no figure, time or person."""
    if not asks_kind(question):
        return []
    found: dict[str, Alternative] = {}
    covers: dict[str, float] = {}
    for item in ranked:
        if item.article.id in found or not item.fits:
            continue
        for start, end in clauses(item.text):
            clause = item.text[start:end]
            value = _value(question, clause)
            digit = re.search(r"\d", clause)
            first = digit.start() if digit else len(clause)
            at = next((f.start for f in figures(clause) if f.key in value), first)
            before = item.text[: start + at]
            if value and planned(before) == planned(question):
                text = " ".join(clause.split()).strip(" ,;:.")
                found[item.article.id] = Alternative(item, text[0].upper() + text[1:], value)
                covers[item.article.id] = _share(question, item)
                break
    best = max(covers.values(), default=0.0)
    least = 0.0 if every else _ALIKE * best
    return [a for i, a in found.items() if covers[i] >= least][: _ALL if every else _MOST]


def differ(found: Sequence[Alternative]) -> bool:
    """Whether there are two or more answers."""
    return len({item.value for item in found}) > 1


def labelled(found: Alternative) -> Said:
    """What an article answers, with what tells it from the others, and the sentence to cite."""
    item = found.evidence
    return label(item.article, item.start, item.end), found.text, [item]


def says(text: str, found: Alternative) -> bool:
    """Whether a text has one of an alternative's figures."""
    return not found.value.isdisjoint(figure.key for figure in figures(text))


def _value(question: str, clause: str) -> frozenset[str]:
    """What a clause says to the question; empty where it says nothing."""
    if asks_number(question):
        behind = behind_verb(question, clause)
        return frozenset(
            behind or (expected(question, clause) if is_about(question, clause) else ())
        )
    if not (set(words(question)) - FUNCTION_WORDS) <= set(words(clause)):
        return frozenset()  # who and when have no noun to hold on to: all words must be there
    if asks_person(question):
        return frozenset(map(fold, people(clause)))
    told = {f"{day.day}-{day.month}" for day in days(clause)}
    return frozenset(told or map(str, years(clause)))


def _share(question: str, item: Evidence) -> float:
    """The share of the question's words in a sentence and what says which article it is of."""
    asked = set(words(question)) - FUNCTION_WORDS
    have = set(words(f"{about(item.article)}\n{item.text}"))
    return len(asked & have) / len(asked) if asked else 0.0
