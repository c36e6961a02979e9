"""Figures and dates as they are written in Vietnamese news, as values that can be compared."""

from dataclasses import dataclass
from decimal import Decimal

import regex as re

from index.language.counted import counts, is_lunar
from index.language.numerals import SCALES, scale, spelled
from index.language.text import arabic, fold, nfc, number_key

# 20h30 · 16:17 · 8 giờ 15
_CLOCK = re.compile(r"(?<![\p{L}\d])(?P<h>\d{1,2})\s*(?:h|:|g|giờ)\s*(?P<m>\d{2})(?![\d:])")
# Covid-19 · U23 · A380: a name with a number in it, compared as written
_CODE = re.compile(r"(?<![\p{L}\d])\p{L}+-?\d[\p{L}\d-]*")
_SPACE = r"[ \u00a0\u2009\u202f]"
# 3.400 · 12 500 · 98,4 · 3 , 3 %
_NUMBER = re.compile(
    rf"(?<![\p{{L}}\d])(?:(?P<grouped>(?P<first>[1-9]\d{{0,2}})(?:{_SPACE}\d{{3}})+(?:,\d{{1,2}})?)(?![.,]?\d)"
    rf"|(?P<spaced>\d{{1,3}}{_SPACE},{_SPACE}\d{{1,2}}"
    r"(?=\s*(?:%|phần trăm|(?:triệu|tỷ|tỉ|nghìn|ha|km|kg|tấn|m²|m³)(?!\p{L}))))"
    r"|(?P<plain>\d+(?:[.,]\d+)*))"
)
# Not of one number: "lớp 10 200 em", "0912 345 678", "năm 2022 300 người".
_APART = re.compile(
    r"(?:(?<!\p{L})(?:thứ|khóa|quý|tháng|ngày|năm|điều|chi bộ|lớp|khối|phòng"
    rf"|quốc lộ|(?<!(?:tổng|con|dân) )số)\s*|(?<!(?<!\d)(?:19|20)\d)\d{_SPACE})$"
)
_PERCENT = re.compile(r"\s*(?:%|phần trăm|percent|per cent)")
# 1tr5 · 500k · 2tỷ3: as people type sums of money
_TYPED = re.compile(r"(?P<scale>triệu|tr|tỷ|tỉ|k)(?P<rest>\d{3}|\d)?(?![\p{L}\d])")
_TYPED_SCALES = {"tr": "triệu", "k": "nghìn", "tỉ": "tỷ"}
_SCALE = re.compile(rf"\s*(?P<words>(?:{'|'.join(SCALES)})(?:\s+\p{{L}}+){{0,2}})(?!\p{{L}})")
_HALF = re.compile(r"\s+rưỡi(?!\p{L})")
_CANONICAL = {
    "ngàn": "nghìn", "tỉ": "tỷ", "thousand": "nghìn", "million": "triệu", "billion": "tỷ",
    "trillion": "nghìn tỷ", "hundred": "trăm",
}  # fmt: skip
_LABEL = re.compile(
    r"(?<!\p{L})(?:thứ|khóa|(?<!(?:tổng|con|dân|tỷ|tỉ) )số|quý|tháng|ngày|năm|điều|lần|bài|chi bộ|lớp)\s*$"
)
_MONTHS = "january february march april may june july august september october november december"
_ENGLISH_MONTH = {
    name: number
    for number, month in enumerate(_MONTHS.split(), 1)
    for name in (month, month[:3], *(["sept"] if number == 9 else []))
}
_NAMED = "|".join(sorted(_ENGLISH_MONTH, key=len, reverse=True))
_DATES = [
    re.compile(pattern)
    for pattern in (
        # 14-1-2016, 14/01/2016, 14.1.2016, ngày 14 tháng 1 năm 2016
        r"(?<!\d)(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>(?:19|20)\d{2})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s*(?:,?\s*năm|[-/,])\s*(?P<y>\d{4})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<n>{_NAMED})\.?,? (?P<y>\d{{4}})(?!\d)",
        rf"(?<!\p{{L}})(?P<n>{_NAMED})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d)",
        # 11-8, 7/4, ngày 10 tháng 5; 108/108 and 2020-2025 are none
        r"(?<![\d/.,-])(?P<d>\d{1,2})\s*(?P<short>[-/])\s*(?P<m>\d{1,2})(?![\d/%]|[.,]\d|-\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<n>{_NAMED})(?!\p{{L}})",
        rf"(?<!\p{{L}})(?P<n>{_NAMED})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]*\d|\p{{L}})",
    )
]
# "tháng năm" is also month and year.
_MONTH_WORDS = {
    "mười một": 11, "mười hai": 12, "hai": 2, "ba": 3, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_LASTING = "(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều)"
_ONE_MONTH = [
    re.compile(pattern)
    for pattern in (
        # tháng 3/2019, tháng 3 năm 2019, 3/2019, tháng 3; six months ("6 tháng") are none
        r"(?<!\d\s)(?<!\p{L})tháng\s+(?P<m>\d{1,2})\s*(?:,?\s*năm|[-/,])\s*(?P<y>(?:19|20)\d{2})(?!\d)",
        r"(?<![\d/.,-])(?<!quý )(?P<m>\d{1,2})\s?[-/]\s?(?P<y>(?:19|20)\d{2})(?![\d/]|-\d)",
        r"(?<!\d\s)(?<!\p{L})tháng\s+(?P<m>\d{1,2})(?![\d/%]|[.,]\d|-\d)",
        rf"(?<!{_LASTING} )(?<!\p{{L}})tháng\s+(?P<w>{'|'.join(_MONTH_WORDS)})(?!\p{{L}}"
        r"|\s(?:mươi|trăm|tháng))",
        rf"(?<!\p{{L}})(?P<n>{_NAMED})\.?,? (?P<y>(?:19|20)\d{{2}})(?!\d)",
        rf"(?<=\b(?:in|of|since|by|until|from|early|late|mid|last|this|to|and) )(?P<n>{_NAMED})(?!\p{{L}})",
    )
]
#: How many days each month has at most.
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# With a small letter they are words ("may 12 bộ quần áo").
_ALSO_WORDS = frozenset("may march".split()) | {name for name in _ENGLISH_MONTH if len(name) < 5}
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–—]\s*((?:19|20)\d{2})(?!\d)")
# 2016, and behind a month: "tháng 6/2016"
_ROMAN = re.compile(r"(?<=(?:thứ|khóa|khoá) )[IVX]+(?!\w)")
_YEAR = re.compile(
    r"(?:(?<![\d.,/])|(?<=(?:tháng|quý) \p{N}{1,2}\s?[/-]\s?))((?:19|20)\d{2})(?![\d.,]*\d|%)"
)
_AREA = re.compile(r"(?<=(?<!\p{L})[kc]?m)(?:2|3)(?![\p{L}\d])")


#: How far is looked around a figure, in characters, so that time grows with the text alone.
_BACK = 60


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
    def number(self) -> Decimal | None:
        """What it counts, without the percent sign; None for a time of day or a code."""
        if not re.fullmatch(r"\d+(?:\.\d+)?", self.key):
            return None
        return Decimal(self.key) * scale(self.scale.split(), 0)[0]

    @property
    def value(self) -> str:
        """What the figure says, whatever its form: "5 tỷ" and "5.000.000.000" are the same, "98,4%"
        and "98,4" are not; a time of day or a code stands for itself."""
        number = self.number
        return self.key if number is None else plain(number) + ("%" if self.percent else "")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; `day` is 0 where only a month is said, `year` is None where it is not. The
    span is of the text as `readable` gives it."""

    written: str
    day: int
    month: int
    year: int | None
    start: int = 0
    end: int = 0


def plain(number: Decimal) -> str:
    """A number in digits, without an exponent or zeros behind the point."""
    return f"{number.normalize():f}"


def readable(text: str) -> str:
    """`text` composed, with Arabic numerals and "m²" for "m2"; the spans of figures and days refer to it."""
    return _AREA.sub(lambda m: "²" if m.group() == "2" else "³", nfc(arabic(text)))


def in_place(text: str) -> list[Figure]:
    """The figures in `text` as `figures` finds them, but with spans of `text` itself: Roman numerals, which get
    shorter as figures, are left out."""
    return figures(_ROMAN.sub(lambda m: "x" * len(m.group()), text))


def days(text: str) -> list[Day]:
    """The dates in `text` that name a day and a month, in order of their kind."""
    return _split(text)[0]


def months(text: str) -> list[Day]:
    """The months in `text` that are told without a day ("tháng 3/2019", "in March"), in order of their
    kind; `day` is 0."""
    whole = readable(text)
    return _dates(whole, _split(text)[1], _ONE_MONTH)[0]


def figures(text: str) -> list[Figure]:
    """The figures in `text` that are no part of a date naming a day, in order: numbers, times of
    day, and names with a number in them."""
    rest = _split(text)[1]
    found = []
    for pattern in (_CODE, _CLOCK):
        for match in pattern.finditer(rest):
            parts = match.groupdict()
            key = f"{int(parts['h'])}:{parts['m']}" if parts else match.group()
            found.append(Figure(match.group(), key, False, "", bool(parts), *match.span()))
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    numbers: list[Figure] = []
    at = 0
    while number := _NUMBER.search(rest, at):
        one = _number(rest, number)
        at = one.end
        if numbers and (sum_ := _compound(numbers[-1], one, rest)):
            numbers[-1] = sum_
        else:
            numbers.append(one)
    return sorted([*found, *numbers], key=lambda figure: figure.start)


def numerals(text: str) -> list[Figure]:
    """The numbers that are written in words ("hai", "mười lăm", "ba trăm linh năm"), in order;
    "một", "năm" and "tư" alone are no numbers. "hai ba" has the key "2..3"."""
    folded = fold(readable(text))
    return [
        Figure(
            folded[one.start : one.end],
            plain(one.value) + (f"..{plain(one.high)}" if one.high else ""),
            False,
            "",
            True,
            one.start,
            one.end,
        )
        for one in spelled(folded)
    ]


def years(text: str) -> set[int]:
    """The years that `text` names on their own; those that only bound a period ("nhiệm kỳ 2020 -
    2025") tell when nothing happened, and are left out."""
    folded = _RANGE.sub(" ", fold(text))
    found = {int(year) for year in _YEAR.findall(folded)}
    return found | {day.year for day in days(text) if day.year}


def _number(rest: str, match: "re.Match[str]") -> Figure:
    """The figure that begins with a number, with its percent sign or scale."""
    end, written = match.end(), re.sub(_SPACE, "", match.group())
    if match["grouped"] and (
        _APART.search(_before(rest, match)) or re.match(rf"{_SPACE}\d", rest[end : end + 2])
    ):
        end, written = match.end("first"), match["first"]
    key, scale_, percent = _key(written), "", False
    if found := _PERCENT.match(rest, end):
        percent, end = True, found.end()
    elif found := _TYPED.match(rest, end):
        scale_ = _TYPED_SCALES.get(found["scale"], found["scale"])
        key += f".{found['rest']}" if found["rest"] and "." not in key else ""
        end = found.end()
    elif found := _SCALE.match(rest, end):
        words = list(re.finditer(r"\p{L}+", found["words"]))
        count = scale([word.group() for word in words], 0)[1]
        if count:
            scale_ = " ".join(_CANONICAL.get(w.group(), w.group()) for w in words[:count])
            end = found.start("words") + words[count - 1].end()
    half = _HALF.match(rest, end) if scale_ else None
    if half and "." not in key:
        key, end = f"{key}.5", half.end()
    labelled = (
        re.fullmatch(r"(?:19|20)\d\d", written)
        or _LABEL.search(_before(rest, match))
        or re.match(r"[-/]\p{L}", rest[end : end + 2])  # 21-KL/TW
    )
    return Figure(
        rest[match.start() : end].strip(),
        key,
        percent,
        scale_,
        bool(percent or scale_ or not labelled),
        match.start(),
        end,
    )


def _key(written: str) -> str:
    """One form of a number; "1.234,5" has both signs."""
    if mixed := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+),(\d+)|(\d{1,3}(?:,\d{3})+)\.(\d+)", written):
        whole, rest = (part for part in mixed.groups() if part)
        return number_key(f"{re.sub('[.,]', '', whole)}.{rest}")
    return number_key(written)


def _compound(one: Figure, other: Figure, rest: str) -> Figure | None:
    """ "1 tỷ 200 triệu" is one figure."""
    a, b = one.number, other.number
    if not (one.scale and other.scale and a and b) or not rest[one.end : other.start].isspace():
        return None
    factor, least = scale(one.scale.split(), 0)[0], scale(other.scale.split(), 0)[0]
    if not least < factor or b >= factor:
        return None
    written = rest[one.start : other.end]
    return Figure(written, plain((a + b) / factor), False, one.scale, True, one.start, other.end)


def _split(text: str) -> tuple[list[Day], str]:
    """The days, and the folded text with them blanked out."""
    whole = readable(text)
    return _dates(whole, fold(whole), _DATES)


def _dates(whole: str, rest: str, patterns: list["re.Pattern[str]"]) -> tuple[list[Day], str]:
    found: list[Day] = []
    letters = list(rest)
    for pattern in patterns:
        for match in list(pattern.finditer("".join(letters))):
            parts = match.groupdict()
            name = parts.get("n")
            if name in _ALSO_WORDS and not whole[match.start("n") : match.end("n")][:1].isupper():
                continue
            around = "".join(letters[max(0, match.start() - _BACK) : match.end() + _BACK])
            at = min(match.start(), _BACK)
            before, behind = around[:at], around[at + len(match.group()) :]
            if is_lunar(before, behind) or (parts.get("short") and counts(match, before, behind)):
                continue
            word = parts.get("w")
            month = (
                _ENGLISH_MONTH[name] if name else _MONTH_WORDS[word] if word else int(parts["m"])
            )
            day, year = int(parts.get("d") or 0), parts.get("y")
            if 1 <= month <= 12 and ("d" not in parts or 1 <= day <= _LONGEST[month - 1]):
                number = int(year) if year else None
                found.append(Day(match.group().strip(), day, month, number, *match.span()))
                letters[match.start() : match.end()] = " " * len(match.group())
    return found, "".join(letters)


def _before(text: str, match: "re.Match[str]") -> str:
    """What stands before a match, as far as it is looked at."""
    return text[max(0, match.start() - _BACK) : match.start()]
