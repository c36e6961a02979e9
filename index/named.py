"""What is told of the names in a library: how often, from when to when; and who held which office."""

from dataclasses import dataclass
from datetime import date

from index.naming.found import Kind


@dataclass(frozen=True, slots=True)
class Name:
    """A name: of how many `articles`, first and last published when (None where no day is known), with the
    spellings of those that were `merged` into it. `confirmed`: by hand; all others stand in articles of two or
    more stories. `key`: what its spellings share. Different people who bear one name cannot be told apart."""

    id: str
    kind: Kind
    name: str
    articles: int
    first: date | None
    last: date | None
    merged: tuple[str, ...] = ()
    confirmed: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words of an article that say something, `quote == body[start:end]`."""

    article: str
    published: date | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Office:
    """That a person holds an office of an organisation or place ("" where the office says it): by how many
    articles, first and last told where. Both are one where one article tells it."""

    office: str
    organisation: str
    person: str
    articles: int
    first: Seen
    last: Seen
