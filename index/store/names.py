"""The names in a library's articles and who holds which office (`index.naming`), with what was merged, parted
and confirmed by hand.

Names are found in an article when it is written; in those of older versions when names are asked for first.
They go with their article. What was done by hand is kept by a name's own letters and not by articles, so that
it holds for those that come, too. Who changes what is found writes a step that empties `named_in`.
"""

import logging
import re
from datetime import date
from typing import Any

from index.config import FIND
from index.errors import InputError
from index.language.text import fold, has_marks, strip_marks
from index.named import Name, Office, Seen
from index.naming.found import KINDS, Kind, found, key_of
from index.naming.offices import holdings
from index.naming.runs import province
from index.store.counts import Counts, id_of, marks
from index.store.database import Database
from index.store.offices import Held, held, read
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
#: All that counting needs, so that no article and no row of a name is read for it.
COUNTED = """
DROP INDEX named_key;
CREATE INDEX named_key ON named (kind, key, written);
CREATE INDEX article_told ON article (id, story, published, outlet, place);
"""
#: Leaves no name found; they are found again when they are asked for.
EMPTIED = ("DELETE FROM named_in",)
_MISSING = "FROM article WHERE id NOT IN (SELECT article_id FROM named_in)"
_EVERYTHING = Filter()
_ID = re.compile(r"[0-9a-f]{8}")
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
        made = {row[0] for row in db.rows("SELECT name FROM sqlite_master")}
        self.there = "named_as" in made
        self._counts = Counts(db, "article_told" in made)
        self._held: tuple[Any, list[Held]] = (None, [])

    def names(
        self, kind: Kind | None = None, text: str = "", only: Filter = _EVERYTHING
    ) -> list[Name]:
        """The names that are shown, the most frequent of a kind first: those in articles of two or more stories
        and those confirmed by hand; with a text those in whose name or merged spellings it stands, typed with
        or without diacritics. What a filter admits is counted."""
        self._fill()
        found: list[Name] = []
        for one in [kind] if kind else KINDS if self.there else ():
            found += self._counts.admitted(one, only)
        if text.strip():
            wanted = _Sought(text)
            found = [n for n in found if wanted.stands_in(n.key, *map(key_of, n.merged))]
        return found

    def count(self) -> None:
        """Counts names and offices as they are now: who asks then waits for neither. Nothing where articles of
        an older version were not looked at yet."""
        if self.there and not self._db.rows(f"SELECT 1 {_MISSING} LIMIT 1"):
            for kind in KINDS:
                self._counts.shown(kind)
            self._holding()

    def one(self, name: str) -> Name:
        """The name of an id or of these letters, typed with or without diacritics; also one that is not shown
        yet.

        Raises:
            InputError: there is none, or there are several.
        """
        self._fill()
        if self.there and _ID.fullmatch(name):
            for kind in sorted(KINDS, key=lambda kind: kind not in self._counts.known):
                for shown in self._counts.shown(kind).names.values():
                    if shown.id == name:
                        return shown
        hits = [one for root in sorted(self._meant(name)) for one in self._counts.by_key(*root)]
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
        keys = self._counts.keys(name.kind, name.key)
        rows = self._db.rows(
            "SELECT n.article_id, a.published, n.start, n.end, n.written FROM named n"
            f" JOIN {self._counts.article} ON a.id = n.article_id"
            f" WHERE n.kind = ? AND n.key IN ({marks(keys)}) ORDER BY n.start DESC",
            (name.kind, *keys),
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
        to, old = root.key, name.key
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
            self._db.execute(
                "INSERT OR IGNORE INTO named_as VALUES (?, ?, ?)", (one.kind, one.key, one.key)
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
                "DELETE FROM named_as WHERE kind = ? AND root = ?", (one.kind, one.key)
            ).rowcount
        if not done:
            raise InputError("nothing was merged into {name!r}", name=one.name)
        return len(one.merged)

    def offices(self, office: str = "", person: str = "", either: str = "") -> list[Office]:
        """Who holds which office by the articles' words, by office and time; of people whose names are shown
        only, whose name has `person` in it, and with `office` in office and organisation."""
        return self.first_offices(-1, office, person, either)[0]

    def first_offices(
        self, limit: int, office: str = "", person: str = "", either: str = ""
    ) -> tuple[list[Office], int]:
        """The first of them (-1: all), and how many there are in all; the words of those only are read."""
        self._fill()
        found = self._holding() if self.there else []
        if office.strip():
            wanted = _Sought(office)
            found = [one for one in found if wanted.stands_in(one.key)]
        if either.strip():
            wanted = _Sought(either)
            found = [one for one in found if wanted.stands_in(f"{one.key} {one.person_key}")]
        if person.strip():
            wanted = _Sought(person)
            found = [one for one in found if wanted.stands_in(one.person_key)]
        some = found if limit < 0 else found[:limit]
        return read(self._db, some), len(found)

    def _holding(self) -> list[Held]:
        people = self._counts.shown("person")
        if self._held[0] != people.state:
            shown = {key: one.name for key, one in people.names.items()}
            roots = self._counts.by_hand("person")
            self._held = people.state, held(self._db, self._counts.article, shown, roots)
        return self._held[1]

    def _meant(self, name: str) -> set[_Key]:
        """The keys by which a name can go: of these letters, else without diacritics, or of this id."""
        if not self.there:
            return set()
        kinds, wanted = ", ".join("?" * len(KINDS)), (key_of(name), _place(name))
        rows = self._db.rows(
            f"SELECT DISTINCT kind, key FROM named WHERE kind IN ({kinds}) AND key IN (?, ?)",
            (*KINDS, *wanted),
        )
        roots = {kind: self._counts.by_hand(kind) for kind in KINDS}
        if not rows:
            bare, an_id = None if has_marks(name) else _bare(name), _ID.fullmatch(name)
            rows = [
                (kind, key)
                for kind, key in self._db.rows("SELECT DISTINCT kind, key FROM named")
                if strip_marks(key) == bare
                or (an_id and id_of(kind, roots[kind].get(key, key)) == name)
            ]
        return {(kind, roots[kind].get(key, key)) for kind, key in rows}

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


class _Sought:
    """What was typed, with or without diacritics."""

    def __init__(self, text: str) -> None:
        self._key = key_of(text)
        self._bare = None if has_marks(text) else strip_marks(self._key)

    def stands_in(self, *keys: str) -> bool:
        """Whether it stands in one of these keys of names."""
        bare = self._bare
        return any(self._key in k or (bare is not None and bare in strip_marks(k)) for k in keys)


def _seen(article: str, published: str | None, start: int, end: int, quote: str) -> Seen:
    return Seen(article, date.fromisoformat(published) if published else None, start, end, quote)


def _place(name: str) -> str:
    """The key of a province, which has one for all of its spellings."""
    return fold(province(name) or name)


def _bare(name: str) -> str:
    return strip_marks(key_of(name))
