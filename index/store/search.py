"""The keyword index of `library.db` (FTS5), searched."""

from collections.abc import Sequence
from datetime import date

from index.config import STORE
from index.store.database import Database
from index.store.details import DETAILS, where
from index.store.keywords import (
    WEIGHTS,
    fts_token,
    keyword_terms,
    match_expression,
    one_of_each,
)
from index.store.protocol import Need
from index.types import Filter, Hit


def keyword_hits(db: Database, query: str, limit: int, only: Filter) -> list[Hit]:
    """The best chunks by bm25 (higher is better) for any word or word pair of the query."""
    expression = match_expression(_rare(db, keyword_terms(query)), query)
    if expression is None:
        return []
    condition, values = where(only, " AND ")
    rank = f"bm25(keyword, {', '.join(map(str, WEIGHTS))})"
    joins = " JOIN chunk c ON c.id = k.rowid JOIN article a ON a.id = c.article_id"
    rows = db.rows(
        f"SELECT k.rowid, {rank} AS rank_ FROM keyword k{joins if condition else ''}"
        f" WHERE keyword MATCH ?{condition} ORDER BY rank_, k.rowid LIMIT ?",
        (expression, *values, limit),
    )
    return [Hit(row[0], -row[1]) for row in rows]


def _rare(db: Database, terms: Sequence[str]) -> list[str]:
    """The rarest of the terms, as many as have no more postings together than may be looked at, and
    at least one: what nearly every chunk has tells none from another, and costs the most. How many a
    term has is counted up to that limit only."""
    counts = {}
    for term in terms:
        counts[term] = db.rows(
            "SELECT count(*) FROM (SELECT 1 FROM keyword WHERE keyword MATCH ? LIMIT ?)",
            (f'"{term}"', STORE.postings),
        )[0][0]
    chosen: list[str] = []
    spent = 0
    for term in sorted(terms, key=lambda term: counts[term]):
        spent += counts[term]
        if chosen and spent > STORE.postings:
            break
        chosen.append(term)
    return chosen


def holding(
    db: Database, needs: Sequence[Need], bare: bool, only: Filter, of: str
) -> dict[str, date | None]:
    """By article with a chunk for each need: its day. `of` is the table that says whose a chunk is."""
    condition, values = where(only, " AND ")
    chunks = (
        f"SELECT article_id FROM {of} WHERE id IN (SELECT rowid FROM keyword WHERE keyword MATCH ?)"
    )
    rows = db.rows(
        f"SELECT a.id, a.published FROM article a WHERE 1{condition}"
        + f" AND a.id IN ({chunks})" * len(needs),
        (*values, *(one_of_each(need, bare) for need in needs)),
    )
    return {article_id: day and date.fromisoformat(day) for article_id, day in rows}


def spread(db: Database, terms: Sequence[str]) -> dict[str, int]:
    """By term (a word, or a pair joined by "_"): in how many chunks it stands, marked or, for a
    term without diacritics, unmarked."""
    rows = db.rows(
        "SELECT term, max(doc) FROM keyword_spread WHERE term IN "
        f"({', '.join('?' * len(terms))}) AND col IN ('body', 'bare_body') GROUP BY term",
        [fts_token(term) for term in terms],
    )
    found: dict[str, int] = dict(rows)
    return {term: found.get(fts_token(term), 0) for term in terms}


def values(db: Database, field: str, only: Filter) -> dict[str, int]:
    """The known values of a detail, or the months of publication ("2019-06"), with how many articles have each,
    the commonest first."""
    assert field in (*DETAILS, "month"), field
    column = "substr(a.published, 1, 7)" if field == "month" else f"a.{field}"
    condition, parameters = where(only, " AND ")
    rows = db.rows(
        f"SELECT {column} AS v, count(*) AS n FROM article a WHERE v IS NOT NULL{condition}"
        " GROUP BY v ORDER BY n DESC, v",
        parameters,
    )
    return dict(rows)
