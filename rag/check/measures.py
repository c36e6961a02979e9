"""Figures and days of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence

import regex as re

from index.language.counted import UNITS
from index.language.figures import years
from rag.check.align import Item, Run, items, misplaced, places, with_before, with_next
from rag.check.amounts import ends, share
from rag.check.problem import Problem, absent, differs

_QUALIFIERS = {
    word: sort
    for sort, words in {
        "more": "hơn|trên|quá|vượt|more than|over|above",
        "nearly": "gần|xấp xỉ|sấp xỉ|nearly|almost",
        "less": "dưới|chưa đến|chưa tới|không quá|less than|under|below",
        "about": "khoảng|chừng|tầm|cỡ|ước|about|around|approximately",
        "least": "ít nhất|tối thiểu|thấp nhất|at least",
        "most": "tối đa|nhiều nhất|cao nhất|at most|up to",
    }.items()
    for word in words.split("|")
}
#: As typed without diacritics; the others are also other words.
_BARE_QUALIFIERS = {"hon": "more", "gan": "nearly", "duoi": "less", "khoang": "about"}
_SAID_BEFORE = {"more": "hơn", "nearly": "gần", "less": "dưới", "about": "khoảng"}
#: Words between a figure and the first name that it counts.
_NOUN = 4
_AND = frozenset("và va and cùng".split())
_LABELS = {"nam": "năm", "ngay": "ngày"}
_YEARLY = frozenset("năm nam in of since from by during".split())
#: "đồng" is no money before these.
NO_MONEY = frozenset("chí bào đội bộ chi bao doi bo".split())
#: Words that the whole of a share stands behind.
_WHOLE = frozenset("số trong so of the".split())
#: Behind these words a figure tells how much is more or less, or how much there is then.
_CHANGES = {
    word: sort
    for sort, words in {"by": "tăng giảm thêm bớt by", "to": "xuống lên còn thành to"}.items()
    for word in words.split()
}
_ALONE = {"1": ("một", "one"), "5": ("năm",)}


def figures(
    said: Sequence[Item], source: Sequence[Item], context: str, bare: bool
) -> Iterator[Problem]:
    """Figures that the quote lacks, has for something else, in another unit, or more or less exactly."""
    # A year may come from the article's own date or title; a part of a date may be told alone.
    dated = {str(year) for year in years(context)}
    told = [o.key.split("-") for o in source if o.kind == "day"]
    parts = {"ngày": {day for day, _, _ in told}, "năm": {year for _, _, year in told}}
    others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "figure"]
    for at, item in enumerate(said):
        if item.kind != "figure":
            if item.full in _ALONE["1"] and _counted_otherwise(said, at, source):
                yield differs(with_next(said, at))
            continue
        same = [(i, i + 1) for i, other in enumerate(source) if same_figure(item, other)]
        label = said[at - 1].full if at else ""
        # A month is of a day's kind: "tháng 42" is none.
        if not same or label == "tháng" and item.key == item.written:
            year = len(item.key) == 4 and item.key in dated | parts["năm"] and _told_alone(said, at)
            # "từ ngày 10 đến ngày 12-2": the first is no part of the second.
            before_a_day = any(o.kind == "day" for o in said[at + 1 : at + 4])
            part = parts.get(_LABELS.get(label, label) if bare else label, set())
            labelled = item.key in part and not before_a_day
            listed = _counts_names(said, at, source)
            if not (year or labelled or listed or _otherwise(said, at, source, bare)):
                yield absent(item.written)
            continue
        if misplaced(said, (at, at + 1), source, same, others):
            yield differs(with_next(said, at))
            continue
        yield from _unit(said, at, source, same)
        yield from _changed(said, at, source, same)
        yield from _qualified(said, at, source, same, bare)


def _counted_otherwise(said: Sequence[Item], at: int, source: Sequence[Item]) -> bool:
    """Whether "một người chết" is "hai người chết" in the source; "một" is also an article."""
    what = [item.key for item in said[at + 1 : at + 3] if item.clause == said[at].clause]
    before = [source[a - 1] for a, _ in places(source, what) if a] if len(what) > 1 else []
    counted = [one for one in before if one.kind == "figure"]
    alike = any(one.full in _ALONE["1"] for one in before) or any(one.key == "1" for one in counted)
    return bool(counted) and not alike


def _counts_names(said: Sequence[Item], at: int, source: Sequence[Item]) -> bool:
    """Whether a figure counts the names that are told behind it ("hai huyện Cẩm Thạch và An Hòa"), and
    the source does not count these."""
    row = [item for item in said[at + 1 :] if item.sentence == said[at].sentence]
    first = next((i for i, item in enumerate(row[:_NOUN]) if item.capital), None)
    if not first or any(
        one.kind == "figure" and other.key == row[0].key for one, other in zip(source, source[1:])
    ):
        return False
    count, i = 1, first + 1
    while i < len(row):
        listed = row[i].full in _AND and row[i + 1 : i + 2] and row[i + 1].capital
        if listed or row[i].capital and not row[i].joined:
            count += 1
        elif not row[i].capital:
            break
        i += 1 + bool(listed)
    return count > 1 and said[at].key == str(count)


def _told_alone(said: Sequence[Item], at: int) -> bool:
    """Whether a year is told as one: behind "năm", or with nothing behind it that it could count."""
    if at and said[at - 1].full in _YEARLY:
        return True
    figure_before = at > 0 and said[at - 1].kind == "figure"
    return not figure_before and not (at + 1 < len(said) and said[at + 1].joined)


def same_figure(said: Item, other: Item) -> bool:
    """Whether another item is the same figure, or the same amount in another unit."""
    if said.kind != "figure" or other.kind not in ("figure", "day"):
        return False
    if other.kind == "day":  # a score may look like a day
        return _plain(said.written) == _plain(other.written)
    return said.key == other.key or bool(said.measure) and said.measure == other.measure


def _plain(written: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", written)


def _otherwise(said: Sequence[Item], at: int, source: Sequence[Item], bare: bool) -> bool:
    """Whether the source says a figure in another form: an end of a range as its least or most, a part of
    a share or its whole, "một" and "năm" before what is counted."""
    item = said[at]
    noun = said[at + 1].key if at + 1 < len(said) and said[at + 1].joined else ""
    for i, other in enumerate(source):
        behind = source[i + 1].key if i + 1 < len(source) and source[i + 1].joined else ""
        if noun and noun == behind and other.full in _ALONE.get(item.key, ()):
            return True
        if other.kind != "figure":
            continue
        if limits := ends(other.key):
            sort = _qualifier(said, at, bare)
            if (sort, item.key) in (("least", limits[0]), ("most", limits[1])):
                return True
        if (part := share(other.key)) and noun and noun == behind:
            whole = at > 0 and said[at - 1].key in _WHOLE
            if item.key == part[0] or whole and item.key == part[1]:
                return True
    return bool(share(item.key)) and _shared(item, noun, source)


def _shared(item: Item, noun: str, source: Sequence[Item]) -> bool:
    """ "10/12 xã" of "12 xã, trong đó 10 xã …": the whole first, and the part of it behind "trong"."""
    part, whole = share(item.key) or ("", "")
    for i, other in enumerate(source):
        if other.kind == "figure" and other.key == whole and source[i + 1 : i + 2]:
            rest = [one for one in source[i + 1 :] if one.sentence == other.sentence]
            inside = [n for n, one in enumerate(rest) if one.full == "trong"]
            figures_ = (
                [one.key for one in rest[inside[0] :] if one.kind == "figure"] if inside else []
            )
            if rest and rest[0].key == noun and figures_[:1] == [part]:
                return True
    return False


def _unit(
    said: Sequence[Item], at: int, source: Sequence[Item], same: Sequence[Run]
) -> Iterator[Problem]:
    """A unit behind the figure must be one that the quote has behind it too."""
    unit = _unit_of(said, at + 1) if at + 1 < len(said) and said[at + 1].joined else None
    if unit is None or any(
        said[at].measure and said[at].measure == source[a].measure for a, _ in same
    ):
        return
    behind = [{_unit_of(source, i) for i in range(b, min(b + 2, len(source)))} for _, b in same]
    if not any(unit in units for units in behind) and any(units - {None} for units in behind):
        yield differs(with_next(said, at))


def _unit_of(row: Sequence[Item], at: int) -> str | None:
    unit = UNITS.get(row[at].full)
    if unit == "đồng" and at + 1 < len(row) and row[at + 1].key in NO_MONEY:
        return None
    return unit


def _changed(
    said: Sequence[Item], at: int, source: Sequence[Item], same: Sequence[Run]
) -> Iterator[Problem]:
    """ "giảm 4,1%" is not "giảm xuống 4,1%"."""
    mine = _CHANGES.get(said[at - 1].full) if at else None
    theirs = {_CHANGES.get(source[a - 1].full) if a else None for a, _ in same}
    if mine and None not in theirs and mine not in theirs:
        yield differs(with_before(said, at))


def _qualified(
    said: Sequence[Item], at: int, source: Sequence[Item], same: Sequence[Run], bare: bool
) -> Iterator[Problem]:
    """ "hơn 3.400" is neither "gần 3.400" nor "3.400"."""
    mine = _qualifier(said, at, bare)
    theirs = {_qualifier(source, start) for start, _ in same}
    if mine not in theirs:
        written = next(iter(sorted(filter(None, theirs))), "")
        about = with_before(said, at)
        if written:
            yield Problem("degree", (about, _SAID_BEFORE.get(written, written)))
        else:
            yield Problem("inexact", (about,))


def _qualifier(row: Sequence[Item], at: int, bare: bool = False) -> str:
    for wide in (2, 1):
        if at >= wide and row[at].joined:
            words = " ".join(item.full for item in row[at - wide : at])
            sort = _QUALIFIERS.get(words) or (_BARE_QUALIFIERS.get(words) if bare else None)
            if sort:
                return sort
    return ""


def days_told(said: Sequence[Item], source: Sequence[Item], context: str) -> Iterator[Problem]:
    """Days and months that neither the quote nor what is shown beside it has."""
    shown = [item for item in items(context) if item.kind == "day"]
    known = {str(year) for year in years(context)}
    others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "day"]
    for at, item in enumerate(said):
        if item.kind != "day":
            continue
        same = [
            (i, i + 1)
            for i, other in enumerate(source)
            if _same_day(item, other, known) or same_figure(other, item)
        ]
        if same:
            if misplaced(said, (at, at + 1), source, same, others):
                yield differs(with_next(said, at))
        elif not any(_same_day(item, other, known) for other in shown):
            yield absent(item.written)


def _same_day(said: Item, other: Item, known: set[str]) -> bool:
    """Whether another item is the day or month said, or the month a day of it; a year that it does not
    tell is one that is known from beside the quote, if any is."""
    if other.kind != "day":
        return False
    day, month, year = said.key.split("-")
    other_day, other_month, other_year = other.key.split("-")
    if month != other_month or day not in ("", other_day):
        return False
    return not year or year == other_year or not other_year and (not known or year in known)
