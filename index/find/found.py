"""What exact search hands out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Order = Literal["date", "relevance"]


@dataclass(frozen=True, slots=True)
class Place:
    """Words found, `quote == body[start:end]`, with a little of what stands before and behind them, on one
    line."""

    start: int
    end: int
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that matches: `places` in its body, in order, and how many more there are; `titled`: the words
    stand in its title."""

    id: str
    title: str
    outlet: str | None
    author: str | None
    published: date | None
    place: str | None
    source: str
    titled: bool
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A month, outlet or province: how many articles of it match, of how many."""

    value: str
    matching: int
    of: int


@dataclass(frozen=True, slots=True)
class Group:
    """The matching articles by "month", "outlet" or "place"; `unknown`: of how many it is not known."""

    field: str
    facets: tuple[Facet, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds: how many articles match, of how many; how many cannot be told apart because their day
    is not known (`undated`), or their outlet, author or province (`unknown`), and how many could not be
    searched (`unreadable`); and the first of those that match."""

    matching: int
    of: int
    undated: int
    unknown: int
    unreadable: int
    groups: tuple[Group, ...]
    articles: tuple[FoundArticle, ...]
