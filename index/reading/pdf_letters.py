"""A PDF page's letters, each with its place, as pieces of lines: what stands on one line without a wide gap.

Not by the order in which the letters were drawn, as pdfminer.six puts them together: letters of a fall-back
font are often drawn after the others, and marks after their letters.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import regex as re
from pdfminer.layout import LTChar, LTTextLineHorizontal

#: Shares of a letter's size. Letters are on one line where their feet differ by less than `_LEVEL`; a gap of
#: more than `_WORD` over the usual gap of the line parts words, `_CLEAR` where the line has spaces of its own;
#: a gap over `_PIECE` parts pieces; a letter drawn twice is off by less than `_TWICE`.
_LEVEL, _WORD, _CLEAR, _PIECE, _TWICE = 0.4, 0.14, 0.5, 1.2, 0.1
#: No Vietnamese syllable has more letters: one with fewer spaces than letters by so many has none.
_SYLLABLE = 8
#: So much larger than the letter beside it, it is a drop cap or a big figure, and a piece of its own.
_LARGER = 1.6
_UNNAMED = re.compile(r"\(cid:\d+\)")


class Piece(LTTextLineHorizontal):
    """A part of a line: its text, place, and the usual size of its letters, in points."""

    def __init__(self, text: str, size: float, bbox: tuple[float, float, float, float]) -> None:
        super().__init__(0.1)
        self.set_bbox(bbox)
        self.text, self.size = text, size

    def get_text(self) -> str:
        """The text."""
        return self.text


def upright(letters: Iterable[LTChar], height: float) -> list[LTChar]:
    """The letters that can be read without turning the page; all of them, turned, where most stand on their
    side (a wide table). Watermarks and names set along a picture are left out."""
    level: list[LTChar] = []
    turned: list[LTChar] = []
    for one in letters:
        a, b, _c, _d, _x, _y = one.matrix
        (level if abs(b) <= 0.1 * abs(a) else turned).append(one)
    if len(level) >= len(turned):
        return level
    for one in turned:
        _a, b, _c, _d, x, y = one.matrix
        box = (one.y0, -one.x1, one.y1, -one.x0) if b > 0 else (-one.y1, one.x0, -one.y0, one.x1)
        shift = (0.0, height) if b > 0 else (height, 0.0)
        one.set_bbox((box[0] + shift[0], box[1] + shift[1], box[2] + shift[0], box[3] + shift[1]))
        one.matrix = (1, 0, 0, 1, one.x0, (height - x) if b > 0 else x)
        one.size = one.height
    return turned


def pieces(letters: Sequence[LTChar]) -> list[Piece]:
    """The pieces of lines, from the page's top, each line from the left."""
    inked = [one for one in letters if one.get_text().strip()]
    if not inked:
        return []
    usual = median(one.size for one in inked)
    spaced = (len(letters) - len(inked)) * _SYLLABLE >= len(inked)
    found = []
    for row in _rows(letters, usual):
        for run in _runs(row, usual):
            piece = _piece(run, spaced)
            if piece.text:
                found.append(piece)
    return found


def _rows(letters: Sequence[LTChar], usual: float) -> Iterable[list[LTChar]]:
    row: list[LTChar] = []
    level = 0.0
    for one in sorted(letters, key=lambda c: -c.matrix[5]):
        if row and level - one.matrix[5] > _LEVEL * usual:
            yield row
            row = []
        if not row:
            level = one.matrix[5]
        row.append(one)
    if row:
        yield row


def _runs(row: list[LTChar], usual: float) -> Iterable[list[LTChar]]:
    """A line's letters from the left, parted where a gap is wide or the size jumps."""
    run: list[LTChar] = []
    end = ink = 0.0
    last: LTChar | None = None
    for one in sorted(row, key=lambda c: c.x0):
        text = one.get_text()
        if last is not None and text.strip():
            size = max(one.size, last.size)
            jump = size > _LARGER * min(one.size, last.size) and size > 1.4 * usual
            apart = one.x0 - end > _PIECE * size or one.x0 - ink > 2.5 * size
            off = abs(one.matrix[5] - last.matrix[5]) > 0.2 * size and one.size > 0.85 * last.size
            if jump or apart or (off and one.x0 - ink > 0.6 * size):
                yield run
                run = []
        run.append(one)
        end = max(end, one.x1) if len(run) > 1 else one.x1
        if text.strip():
            last, ink = one, one.x1
    if run:
        yield run


def _piece(run: list[LTChar], spaced: bool) -> Piece:
    letters = _once(_marked([one for one in run if one.get_text().strip()]))
    if not letters:
        return Piece("", 0.0, (0.0, 0.0, 0.0, 0.0))
    size = median(one.size for one, _ in letters)
    pairs = list(pairwise(letters))
    gaps = [right.x0 - left.x1 for (left, _), (right, _) in pairs]
    spaces = [one.x0 for one in run if not one.get_text().strip()]
    if len(letters) > 12:
        spaced = len(spaces) * _SYLLABLE >= len(letters)
    # A space behind every letter sets letters apart, not words.
    if len(letters) > 4 and len(spaces) >= 0.8 * len(gaps):
        spaces, spaced = [], False
    apart = [
        bisect_left(spaces, right.x0 + 0.01) > bisect_left(spaces, left.x0)
        for (left, _), (right, _) in pairs
    ]
    inner = [gap for gap, space in zip(gaps, apart, strict=True) if not (space and spaced)]
    usual = max(0.0, median(inner)) if len(inner) > 2 else 0.0
    wide = usual + (_CLEAR if spaced else _WORD) * size
    text = letters[0][1]
    for gap, space, (_, (_one, written)) in zip(gaps, apart, pairs, strict=True):
        text += " " + written if space or gap > wide else written
    box = (
        min(one.x0 for one, _ in letters),
        min(one.y0 for one, _ in letters),
        max(one.x1 for one, _ in letters),
        max(one.y1 for one, _ in letters),
    )
    return Piece(" ".join(_UNNAMED.sub("", text).split()), size, box)


def _marked(run: list[LTChar]) -> list[tuple[LTChar, str]]:
    """The letters, each with the marks that were drawn over it."""
    bases = [one for one in run if not unicodedata.combining(one.get_text()[0])]
    if len(bases) == len(run) or not bases:
        return [(one, one.get_text()) for one in run]
    texts = [one.get_text() for one in bases]
    at = 0
    for mark in run:
        if unicodedata.combining(mark.get_text()[0]):
            middle = (mark.x0 + mark.x1) / 2
            while at + 1 < len(bases) and bases[at + 1].x0 <= middle:
                at += 1
            texts[at] += mark.get_text()
    return list(zip(bases, texts, strict=True))


def _once(letters: list[tuple[LTChar, str]]) -> list[tuple[LTChar, str]]:
    """Without the second copy of letters drawn twice to look bold."""
    kept: list[tuple[LTChar, str]] = []
    for one, text in letters:
        if kept and kept[-1][1] == text and one.x0 - kept[-1][0].x0 < _TWICE * one.size:
            continue
        kept.append((one, text))
    return kept
