"""What a yes/no question would have said, and whether a sentence says it or denies it."""

from dataclasses import dataclass

import regex as re

from index.language.figures import Figure, days, figures
from index.language.text import has_marks, strip_marks
from rag.check.align import items
from rag.check.checker import beyond, cover, problems
from rag.check.senses import denies, directions, negations
from rag.config import CHECKING

# How a question is said politely, or in other regions: "… không ạ?", "… phải không rứa?".
_MANNERS = r"(?:[\s,]+(?:ạ|vậy|rứa|nhỉ|hả|ha|bạn|bn))+\s*$"
# "X có phải ông A không?" is "X là ông A"; in "X có phải đi không?" only what asks goes.
_IS = r"[\s,]+có phải(?=\s+(?:ông|bà|anh|chị|đồng chí|(?-i:\p{Lu})))"
_FRAME = (
    r"^(?:có phải(?: là)?|có (?:đúng|thật)(?: là)?|phải chăng|liệu)\s+"
    r"|[\s,]+có phải(?!\p{L})"
    r"|[\s,]+(?:(?:(?:có )?(?:phải|đúng|thật)|hay)\s+)?(?:không|ko|hông|chưa)\s*$|[\s,]+(?:à|ư)\s*$"
)
#: "người trở về sau 33 năm" and "trước đó đã được phản ánh" say nothing against each other.
_ORDER = ("trước", "sau")
_DOES = r"(?<!\p{L})(?:có|đã)\s+(?=(?-i:\p{Ll}))"
_TITLE = r"(?:(?:ông|bà|anh|chị|đồng chí)\s+)?"
_NAME = r"(?P<name>\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)+)"
_OFFICE = r"(?P<name>\p{Lu}[\p{L}'’-]*(?:\s+[\p{L}'’-]+){0,8}\s+\p{Lu}[\p{L}'’-]*)"
_IS_PERSON = re.compile(rf"(?P<what>.+?)\s+(?:chính )?(?:là|do)\s+{_TITLE}{_NAME}")
# "Cầu do Sở Giao thông Quảng Nam làm": by whom, with what was done behind it.
_BY = re.compile(rf"(?P<what>.+?)\s+do\s+{_TITLE}{_OFFICE}(?P<done>(?:\s+\p{{Ll}}+){{1,4}})")
# "Tàu mang biển Quảng Ninh", "Hội chữ xuân họp ở Văn Miếu": what is claimed comes last.
_ENDS_WITH = re.compile(rf"(?P<what>.+?)(?P<at>\s+(?:ở|tại|về|đến|tới|qua|thuộc))?\s+{_NAME}")
# "Các bãi tắm (trừ Xuân Hải) vượt ngưỡng": what is left out may be what is asked about.
_BUT = re.compile(r"(?<!\p{L})(?:ngoại )?trừ(?!\p{L})", re.IGNORECASE)
_CONFIRMS = re.compile(
    r"(?<!\p{L})(?:có phải|phải không|đúng không|phải chăng|à\s*\?)(?!\p{L})", re.IGNORECASE
)
# "Lúc hai xe tông nhau, trời có mưa không?": the article tells when; the sentence need not.
_WHEN_OR_WHERE = re.compile(
    r"^(?:lúc|khi|trong|ở|tại|năm|ngày|sau|trước|hôm|sáng|chiều|tối|vào)\s[^?]*,\s+", re.IGNORECASE
)
# A figure is claimed where it ends what is said, but for what it counts; not where it says which one or when
# ("km 45", "sau 33 năm"), is a bound ("hơn 400 m") or of what something else is said of ("19 con trâu chết").
_WHICH = re.compile(
    r"(?<!\p{L})(?:km|số|thứ|khóa|khoá|lần|thế kỷ|năm|tháng|ngày|quận|phường|tổ|sau|trước|suốt"
    r"|hơn|trên|quá|dưới|ít nhất|nhiều nhất|tối thiểu|tối đa|chưa đến|chưa tới|gần|khoảng|tất cả|cả)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[,;:]|(?<!\p{L})(?:bị|được|đã|đều|có|do|vì|là|phải|sẽ|đang|rồi|mà|để|khi|nên)(?!\p{L})",
    re.IGNORECASE,
)
#: Words of what is counted, at most; of what something is asked of, at least.
_COUNTED, _LEAST = 6, 3


def _of(text: str, pattern: str, instead: str = "", count: int = 0) -> str:
    """The text without the pattern, which is bare where the text was typed without diacritics."""
    if not has_marks(text):
        pattern = strip_marks(pattern)
    return re.sub(pattern, instead, text, count=count, flags=re.IGNORECASE)


def proposition(question: str) -> str:
    """The statement that a yes/no question asks about.

    >>> proposition("Trường Ninh Sim có thu tiền nước uống không?")
    'Trường Ninh Sim thu tiền nước uống'
    >>> proposition("Có phải hiệu trưởng là ông Tài không?")
    'hiệu trưởng là ông Tài'
    >>> proposition("Ông Tài có phải là hiệu trưởng không ạ?")
    'Ông Tài là hiệu trưởng'
    """
    text = _of(question.strip().rstrip("?.! "), _MANNERS)
    framed = _of(_of(text, _IS, " là"), _FRAME)
    if framed == text:
        return text
    return " ".join(_of(_of(framed, _FRAME), _DOES, count=1).split())


def verdict(question: str, sentence: str, context: str) -> bool | None:
    """Whether a sentence says what the question asks about (True), denies it (False), or neither (None): it
    must have most of its words, to say it nearly all, and most of those that do not stand beside it: a title
    tells of what is asked, not what of it. One that denies something else, or leaves something out, is neither:
    "chưa thông xe" may deny in other words that cars could pass."""
    asked = proposition(question)
    share = cover(asked, sentence, context)
    if share < CHECKING.said:
        asked = _WHEN_OR_WHERE.sub("", asked)
        if len(asked.split()) < 2 or cover(asked, sentence) < 1:
            return None
        share = 1.0
    said, source = items(asked), items(sentence)
    turned = [one for one in directions(said, source, False) if one.words[0] not in _ORDER]
    if turned or any(negations(said, source, False)):
        return False
    if denies(source) and not denies(said) or _BUT.search(sentence) and not _BUT.search(asked):
        return None
    if share < CHECKING.confirms or beyond(asked, sentence, context) < CHECKING.said:
        return None
    return None if problems(asked, [sentence], context) else True


@dataclass(frozen=True, slots=True)
class Claim:
    """What a yes/no question would ask if it did not name a person, a place or a figure, and what it names.
    `confirms`: where the articles name the same, the answer is yes; else it may be for something else."""

    question: str
    claimed: str
    confirms: bool = True


def claim(question: str) -> Claim | None:
    """The person, place or figure that a yes/no question claims: the articles may tell another one. None where
    none is what is claimed.

    >>> claim("Có phải hiệu trưởng là ông Lê Tài không?")
    Claim(question='hiệu trưởng là ai?', claimed='Lê Tài', confirms=True)
    >>> claim("Cầu An Hòa dài 500 m phải không?")
    Claim(question='Cầu An Hòa dài bao nhiêu m?', claimed='500', confirms=True)
    >>> claim("Chiếc tàu chìm ở Quảng Yên mang biển Quảng Ninh phải không?")
    Claim(question='Chiếc tàu chìm ở Quảng Yên mang biển nào?', claimed='Quảng Ninh', confirms=False)
    >>> claim("Có phải 19 con trâu chết do bị sét đánh không?")
    """
    asked = proposition(question)
    if asked == _of(question.strip().rstrip("?.! "), _MANNERS):
        return None
    if person := _IS_PERSON.fullmatch(asked):
        return Claim(f"{person['what']} là ai?", person["name"])
    if by := _BY.fullmatch(asked):
        return Claim(f"{by['what']} do ai{by['done']}?", by["name"])
    said = figures(asked)
    if len(said) == 1 and said[0].quantity and not days(asked):
        return _how_many(asked, said[0])
    last = _ENDS_WITH.fullmatch(asked) if not said and _CONFIRMS.search(question) else None
    if not last or len(last["what"].split()) < _LEAST:
        return None
    which = f"{last['at']} đâu" if last["at"] else " nào"
    return Claim(f"{last['what']}{which}?", last["name"], confirms=False)


def _how_many(asked: str, figure: Figure) -> Claim | None:
    """The question how many, with the figure that is claimed; None where it is none."""
    before, rest = asked[: figure.start].strip(), asked[figure.end :].removeprefix("%").strip()
    if not before or _WHICH.search(before) or _GOES_ON.search(rest) or len(rest.split()) > _COUNTED:
        return None
    unit = f"{figure.scale} {rest}".strip() if not figure.percent else f"phần trăm {rest}".strip()
    asks = " ".join(f"{before} bao nhiêu {unit}?".split())
    return Claim(asks, asked[figure.start : figure.end])
