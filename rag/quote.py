"""Quotes that can stand alone: the words to be cited, widened by what they can't be understood without.

"Ông cho biết …" does not say who, an item of a list not of what, an answer in a dialogue not to which question.
All in the same paragraph or list, and within a bound: a quote is no page.
"""

import regex as re

from index.language.sentences import sentences
from rag.config import COMPOSING
from rag.types import Source

_START = r"^[\s“\"‘'(«–—•●▪*+-]*(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s+)?"
_PERSON = r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]ậu|[Cc]ụ|[Bb]ác|[Cc]hú|[Ee]m|[Cc]háu|[Hh]ọ)"
# "Bà con", "Cô giáo", "Họ hàng" are no pronouns, nor is what a name stands behind.
_COMPOUND = "|".join(
    """bà nội ngoại chủ lão tổ trùm bố già đồ con mẹ đỡ cụ bầu em chị hùng trai gái ruột rể dâu giáo bé nàng dì
    trò út họ trọng ý thích sĩ bỏ ấm thể hàng tộc tên đào quân thư kết dâng chúng""".split()
)
_ALONE = rf"(?!\s+(?:{_COMPOUND}|và tên)(?!\p{{L}})|\s+\p{{Lu}})"
_POINTS = [
    re.compile(pattern)
    for pattern in (
        # "Ông nói", "Theo bà, …", "Con trai họ …"
        rf"{_START}(?:(?:Theo|Với|Vợ|Chồng|Con trai|Con gái|Gia đình|Nhà|Mẹ|Bố|Cha)\s+)?"
        rf"{_PERSON}{_ALONE}(?=[\s,:])",
        rf"{_START}(?:Nó|Hắn|Chúng(?!\s+(?:tôi|ta|em|con|mình)))(?!\p{{L}})",
        rf"{_START}(?:He|She|They|It|His|Her|Their|This|These|Those)(?!\p{{L}})",
        # Behind a few words with no name among them: "Mỗi ngày ông sửa 20 cây dù".
        rf"{_START}\p{{Lu}}[^\p{{Lu}}.:;!?“”\"]{{0,40}}(?<!\p{{L}})(?<!(?:đàn|các|quý|thầy|anh|những|người|tiếng"
        rf"|dòng|hai|mọi|của|từng|mỗi|cô|một|cho) )(?:ông|bà|anh|chị|họ){_ALONE}\s+\p{{Ll}}",
        # "“Tôi mừng”, ông nói"
        rf"^[“\"«].{{1,600}}[”\"»][,.]?\s+(?:[–—-]\s+)?(?:ông|bà|anh|chị|cô|cậu|cụ|em|cháu|họ){_ALONE}\s+\p{{Ll}}",
        rf"{_START}(?:Đây|Đó|Đấy|Theo đó|Vì vậy|Vì thế|Do vậy|Nhờ vậy|Như vậy|Như thế|Cụ thể"
        r"|Cả (?:hai|ba|bốn|năm)|Cùng ngày|Cùng lúc|Tại đây|Ở đây|Nơi đây|Từ đây)(?!\p{L})",
        # "Công ty này", "Trong số đó"; what only joins ("Bên cạnh đó") can be understood.
        rf"{_START}(?!Bên cạnh|Cùng với|Song song|Kèm theo|Không chỉ|Hiện|Ngày nay|Ngoài)\p{{Lu}}\p{{Ll}}*"
        r"(?:\s+(?:\p{Ll}+|\d{1,3})){0,4}?\s+(?:này|đó|ấy|nói trên|kể trên)(?!\p{L})",
    )
]

_ITEM = re.compile(r"(?:[•●▪*+–—-]|\(?(?:\d{1,2}|[a-zđ])[.)])(?=\s|\p{Lu})")
# A turn of a dialogue or an interview, and a question at the end of one, with who asked it behind.
_SPEAKER = re.compile(r"[–—-]\s*[\p{L}\d“\"]|\p{Lu}[^:.?!\n]{0,40}:\s")
_ASKS = re.compile(r"\?[”\"»]?(?:\s+[–—-][^\n]{0,80})?$")


def quoted(source: Source) -> Source:
    """The words to be cited, as they can stand alone."""
    return Source(source.article, *standing(source.article.body, source.start, source.end))


def standing(body: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that hold `body[start:end]`, and what they can't be understood without: the one before in
    the same paragraph, where they begin with a pronoun or point back; the whole list with what introduces
    it, where they are a part of one; the question, where they answer it in a dialogue.

    >>> body = "Chợ vắng. Ông Lê Na 78 tuổi. Ông sửa dù ở chợ."
    >>> body[slice(*standing(body, 29, 47))]
    'Ông Lê Na 78 tuổi. Ông sửa dù ở chợ.'
    """
    start, end = _whole(body, start, end)
    first, last = _listed(body, start, end)
    if (first, last) == (start, end):
        first = _asked(body, start)
    return _before(body, first, last), last


def _whole(body: str, start: int, end: int) -> tuple[int, int]:
    """The whole sentences: what was cut into chunks by other rules may begin within one."""
    low, high = _line(body, start)[0], _line(body, max(start, end - 1))[1]
    spans = [(low + a, low + b) for a, b in sentences(body[low:high])]
    inside = [(a, b) for a, b in spans if a < end and start < b]
    return (inside[0][0], inside[-1][1]) if inside else (start, end)


def _before(body: str, start: int, end: int) -> int:
    """Where the sentence begins that says of whom or what `body[start:end]` tells."""
    low = _line(body, start)[0]
    before = [low + a for a, _ in sentences(body[low:start])]
    for _ in range(COMPOSING.before):
        if not before or end - before[-1] > COMPOSING.quote or not points_back(body[start:end]):
            break
        start = before.pop()
    return start


def points_back(sentence: str) -> bool:
    """Whether a sentence says of somebody or something before it only "ông", "công ty này", "đó"."""
    return any(pattern.search(sentence) for pattern in _POINTS)


def _listed(body: str, start: int, end: int) -> tuple[int, int]:
    """Of a part of a list in lines, or of what introduces it, the whole list; where that is too long, the
    introduction up to the part, or with as many items as there is room for."""
    opening = start if _introduces(body, start, end) else _introduction(body, start)
    if opening is None:
        return start, end
    last = _line(body, end - 1)
    ends = [end, last[1]] if opening != start and _ITEM.match(body, *last) else [end]
    while (item := _item_behind(body, last)) and item[1] - opening <= COMPOSING.quote:
        ends.append(item[1])
        last = item
    close = ends[-1] if item is None or opening == start else end
    return (opening, close) if close - opening <= COMPOSING.quote else (start, end)


def _introduces(body: str, start: int, end: int) -> bool:
    return body[start:end].endswith(":") and _line(body, end - 1)[1] == end


def _introduction(body: str, start: int) -> int | None:
    """Where the sentence begins that ends with ":" and introduces the list that the line at `start` is of."""
    line = _line(body, start)
    if not _ITEM.match(body, *line) and body[line[1] - 1] != ";" and line[0] != start:
        return None
    while above := _above(body, line):
        text = body[slice(*above)]
        if text.endswith(":"):
            return above[0] + sentences(text)[-1][0]
        if not (_ITEM.match(text) and _ITEM.match(body, *line)) and not text.endswith(";"):
            return None
        if start - above[0] > COMPOSING.quote:
            return None
        line = above
    return None


def _item_behind(body: str, line: tuple[int, int]) -> tuple[int, int] | None:
    """The next line, where it goes on with the list that `line` is of or introduces."""
    low = line[1]
    while low < len(body) and body[low].isspace():
        low += 1
    if low == len(body):
        return None
    behind = _line(body, low)
    marked = _ITEM.match(body, *behind) and (_ITEM.match(body, *line) or body[line[1] - 1] == ";")
    return behind if marked or body[line[1] - 1] in ":;" else None


def _asked(body: str, start: int) -> int:
    """Where the line before begins that asks what the line at `start` answers."""
    line = _line(body, start)
    above = _above(body, line)
    if line[0] != start or not above or start - above[0] > COMPOSING.quote // 2:
        return start
    spoken = _SPEAKER.match(body, *line) and _SPEAKER.match(body, *above)
    return above[0] if spoken and _ASKS.search(body, *above) else start


def _line(body: str, at: int) -> tuple[int, int]:
    """The line around `at`, without outer white space."""
    low = body.rfind("\n", 0, at) + 1
    high = body.find("\n", at)
    text = body[low : high if high >= 0 else len(body)]
    return low + len(text) - len(text.lstrip()), low + len(text.rstrip())


def _above(body: str, line: tuple[int, int]) -> tuple[int, int] | None:
    """The line before, but empty ones."""
    high = line[0]
    while high and body[high - 1].isspace():
        high -= 1
    return _line(body, high - 1) if high else None
