"""On which page of its file a text stands: marked while a reader makes the text, then counted in the article's
body, which is that text without what was cleaned away."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.config import TEXT
from index.language.text import nfc
from index.types import Pages

_MARK = re.compile(r"\f(\d+)\f")
_NO_LETTER = re.compile(r"[\W_]+")
#: So many lines of the text in a row may be missing in the body; behind more of them the pages of what follows
#: are found again only where it is the next line.
_AHEAD = 200


def mark(number: int) -> str:
    """What stands in a text where a page begins. Neither `nfc` nor `mend` changes it."""
    return f"\f{number}\f"


def cut(text: str) -> tuple[str, Pages]:
    """A text without its marks, and its pages.

    >>> cut("Cầu dài " + mark(2) + "486 m")
    ('Cầu dài 486 m', ((0, 1), (8, 2)))
    """
    parts = _MARK.split(text)
    pages = [(0, 1)] if len(parts) > 1 and parts[0] else []
    at = len(parts[0])
    for number, part in zip(parts[1::2], parts[2::2], strict=True):
        if part:
            pages.append((at, int(number)))
        at += len(part)
    return "".join(parts[::2]), tuple(pages)


def marked(line: str, parts: Sequence[str], numbers: Sequence[int]) -> str:
    """A line that was put together of parts, which stand on the pages of these numbers, with a mark where
    another page begins in it. Between the parts only signs and spaces changed."""
    found, begin, letters, last = "", 0, 0, numbers[0]
    at: list[int] = []
    for part, number in zip(parts, numbers, strict=True):
        if number != last:
            at = at or _letters(line)
            place = _before(line, at[letters]) if letters < len(at) else len(line)
            found += line[begin:place] + mark(number)
            begin, last = place, number
        letters += len(_key(part))
    return found + line[begin:]


def moved(pages: Pages, text: str, body: str) -> Pages:
    """The pages of a text, counted in its article's body: lines of the text are missing there, others are
    joined or cut, and signs at their ends are gone."""
    if not pages:
        return ()
    lines = text.split("\n")
    first = _lines_found([_key(nfc(line)) for line in lines], body)
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    known = sorted(first)
    at = _letters(body)
    found: dict[int, int] = {}
    for offset, number in pages:
        on = bisect_left(begins, offset + 1) - 1
        if on in first:
            letter = first[on] + len(_key(nfc(text[begins[on] : offset])))
        elif (behind := bisect_left(known, on)) < len(known):
            letter = first[known[behind]]
        else:
            continue
        if letter < len(at):
            found[_before(body, at[letter]) if letter else 0] = number
    return tuple(sorted(found.items()))


def _lines_found(keys: Sequence[str], body: str) -> dict[int, int]:
    """By line of the text, given as its letters: before how many letters of the body it begins."""
    found: dict[int, int] = {}
    letters = at = inside = 0  # of the text: the line that comes next, and how much of it is told
    for line in body.split("\n"):
        key = _key(line)
        if inside and keys[at].startswith(key, inside):
            inside += len(key)
        else:
            at, inside = at + bool(inside), 0
            for n in range(at, min(at + _AHEAD, len(keys))):
                told = _told(keys, n, key)
                if told:
                    found |= {number: letters + place for number, place in told}
                    last, place = told[-1]
                    at, inside = last, len(key) - place
                    break
        if inside and inside >= len(keys[at]):
            at, inside = at + 1, 0
        letters += len(key)
    return found


def _told(keys: Sequence[str], first: int, key: str) -> list[tuple[int, int]]:
    """The lines from the first on that a body's line is made of, each with its place in it; none where it is
    not. The last of them may go on behind it."""
    found = []
    place, n = 0, first
    while place < len(key):
        if n == len(keys):
            return []
        if keys[n]:
            cut_up = len(keys[n]) > TEXT.line // 2 and keys[n].startswith(key[place:])
            if not (cut_up or key.startswith(keys[n], place)):
                return []
            found.append((n, place))
            place += len(keys[n])
        elif n == first:
            return []
        n += 1
    return found


def _key(text: str) -> str:
    return _NO_LETTER.sub("", text)


def _letters(text: str) -> list[int]:
    """Where the letters and digits of a text stand."""
    return [found.start() for found in re.finditer(r"[^\W_]", text)]


def _before(text: str, at: int) -> int:
    """Where the word begins whose first letter stands there: before the sign that opens it."""
    while at and not (text[at - 1].isspace() or text[at - 1].isalnum()):
        at -= 1
    return at
