"""What is asked of a full-text index: that of SQLite (`index.store.fts5`) and that of PostgreSQL
(`index.store.gin`) keep this protocol.

It has three parts: the words of chunks, ranked; the words of whole articles, found exactly; what was said in
conversations.
"""

from collections.abc import Sequence
from typing import Protocol

from index.find.parts import Part
from index.find.words import Words
from index.store.keywords import KeywordRow, Wanted

#: An SQL query with its values.
Query = tuple[str, tuple[object, ...]]


class TextIndex(Protocol):
    """A full-text index in the database of what it indexes; changed within transactions."""

    # -- chunks ------------------------------------------------------------------------------

    def put_chunks(self, rows: Sequence[tuple[int, KeywordRow]]) -> None:
        """Indexes the words of chunks, each with its number."""
        ...

    def drop_chunks(self, article_id: str) -> None:
        """Takes an article's chunks out, while they are in the table `chunk`."""
        ...

    def chunks(self, wanted: Wanted) -> Query:
        """A query that gives the numbers of the chunks that have what is wanted."""
        ...

    def counts(self, terms: Sequence[str], most: int) -> dict[str, int]:
        """By term (a word or pair, as indexed): how many chunks have it, counted up to `most`."""
        ...

    def best(
        self, wanted: Wanted, condition: str, values: Sequence[object], limit: int
    ) -> list[tuple[int, float]]:
        """The chunks that have any of the only group that is wanted, of articles `a` that meet a condition
        ("": all), by bm25 (higher is better), best first."""
        ...

    def spread(self, terms: Sequence[str]) -> dict[str, int]:
        """By term, those with diacritics and those without alike: in how many chunks' text it stands."""
        ...

    # -- whole articles ------------------------------------------------------------------------

    def put_article(self, number: int, title: Words, body: Words) -> None:
        """Indexes the words of a whole article."""
        ...

    def drop_article(self, number: int, title: Words, body: Words) -> None:
        """Takes an article out, with the words that it was put in with."""
        ...

    def articles(self, parts: Sequence[Part]) -> list[int]:
        """The numbers of the articles that satisfy all parts."""
        ...

    def scores(self, any_of: Sequence[Sequence[Part]]) -> dict[int, float]:
        """By article that satisfies all parts of any of these: bm25, higher is better."""
        ...

    def likest(self, words: Sequence[str], title: bool, most: int) -> list[int]:
        """The numbers of the articles that have most of these words (without diacritics) in their titles, or
        bodies, best first."""
        ...

    # -- conversations -------------------------------------------------------------------------

    def put_said(self, turn: int, marked: str, bare: str) -> None:
        """Indexes the words of a turn, in the place of what was indexed of it."""
        ...

    def drop_said(self, turns: Sequence[int]) -> None:
        """Takes turns out."""
        ...

    def said(self, terms: Sequence[str], bare: bool) -> Query:
        """A query that gives the numbers of the turns in which every term is the beginning of a word."""
        ...

    # -- much at once --------------------------------------------------------------------------

    def put_off(self) -> None:
        """What is put in from here on need not be found, within this transaction, until `catch_up`."""
        ...

    def catch_up(self) -> None:
        """Makes all of it findable."""
        ...
