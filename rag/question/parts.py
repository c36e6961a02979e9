"""A question that asks for two or three things at once, as questions that ask for one each.

"Vụ cháy xảy ra lúc mấy giờ, làm mấy người bị thương?" is read as two: a reader marks one run of words, and a
sentence that answers one half would pass for an answer to both.
"""

import regex as re

from index.language.names import names
from index.language.text import fold, has_marks, nfc, strip_marks
from index.language.words import FUNCTION_WORDS, language
from rag.question.english import named

#: More than this at once is no question but a list of questions.
MOST = 3
# What asks, with the words of what is asked for that lead to it: "trên ngọn đồi nào", "dài bao nhiêu".
_LED = "vào|lúc|hồi|từ|ở|tại|do|vì|là|tên|theo|của|bị|với|quê|có|về|trên|bằng|cho"
_MEASURE = "dài|rộng|cao|sâu|nặng|dày|xa|giá|hết|tốn|mất"
_NOUN = r"\p{Ll}+ "
_PATTERN = (
    rf"(?:(?i:{_LED}) )*(?:(?:(?i:{_MEASURE}) )?(?i:bao nhiêu)"
    r"|(?i:DÂU|ai|bao giờ|(?:vì|tại|bởi) sao|thế nào|ra sao)|MAY)"
    # "…, đại biểu nào", "tại vị trí nào", "công ty nào": as much of the noun as what stands before it tells.
    rf"|(?<=[,;:] )(?:{_NOUN}){{1,3}}nào"
    rf"|(?i:trên|tại|ở|vào|từ|của|về|theo|là|do|bằng) (?:{_NOUN}){{1,3}}(?:nào|gì)"
    r"|(?:\p{L}+ )?(?i:nào|gì|j)"
)
# "chất lạ trong mấy thùng nhựa" only says which; "điều mấy" asks with its noun.
_VIETNAMESE = _PATTERN.replace("DÂU", "đâu").replace(
    "MAY",
    r"(?<!\p{L} (?:trong|của|với) )(?i:mấy)(?= \p{L})|\p{L}+ mấy(?=$|[,?;]| (?:của|và|ở)(?!\p{L}))",
)
# Without marks "dau" may be "dầu" or "đầu", "may" "máy".
_BARE = (
    strip_marks(_PATTERN)
    .replace("DAU", "(?<=o )dau")
    .replace("MAY", r"may (?=(?:nguoi|con|cai|gio|tuoi|lan|ngay|nam|ha|km|ho|xa|nha|xe)(?!\p{L}))")
)
_ENGLISH = r"who|whom|whose|when|where|why|which|what|how(?: \p{L}+)?"
_BREAK = re.compile(r"\s*[,;?]\s+(?:và |còn |rồi |and )?|\s+(?:và|and)\s+(?=\p{L})", re.IGNORECASE)
# "… nào cao hơn, mỗi bên bao nhiêu", "… hay …": sides of one thing, not two things.
_COMPARES = re.compile(
    r"(?<!\p{L})(?:so sánh|so với|hơn|nhất|mỗi|từng|hay|hoặc|lần lượt|tương ứng|respectively|than|most|or"
    r"|compare|each)(?!\p{L})",
    re.IGNORECASE,
)
#: "or" parts no sides there: "how many km were flooded or eroded, and how many …?"
_COMPARES_ENGLISH = re.compile(r"\b(?:respectively|than|most|compare|each)\b")
#: Before what is asked of, it would make a yes/no question of the rest.
_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|can|will|would|should|could|must|may)\s+"
)
#: A clause that begins so says nothing of whom or what it asks: "có mấy làn xe", "về tội gì".
_OPEN = re.compile(rf"^(?:{_LED}|được|đã|gồm|nằm|thuộc|trong|bởi)(?!\p{{L}})", re.IGNORECASE)
_OF_WHAT = re.compile(r"^của(?!\p{L})", re.IGNORECASE)
_BESIDE = re.compile(r"^(?:về|vào|lúc|hồi|tại|ở|từ|theo|bằng)(?!\p{L})", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?:bao nhiêu|mấy|bao nhieu)$", re.IGNORECASE)
_ASIDE = re.compile(r"^(?:trong đó|còn|thế|rồi|riêng|đồng thời|and)\s+", re.IGNORECASE)
_LEAST = 2  # words of content that a question has beside what asks
_TELLING = 8  # words of an English clause that tells what it asks of without a name


def parts(question: str) -> tuple[str, ...]:
    """The questions, each complete; () where it asks for one thing.

    >>> parts("Vụ cháy chợ Vinh xảy ra ngày nào, lúc mấy giờ?")
    ('Vụ cháy chợ Vinh xảy ra ngày nào?', 'Vụ cháy chợ Vinh xảy ra lúc mấy giờ?')
    >>> parts("Where was Lan Anh born, and in what year?")
    ('Where was Lan Anh born?', 'Lan Anh born, in what year?')
    >>> parts("Những xã nào, thôn nào bị ngập?")
    ()
    """
    text = " ".join(nfc(question).split()).rstrip(" .?!")
    spoken = language(text)
    if (_COMPARES_ENGLISH if spoken == "en" else _COMPARES).search(fold(text)):
        return ()
    asks = _pattern(text, spoken)
    pieces = _pieces(text, asks)
    if not 2 <= len(pieces) <= MOST:
        return ()
    first = pieces[0]
    at = asks.search(first)
    assert at
    before = first[: at.start()].rstrip()
    if spoken == "en":
        if not _whole(first) and _content(first) < _TELLING:
            return ()
        # What comes behind is asked of what the first is asked of.
        of = _AUXILIARY.sub("", first[at.end() :].strip())
        rest = [one if _whole(one) else f"{of}, {one}" for one in pieces[1:]]
        return tuple(f"{one}?" for one in (first, *rest))
    if _content(before) < _LEAST and not all(_complete(piece) for piece in pieces):
        return ()
    before = before[: before.rfind(": ") + 1] or before
    rest = [_ASIDE.sub("", piece) for piece in pieces[1:]]
    after = first[at.end() :].strip()
    how_many = _HOW_MANY.search(at.group()) is not None
    told = [f"{before} {after}" if _goes_on(piece, how_many) else before for piece in rest]
    whole = [
        first,
        *(
            piece if _complete(piece) else " ".join(f"{of} {piece}".split())
            for of, piece in zip(told, rest, strict=True)
        ),
    ]
    return tuple(f"{one[:1].upper()}{one[1:]}?" for one in whole)


def _pattern(text: str, spoken: str) -> "re.Pattern[str]":
    if spoken == "en":
        return re.compile(rf"(?<!\p{{L}})(?:{_ENGLISH})(?!\p{{L}})", re.IGNORECASE)
    pattern = _VIETNAMESE if has_marks(text) else _BARE
    return re.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})")


def _pieces(text: str, asks: "re.Pattern[str]") -> list[str]:
    """The text cut before each clause that asks something; what asks nothing stays with the clause before it,
    or, at the beginning, with the one behind."""
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    cuts = [found.start() for found in _BREAK.finditer(text)] + [len(text)]
    pieces: list[tuple[int, int, bool]] = []
    for start, end in zip(starts, cuts, strict=True):
        asking = asks.search(text[start:end]) is not None
        if pieces and (not asking or not pieces[-1][2]):
            pieces[-1] = (pieces[-1][0], end, pieces[-1][2] or asking)
        else:
            pieces.append((start, end, asking))
    return [text[start:end].strip() for start, end, asking in pieces if asking]


def _goes_on(piece: str, how_many: bool) -> bool:
    """Whether a clause asks more of what the first one says behind what it asks for: "ai bị bắt, về tội gì",
    "bao nhiêu bài thi bị sửa, của mấy thí sinh"."""
    return _OF_WHAT.search(piece) is not None or not how_many and _BESIDE.search(piece) is not None


def _complete(piece: str) -> bool:
    """Whether a clause says by itself what it asks of."""
    return not _OPEN.search(piece) and bool(names(piece)) and _content(piece) >= 2 * _LEAST


def _whole(piece: str) -> bool:
    """The same of an English clause."""
    return bool(named(piece)) and _content(piece) >= 2 * _LEAST


def _content(text: str) -> int:
    return sum(fold(word) not in FUNCTION_WORDS for word in re.findall(r"[\p{L}\d]+", text))
