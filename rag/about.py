"""Questions about an article itself: who wrote it, where and when it was published.

These are answered from the article's details, without the model; the citation points at the byline or
source line where the body has one, else at the article's first sentence.
"""

from collections.abc import Sequence

import regex as re

from index.chunk import sentences
from index.text import fold, has_marks, strip_marks
from index.types import Article
from rag.names import mentions
from rag.types import Evidence, Passage

_FIELDS = {
    "author": r"tác giả (?:là ai|nào|bài|của bài)|ai (?:là tác giả|viết|đã viết)|(?:người|phóng viên) nào viết"
    r"|who wrote|who is the author|author of",
    "outlet": r"(?:ở|trên|tại|của)? ?(?:tờ )?báo nào|nguồn (?:bài|tin|nào)|đăng ở đâu|which (?:news)?paper",
    "published": r"(?:được )?(?:đăng|xuất bản|đưa tin) (?:vào )?(?:ngày|khi|lúc|hôm|bao)"
    r"|ngày đăng|when was .{0,60}published",
}
_ASKED = {
    field: re.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})")
    for field, pattern in _FIELDS.items()
}
_ASKED_BARE = {
    field: re.compile(rf"(?<!\p{{L}})(?:{strip_marks(pattern)})(?!\p{{L}})")
    for field, pattern in _FIELDS.items()
}
# Words that speak of articles in general; the rest of the question says which one.
_ARTICLE = re.compile(
    r"(?<!\p{L})(?:bài viết|bài báo|bài|tác giả|viết về|nói về|về|được|đăng|của|ở|trên|tại|ngày nào|khi nào"
    r"|là|article|the|about|author|published|by)(?!\p{L})"
)
_ARTICLE_BARE = re.compile(strip_marks(_ARTICLE.pattern))


def asked_field(question: str) -> str | None:
    """ "author", "outlet" or "published" where the question asks for it, else None."""
    patterns = _ASKED if has_marks(question) else _ASKED_BARE
    lowered = fold(question)
    return next((field for field, found in patterns.items() if found.search(lowered)), None)


def subject(question: str, field: str) -> str:
    """The part of the question that says which article is meant, names as written."""
    bare = not has_marks(question)
    rest = question
    for pattern in ((_ASKED_BARE if bare else _ASKED)[field], _ARTICLE_BARE if bare else _ARTICLE):
        rest = re.sub(pattern.pattern, " ", rest, flags=re.IGNORECASE)
    return " ".join(rest.replace("?", " ").split())


def answer(field: str, passages: Sequence[Passage]) -> tuple[str, Evidence] | None:
    """The field of the best passage's article as a statement, with the words to cite; None where
    the article does not tell it."""
    if not passages:
        return None
    article = passages[0].article
    value = getattr(article.details, field)
    if value is None:
        return None
    text = f"{value:%d/%m/%Y}" if field == "published" else str(value)
    start, end = _place(article, text)
    return text, Evidence(article, start, end, passages[0].score)


def _place(article: Article, text: str) -> tuple[int, int]:
    """The last sentence that has the text, else the first sentence."""
    spans = sentences(article.body)
    for start, end in reversed(spans):
        if mentions(article.body[start:end], text):
            return start, end
    return spans[0]
