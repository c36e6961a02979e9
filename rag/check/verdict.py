"""What a yes/no question would have said, and whether a sentence says it or denies it."""

import regex as re

from index.language.figures import days, figures
from rag.check.align import items
from rag.check.checker import beyond, cover, problems
from rag.check.senses import denies, directions, negations
from rag.config import CHECKING

# How a question is said politely, or in other regions: "… không ạ?", "… phải không rứa?".
_MANNERS = re.compile(r"(?:[\s,]+(?:ạ|vậy|rứa|nhỉ|hả|ha|bạn|bn))+\s*$", re.IGNORECASE)
_FRAME = re.compile(
    r"^(?:có phải(?: là)?|có (?:đúng|thật)(?: là)?|phải chăng|liệu)\s+"
    r"|[\s,]+có phải(?=\s+(?:là|do)(?!\p{L}))"
    r"|[\s,]+(?:(?:(?:(?:có )?phải|đúng|hay)\s+)?(?:không|ko|hông|chưa)|à|ư)\s*$",
    re.IGNORECASE,
)
_IS_PERSON = re.compile(
    r"(?P<what>.+?)\s+(?:chính )?(?:là|do)\s+(?:(?:ông|bà|anh|chị|đồng chí)\s+)?"
    r"(?P<name>\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)+)"
)
# "Lúc hai xe tông nhau, trời có mưa không?": the article tells when; the sentence need not.
_WHEN_OR_WHERE = re.compile(
    r"^(?:lúc|khi|trong|ở|tại|năm|ngày|sau|trước|hôm|sáng|chiều|tối|vào)\s[^?]*,\s+", re.IGNORECASE
)
_VERB = re.compile(r"(?<!\p{L})(?:có|đã)\s+(?=\p{Ll})", re.IGNORECASE)


def proposition(question: str) -> str:
    """The statement that a yes/no question asks about.

    >>> proposition("Trường Ninh Sim có thu tiền nước uống không?")
    'Trường Ninh Sim thu tiền nước uống'
    >>> proposition("Có phải hiệu trưởng là ông Tài không?")
    'hiệu trưởng là ông Tài'
    >>> proposition("Ông Tài có phải là hiệu trưởng không ạ?")
    'Ông Tài là hiệu trưởng'
    """
    text = _MANNERS.sub("", question.strip().rstrip("?.! "))
    framed = _FRAME.sub("", text)
    if framed == text:
        return text
    return " ".join(_VERB.sub("", _FRAME.sub("", framed), count=1).split())


def verdict(question: str, sentence: str, context: str) -> bool | None:
    """Whether a sentence says what the question asks about (True), denies it (False), or neither (None): it
    must have most of its words, to say it also of those that do not stand beside it: a title tells of what is
    asked, not what of it. One that denies something else is neither: "chưa thông xe" may deny in other words
    that cars could pass."""
    asked = proposition(question)
    if cover(asked, sentence, context) < CHECKING.said:
        asked = _WHEN_OR_WHERE.sub("", asked)
        if len(asked.split()) < 2 or cover(asked, sentence) < 1:
            return None
    said, source = items(asked), items(sentence)
    if any(negations(said, source, False)) or any(directions(said, source, False)):
        return False
    if denies(source) and not denies(said):
        return None
    if beyond(asked, sentence, context) < CHECKING.said:
        return None
    return None if problems(asked, [sentence], context) else True


def instead(question: str) -> tuple[str, str] | None:
    """What a yes/no question that names a person or a figure would ask if it named none, and what it names: the
    articles may tell another one. None where it names neither, or several figures.

    >>> instead("Có phải hiệu trưởng là ông Lê Tài không?")
    ('hiệu trưởng là ai?', 'Lê Tài')
    >>> instead("Cầu An Hòa dài 500 m phải không?")
    ('Cầu An Hòa dài bao nhiêu m?', '500')
    """
    asked = proposition(question)
    person = _IS_PERSON.fullmatch(asked)
    if person:
        return f"{person['what']} là ai?", person["name"]
    said = figures(asked)
    if (
        len(said) != 1
        or not said[0].quantity
        or days(asked)
        or asked == _MANNERS.sub("", question.strip().rstrip("?.! "))
    ):
        return None
    (figure,) = said
    rest = asked[figure.end :].removeprefix("%").strip()
    unit = f"{figure.scale} {rest}".strip() if not figure.percent else f"phần trăm {rest}".strip()
    return " ".join(f"{asked[: figure.start]} bao nhiêu {unit}?".split()), asked[
        figure.start : figure.end
    ]
