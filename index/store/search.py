"""The articles of a store listed, and its keyword index searched."""

import sys
from collections.abc import Sequence
from datetime import date

from index.config import STORE
from index.language.text import has_marks
from index.store.database import Database
from index.store.details import DETAILS, details_of, where
from index.store.keywords import Wanted, all_words, fts_token, keyword_terms, one_of_each
from index.store.protocol import Need
from index.types import ArticleRow, Filter, Hit, opening


def keyword_hits(db: Database, query: str, limit: int, only: Filter) -> list[Hit]:
    """The best chunks by bm25 (higher is better) for any word or word pair of the query. One without a single
    diacritic is looked for without diacritics."""
    terms = keyword_terms(query)
    if not terms:
        return []
    wanted = Wanted((tuple(_rare(db, terms)),), not has_marks(query))
    condition, values = where(only, " AND ")
    return [Hit(*row) for row in db.text.best(wanted, condition, values, limit)]


def _rare(db: Database, terms: Sequence[str]) -> list[str]:
    """The rarest of the terms, as many as have no more postings together than may be looked at, and
    at least one: what nearly every chunk has tells none from another, and costs the most. How many a
    term has is counted up to that limit only."""
    counts = db.text.counts(terms, STORE.postings)
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
    chunks = [db.text.chunks(one_of_each(need, bare)) for need in needs]
    rows = db.rows(
        f"SELECT a.id, a.published FROM article a WHERE 1 = 1{condition}"
        + "".join(
            f" AND a.id IN (SELECT article_id FROM {of} WHERE id IN ({q}))" for q, _ in chunks
        ),
        (*values, *(value for _, some in chunks for value in some)),
    )
    return {article_id: date.fromisoformat(day) if day else None for article_id, day in rows}


def spread(db: Database, terms: Sequence[str]) -> dict[str, int]:
    """By term (a word, or a pair joined by "_"): in how many chunks it stands, marked or, for a
    term without diacritics, unmarked."""
    found = db.text.spread([fts_token(term) for term in terms]) if terms else {}
    return {term: found.get(fts_token(term), 0) for term in terms}


def articles(
    db: Database, only: Filter, text: str, limit: int, of: str
) -> tuple[list[ArticleRow], int]:
    """See `Store`. `of` is the table that says whose a chunk is."""
    condition, values = where(only)
    bound: list[object] = [*values]
    if every := all_words(text):
        chunks, its = db.text.chunks(every)
        condition += f"{' AND' if condition else ' WHERE'} a.id IN"
        condition += f" (SELECT article_id FROM {of} WHERE id IN ({chunks}))"
        bound += its
    rows = db.rows(
        f"WITH hit AS MATERIALIZED (SELECT a.rowid AS number, source FROM article a{condition})"
        " SELECT (SELECT count(*) FROM hit), id, source, story, substr(body, 1, 400),"
        " (SELECT count(*) FROM chunk c WHERE c.article_id = a.id),"
        " (SELECT count(*) FROM article b WHERE b.story = a.story),"
        f" {', '.join(DETAILS)} FROM article a"
        " WHERE a.rowid IN (SELECT number FROM hit ORDER BY source LIMIT ?) ORDER BY source",
        (*bound, sys.maxsize if limit < 0 else limit),
    )
    found = [
        ArticleRow(r[0], r[1], details_of(r[6:]), opening(r[3]), r[4], r[2], r[5]) for _, *r in rows
    ]
    return found, rows[0][0] if rows else 0


def values(db: Database, field: str, only: Filter) -> dict[str, int]:
    """The known values of a detail, or the months of publication ("2019-06"), with how many articles have each,
    the commonest first."""
    assert field in (*DETAILS, "month"), field
    column = "substr(a.published, 1, 7)" if field == "month" else f"a.{field}"
    condition, parameters = where(only, " AND ")
    rows = db.rows(
        f"SELECT {column} AS v, count(*) AS n FROM article a WHERE {column} IS NOT NULL{condition}"
        " GROUP BY v ORDER BY n DESC, v",
        parameters,
    )
    return dict(rows)
