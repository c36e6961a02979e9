"""Figures and dates as they are written in Vietnamese news, as values that can be compared."""

from dataclasses import dataclass

import regex as re

from index.text import arabic, fold, number_key

# 3.400 · 98,4% · 05 tỷ · 108/108 · 1,5 triệu
_FIGURE = re.compile(
    r"(?<![\p{L}\d])(?P<number>\d+(?:[.,]\d+)*)\s*(?P<unit>%|phần trăm|percent)?"
    r"(?:\s*(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)(?!\p{L}))?"
)
_SCALES = {"ngàn": "nghìn", "tỉ": "tỷ", "thousand": "nghìn", "million": "triệu", "billion": "tỷ"}
_LABEL = re.compile(r"(?<!\p{L})(?:thứ|khóa|số|quý|tháng|ngày|năm|điều|lần|bài|chi bộ|lớp)\s*$")
_MONTHS = "january february march april may june july august september october november december"
_ENGLISH_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_NAMED = "|".join(_ENGLISH_MONTH)
_DATES = [
    re.compile(pattern)
    for pattern in (
        # 14-1-2016, 14/01/2016, 14.1.2016, ngày 14 tháng 1 năm 2016
        r"(?<!\d)(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>(?:19|20)\d{2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,?\s*năm|[-/,])\s*(?P<y>\d{4})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<n>{_NAMED}),? (?P<y>\d{{4}})(?!\d)",
        rf"(?P<n>{_NAMED}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d)",
        # 11-8, 7/4, ngày 10 tháng 5; 108/108 and 2020-2025 are none
        r"(?<![\d/.,-])(?P<d>\d{1,2})\s*[-/]\s*(?P<m>\d{1,2})(?![\d/%]|[.,]\d|-\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<n>{_NAMED})\b",
        rf"(?P<n>{_NAMED}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
    )
]
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–—]\s*((?:19|20)\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/])((?:19|20)\d{2})(?![\d.,]*\d|%)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, its value as a key, whether it is a percentage, its scale, and whether
    it counts or measures something (a year, "lần thứ 8", "số 21-KL/TW" do not)."""

    written: str
    key: str
    percent: bool
    scale: str
    quantity: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; `year` is None where it is not said."""

    written: str
    day: int
    month: int
    year: int | None


def days(text: str) -> list[Day]:
    """The dates in `text` that name a day and a month, in order of their kind."""
    return _split(text)[0]


def figures(text: str) -> list[Figure]:
    """The figures in `text` that are no part of a date naming a day, in order."""
    rest = _split(text)[1]
    found = []
    for match in _FIGURE.finditer(rest):
        scale = match["scale"] or ""
        found.append(
            Figure(
                match.group().strip(),
                number_key(match["number"]),
                bool(match["unit"]),
                _SCALES.get(scale, scale),
                bool(match["unit"] or scale)
                or not (
                    re.fullmatch(r"(?:19|20)\d\d", match["number"])
                    or _LABEL.search(rest[: match.start()])
                ),
            )
        )
    return found


def years(text: str) -> set[int]:
    """The years that `text` names on their own; those that only bound a period ("nhiệm kỳ 2020 -
    2025") tell when nothing happened, and are left out."""
    folded = _RANGE.sub(" ", fold(text))
    found = {int(year) for year in _YEAR.findall(folded)}
    return found | {day.year for day in days(text) if day.year}


def _split(text: str) -> tuple[list[Day], str]:
    """The days, and the folded text with them blanked out."""
    rest = fold(arabic(text))
    found: list[Day] = []
    for pattern in _DATES:
        for match in list(pattern.finditer(rest)):
            parts = match.groupdict()
            month = _ENGLISH_MONTH[parts["n"]] if parts.get("n") else int(parts["m"])
            day, year = int(parts["d"]), parts.get("y")
            if 1 <= day <= 31 and 1 <= month <= 12:
                found.append(Day(match.group().strip(), day, month, int(year) if year else None))
                rest = rest[: match.start()] + " " * len(match.group()) + rest[match.end() :]
    return found, rest
