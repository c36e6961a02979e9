"""How far what was found goes on: the rest of what somebody said, the next sentences of an enumeration; and how
little of a table's row it is."""

import regex as re

from index.language.sentences import sentences
from rag.config import COMPOSING
from rag.types import Source

_GOES_ON = re.compile(
    r"[\s–—-]*(?:Ngoài ra|Bên cạnh đó|Cùng với đó|Kèm theo đó|Đồng thời|Tiếp đến|Tiếp theo|Kế đến|Kế tiếp"
    r"|Cuối cùng|Mặt khác|Hơn nữa|Thứ (?:hai|ba|tư|năm)|(?:Hai|Ba|Bốn|Năm) là)(?!\p{L})"
)
_CLOSED = re.compile(r"\s*(?:[,.;–—-]|$)")
# A row as `index.reading.table` tells it.
_ROW = re.compile(r"(?P<label>[^·\n]+) · (?P<cells>[^\n]+?: [^\n]+(?:; [^\n]+?: [^\n]+)+)")


def cell(source: Source, at: int) -> str | None:
    """Of a table's row what it is of and the figure at `at` with its head; None where it is no row.

    >>> from index.types import Article, Details
    >>> body = "Chi y tế · năm 2022 (tỷ đồng): 74,1; năm 2023 (tỷ đồng): 81,5"
    >>> cell(Source(Article("a", "a", Details(), body), 0, len(body)), body.index("81"))
    'Chi y tế · năm 2023 (tỷ đồng): 81,5'
    """
    row = _ROW.fullmatch(source.text)
    if not row:
        return None
    text, at = row["cells"], at - source.start - row.start("cells")
    if at < 0:
        return None
    start = text.rfind("; ", 0, at)
    end = text.find("; ", at)
    part = text[start + 2 if start >= 0 else 0 : end if end >= 0 else len(text)]
    return f"{row['label']} · {part.rstrip('.')}"


def gone_on(source: Source, most: int = 2) -> list[Source]:
    """The sentences right behind that go on with it ("Ngoài ra, …"), `most` of them.

    Returns [] where the next one begins anew.
    """
    behind = _around(source)[1]
    found = []
    for start, end in behind[:most]:
        if not _GOES_ON.match(source.article.body, start):
            break
        found.append(Source(source.article, start, end))
    return found


def spoken(source: Source) -> Source:
    """The sentence with the others of the same direct speech, where that goes over paragraphs and the sentence
    begins or ends within it (in a paragraph it is one sentence already); the sentence alone where no other end
    is found near.

    >>> from index.types import Article, Details
    >>> body = '"Mưa to quá.\\nNước lên nhanh", bà Na kể.'
    >>> spoken(Source(Article("a", "a", Details(), body), 13, len(body))).text
    '"Mưa to quá.\\nNước lên nhanh", bà Na kể.'
    """
    body = source.article.body
    before, behind = _around(source)
    start, end = source.start, source.end
    if not _open(source.text):
        return source
    if _begins(source.text):
        for _, end in behind[: COMPOSING.before]:
            if not _open(body[start:end]):
                break
        else:
            return source
    else:
        for start, _ in reversed(before[-COMPOSING.before :]):
            if not _open(body[start:end]):
                break
        else:
            return source
    return Source(source.article, start, end) if end - start <= COMPOSING.quote else source


def _around(source: Source) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The sentences of the article before and behind."""
    spans = sentences(source.article.body)
    return (
        [span for span in spans if span[1] <= source.start],
        [span for span in spans if span[0] >= source.end],
    )


def _open(text: str) -> bool:
    """Whether quotation marks are without their other one."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _begins(text: str) -> bool:
    """Whether the mark that is left alone opens: a curly one, or a straight one with white space before it."""
    if text.count('"') % 2 == 0:
        return text.count("“") > text.count("”")
    last = text.rfind('"')
    return last == 0 or (text[last - 1] in " :(" and not _CLOSED.match(text, last + 1))
