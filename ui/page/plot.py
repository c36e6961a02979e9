"""A quantity over time as a small picture (SVG, made here): a point for each dated row of a table."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from index.language.figures import figures
from ui.answers import Record
from ui.templates import filled
from ui.text import Language

#: The picture's size in its own units, and the room around the line.
_WIDTH, _HEIGHT, _SIDE, _TOP, _FOOT = 560, 150, 44, 28, 26
_YEAR = re.compile(r"(?:năm |year )?((?:19|20)\d\d)", re.IGNORECASE)
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


@dataclass(frozen=True, slots=True)
class _Point:
    when: float
    label: str
    value: Decimal
    written: str
    percent: bool


def plot(record: Record, language: Language) -> Markup | None:
    """The picture; None where the rows are not one quantity of at least three different times, each told in
    one figure: what cannot be told surely is not drawn."""
    found = [
        _point(line.label, line.words) for line in record.statements if _when(line.label)[0] > 0
    ]
    points = sorted((one for one in found if one), key=lambda one: one.when)
    different = {one.when for one in points}
    if len(points) < len(found) or len(points) < 3 or len(different) < len(points):
        return None
    if len({one.percent for one in points}) > 1:
        return None
    low = min(Decimal(), *(one.value for one in points))
    high = max(one.value for one in points)
    if high == low:
        return None
    span = points[-1].when - points[0].when

    def x(one: _Point) -> float:
        return _SIDE + (_WIDTH - 2 * _SIDE) * (one.when - points[0].when) / span

    def y(one: _Point) -> float:
        return _TOP + (_HEIGHT - _TOP - _FOOT) * float((high - one.value) / (high - low))

    drawn = [
        {"x": f"{x(one):.1f}", "y": f"{y(one):.1f}", "label": one.label, "value": one.written}
        for one in points
    ]
    size = {"width": _WIDTH, "height": _HEIGHT, "base": _HEIGHT - _FOOT, "side": _SIDE}
    return Markup(filled("plot", points=drawn, **size, language=language))


def _point(label: str, words: str) -> _Point | None:
    told = [one for one in figures(words) if one.quantity and one.number is not None]
    if len(told) != 1 or told[0].number is None:
        return None
    when, short = _when(label)
    written = told[0].written + ("%" if told[0].percent and "%" not in told[0].written else "")
    return _Point(when, short, told[0].number, written, told[0].percent)


def _when(label: str) -> tuple[float, str]:
    """The time that a row's label is, as a year and its part, and as it is written under the line; 0 where
    it is none."""
    if year := _YEAR.fullmatch(label.strip()):
        return float(year[1]), year[1]
    if day := _DAY.fullmatch(label.strip()):
        try:
            found = date(int(day[3]), int(day[2]), int(day[1]))
        except ValueError:
            return 0.0, ""
        return found.year + found.timetuple().tm_yday / 367, f"{found.day}/{found.month}/{day[3]}"
    return 0.0, ""
