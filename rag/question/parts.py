"""A question that asks for two or three things at once, as questions that ask for one each.

"Vụ cháy xảy ra lúc mấy giờ, làm mấy người bị thương?" is read as two: a reader marks one run of words, and a
sentence that answers one half would pass for an answer to both. What is asked of whom the first one asks for
("Ai trao thưởng, giữ chức vụ gì?") is asked of the person whom that finds.
"""

from dataclasses import dataclass
from typing import Literal

import regex as re

from index.language.names import names
from index.language.text import fold, has_marks, nfc, strip_marks
from index.language.words import FUNCTION_WORDS, Language, language
from rag.question.english import named
from rag.question.kinds import kind
from rag.question.mentioned import people

#: More than this at once is no question but a list of questions.
MOST = 3
# What asks, with the words of what is asked for that lead to it: "trên ngọn đồi nào", "dài bao nhiêu".
_LED = "vào|lúc|hồi|từ|ở|tại|do|vì|là|tên|theo|của|bị|với|quê|có|về|trên|bằng|cho"
_MEASURE = "dài|rộng|cao|sâu|nặng|dày|xa|giá|hết|tốn|mất"
_NOUN = r"\p{Ll}+ "
_PATTERN = (
    rf"(?:(?i:{_LED}) )*(?:(?:(?i:{_MEASURE}) )?(?i:bao nhiêu)"
    r"|(?i:DÂU|ai|bao giờ|bao lâu|(?:vì|tại|bởi) sao|thế nào|ra sao)|MAY)"
    # "…, đại biểu nào", "tại vị trí nào", "công ty nào": as much of the noun as what stands before it tells.
    rf"|(?<=[,;:] )(?:{_NOUN}){{1,3}}nào|^(?i:(?:\p{{L}}+ ){{1,2}})nào|^(?i:sao)"
    rf"|(?i:trên|tại|ở|vào|từ|của|về|theo|là|do|bằng) (?:{_NOUN}){{1,3}}(?:nào|gì)"
    r"|(?:\p{L}+ )?(?i:nào|gì|gi|j)"
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
# "… nào cao hơn, mỗi bên bao nhiêu": sides of one thing, not two things.
_COMPARES = re.compile(
    r"(?<!\p{L})(?:so sánh|so với|hơn|nhất|mỗi|từng|lần lượt|tương ứng|respectively|than|most"
    r"|compare|each)(?!\p{L})",
    re.IGNORECASE,
)
#: "…, nơi nào nhiều hơn" behind what is asked of each is told by both answers.
_MORE = re.compile(r",\s+\p{L}+ (?:nào|mô) (?:\p{L}+ ){1,3}hơn$", re.IGNORECASE)
#: "or" parts no sides there: "how many km were flooded or eroded, and how many …?"
_COMPARES_ENGLISH = re.compile(r"\b(?:respectively|than|most|compare|each)\b")
#: Before what is asked of, it would make a yes/no question of the rest.
_AUXILIARY = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|can|will|would|should|could|must|may)\s+"
)
#: A clause that begins so says nothing of whom or what it asks: "có mấy làn xe", "về tội gì".
_OPEN = re.compile(rf"^(?:{_LED}|được|đã|gồm|nằm|thuộc|trong|bởi)(?!\p{{L}})", re.IGNORECASE)
_OF_WHAT = re.compile(r"^của(?!\p{L})", re.IGNORECASE)
_BESIDE = re.compile(
    r"^(?:về|vào|lúc|hồi|tại|ở|từ|theo|bằng|vì|do|nhờ|(?:hôm|ngày|khi|năm|tháng) nào$)(?!\p{L})",
    re.IGNORECASE,
)
#: "ở cồn nào, huyện nào": the second is asked with the first one's preposition.
_WHICH = re.compile(r"(?:\p{Ll}+ ){1,2}nào")
_PLACED = re.compile(r"(?:ở|tại|từ|trên|thuộc)(?= )")
_HOW_MANY = re.compile(r"(?:bao nhiêu|mấy|bao nhieu)$", re.IGNORECASE)
_ASIDE = re.compile(r"^(?:trong đó|còn|thế|rồi|riêng|đồng thời|and)\s+", re.IGNORECASE)
# Who is asked for, and what is asked of somebody who was asked for.
_NAME = re.compile(r"(?<!\p{L})(?:tên (?:là )?(?:gì|j|chi)|ten (?:la )?gi)(?!\p{L})", re.IGNORECASE)
_HE = (
    r"^(?:(?:ông|bà|anh|chị|cô|em|cháu|hắn|họ)(?: (?:ấy|này|đó|ta))?"
    r"|(?:người|kẻ|đối tượng|nạn nhân) (?:này|đó|ấy))\s+(?!tên|và|em|con|bà)(?=\p{Ll})"
)
_OF_HIM = (
    r"^(?:(?:năm nay|hiện|hiện nay|đang|đã|từng|là) )*"
    r"(?:(?:bao nhiêu|mấy) tuổi|tuổi|sinh (?:năm|ngày|ra|sống)|quê|người (?:ở )?(?:\p{Ll}+ )?(?:đâu|nào)|ngụ"
    r"|trú|thường trú|(?:giữ |nắm |mang |đảm nhiệm |làm |có )?(?:chức|quân hàm|cấp bậc|cấp hàm|hàm gì|nghề)"
    r"|làm (?:gì|ở)|công tác|họ tên|tên)(?!\p{L})"
)
_ENGLISH_HE = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_ENGLISH_HIS = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)
_POLITE = re.compile(
    r"^(?:(?:xin|đề nghị|vui lòng|làm ơn|nhờ|hãy)(?: hãy)? )?(?:cho|giúp)(?: (?:tôi|mình|em))? (?:biết|hỏi)"
    r"(?: là)?[,:]?\s+",
    re.IGNORECASE,
)
# A clause that says itself who did it: of the rest only what it is about counts.
_ITS_OWN = re.compile(
    r"^(?:công an|cảnh sát|biên phòng|(?:tòa|toà)(?: án)?|chính quyền|UBND|cơ quan|lực lượng|đơn vị"
    r"|nhà chức trách|công ty|doanh nghiệp|chủ đầu tư|nhà thầu|ai|\p{Ll}+(?: \p{Ll}+)? nào) (?!của)\p{Ll}",
    re.IGNORECASE,
)
_NAMED = re.compile(r".*(?:\p{Lu}[\p{L}\d]*|\d|\))")
_OCLOCK = re.compile(r"giờ(?!\p{L})\s*")
_LEAST = 2  # words of content that a question has beside what asks
_CLAUSE = 4  # words that an English question has behind what asks


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions that a question holds: `words`, its own clause; `alone`, complete; `who`: it is
    asked of the person whom the first one asks for."""

    words: str
    alone: str
    who: bool = False

    def of(self, person: str) -> str:
        """The question, asked of the person.

        >>> parts("Ai thay mặt UBND Đông Xuân trao thưởng, ông giữ chức vụ gì?")[1].of("Lê Tám")
        'Lê Tám giữ chức vụ gì?'
        >>> parts("Which doctor at Tan Phu hospital was there, and what is his post?")[1].of("Lê Tám")
        'What is Lê Tám’s post?'
        """
        if language(self.alone) == "en":
            asked = _ENGLISH_HIS.sub(f"{person}’s", _ENGLISH_HE.sub(person, self.words))
            return _asked(asked)
        return _asked(f"{person} {_typed(_HE, self.words).sub('', self.words)}")


def parts(question: str) -> tuple[Part, ...]:
    """The questions, in order; () where it asks for one thing.

    >>> [part.alone for part in parts("Vụ cháy chợ Vinh xảy ra ngày nào, lúc mấy giờ?")]
    ['Vụ cháy chợ Vinh xảy ra ngày nào?', 'Vụ cháy chợ Vinh xảy ra lúc mấy giờ?']
    >>> [part.alone for part in parts("Where was Lan Anh of Vinh born, and in what year?")]
    ['Where was Lan Anh of Vinh born?', 'Lan Anh of Vinh born, in what year?']
    >>> parts("Những xã nào, thôn nào bị ngập?")
    ()
    """
    text = _POLITE.sub("", " ".join(nfc(question).split()).rstrip(" .?!"))
    spoken = language(text)
    text = _MORE.sub("", text)
    if (_COMPARES_ENGLISH if spoken == "en" else _COMPARES).search(fold(text)):
        return ()
    asks = _pattern(text, spoken)
    pieces = _pieces(text, asks)
    if not 2 <= len(pieces) <= MOST:
        return ()
    first, *rest = pieces
    at = _asks_at(first, asks)
    before, after = first[: at.start()].strip(), first[at.end() :].strip()
    rest = [_ASIDE.sub("", one) for one in rest]
    if spoken == "en" and len(after.split()) < _CLAUSE:
        return ()
    if spoken == "vi" and _content(before) < _LEAST and not _complete(first):
        return ()
    complete = _whole if spoken == "en" else _complete
    whole = [
        one if complete(one) else _joined(one, before, at.group(), after, spoken) for one in rest
    ]
    whom = _whom(first)
    return (
        Part(first, _asked(first)),
        *(
            Part(one, _asked(long), _of_who(one, whom, spoken))
            for one, long in zip(rest, whole, strict=True)
        ),
    )


def _asked(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}?"


def _asks_at(piece: str, asks: "re.Pattern[str]") -> "re.Match[str]":
    """What asks in a clause; "mấy" at its beginning says only that there are several where more asks."""
    found = list(asks.finditer(piece))
    several = len(found) > 1 and not found[0].start() and fold(found[0].group()) == "mấy"
    return found[1] if several else found[0]


def _joined(piece: str, before: str, asking: str, after: str, spoken: Language) -> str:
    """A clause asked of what the first one is asked of, which says `before` and `after` what it asks for."""
    if spoken == "en" or not before:
        of = after if before else _AUXILIARY.sub("", after)
        return f"{before} {of}, {piece}".strip()
    if _ITS_OWN.search(piece) and not before.endswith((",", ":")):
        about = _NAMED.match(before)
        return f"{about.group() if about else before}: {piece}"
    of = before[: before.rfind(": ") + 1] or before
    placed = _PLACED.match(asking)
    oclock = _OCLOCK.match(after)
    if _goes_on(piece, _HOW_MANY.search(asking) is not None and not oclock):
        of = f"{of} {_OCLOCK.sub('', after, count=1) if oclock else after}"
    elif placed and _WHICH.fullmatch(piece):
        of = f"{of} {placed.group()}"
    return " ".join(f"{of} {piece}".split())


def _whom(first: str) -> Literal["somebody", "perhaps", "nobody"]:
    """Whether a question asks for a person; perhaps one where it asks which, and names no person itself."""
    asks = kind(_asked(first))
    if asks == "person" or _NAME.search(first):
        return "somebody"
    named = any(len(name.split()) > 2 for name in people(first))
    return "perhaps" if asks in ("thing", "place") and not named else "nobody"


def _of_who(piece: str, whom: str, spoken: Language) -> bool:
    """Whether a clause asks something of the person asked for: it says "he", or asks for what a person has."""
    if spoken == "en":
        he = bool(_ENGLISH_HE.search(piece) or _ENGLISH_HIS.search(piece))
        return he and whom != "nobody"
    he, his = (_typed(pattern, piece).search(piece) is not None for pattern in (_HE, _OF_HIM))
    return he and whom != "nobody" or his and whom == "somebody"


def _typed(pattern: str, text: str) -> "re.Pattern[str]":
    """The pattern, as the text is typed: with or without diacritics."""
    return re.compile(pattern if has_marks(text) else strip_marks(pattern), re.IGNORECASE)


def _pattern(text: str, spoken: Language) -> "re.Pattern[str]":
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
