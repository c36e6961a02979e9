"""A text as a row of words, figures and days, and how well two places in two texts agree.

The checker asks of each figure, date and name of a statement not only whether the quote has it, but
whether the quote has it in this place: what stands around it there must agree better than what stands
around any other figure, date or name of the quote.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex as re

from index.language.figures import days, months, readable
from index.language.sentences import sentences
from index.language.text import alike, fold, strip_marks
from index.language.words import FUNCTION_WORDS
from rag.check.amounts import amounts

Kind = Literal["word", "figure", "day"]
#: First and last + 1 of a run of items.
Run = tuple[int, int]

_WORD = re.compile(r"\p{L}+[²³]?")
_PAUSE = re.compile(r"[,;:()]|\s[-–—]\s")
_STOP = re.compile(r"[.!?…:;\n•“\"]|[-–]\s*$")
_REACH = 4  # items around a place that are compared
_SLACK = 2  # how much further apart the same item may stand
#: Another figure's surroundings must agree this much better before a figure counts as misplaced.
#: Measured by tests/quality/checker.py: below 0.5 reordered true statements begin to fail.
_MARGIN = 0.6
#: What a content word counts that stands in the same clause in both texts, in whatever place.
_SHARED = 0.25
# "năm" is five before these ("năm người"), but not behind those ("mỗi năm người dân").
_FIVE = frozenset("năm người ngày chiếc căn ngôi tuổi cháu em đồng".split())
_YEARLY = frozenset("mỗi hằng hàng trong đầu cuối từng các những suốt nhiều qua một hết".split())


@dataclass(frozen=True, slots=True)
class Item:
    """A word, figure or day: `key` is what it says, `full` the same with diacritics, `opens` whether a
    sentence begins with it, `joined` whether only a space parts it from the item before; `measure` is a
    measured figure in the unit that all of its kind are measured in."""

    kind: Kind
    key: str
    full: str
    written: str
    capital: bool
    opens: bool
    joined: bool
    sentence: int
    clause: int
    measure: str = ""


@lru_cache(maxsize=256)
def items(text: str, bare: bool = False) -> tuple[Item, ...]:
    """The words, figures and days of a text, in order; `bare`: as if typed without diacritics."""
    cased = readable(text)
    folded = fold(cased)
    if len(folded) != len(cased):  # a letter whose small form is two: compare without capitals
        cased = folded
    spans: list[tuple[int, int, Kind, str, str]] = [
        (day.start, day.end, "day", f"{day.day or ''}-{day.month}-{day.year or ''}", "")
        for day in (*days(text), *months(text))
    ]
    told = amounts(text, [span[:2] for span in spans], bare)
    spans += [(one.start, one.end, "figure", one.key, one.measure) for one in told]
    taken = sorted(span[:2] for span in spans)
    words = list(_WORD.finditer(_blank(cased, taken)))
    for at, match in enumerate(words):
        five = not bare and _is_five(words, at)
        spans.append(
            (
                *match.span(),
                "figure" if five else "word",
                "5" if five else alike(fold(match.group())),
                "",
            )
        )
    ends = [end for _, end in sentences(cased)]
    found: list[Item] = []
    before = clause = 0
    for start, end, kind, key, measure in sorted(spans):
        gap = cased[before:start]
        clause += bool(_PAUSE.search(gap) or _STOP.search(gap))
        opens = not found or bool(_STOP.search(gap))
        found.append(
            Item(
                kind,
                strip_marks(key) if bare else key,
                key,
                cased[start:end].strip(),
                cased[start].isupper(),
                opens,
                gap.isspace(),
                bisect_right(ends, start),
                clause,
                measure,
            )
        )
        before = end
    return tuple(found)


def _is_five(words: Sequence["re.Match[str]"], at: int) -> bool:
    """Whether "năm" counts what follows ("năm người"); elsewhere it is a year."""
    if words[at].group() not in ("năm", "Năm") or at + 1 == len(words):
        return False
    if words[at + 1].start() != words[at].end() + 1:  # "năm 2020 người dân"
        return False
    before = fold(words[at - 1].group()) if at else ""
    return words[at + 1].group() in _FIVE and before not in _YEARLY


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


def places(row: Sequence[Item], keys: Sequence[str], full: bool = False) -> list[Run]:
    """Where `keys` stand in a row, one behind the other; `full`: with their diacritics."""
    wide = len(keys)
    said = [item.full if full else item.key for item in row]
    return [
        (at, at + wide)
        for at in range(len(row) - wide + 1)
        if said[at] == keys[0] and said[at : at + wide] == list(keys)
    ]


def agreement(row: Sequence[Item], run: Run, other: Sequence[Item], at: Run) -> float:
    """How much of what stands around `run` also stands around `at` in another text: nearer items on the
    same side count more, 0 to about 4; so does each content word of the same clause, on whatever side."""
    total = 0.0
    for step, edge, far in ((-1, run[0], at[0]), (1, run[1] - 1, at[1] - 1)):
        keys = _around(other, far, step, _REACH + _SLACK)
        for distance, key in enumerate(_around(row, edge, step, _REACH), 1):
            if key in keys:
                total += 1 / distance
    return total + _SHARED * len(_clause(row, run) & _clause(other, at))


def _clause(row: Sequence[Item], run: Run) -> set[str]:
    """The content words around a run, as far as its clause goes."""
    clause = row[run[0]].clause
    first, last = run
    while first and row[first - 1].clause == clause:
        first -= 1
    while last < len(row) and row[last].clause == clause:
        last += 1
    around = [*row[first : run[0]], *row[run[1] : last]]
    return {item.key for item in around if item.full not in FUNCTION_WORDS}


def _around(row: Sequence[Item], edge: int, step: int, reach: int) -> list[str]:
    """The keys on one side, nearest first, as far as the clause goes."""
    found: list[str] = []
    at = edge + step
    while 0 <= at < len(row) and len(found) < reach and row[at].clause == row[edge].clause:
        found.append(row[at].key)
        at += step
    return found


def misplaced(
    said: Sequence[Item],
    run: Run,
    source: Sequence[Item],
    same: Sequence[Run],
    others: Sequence[Run],
) -> bool:
    """Whether the surroundings of `run` agree clearly better with those of another one in the
    source than with those of its own; where the statement tells it more often than the source, as
    well is enough."""
    mine = max(agreement(said, run, source, at) for at in same)
    other = (agreement(said, run, source, at) for at in others if not _overlaps(at, same))
    keys = [item.key for item in said[run[0] : run[1]]]
    more = len(places(said, keys)) > len(same)
    return max(other, default=0.0) > (mine - _MARGIN if more else mine + _MARGIN)


def written_of(row: Sequence[Item], run: Run) -> str:
    """The words of a run, as written."""
    return " ".join(item.written for item in row[run[0] : run[1]])


def with_next(row: Sequence[Item], at: int) -> str:
    """An item with the two behind it, as written."""
    return written_of(row, (at, min(at + 3, len(row))))


def with_before(row: Sequence[Item], at: int) -> str:
    """An item with the one before it, as written."""
    return written_of(row, (max(0, at - 1), at + 1))


def _overlaps(at: Run, runs: Sequence[Run]) -> bool:
    return any(at[0] < end and start < at[1] for start, end in runs)


def _blank(text: str, taken: Sequence[tuple[int, int]]) -> str:
    for start, end in taken:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text
