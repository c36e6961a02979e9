"""The cells of a table, as a file's format gives them: each with what it spans, and its lines as one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex as re

from index.config import LIMITS
from index.language.text import fold

#: Stands in a cell that goes on from the one to its left.
MERGED = "\x1f"

_ENDS = re.compile(r"[.!?:;,…]$")
#: A table with larger cells arranges a page: in words, in characters.
_WORDS, _CHARACTERS = 120, 2_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


def grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The rows with a text in every column: what spans rows stands in each of them, what spans columns in the
    first, with `MERGED` in the others."""
    total = sum(cell.columns * min(cell.rows, len(rows)) for row in rows for cell in row)
    spans = fits(total, sum(map(len, rows)))
    found: list[list[str]] = []
    open_: dict[int, tuple[str, int]] = {}  # by column: what goes on below, and for how many rows
    for row in rows:
        line: list[str] = []
        waiting = list(reversed(row))
        going = {at: (text, left - 1) for at, (text, left) in open_.items() if left > 1}
        while waiting or len(line) in open_:
            at = len(line)
            if at in open_:
                line.append(open_[at][0])
                continue
            cell = waiting.pop()
            width = cell.columns if spans else 1
            texts = [cell.text, *[MERGED] * (width - 1)]
            line += texts
            if spans and cell.rows > 1:
                going |= {at + n: (text, cell.rows - 1) for n, text in enumerate(texts)}
        open_ = going
        found.append(line)
    return found


def fits(cells: int, written: int) -> bool:
    """Whether so many cells can be a table's of which so many are written; a few may not say that they span
    what fills memory."""
    return cells <= 200 + 20 * written


def cell_text(pieces: Iterable[tuple[str, bool]]) -> str:
    """The lines of a cell as one: each with whether it is an item of a list. Items, and what begins as a
    sentence of its own, stand behind a semicolon; a line that was only broken goes on."""
    text = ""
    for piece, item in pieces:
        piece = " ".join(piece.split())
        if not piece:
            continue
        own = " " in text and (piece[0].isupper() or piece[0].isdigit() or piece[0] in "-–•+")
        if item and text and not _ENDS.search(text):
            text += "; " + piece
        elif text:
            text += ("; " if own and not _ENDS.search(text) else " ") + piece
        else:
            text = piece
    return text


def is_data(cells: Sequence[Sequence[str]]) -> bool:
    """Whether it is a table of data, not one that arranges a page: two rows of two cells or more, none of them
    as long as a story."""
    width = max(map(len, cells), default=0)
    if width > LIMITS.columns or not fits(width * len(cells), sum(map(len, cells))):
        return False
    full = sum(len({cell for cell in row if cell and cell != MERGED}) > 1 for row in cells)
    letterhead = any("cộng hòa xã hội chủ nghĩa" in fold(cell) for row in cells[:1] for cell in row)
    return (
        full > 1
        and not letterhead
        and all(
            len(cell) < _CHARACTERS and cell.count(" ") < _WORDS for row in cells for cell in row
        )
    )
