"""What a notice says was wrong, and what is right: its values, told apart by the words beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex as re

from index.language.figures import Day, Figure, days, figures, in_place, months, readable
from index.language.sentences import sentences
from index.language.text import fold, words
from index.language.words import FUNCTION_WORDS

#: Words between a figure and its unit's end that are no unit.
_NO_UNIT = (
    "xin|là|thay|không|chứ|như|mà|thành|và|nay|chưa|bị|sai|nhầm|đúng|được|mỗi|một|trong|ở|tại|đã|phải|theo|so"
    "|sang|not|instead|rather|and|to|is|was|in|the|of|for|should|as"
)
_UNIT = re.compile(rf"\s?(?!(?:{_NO_UNIT})(?!\p{{L}}))(\p{{L}}[\p{{L}}²³/]*)")
_QUOTE = re.compile(r"[“\"«‘]([^“”\"«»‘’\n]{1,120})[”\"»’]")
# Pages and lines, and when the article came: no values of it.
_PLACE = re.compile(
    r"(?:(?:trang|dòng|cột|đoạn|kỳ)(?:\s+thứ)?|số báo|báo số|số ra|mục|lúc|hồi|hotline|page|line)\s*$",
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
_SAYS = re.compile(r" là |: ")
_GAP = re.compile(r"[\s:–-]*")
#: How far from its cue a value stands, in characters, and how long words of one are.
_FAR, _WORDS = 90, 9

_PUT_RIGHT = (
    r"(?:xin|nay|cần|phải|được|là|lại)\s+(?:được\s+)?(?:đọc|sửa|viết|ghi|hiểu|nói|đính chính|cải chính"
    r"|điều chỉnh|chỉnh sửa|thay)(?:\s+(?:lại|đúng|cho|chính xác))*+"
)
_WRONGLY = r"(?<!\p{L})(?:nhầm|sai)(?!\p{L}|\s*(?:lẫn|sót))"
#: In the order in which they are believed: the cue, what stands behind it, what before it ("" for nothing); one
#: with "~" tells only what no other does.
_CUES = [
    (re.compile(pattern, re.IGNORECASE), after, before)
    for pattern, after, before in (
        # "cách 53 hải lý (trong bài ghi 35 hải lý)"
        (r"\((?:trong )?(?:bài|báo|tin)[^)\d]{0,20}?(?:ghi|viết|in|đăng|nêu)(?: là)?(?!\p{L})",
         "wrong", "right"),
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
        (r"(?<!\p{L})(?<!(?:chưa|không)\s)(?:đúng|chính xác)"
         r"(?:(?:\s+(?:ra|phải))*\s+(?:là|có)(?!\p{L})|\s*:)"
         r"|(?:correct|right)(?: \w+){0,4}? (?:is|was|are|were)(?!\p{L})"
         r"|should (?:have )?(?:read|been?|said)(?!\p{L})|in fact(?!\p{L})|thực (?:tế|ra) là(?!\p{L})",
         "right", "~wrong"),
        # "ghi 38 là chưa đúng", "ghi sai là 38", "đã ghi là 38"
        (r"(?:là )?(?:chưa|không|thiếu) (?:chính xác|đúng)|là sai|(?:was|were|is) (?:incorrect|wrong)",
         "", "wrong"),
        (rf"{_WRONGLY}(?:\s+là)?", "wrong", ""),
        (r"(?<!\p{L})(?:ghi|viết|nêu|đưa|thông tin|dẫn|in là|có (?:nội dung|đoạn|câu)|misstated|said"
         r"|stated|reported|gave)(?!\p{L})(?:\s+(?:là|rằng|that|as))?", "~wrong", ""),
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
                ahead = _before(hidden, found.start(), first, known) if before else None
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
    both = _paired(sorted(told.items(), key=lambda one: one[0].start))
    return [replace(one, wrong=_titled(body, hidden, start, end, one)) for one in both]


def _titled(body: str, hidden: str, start: int, end: int, one: Pair) -> Value | None:
    """What was wrong; where a notice does not say it, what the title that it names says in the same unit."""
    if one.wrong or not one.right or not (right := in_place(one.right.text)):
        return one.wrong
    unit = fold(one.right.text[right[0].end :]).split()[:1]
    for figure, last in _figures(body[start:end]):
        text = body[start + figure.start : start + last]
        same = fold(text[figure.end - figure.start :]).split()[:1] == unit
        if same and hidden[start + figure.start] == "\u00a4" and figure.value != right[0].value:
            return Value(text, start + figure.start, start + last)
    return None


def _paired(told: list[tuple[Value, str]]) -> list[Pair]:
    """Neighbours put together; what is told once more is left out."""
    found: list[Pair] = []
    at = 0
    while at < len(told):
        value, sort = told[at]
        other = told[at + 1] if at + 1 < len(told) and told[at + 1][1] != sort else None
        both = {sort: value, **({other[1]: other[0]} if other else {})}
        found.append(Pair(both.get("wrong"), both.get("right")))
        at += 2 if other else 1
    whole = [one for one in found if one.wrong and one.right and one.wrong.text != one.right.text]
    known = {value.text for one in whole for value in _both(one)}
    half = [one for one in found if not (one.wrong and one.right)]
    return [*whole, *(one for one in half if not {value.text for value in _both(one)} & known)]


def _both(one: Pair) -> list[Value]:
    return [value for value in (one.wrong, one.right) if value]


def _values(hidden: str, start: int, end: int) -> list[Value]:
    """Quoted words, days and figures with their units, in order; none within another."""
    text = hidden[start:end]
    spans = [found.span(1) for found in _QUOTE.finditer(text)]
    if len(readable(text)) == len(text):
        spans += [(day.start, day.end) for day in (*days(text), *months(text))]
    spans += [(figure.start, last) for figure, last in _figures(text)]
    kept: list[tuple[int, int]] = []
    for a, b in spans:
        if a < b and not any(a < d and c < b for c, d in kept):
            kept.append((a, b))
    return [Value(text[a:b], start + a, start + b) for a, b in sorted(kept)]


def _figures(text: str) -> Iterator[tuple[Figure, int]]:
    """The figures of a text that are no page or line, each with the end of its unit."""
    for one in in_place(text):
        if _PLACE.search(text[max(0, one.start - 20) : one.start]):
            continue
        end = one.end
        if not one.percent and (unit := _UNIT.match(text, end)):
            end = unit.end()
            more = _UNIT.match(text, end)
            if more and fold(more[1]) not in FUNCTION_WORDS:
                end = more.end()
        yield one, end


def _after(hidden: str, at: int, end: int, known: list[Value]) -> Value | None:
    """The value behind a cue: the first known one of its clause, unless a name stands before it."""
    at = _GAP.match(hidden, at).end()  # type: ignore[union-attr]
    stop = _END.search(hidden, at, min(end, at + _FAR))
    clause = stop.start() if stop else min(end, at + _FAR)
    first = next((one for one in known if at <= one.start < clause), None)
    cut = at + len(_CUT.sub("", hidden[at:clause]))
    if first and (first.start < cut or not _name(hidden, at, cut)):
        return first
    return _name(hidden, at, cut)


def _before(hidden: str, at: int, start: int, known: list[Value]) -> Value | None:
    """The value before a cue, of the same sentence: the last known one, unless a name stands behind it."""
    ahead = [one for one in known if max(start, at - _FAR) <= one.start and one.end <= at]
    low = max(start, at - _FAR)
    begin = max((low + found.end() for found in _SAYS.finditer(hidden[low:at])), default=-1)
    if begin >= 0 and (not ahead or ahead[-1].start < begin):
        stop = _END.search(hidden, begin, at)
        name = _name(hidden, begin, stop.start() if stop else at)
        return name or (ahead[-1] if ahead else None)
    return ahead[-1] if ahead else None


def _name(hidden: str, at: int, end: int) -> Value | None:
    """The name that a clause is, or that stands at its end."""
    text = hidden[at:end]
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


def guessed(pair: Pair, body: str) -> Pair:
    """The pair with what was wrong, where the notice does not say it and only one thing in its article's body
    is in the unit of what is right."""
    right = in_place(pair.right.text) if pair.right else []
    if pair.wrong or not pair.right or not right:
        return pair
    unit = fold(pair.right.text[right[0].end :]).split()[:1]
    told = {
        figure.value: body[figure.start : last]
        for figure, last in _figures(body)
        if unit and fold(body[figure.end : last]).split()[:1] == unit
    }
    if len(told) != 1 or right[0].value in told:
        return pair
    (text,) = told.values()
    return replace(pair, wrong=Value(text, pair.right.start, pair.right.end))


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
    if not numbers or len(words(value)) > 5:
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
