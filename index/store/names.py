"""The names in a library's articles and who holds which office (`index.naming`), with what was merged, parted
and confirmed by hand.

Names are found in an article when it is written; in those of older versions when names are asked for first.
They go with their article. What was done by hand is kept by a name's own letters and not by articles, so that
it holds for those that come, too. Who changes what is found writes a step that empties `named_in`.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from index.config import FIND
from index.errors import InputError
from index.language.text import fold, has_marks, strip_marks
from index.named import Name, Office, Seen
from index.naming.found import KINDS, Kind, found, key_of
from index.naming.offices import holdings
from index.naming.runs import province
from index.store.database import Database
from index.store.details import where
from index.types import Filter

#: `named_in` says which articles were looked at; `named_as` what was done by hand: a name goes by another, or
#: by itself where it was confirmed.
STEP = """
CREATE TABLE named_in (
    article_id TEXT PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE) WITHOUT ROWID;
CREATE TABLE named (
    article_id TEXT NOT NULL REFERENCES named_in (article_id) ON DELETE CASCADE,
    kind TEXT NOT NULL, key TEXT NOT NULL, written TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (article_id, kind, key)) WITHOUT ROWID;
CREATE INDEX named_key ON named (kind, key);
CREATE TABLE held (
    article_id TEXT NOT NULL REFERENCES named_in (article_id) ON DELETE CASCADE,
    office TEXT NOT NULL, organisation TEXT NOT NULL, person TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL);
CREATE INDEX held_article ON held (article_id);
CREATE TABLE named_as (
    kind TEXT NOT NULL, key TEXT NOT NULL, root TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
#: Leaves no name found; they are found again when they are asked for.
EMPTIED = ("DELETE FROM named_in",)
_MISSING = "FROM article WHERE id NOT IN (SELECT article_id FROM named_in)"
_EVERYTHING = Filter()
_log = logging.getLogger("hoibao")
_Key = tuple[Kind, str]


def put(db: Database, article_id: str, body: str) -> None:
    """Keeps the names of an article of the library, within a transaction."""
    names = found(body)
    db.execute("INSERT INTO named_in VALUES (?)", (article_id,))
    db.executemany(
        "INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?, ?)",
        [(article_id, n.kind, n.key, body[n.start : n.end], n.start, n.end) for n in names],
    )
    db.executemany(
        "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)",
        [
            (article_id, held.office, held.organisation, held.person, held.start, held.end)
            for held in holdings(body, names)
        ],
    )


def forget(db: Database) -> None:
    """Drops what was done by hand with names that stand in no article, within a transaction in which articles
    are erased."""
    if Names(db).there:
        db.execute(
            "DELETE FROM named_as WHERE NOT EXISTS"
            " (SELECT 1 FROM named n WHERE n.kind = named_as.kind AND n.key = named_as.key)"
        )


class Names:
    """The names of one library; threads may share it. `there`: whether it has the tables, which a disk too full
    leaves out."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.there = bool(db.rows("SELECT 1 FROM sqlite_master WHERE name = 'named_as'"))

    def names(
        self, kind: Kind | None = None, text: str = "", only: Filter = _EVERYTHING
    ) -> list[Name]:
        """The names that are shown, the most frequent of a kind first: those in articles of two or more stories
        and those confirmed by hand; with a text those in whose name or merged spellings it stands, typed with
        or without diacritics. What a filter admits is counted."""
        every = self._names(only)
        wanted = [one for one in every if one.kind == kind or kind is None]
        if text.strip():
            wanted = [one for one in wanted if any(_has(n, text) for n in (one.name, *one.merged))]
        return wanted

    def one(self, name: str) -> Name:
        """The name of an id or of these letters, typed with or without diacritics; also one that is not shown
        yet.

        Raises:
            InputError: there is none, or there are several.
        """
        self._fill()
        roots = self._roots()
        wanted, bare = {key_of(name), _place(name)}, None if has_marks(name) else _bare(name)
        found = {root for root in roots.values() if _id(*root) == name}
        found = found or {root for (_, key), root in roots.items() if key in wanted}
        found = found or {root for (_, key), root in roots.items() if strip_marks(key) == bare}
        hits = [one for root in sorted(found) for one in self._names(_EVERYTHING, root)]
        if not hits:
            raise InputError("no name {name!r} in the articles; hoibao names shows them", name=name)
        if len(hits) > 1:
            ids = ", ".join(f"{one.id} ({one.kind}: {one.name})" for one in hits)
            raise InputError(
                "{name!r} is more than one name; say which by its id: {ids}", name=name, ids=ids
            )
        return hits[0]

    def standing(self, name: Name) -> list[Seen]:
        """Where a name stands, the first place in each article, the newest first."""
        self._fill()
        rows = self._db.rows(
            "SELECT n.article_id, a.published, n.start, n.end, n.written FROM named n"
            " JOIN article a ON a.id = n.article_id"
            " LEFT JOIN named_as c ON c.kind = n.kind AND c.key = n.key"
            " WHERE n.kind = ? AND coalesce(c.root, n.key) = ? ORDER BY n.start DESC",
            (name.kind, self._key(name)),
        )
        seen = {row[0]: _seen(*row) for row in rows}
        return sorted(
            seen.values(), key=lambda s: (s.published or date.min, s.article), reverse=True
        )

    def merge(self, into: str, other: str) -> Name:
        """Lets one name go by another, also in articles that come; returns the other.

        Raises:
            InputError: one of them is not there, or they are of two kinds, or they are one already.
        """
        root, name = self.one(into), self.one(other)
        if root.kind != name.kind:
            raise InputError("{a!r} and {b!r} are of two kinds", a=root.name, b=name.name)
        if root.id == name.id:
            raise InputError("{a!r} and {b!r} are one name already", a=into, b=other)
        to, old = self._key(root), self._key(name)
        with self._db.transaction():
            self._db.execute(
                "UPDATE named_as SET root = ? WHERE kind = ? AND root = ?", (to, name.kind, old)
            )
            for key in (to, old):
                self._db.execute(
                    "INSERT INTO named_as VALUES (?, ?, ?)"
                    " ON CONFLICT (kind, key) DO UPDATE SET root = excluded.root",
                    (name.kind, key, to),
                )
        return self.one(root.id)

    def confirm(self, name: str) -> Name:
        """Shows a name that stands in one article only.

        Raises:
            InputError: it is not there.
        """
        one = self.one(name)
        with self._db.transaction():
            key = self._key(one)
            self._db.execute(
                "INSERT OR IGNORE INTO named_as VALUES (?, ?, ?)", (one.kind, key, key)
            )
        return self.one(one.id)

    def part(self, name: str) -> int:
        """Takes back what was merged into a name, and that it was confirmed; returns how many spellings go by
        themselves again.

        Raises:
            InputError: it is not there, or nothing was done with it.
        """
        one = self.one(name)
        with self._db.transaction():
            done = self._db.execute(
                "DELETE FROM named_as WHERE kind = ? AND root = ?", (one.kind, self._key(one))
            ).rowcount
        if not done:
            raise InputError("nothing was merged into {name!r}", name=one.name)
        return len(one.merged)

    def offices(self, office: str = "", person: str = "", either: str = "") -> list[Office]:
        """Who holds which office by the articles' words, by office and time; of people whose names are shown
        only, whose name has `person` in it, and with `office` in office and organisation."""
        shown = {one.id: one for one in self.names("person")}
        rows = self._db.rows(
            "SELECT h.office, h.organisation, coalesce(c.root, h.person), h.article_id, a.published, h.start,"
            " h.end, substr(a.body, h.start + 1, h.end - h.start) FROM held h"
            " JOIN article a ON a.id = h.article_id"
            " LEFT JOIN named_as c ON c.kind = 'person' AND c.key = h.person"
        )
        groups: dict[tuple[str, str, str], list[tuple[str, str, Seen]]] = defaultdict(list)
        for title, of, root, *at in rows:
            key = _id("person", root)
            if key in shown:
                groups[fold(title), key_of(of), key].append((title, of, _seen(*at)))
        made = [_office(shown[key[2]].name, told) for key, told in groups.items()]
        if office.strip():
            made = [one for one in made if _has(f"{one.office} {one.organisation}", office)]
        if either.strip():
            made = [o for o in made if _has(f"{o.office} {o.organisation} {o.person}", either)]
        if person.strip():
            made = [one for one in made if _has(one.person, person)]
        return sorted(
            made, key=lambda o: (key_of(o.organisation), fold(o.office), _when(o.first), o.person)
        )

    def _names(self, only: Filter, root: _Key | None = None) -> list[Name]:
        """The names that are shown; with a root that one, shown or not."""
        self._fill()
        if not self.there:
            return []
        condition, values = where(only)
        shown = "count(DISTINCT story) > 1 OR max(hand) = 1"
        which = shown if root is None else "kind = ? AND root = ?"
        rows = self._db.rows(
            "WITH one AS (SELECT n.kind AS kind, coalesce(c.root, n.key) AS root,"
            " CASE WHEN c.root IS NULL THEN 0 ELSE 1 END AS hand, a.id AS id, a.story AS story,"
            " a.published AS day"
            " FROM named n JOIN article a ON a.id = n.article_id"
            f" LEFT JOIN named_as c ON c.kind = n.kind AND c.key = n.key{condition})"
            " SELECT kind, root, count(DISTINCT id), count(DISTINCT story), min(day), max(day),"
            f" max(hand) FROM one GROUP BY kind, root HAVING {which}",
            (*values, *(root or ())),
        )
        best = self._spelled()
        members: dict[_Key, list[_Key]] = defaultdict(list)
        for key, to in self._roots().items():
            members[to].append(key)
        made = [_name(row, best, members[row[0], row[1]]) for row in rows]
        return sorted(made, key=lambda n: (KINDS.index(n.kind), -n.articles, n.name))

    def _spelled(self) -> dict[_Key, str]:
        """By key: how it is written most often."""
        rows = self._db.rows(
            "SELECT kind, key, written FROM named GROUP BY kind, key, written"
            " ORDER BY count(*), written DESC"
        )
        return {(kind, key): written for kind, key, written in rows}

    def _roots(self) -> dict[_Key, _Key]:
        """By key: the key of the name by which it goes."""
        if not self.there:
            return {}
        rows = self._db.rows(
            "SELECT DISTINCT n.kind, n.key, coalesce(c.root, n.key) FROM named n"
            " LEFT JOIN named_as c ON c.kind = n.kind AND c.key = n.key"
        )
        return {(kind, key): (kind, root) for kind, key, root in rows}

    def _key(self, name: Name) -> str:
        return next(root for kind, root in self._roots().values() if _id(kind, root) == name.id)

    def _fill(self) -> None:
        """Finds the names of articles that an older version added; where there are many, says how far it is.

        Raises:
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        if not self.there:
            return
        missing = self._db.rows(f"SELECT count(*) {_MISSING}")[0][0]
        done = 0
        while done < missing:
            if done or missing > FIND.batch:
                _log.warning("hoibao: looking for names: %s of %s articles", done, missing)
            with self._db.transaction():
                rows = self._db.rows(f"SELECT id, body {_MISSING} LIMIT ?", (FIND.batch,))
                for article_id, body in rows:
                    put(self._db, article_id, body)
            if not rows:  # another process did
                return
            done += len(rows)


def _name(row: tuple[Any, ...], best: dict[_Key, str], members: Sequence[_Key]) -> Name:
    """A name of its counts (kind, root, articles, stories, first, last, by hand) and of the keys that go by
    it."""
    kind, root, articles, _, first, last, by_hand = row
    name = best.get((kind, root)) or best[members[0]]
    merged = sorted({best[key] for key in members if key != (kind, root)} - {name})
    since, until = (date.fromisoformat(day) if day else None for day in (first, last))
    return Name(_id(kind, root), kind, name, articles, since, until, tuple(merged), bool(by_hand))


def _office(person: str, told: Sequence[tuple[str, str, Seen]]) -> Office:
    ordered = sorted(told, key=lambda one: (_date(one[2]), one[2].article, one[2].start))
    dated = [one for one in ordered if one[2].published] or ordered
    title, of, first = dated[0]
    return Office(title, of, person, len({one[2].article for one in told}), first, dated[-1][2])


def _seen(article: str, published: str | None, start: int, end: int, quote: str) -> Seen:
    return Seen(article, date.fromisoformat(published) if published else None, start, end, quote)


def _date(seen: Seen) -> date:
    return seen.published or date.max


def _when(seen: Seen) -> tuple[date, str]:
    return _date(seen), seen.article


def _id(kind: str, key: str) -> str:
    return hashlib.sha256(f"{kind} {key}".encode()).hexdigest()[:8]


def _place(name: str) -> str:
    """The key of a province, which has one for all of its spellings."""
    return fold(province(name) or name)


def _bare(name: str) -> str:
    return strip_marks(key_of(name))


def _has(name: str, text: str) -> bool:
    key, wanted = key_of(name), key_of(text)
    return wanted in key or (not has_marks(text) and _bare(text) in _bare(name))
