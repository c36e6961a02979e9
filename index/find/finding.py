"""What a query finds: how many articles, counted, and those that are to be shown."""

from collections.abc import Sequence

from index.find.facets import groups
from index.find.found import Found, FoundArticle, Order
from index.find.kwic import places, titled
from index.find.query import Node, dated, sought
from index.find.running import Row, Run, day, details
from index.find.words import Near
from index.store.database import Database
from index.store.details import where
from index.types import Filter, opening


class Finder:
    """Exact search in a store; it keeps the articles' details as long as nothing changes."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: tuple[int, dict[int, Row]] = (-1, {})

    def found(
        self, query: Node, only: Filter, by: Order, shown: slice, most: int, generation: int
    ) -> Found:
        """What a query finds among the articles that a filter admits, and the `shown` of them, the newest or
        the most relevant first, with at most `most` places of each (0: they are not looked for).
        `generation` is the store's."""
        known = self._known
        if known[0] != generation:
            known = self._known = (generation, details(self._db))
        return _found(self._db, Run(self._db, known[1], only), query, only, by, shown, most)


def _found(
    db: Database, run: Run, query: Node, only: Filter, by: Order, shown: slice, most: int
) -> Found:
    matching = run.matching(query)
    wanted = sought(query)
    ordered = _ordered(run, matching.sure, wanted, by)[shown]
    asked = dated(query)  # where it is not, an article without a day lacks something else
    undated = sum(asked and not run.rows[number].published for number in matching.open)
    of = max(_articles(db, only), len(run.rows))
    return Found(
        len(matching.sure),
        of,
        undated,
        len(matching.open) - undated,
        of - len(run.rows),
        groups(run.rows, matching.sure),
        tuple(_shown(run, ordered, wanted, most)),
    )


def nothing(db: Database, only: Filter) -> Found:
    """Where there is no index, for want of room when the library was opened: nothing could be searched."""
    of = _articles(db, only)
    return Found(0, of, 0, 0, of, (), ())


def _articles(db: Database, only: Filter) -> int:
    condition, values = where(only)
    count: int = db.rows(f"SELECT count(*) FROM article a{condition}", values)[0][0]
    return count


def _ordered(run: Run, numbers: frozenset[int], wanted: Sequence[Near], by: Order) -> list[int]:
    rows = run.rows
    ordered = sorted(numbers, key=lambda n: rows[n].id)
    ordered.sort(key=lambda n: rows[n].published or "", reverse=True)
    if by == "relevance":
        scores = run.scores(wanted)
        ordered.sort(key=lambda n: scores.get(n, 0.0), reverse=True)
    return ordered


def _shown(
    run: Run, numbers: Sequence[int], wanted: Sequence[Near], most: int
) -> list[FoundArticle]:
    texts = run.texts(numbers)
    shown = []
    for number in numbers:
        if number not in texts:  # removed in this moment
            continue
        source, title, body = texts[number]
        row = run.rows[number]
        standing = places(body, wanted) if most else []
        shown.append(
            FoundArticle(
                row.id,
                title or opening(body),
                row.outlet,
                row.author,
                day(row.published),
                row.place,
                source,
                titled(title, wanted),
                tuple(standing[:most]),
                max(0, len(standing) - most),
            )
        )
    return shown
