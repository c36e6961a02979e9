"""The table that a cited row is told of, with the cell marked that the answer took."""

import regex as re

from index.language.text import fold
from index.reading.cells import Cell, Row, key, table_at
from ui.answers import Record
from ui.templates import filled
from ui.text import Language

#: Rows shown above and below the cited one.
_AROUND = 30


def cells_html(body: str, start: int, end: int, language: Language, said: str = "") -> str:
    """The table in which the cited words `body[start:end]` are a row, as HTML; "" where they are none. The row
    is marked, and in it the cell that is cited, or of a whole row those that `said`, the statement, names."""
    rows = table_at(body, start)
    at = next(
        (n for n, row in enumerate(rows) if row.start <= start < max(row.end, row.start + 1)), None
    )
    if at is None or not rows[at].cells or end > rows[at].end + 1:
        return ""
    first, last = max(0, at - _AROUND), at + _AROUND + 1
    heads = {key(cell.head): cell.head for row in sorted(rows, key=_width) for cell in row.cells}
    order = {key(cell.head): None for row in sorted(rows, key=_width)[::-1] for cell in row.cells}
    taken = _taken(body, rows[at], start, end, said)
    shown = []
    for n, row in enumerate(rows[first:last], first):
        texts = {key(cell.head): body[cell.start : cell.end] for cell in row.cells}
        marked = {key(cell.head) for cell in taken} if n == at else set()
        cells = [(texts.get(one, ""), one in marked) for one in order]
        shown.append((body[row.start : row.label], cells if row.cells else [], n == at))
    return filled(
        "cells",
        language=language,
        heads=[heads[one] for one in order],
        rows=shown,
        before=first,
        behind=max(0, len(rows) - last),
    )


def citing(record: Record, article_id: str, start: int) -> str:
    """The statements of an answer that cite words which begin there."""
    numbers = {
        quote.number
        for quote in record.citations
        if (quote.article_id, quote.start) == (article_id, start)
    }
    return " ".join(line.text for line in record.statements if numbers & set(line.citations))


def _width(row: Row) -> int:
    return len(row.cells)


def _taken(body: str, row: Row, start: int, end: int, said: str) -> list[Cell]:
    """The cells of the row that are meant."""
    within = [cell for cell in row.cells if cell.start < end and start < cell.end]
    if len(within) == 1:
        return within
    named = [cell for cell in within if _holds(said, body[cell.start : cell.end])]
    by_head = [cell for cell in named if key(cell.head) in fold(said)]
    return by_head or named


def _holds(said: str, value: str) -> bool:
    """Whether a value stands in a text, as no part of a longer figure or word."""
    pattern = rf"(?<![\w.,]){re.escape(fold(value))}(?!\w|[.,]\d)"
    return bool(value.strip()) and re.search(pattern, fold(said)) is not None
