"""Answers by copying: the model may only write words that stand, in this order, in a source.

A small model told to quote does not; one that can do nothing else cannot invent a figure. It chooses
where to begin and where to end; everything between is the source's. This module knows which tokens
may come next; `rag/llm/local.py` asks the model which of them it prefers.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event

import regex as re

# Where a copy may begin: at a word, behind a space or an opening bracket or quotation mark.
_BEGIN = re.compile(r"(?:^|(?<=[\s(\[“\"‘'/–-])(?<!\d[/–-]))(?=[\p{L}\p{N}])")
_INSIDE = re.compile(r"[\p{L}\p{M}\p{N}%°]|(?<=\d)[-–/.,:]\d")
_LONGEST_TOKEN = 24  # bytes; longer ones of the vocabulary are runs of spaces and the like

#: A source's number and a byte offset into it.
Place = tuple[int, int]
#: By token: the places that lie behind it.
Steps = dict[int, set[Place]]


@dataclass(frozen=True, slots=True)
class Copy:
    """Words that a model would answer with, `sources[source][start:end]`, and how likely it thinks
    them: the mean logarithm of its probabilities, 0 at best; None where it does not say."""

    source: int
    start: int
    end: int
    likelihood: float | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What a model made of a prompt: the logarithm of its probability to begin a refusal (None where it does
    not say), and what it would copy, in the order of what it would begin with."""

    refusal: float | None
    copies: tuple[Copy, ...]


def begins(text: str) -> list[int]:
    """Where in a source a copy may begin."""
    return [found.start() for found in _BEGIN.finditer(text)]


class Copier:
    """The sources as bytes, and the tokens that spell them."""

    def __init__(self, sources: Sequence[str], tokens: Mapping[bytes, int]) -> None:
        self._texts = sources
        self._bytes = [source.encode() for source in sources]
        self._tokens = tokens

    def beginnings(self) -> Steps:
        """The tokens that a copy may begin with. The first letter may be written as a capital: a
        model likes to begin with one."""
        steps: Steps = {}
        for number, text in enumerate(self._texts):
            for start in begins(text):
                at = len(text[:start].encode())
                rest = self._bytes[number][at : at + _LONGEST_TOKEN]
                self._spell(steps, number, at, rest)
                first = text[start]
                capital = first.upper().encode()
                if first.islower() and len(capital) == len(first.encode()):
                    self._spell(steps, number, at, capital + rest[len(capital) :])
        return steps

    def steps(self, places: set[Place]) -> Steps:
        """The tokens that may follow at these places."""
        steps: Steps = {}
        for number, at in places:
            self._spell(steps, number, at, self._bytes[number][at : at + _LONGEST_TOKEN])
        return steps

    def draft(self, places: set[Place], count: int) -> list[int]:
        """At most so many tokens that follow at these places, each the longest there is."""
        found: list[int] = []
        while len(found) < count:
            steps = self.steps(places)
            if not steps:
                break
            token = max(steps, key=lambda t: (max(at for _, at in steps[t]), t))
            found.append(token)
            places = steps[token]
        return found

    def ends(self, places: set[Place]) -> set[Place]:
        """Those of the places at which a word is over."""
        return {(n, at) for n, at in places if self._is_end(n, at)}

    def span(self, place: Place, length: int) -> tuple[int, int]:
        """The characters of the source between `length` bytes before a place and the place."""
        number, at = place
        start = len(self._bytes[number][: at - length].decode())
        return start, start + len(self._bytes[number][at - length : at].decode())

    def _spell(self, steps: Steps, number: int, at: int, rest: bytes) -> None:
        for length in range(1, len(rest) + 1):
            token = self._tokens.get(rest[:length])
            if token is not None:
                steps.setdefault(token, set()).add((number, at + length))

    def _is_end(self, number: int, at: int) -> bool:
        source = self._bytes[number]
        if at < len(source) and source[at] & 0b1100_0000 == 0b1000_0000:
            return False  # within a letter
        # Not between the digits and separators of 98,4%, 3.400 or 14-1-2016.
        before = source[at - 1 : at].decode(errors="ignore")
        following = source[at : at + 8].decode(errors="ignore")
        return not _INSIDE.match(before + following, len(before))


def first_of(
    growing: Iterator[tuple[str, Copy | None]], longest: int, stop: Event, silent: bool
) -> Generator[str, None, Copy | None]:
    """Yields what is new of each text (nothing where `silent`) and returns the last copy within
    `longest` tokens."""
    copied, said = None, ""
    for count, (text, copy) in enumerate(growing, 1):
        copied = copy or copied
        if not silent and text != said:
            yield text[len(said) :]
            said = text
        if count >= longest or stop.is_set():
            break
    return copied
