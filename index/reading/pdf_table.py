"""Tables of a PDF page: those with ruled lines by their cells, those without by figures that stand in rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex as re
from pdfminer.layout import LTChar, LTComponent, LTCurve, LTLine, LTRect

from index.reading.pdf_letters import Piece, pieces
from index.reading.table import told_rows

#: Points by which rules that meet may miss each other; a rule is thinner than `_THIN`.
_NEAR, _THIN = 3.0, 3.5
#: A page with more rules than this, as drawn (a cell often has four of its own) or put together, shows a
#: drawing; so does a grid of more cells; a cell with more characters is a column of text.
_DRAWN, _RULES, _CELLS, _CELL = 8_000, 600, 5_000, 600
_FIGURE = re.compile(r"[-+–~<>≈]?\s?\(?\d[\d.,\s/:–-]*\)?\s?(?:%|‰|[\p{L}]{1,4})?|[-–]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows as strings, how many of the first are headers, and its place."""

    cells: list[list[str]]
    header: int
    bbox: tuple[float, float, float, float]

    def lines(self) -> list[str]:
        """A line a row, with its headers."""
        if self.header == 0 and all(len(row) == 2 for row in self.cells):
            return [": ".join(cell for cell in row if cell) for row in self.cells if any(row)]
        return told_rows(self.cells, self.header)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A ruled line: `at` its place across, from `low` to `high` along."""

    at: float
    low: float
    high: float


def ruled(
    drawn: Iterable[LTComponent], letters: Sequence[LTChar]
) -> tuple[list[Table], list[LTChar]]:
    """The tables whose cells are ruled, and the letters that stand in none of them."""
    level, plumb = _rules(drawn)
    tables = []
    left = list(letters)
    for across, down in _nets(level, plumb):
        made = _table(across, down, left)
        if made:
            table, left = made
            tables.append(table)
    return tables, left


def _rules(drawn: Iterable[LTComponent]) -> tuple[list[_Rule], list[_Rule]]:
    level, plumb = [], []
    for one in drawn:
        if not isinstance(one, LTLine | LTRect | LTCurve):
            continue
        if one.height <= _THIN and one.width > _THIN:
            level.append(_Rule((one.y0 + one.y1) / 2, one.x0, one.x1))
        elif one.width <= _THIN and one.height > _THIN:
            plumb.append(_Rule((one.x0 + one.x1) / 2, one.y0, one.y1))
        elif isinstance(one, LTRect) and one.width > _THIN and one.stroke:
            level += [_Rule(one.y0, one.x0, one.x1), _Rule(one.y1, one.x0, one.x1)]
            plumb += [_Rule(one.x0, one.y0, one.y1), _Rule(one.x1, one.y0, one.y1)]
        if len(level) + len(plumb) > _DRAWN:
            return [], []
    level, plumb = _whole(level), _whole(plumb)
    return ([], []) if len(level) + len(plumb) > _RULES else (level, plumb)


def _whole(rules: list[_Rule]) -> list[_Rule]:
    """Rules drawn in parts, a part a cell, put together."""
    whole: list[_Rule] = []
    for group in _near(rules):
        at = median(rule.at for rule in group)
        for rule in sorted(group, key=lambda rule: rule.low):
            if whole and whole[-1].at == at and rule.low <= whole[-1].high + _NEAR:
                whole[-1] = _Rule(at, whole[-1].low, max(whole[-1].high, rule.high))
            else:
                whole.append(_Rule(at, rule.low, rule.high))
    return whole


def _near(rules: Iterable[_Rule]) -> list[list[_Rule]]:
    """Rules at one place across, together, by their places."""
    groups: list[list[_Rule]] = []
    for one in sorted(rules, key=lambda rule: rule.at):
        if groups and one.at - groups[-1][-1].at <= _NEAR:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _nets(level: list[_Rule], plumb: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Rules that cross or meet, together: those along, those down."""
    home = list(range(len(level) + len(plumb)))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for i, a in enumerate(level):
        for j, b in enumerate(plumb, len(level)):
            if a.low - _NEAR <= b.at <= a.high + _NEAR and b.low - _NEAR <= a.at <= b.high + _NEAR:
                home[root(i)] = root(j)
    nets: dict[int, tuple[list[_Rule], list[_Rule]]] = {}
    for i, rule in enumerate([*level, *plumb]):
        nets.setdefault(root(i), ([], []))[i >= len(level)].append(rule)
    return [net for net in nets.values() if len(net[0]) > 2 and len(net[1]) > 2]


def _table(
    level: list[_Rule], plumb: list[_Rule], letters: list[LTChar]
) -> tuple[Table, list[LTChar]] | None:
    rows = [group[0].at for group in _near(level)][::-1]
    columns = [group[0].at for group in _near(plumb)]
    if len(rows) < 3 or len(columns) < 3 or len(rows) * len(columns) > _CELLS:
        return None
    # The first slot of the cell that each slot belongs to: merged cells lack the rule between.
    first: dict[tuple[int, int], tuple[int, int]] = {}
    for i, (top, foot) in enumerate(pairwise(rows)):
        for j, (left, right) in enumerate(pairwise(columns)):
            first[i, j] = (i, j)
            if j and not _crossed(plumb, left, (top + foot) / 2):
                first[i, j] = first[i, j - 1]
            elif i and not _crossed(level, top, (left + right) / 2):
                first[i, j] = first[i - 1, j]
    inside: dict[tuple[int, int], list[LTChar]] = {}
    outside = []
    for one in letters:
        x, y = (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
        if columns[0] <= x <= columns[-1] and rows[-1] <= y <= rows[0]:
            i = next(i for i, foot in enumerate(rows[1:]) if y >= foot)
            j = next(j for j, right in enumerate(columns[1:]) if x <= right)
            inside.setdefault(first[i, j], []).append(one)
        else:
            outside.append(one)
    written = {slot: " ".join(p.text for p in pieces(held)) for slot, held in inside.items()}
    if not written or max(map(len, written.values())) > _CELL:
        return None
    cells = [
        [written.get(first[i, j], "") for j in range(len(columns) - 1)]
        for i in range(len(rows) - 1)
    ]
    cells = [row for row in cells if any(row)]
    filled = [column for column in zip(*cells, strict=True) if any(column)]
    if len(cells) < 2 or len(filled) < 2:
        return None
    cells = [list(row) for row in zip(*filled, strict=True)]
    bbox = (columns[0], rows[-1], columns[-1], rows[0])
    return Table(cells, _headers(cells), bbox), outside


def _crossed(rules: list[_Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.low - _NEAR <= along <= rule.high + _NEAR
        for rule in rules
    )


def _headers(cells: list[list[str]]) -> int:
    """How many of the first rows name the columns: none where the first row holds figures that are no
    years, one more where a name spans columns."""
    if any(_FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells[0][1:]):
        return 0
    for count, row in enumerate(cells[:3], 1):
        spans = any(a and a == b for a, b in pairwise(row))
        if not spans or count == len(cells) - 1:
            return count
    return 1


def in_rows(page: list[Piece]) -> tuple[list[Table], list[Piece]]:
    """The tables without rules (two rows or more that hold a figure of its own behind other pieces), and the
    pieces that stand in none of them."""
    lines = _lines(page)
    tables: list[Table] = []
    taken: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - start >= 2:
            rows = lines[start:end]
            above = lines[start - 1] if start else []
            headed = 1 < len(above) <= max(map(len, rows)) and not _is_row(above)
            rows = [above, *rows] if headed else rows
            table = _by_columns(rows, int(headed))
            if table:
                tables.append(table)
                taken.update(id(piece) for row in rows for piece in row)
        start = max(end, start + 1)
    return tables, [piece for piece in page if id(piece) not in taken]


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
    return len(line) > 1 and any(_FIGURE.fullmatch(piece.text) for piece in line[1:])


def _by_columns(rows: list[list[Piece]], header: int) -> Table | None:
    """The pieces by the columns that they stand in: what overlaps across is one column."""
    spans: list[list[float]] = []
    for piece in sorted((p for row in rows for p in row), key=lambda p: p.x0):
        if spans and piece.x0 < spans[-1][1] - 1:
            spans[-1][1] = max(spans[-1][1], piece.x1)
        else:
            spans.append([piece.x0, piece.x1])
    if len(spans) < 2:
        return None
    cells = []
    for row in rows:
        made = ["" for _ in spans]
        for piece in row:
            at = next(n for n, (low, high) in enumerate(spans) if low <= piece.x0 <= high)
            made[at] = f"{made[at]} {piece.text}".strip()
        cells.append(made)
    flat = [piece for row in rows for piece in row]
    bbox = (
        min(p.x0 for p in flat),
        min(p.y0 for p in flat),
        max(p.x1 for p in flat),
        max(p.y1 for p in flat),
    )
    return Table(cells, header, bbox)
