"""Which articles hold correction notices, and which articles they correct, kept in `library.db`: found anew for
what comes and what goes, whichever comes first; what a user decided stays, also while one of the two waits in
the trash."""

import contextlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.errors import InputError, LibraryError
from index.find.words import words
from index.notice.fit import Fit, Read, fit, spots
from index.notice.notices import Notice, notices
from index.notice.values import Pair, guessed
from index.store.database import Database

#: "linked" and "offered" are found, "confirmed" and "refused" are the user's.
State = Literal["linked", "offered", "confirmed", "refused"]

#: The step of the schema. `notices` says whether the articles of an older version were looked through.
STEP = """
CREATE TABLE notice (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE notice_link (
    notice_id TEXT NOT NULL, article_id TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (notice_id, article_id)) WITHOUT ROWID;
CREATE INDEX notice_link_article ON notice_link (article_id);
INSERT INTO meta VALUES ('notices', '0');
"""
#: All that was found is looked for again when the library is opened; what a user decided stays.
AGAIN = (
    "DELETE FROM notice_link WHERE state IN ('linked', 'offered')",
    "UPDATE meta SET value = '0' WHERE key = 'notices'",
)
_READ = "a.id, a.title, a.outlet, a.published, a.body, a.story"
_FOUND = "state IN ('linked', 'offered')"
#: Candidates looked at for a notice, and words of it that they are searched by.
_MOST, _WORDS = 60, 40
_log = logging.getLogger("hoibao")


@dataclass(frozen=True, slots=True)
class Link:
    """A notice and an article that it corrects, or may correct, by their ids."""

    notice: str
    article: str
    state: State

    @property
    def holds(self) -> bool:
        """Whether the one corrects the other, as far as is known."""
        return self.state in ("linked", "confirmed")


@dataclass(frozen=True, slots=True)
class Put:
    """What a notice puts right in an article: where it stands in the notice, what was wrong and what is right,
    and the sentences of the article in which that stands (none: it was put right there, or is not known)."""

    notice: str
    article: str
    start: int
    end: int
    pair: Pair
    spots: tuple[tuple[int, int], ...]


class Notices:
    """The notices of a library. `known`: whether its file has the tables."""

    def __init__(self, db: Database, known: bool) -> None:
        self._db, self._known = db, known
        if known:
            with contextlib.suppress(LibraryError):  # a full disk, or it is busy: the next time
                self._fill()

    # -- reading ---------------------------------------------------------------------------

    def links(self, article_ids: Sequence[str] | None = None) -> list[Link]:
        """The notices and what they correct or may correct, of these articles (as notice or corrected) or of
        all; those that a user refused are left out."""
        if not self._known:
            return []
        condition = ""
        values: tuple[str, ...] = ()
        if article_ids is not None:
            marks = ", ".join("?" * len(article_ids))
            condition = f" AND (l.notice_id IN ({marks}) OR l.article_id IN ({marks}))"
            values = (*article_ids, *article_ids)
        rows = self._db.rows(
            "SELECT l.notice_id, l.article_id, l.state FROM notice_link l"
            " JOIN article n ON n.id = l.notice_id JOIN article a ON a.id = l.article_id"
            f" WHERE l.state != 'refused'{condition} ORDER BY n.published DESC NULLS LAST, 1, 2",
            values,
        )
        return [Link(*row) for row in rows]

    def put_right(self, article_ids: Sequence[str]) -> list[Put]:
        """What notices put right in these articles, or say as these articles; the newest notice first."""
        found = []
        for link in self.links(article_ids):
            if link.holds:
                found += self.puts(link)
        return found

    def puts(self, link: Link) -> list[Put]:
        """What the notice of a link puts right in its article."""
        read = {one.id: one for one in self._articles([link.notice, link.article])}
        of, article = read.get(link.notice), read.get(link.article)
        if not of or not article:  # removed in this moment
            return []
        own = of.id == article.id
        told = notices(of.title, of.outlet, of.body)
        meant = [one for one in told if fit(one, of, article)]
        return [
            Put(
                of.id,
                article.id,
                one.start,
                one.end,
                pair,
                tuple(spots(one, pair, article.body, own)),
            )
            for one in meant or told
            for pair in (guessed(pair, article.body) for pair in one.pairs)
        ]

    # -- deciding --------------------------------------------------------------------------

    def decide(self, notice_id: str, article_id: str, right: bool) -> None:
        """Keeps what a user says: that a notice corrects an article, or that it does not.

        Raises:
            InputError: one of them is not in the library.
            LibraryError: the disk is full, or another process keeps the library busy.
        """
        known = {one.id for one in self._articles([notice_id, article_id])}
        for one in (notice_id, article_id):
            if one not in known:
                raise InputError("no article {id!r} here; hoibao list shows the ids", id=one)
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO notice_link VALUES (?, ?, ?)"
                " ON CONFLICT (notice_id, article_id) DO UPDATE SET state = excluded.state",
                (notice_id, article_id, "confirmed" if right else "refused"),
            )
            self._link([notice_id])

    # -- changing --------------------------------------------------------------------------

    def follow(self, gone: Iterable[str], came: Iterable[str]) -> None:
        """Finds anew what the articles that came and went change, within a transaction and at its end."""
        came = tuple(came)
        touched = tuple(dict.fromkeys((*gone, *came)))
        if not touched or not self._known:
            return
        again = set(self._drop(touched))
        fresh = []
        for one in self._articles(came):
            fresh.append(one)
            if notices(one.title, one.outlet, one.body):
                self._db.execute("INSERT OR IGNORE INTO notice VALUES (?)", (one.id,))
                again.add(one.id)
        for of in self._articles(self._ids()) if fresh else ():
            told = () if of.id in again else notices(of.title, of.outlet, of.body)
            if any(fit(one, of, other) for one in told for other in fresh):
                again.add(of.id)
        self._link(again)

    def _fill(self) -> None:
        """Looks through the articles that an older version added."""
        if self._db.rows("SELECT 1 FROM meta WHERE key = 'notices' AND value = '1'"):
            return
        with self._db.transaction():
            rows = self._db.rows(f"SELECT {_READ} FROM article a")
            if len(rows) > _MOST:
                _log.warning("hoibao: looking for correction notices in %s articles", len(rows))
            held = [row[0] for row in rows if notices(row[1], row[2], row[4])]
            self._db.execute("DELETE FROM notice")
            self._db.executemany("INSERT INTO notice VALUES (?)", [(one,) for one in held])
            self._link(held)
            self._db.execute("UPDATE meta SET value = '1' WHERE key = 'notices'")

    def _drop(self, ids: Sequence[str]) -> list[str]:
        """Forgets what was found of articles; returns the notices that were linked to them."""
        linked = []
        for one in ids:
            linked += self._db.rows(
                f"SELECT notice_id FROM notice_link WHERE article_id = ? AND {_FOUND}", (one,)
            )
            self._db.execute("DELETE FROM notice WHERE article_id = ?", (one,))
            self._db.execute(
                f"DELETE FROM notice_link WHERE (notice_id = ?1 OR article_id = ?1) AND {_FOUND}",
                (one,),
            )
        left = set(self._ids())
        return [row[0] for row in linked if row[0] in left]

    def _ids(self) -> list[str]:
        return [row[0] for row in self._db.rows("SELECT article_id FROM notice")]

    def _articles(self, ids: Sequence[str]) -> list[Read]:
        found = []
        for first in range(0, len(ids), 500):
            some = ids[first : first + 500]
            marks = ", ".join("?" * len(some))
            found += self._db.rows(f"SELECT {_READ} FROM article a WHERE a.id IN ({marks})", some)
        return [_read(row) for row in found]

    def _link(self, ids: Iterable[str]) -> None:
        """Links notices with what they correct, or offers what they may correct."""
        for of in self._articles(sorted(ids)):
            self._db.execute(f"DELETE FROM notice_link WHERE notice_id = ? AND {_FOUND}", (of.id,))
            decided = dict(
                self._db.rows(
                    "SELECT article_id, state FROM notice_link WHERE notice_id = ?", (of.id,)
                )
            )
            links: dict[str, State] = {}
            for one in notices(of.title, of.outlet, of.body):
                tried = [(other, fit(one, of, other)) for other in self._candidates(one, of)]
                tried = [pair for pair in tried if decided.get(pair[0].id) != "refused"]
                if not any(decided.get(other.id) == "confirmed" and how for other, how in tried):
                    links = {**_chosen(tried), **links}
            self._db.executemany(
                "INSERT OR IGNORE INTO notice_link VALUES (?, ?, ?)",
                [(of.id, article_id, state) for article_id, state in links.items()],
            )

    def _candidates(self, notice: Notice, of: Read) -> list[Read]:
        """The articles that have most of the words of the title that a notice names, or else of its own."""
        told = words(notice.title or " ".join(sorted(notice.words))).bare
        if notice.title is None and notice.appended:
            return [of]
        if not told:
            return []
        some = list(dict.fromkeys(told))[:_WORDS]
        numbers = self._db.text.likest(some, notice.title is not None, _MOST)
        rows = self._db.rows(
            f"SELECT o.number, {_READ} FROM full_text_of o JOIN article a ON a.id = o.id"
            f" WHERE o.number IN ({', '.join('?' * len(numbers))})",
            numbers,
        )
        rows.sort(key=lambda row: numbers.index(row[0]))
        found = [_read(row) for _, *row in rows]
        return found if any(one.id == of.id for one in found) else [*found, of]


def _read(row: Sequence[str | None]) -> Read:
    key, title, outlet, published, body, story = row
    day = date.fromisoformat(published) if published else None
    return Read(key or "", title, outlet, day, body or "", story or "")


def _chosen(tried: Sequence[tuple[Read, Fit | None]]) -> dict[str, State]:
    """What is linked: the articles that surely are meant, where they tell one story; else all are offered."""
    sure = [one for one, how in tried if how == "sure"]
    if sure and len({one.story or one.id for one in sure}) == 1:
        return dict.fromkeys((one.id for one in sure), "linked")
    return dict.fromkeys((one.id for one, how in tried if how), "offered")


def forget(db: Database, article_id: str) -> None:
    """Deletes what a user decided of an article that is neither in the library nor in the trash, within a
    transaction."""
    db.execute(
        "DELETE FROM notice_link WHERE ?1 IN (notice_id, article_id)"
        " AND NOT EXISTS (SELECT 1 FROM article WHERE id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM trash WHERE id = ?1)",
        (article_id,),
    )
