"""Periods that a question names: "trong năm 2019", "từ 2018 đến 2020", "trước tháng 5/2019", "since 2018"."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import regex as re

from index.language.text import has_marks, strip_marks

_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 4}
_NUMBER = "một hai ba bốn|tư năm sáu bảy tám chín mười mười\\smột mười\\shai"
_VALUE = {
    word.replace("\\s", " "): number
    for number, words in enumerate(strip_marks(_NUMBER).split(), 1)
    for word in words.split("|")
}
_NAMED = "|".join(reversed(_NUMBER.split()))
_YEAR = r"(?:19|20)\d\d(?!\d)"
# A day, a month, a part of a year or a year, in this order: the year is part of each.
_UNIT = (
    rf"(?:(?:ngày\s+)?\d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*{_YEAR}"
    rf"|(?:ngày\s+)?\d{{1,2}}\s+tháng\s+\d{{1,2}}(?:\s+năm\s+|\s*[-/]\s*|\s+){_YEAR}"
    rf"|tháng\s+\d{{1,2}}(?:\s+năm\s+|\s*[-/.]\s*|\s+){_YEAR}"
    rf"|tháng\s+(?:{_NAMED})\s+(?:năm\s+)?{_YEAR}"
    rf"|quý\s+(?:iv|i{{1,3}}|[1-4]|đầu|cuối|{_NAMED})(?:\s+năm\s+|\s*[-/.]\s*|\s+){_YEAR}"
    rf"|(?:nửa|(?:\d{{1,2}}|{_NAMED})\s+tháng)\s+(?:đầu|cuối)\s+(?:của\s+)?(?:năm\s+)?{_YEAR}"
    rf"|(?:\d{{1,2}}\s+)?(?:{'|'.join(_MONTH)})(?:\s+\d{{1,2}})?,?\s+{_YEAR}"
    rf"|(?:(?<!việt\s)năm\s+)?{_YEAR}|năm nay|năm ngoái|this year|last year)"
)
# What only the end of a period says is meant at its beginning, too: "từ tháng 1 đến tháng 6 năm 2019".
_QUARTERLY = r"quý\s+(?:iv|i{1,3}|[1-4])"
_SHORT = rf"(?:ngày\s+)?\d{{1,2}}(?:\s*[-/.]\s*\d{{1,2}}|\s+tháng\s+\d{{1,2}})?|tháng\s+\d{{1,2}}|{_QUARTERLY}"
_NOW = r"(?:\s+(?:đến|tới)\s+(?:nay|giờ)|\s+trở (?:đi|lại đây|về sau)|\s+về sau)"
_IN = r"(?:trong|vào|của|hồi|ở|in|during|of|on)(?:\s+(?:the\s+)?(?:khoảng|giai đoạn|period|year))?"
# What is found first counts; `a` and `b` are units.
_FORMS = (
    ("between", rf"(?:{_IN}\s+)?(?:từ|giữa|from|between|giai đoạn|khoảng)\s+(?P<a>{_UNIT})"
     rf"\s*(?:đến|tới|và|to|and|until|[-–—])\s*(?:hết\s+)?(?P<b>{_UNIT})"),
    ("between", rf"(?:{_IN}\s+)?từ\s+(?P<a>{_SHORT})\s*(?:đến|tới|[-–—])\s*(?:hết\s+)?(?P<b>{_UNIT})"),
    ("between", rf"(?:{_IN}\s+)?(?P<a>{_QUARTERLY})\s*(?:và|[-–—])\s*(?P<b>{_UNIT})"),
    ("between", rf"(?:{_IN}\s+)?(?P<a>(?:năm\s+)?{_YEAR})\s*[-–—]\s*(?P<b>{_YEAR})"),
    ("since", rf"(?:kể\s+)?từ\s+(?:sau\s+)?(?P<a>{_UNIT}){_NOW}?|since\s+(?P<a>{_UNIT})"),
    ("before", rf"(?:trước|before)\s+(?P<a>{_UNIT})"),
    ("after", rf"(?:sau|after)\s+(?P<a>{_UNIT})"),
    ("until", rf"(?:tính\s+)?(?:cho\s+)?(?:đến|tới|until)\s+(?:hết\s+)?(?P<a>{_UNIT})"),
    ("in", rf"{_IN}\s+(?P<a>{_UNIT})|(?P<a>(?!{_YEAR}){_UNIT})"),
)  # fmt: skip
_WORD_NUMBER = re.compile(
    rf"(?:(?<=(?:thang|quy)\s)|(?=\w+(?:\s\w+)?\sthang))(?:{strip_marks(_NAMED)})(?!\w)"
)
_PLACES = {"first": r"^[\s,(]*(?:{})(?![\p{{L}}\d])", "last": r"(?<![\p{{L}}\d])(?:{})[\s,.?!)]*$"}
_PATTERNS = {
    (where, bare): [
        (how, re.compile(around.format(strip_marks(form) if bare else form)))
        for how, form in _FORMS
    ]
    for where, around in _PLACES.items()
    for bare in (False, True)
}


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, both days included; None: open. It stands at `start` to `end` of the text."""

    since: date | None
    until: date | None
    start: int
    end: int


def period(text: str, where: str) -> Period | None:
    """The period that a folded text begins ("first") or ends ("last") with, None where it does not, or
    names no such day.

    >>> period("bão số 3 từ năm 2018 đến 2019", "last")
    Period(since=datetime.date(2018, 1, 1), until=datetime.date(2019, 12, 31), start=9, end=29)
    """
    for how, pattern in _PATTERNS[where, not has_marks(text)]:
        found = pattern.search(text)
        if not found:
            continue
        named = [found[name] for name in ("a", "b") if found.groupdict().get(name)]
        units = [_days(unit, named[-1]) for unit in named]
        if None in units:
            return None
        first, last = units[0][0], units[-1][1]  # type: ignore[index]
        one = timedelta(days=1)
        since, until = {
            "before": (None, first - one),
            "after": (last + one, None),
            "since": (first, None),
            "until": (None, last),
        }.get(how, (first, last))
        return Period(since, until, *found.span())
    return None


def _days(unit: str, last: str) -> tuple[date, date] | None:
    """The first and the last day of a unit; the year, and the month of a day, that it does not say are those
    of the last one."""
    text = strip_marks(unit)
    if re.fullmatch(strip_marks(_SHORT), text):
        ends = re.findall(r"\d+", last)
        alone = "thang" not in text and len(re.findall(r"\d+", text)) == 1
        text = " ".join([text, *ends[-2 if alone else -1 :]])
    if re.search(r"nay|ngoai|year", text):
        year = date.today().year - bool(re.search("ngoai|last", text))
        return date(year, 1, 1), date(year, 12, 31)
    text = _WORD_NUMBER.sub(lambda m: str(_VALUE[" ".join(m[0].split())]), text)
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    named = next((number for name, number in _MONTH.items() if name in text), None)
    try:
        year = numbers.pop()
        if part := re.search(r"(?:nua|(\d+) thang) (dau|cuoi)", " ".join(text.split())):
            months = int(part[1] or 6)
            first, last_ = (1, months) if part[2] == "dau" else (13 - months, 12)
            return date(year, first, 1), date(year, last_, monthrange(year, last_)[1])
        if quarter := re.search(r"quy\s+(\w+)", text):
            month = 3 * (_QUARTER.get(quarter[1]) or int(quarter[1]))
            return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])
        if named:
            numbers.append(named)
        if not numbers:
            return date(year, 1, 1), date(year, 12, 31)
        month = numbers.pop()
        if numbers:
            return date(year, month, numbers[0]), date(year, month, numbers[0])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:  # there is no such day
        return None
