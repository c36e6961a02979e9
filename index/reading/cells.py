"""The other way round: the table that stands in a body as told rows (`index.reading.table`), with the place of
each row and cell. Derived from the text, so that nothing has to be kept beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex as re

from index.config import LIMITS

# A head holds neither a colon nor a semicolon: `index.reading.table` takes them out.
_HEADED = re.compile(r"(?P<head>[^:;\n]{1,300}): (?=\S)")
_UNIT = re.compile(r"\s*\([^()]*\)$")
#: A line between rows that heads a section is no longer, in characters; a row no longer than a quote may be.
_SECTION, _ROW = 200, 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or words, with the head of its column: `body[start:end]` is the cell alone."""

    head: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `body[start:end]` is its line, `body[start:label]` what it is of. Without cells: the head of a
    section."""

    start: int
    label: int
    end: int
    cells: tuple[Cell, ...] = ()


def table_at(body: str, at: int) -> list[Row]:
    """The rows of the table in which the line at an offset of a body is a row; [] where it is none.

    >>> body = "Kết quả:\\nNà Ca · số hộ: 82; số bò: 140\\nBản Pắt · số hộ: 64; số bò: 95"
    >>> [[body[cell.start : cell.end] for cell in row.cells] for row in table_at(body, 12)]
    [['82', '140'], ['64', '95']]
    """
    start = body.rfind("\n", 0, at) + 1
    row = _row(body, start)
    if row is None or not row.cells:
        return []
    kept, known = [row], _keys(row)
    for step in (-1, 1):
        waiting: list[Row] = []
        for other in _lines(body, start, step):
            if not other.cells:
                waiting.append(other)
                if len(waiting) > 2:
                    break
            elif 2 * len(_keys(other) & known) >= min(len(_keys(other)), len(known)):
                # Sections between rows only: what stands above the first may be the article's own text.
                kept = [*kept, *waiting, other] if step > 0 else [other, *reversed(waiting), *kept]
                known |= _keys(other)
                waiting = []
            else:
                break
            if len(kept) > LIMITS.columns:
                break
    return kept if sum(bool(one.cells) for one in kept) > 1 else []


def key(head: str) -> str:
    """A column's head without the unit, which stands behind figures only."""
    return _UNIT.sub("", head).casefold()


def _keys(row: Row) -> set[str]:
    return {key(cell.head) for cell in row.cells}


def _lines(body: str, start: int, step: int) -> Iterator[Row]:
    """The lines above or below one, from it on, to the first that can be of no table."""
    while True:
        if step > 0:
            end = body.find("\n", start)
            if end < 0:
                return
            start = end + 1
        elif start == 0:
            return
        else:
            start = body.rfind("\n", 0, start - 1) + 1
        row = _row(body, start)
        if row is None:
            return
        yield row


def _row(body: str, start: int) -> Row | None:
    """The line that begins there as a row, or as the head of a section; None where it is neither."""
    end = body.find("\n", start)
    end = len(body) if end < 0 else end
    if end - start > _ROW:
        return None
    label = body.find(" · ", start, end)
    if label < 0:
        return Row(start, end, end) if 0 < end - start <= _SECTION else None
    cells: list[Cell] = []
    at = label + 3
    while at < end:
        found = _HEADED.match(body, at, end)
        stop = body.find("; ", at, end)
        stop = end if stop < 0 else stop
        if found and found.end() <= stop:
            cells.append(Cell(found["head"], found.end(), stop))
        elif cells:  # a list within a cell
            cells[-1] = Cell(cells[-1].head, cells[-1].start, stop)
        else:
            return Row(start, end, end) if end - start <= _SECTION else None
        at = stop + 2
    return Row(start, label, end, tuple(cells))
