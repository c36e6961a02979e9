"""What is said of the rows of a table: each row with what tells it from the others, and before them what
follows from all: the change, the sum, the lowest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.words import Language
from index.types import opening
from rag.amounts import alike
from rag.cite import Said
from rag.prompts import TABLE
from rag.question.compare import Comparison
from rag.question.sought import Sought
from rag.rows import Gathered, Row
from rag.scope import TITLE
from rag.sums import Amount, added, divided, grown, subtracted
from rag.types import Candidate, Source

#: What only an article itself can say of one.
OUTERMOST: tuple[Sought, ...] = ("highest", "lowest")


@dataclass(frozen=True, slots=True)
class Table:
    """What is said, the conclusion first; the candidates it is made of; the lead says what is missing or was
    left out."""

    said: tuple[Said, ...]
    of: tuple[Candidate, ...]
    form: Literal["short", "table"] = "table"
    lead: str = ""


def table(compared: Comparison, found: Gathered, language: Language) -> Table | None:
    """The table of the rows; None where they are too few to be one."""
    words = TABLE[language]
    rows = _sorted(compared, found.rows)
    if not rows or (len(rows) == 1 and not found.missing) or (found.missing and compared.both):
        return None  # one alone is compared with nothing
    lines = [(label, row.text, row.sources) for label, row in _labelled(compared, rows, words)]
    notes = []
    if found.missing:
        notes.append(words["missing"].format(what="; ".join(found.missing)))
    if found.other_unit:
        notes.append(words["left out"].format(what="; ".join(found.other_unit)))
    said: list[Said] = []
    steps = _steps(compared, rows)
    if (compared.axis != "other" or compared.sought in OUTERMOST) and len(steps) > 1:
        if not all(alike(_of(steps[0]), _of(row)) for row in steps):
            notes.append(words["units"])
        else:
            said = _concluded(compared, found, steps, language)
    if compared.count and len({row.subject for row in rows}) != compared.count:
        notes.append(words["fewer"].format(found=len(rows), of=compared.count))
    return Table((*said, *lines), tuple(row.candidate for row in rows), lead=" ".join(notes))


def _sorted(compared: Comparison, rows: Sequence[Row]) -> list[Row]:
    """By year or day where time is followed, the latest first where it is asked for; else as asked."""
    if compared.axis != "year":
        return list(rows)
    latest = compared.sought == "latest"
    years = sorted({row.year or 0 for row in rows}, reverse=latest)
    if len(years) == 1:
        return sorted(rows, key=lambda row: row.when, reverse=latest)
    # Of one year the later word on it first.
    return [
        row
        for year in years
        for row in sorted(rows, key=lambda row: row.when, reverse=True)
        if (row.year or 0) == year
    ]


def _labelled(
    compared: Comparison, rows: Sequence[Row], words: dict[str, str]
) -> list[tuple[str, Row]]:
    """Each row with its subject, and where that is not enough its year, day or title."""
    subjects = [row.subject for row in rows]
    dated = compared.axis == "place" and len({row.year for row in rows}) > 1
    apart = len({row.place for row in rows}) > 1
    found = []
    for row in rows:
        label = row.subject.removeprefix("in ")
        if compared.axis == "year":
            label = label[:1].upper() + label[1:]
            if apart and row.place:
                label = f"{label} ({row.place})"
        twins = [
            one
            for one in rows
            if one.subject == row.subject and (not apart or one.place == row.place)
        ]
        if dated and row.year:
            label += f" ({row.year})"
            twins = [one for one in twins if one.year == row.year]
        if subjects.count(row.subject) > 1 and len(twins) > 1:
            day = f"{row.published:%d/%m/%Y}" if row.published else ""
            name = row.candidate.article.details.outlet or opening(
                row.candidate.article.title, TITLE
            )
            alone = [one.published for one in twins].count(row.published) == 1 and day
            which = day if alone else ", ".join(filter(None, (day, name)))
            label = which if compared.axis == "year" and alone else f"{label} ({which})".strip()
        found.append((label or opening(row.candidate.article.title, TITLE), row))
    return found


def _steps(compared: Comparison, rows: Sequence[Row]) -> list[Row]:
    """The rows that can be computed with: of each year the latest word on it, or the days of one year; of each
    place one of the latest year that is told of all; none where that is not so."""
    known = [row for row in rows if row.amount]
    if compared.axis == "year" and len({row.place for row in known}) > 1:
        return []
    if compared.axis == "year":
        if len({row.year for row in known}) == 1:
            days = [row.published for row in known]
            one_a_day = None not in days and len(set(days)) == len(days)
            return sorted(known, key=lambda row: row.when) if one_a_day else []
        first = {row.year: row for row in sorted(known, key=lambda row: row.when)}
        return [first[year] for year in sorted(first, key=lambda y: y or 0)]
    places = {row.subject: [one for one in known if one.subject == row.subject] for row in known}
    shared = (
        set.intersection(*({one.year for one in of} for of in places.values())) if places else set()
    )
    if not shared:
        return []
    year = max(shared, key=lambda y: y or 0)
    # Articles that contradict each other on one place: the later first.
    return [next(one for one in of if one.year == year) for of in places.values()]


def _of(row: Row) -> Amount:
    assert row.amount
    return row.amount


def _concluded(
    compared: Comparison, found: Gathered, steps: Sequence[Row], language: Language
) -> list[Said]:
    words, sought = TABLE[language], compared.sought
    if sought in OUTERMOST:
        return _outermost(compared, steps, language)
    if sought == "sum":
        complete = not found.missing and (compared.count or len(steps)) == len(steps)
        return (
            [(words["sum"], added([_of(one) for one in steps], language), _sources(steps))]
            if complete
            else []
        )
    if sought == "latest":
        last = max(steps, key=lambda row: row.when)
        return [
            (words["latest"].format(what=_name(last, compared, steps)), last.text, last.sources)
        ]
    if compared.axis == "year" and not (len(steps) > 2 and sought == "values"):
        return _changed(compared, steps[0], steps[-1], steps, language)
    if compared.subjects and len(steps) == 2:
        larger, less = sorted(steps, key=lambda row: -_of(row).value)
        if _of(larger).value == _of(less).value:
            return []
        label = words["more"].format(one=larger.subject, other=less.subject)
        text = (
            _ratio(larger, less)
            if sought == "ratio"
            else subtracted(_of(larger), _of(less), language)
        )
        return [(label, text, _sources([larger, less]))]
    if compared.subjects and len(steps) > 2:
        return [
            *_outermost(compared, steps, language, "highest"),
            *_outermost(compared, steps, language, "lowest"),
        ]
    return []


def _changed(
    compared: Comparison, first: Row, last: Row, steps: Sequence[Row], language: Language
) -> list[Said]:
    """From the first to the last: which way, and by how much."""
    words = TABLE[language]
    a, b = _of(first), _of(last)
    names = {"first": _name(first, compared, steps), "last": _name(last, compared, steps)}
    if a.value == b.value:
        return [(words["same"].format(**names), last.text, _sources([first, last]))]
    label = words["up" if b.value > a.value else "down"].format(**names)
    if compared.sought == "ratio":
        return [(label, _ratio(last, first), _sources([first, last]))]
    larger, less = (b, a) if b.value > a.value else (a, b)
    text = subtracted(larger, less, language)
    if a.unit != "%" and a.value:
        text = f"{text}; {grown(larger, less, a)}"
    return [(label, text, _sources([first, last]))]


def _ratio(one: Row, other: Row) -> str:
    return divided(_of(one), _of(other))


def _outermost(
    compared: Comparison, steps: Sequence[Row], language: Language, sought: str = ""
) -> list[Said]:
    """The highest or lowest, with all that are as high; of two that are equal, that they are."""
    words, sought = TABLE[language], sought or compared.sought
    if compared.both and len({_of(row).value for row in steps}) == 1:
        one, other = (row.subject for row in steps)
        return [(words["equal"].format(one=one, other=other), steps[0].text, _sources(steps))]
    best = (max if sought == "highest" else min)(_of(row).value for row in steps)
    counts = _of(steps[0]).unit not in ("%", "đồng", "usd", "điểm")
    label = words[f"{sought} count" if counts else sought].format(count=len(steps))
    found: list[Said] = [
        (label, f"{_name(row, compared, steps)}: {row.text}", row.sources)
        for row in steps
        if _of(row).value == best
    ]
    if compared.subjects and len(steps) == 2 and len(found) == 1:
        larger, less = sorted(steps, key=lambda row: -_of(row).value)
        more = words["more"].format(one=larger.subject, other=less.subject)
        found.append((more, subtracted(_of(larger), _of(less), language), _sources([larger, less])))
    return found


def _name(row: Row, compared: Comparison, steps: Sequence[Row]) -> str:
    """How a row is called in a sentence: its place, its year, or its day where all are of one year."""
    if compared.axis == "year" and len({one.year for one in steps}) == 1 and row.published:
        return f"{row.published:%d/%m/%Y}"
    return row.subject.removeprefix("in ")


def _sources(rows: Sequence[Row]) -> list[Source]:
    return [source for row in rows for source in row.sources]
