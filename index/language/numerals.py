"""Numbers that are written in words, Vietnamese and English, as spans of a text with their value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex as re

#: Words behind a number that multiply it. "tỷ" is none in "tỷ lệ", "triệu" none in "triệu phú".
SCALES = {
    "chục": 10, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9,
    "tỉ": 10**9, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_ONES = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
# Behind "mươi", "mười", "trăm" only; "hai mươi năm" is twenty years.
_LAST = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_AFTER_TEN = {**{word: n for word, n in _ONES.items() if word != "năm"}, **_LAST}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        1,
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
# These count nothing by themselves: an article, a year, private, "no".
_ALONE = frozenset("một năm tư không one".split())
_WORD = re.compile(r"\p{L}+")
_NOT_A_SCALE = {
    "tỷ": frozenset("lệ số trọng giá phú suất".split()),
    "tỉ": frozenset("lệ số trọng giá phú suất mỉ".split()),
    "triệu": frozenset("phú tập hồi".split()),
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words, `text[start:end]`; `high` where two say about how many ("hai ba người")."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None


def spelled(folded: str) -> Iterator[Spelled]:
    """The numbers written in words in a folded text, in order; "một", "năm", "tư" and "one" alone are none.

    >>> [f"{one.value:f}" for one in spelled("hai mươi lăm, một tỷ hai, nửa triệu, một trăm linh năm")]
    ['25', '1200000000', '500000', '105']
    """
    found = list(_WORD.finditer(folded))
    words = [match.group() for match in found]
    # Only a space (in English a hyphen, too) joins the words of a number.
    joined = [True] + [
        folded[a.end() : b.start()].isspace() or folded[a.end() : b.start()] == "-"
        for a, b in zip(found, found[1:])
    ]
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and joined[end]:
            end += 1
        run = _Run(words[at:end])
        for first, last, value, high in run.numbers():
            yield Spelled(found[at + first].start(), found[at + last - 1].end(), value, high)
        at = end


def scale(words: Sequence[str], at: int) -> tuple[int, int]:
    """The factor that the words from `at` on name ("nghìn tỷ" is 10^12), and where they end; 1 where none."""
    factor, end = 1, at
    while end < len(words) and words[end] in SCALES:
        following = words[end + 1] if end + 1 < len(words) else ""
        if following in _NOT_A_SCALE.get(words[end], ()):
            break
        if end > at and SCALES[words[end]] <= SCALES[words[end - 1]]:
            break
        factor, end = factor * SCALES[words[end]], end + 1
    return factor, end


class _Run:
    """Words with only spaces between them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def numbers(self) -> Iterator[tuple[int, int, Decimal, Decimal | None]]:
        """First and last + 1 word, value and upper value of each number."""
        at = 0
        while at < len(self._words):
            pair = self._about(at)
            found = pair or self._number(at)
            if found is None:
                at += 1
                continue
            end, value, high = found
            if end - at > 1 or self._words[at] not in _ALONE:
                yield at, end, value, high
            at = end

    def _word(self, at: int) -> str:
        return self._words[at] if at < len(self._words) else ""

    def _about(self, at: int) -> tuple[int, Decimal, Decimal | None] | None:
        """ "hai ba người", "năm bảy triệu" do not count exactly."""
        low, high = _ONES.get(self._word(at)), _ONES.get(self._word(at + 1))
        if not low or not high or not low < high <= low + 2 or self._word(at + 1) == "năm":
            return None
        if self._word(at + 2) in ("mươi", "trăm", "linh"):
            return None
        factor, end = scale(self._words, at + 2)
        return end, Decimal(low * factor), Decimal(high * factor)

    def _number(self, at: int) -> tuple[int, Decimal, Decimal | None] | None:
        if self._word(at) in ("nửa", "half"):
            start = at + 1 + (self._word(at + 1) in ("a", "một"))
            factor, end = scale(self._words, start)
            return (end, Decimal(factor) / 2, None) if factor >= 1000 else None
        total, least = Decimal(0), None
        end = at
        while True:
            group = self._group(end)
            if group is None:
                break
            value, after = group
            factor, behind = scale(self._words, after)
            large = 10**9 if factor >= 10**9 else 10**6
            if least == 1_000 and 100 * large <= value * factor < 1_000 * large:
                # "ba nghìn bốn trăm tỷ": all of it is in billions
                total, end, least = total * large + value * factor, behind, large
                continue
            if least is not None and factor >= least:
                break
            if least and factor == 1:  # "một tỷ hai", "hai triệu ba trăm"
                value *= _short(value, after - end, least)
            total, end, least = total + value * factor, behind, factor
            if factor == 1 or self._word(end) == "rưỡi":
                break
        # "hai năm rưỡi" is two years and a half.
        if self._word(end) == "rưỡi" and end > at and self._word(end - 1) != "năm":
            hundreds = self._word(end - 1) == "trăm" and least == 1
            total += Decimal(100 if hundreds else least or 1) / 2
            end += 1
        return (end, total, None) if end > at else None

    def _group(self, at: int) -> tuple[Decimal, int] | None:
        """A number below a thousand, and where it ends."""
        if self._word(at) in _ENGLISH or self._word(at) in _TENS:
            return self._english(at)
        digit = 0 if self._word(at) == "không" else _ONES.get(self._word(at))
        if digit is not None and self._word(at + 1) == "trăm":
            if scale(self._words, at + 1)[0] > 100:  # "hai trăm triệu": the scale says it
                return Decimal(digit), at + 1
            rest = self._below_hundred(at + 2, behind=True)
            return (
                (Decimal(100 * digit + rest[0]), rest[1])
                if rest
                else (Decimal(100 * digit), at + 2)
            )
        found = self._below_hundred(at)
        return (Decimal(found[0]), found[1]) if found else None

    def _below_hundred(self, at: int, behind: bool = False) -> tuple[int, int] | None:
        word, following = self._word(at), self._word(at + 1)
        if word in ("linh", "lẻ") and following in {**_ONES, **_LAST}:
            return {**_ONES, **_LAST}[following], at + 2
        if word == "mười":
            last = _AFTER_TEN.get(following)
            return (10 + last, at + 2) if last else (10, at + 1)
        digit = _ONES.get(word)
        if digit and following in ("mươi", "chục"):
            last = _AFTER_TEN.get(self._word(at + 2)) if following == "mươi" else None
            return (10 * digit + last, at + 3) if last else (10 * digit, at + 2)
        if digit and following in _LAST:  # "hai mốt", "ba lăm"
            return 10 * digit + _LAST[following], at + 2
        if behind:  # "một trăm hai"; "một trăm năm" is a hundred years
            tens = _AFTER_TEN.get(word)
            return (10 * tens, at + 1) if tens and word not in ("lăm", "nhăm") else None
        return (digit, at + 1) if digit else None

    def _english(self, at: int) -> tuple[Decimal, int]:
        value, end = 0, at
        if self._word(end) in _TENS:
            value, end = _TENS[self._word(end)], end + 1
        if self._word(end) in _ENGLISH and (end == at or _ENGLISH[self._word(end)] < 10):
            value, end = value + _ENGLISH[self._word(end)], end + 1
        if self._word(end) == "hundred":
            value, end = 100 * value, end + 1
            start = end + (self._word(end) == "and")
            if self._word(start) in _ENGLISH or self._word(start) in _TENS:
                rest, end = self._english(start)
                return value + rest, end
        return Decimal(value), end


def _short(value: Decimal, words: int, least: int) -> int:
    """What a number without a scale counts behind one with it: tenths where it is one digit, thousandths
    behind a million or more; else it counts itself ("ba nghìn bốn trăm")."""
    if words == 1 and value < 10 and least >= 1000:
        return least // 10
    return least // 1000 if least >= 10**6 else 1
