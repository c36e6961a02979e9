"""Tables in plain text: rows whose cells stand behind tabs, between bars, or apart by spaces."""

from collections.abc import Callable, Sequence

import regex as re

from index.config import LIMITS
from index.reading.grid import is_data
from index.reading.table import header_rows, told_rows, unit_in

_FIGURE = re.compile(r"[(+\-−–]?\s*\d[\d.,]*(?:\s\d{3})*\s*%?\)?|[-–]")
_RULER = re.compile(r"[\s|+:=\-–_─┼│]*")
_APART = re.compile(r" {2,}")
#: Lines before a table in which its unit may stand.
_BEFORE = 2


def _bars(line: str) -> list[str]:
    return line.strip().strip("|│").replace("│", "|").split("|")


#: How a line may be parted into cells, the surest first.
_WAYS: tuple[Callable[[str], list[str]], ...] = (
    lambda line: line.strip("\r\n").split("\t"),
    _bars,
    lambda line: _APART.split(line.strip()),
)


def tell_columns(text: str) -> str:
    """The text with its tables told, a row a line; as it is where there are none.

    >>> tell_columns("Xã\\tSố hộ\\tSố bò\\nNà Ca\\t82\\t140\\nBản Pắt\\t64\\t95")
    'Xã Nà Ca · số hộ: 82; số bò: 140\\nXã Bản Pắt · số hộ: 64; số bò: 95'
    """
    lines = text.split("\n")
    told: list[str] = []
    at = 0
    while at < len(lines):
        end, rows = _table(lines, at)
        if rows:
            told += _told(rows, " ".join(told[-_BEFORE:]))
            at = end
        else:
            told.append(lines[at])
            at += 1
    return "\n".join(told)


def _told(rows: list[list[str]], before: str) -> list[str]:
    return told_rows(rows, header_rows(rows), unit_in(before))


def _table(lines: Sequence[str], start: int) -> tuple[int, list[list[str]]]:
    """Where the table that begins at a line ends, and its rows; none where there begins no table."""
    for way in _WAYS:
        rows: list[list[str]] = []
        end = start
        while end < len(lines):
            line = lines[end]
            if rows and line.strip() and _RULER.fullmatch(line):
                end += 1
                continue
            cells = [" ".join(cell.split()) for cell in way(line)]
            if not 1 < len(cells) <= LIMITS.columns or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
            end += 1
        if len(rows) > 2 and _counts(rows) and is_data(rows):
            return end, rows
    return start, []


def _counts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column behind the first holds nothing but figures, below its head."""
    return any(
        any(cell for cell in column[1:])
        and all(not cell or _FIGURE.fullmatch(cell) for cell in column[1:])
        for column in list(zip(*rows, strict=True))[1:]
    )
