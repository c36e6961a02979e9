"""Figures and days of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence

from index.language.figures import UNITS, days, years
from rag.check.align import Item, Run, items
from rag.check.telling import absent, differs, misplaced, with_before, with_next

_QUALIFIERS = {
    word: sort
    for sort, words in {
        "more": "hơn|trên|quá|vượt|more than|over|above",
        "nearly": "gần|xấp xỉ|sấp xỉ|nearly|almost",
        "less": "dưới|chưa đến|chưa tới|không quá|less than|under|below",
        "about": "khoảng|chừng|tầm|cỡ|ước|about|around|approximately",
        "least": "ít nhất|tối thiểu|at least",
        "most": "tối đa|nhiều nhất|at most",
    }.items()
    for word in words.split("|")
}
_SAID_BEFORE = {"more": "hơn", "nearly": "gần", "less": "dưới", "about": "khoảng"}


def figures(
    said: Sequence[Item], source: Sequence[Item], context: str, quoted: str
) -> Iterator[str]:
    """Figures that the quote lacks, has for something else, in another unit, or more or less exactly."""
    # A year may come from the article's own date or title; a part of a date may be told alone.
    dated = {str(year) for year in years(context)}
    parts = {str(n) for day in days(quoted) for n in (day.day, day.month, day.year)}
    for at, item in enumerate(said):
        if item.kind != "figure":
            continue
        same = [(i, i + 1) for i, other in enumerate(source) if same_figure(item, other)]
        if not same:
            labelled = at > 0 and said[at - 1].key in (
                "năm",
                "tháng",
                "ngày",
                "nam",
                "thang",
                "ngay",
            )
            year = len(item.key) == 4 and item.key in dated | parts
            if not year and not (labelled and item.key in parts):
                yield absent(item.written)
            continue
        others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "figure"]
        if misplaced(said, (at, at + 1), source, same, others):
            yield differs(with_next(said, at))
            continue
        yield from _unit(said, at, source, same)
        yield from _qualified(said, at, source, same)


def same_figure(said: Item, other: Item) -> bool:
    """Whether another item is the same figure."""
    return other.kind == "figure" and other.key == said.key


def _unit(
    said: Sequence[Item], at: int, source: Sequence[Item], same: Sequence[Run]
) -> Iterator[str]:
    """A unit behind the figure must be one that the quote has behind it too."""
    unit = UNITS.get(said[at + 1].key) if at + 1 < len(said) and said[at + 1].joined else None
    if unit is None:
        return
    behind = [{UNITS.get(i.key) for i in source[end : end + 2]} for _, end in same]
    if not any(unit in units for units in behind) and any(units - {None} for units in behind):
        yield differs(with_next(said, at))


def _qualified(
    said: Sequence[Item], at: int, source: Sequence[Item], same: Sequence[Run]
) -> Iterator[str]:
    """ "hơn 3.400" is neither "gần 3.400" nor "3.400"."""
    mine = _qualifier(said, at)
    theirs = {_qualifier(source, start) for start, _ in same}
    if mine not in theirs:
        written = next(iter(sorted(filter(None, theirs))), "")
        wanted = f" (“{_SAID_BEFORE.get(written, written)}”)" if written else ""
        yield (
            f"“{with_before(said, at)}”: mức độ không đúng như đoạn trích{wanted} / "
            "not as exact as the quote"
        )


def _qualifier(row: Sequence[Item], at: int) -> str:
    for wide in (2, 1):
        if at >= wide:
            sort = _QUALIFIERS.get(" ".join(item.key for item in row[at - wide : at]))
            if sort:
                return sort
    return ""


def days_told(said: Sequence[Item], source: Sequence[Item], context: str) -> Iterator[str]:
    """Days that neither the quote nor what is shown beside it has."""
    shown = [item for item in items(context) if item.kind == "day"]
    for at, item in enumerate(said):
        if item.kind != "day":
            continue
        same = [(i, i + 1) for i, other in enumerate(source) if _same_day(item, other)]
        if same:
            others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "day"]
            if misplaced(said, (at, at + 1), source, same, others):
                yield differs(with_next(said, at))
        elif not any(_same_day(item, other) for other in shown):
            yield absent(item.written)


def _same_day(said: Item, other: Item) -> bool:
    if other.kind != "day":
        return False
    *mine, year = said.key.split("-")
    *theirs, other_year = other.key.split("-")
    return mine == theirs and (not year or not other_year or year == other_year)
