"""Tables of a PDF's pages as lines, with what a table has from its surroundings: its unit stands above it, its
head on the page before where it goes on over a page's end."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.language.text import fold
from index.reading.pdf_letters import Piece
from index.reading.pdf_table import Table
from index.reading.table import header_rows, numbered_rows, unit_in

#: What may stand over the rest of a table on the next page.
_AGAIN = re.compile(r"(?:bảng|biểu|phụ lục|đơn vị|đvt|\W*\(?(?:tiếp|xem tiếp))(?!\p{L})")
#: Points: so far above a table its unit stands; by so much the columns of two parts of one may differ.
_ABOVE, _SHIFT = 80.0, 6.0


@dataclass(frozen=True, slots=True)
class Told:
    """A table's lines, and its place on its page."""

    lines: list[str]
    bbox: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands on a page: its tables, and the pieces that stand in none of them."""

    tables: Sequence[Table]
    pieces: Sequence[Piece]


def told(pages: Sequence[Drawn]) -> list[list[Told]]:
    """The tables of each page. One that goes on over pages is told as one, each row on its own page."""
    found: list[list[Told]] = [[] for _ in pages]
    parts: list[tuple[int, Table]] = []
    for number, page in enumerate(pages):
        for table in sorted(page.tables, key=lambda table: -table.bbox[3]):
            if parts and not _goes_on(parts[-1], number, table, pages):
                _tell(parts, pages, found)
                parts = []
            parts.append((number, table))
    if parts:
        _tell(parts, pages, found)
    return found


def _tell(parts: list[tuple[int, Table]], pages: Sequence[Drawn], found: list[list[Told]]) -> None:
    """Tells one table, given in its parts."""
    number, first = parts[0]
    cells = [row for _, table in parts for row in table.cells]
    unit = unit_in(_above(first, pages[number]))
    lines = numbered_rows(cells, header_rows(cells, first.header), unit)
    start = 0
    for number, table in parts:
        end = start + len(table.cells)
        own = [line for row, line in lines if start <= row < end]
        found[number].append(Told(own, table.bbox))
        start = end


def _goes_on(last: tuple[int, Table], number: int, table: Table, pages: Sequence[Drawn]) -> bool:
    """Whether a table is the rest of the one that ends the page before."""
    before, above = last
    return (
        number == before + 1
        and len(above.columns) == len(table.columns)
        and all(abs(a - b) < _SHIFT for a, b in zip(above.columns, table.columns, strict=True))
        and all(piece.y1 > above.bbox[1] for piece in pages[before].pieces)
        and all(
            piece.y0 < table.bbox[3] or _AGAIN.match(fold(piece.text))
            for piece in pages[number].pieces
        )
    )


def _above(table: Table, page: Drawn) -> str:
    """What stands right above a table."""
    top = table.bbox[3]
    ceiling = min(
        (other.bbox[1] for other in page.tables if other.bbox[1] >= top), default=top + _ABOVE
    )
    near = [piece for piece in page.pieces if top - 2 <= piece.y0 < min(ceiling, top + _ABOVE)]
    return " ".join(piece.text for piece in near)
