"""Tables of a PDF page without rules: figures that stand in rows."""

from index.reading.grid import MERGED
from index.reading.pdf_letters import Piece
from index.reading.pdf_table import FIGURE, Table

#: Lines of a head above the rows, at most.
_HEADS = 3


def in_rows(page: list[Piece]) -> tuple[list[Table], list[Piece]]:
    """The tables without rules (two rows or more that hold a figure of its own behind other pieces), and the
    pieces that stand in none of them."""
    lines = _lines(page)
    tables: list[Table] = []
    taken: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (_is_row(lines[end]) or (end > start and _inner(lines, end))):
            end += 1
        if end - start >= 2:
            rows = lines[start:end]
            widest = max(map(len, rows))
            head = start
            while head and start - head < _HEADS and _is_head(lines, head - 1, widest):
                head -= 1
            table = _by_columns(lines[head:start], rows)
            if table:
                tables.append(table)
                taken.update(id(piece) for row in lines[head:end] for piece in row)
        start = max(end, start + 1)
    return tables, [piece for piece in page if id(piece) not in taken]


def _is_head(lines: list[list[Piece]], at: int, widest: int) -> bool:
    """Whether a line above a table's rows is of its head."""
    line, below = lines[at], lines[at + 1]
    return (
        1 < len(line) <= widest
        and not _is_row(line)
        and min(p.y0 for p in line) - max(p.y1 for p in below) < 1.5 * line[0].size
    )


def _inner(lines: list[list[Piece]], at: int) -> bool:
    """Whether a line of one piece between rows is one of the table: what the rows below belong to, or the rest
    of a cell."""
    if not 0 < at < len(lines) - 1 or len(lines[at]) > 1:
        return False
    (one,), above, below = lines[at], lines[at - 1], lines[at + 1]
    return (
        _is_row(above)
        and _is_row(below)
        and above[0].x0 - one.size < one.x0 < above[0].x0 + 2 * one.size
        and one.x1 < above[-1].x1
        and one.y0 - below[0].y1 < one.size
        and above[0].y0 - one.y1 < one.size
        and not one.text.endswith((".", ":"))
    )


def _lines(page: list[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside each other, from the top, each from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(page, key=lambda p: -(p.y0 + p.y1)):
        middle = (piece.y0 + piece.y1) / 2
        if (
            lines
            and lines[-1][0].y0 < middle < lines[-1][0].y1
            and (
                abs((lines[-1][0].y0 + lines[-1][0].y1) / 2 - middle)
                < 0.4 * max(piece.size, lines[-1][0].size)
            )
        ):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.x0) for line in lines]


def _is_row(line: list[Piece]) -> bool:
    return len(line) > 1 and any(FIGURE.fullmatch(piece.text) for piece in line[1:])


def _by_columns(heads: list[list[Piece]], rows: list[list[Piece]]) -> Table | None:
    """The pieces by the columns that they stand in: what overlaps across in the rows is one column. A piece of
    the head stands over all columns that lie under it."""
    spans: list[list[float]] = []
    widest = max(map(len, rows))
    whole = [*[head for head in heads[-1:] if len(head) == widest], *rows]
    for piece in sorted((p for row in whole if len(row) > 1 for p in row), key=lambda p: p.x0):
        if spans and piece.x0 < spans[-1][1] - 1:
            spans[-1][1] = max(spans[-1][1], piece.x1)
        else:
            spans.append([piece.x0, piece.x1])
    if len(spans) < 2:
        return None
    cells: list[list[str]] = []
    for row in heads:
        cells.append(_over(row, spans))
    for row in rows:
        if len(row) == 1 and row[0].text[:1].islower():  # the rest of the cell above
            cells[-1][0] = f"{cells[-1][0]} {row[0].text}"
            continue
        if len(row) == 1:
            cells.append([row[0].text, *[MERGED] * (len(spans) - 1)])
            continue
        made = ["" for _ in spans]
        for piece in row:
            at = next(n for n, (low, high) in enumerate(spans) if low <= piece.x0 <= high)
            made[at] = f"{made[at]} {piece.text}".strip()
        cells.append(made)
    flat = [piece for row in (*heads, *rows) for piece in row]
    bbox = (
        min(p.x0 for p in flat),
        min(p.y0 for p in flat),
        max(p.x1 for p in flat),
        max(p.y1 for p in flat),
    )
    return Table(cells, len(heads), bbox, tuple(span[0] for span in spans))


def _over(row: list[Piece], spans: list[list[float]]) -> list[str]:
    """A line of the head by columns. Where it has fewer pieces than there are columns, one stands over those in
    whose middle it is."""
    made = ["" for _ in spans]
    begins = [_under(piece, spans) for piece in row]
    for piece, (low, high), stop in zip(row, begins, [*begins[1:], (len(spans), 0)], strict=True):
        taken = max((n + 1 for n, text in enumerate(made) if text), default=0)
        if len(row) < len(spans) - 1:
            middle = piece.x0 + piece.x1
            low, high = min(
                (
                    (a, b)
                    for a in range(taken, low + 1)
                    for b in range(high, max(high + 1, stop[0]))
                ),
                key=lambda ab: (abs(spans[ab[0]][0] + spans[ab[1]][1] - middle), ab[1] - ab[0]),
                default=(low, high),
            )
        if made[low] and made[low] != MERGED:
            made[low] = f"{made[low]} {piece.text}"
        else:
            made[low] = piece.text
        for n in range(low + 1, high + 1):
            made[n] = made[n] or MERGED
    return made


def _under(piece: Piece, spans: list[list[float]]) -> tuple[int, int]:
    """The first and the last column under a piece of the head; the nearest where there is none."""
    under = [n for n, (low, high) in enumerate(spans) if low < piece.x1 and piece.x0 < high]
    near = min(range(len(spans)), key=lambda n: abs(sum(spans[n]) - piece.x0 - piece.x1))
    return (under[0], under[-1]) if under else (near, near)
