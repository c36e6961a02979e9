"""A query run on the index of whole articles (`index.store.full_text`): which articles match, as sets of
numbers.

What the index can say exactly is taken from it; where a phrase mixes words with and without diacritics, it says
which articles may match, and these are read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from index.find.parts import Part, Said
from index.find.query import Dates, Detail, Every, Node, Not
from index.find.words import Near, Phrase, Term, Words, clumps, runs, words
from index.language.text import strip_marks
from index.store.database import Database
from index.store.details import where
from index.types import Filter

#: Articles read in one go, where the index alone cannot say.
_READ = 200
#: Ways in which a phrase is written that the index is asked for, before the rest is read.
_FORMS = 12


class Row(NamedTuple):
    """An article's details, as far as they are looked for and counted."""

    id: str
    published: str | None
    outlet: str | None
    author: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Matching:
    """The numbers of articles that match, and of those that would if a detail were known that is not."""

    sure: frozenset[int]
    open: frozenset[int] = frozenset()


def details(db: Database) -> dict[int, Row]:
    """The details of all articles, by number."""
    rows = db.rows("SELECT number, id, published, outlet, author, place FROM full_text_of")
    return {row[0]: Row(*row[1:]) for row in rows}


class Run:
    """The articles that a filter admits, by number, and the queries run on them."""

    def __init__(self, db: Database, every: Mapping[int, Row], only: Filter) -> None:
        self._db = db
        self.rows = every
        if only:
            condition, values = where(only)
            numbers = db.rows(f"SELECT number FROM full_text_of a{condition}", values)
            self.rows = {number: every[number] for (number,) in numbers if number in every}
        self._all = frozenset(self.rows)
        self._known: dict[Near, frozenset[int]] = {}

    def matching(self, node: Node) -> Matching:
        """The articles that match."""
        if isinstance(node, Near):
            if node not in self._known:
                self._known[node] = self._with(node)
            return Matching(self._known[node])
        if isinstance(node, Dates):
            return self._dated(node)
        if isinstance(node, Detail):
            return self._detailed(node)
        if isinstance(node, Not):
            part = self.matching(node.part)
            return Matching(self._all - part.sure - part.open, part.open)
        parts = [self.matching(part) for part in node.parts]
        sure = [part.sure for part in parts]
        may = [part.sure | part.open for part in parts]
        if isinstance(node, Every):
            found = frozenset.intersection(*sure)
            return Matching(found, frozenset.intersection(*may) - found)
        found = frozenset().union(*sure)
        return Matching(found, frozenset().union(*may) - found)

    def scores(self, sought: Sequence[Near]) -> dict[int, float]:
        """By article that has any of what is looked for: bm25, higher is better. What more than half of
        them have weighs nothing there (FTS5 takes 0 for its negative idf), takes longest, and is left out."""
        telling = [near for near in sought if 2 * len(self.matching(near).sure) <= len(self.rows)]
        if not telling:
            return {}
        return self._db.text.scores([_parts(near)[0] for near in telling])

    def texts(self, numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
        """Source, title ("" where there is none) and body of articles, by number; of one that is gone,
        nothing."""
        found: dict[int, tuple[str, str, str]] = {}
        for first in range(0, len(numbers), _READ):
            some = numbers[first : first + _READ]
            rows = self._db.rows(
                "SELECT f.number, a.source, coalesce(a.title, ''), a.body FROM full_text_of f JOIN article a"
                f" ON a.id = f.id WHERE f.number IN ({', '.join('?' * len(some))})",
                some,
            )
            found |= {row[0]: row[1:] for row in rows}
        return found

    def _with(self, near: Near) -> frozenset[int]:
        parts, exact = _parts(near)
        found = self._matched(parts)
        return found if exact else self._read(near, found)

    def _read(self, near: Near, may: frozenset[int]) -> frozenset[int]:
        """Of articles that may match, those that do. They are read one by one; but what stands in one as it is
        written, diacritics and all, the index can find in the others."""
        found: set[int] = set()
        left = sorted(may, reverse=True)
        forms = 0
        while left:
            number = left.pop()
            _, title, body = self.texts([number]).get(number, ("", "", ""))
            written = _written(near, words(title))
            if not (written or near.title):
                written = _written(near, words(body))
            if not written:
                continue
            found.add(number)
            if forms < _FORMS:
                forms += 1
                found |= may & self._matched([written])
                left = [one for one in left if one not in found]
        return frozenset(found)

    def _matched(self, parts: Sequence[Part]) -> frozenset[int]:
        return self._all.intersection(self._db.text.articles(parts))

    def _dated(self, dates: Dates) -> Matching:
        since, until = dates.since.isoformat(), dates.until.isoformat()
        days = {number: row.published for number, row in self.rows.items()}
        sure = frozenset(n for n, day in days.items() if day and since <= day <= until)
        return Matching(sure, frozenset(n for n, day in days.items() if not day))

    def _detailed(self, detail: Detail) -> Matching:
        values = {number: getattr(row, detail.field) for number, row in self.rows.items()}
        admitted = {
            value
            for value in {*values.values()} - {None}
            if value in detail.named or runs(detail.words, words(value))
        }
        sure = frozenset(n for n, value in values.items() if value in admitted)
        return Matching(sure, frozenset(n for n, value in values.items() if value is None))


def day(text: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(text) if text else None


def _parts(near: Near) -> tuple[tuple[Part, ...], bool]:
    """What articles with these words satisfy, and whether no others do."""
    terms = [term for one in near.phrases for term in one]
    if not any(term.marked for term in terms):
        return (_together(near, bare=True),), True
    if len(terms) == 1:
        return (_any(terms[0], near.title),), True
    if all((term.marked or term.number) and len(term.forms) == 1 for term in terms):
        return (_together(near, bare=False),), True
    needed = (_any(term, near.title) for term in terms if term.marked)
    return (_together(near, bare=True), *dict.fromkeys(needed)), False


def _written(near: Near, among: Words) -> Part | None:
    """The first place where the words stand, as they are written there."""
    for clump in clumps(near, among):
        phrases = tuple(Said(tuple(among.keys[a:b])) for a, b in clump)
        return Part(phrases, near.distance, title=near.title)
    return None


def _any(term: Term, title: bool) -> Part:
    return Part(tuple(Said((form,), term.beginning) for form in term.forms), title=title)


def _together(near: Near, bare: bool) -> Part:
    phrases = tuple(_phrase(one, bare) for one in near.phrases)
    return Part(phrases, near.distance, bare, near.title)


def _phrase(phrase: Phrase, bare: bool) -> Said:
    forms = tuple(strip_marks(term.forms[0]) if bare else term.forms[0] for term in phrase)
    return Said(forms, phrase[-1].beginning)
