"""Sums between amounts of articles: written with their terms, and recomputed where they are read.

A result that the program computed stands in no quote. So it is always written behind what it was computed
from ("3.400 − 3.100 = 300"); the checker looks for the terms in the quotes as for any figure, and computes the
result again: what is wrong is a problem of the statement, whoever wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import regex as re

from index.language.figures import figures
from index.language.numerals import scale as factor
from index.language.words import Language
from rag.check.problem import Problem

_POINTS: dict[Language, str] = {"vi": "điểm phần trăm", "en": "percentage points"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure of an article: as it is written there, with "hơn" before and "tỷ" behind; its value; its scale;
    what kind of unit it has, and the words of it. `rough`: not told exactly."""

    written: str
    value: Decimal
    scale: str
    unit: str
    noun: str
    rough: bool

    @property
    def text(self) -> str:
        """The amount with its unit."""
        return f"{self.written} {self.noun}".strip()


def subtracted(larger: Amount, less: Amount, language: Language) -> str:
    """ "3.400 − 3.100 = 300 người"."""
    return _equation([larger, less], "−", larger.value - less.value, language)


def added(amounts: Sequence[Amount], language: Language) -> str:
    """ "412 + 538 = 950 giáo viên"."""
    return _equation(amounts, "+", sum((one.value for one in amounts), Decimal()), language)


def grown(larger: Amount, less: Amount, first: Amount) -> str:
    """How large the difference is beside the first of both: "(110 − 100) ÷ 100 = 10%"."""
    exact = (larger.value - less.value) / first.value * 100
    sign, shown = _rounded(exact, larger.rough or less.rough)
    return f"({larger.written} − {less.written}) ÷ {first.written} {sign} {shown}%"


def divided(one: Amount, other: Amount) -> str:
    """How many times the other: "300 ÷ 100 = 3"."""
    sign, shown = _rounded(one.value / other.value, one.rough or other.rough)
    return f"{one.written} ÷ {other.written} {sign} {shown}"


def _equation(amounts: Sequence[Amount], sign: str, exact: Decimal, language: Language) -> str:
    first = amounts[0]
    scale = max((one.scale for one in amounts), key=_times)
    result = written(exact / _times(scale))
    equals = "≈" if any(one.rough for one in amounts) else "="
    unit = _POINTS[language] if first.unit == "%" else f"{scale} {first.noun}"
    terms = f" {sign} ".join(one.written for one in amounts)
    return " ".join(f"{terms} {equals} {result} {unit}".split())


def _rounded(exact: Decimal, rough: bool) -> tuple[str, str]:
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return ("=" if shown == exact and not rough else "≈"), written(shown)


def written(value: Decimal) -> str:
    """A number as it is written in Vietnamese.

    >>> written(Decimal("1247.50"))
    '1.247,5'
    """
    plain = f"{value:,f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.translate(str.maketrans(",.", ".,"))


_TERM = (
    r"(?:(?:hơn|trên|gần|dưới|khoảng|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa|nhiều nhất|chưa đến|chưa tới"
    r"|không quá)\s+)?\d+(?:[.,]\d+)*(?:\s*(?:%|(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\p{L})))?"
)
_SUM = re.compile(
    rf"(?i)(?:\(\s*(?P<a>{_TERM})\s+[−–-]\s+(?P<b>{_TERM})\s*\)\s*÷\s*(?P<c>{_TERM})"
    rf"|(?P<d>{_TERM})\s*÷\s*(?P<e>{_TERM})|(?P<terms>{_TERM}(?:\s+[−–+-]\s+{_TERM})+))"
    rf"\s*(?P<sign>[=≈])\s*(?P<result>{_TERM})"
    rf"(?:\s+(?:{'|'.join(_POINTS.values())}|lần|times)(?!\p{{L}}))?"
)


def recomputed(statement: str) -> tuple[str, tuple[Problem, ...]]:
    """A statement with the terms of its sums in the place of the sums, a line each, and what is wrong with the
    sums. A term that stands in two sums is told once.

    >>> recomputed("9 − 6 = 3 hộ")
    ('\\n9\\n6\\n hộ', ())
    """
    wrong: list[Problem] = []
    told: list[str] = []

    def terms(found: "re.Match[str]") -> str:
        exact, shown = _exact(found), _value(found["result"])
        digits = re.search(r",(\d+)", found["result"])
        last = Decimal(1).scaleb(-len(digits[1]) if digits else 0)
        near = abs(exact - shown) <= last * _times(figures(found["result"])[0].scale) / 2
        if exact != shown and not (found["sign"] == "≈" and near):
            wrong.append(Problem("miscounted", (found.group().strip(),)))
        before = found.group()[: found.start("sign") - found.start()]
        new = [term for term in re.findall(f"(?i){_TERM}", before) if term not in told]
        told.extend(dict.fromkeys(new))
        return "\n".join(["", *dict.fromkeys(new), ""])

    return _SUM.sub(terms, statement), tuple(wrong)


def _exact(found: "re.Match[str]") -> Decimal:
    if found["a"]:
        first, second, third = (_value(found[name]) for name in "abc")
        return (first - second) / third * 100 if third else Decimal("Infinity")
    if found["d"]:
        return (
            _value(found["d"]) / _value(found["e"]) if _value(found["e"]) else Decimal("Infinity")
        )
    total, sign = Decimal(), 1
    for piece in re.split(r"\s+([−–+-])\s+", found["terms"]):
        if piece in "−–+-":
            sign = 1 if piece == "+" else -1
        else:
            total += sign * _value(piece)
    return total


def _value(term: str) -> Decimal:
    number = figures(term)[0].number
    assert number is not None  # a term is digits
    return number


def _times(scale: str) -> int:
    """What a scale multiplies by: 10**12 for "nghìn tỷ"."""
    return factor(scale.split(), 0)[0]
