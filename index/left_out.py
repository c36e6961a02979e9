"""What of a file is not in its article: told with its kind, so that nothing goes without being said."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex as re

from index.clean import cut_line, is_furniture, is_heading_of_more
from index.config import LEFT_OUT
from index.language.text import fold, visible
from index.metadata import date_line
from index.types import Details, LeftOut

_WORD = re.compile(r"\w+")
_COMMENTS = re.compile(r"ý kiến|bình luận")


def left_out(
    parts: Sequence[LeftOut], text: str, details: Details, body: str
) -> tuple[LeftOut, ...]:
    """Of the parts that a reader took for no text, and of the text itself, what is neither in the article's
    body nor one of its details; so much of it as is kept."""
    missing = _Missing(details, body)
    found: list[LeftOut] = []
    size = 0
    for one in (*(missing.of(part) for part in parts), *missing.lines(text)):
        if one is None or one.text in (told.text for told in found):
            continue
        if len(found) == LEFT_OUT.parts or size >= LEFT_OUT.characters:
            break
        found.append(replace(one, text=_cut(one.text, LEFT_OUT.characters - size)))
        size += len(found[-1].text)
    return tuple(found)


class _Missing:
    """Looks lines up in an article."""

    def __init__(self, details: Details, body: str) -> None:
        self._lines = set(body.split("\n"))
        self._words = ""
        self._body = body
        self._told = {
            _key(one) for one in (details.title, details.outlet, details.author) if one is not None
        }
        # Each look-up goes through the body; of a file that asks for too many the rest is not told.
        self._left = max(100, LEFT_OUT.compared // (len(body) + 1))

    def of(self, part: LeftOut) -> LeftOut | None:
        """The part without the lines that the article has; None where it has all of them."""
        lines = [line for line in visible(part.text).split("\n") if self._is(line)]
        return replace(part, text="\n".join(lines)) if lines else None

    def lines(self, text: str) -> Iterator[LeftOut]:
        """The lines of the text that the article has not: those behind a heading of more as one."""
        kind, kept = "", True
        open_: list[str] = []
        for line in visible(text).split("\n"):
            line = line.strip()
            if not self._is(line):
                kept = kept or line in self._lines
                continue
            heading = is_heading_of_more(line)
            if heading or kept or not open_:
                if open_:
                    yield LeftOut(kind, "\n".join(open_))
                open_ = []
                if heading:
                    kind = "comments" if _COMMENTS.search(fold(line)) else "related"
                else:
                    kind = "share" if is_furniture(line) else "other"
            open_.append(line)
            kept = False
        if open_:
            yield LeftOut(kind, "\n".join(open_))

    def _is(self, line: str) -> bool:
        if not line or line in self._lines or self._left <= 0:
            return False
        key = _key(line)
        if key == "  " or key in self._told:
            return False
        self._left -= 1
        self._words = self._words or _key(self._body)
        return key not in self._words and date_line(line)[0] is None


def _key(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit("\n", 1)[0] if "\n" in text[:limit] else cut_line(text, limit)
