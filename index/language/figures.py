"""Figures and dates as they are written in Vietnamese news, as values that can be compared."""

from dataclasses import dataclass
from decimal import Decimal

import regex as re

from index.language.text import arabic, fold, nfc, number_key

# 20h30 · 16:17 · 8 giờ 15
_CLOCK = re.compile(r"(?<![\p{L}\d])(?P<h>\d{1,2})\s*(?:h|:|g|giờ)\s*(?P<m>\d{2})(?![\d:])")
# Covid-19 · U23 · A380: a name with a number in it, compared as written
_CODE = re.compile(r"(?<![\p{L}\d])\p{L}+-?\d[\p{L}\d-]*")
# 3.400 · 98,4% · 05 tỷ · 108/108 · 1,5 triệu
_FIGURE = re.compile(
    r"(?<![\p{L}\d])(?P<number>\d+(?:[.,]\d+)*)\s*(?P<unit>%|phần trăm|percent)?"
    r"(?:\s*(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)(?!\p{L})(?! (?:lệ|số|trọng|giá|suất)))?"
)
_SCALES = {"ngàn": "nghìn", "tỉ": "tỷ", "thousand": "nghìn", "million": "triệu", "billion": "tỷ"}
_TIMES = {"": 1, "nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}
_DIGITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mốt": 1, "tư": 4, "lăm": 5, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "mười": 10,
}  # fmt: skip
# "một" is an article, "năm" a year, "tư" private: alone they count nothing.
_NUMERAL = re.compile(
    r"(?<!\p{L})(?:(?:một|năm|bốn|hai|ba|sáu|bảy|bẩy|tám|chín|mười)(?:\s+(?:mươi|trăm|nghìn|ngàn|mười"
    r"|(?:(?:linh|lẻ)\s+)?(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín)))+|hai|ba|bốn|sáu|bảy|bẩy|tám|chín|mười|two|three"
    r"|four|five|six|seven|eight|nine|ten)(?:\s+(?P<scale>nghìn|ngàn|triệu|tỷ|tỉ))?(?!\p{L})"
)
#: By form: the unit it is a form of ("mét" → "m").
UNITS = {
    form: forms.split()[0]
    for forms in (
        "km kilômét kilomet|m mét met metre metres|cm|mm|km² km2|m² m2|ha hécta hécta|kg kilogam kilôgam"
        "|g gam|tấn ton tonnes|tạ|lít lit l|đồng vnđ vnd đ|usd đôla dollar dollars|euro eur"
        "|giờ h tiếng hours|phút minutes|giây seconds|ngày days|tuần weeks|tháng months|năm years|tuổi"
        "|điểm points|lần times|giường|hộ|người people"
    ).split("|")
    for form in forms.split()
}
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
# 2016, and behind a month: "tháng 6/2016"
_ROMAN = re.compile(r"(?<=(?:thứ|khóa|khoá) )[IVX]+(?!\w)")
_YEAR = re.compile(
    r"(?:(?<![\d.,/])|(?<=(?:tháng|quý) \p{N}{1,2}\s?[/-]\s?))((?:19|20)\d{2})(?![\d.,]*\d|%)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, its value as a key, whether it is a percentage, its scale, and whether
    it counts or measures something (a year, "lần thứ 8", "số 21-KL/TW" do not). The span is of the
    text as `readable` gives it."""

    written: str
    key: str
    percent: bool
    scale: str
    quantity: bool
    start: int = 0
    end: int = 0

    @property
    def value(self) -> str:
        """What the figure says, whatever its form: "5 tỷ" and "5.000.000.000" are the same, "98,4%"
        and "98,4" are not; a time of day or a code stands for itself."""
        if not re.fullmatch(r"\d+(?:\.\d+)?", self.key):
            return self.key
        number = (Decimal(self.key) * _TIMES[self.scale]).normalize()
        return f"{number:f}{'%' if self.percent else ''}"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; `year` is None where it is not said. The span is of the text as
    `readable` gives it."""

    written: str
    day: int
    month: int
    year: int | None
    start: int = 0
    end: int = 0


def readable(text: str) -> str:
    """`text` composed and with Arabic numerals; the spans of figures and days refer to it."""
    return nfc(arabic(text))


def in_place(text: str) -> list[Figure]:
    """The figures in `text` as `figures` finds them, but with spans of `text` itself: Roman numerals, which get
    shorter as figures, are left out."""
    return figures(_ROMAN.sub(lambda m: "x" * len(m.group()), text))


def days(text: str) -> list[Day]:
    """The dates in `text` that name a day and a month, in order of their kind."""
    return _split(text)[0]


def figures(text: str) -> list[Figure]:
    """The figures in `text` that are no part of a date naming a day, in order: numbers, times of
    day, and names with a number in them."""
    rest = _split(text)[1]
    found = []
    for pattern in (_CODE, _CLOCK):
        for match in list(pattern.finditer(rest)):
            parts = match.groupdict()
            key = f"{int(parts['h'])}:{parts['m']}" if parts else match.group()
            found.append(Figure(match.group(), key, False, "", bool(parts), *match.span()))
            rest = _blanked(rest, match)
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
                    or re.match(r"[-/]\p{L}", rest[match.end() :])  # 21-KL/TW
                ),
                match.start(),
                match.start() + len(match.group().rstrip()),
            )
        )
    return sorted(found, key=lambda figure: figure.start)


def numerals(text: str) -> list[Figure]:
    """The numbers that are written in words ("hai", "mười lăm", "ba trăm linh năm"), in order;
    "một", "năm" and "tư" alone are no numbers."""
    found = []
    for match in _NUMERAL.finditer(fold(arabic(text))):
        scale = match["scale"] or ""
        words = match.group().removesuffix(scale).split()
        key = str(_spelled(words))
        scale = _SCALES.get(scale, scale)
        found.append(Figure(match.group(), key, False, scale, True, *match.span()))
    return found


def _spelled(words: list[str]) -> int:
    """The value of a Vietnamese numeral below a million."""
    total = part = digit = 0
    for word in words:
        if word == "mươi":
            part += 9 * digit
        elif word == "trăm":
            part *= 100
        elif word in ("nghìn", "ngàn"):
            total, part = total + max(part, 1) * 1000, 0
        else:
            digit = _DIGITS.get(word, 0)
            part += digit
    return total + part


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
                whole = int(year) if year else None
                found.append(Day(match.group().strip(), day, month, whole, *match.span()))
                rest = _blanked(rest, match)
    return found, rest


def _blanked(text: str, match: "re.Match[str]") -> str:
    return text[: match.start()] + " " * len(match.group()) + text[match.end() :]
