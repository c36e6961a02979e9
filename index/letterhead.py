"""Official papers: above the headline stands a letterhead, with office, motto, number, place and day."""

from datetime import date

import regex as re

from index.config import STORY
from index.language.text import fold, words

_MOTTO = re.compile(
    r"cộng hòa xã hội chủ nghĩa việt nam|độc lập\s*[-–—]\s*tự do|đảng cộng sản việt nam"
)
_NUMBER = re.compile(r"số\s*:?\s*[\d.…_ ]*\s*[-/]\s*\p{L}{2}[\p{L}\d./–-]*(?:\s.*)?")
_PLACE_AND_DAY = re.compile(
    r"(?:.{0,80}\s)?[^,\d]{1,40},\s*ngày\s+(?P<day>\d{1,2})"
    r"\s+tháng\s+(?P<month>\d{1,2})\s+năm"
    r"\s+(?P<year>\d{4})\.?"
)
_OFFICE = re.compile(
    r"(?:ủy ban|ubnd|hđnd|hội đồng nhân dân|đảng (?:ủy|bộ)|(?:tỉnh|huyện|thành|thị|quận) (?:ủy|đoàn)|chi bộ"
    r"|ban (?:chấp hành|thường vụ|tổ chức|tuyên giáo|dân vận|nội chính)|sở|phòng|văn phòng|bộ|mặt trận"
    r"|liên đoàn|công an|(?:thành phố|tỉnh|huyện|thị xã|quận|xã|phường|thị trấn)) "
)
_KIND = re.compile(
    r"(?:báo cáo|thông báo|nghị quyết|kế hoạch|quyết định|tờ trình|chỉ thị|kết luận|hướng dẫn|chương trình"
    r"|quy định|quy chế|công văn|thông tri|đề án|lịch công tác|giấy mời|công điện)"
)
_RULE = re.compile(r"[\W_]+|\*+")
#: A letterhead has no more lines.
_LINES = 12
#: An office alone, without motto or number, is told in no more words.
_SHORT = 12


def headed(lines: list[str]) -> str | None:
    """The headline below a letterhead, with the kind of paper before it; None where the text has none.

    >>> headed(["UBND HUYỆN LỘC SƠN", "Số: 12/BC-UBND", "BÁO CÁO", "Kết quả trồng rừng", "Quý II, huyện…"])
    'Báo cáo kết quả trồng rừng'
    """
    begin = length(lines)
    if not begin or begin >= len(lines):
        return None
    first = lines[begin]
    if not names_kind(first):
        return first if _is_headline(first) else None
    second = lines[begin + 1] if begin + 1 < len(lines) else ""
    kind = first.strip(" :").capitalize()
    if not _is_headline(second):
        return kind
    name = second.isupper() or second.split()[1][:1].isupper()  # of whom or where it tells
    return f"{kind} {second if name else second[0].lower() + second[1:]}"


def names_kind(line: str) -> bool:
    """Whether a line is nothing but the kind of a paper ("BÁO CÁO")."""
    return bool(_KIND.fullmatch(fold(line[:100]).strip(" :")))


def day_of(lines: list[str]) -> date | None:
    """The day that a letterhead names behind its place ("Lộc Sơn, ngày 5 tháng 9 năm 2024")."""
    for line in lines[: length(lines)]:
        if found := _PLACE_AND_DAY.fullmatch(fold(line)):
            try:
                day = date(int(found["year"]), int(found["month"]), int(found["day"]))
            except ValueError:
                return None
            return day if 1900 <= day.year <= date.today().year else None
    return None


def length(lines: list[str]) -> int:
    """How many of the first lines are a letterhead."""
    end = 0
    sure = False
    for number, line in enumerate(lines[:_LINES]):
        key = fold(line[:300])
        certain = bool(
            _MOTTO.search(key) and len(words(line)) <= 2 * _SHORT or _NUMBER.fullmatch(key)
        )
        if certain or _RULE.fullmatch(key) or _PLACE_AND_DAY.fullmatch(key):
            sure = sure or certain
        elif not (line.isupper() and _OFFICE.match(key + " ") and len(words(line)) <= _SHORT):
            break
        end = number + 1
    if sure or end == 0:
        return end if sure else 0
    # Offices alone: what stands below must look like a headline.
    return end if end < len(lines) and _is_headline(lines[end]) else 0


def _is_headline(line: str) -> bool:
    return 2 <= len(words(line)) <= STORY.title and not line.endswith((".", ":", ";", ","))
