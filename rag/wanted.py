"""Whether words can be what a kind of question asks for at all: an amount has a number, a time tells one, a
height is no length, and who is at the head of a province is not at the head of a district."""

import regex as re

from index.language.text import fold
from rag.types import Kind

_NUMBER = re.compile(
    r"\d|(?<!\p{L})(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|ngàn|triệu|tỷ|tỉ|nửa|vài|đôi|không"
    r"|hàng|nhiều|toàn bộ|tất cả|cả)(?!\p{L})",
    re.IGNORECASE,
)
# A bare figure may be a day, an hour or a year; of what is counted ("1.180 cán bộ") it is none.
_TIME = re.compile(
    r"^\W*\d{1,4}\W*$|\d{1,2} ?[hg:] ?\d{0,2}(?!\p{L})|\d{1,2} ?[/.-] ?\d{1,2}(?!\d)"
    r"|(?<![\d.,])(?:1\d|20)\d{2}(?![.,]?\d)"
    r"|(?<!\p{L})(?:giây|phút|giờ|ngày|tuần|tháng|quý|năm|thế kỷ|thập niên|hôm|sáng|trưa|chiều|tối|đêm|khuya"
    r"|mùa|xuân|hè|chủ nhật|tết|rằm|đầu|giữa|cuối|trước|sau|khi|lúc|từ|nay|mai|dịp|thời|kỳ)(?!\p{L})",
    re.IGNORECASE,
)


# What becomes of people: who is counted as one is not counted as another.
_FATES = tuple(
    re.compile(rf"(?<!\p{{L}})(?:{words})(?!\p{{L}})")
    for words in (
        "chết|tử vong|thiệt mạng|tử nạn|died|dead|killed",
        "bị thương|injured|hurt|wounded",
        "mất tích|missing",
    )
)


def fates(text: str) -> frozenset[int]:
    """What a text says became of people: killed (0), injured (1), missing (2).

    >>> sorted(fates("4 người bị thương, không ai thiệt mạng"))
    [0, 1]
    """
    told = fold(text)
    return frozenset(n for n, words in enumerate(_FATES) if words.search(told))


_DIMENSION = r"(?P<told>cao|dài|rộng|sâu|dày|nặng)"
_ASKED_DIMENSION = re.compile(
    rf"(?<!\p{{L}}){_DIMENSION}\s+(?:\p{{L}}+\s+){{0,2}}?(?:bao nhiêu|mấy)(?!\p{{L}})"
    rf"|(?<!\p{{L}})(?:chiều|độ|bề)\s+(?P<side>{_DIMENSION[8:-1]})(?!\p{{L}})"
    r"|\bhow (?P<how>tall|high|long|wide|deep|thick|heavy)\b"
)
_ENGLISH = {
    "tall": "cao",
    "high": "cao",
    "long": "dài",
    "wide": "rộng",
    "deep": "sâu",
    "thick": "dày",
}
_TOLD_DIMENSION = re.compile(rf"(?<!\p{{L}}){_DIMENSION}(?:\s+\p{{L}}+){{0,2}}\s*$")
# An office with the rank of where it is held: "Chủ tịch UBND huyện".
_OFFICE = re.compile(
    r"(?<!\p{L})(?P<office>chủ tịch|bí thư|giám đốc|chánh án|viện trưởng|trưởng \p{L}+|chairman|secretary)"
    r"\s+(?:\p{L}+\s+){0,5}?(?P<rank>tỉnh|huyện|xã|phường|quận|thị xã|thị trấn)(?!\p{L})"
)


def another_dimension(asked: str, before: str) -> bool:
    """Whether a figure, behind these words, is another dimension than the one that is asked for.

    >>> another_dimension("Cầu An Hòa cao bao nhiêu mét?", "Cầu dài")
    True
    """
    found, told = _ASKED_DIMENSION.search(fold(asked)), _TOLD_DIMENSION.search(fold(before))
    if not found or not told:
        return False
    wanted = found["told"] or found["side"] or _ENGLISH.get(found["how"])
    return wanted is not None and wanted != told["told"]


def another_rank(asked: str, sentence: str) -> bool:
    """Whether a sentence has the office that is asked for, but of another rank only.

    >>> another_rank("Ai là Chủ tịch UBND huyện An Hòa?", "Chủ tịch UBND tỉnh Lê An dự lễ.")
    True
    """
    wanted = {(one["office"], one["rank"]) for one in _OFFICE.finditer(fold(asked))}
    told = {(one["office"], one["rank"]) for one in _OFFICE.finditer(fold(sentence))}
    return any(
        (office, rank) not in told and any(other == office for other, _ in told)
        for office, rank in wanted
    )


def can_be(kind: Kind, text: str) -> bool:
    """Whether `text`, words of an article, can answer a question of a kind. Of 25 that were the reader's
    first choice among 485 questions of the `fit` parts and cannot, none was right.

    >>> can_be("time", "1.180 cán bộ"), can_be("time", "sáng 5/4"), can_be("figure", "gỗ trắc")
    (False, True, False)
    """
    if kind == "figure":
        return _NUMBER.search(text) is not None
    if kind == "time":
        return _TIME.search(text) is not None
    return True
