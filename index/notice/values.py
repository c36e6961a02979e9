"""What a notice says was wrong, and what is right: its values, told apart by the words beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex as re

from index.language.figures import Day, days, figures, in_place, readable
from index.language.sentences import sentences
from index.language.text import fold, words

#: Words between a figure and its unit's end that are no unit.
_NO_UNIT = (
    "xin|là|thay|không|chứ|như|mà|thành|và|nay|chưa|bị|sai|nhầm|đúng|được|trong|ở|tại|đã|phải|theo|so|sang"
    "|not|instead|rather|and|to|is|was|in|the|of|for|should|as"
)
_UNIT = re.compile(rf"\s?(?!(?:{_NO_UNIT})(?!\p{{L}}))(\p{{L}}[\p{{L}}²³/]*)")
_QUOTE = re.compile(r"[“\"«‘]([^“”\"«»‘’\n]{1,120})[”\"»’]")
# Pages and lines, and when the article came: no values of it.
_PLACE = re.compile(
    r"(?:trang|dòng|cột|kỳ|số báo|báo số|số ra|mục|lúc|hồi|hotline|điện thoại|page|line)\s*$",
    re.IGNORECASE,
)
_END = re.compile(r"[,;:()\n]|[.!?](?:\s|$)|[.!?]$|$")
_CUT = re.compile(
    r"\s+(?:thành|nay|chứ|như|theo|thay|mà|không phải|là (?:không|chưa|sai)|xin|instead|rather|not)(?!\p{L}).*",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"(?:(?:lại|cho|đúng|là|tên|họ|của|ông|bà|anh|chị|em|cháu|as|that|the|it|is|was|mr|mrs|ms)\.?\s+)+",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s:–-]*")
#: How far from its cue a value stands, in characters, and how long words of one are.
_FAR, _WORDS = 90, 9

_PUT_RIGHT = (
    r"(?:xin|nay|cần|phải|được|là|lại)\s+(?:được\s+)?(?:đọc|sửa|viết|ghi|hiểu|nói|đính chính|cải chính"
    r"|điều chỉnh|chỉnh sửa|thay)(?:\s+(?:lại|đúng|cho|chính xác))*+"
)
_WRONGLY = r"(?<!\p{L})(?:nhầm|sai)(?!\s*(?:lẫn|sót))"
#: In the order in which they are believed: the cue, what stands behind it, what before it ("" for nothing); one
#: with "~" tells only what no other does.
_CUES = [
    (re.compile(pattern, re.IGNORECASE), after, before)
    for pattern, after, before in (
        # "sửa 11 người thành 17 người", "viết nhầm ông Tấn thành ông Tân"
        (r"(?<!\p{L})(?:sửa|điều chỉnh|đổi)\s+(?!lại|cho|đúng|thành|sang|là)(?:từ\s+)?"
         r"(?=[^.;\n]{1,60}?\s(?:thành|sang)\s)", "wrong", ""),
        (r"(?<=(?:sửa|điều chỉnh|đổi)\s[^.;\n]{1,80})\s(?:thành|sang)\s", "right", ""),
        (rf"{_WRONGLY}(?=[^,.;\n]{{2,80}}\sthành\s)", "right", ""),
        (rf"(?<={_WRONGLY}[^,.;\n]{{2,80}})\sthành\s", "wrong", ""),
        # "không phải 14 km mà là 41 km", "17 chứ không phải 11", "18 thay vì 8"
        (r"(?<!\p{L})không phải(?:\s+là)?(?=[^.;\n]{1,60}\smà\s)", "wrong", ""),
        (r"(?<=không phải[^.;\n]{1,60})\smà(?:\s+(?:phải|là|có))*(?=\s)", "right", ""),
        (r"(?:,?\s*(?:chứ\s+)?không phải(?:\s+là)?(?![^.;\n]{1,60}\smà\s)|thay vì|thay cho|instead of"
         r"|rather than|,? (?:and )?not)(?!\p{L})", "wrong", "right"),
        # "xin đọc là 142", "số đúng là 83"
        (rf"{_PUT_RIGHT}(?:\s+(?:thành|là|sang)|\s*:)(?!\p{{L}})", "right", "~wrong"),
        (r"(?<!\p{L})(?:đúng|chính xác)(?:\s+(?:ra|phải))*\s+(?:phải\s+)?(?:là|có)(?!\p{L})"
         r"|(?:correct|right)(?: \w+){0,4}? (?:is|was|are|were)(?!\p{L})"
         r"|should (?:have )?(?:read|been?|said)(?!\p{L})|in fact(?!\p{L})|thực (?:tế|ra) là(?!\p{L})",
         "right", "~wrong"),
        # "ghi 38 là chưa đúng", "ghi sai là 38", "đã ghi là 38"
        (r"(?:là )?(?:chưa|không|thiếu) (?:chính xác|đúng)|là sai|(?:was|were|is) (?:incorrect|wrong)",
         "", "wrong"),
        (rf"{_WRONGLY}(?:\s+là)?", "wrong", ""),
        (r"(?<!\p{L})(?:ghi|viết|nêu|đưa|thông tin|dẫn|in là|misstated|said|stated|reported|gave)(?!\p{L})"
         r"(?:\s+(?:là|rằng|that|as))?", "~wrong", ""),
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """Words of a notice, `body[start:end]`: a figure with its unit, a day, a name, or what is quoted."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What was wrong and what is right, as far as the notice says it."""

    wrong: Value | None
    right: Value | None


def pairs(body: str, start: int, end: int, hidden: str) -> list[Pair]:
    """What a notice puts right in `body[start:end]`; `hidden` is the body with titles and days of publication
    blanked out, which are no values."""
    told: dict[Value, str] = {}
    weak: list[Value] = []
    known = _values(hidden, start, end)
    for a, b in sentences(hidden[start:end]):
        first, last = start + a, start + b
        for cue, after, before in _CUES:
            for found in cue.finditer(hidden, first, last):
                behind = _after(hidden, found.end(), last, known) if after else None
                ahead = _before(found.start(), first, known) if before else None
                for value, sort in ((behind, after), (ahead, before)):
                    if value and sort.startswith("~"):
                        weak.append(value)
                    elif value:
                        told.setdefault(value, sort)
    counts = list(told.values())
    if counts.count("wrong") < counts.count("right"):
        for value in weak:
            if not any(value.start < one.end and one.start < value.end for one in told):
                told.setdefault(value, "wrong")
    return _paired(sorted(told.items(), key=lambda one: one[0].start))


def _paired(told: list[tuple[Value, str]]) -> list[Pair]:
    found: list[Pair] = []
    at = 0
    while at < len(told):
        value, sort = told[at]
        other = told[at + 1] if at + 1 < len(told) and told[at + 1][1] != sort else None
        both = {sort: value, **({other[1]: other[0]} if other else {})}
        found.append(Pair(both.get("wrong"), both.get("right")))
        at += 2 if other else 1
    return [
        one for one in found if not (one.wrong and one.right) or one.wrong.text != one.right.text
    ]


def _values(hidden: str, start: int, end: int) -> list[Value]:
    """Quoted words, days and figures with their units, in order; none within another."""
    text = hidden[start:end]
    spans = [found.span(1) for found in _QUOTE.finditer(text)]
    if len(readable(text)) == len(text):
        spans += [(day.start, day.end) for day in days(text)]
    for one in in_place(text):
        if _PLACE.search(text[max(0, one.start - 20) : one.start]):
            continue
        unit = None if one.percent else _UNIT.match(text, one.end)
        spans.append((one.start, unit.end() if unit else one.end))
    kept: list[tuple[int, int]] = []
    for a, b in spans:
        if a < b and not any(a < d and c < b for c, d in kept):
            kept.append((a, b))
    return [Value(text[a:b], start + a, start + b) for a, b in sorted(kept)]


def _after(hidden: str, at: int, end: int, known: list[Value]) -> Value | None:
    """The value behind a cue: the first known one of its clause, else the name there."""
    at = _GAP.match(hidden, at).end()  # type: ignore[union-attr]
    stop = _END.search(hidden, at, min(end, at + _FAR))
    clause = stop.start() if stop else min(end, at + _FAR)
    for one in known:
        if at <= one.start < clause:
            return one
    text = _CUT.sub("", hidden[at:clause])
    begin = text.rfind(" là ") + 4 if " là " in text else 0
    if found := _BEFORE_NAME.match(text, begin):
        begin = found.end()
    capital = re.search(r"\p{Lu}", text[begin:])
    if not capital:
        return None
    begin += capital.start()
    text = text[begin:].rstrip(" .,;")
    if "\u00a4" in text or not 1 < len(text.split()) <= _WORDS:
        return None
    return Value(text, at + begin, at + begin + len(text))


def _before(at: int, start: int, known: list[Value]) -> Value | None:
    """The value before a cue, of the same sentence."""
    ahead = [one for one in known if max(start, at - _FAR) <= one.start and one.end <= at]
    return ahead[-1] if ahead else None


def stands(value: str, text: str) -> bool:
    """Whether a value of a notice stands in a text: a figure with its unit (a long one in whatever unit), a day
    (a year may lack), or the same words.

    >>> stands("38 tỷ đồng", "thu 38 tỷ đồng"), stands("3 ca", "ở 3 xã"), stands("8/3/2024", "ngày 8-3")
    (True, False, True)
    """
    if f" {' '.join(words(value))} " in f" {' '.join(words(text))} ":
        return True
    if wanted := days(value):
        had = days(text)
        return all(any(_same_day(one, other) for other in had) for one in wanted)
    numbers = figures(value)
    if not numbers or len(words(value)) > 3:
        return False
    return any(True for _ in _places(numbers[0].value, value, text))


def _same_day(one: Day, other: Day) -> bool:
    days_ = (one.day, one.month) == (other.day, other.month)
    return days_ and (not one.year or not other.year or one.year == other.year)


def _places(key: str, value: str, text: str) -> Iterator[int]:
    """Where a figure stands in a text in the unit that it has in `value`."""
    one = in_place(value)[0]
    unit = None if one.percent else _UNIT.match(value, one.end)
    for other in in_place(text):
        if other.value != key:
            continue
        theirs = _UNIT.match(text, other.end)
        alike = not unit or (theirs and fold(theirs[1]) == fold(unit[1]))
        if alike or len(re.sub(r"\D", "", key)) >= 3:
            yield other.start
