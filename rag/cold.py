"""Whether somebody who has read nothing would ask a question: it names its place or what it is about, and does
not ask what only the readers of its article wonder about."""

import regex as re

from index.types import Article
from rag.asking import FULL_NAME, Made
from rag.question.mentioned import TITLED, located, named

# "Hội Nông dân tỉnh": of which province?
_UNNAMED = re.compile(
    r"(?<!\p{L})(?:tỉnh|huyện|quận|phường|thị xã|thị trấn|thành phố|địa phương|xã(?! hội| viên))"
    r"(?!\p{L}| (?:\p{Lu}|\d))"
)
# How old somebody is, what a child did, who one of several deputies is.
_PRIVATE = re.compile(
    r"bao nhiêu tuổi|^Ai là phó |(?<!\p{L})(?:[Cc]háu|[Ee]m|[Bb]é|[Aa]nh|[Cc]hị) \p{Lu}"
)
_SOMEBODY = re.compile(rf"{TITLED.pattern}|{FULL_NAME}")
#: How much of an article is read for the places that it names, in characters.
_HEAD_OF = 1000
# A name at the head of a question may be no more than its capital and another word ("Toàn Đảng bộ").
_HEAD = re.compile(r"\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*)?")


def asked_cold(question: str, told: str) -> bool:
    """Whether a stranger would ask it of articles of which one begins with `told`.

    >>> asked_cold("Cầu An Hòa dài bao nhiêu mét?", "Khánh thành cầu An Hòa")
    True
    >>> asked_cold("Đảng ủy Khối kiểm tra bao nhiêu tổ chức đảng?", "Đảng ủy Khối các cơ quan tỉnh Tây Lâm")
    False
    >>> asked_cold("Ông Vương Đình Sách biểu dương bao nhiêu hộ dân?", "Khánh thành cầu An Hòa")
    False
    >>> asked_cold("Tây Lâm có bao nhiêu thí sinh?", "Tây Lâm: 9.870 thí sinh dự thi. Tỉnh Tây Lâm đã …")
    True
    """
    if _PRIVATE.search(question) or _UNNAMED.search(question) or _SOMEBODY.match(question):
        return False
    things = named(question)
    if located(question) or len(things) > 1:
        return True
    head = _HEAD.match(question)
    if not things or not head or head.group() != things[0]:
        return bool(things)
    return head.group() in {place.name for place in located(told)}


def asked_cold_of(made: Made) -> bool:
    """Whether a stranger would ask what was made of an article."""
    return asked_cold(made.text, head(made.article))


def head(article: Article) -> str:
    """The title and the first words of an article, which name what it is about."""
    return f"{article.title}\n{article.body[:_HEAD_OF]}"
