"""A query run on the index of whole articles (`index.store.full_text`): which articles match, as sets of
numbers.

What the index can say exactly is taken from it; where a phrase mixes words with and without diacritics, it says
which articles may match, and these are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from index.config import FIND
from index.find.query import Dates, Detail, Every, Node, Not
from index.find.words import Near, Phrase, Term, runs, words
from index.language.text import strip_marks
from index.store.database import Database
from index.store.details import where
from index.types import Filter

#: Articles read in one go, where the index alone cannot say.
_READ = 200


@dataclass(frozen=True, slots=True)
class Row:
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


class Run:
    """The articles that a filter admits, by number, and the queries run on them."""

    def __init__(self, db: Database, only: Filter) -> None:
        self._db = db
        condition, values = where(only)
        self.rows = {
            number: Row(*details)
            for number, *details in db.rows(
                f"SELECT number, id, published, outlet, author, place FROM full_text_of a{condition}",
                values,
            )
        }
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
        """By article that has any of what is looked for: bm25, higher is better."""
        if not sought:
            return {}
        anything = " OR ".join(f"({_expression(near)[0]})" for near in sought)
        weights = f"{FIND.title}, 1.0, {FIND.title}, 1.0"
        return dict(
            self._db.rows(
                f"SELECT rowid, -bm25(full_text, {weights}) FROM full_text WHERE full_text MATCH ?",
                (anything,),
            )
        )

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
        expression, exact = _expression(near)
        rows = self._db.rows("SELECT rowid FROM full_text WHERE full_text MATCH ?", (expression,))
        found = self._all.intersection(row[0] for row in rows)
        return found if exact else frozenset(self._read(near, sorted(found)))

    def _read(self, near: Near, numbers: Sequence[int]) -> Iterable[int]:
        for first in range(0, len(numbers), _READ):
            for number, (_, title, body) in self.texts(numbers[first : first + _READ]).items():
                if runs(near, words(title)) or (not near.title and runs(near, words(body))):
                    yield number

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


def _expression(near: Near) -> tuple[str, bool]:
    """An FTS5 expression that articles with these words satisfy, and whether no others do. It is made of words
    only, each in quotes: nothing that was typed is FTS5's own."""
    terms = [term for one in near.phrases for term in one]
    marked = "{title}" if near.title else "{title body}"
    bare = "{bare_title}" if near.title else "{bare_title bare_body}"
    if not any(term.marked for term in terms):
        return f"{bare} : {_together(near, bare=True)}", True
    if len(terms) == 1:
        return (
            f"{marked} : ({' OR '.join(_quoted((form,), terms[0]) for form in terms[0].forms)})",
            True,
        )
    if all((term.marked or term.number) and len(term.forms) == 1 for term in terms):
        return f"{marked} : {_together(near, bare=False)}", True
    each = [
        f"({' OR '.join(_quoted((form,), term) for form in term.forms)})"
        for term in terms
        if term.marked
    ]
    needed = f"{marked} : ({' AND '.join(dict.fromkeys(each))})"
    return f"({bare} : {_together(near, bare=True)}) AND ({needed})", False


def _together(near: Near, bare: bool) -> str:
    phrases = [_phrase(one, bare) for one in near.phrases]
    return phrases[0] if len(phrases) == 1 else f"NEAR({' '.join(phrases)}, {near.distance})"


def _phrase(phrase: Phrase, bare: bool) -> str:
    forms = tuple(strip_marks(term.forms[0]) if bare else term.forms[0] for term in phrase)
    return _quoted(forms, phrase[-1])


def _quoted(forms: tuple[str, ...], last: Term) -> str:
    return f'"{" ".join(forms)}"{"*" if last.beginning else ""}'
