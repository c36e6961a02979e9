"""The names of a library, counted: in how many articles each stands, from when to when, and how it is written;
kept until the articles, or what was done by hand, are others."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from index.named import Name
from index.naming.found import Kind
from index.store.database import Database
from index.store.details import where
from index.types import Filter

_EVERYTHING = Filter()
#: Of a name: in how many articles, the least and the greatest story of these, first and last day.
_Count = tuple[int, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a kind that are shown when every article counts, by their keys, and how a key is written
    most often; of one `state` of the library."""

    state: tuple[Any, ...]
    names: dict[str, Name]
    written: dict[str, str]


class Counts:
    """The counts of one library; threads may share them. `known`: what is kept, by kind."""

    def __init__(self, db: Database, indexed: bool) -> None:
        self._db = db
        self.known: dict[Kind, Known] = {}
        #: The table of articles, as it is read for them. The planner does not take this index by itself.
        self.article = f"article a{' INDEXED BY article_told' if indexed else ''}"

    def shown(self, kind: Kind) -> Known:
        """The names of a kind that are shown, counted once for each state of the library."""
        ((generation,),) = self._db.rows("SELECT value FROM meta WHERE key = 'generation'")
        state = generation, *self._db.rows("SELECT * FROM named_as ORDER BY kind, key")
        known = self.known.get(kind)
        if known is None or known.state != state:
            rows = self._rows(kind, _EVERYTHING)
            written = {row[0]: row[1] for row in rows}  # the most frequent one comes last
            names = {one.key: one for one in self._names(kind, _EVERYTHING, rows, written)}
            known = self.known[kind] = Known(state, names, written)
        return known

    def admitted(self, kind: Kind, only: Filter) -> Iterable[Name]:
        """The names of a kind that are shown where only these articles count."""
        known = self.shown(kind)
        if only == _EVERYTHING:
            return known.names.values()
        return self._names(kind, only, self._rows(kind, only), known.written)

    def by_key(self, kind: Kind, root: str) -> list[Name]:
        """The name of a key, shown or not; none where it stands nowhere."""
        keys = self.keys(kind, root)
        which = f"n.kind = ? AND n.key IN ({marks(keys)})"
        rows = self._db.rows(
            f"SELECT n.key, n.written FROM named n WHERE {which} GROUP BY n.key, n.written"
            " ORDER BY count(*), n.written DESC",
            (kind, *keys),
        )
        ((*count,),) = self._db.rows(
            "SELECT count(DISTINCT a.id), min(a.story), max(a.story), min(a.published), max(a.published)"
            f" FROM named n JOIN {self.article} ON a.id = n.article_id WHERE {which}",
            (kind, *keys),
        )
        members = _members(self.by_hand(kind)).get(root, ())
        return [_name(kind, root, (*count,), dict(rows), members)] if rows else []

    def by_hand(self, kind: Kind) -> dict[str, str]:
        """By key: the key of the name by which it goes, where that was said by hand."""
        return dict(self._db.rows("SELECT key, root FROM named_as WHERE kind = ?", (kind,)))

    def keys(self, kind: Kind, root: str) -> list[str]:
        """The keys that go by a name."""
        return [root, *(key for key in _members(self.by_hand(kind)).get(root, ()) if key != root)]

    def _rows(self, kind: Kind, only: Filter) -> list[tuple[Any, ...]]:
        """Spellings with their counts, the most frequent last; of keys that stand in one article and were not
        touched by hand none."""
        condition, values = where(only, " AND ")
        return self._db.rows(
            "SELECT n.key, n.written, count(*), min(a.story), max(a.story), min(a.published),"
            f" max(a.published) FROM named n JOIN {self.article} ON a.id = n.article_id"
            " WHERE n.kind = ? AND n.key IN (SELECT key FROM named WHERE kind = ? GROUP BY key"
            " HAVING count(*) > 1 UNION SELECT key FROM named_as WHERE kind = ?)"
            f"{condition} GROUP BY n.key, n.written ORDER BY count(*), n.written DESC",
            (kind, kind, kind, *values),
        )

    def _names(
        self, kind: Kind, only: Filter, rows: Sequence[tuple[Any, ...]], written: Mapping[str, str]
    ) -> list[Name]:
        counts: dict[str, _Count] = {}
        for key, _, *count in rows:
            counts[key] = _sum(counts[key], (*count,)) if key in counts else (*count,)
        roots = self.by_hand(kind)
        found = {k: c for k, c in counts.items() if k not in roots and c[1] < c[2]}
        if roots:
            condition, values = where(only, " AND ")
            merged = self._db.rows(
                "SELECT c.root, count(DISTINCT a.id), min(a.story), max(a.story), min(a.published),"
                " max(a.published) FROM named_as c JOIN named n ON n.kind = c.kind AND n.key = c.key"
                f" JOIN {self.article} ON a.id = n.article_id WHERE c.kind = ?{condition} GROUP BY c.root",
                (kind, *values),
            )
            found |= {root: (*count,) for root, *count in merged}
        members = _members(roots)
        made = [_name(kind, k, c, written, members.get(k, ())) for k, c in found.items()]
        return sorted(made, key=lambda n: (-n.articles, n.name))


def _sum(a: _Count, b: _Count) -> _Count:
    days = [day for day in (*a[3:], *b[3:]) if day]
    since, until = (min(days), max(days)) if days else (None, None)
    return a[0] + b[0], min(a[1], b[1]), max(a[2], b[2]), since, until


def _members(roots: Mapping[str, str]) -> dict[str, list[str]]:
    """By key of a name: the keys that go by it."""
    members: dict[str, list[str]] = defaultdict(list)
    for key, root in roots.items():
        members[root].append(key)
    return members


def _name(
    kind: Kind, key: str, count: _Count, written: Mapping[str, str], members: Sequence[str]
) -> Name:
    """A name of its counts, of how its keys are written and of the `members` that go by it, by hand."""
    there = [written[one] for one in members if one in written]
    name = written.get(key) or next(iter(there), key)
    merged = tuple(sorted({*there} - {name, written.get(key, name)}))
    since, until = (date.fromisoformat(day) if day else None for day in count[3:])
    return Name(id_of(kind, key), kind, name, count[0], since, until, merged, bool(members), key)


def id_of(kind: str, key: str) -> str:
    """The id of a name: of the key that its spellings share."""
    return hashlib.sha256(f"{kind} {key}".encode()).hexdigest()[:8]


def marks(values: Sequence[object]) -> str:
    """A place for each value of a statement."""
    return ", ".join("?" * len(values))
