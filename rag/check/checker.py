"""The checker, apart from the model: does what a statement says stand in what it cites?

It compares words, it does not understand: every figure, date and name must be in the quote, and in
the same place there (`rag/check/align.py`); so must units, qualifiers ("hơn", "gần"), negations and directions.
What it cannot find it reports, and nothing passes because a model said so. Problems are one line each,
Vietnamese and English, for the reader.
"""

from collections.abc import Iterator, Sequence

import regex as re

from index.language.figures import UNITS, days, years
from index.language.names import vietnamese_name
from index.language.text import has_marks
from index.language.words import FUNCTION_WORDS, OPENERS, Language, language
from rag.check.align import Item, Run, agreement, items, names, places

#: Another figure's surroundings must agree this much better before a figure counts as misplaced.
#: Measured by tests/quality/checker.py: below 0.5 reordered true statements begin to fail.
_MARGIN = 0.6
#: A statement with less than this share of its words in the quote is about something else.
_COVER = 0.4

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
# What turns a statement into its opposite, Vietnamese and English.
_OPPOSITES = [
    (left.split(","), right.split(","))
    for left, right in (
        line.split("|")
        for line in """tăng,increased,increase,rose,grew|giảm,sụt,decreased,decrease,fell,dropped,declined
lên|xuống
cao hơn,nhiều hơn,lớn hơn,higher,more than|thấp hơn,ít hơn,nhỏ hơn,lower,fewer,less than
vượt,đạt|chưa đạt,không đạt
thắng,won|thua,lost
khai mạc,bắt đầu,khởi công,opened|bế mạc,kết thúc,khánh thành,closed
kết nạp|khai trừ
đồng ý,tán thành,ủng hộ|phản đối,bác bỏ
trước|sau
mua|bán
nhập khẩu|xuất khẩu
cho phép|cấm
thành công|thất bại
tuyển thêm,bổ nhiệm|miễn nhiệm,bãi nhiệm,cách chức""".splitlines()
    )
]
_INVENTED = {"tăng", "giảm", "increased", "decreased", "rose", "fell"}
#: What a problem is about, quoted at its beginning.
_WHAT = re.compile(r"“[^”]*”(?: và “[^”]*”)?")
_NOT = frozenset("không chưa chẳng chả đừng not no never".split())


def in_language(problem: str, chosen: Language) -> str:
    """A problem in one of the two languages that it is written in."""
    vietnamese, _, english = problem.rpartition(" / ")
    if chosen == "vi":
        return vietnamese or english
    what = _WHAT.match(vietnamese)
    return f"{what.group()} {english}" if what else english


def problems(statement: str, quotes: Sequence[str], context: str = "") -> tuple[str, ...]:
    """What in `statement` the quotes do not say, one line each; () where all is found.

    `context` is what the reader sees beside the quotes (title, outlet, author, date, place): a name or a
    date may stand there, a figure may not.
    """
    quoted = "\n".join(quotes)
    # A statement typed without diacritics, or an English one, is compared without them.
    bare = has_marks(quoted) and not has_marks(statement)
    said, source = items(statement, bare), items(quoted, bare)
    around = [*source, *items(context, bare)]
    english = language(statement) == "en" and has_marks(quoted)
    found = [
        *_figures(said, source, context, quoted),
        *_days(said, source, context),
        *_names(said, source, around, english),
        *_joined(said, source, around),
        *_negations(said, source),
        *_directions(said, source),
    ]
    if not english and not found and _cover(said, around) < _COVER:
        found.append("đoạn trích không nói điều này / the quote does not say this")
    return tuple(dict.fromkeys(found))


# -- figures and days --------------------------------------------------------------------------


def _figures(
    said: Sequence[Item], source: Sequence[Item], context: str, quoted: str
) -> Iterator[str]:
    # A year may come from the article's own date or title; a part of a date may be told alone.
    dated = {str(year) for year in years(context)}
    parts = {str(n) for day in days(quoted) for n in (day.day, day.month, day.year)}
    for at, item in enumerate(said):
        if item.kind != "figure":
            continue
        same = [(i, i + 1) for i, other in enumerate(source) if _same_figure(item, other)]
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
                yield _absent(item.written)
            continue
        others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "figure"]
        if _misplaced(said, (at, at + 1), source, same, others):
            yield _differs(_with_next(said, at))
            continue
        yield from _unit(said, at, source, same)
        yield from _qualified(said, at, source, same)


def _same_figure(said: Item, other: Item) -> bool:
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
        yield _differs(_with_next(said, at))


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
            f"“{_with_before(said, at)}”: mức độ không đúng như đoạn trích{wanted} / "
            "not as exact as the quote"
        )


def _qualifier(row: Sequence[Item], at: int) -> str:
    for wide in (2, 1):
        if at >= wide:
            sort = _QUALIFIERS.get(" ".join(item.key for item in row[at - wide : at]))
            if sort:
                return sort
    return ""


def _days(said: Sequence[Item], source: Sequence[Item], context: str) -> Iterator[str]:
    shown = [item for item in items(context) if item.kind == "day"]
    for at, item in enumerate(said):
        if item.kind != "day":
            continue
        same = [(i, i + 1) for i, other in enumerate(source) if _same_day(item, other)]
        if same:
            others = [(i, i + 1) for i, o in enumerate(source) if o.kind == "day"]
            if _misplaced(said, (at, at + 1), source, same, others):
                yield _differs(_with_next(said, at))
        elif not any(_same_day(item, other) for other in shown):
            yield _absent(item.written)


def _same_day(said: Item, other: Item) -> bool:
    if other.kind != "day":
        return False
    *mine, year = said.key.split("-")
    *theirs, other_year = other.key.split("-")
    return mine == theirs and (not year or not other_year or year == other_year)


# -- names -------------------------------------------------------------------------------------


def _names(
    said: Sequence[Item], source: Sequence[Item], around: Sequence[Item], english: bool
) -> Iterator[str]:
    whole = {tuple(i.key for i in around[a:b]) for a, b in names(around)}
    runs = [run for run in names(source) if run[1] - run[0] > 1 or not source[run[0]].opens]
    for start, end in names(said):
        if english:  # in English also "Party Committee" has capitals: a name is what looks like one
            written = _written(said, (start, end))
            if vietnamese_name(written) and not _parts_found(said, (start, end), around, whole):
                yield _absent(written)
            continue
        if said[start].opens and end - start == 1:
            key = said[start].key
            if not places(around, [key]) and key not in OPENERS:
                yield _absent(said[start].written)
            continue
        if not _parts_found(said, (start, end), around, whole):
            yield _absent(_written(said, (start, end)))
            continue
        same = places(source, [item.key for item in said[start:end]])
        if same and _misplaced(said, (start, end), source, same, runs):
            yield _differs(_written(said, (start, end)))


def _parts_found(
    said: Sequence[Item], run: Run, around: Sequence[Item], whole: set[tuple[str, ...]]
) -> bool:
    """Whether a run of capitals is in the quote: in one piece (in small letters only with a
    neighbour), or in pieces which are names by themselves there."""
    start, end = run
    if (
        said[start].opens
        and end - start > 1
        and _parts_found(said, (start + 1, end), around, whole)
    ):
        first = said[start].key
        if first in OPENERS or places(around, [first]):
            return True
    keys = [item.key for item in said[start:end]]
    found = places(around, keys)
    if found and end - start > 1:
        return True
    if any(around[a].capital for a, _ in found):
        return True
    if found:  # one word, small in the quote: the same word only where it has the same neighbour
        with_before = [item.key for item in said[max(0, start - 1) : end]]
        with_next = [item.key for item in said[start : end + 1]]
        return any(len(k) > 1 and places(around, k) for k in (with_before, with_next))
    for cut in range(end - 1, start, -1):
        head = tuple(item.key for item in said[start:cut])
        known = head in whole or (len(head) > 1 and places(around, head))
        if known and _parts_found(said, (cut, end), around, whole):
            return True
    return False


def _joined(said: Sequence[Item], source: Sequence[Item], around: Sequence[Item]) -> Iterator[str]:
    """A name and a figure told in one sentence must stand in one sentence of the quote; a name that
    is shown beside the quote (the title, the place) goes with every figure."""
    if not source or source[-1].sentence == 0:
        return
    beside = around[len(source) :]
    for start, end in names(said):
        if said[start].opens and said[start].key in OPENERS:
            start += 1
        keys = [item.key for item in said[start:end]]
        if end - start < 2 or places(beside, keys):
            continue
        near = {source[a].sentence for a, _ in places(source, keys)}
        for at, item in enumerate(said):
            if item.kind != "figure" or item.sentence != said[start].sentence:
                continue
            same = {o.sentence for o in source if _same_figure(item, o)}
            if near and same and not near & same:
                yield (
                    f"“{_written(said, (start, end))}” và “{_with_next(said, at)}” không cùng một câu / "
                    "do not stand in one sentence"
                )


# -- negation and direction --------------------------------------------------------------------


def _negations(said: Sequence[Item], source: Sequence[Item]) -> Iterator[str]:
    for at, item in enumerate(said):
        if item.key in _NOT and not (at and said[at - 1].key == "hàng"):
            behind = said[at + 1 : at + 2]
            following = behind[0].key if behind and behind[0].sentence == item.sentence else ""
            if not any(
                other.key in _NOT
                and (not following or following in [o.key for o in source[i + 1 : i + 3]])
                for i, other in enumerate(source)
            ):
                yield _absent(f"{item.written} {following}".strip())
        elif not (at and said[at - 1].key in _NOT) and item.kind == "word":
            # Said plainly here; is it denied in the quote, in this place and no other?
            runs = places(source, [item.key])
            denied = [run for run in runs if run[0] and source[run[0] - 1].key in _NOT]
            plain = [run for run in runs if run not in denied]
            if denied:
                here = (at, at + 1)
                if not plain or _misplaced(said, here, source, plain, denied):
                    yield (
                        f"đoạn trích nói “{_written(source, (denied[0][0] - 1, denied[0][1]))}” / "
                        "the quote denies it"
                    )


def _directions(said: Sequence[Item], source: Sequence[Item]) -> Iterator[str]:
    for pair in _OPPOSITES:
        for mine, other in (pair, pair[::-1]):
            theirs = [run for word in other for run in places(source, word.split())]
            same = [run for word in mine for run in places(source, word.split())]
            for word in mine:
                for run in places(said, word.split()):
                    if not same and theirs:
                        yield f"“{word}” ngược với đoạn trích / contradicts the quote"
                    elif not same and word in _INVENTED:
                        yield _absent(word)
                    elif same and theirs and _misplaced(said, run, source, same, theirs):
                        yield f"“{word}” ngược với đoạn trích / contradicts the quote"


# -- what these share --------------------------------------------------------------------------


def _misplaced(
    said: Sequence[Item],
    run: Run,
    source: Sequence[Item],
    same: Sequence[Run],
    others: Sequence[Run],
) -> bool:
    """Whether the surroundings of `run` agree clearly better with those of another one in the
    source than with those of its own; where the statement tells it more often than the source, as
    well is enough."""
    mine = max(agreement(said, run, source, at) for at in same)
    other = (agreement(said, run, source, at) for at in others if not _overlaps(at, same))
    keys = [item.key for item in said[run[0] : run[1]]]
    more = len(places(said, keys)) > len(same)
    return max(other, default=0.0) > (mine - _MARGIN if more else mine + _MARGIN)


def _overlaps(at: Run, runs: Sequence[Run]) -> bool:
    return any(at[0] < end and start < at[1] for start, end in runs)


def cover(statement: str, quote: str, context: str = "") -> float:
    """The share (0 to 1) of a statement's content words, figures and dates that stand in the quote or
    beside it."""
    bare = has_marks(quote) and not has_marks(statement)
    return _cover(items(statement, bare), [*items(quote, bare), *items(context, bare)])


def _cover(said: Sequence[Item], around: Sequence[Item]) -> float:
    """The share of the statement's content that stands in the quote or beside it."""
    have = {item.key for item in around}
    content = [item.key for item in said if item.key not in FUNCTION_WORDS]
    return sum(key in have for key in content) / len(content) if content else 1.0


def _written(row: Sequence[Item], run: Run) -> str:
    return " ".join(item.written for item in row[run[0] : run[1]])


def _with_next(row: Sequence[Item], at: int) -> str:
    return _written(row, (at, min(at + 3, len(row))))


def _with_before(row: Sequence[Item], at: int) -> str:
    return _written(row, (max(0, at - 1), at + 1))


def _absent(written: str) -> str:
    return f"“{written}” không có trong đoạn trích / is not in the quote"


def _differs(written: str) -> str:
    return f"“{written}” không đúng như đoạn trích / is not what the quote says"
