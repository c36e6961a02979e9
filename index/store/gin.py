"""The full-text index on PostgreSQL (see `TextIndex`): the tables `keyword`, `full_text` and `said`, over the
same words as SQLite's, whose ranking (bm25) and exactness it has.

PostgreSQL's own full text knows no bm25, and places only up to the 16,383rd word. So an index (GIN) over arrays
of words finds the candidates; how often a chunk has a word stands in the array, too ("hòa", "hòa 2": twice or
more), so that no text is read to rank; a phrase is looked for in the words of the candidates, kept in order.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index.config import FIND
from index.find.parts import Part, Said
from index.find.words import Near, Term, Words, clumps
from index.language.text import has_marks
from index.store.keywords import KeywordRow, Wanted
from index.store.postgres_sql import INDEX, INDEXED
from index.store.text_index import Query

if TYPE_CHECKING:
    from index.store.database import Database

#: Letters of a word that are indexed: a longer one is none.
_LONGEST = 200
#: More of the same word in a chunk count no more: bm25 hardly tells them apart.
_OFTEN = 16
#: Letters up to which beginnings of words are indexed; what goes on is looked for among the candidates.
_BEGINNING = 12
#: Candidates whose words are counted, of those that have the most of what is looked for.
_LIKEST = 300
#: Tokens are sent as one text and parted by the server: written as an array they take several times as long.
_SEPARATOR, _ARRAY = "\n", "string_to_array(?, chr(10))"
#: bm25's, as FTS5 has them.
_K, _B = 1.2, 0.75


class Gin:
    """See `TextIndex`."""

    def __init__(self, db: "Database") -> None:
        self._db = db
        #: By table: the store's generation, how many rows it had then, and their words on average.
        self._known: dict[str, tuple[str, int, float]] = {}

    # -- chunks ------------------------------------------------------------------------------

    def put_chunks(self, rows: Sequence[tuple[int, KeywordRow]]) -> None:
        self._db.executemany(
            f"INSERT INTO keyword VALUES (?, ?, {_ARRAY})",
            [(number, size, _SEPARATOR.join(tokens)) for number, row in rows
             for size, tokens in [_chunk(row)]],
        )  # fmt: skip

    def drop_chunks(self, article_id: str) -> None:
        self._db.execute(
            "DELETE FROM keyword WHERE rowid IN (SELECT id FROM chunk WHERE article_id = ?)",
            (article_id,),
        )

    def chunks(self, wanted: Wanted) -> Query:
        groups = [[_token(term, wanted.bare) for term in group] for group in wanted.groups]
        condition = " AND ".join(["tokens && ?"] * len(groups)) or "FALSE"
        return f"SELECT rowid FROM keyword WHERE {condition}", tuple(groups)

    def counts(self, terms: Sequence[str], most: int) -> dict[str, int]:
        by_token = {_token(term, not has_marks(term)): term for term in terms}
        found = self._counted("keyword", list(by_token), most)
        return {term: found[token] for token, term in by_token.items()}

    def best(
        self, wanted: Wanted, condition: str, values: Sequence[object], limit: int
    ) -> list[tuple[int, float]]:
        (group,) = wanted.groups
        tokens = list(dict.fromkeys(_token(term, wanted.bare) for term in group))
        count, average = self._sizes("keyword")
        idfs = {t: _idf(n, count) for t, n in self._counted("keyword", tokens).items()}
        asked = [
            (token if often == 1 else f"{token} {often}", idfs[token], float(often))
            for token in tokens
            for often in range(1, _OFTEN + 1)
        ]
        # With decimals (numeric) it takes five times as long.
        often = f"({_K + 1}::float8 * q.often / (q.often + k.norm))"
        once_less = f"({_K + 1}::float8 * (q.often - 1) / (q.often - 1 + k.norm))"
        norm = f"{_K}::float8 * ({1 - _B}::float8 + {_B}::float8 * size / ?::float8) AS norm"
        joins = " JOIN chunk c ON c.id = s.rowid JOIN article a ON a.id = c.article_id"
        return self._db.rows(
            f"WITH s AS MATERIALIZED (SELECT k.rowid, sum(q.idf * ({often} - {once_less})) AS score"
            " FROM unnest(?::text[], ?::float8[], ?::float8[]) AS q (token, idf, often)"
            f" CROSS JOIN LATERAL (SELECT rowid, {norm} FROM keyword WHERE tokens @> ARRAY[q.token]) k"
            f" GROUP BY k.rowid) SELECT s.rowid, s.score FROM s{joins if condition else ''}"
            f" WHERE TRUE{condition} ORDER BY s.score DESC, s.rowid LIMIT ?",
            (*map(list, zip(*asked)), average, *values, limit),
        )

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        by_token = {_token(term, not has_marks(term)): term for term in terms}
        around = [f"~{token}" for token in by_token]
        found = self._counted("keyword", [*by_token, *around])
        return {term: found[token] - found[f"~{token}"] for token, term in by_token.items()}

    # -- whole articles ------------------------------------------------------------------------

    def put_article(self, number: int, title: Words, body: Words) -> None:
        size, tokens = _article(title, body)
        texts = map(_text, (title.keys, body.keys, title.bare, body.bare))
        self._db.execute(
            f"INSERT INTO full_text VALUES (?, ?, {_ARRAY}, ?, ?, ?, ?)",
            (number, size, _SEPARATOR.join(tokens), *texts),
        )

    def drop_article(self, number: int, title: Words, body: Words) -> None:
        self._db.execute("DELETE FROM full_text WHERE rowid = ?", (number,))

    def articles(self, parts: Sequence[Part]) -> list[int]:
        condition, values = _all(parts)
        near = [part for part in parts if len(part.phrases) > 1 and part.distance is not None]
        texts = ", title, body, bare_title, bare_body" if near else ""
        rows = self._db.rows(f"SELECT rowid{texts} FROM full_text WHERE {condition}", values)
        return [number for number, *said in rows if all(_near(part, said) for part in near)]

    def scores(self, any_of: Sequence[Sequence[Part]]) -> dict[int, float]:
        conditions = [_all(parts) for parts in any_of]
        sought = [(p, said) for parts in any_of for p in parts for said in p.phrases]
        columns, counted = zip(*(_occurring(part, said) for part, said in sought))
        condition = " OR ".join(f"({one})" for one, _ in conditions)
        rows = self._db.rows(
            f"SELECT rowid, size, {', '.join(columns)} FROM full_text WHERE {condition}",
            (*_flat(counted), *_flat(values for _, values in conditions)),
        )
        return self._ranked(rows)

    def likest(self, words: Sequence[str], title: bool, most: int) -> list[int]:
        said = {word: Said((word,)) for word in words}
        tokens = [f"^{word[:_LONGEST]}" if title else word[:_LONGEST] for word in said]
        count, _ = self._sizes("full_text")
        idfs = {t: _idf(n, count) for t, n in self._counted("full_text", tokens).items()}
        part = Part(tuple(said.values()), bare=True, title=title)
        columns, counted = zip(*(_occurring(part, one, not title) for one in part.phrases))
        rows = self._db.rows(
            f"SELECT f.rowid, f.size, {', '.join(columns)} FROM full_text f JOIN (SELECT k.rowid,"
            " sum(q.idf) AS score FROM unnest(?::text[], ?::float8[]) AS q (token, idf) CROSS JOIN LATERAL"
            " (SELECT rowid FROM full_text WHERE tokens @> ARRAY[q.token]) k GROUP BY k.rowid"
            f" ORDER BY score DESC, k.rowid LIMIT {_LIKEST}) s ON s.rowid = f.rowid",
            (*_flat(counted), list(idfs), list(idfs.values())),
        )
        scores = self._ranked([row for row in rows if any(row[2:])])
        return sorted(scores, key=lambda number: (-scores[number], number))[:most]

    # -- conversations -------------------------------------------------------------------------

    def put_said(self, turn: int, marked: str, bare: str) -> None:
        self.drop_said([turn])
        self._db.execute("INSERT INTO said VALUES (?, ?, ?)", (turn, marked, bare))

    def drop_said(self, turns: Sequence[int]) -> None:
        self._db.executemany("DELETE FROM said WHERE rowid = ?", [(turn,) for turn in turns])

    def said(self, terms: Sequence[str], bare: bool) -> Query:
        column = "bare" if bare else "marked"
        every = " AND ".join([f"strpos(' ' || {column}, ?) > 0"] * len(terms))
        return f"SELECT rowid FROM said WHERE {every}", tuple(f" {term}" for term in terms)

    # -- much at once --------------------------------------------------------------------------

    def put_off(self) -> None:
        for table in INDEXED:
            self._db.execute(f"DROP INDEX IF EXISTS {table}_tokens")

    def catch_up(self) -> None:
        self._db.execute("SET LOCAL maintenance_work_mem = '256MB'")
        there = {row[0] for row in self._db.rows("SELECT name FROM sqlite_master")}
        for table in INDEXED:
            if table in there:
                self._db.execute(INDEX.format(table))

    # -- what is counted -----------------------------------------------------------------------

    def _counted(
        self, table: str, tokens: Sequence[str], most: int | None = None
    ) -> dict[str, int]:
        """By token: how many rows have it, up to `most`."""
        of = f"SELECT 1 FROM {table} WHERE tokens @> ARRAY[q.token] LIMIT ?"
        counted = f"(SELECT count(*) FROM ({of}) AS few)"
        statement = f"SELECT q.token, {counted} FROM unnest(?::text[]) AS q (token)"
        # In their order in the statement.
        return dict(self._db.rows(statement, (most, list(tokens))))

    def _sizes(self, table: str) -> tuple[int, float]:
        """How many rows there are, and how many words they have on average."""
        told = self._db.rows("SELECT value FROM meta WHERE key = 'generation'")[0][0]
        known = self._known.get(table)
        if known is None or known[0] != told:
            sql = f"SELECT count(*), coalesce(avg(size), 1)::float8 FROM {table}"
            known = self._known[table] = (told, *self._db.rows(sql)[0])
        return known[1], max(known[2], 1.0)

    def _ranked(self, rows: Sequence[Sequence[float]]) -> dict[int, float]:
        """bm25 by number, of rows of number, size, and how often each thing occurs."""
        count, average = self._sizes("full_text")
        having = [sum(n > 0 for n in column) for column in list(zip(*rows))[2:]]
        idfs = [_idf(n, count) for n in having]
        found = {}
        for number, size, *often in rows:
            norm = _K * (1 - _B + _B * size / average)
            weighed = zip(idfs, often, strict=True)
            found[int(number)] = sum(idf * n * (_K + 1) / (n + norm) for idf, n in weighed)
        return found


def _idf(having: int, count: int) -> float:
    """As FTS5 has it: what more than half have still counts a little."""
    idf = math.log((max(count, having) - having + 0.5) / (having + 0.5))
    return idf if idf > 0 else 1e-6


def _flat(values: Iterable[Iterable[object]]) -> list[object]:
    return [one for some in values for one in some]


# -- chunks: what stands in the array --------------------------------------------------------------


def _token(term: str, bare: bool) -> str:
    """A word or pair without diacritics stands for all that read so without theirs; with "=" for itself."""
    return (term if bare or has_marks(term) else f"={term}")[:_LONGEST]


def _chunk(row: KeywordRow) -> tuple[int, list[str]]:
    """How many tokens a chunk has with its context, and what is indexed of them: each, how often ("hòa 2"), and
    that it stands in the context only ("~hòa")."""
    body, bare = row.body.split(), row.bare_body.split()
    around, bare_around = row.context.split(), row.bare_context.split()
    written = [m if m != b else f"={m}" for m, b in zip(body + around, bare + bare_around)]
    inside = {*written[: len(body)], *bare}
    tokens = []
    for token, often in Counter([*written, *bare, *bare_around]).items():
        one = token[:_LONGEST]
        tokens.append(one)
        if often > 1:
            tokens += [f"{one} {n}" for n in range(2, min(often, _OFTEN) + 1)]
        if token not in inside:
            tokens.append(f"~{one}")
    return len(written), tokens


# -- whole articles: what stands in the array, and in the texts -------------------------------------


def _article(title: Words, body: Words) -> tuple[int, list[str]]:
    """How many words an article has, and what is indexed of them: each with and without diacritics, its
    beginnings ("ho*"), and without diacritics that it stands in the title ("^hoa")."""
    words = {*title.keys, *body.keys, *title.bare, *body.bare}
    least, most = FIND.beginning, _BEGINNING + 1
    begun = {f"{w[:n]}*" for w in words for n in range(least, min(len(w) + 1, most))}
    titled = {f"^{word[:_LONGEST]}" for word in title.bare}
    return len(title.keys) + len(body.keys), [*{w[:_LONGEST] for w in words}, *begun, *titled]


def _text(words: Sequence[str]) -> str:
    """Words in order, each between two spaces of its own, so that the same one twice is found twice."""
    return f" {'  '.join(words)} " if words else ""


def _needle(said: Said) -> str:
    return f" {'  '.join(said.words)}{'' if said.begun else ' '}"


def _all(parts: Sequence[Part]) -> tuple[str, list[object]]:
    """A condition that the articles that satisfy all parts meet; of phrases near each other it says only that
    they are there."""
    conditions, values = [], list[object]()
    for part in parts:
        each = [_said(part, said) for said in part.phrases]
        joined = (" OR " if part.distance is None else " AND ").join(f"({one})" for one, _ in each)
        conditions.append(f"({joined})")
        values += _flat(some for _, some in each)
    return " AND ".join(conditions), values


def _said(part: Part, said: Said) -> tuple[str, list[object]]:
    """The condition for a phrase: its words by the index and, where that is not exact, by reading."""
    tokens = [word[:_LONGEST] for word in said.words]
    if said.begun:
        tokens[-1] = f"{tokens[-1][:_BEGINNING]}*"
    if part.title and part.bare and not said.begun:
        tokens = [f"^{token}" for token in tokens]
    exact = len(said.words) == 1 and not part.title and len(said.words[0]) <= _BEGINNING
    if exact and (part.bare or has_marks(said.words[0])):
        return "tokens @> ?", [tokens]
    columns, needle = _columns(part), _needle(said)
    standing = " OR ".join(f"strpos({column}, ?) > 0" for column in columns)
    return f"tokens @> ? AND ({standing})", [tokens, *[needle] * len(columns)]


def _columns(part: Part) -> list[str]:
    columns = ["title"] if part.title else ["title", "body"]
    return [f"bare_{column}" for column in columns] if part.bare else columns


def _occurring(part: Part, said: Said, body_only: bool = False) -> tuple[str, list[object]]:
    """How often a phrase occurs in an article, as an expression; in the title it counts for more."""
    needle = _needle(said)
    terms = []
    for column in _columns(part)[1 if body_only else 0 :]:
        weight = FIND.title if column.endswith("title") and not body_only else 1.0
        gone = f"length({column}) - length(replace({column}, ?, ''))"
        terms.append(f"{weight}::float8 * ({gone}) / {len(needle)}")
    return f"({' + '.join(terms)})", [needle] * len(terms)


def _near(part: Part, said: Sequence[str]) -> bool:
    """Whether all phrases of a part stand near each other in an article's title or body (in order: both, with
    diacritics and without)."""
    phrases = tuple(
        tuple(
            Term((word,), not part.bare, one.begun and at == len(one.words) - 1)
            for at, word in enumerate(one.words)
        )
        for one in part.phrases
    )
    sought = Near(phrases, part.distance or 0)
    title, body, bare_title, bare_body = (text.split() for text in said)
    texts = [Words(title, bare_title), *([] if part.title else [Words(body, bare_body)])]
    return any(clumps(sought, text) for text in texts)
