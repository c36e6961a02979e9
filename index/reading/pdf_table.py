"""Tables of a PDF page whose cells are ruled."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex as re
from pdfminer.layout import LTChar, LTComponent, LTCurve, LTLine, LTRect

from index.reading.grid import MERGED
from index.reading.pdf_letters import pieces

#: Points by which rules that meet may miss each other; a rule is thinner than `_THIN`.
_NEAR, _THIN = 3.0, 3.5
#: A page with more rules than this, as drawn (a cell often has four of its own) or put together, shows a
#: drawing; so does a grid of more cells; a cell with more characters is a column of text.
_DRAWN, _RULES, _CELLS, _CELL = 8_000, 600, 5_000, 600
FIGURE = re.compile(r"[-+–~<>≈]?\s?\(?\d[\d.,\s/:–-]*\)?\s?(?:%|‰|[\p{L}]{1,4})?|[-–]")
_YEAR = re.compile(r"(?:năm\s+)?(?:19|20)\d\d", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semib|-bd", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows as strings (`MERGED` where a cell goes on), how many of the first look like its head, its
    place, and the places across at which its columns begin."""

    cells: list[list[str]]
    header: int
    bbox: tuple[float, float, float, float]
    columns: tuple[float, ...]


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
        [
            MERGED if j and first[i, j] == first[i, j - 1] else written.get(first[i, j], "")
            for j in range(len(columns) - 1)
        ]
        for i in range(len(rows) - 1)
    ]
    heavy = {slot for slot, held in inside.items() if all(_BOLD.search(c.fontname) for c in held)}
    bold = 0
    while bold < len(cells) and all(slot in heavy for slot in _slots(first, inside, bold)):
        bold += 1
    bold -= sum(not _filled(row) for row in cells[:bold])
    cells = [row for row in cells if _filled(row)]
    wide = [n for n, column in enumerate(zip(*cells, strict=True)) if _filled(column)]
    if len(cells) < 2 or len(wide) < 2:
        return None
    cells = [[row[n] for n in wide] for row in cells]
    bbox = (columns[0], rows[-1], columns[-1], rows[0])
    head = bold if 0 < bold < len(cells) else _headed(cells)
    return Table(cells, head, bbox, tuple(columns[n] for n in wide)), outside


def _slots(
    first: dict[tuple[int, int], tuple[int, int]], inside: Container[tuple[int, int]], row: int
) -> list[tuple[int, int]]:
    """The written cells that begin in a row."""
    return [
        slot for slot, begin in first.items() if slot == begin and slot[0] == row and slot in inside
    ]


def _filled(cells: Iterable[str]) -> bool:
    return any(cell and cell != MERGED for cell in cells)


def _crossed(rules: list[_Rule], at: float, along: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.low - _NEAR <= along <= rule.high + _NEAR
        for rule in rules
    )


def _headed(cells: list[list[str]]) -> int:
    """How many rows are the head where the letters do not show it: a first row without figures that are no
    years is; of two columns only the words can tell."""
    plain = not any(FIGURE.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells[0][1:])
    return int(plain and len(cells[0]) > 2)
