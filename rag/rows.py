"""The rows of a table: what the articles say of each place or year that a question compares, each surely
enough, and of nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event

from index.language.figures import years
from index.language.names import mentions
from index.language.places import mentioned
from rag import decide, differ
from rag.amounts import alike, amount
from rag.config import DECIDING, RETRIEVAL
from rag.measure import asked_amount
from rag.opinion import whole
from rag.owner import places_asked, places_of, years_of
from rag.question import Question, parse, plain
from rag.question.compare import Comparison
from rag.scope import own_places
from rag.sums import Amount
from rag.types import Candidate, Passage, Source

#: Passages for a question, and the question as it is read; what may answer in passages, likeliest first.
Find = Callable[[Question, int], tuple[Question, Sequence[Passage]]]
Read = Callable[[Question, Sequence[Passage]], Sequence[Candidate]]
_SUBJECTS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one subject, in the words of one article or several that say the same; where in the body;
    `amount`: where it is one; the year it tells of where that is known; of which place, where none is asked
    for."""

    subject: str
    candidate: Candidate
    at: int
    text: str
    sources: tuple[Source, ...]
    amount: Amount | None
    year: int | None
    place: str = ""

    @property
    def published(self) -> date | None:
        """When the article was published that says so first."""
        return self.candidate.article.details.published

    @property
    def when(self) -> date:
        """The day to sort by: that of publication, within the year it tells of."""
        day = self.published or date(self.year or 1, 12, 31)
        return day if self.year in (None, day.year) else date(self.year or 1, 12, 31)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows; the asked subjects that nothing was found of; those left out for their unit; what was found
    and read on the way."""

    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    other_unit: tuple[str, ...]
    passages: tuple[Passage, ...]
    candidates: tuple[Candidate, ...]


def gathered(compared: Comparison, find: Find, read: Read, stop: Event) -> Gathered:
    """The rows of all subjects; of as many as were reached before `stop` was set."""
    rows: list[Row] = []
    missing: list[str] = []
    passages: dict[int, Passage] = {}
    candidates: list[Candidate] = []
    general: Sequence[Candidate] = ()
    subjects: Sequence[str] = compared.subjects
    if not subjects or compared.axis == "year":
        asked, found = find(_plain(compared, ""), RETRIEVAL.all)
        general = [one for one in read(asked, found) if one.probability >= decide.sure()]
        passages |= {one.chunk_id: one for one in found}
        subjects = subjects or _subjects(compared, asked, general)
    for subject in subjects:
        if stop.is_set():
            break
        asked = _plain(compared, subject)
        if compared.subjects:
            asked, found = find(asked, RETRIEVAL.passages)
            passages |= {one.chunk_id: one for one in found}
        else:
            found = [p for p in passages.values() if _tells(p, compared, subject)]
        all_ = sorted([*read(asked, found), *general], key=lambda one: -one.probability)
        candidates += all_[:1]
        told = _rows(subject, asked, all_, sides=compared.axis == "other")
        rows += told
        if not told and compared.subjects:
            missing.append(subject)
    rows = [row for row in rows if not _shared(row, rows)]
    surest = max(rows, key=lambda row: row.candidate.probability, default=None)
    kept, dropped = rows, []
    if not compared.subjects and surest and (of := surest.amount):
        kept = [row for row in rows if row.amount and alike(row.amount, of)]
        dropped = [row.subject for row in rows if row not in kept]
    return Gathered(
        tuple(kept),
        tuple(missing),
        tuple(dict.fromkeys(dropped)),
        tuple(passages.values()),
        tuple(candidates),
    )


def _shared(row: Row, rows: Sequence[Row]) -> bool:
    """Whether another subject has the very same words: "cầu nối tỉnh A và tỉnh B" compares nothing."""
    return any(
        one.subject != row.subject
        and (one.candidate.article.id, one.at) == (row.candidate.article.id, row.at)
        for one in rows
    )


def _plain(compared: Comparison, subject: str) -> Question:
    return plain(parse(compared.of(subject)))


def _subjects(compared: Comparison, asked: Question, sure: Sequence[Candidate]) -> list[str]:
    """The years, newest first, or the places that sure candidates tell of."""
    if compared.axis == "other":
        return [""]
    found: dict[str, int] = {}
    for one in sure:
        body, (start, end) = one.article.body, one.sentence
        if compared.axis == "year":
            told = years(body[start:end]) | years_of(one.article, one.sentence, one.start)
            form = "in {}" if asked.language == "en" else "năm {}"
            found |= {form.format(y): y for y in told if y >= compared.since}
            continue
        lead = f"{one.article.title}\n{body[:400]}"
        for text in (body[start:end], lead):
            named = {
                f"{sort} {name}".strip() if asked.language == "vi" else name: 0
                for _, name, sort in mentioned(text)
                if _is(sort or "tỉnh", compared.sort)
            }
            if named:
                found |= named
                break
    ordered = sorted(found, key=lambda subject: -found[subject])
    return ordered[:_SUBJECTS]


def _is(sort: str, wanted: str) -> bool:
    either = {"tỉnh", "thành phố"}
    return wanted in ("nơi", "địa phương", sort) or (sort in either and wanted in either)


def _tells(passage: Passage, compared: Comparison, subject: str) -> bool:
    """Whether a passage can tell of a year or place at all."""
    article = passage.article
    if compared.axis == "year":
        published = article.details.published
        told = years(f"{article.title}\n{article.body}")
        return bool(years(subject) & (told | ({published.year} if published else set())))
    name = next((name for _, name, _ in mentioned(subject)), subject)
    return name in own_places(article) or mentions(f"{article.title}\n{article.body}", name)


def _rows(subject: str, asked: Question, found: Sequence[Candidate], sides: bool) -> list[Row]:
    """The likeliest rows of a subject, one for each different thing said of it, the later first. Of sides, that
    are no years and places, only what an article answers likeliest is taken, and where its words do not say
    which of a sentence's figures is the asked one, the reader does."""
    likeliest: dict[str, Row | None] = {}
    surest: dict[str, float] = {}
    for one in found:
        # What is much less sure than what the article was found for is something else in it.
        most = surest.setdefault(one.article.id, one.probability)
        known = one.article.id in likeliest
        if known or one.probability < max(decide.sure(), DECIDING.alike * most):
            continue
        row = _row(subject, asked, one, marked=sides)
        if row or sides:
            likeliest[one.article.id] = row
    best = [row for row in likeliest.values() if row]
    rows: list[Row] = []
    for row in best:
        first = best[0].candidate
        if (
            row.candidate.probability < DECIDING.alike * first.probability
            or row.candidate.signals.missing > first.signals.missing
        ):
            continue
        same = next((n for n, one in enumerate(rows) if _same(asked, one, row)), None)
        if same is None:
            rows.append(row)
        else:
            rows[same] = replace(rows[same], sources=(*rows[same].sources, *row.sources))
    return sorted(rows, key=lambda row: row.when, reverse=True)


def _same(asked: Question, one: Row, other: Row) -> bool:
    if one.amount and other.amount:
        return (one.amount.value, one.year, one.place) == (
            other.amount.value,
            other.year,
            other.place,
        )
    return differ.same(asked, one.candidate, other.candidate)


def _row(subject: str, asked: Question, one: Candidate, marked: bool) -> Row | None:
    """The candidate as a row; None where a figure is asked for and its sentence has not the asked one;
    `marked`: then it is the one that the reader marked."""
    body, article = one.article.body, one.article
    if asked.kind != "figure":
        text = whole(body, one.start, one.end)
        told = years_of(article, one.sentence, one.start)
        return Row(subject, one, one.start, text, (one.source,), None, _only(told))
    found = asked_amount(asked, one) or (amount(body, one.start, one.end) if marked else None)
    if not found:
        return None
    value, at = found
    year = _only(years_of(article, one.sentence, at))
    place = ""
    if not places_asked(asked, article):
        named = places_of(article, one.sentence, at) or own_places(article)
        place = ", ".join(sorted(named))
    return Row(subject, one, at, value.text, (one.source,), value, year, place)


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None
