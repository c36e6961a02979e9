"""Who holds which office by the articles' words (`index.naming.offices`): counted without these words, which
are read of what is shown only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from index.language.text import alike, fold
from index.named import Office, Seen
from index.naming.found import key_of
from index.store.database import Database

#: Where words stand: article, day, start, end.
_Place = tuple[str, str | None, int, int]
#: Words are read of so many places at once.
_READ = 200


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a person holds, with the places that tell it first and last. `key` and `person_key`: what
    spellings of it and of the person share."""

    key: str
    person_key: str
    office: str
    organisation: str
    person: str
    articles: int
    first: _Place
    last: _Place


def held(
    db: Database, article: str, people: Mapping[str, str], roots: Mapping[str, str]
) -> list[Held]:
    """The offices of people by organisation, office and time. `people`: their names by the keys that they go
    by, `roots`: keys that go by another one; `article`: the table, as it is read here."""
    rows = db.rows(
        "SELECT h.office, h.organisation, h.person, h.article_id, a.published, h.start, h.end FROM held h"
        f" JOIN {article} ON a.id = h.article_id"
    )
    keyed, folded, same = cache(key_of), cache(fold), cache(alike)
    groups: dict[tuple[str, str, str], list[tuple[str, str, _Place]]] = defaultdict(list)
    for office, of, person, *place in rows:
        root = roots.get(person, person)
        if root in people:
            groups[keyed(of), folded(office), root].append((office, of, (*place,)))
    made = [
        _held(people[root], (f"{same(office)} {of}", root), told)
        for (of, office, root), told in groups.items()
    ]
    return sorted(
        made,
        key=lambda o: (keyed(o.organisation), folded(o.office), _when(o.first), o.person),
    )


def read(db: Database, some: Sequence[Held]) -> list[Office]:
    """The offices with their words."""
    places = list(dict.fromkeys(place for one in some for place in (one.first, one.last)))
    seen: dict[_Place, Seen] = {}
    for first in range(0, len(places), _READ):
        seen |= _seen(db, places[first : first + _READ])
    return [
        Office(o.office, o.organisation, o.person, o.articles, seen[o.first], seen[o.last])
        for o in some
        if o.first in seen and o.last in seen  # else it went meanwhile
    ]


def _seen(db: Database, places: Sequence[_Place]) -> dict[_Place, Seen]:
    rows = db.rows(
        "SELECT h.article_id, h.start, h.end, substr(a.body, h.start + 1, h.end - h.start) FROM held h"
        " JOIN article a ON a.id = h.article_id"
        f" WHERE h.article_id IN ({', '.join('?' * len(places))})",
        [article for article, *_ in places],
    )
    words = {(article, start, end): quote for article, start, end, quote in rows}
    return {
        (article, day, start, end): Seen(
            article,
            date.fromisoformat(day) if day else None,
            start,
            end,
            words[article, start, end],
        )
        for article, day, start, end in places
        if (article, start, end) in words
    }


def _held(person: str, keys: tuple[str, str], told: Sequence[tuple[str, str, _Place]]) -> Held:
    ordered = sorted(told, key=lambda one: _when(one[2]))
    dated = [one for one in ordered if one[2][1]] or ordered
    office, of, first = dated[0]
    articles = len({place[0] for _, _, place in ordered})
    return Held(*keys, office, of, person, articles, first, dated[-1][2])


def _when(place: _Place) -> tuple[str, str, int]:
    """By time; what has no day comes last."""
    article, day, start, _ = place
    return day or "9999", article, start
