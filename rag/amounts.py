"""The amount in an article's words: its value, and its unit, by which amounts can be told apart."""

from dataclasses import replace
from decimal import Decimal

import regex as re

from index.language.counted import UNITS
from index.language.figures import in_place
from index.language.words import FUNCTION_WORDS
from rag.check.measures import NO_MONEY
from rag.opinion import whole
from rag.sums import Amount

# "%" and "tấn" cannot be compared; a noun ("giáo viên") with another or with people it can; "" with what is
# no share.
_NOUN = "noun"
_PEOPLE = UNITS["người"]
_SPELT = {
    "m2": "m²", "m3": "m³", "km2": "km²", "mét vuông": "m²", "mét khối": "m³", "cây số": "km", "héc ta": "ha",
    "km vuông": "km²", "phần trăm": "%",
}  # fmt: skip
_SECOND = r"(?: (?:vuông|khối|số|ta|trăm)(?!\p{L}))?"
_LABEL = 8  # characters before them that may say that a number counts nothing ("tháng 1")
_SCALE = 12  # characters behind the reader's words in which "%" or "triệu" may stand
_BEHIND = re.compile(rf"\s*(?P<unit>\p{{L}}+[²³]?\d?{_SECOND})(?P<per>\s?/\s?[\p{{L}}\d²³]+)?")
_MORE = re.compile(r"(?:\s+\p{L}+){1,4}")
_NO_NOUN = FUNCTION_WORDS | frozenset("so tăng giảm còn hơn tương nhưng nên tuy".split())
# "tăng 3%", "nhiều hơn 15 vụ", "3% so với cùng kỳ": by how much, not how much; "tăng lên 3%" is how much.
_CHANGED = re.compile(
    r"(?<!\p{L})(?:tăng|giảm|bớt|kém|vượt|chênh|gấp|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn|by|up|down)"
    r"(?:\s+(?:trưởng|thêm|khoảng|gần|hơn|trên|được|mạnh|nhẹ|bình quân))*\s*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[%\s]*(?:(?:điểm )?phần trăm |\p{L}+ )?so với")


def amount(body: str, start: int, end: int) -> tuple[Amount, int] | None:
    """The first amount in `body[start:end]`, and where it stands in the body; None where there is none."""
    low = max(0, start - _LABEL)
    for figure in in_place(body[low : end + _SCALE]):
        at, behind = low + figure.start, low + figure.end
        if at >= end:
            break
        if at < start or not figure.quantity or not re.fullmatch(r"\d+(?:\.\d+)?", figure.key):
            continue
        unit, noun = ("%", "") if figure.percent else _unit(body, behind, end)
        words = whole(body, at, behind)
        return Amount(
            words, figure.number or Decimal(), figure.scale, unit, noun, not words[:1].isdigit()
        ), at
    return None


def change(body: str, at: int) -> int | None:
    """Where the words begin by which the figure at `body[at]` says by how much something changed ("giảm hơn
    3%"); None where it says how much there is."""
    low = max(0, at - 60)
    found = _CHANGED.search(body[low:at])
    if found:
        return low + found.start()
    behind = re.compile(r"[\d.,]+").match(body, at)
    return at if behind and _BESIDE.match(body, behind.end()) else None


def _unit(body: str, behind: int, end: int) -> tuple[str, str]:
    found = _BEHIND.match(body, behind)
    if not found:
        return "", ""
    unit = _known(found["unit"])
    if unit == "đồng" and (next_ := re.match(r"\s+(\p{L}+)", body[found.end() :])):
        unit = None if next_[1].lower() in NO_MONEY else unit  # "77 đồng chí"
    if unit:
        return unit, " ".join(found.group().split())
    if found["unit"].lower().split()[0] in _NO_NOUN:
        return "", ""
    more = _MORE.match(body[found.end() : max(end, found.end())])
    return _NOUN, " ".join((found["unit"] + (more.group() if more else "")).split())


def _known(words: str) -> str | None:
    """The unit that words begin with: "mét vuông" is "m²", "mét đường" is "m"."""
    said = words.lower()
    return _SPELT.get(said) or UNITS.get(said.split()[0])


def alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts have units that can be compared."""
    units = {one.unit, other.unit}
    return len(units) == 1 or units <= {_NOUN, _PEOPLE, ""} or ("" in units and "%" not in units)


def asked_unit(question: str) -> str | None:
    """The unit that a question asks for, or None where it leaves that open.

    >>> asked_unit("Tỷ lệ hộ nghèo là bao nhiêu?"), asked_unit("Bao nhiêu tấn lúa?")
    ('%', 'tấn')
    >>> asked_unit("Bao nhiêu đồng?"), asked_unit("Bầu bao nhiêu đồng chí?")
    ('đồng', None)
    """
    if re.search(
        r"(?i)(?<!\p{L})(?:tỷ lệ|tỉ lệ|phần trăm|percentage|rate|share)(?!\p{L})", question
    ):
        return "%"
    found = re.search(
        r"(?i)(?<!\p{L})(?:bao nhiêu|mấy|số|how many)\s+(?:(?:tỷ|triệu|nghìn)\s+)?"
        rf"(\p{{L}}+[²³]?\d?{_SECOND})(?!\s+\d)",
        question,
    )
    unit = _known(found[1]) if found else None
    behind = re.match(r"\s+(\p{L}+)", question[found.end() :]) if found and unit == "đồng" else None
    return None if behind and behind[1].lower() in NO_MONEY else unit


def in_unit(one: Amount, wanted: str | None) -> bool:
    """Whether an amount is in the unit that is asked for, where one is."""
    if wanted is None or one.unit == wanted:
        return True
    return wanted != "%" and alike(one, replace(one, unit=wanted))
