"""A text as a row of words, figures and days, and how well two places in two texts agree.

The checker asks of each figure, date and name of a statement not only whether the quote has it, but
whether the quote has it in this place: what stands around it there must agree better than what stands
around any other figure, date or name of the quote.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex as re

from index.language.figures import days, figures, numerals, readable
from index.language.sentences import sentences
from index.language.text import fold, has_marks, strip_marks
from index.language.words import language

Kind = Literal["word", "figure", "day"]
#: First and last + 1 of a run of items.
Run = tuple[int, int]

_WORD = re.compile(r"\p{L}+")
_STOP = re.compile(r"[.!?…:;\n•“\"]|[-–]\s*$")
_REACH = 4  # items around a place that are compared
_SLACK = 2  # how much further apart the same item may stand


@dataclass(frozen=True, slots=True)
class Item:
    """A word, figure or day: `key` is what it says, `opens` whether a sentence begins with it,
    `joined` whether only a space parts it from the item before."""

    kind: Kind
    key: str
    written: str
    capital: bool
    opens: bool
    joined: bool
    sentence: int


def items(text: str, bare: bool = False) -> list[Item]:
    """The words, figures and days of a text, in order; `bare`: as if typed without diacritics."""
    cased = readable(text)
    folded = fold(text if len(fold(text)) != len(cased) else cased)
    if len(folded) != len(cased):  # a letter whose small form is two: compare without capitals
        cased = folded
    spans: list[tuple[int, int, Kind, str]] = [
        (day.start, day.end, "day", f"{day.day}-{day.month}-{day.year or ''}") for day in days(text)
    ]
    spans += [(f.start, f.end, "figure", f.value) for f in figures(text)]
    taken = [span[:2] for span in spans]
    # Without diacritics "ba" is three, a father or a lady.
    spelled = [] if bare and not has_marks(text) and language(text) == "vi" else numerals(text)
    spans += [
        (f.start, f.end, "figure", f.value)
        for f in spelled
        if not any(start < f.end and f.start < end for start, end in taken)
        and not _is_name(cased, f.start)
    ]
    taken = sorted(span[:2] for span in spans)
    spans += [
        (m.start(), m.end(), "word", fold(m.group())) for m in _WORD.finditer(_blank(cased, taken))
    ]
    ends = [end for _, end in sentences(cased)]
    found: list[Item] = []
    before = 0
    for start, end, kind, key in sorted(spans):
        gap = cased[before:start]
        opens = not found or bool(_STOP.search(gap))
        found.append(
            Item(
                kind,
                strip_marks(key) if bare else key,
                cased[start:end].strip(),
                cased[start].isupper(),
                opens,
                gap.isspace(),
                bisect_right(ends, start),
            )
        )
        before = end
    return found


def names(row: Sequence[Item]) -> Iterator[Run]:
    """The runs of capitalised words: each whole run, also of one word. At the beginning of a
    sentence a capital tells nothing, the run still counts it."""
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and row[end].kind == "word" and row[end].capital:
            if end > start and not row[end].joined:
                break
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def places(row: Sequence[Item], keys: Sequence[str]) -> list[Run]:
    """Where `keys` stand in a row, one behind the other."""
    wide = len(keys)
    return [
        (at, at + wide)
        for at in range(len(row) - wide + 1)
        if all(row[at + i].key == key for i, key in enumerate(keys))
    ]


def agreement(row: Sequence[Item], run: Run, other: Sequence[Item], at: Run) -> float:
    """How much of what stands around `run` also stands around `at` in another text, nearer items
    counting more: 0 to about 4."""
    total = 0.0
    for step, edge, far in ((-1, run[0], at[0]), (1, run[1] - 1, at[1] - 1)):
        keys = _around(other, far, step, _REACH + _SLACK)
        for distance, key in enumerate(_around(row, edge, step, _REACH), 1):
            if key in keys:
                total += 1 / distance
    return total


def _around(row: Sequence[Item], edge: int, step: int, reach: int) -> list[str]:
    """The keys on one side, nearest first, as far as the sentence goes."""
    found: list[str] = []
    at = edge + step
    while 0 <= at < len(row) and len(found) < reach and row[at].sentence == row[edge].sentence:
        found.append(row[at].key)
        at += step
    return found


def _is_name(cased: str, start: int) -> bool:
    """ "Hai Bà Trưng" counts nobody."""
    return bool(re.match(r"\p{Lu}\p{L}*\s+\p{Lu}", cased[start:]))


def _blank(text: str, taken: Sequence[tuple[int, int]]) -> str:
    for start, end in taken:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text
