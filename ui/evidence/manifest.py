"""What evidence says of itself: its zip (`index.sealed`) begins with `manifest.json`, which has the questions,
answers, quotes with their offsets, what the articles' files hash to, and the hash of every other member;
`manifest.sha256` has the manifest's own.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Literal

from index.language.text import escaped

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: Of the manifest; another one is refused.
SCHEMA = 1
MANIFEST, SEAL, PAGE = "manifest.json", "manifest.sha256", "index.html"


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: its words stand at `text[start:end]` of an article, whose id is `article` ("gone", "changed":
    when the evidence was made there was no such article any more, or not these words in it)."""

    number: int
    article: str
    title: str
    start: int
    end: int
    quote: str
    outlet: str | None = None
    published: date | None = None
    page: int | None = None
    stands: Literal["here", "changed", "gone"] = "here"


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the numbers of what it cites, and what the checker found wrong in it."""

    text: str
    citations: tuple[int, ...]
    verified: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer; `writer`: the language model that phrased it."""

    question: str
    asked: str
    search_query: str
    outcome: str
    answer: str
    lead: str
    writer: str
    filters: tuple[str, ...]
    statements: tuple[Stated, ...]
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The file that an article was read from, without its folder; `part`: which of its articles; `sha256`: of
    the file when it was read; `member`: where it lies in the evidence."""

    name: str
    part: str = ""
    sha256: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An article that is quoted: its text is the member `text`, UTF-8, which hashes to `sha256`."""

    id: str
    title: str
    outlet: str | None
    author: str | None
    published: date | None
    time: str | None
    place: str | None
    url: str | None
    text: str
    sha256: str
    original: Original


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the manifest says."""

    schema: int
    program: str
    created: str
    name: str
    models: dict[str, str]
    answers: tuple[Answered, ...]
    articles: tuple[Held, ...]
    #: The SHA-256 of every member but the manifest and its seal.
    members: dict[str, str]


def to_bytes(told: Evidence) -> bytes:
    """The manifest."""
    document = _adapter().dump_python(told, mode="json")
    return encoded(escaped(json.dumps(document, ensure_ascii=False, indent=1)))


def from_bytes(data: bytes) -> Evidence:
    """What a manifest says.

    Raises:
        ValueError: it is none.
    """
    return _adapter().validate_json(data)


def sealed(told: Evidence, members: dict[str, bytes]) -> dict[str, bytes]:
    """All members: the manifest with the others' hashes, its seal, the others."""
    hashes = {name: sha256(data) for name, data in members.items()}
    manifest = to_bytes(replace(told, members=hashes))
    return {MANIFEST: manifest, SEAL: seal(manifest), **members}


def seal(manifest: bytes) -> bytes:
    """The manifest's hash, as `sha256sum -c` reads it."""
    return f"{sha256(manifest)}  {MANIFEST}\n".encode()


def sha256(data: bytes) -> str:
    """A member's hash."""
    return hashlib.sha256(data).hexdigest()


def encoded(text: str) -> bytes:
    """A text as it lies in the evidence. Neither a library nor a history can hold what is no UTF-8."""
    return text.encode("utf-8")


def program() -> str:
    """This program, with its version."""
    return f"hoibao {version('hoibao')}"


@cache
def _adapter() -> "TypeAdapter[Evidence]":
    from pydantic import TypeAdapter

    return TypeAdapter(Evidence)
