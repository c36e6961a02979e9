"""A query of exact search, parsed: words, "a phrase", AND OR NOT, NEAR(a b, 5), parentheses, title: outlet:
author: place: date:, từ*. What stands in it is only ever words to look for.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NoReturn

from index.config import FIND
from index.errors import InputError, Line
from index.find.words import Near, Phrase, phrase
from index.language.places import admitted, province
from index.language.text import nfc, visible

# The comma before the distance of NEAR(a b, 5); one in a number (98,4) is none.
_COMMA = r"(?:(?<!\d),|,(?=\s))(?=\s*\d+\s*\))"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<comma>{_COMMA})
    |(?P<field>(?i:title|outlet|author|place|date)(?=:)|[^\W\d_]+(?=:[^\s/])):
    |["“”](?P<quoted>[^"“”]*)(?P<end>["“”]?)
    |(?P<run>(?:(?!{_COMMA})[^\s()"“”])+)""",
    re.VERBOSE,
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
FIELDS = ("title", "outlet", "author", "place", "date")


@dataclass(frozen=True, slots=True)
class Dates:
    """Published from a day to another, both included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Detail:
    """Words in the outlet, author or place; `named`: or exactly one of these."""

    field: str
    words: Near
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """All parts match."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts does."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not."""

    part: "Node"


Node = Near | Dates | Detail | Every | Either | Not


def parsed(text: str) -> Node:
    """A query as a tree.

    >>> parsed('cầu OR title:"An Hòa"').parts[1].title
    True

    Raises:
        InputError: it is none; one line with the place of the mistake.
    """
    text = visible(nfc(text))
    if len(text) > FIND.characters:
        raise InputError(
            "the query has {count} characters, {limit} are the limit; look for less at a time",
            count=len(text),
            limit=FIND.characters,
        )
    parser = _Parser(text)
    found = parser.either()
    if parser.now:
        parser.wrong("this parenthesis was not opened", parser.now)
    return found


def sought(node: Node) -> list[Near]:
    """The words of the query that matching articles have, and not those that they must not have."""
    if isinstance(node, Near):
        return [node]
    if isinstance(node, Every | Either):
        return list(dict.fromkeys(near for part in node.parts for near in sought(part)))
    return []


def dated(node: Node) -> bool:
    """Whether the query asks for days anywhere."""
    if isinstance(node, Not):
        return dated(node.part)
    if isinstance(node, Every | Either):
        return any(dated(part) for part in node.parts)
    return isinstance(node, Dates)


class _Parser:
    """One token after the other: `now`, None at the end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [m for m in _TOKEN.finditer(text) if m.lastgroup != "space"]
        self._at = self._depth = self._count = 0

    @property
    def now(self) -> "re.Match[str] | None":
        """The token that is to be read."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def wrong(self, why: str, token: "re.Match[str] | None" = None, by: int = 0) -> NoReturn:
        """The line for a mistake at a token; at the end without one."""
        at = token.start() + by if token else len(self._text)
        raise InputError(
            "column {at} of the query, at “{near}”: {why}",
            at=at + 1,
            near=" ".join(self._text[at : at + FIND.near].split()) or "…",
            why=Line.of(why),
        )

    def either(self) -> Node:
        """Parts with OR between them, up to a closing parenthesis or the end."""
        parts = [self._every()]
        while self._operator("OR"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Node:
        parts = [self._one()]
        while self.now and not self.now["close"] and not self._is("OR"):
            self._operator("AND")
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self) -> Node:
        if self.now and self.now["comma"]:  # behind no NEAR(…)
            self._at += 1
        token = self.now
        if token is None or token["close"] or self._is("AND") or self._is("OR"):
            self.wrong("here a word is missing", token)
        if self._operator("NOT"):
            return Not(self._deeper(self._one))
        self._at += 1
        if token["open"]:
            return self._closed(self._deeper(self.either))
        if token["field"]:
            return self._field(token)
        if token["run"] == "NEAR" and self.now and self.now["open"]:
            return self._near(token)
        return Near((self._phrase(token),))

    def _deeper(self, part: "Callable[[], Node]") -> Node:
        self._depth += 1
        if self._depth > FIND.depth:
            self.wrong("too deep in parentheses", self.now)
        found = part()
        self._depth -= 1
        return found

    def _closed(self, found: Node) -> Node:
        if not self.now or not self.now["close"]:
            self.wrong("here a closing parenthesis is missing", self.now)
        self._at += 1
        return found

    def _is(self, operator: str) -> bool:
        return bool(self.now and self.now["run"] == operator)

    def _operator(self, name: str) -> bool:
        found = self._is(name)
        self._at += found
        return found

    def _phrase(self, token: "re.Match[str]") -> Phrase:
        """The words of a token, quoted or not."""
        if token["quoted"] is not None and not token["end"]:
            self.wrong("here begins a quotation that does not end", token)
        said = token["run"] if token["quoted"] is None else token["quoted"]
        begun = said.endswith("*")
        found = phrase(said, begun)
        if not found:
            self.wrong("there is no word in this", token)
        star = said.find("*", 0, -1)
        if token["run"] and star >= 0:
            self.wrong("a star stands at the end of a word: từ*", token, star)
        if begun and len(found[-1].forms[0]) < FIND.beginning:
            self.wrong("a star needs two letters or more before it", token)
        self._count += len(found)
        if self._count > FIND.words:
            self.wrong("too many words; look for fewer at a time", token)
        return found

    def _near(self, token: "re.Match[str]") -> Node:
        self._at += 1
        phrases = []
        while self.now and not (self.now["close"] or self.now["comma"]):
            if self.now["open"] or self.now["field"]:
                self.wrong("in NEAR(…) only words and phrases can stand", self.now)
            self._at += 1
            phrases.append(self._phrase(self._tokens[self._at - 1]))
        distance = FIND.distance
        if self.now and self.now["comma"]:
            self._at += 1
            assert self.now
            distance = min(int(self.now["run"]), FIND.furthest)
            self._at += 1
        if len(phrases) < 2:
            self.wrong("NEAR needs two words or more: NEAR(a b, 5)", token)
        return self._closed(Near(tuple(phrases), distance))

    def _field(self, name: "re.Match[str]") -> Node:
        field = name["field"].lower()
        value = self.now
        if field not in FIELDS:
            self.wrong(
                'there is no such field, only title: outlet: author: place: date:; else write "…"',
                name,
            )
        if value is None or value["open"] or value["close"] or value["comma"] or value["field"]:
            self.wrong("behind the colon a word or a phrase is missing", value)
        self._at += 1
        if field == "date":
            return self._dates(value)
        found = Near((self._phrase(value),), title=field == "title")
        if field == "title":
            return found
        text = value["quoted"] or value["run"] or ""
        known = province(text) if field == "place" else None
        return Detail(field, found, admitted(known) if known else ())

    def _dates(self, token: "re.Match[str]") -> Dates:
        said = (token["quoted"] if token["run"] is None else token["run"]).strip()
        first, dots, last = said.partition("..")
        if not first and not last:
            self.wrong("this is no day: 2019, 2019-03, 2019-03-31, 2019..2021", token)
        since = self._days(first, token)[0] if first else date.min
        until = self._days(last if dots else first, token)[1] if last or not dots else date.max
        return Dates(since, until)

    def _days(self, said: str, token: "re.Match[str]") -> tuple[date, date]:
        """The first and the last day of a year, a month or a day."""
        found = _DAY.fullmatch(said.strip())
        try:
            if not found:
                raise ValueError
            year, month, day = (int(part) if part else None for part in found.groups())
            assert year is not None
            first = date(year, month or 1, day or 1)
            if day:
                return first, first
            after = (year, month + 1) if month and month < 12 else (year + 1, 1)
            return first, date(*after, 1) - timedelta(days=1)
        except ValueError:
            self.wrong("this is no day: 2019, 2019-03, 2019-03-31, 2019..2021", token)
