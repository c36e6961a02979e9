"""What a text counts and measures, as values that can be compared: figures in digits and in words, ranges
of them ("25-30%"), shares ("10/12 xã"), and measured amounts in one unit ("3,5 km" is 3.500 m)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex as re

from index.language.figures import Figure, figures, numerals, plain, readable
from index.language.names import is_syllable
from index.language.numerals import scale
from index.language.text import fold, has_marks
from index.language.words import language

#: What parts the ends of a range in a key, and the part of a share from the whole.
TO, OF = "..", "/"

#: By unit as written: what it measures in, and how much of that it is.
_MEASURES = {
    form: (base, Decimal(factor))
    for base, factor, forms in (
        ("m", "1000", "km kilômét kilomet kilometres kilometers"),
        ("m", "1", "m mét met metres meters"),
        ("m", "0.01", "cm"),
        ("m", "0.001", "mm"),
        ("m²", "1000000", "km²"),
        ("m²", "10000", "ha hécta hecta hectares"),
        ("m²", "1", "m²"),
        ("kg", "1000", "tấn tons tonnes"),
        ("kg", "100", "tạ"),
        ("kg", "10", "yến"),
        ("kg", "1", "kg"),
        ("phút", "60", "giờ tiếng hours"),
        ("phút", "1", "phút minutes"),
    )
    for form in forms.split()
}
_LETTERS = re.compile(r"\p{L}+")
_UNIT = re.compile(r"\s*(\p{L}+[²³]?)(?!\p{L}|\d)")
_AND_A_HALF = re.compile(r"\s*(\p{L}+)\s+rưỡi(?!\p{L})")
_ONE_AND_A_HALF = re.compile(
    r"(?<!\p{L})một\s+(?!triệu|nghìn|ngàn|tỷ|tỉ|trăm|vạn)\p{L}+\s+rưỡi(?!\p{L})"
)
_DASH = re.compile(r"\s*[-–—]\s*")
_UNTIL = re.compile(r"\s*(?:(?P<unit>\p{L}+[²³]?)\s+)?(?:đến|tới|to)\s+")
_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\bbetween\s+$")
_CLOCK_UNIT = re.compile(r"\s*(?:giờ|h)(?!\p{L})")
_SLASH = re.compile(r"/")
_WITHIN = re.compile(
    r"\s+(?:(?P<noun>\p{L}+)\s+)??(?:trong|trên|of|out of|in)\s+(?P<all>(?:tổng\s+)?(?:số\s+)?(?:the\s+)?)"
)
_PARTS = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_PART = re.compile(
    rf"(?<!\p{{L}})(?P<part>{'|'.join(_PARTS)})\s+phần\s+(?P<whole>{'|'.join(_PARTS)})(?!\p{{L}})"
)
_ENGLISH_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_ENGLISH_PART = re.compile(
    r"\b(?P<part>a|one|two|three|four)[ -](?P<whole>third|quarter|fourth|fifth|tenth)s?\b"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What stands at `start:end` of the text as `readable` gives it. `key`: what it says, the ends of a range
    parted by "..", part and whole by "/"; `measure`: the same in the unit that it is measured in, or ""."""

    start: int
    end: int
    key: str
    measure: str = ""
    number: Decimal | None = None
    percent: bool = False
    quantity: bool = True
    scale: str = ""


def amounts(text: str, taken: Sequence[tuple[int, int]], bare: bool = False) -> list[Amount]:
    """The amounts of a text that do not lie in `taken`, in order; `bare`: as if typed without diacritics."""
    cased = readable(text)
    folded = fold(cased)
    found = [_one(f, folded) for f in figures(text) if not _within(f.start, f.end, taken)]
    # Without diacritics "ba" is three, a father or a lady.
    if not (bare and not has_marks(text) and not is_english(text)):
        spelled = [*_parts(folded), *(_one(f, folded) for f in numerals(text))]
        for one in spelled:
            there = [*taken, *((other.start, other.end) for other in found)]
            if not _within(one.start, one.end, there) and not _is_name(cased, one.start):
                found.append(one)
    return [_measured(one, folded) for one in _joined(sorted(found, key=_start), folded)]


def is_english(statement: str) -> bool:
    """Whether a statement is English; one may be without the small words that `language` goes by."""
    if has_marks(statement):
        return language(statement) == "en"
    words = [word for word in _LETTERS.findall(statement.lower()) if len(word) > 2]
    foreign = sum(not is_syllable(word) for word in words)
    return language(statement) == "en" or 5 * foreign >= 2 * len(words) > 0


def ends(key: str) -> tuple[str, str] | None:
    """The ends of a range; None where the key is none.

    >>> ends("25%..30%")
    ('25%', '30%')
    """
    low, to, high = key.partition(TO)
    return (low, high) if to else None


def share(key: str) -> tuple[str, str] | None:
    """Part and whole of a share; None where the key is none."""
    part, of, whole = key.partition(OF)
    return (part, whole) if of else None


def _start(one: Amount) -> int:
    return one.start


def _one(figure: Figure, folded: str) -> Amount:
    number, key, end = figure.number, figure.value, figure.end
    half = _AND_A_HALF.match(folded, end)
    if half and number is not None and number == int(number):  # "2 tấn rưỡi", "8 giờ rưỡi"
        number += Decimal("0.5")
        key = f"{int(number)}:30" if half[1] in ("giờ", "h") else plain(number)
    return Amount(figure.start, end, key, "", number, figure.percent, figure.quantity, figure.scale)


def _parts(folded: str) -> Iterator[Amount]:
    """ "ba phần tư", and "một năm rưỡi": "một" alone is no numeral."""
    for match in _PART.finditer(folded):
        key = f"{_PARTS[match['part']]}{OF}{_PARTS[match['whole']]}"
        yield Amount(*match.span(), key)
    for match in _ENGLISH_PART.finditer(folded):
        part = "a one two three four".split().index(match["part"]) or 1
        yield Amount(*match.span(), f"{part}{OF}{_ENGLISH_PARTS[match['whole']]}")
    for match in _ONE_AND_A_HALF.finditer(folded):
        yield Amount(match.start(), match.start() + 3, "1.5", "", Decimal("1.5"))


def _joined(found: Sequence[Amount], folded: str) -> Iterator[Amount]:
    """Ranges and shares put together of their two figures."""
    at = 0
    while at < len(found):
        pair = None
        if at + 1 < len(found):
            one, other = found[at : at + 2]
            gap = folded[one.end : other.start]
            pair = _range(one, other, gap, folded) or _share(one, other, gap, folded)
        yield pair or found[at]
        at += 2 if pair else 1


def _range(one: Amount, other: Amount, gap: str, folded: str) -> Amount | None:
    dash = _DASH.fullmatch(gap)
    until = _UNTIL.fullmatch(gap)
    between = _AND.fullmatch(gap) and _BETWEEN.search(folded[: one.start])
    if not (dash or until or between) or _CLOCK_UNIT.match(folded, other.end):
        return None
    if one.number is None or other.number is None or one.percent > other.percent:
        return None
    if not one.quantity and not (other.quantity and len(one.key) == 4):  # "2000-2500 người"
        return None
    low = one.number
    if other.scale and not one.scale and low < _unscaled(other):
        low *= other.number / _unscaled(other)
    sign = "%" if other.percent else ""
    if low < other.number:
        key = f"{plain(low)}{sign}{TO}{plain(other.number)}{sign}"
        # "5 km đến 7 km": what stands between is not told again.
        return replace(other, start=one.start, key=key, number=low)
    if dash and not sign and one.quantity:  # a score
        return replace(other, start=one.start, key=f"{one.key}-{other.key}", number=None)
    return None


def _unscaled(one: Amount) -> Decimal:
    return (one.number or Decimal(0)) / scale(one.scale.split(), 0)[0]


def _share(one: Amount, other: Amount, gap: str, folded: str) -> Amount | None:
    """ "10/12", "10 trong 12 xã", "10 xã trong tổng số 12 xã"."""
    if one.scale or one.percent or other.scale or other.percent:
        return None
    if one.number is None or other.number is None or not 0 < one.number <= other.number:
        return None
    within = _WITHIN.fullmatch(gap)
    if within and within["noun"] and not within["all"].strip():
        following = _UNIT.match(folded, other.end)
        if not following or following[1] != within["noun"]:  # "3 người trong 5 ngày"
            return None
    if not within and not _SLASH.fullmatch(gap):
        return None
    return replace(other, start=one.start, key=f"{one.key}{OF}{other.key}", number=None)


def _measured(one: Amount, folded: str) -> Amount:
    unit = _UNIT.match(folded, one.end)
    if one.number is None or one.percent or not unit or unit[1] not in _MEASURES:
        return one
    base, factor = _MEASURES[unit[1]]
    told = [plain(Decimal(end) * factor) for end in ends(one.key) or (plain(one.number),)]
    return replace(one, measure=f"{base} {TO.join(told)}")


def _within(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in taken)


def _is_name(cased: str, start: int) -> bool:
    """ "Hai Bà Trưng" counts nobody."""
    return bool(re.match(r"\p{Lu}\p{L}*\s+\p{Lu}", cased[start:]))
