"""What stays in one sentence though full stops stand in it: short quotations, brackets and lists in a line.

Half a quotation can't be understood, nor an item of a list without what introduces it. Long ones are cut as
other text is, or one sentence would be a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex as re

from index.language.stops import ends

Span = tuple[int, int]

#: What is kept whole, in characters: three or four spoken sentences.
LONGEST = 400

_MARK = re.compile(r"[“”«»\"()\[\]]")
_OPENS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_ITEM = re.compile(
    r"(?<![^\s:;,]|\d[:;,])(?:\(?(?P<number>\d{1,2})[.)](?!\d)|(?P<letter>[a-zđ])[.)]|(?P<bullet>[•●▪+*–—-]))"
    r"(?=\s|\p{Lu})"
)
_CLOSES = re.compile(r"\s?(?:[,.;:!?)…]|[–—-]\s|$)")
_INTRODUCES = re.compile(r"(?<!\p{L})(?:gồm|sau|là)\s+$")
_LETTERS = "abcdđeghiklmn"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """`spans`: quotations and brackets of a line, apart and in order; `closing`: its closing quotation marks;
    `items`: where a later item of a short list begins → where the list was introduced; `numbers`: the full
    stops behind list numbers."""

    spans: list[Span]
    closing: frozenset[int]
    items: dict[int, int]
    numbers: frozenset[int]


def enclosed(body: str, start: int, end: int) -> Enclosed:
    """What the line `body[start:end]` keeps whole."""
    pairs: list[Span] = []
    closing: list[int] = []
    for opened, closed in _marks(body, start, end):
        if opened is not None and closed - opened <= LONGEST:
            pairs.append((opened, closed))
        if body[closed - 1] in '”»"':
            closing.append(closed - 1)
    spans: list[Span] = []
    for opened, closed in sorted(pairs):
        if spans and opened < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(closed, spans[-1][1]))
        else:
            spans.append((opened, closed))
    return Enclosed(spans, frozenset(closing), *_lists(body, start, end))


def _marks(body: str, start: int, end: int) -> Iterator[tuple[int | None, int]]:
    """Behind each mark that closes, with the nearest before it that opened it, if any did."""
    open_: dict[str, list[int]] = {closes: [] for closes in (*_OPENS.values(), '"')}
    for found in _MARK.finditer(body, start, end):
        mark, at = found.group(), found.start()
        if mark == '"' and _opens(body, start, at, end, open_[mark]):
            open_[mark] = [at]
        elif mark in _OPENS:
            open_[_OPENS[mark]].append(at)
        else:
            yield open_[mark].pop() if open_[mark] else None, at + 1


def _opens(body: str, start: int, at: int, end: int, opened: list[int]) -> bool:
    """Whether a straight quotation mark opens: by what stands beside it, else in turn."""
    if _CLOSES.match(body, at + 1, end) or (
        at > start and not body[at - 1].isspace() and _apart(body, at, end)
    ):
        return False
    if (
        at == start
        or _before(body, start, at) in ":(“‘"
        or (body[at - 1].isspace() and not _apart(body, at, end))
    ):
        return True
    return not opened or at - opened[-1] > 2 * LONGEST


def _apart(body: str, at: int, end: int) -> bool:
    return at + 1 == end or body[at + 1].isspace()


def _lists(body: str, start: int, end: int) -> tuple[dict[int, int], frozenset[int]]:
    """The later items of the line's lists, and the stops of their numbers. A list begins with 1, a or a
    bullet behind a colon, or with 1 at the head of a sentence, and goes on with what follows in order."""
    items: dict[int, int] = {}
    numbers: set[int] = set()
    last, opened, current = "", -1, list[int]()
    for found in _ITEM.finditer(body, start, end):
        mark = found["number"] or found["letter"] or found["bullet"]
        before = _before(body, start, found.start())
        if mark in ("1", "01") and _INTRODUCES.search(
            body, max(start, found.start() - 8), found.start()
        ):
            before = ":"
        if (before == ":" and mark in ("1", "01", "a")) or (before in ":" and found["bullet"]):
            last, opened, current = mark, found.start() if before else -1, []
        elif mark in ("1", "01") and _head(body, start, found.start()):
            last, opened, current = mark, -1, []
        elif last and _follows(last, mark) and (not found["bullet"] or before in ";.,!?…"):
            last = mark
            if opened >= 0 and found.start() - opened <= LONGEST:
                current.append(found.start())
                items[found.start()] = opened
            else:
                opened = -1
                for at in current:
                    items.pop(at, None)
        else:
            continue
        if body[found.end() - 1] == ".":
            numbers.add(found.end() - 1)
    return items, frozenset(numbers)


def _before(body: str, start: int, at: int) -> str:
    """The last character before, but spaces; "" at the beginning."""
    while at > start and body[at - 1].isspace():
        at -= 1
    return body[at - 1 : at] if at > start else ""


def _head(body: str, start: int, at: int) -> bool:
    """Whether a sentence can begin there."""
    stop = at - 1
    while stop > start and body[stop].isspace():
        stop -= 1
    if stop <= start or body[stop] in "!?…":
        return True
    return body[stop] == "." and ends(body, start, stop, at)


def _follows(last: str, mark: str) -> bool:
    if last.isdigit() or mark.isdigit():
        return last.isdigit() and mark.isdigit() and int(mark) == int(last) + 1
    if last in _LETTERS and mark in _LETTERS:
        return _LETTERS.index(mark) - _LETTERS.index(last) in (1, 2)
    return last == mark
