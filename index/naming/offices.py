"""Who holds which office, by an article's own words: "ông Lê Văn Tám, Giám đốc Sở Y tế Đông Xuân", "Chủ tịch
UBND tỉnh Đông Xuân Trần Thị Bảy"."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex as re

from index.language.text import one_line
from index.naming.found import Found
from index.naming.words import DOMAINS

_BASE = (
    r"chủ tịch (?:hội đồng quản trị|hội đồng thành viên|HĐQT|HĐTV|quốc hội|nước)|chủ tịch|tổng bí thư|bí thư"
    r"|tổng giám đốc|giám đốc|hiệu trưởng|viện trưởng|cục trưởng|vụ trưởng|chi cục trưởng|tổng cục trưởng"
    r"|bộ trưởng|thứ trưởng|trưởng ban|trưởng phòng|trưởng công an|trưởng khoa|trưởng đoàn|chánh văn phòng"
    r"|chánh thanh tra|chánh án|tổng thư ký|tổng thống|thủ tướng|ngoại trưởng|đại sứ|thống đốc|tư lệnh"
    r"|trạm trưởng|đội trưởng|tổng biên tập|quốc vương"
)
#: "nguyên Phó Chủ tịch Thường trực": before, below, and how.
_OFFICE = (
    rf"(?:(?:nguyên|cựu|quyền|tân) )?(?:phó )?(?:{_BASE})"
    r"(?: (?:thường trực|chuyên trách|điều hành|chấp hành))?"
)
#: Offices of a state's head and government, that need no organisation behind them.
_ALONE = re.compile(
    r"(?i)(?:(?:nguyên|cựu|quyền|tân) )?(?:phó )?(?:chủ tịch nước|tổng bí thư|chủ tịch quốc hội|thủ tướng"
    r"(?: chính phủ)?|tổng thống)"
)
#: Ministers of other states bear what they are for in small letters.
_FOR = (
    r"(?: (?:quốc phòng|ngoại giao|tài chính|thương mại|nội vụ|tư pháp|năng lượng|an ninh|lao động"
    r"|môi trường))?"
)
_BEGIN = r"(?<![\p{L}\d])"
_BEHIND = re.compile(
    rf"\s?(?:,|-|–|\()\s?(?P<office>(?i:{_OFFICE})(?i:{_FOR}))(?![\p{{L}}])(?P<rest>[^\n;:()“”\"]*)"
)
_BEFORE = re.compile(rf"{_BEGIN}(?P<office>(?i:{_OFFICE})(?i:{_FOR}))(?!\p{{L}})")
# Bodies that are named without their place, which the article says elsewhere.
_GENERAL = re.compile(
    rf" (?:(?:UBND|HĐND|Công an|Hội [Nn]ông dân) (?:tỉnh|thành phố|TP|huyện)"
    rf"|Chính phủ|Tỉnh (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Sở (?:{DOMAINS}))"
    r"(?![\p{L}\d]| \p{Lu}\p{Ll}*(?! ))"
)
#: Where an office behind a name ends.
_STOP = re.compile(
    r"\s*(?:[,;:.()–]|\s-(?:\s|$)|$"
    r"|(?<!\p{L})(?:cho biết|cho hay|cho rằng|nói|khẳng định|phát biểu|nhấn mạnh|thông tin"
    r"|chia sẻ|đã|đang|sẽ|vừa|cũng|chủ trì|đến|dự|tham dự|trao đổi|thừa nhận|xác nhận|đề nghị|yêu cầu|ký"
    r"|được|bị|là|có"
    r"|tại buổi|tại hội nghị|trả lời|kể|lý giải|giải thích|nhận định|đánh giá|bày tỏ|làm|về|trong|khi|từ|và"
    r"|cùng"
    r"|hôm|ngày|sáng|chiều|tối|kiêm|tuyên bố|cảnh báo|không|vẫn|trước|sau|với|vào|để|do|theo|nêu|viết"
    r"|trình bày)(?!\p{L}))"
)
_JOINED = re.compile(r",? (?i:(?:ông|bà|đồng chí) )?")
_UNIT = re.compile(r" (?i:(?:tỉnh|thành phố|tp\.?) )?")
#: How far is looked back from a name for an office, in characters.
_BACK = 110


@dataclass(frozen=True, slots=True)
class Holding:
    """That a person holds an office, of an organisation or place ("" where the office says it), by
    `text[start:end]`; `person` is the person's key."""

    office: str
    organisation: str
    person: str
    start: int
    end: int


def holdings(text: str, names: list[Found]) -> list[Holding]:
    """What a text says of those of its `names` who are people, in order, each once."""
    every: dict[tuple[str, str, str], Holding] = {}
    for one in names:
        if one.kind == "person":
            for held in (*_behind(text, one, names), *_before(text, one, names)):
                every.setdefault(
                    (held.office.lower(), held.organisation.lower(), held.person), held
                )
    return sorted(every.values(), key=lambda held: held.start)


def _behind(text: str, who: Found, names: list[Found]) -> Iterator[Holding]:
    match = _BEHIND.match(text, who.end)
    if not match:
        return
    at = match.start("rest")
    where = _organisation(text, at, names)
    if where is None:
        return
    end = where or match.end("office")
    if not _STOP.match(text, end):
        return
    yield Holding(_said(match["office"]), one_line(text[at:end]), who.key, who.start, end)


def _before(text: str, who: Found, names: list[Found]) -> Iterator[Holding]:
    first = max(0, who.start - _BACK, text.rfind("\n", 0, who.start) + 1)
    said = list(_BEFORE.finditer(text, first, who.start))
    if not said:
        return
    last = said[-1]
    at = last.end()
    where = _organisation(text, at, names, who.start)
    if where is None or not _JOINED.fullmatch(text, where or at, who.start):
        return
    yield Holding(
        _said(last["office"]), one_line(text[at : where or at]), who.key, last.start(), who.end
    )


def _organisation(text: str, at: int, names: list[Found], limit: int | None = None) -> int | None:
    """Where the organisation or place that an office is of ends, which begins at `at`; 0 where the office
    stands without, as it may; None where it stands without, or with words that are none."""
    limit = limit if limit is not None else len(text)
    near = [
        one
        for one in names
        if one.kind != "person" and at < one.start < at + 12 and one.end <= limit
    ]
    for one in sorted(near, key=lambda name: (name.start, -name.end)):
        if _UNIT.fullmatch(text, at, one.start):
            return one.end
    if general := _GENERAL.match(text, at, limit):
        return general.end()
    alone = any(match.end() == at for match in _ALONE.finditer(text, max(0, at - 40), at))
    return 0 if alone else None


def _said(office: str) -> str:
    return re.sub(r"(?i)^(?:tân|quyền) ", "", one_line(office))
