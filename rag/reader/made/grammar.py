"""Text with choices, slots and marked answers: parsed once, told in many ways.

<a|b|c>     one of them; `<a|>` may be left out
{name}      a slot; `{name.form}` one of its forms
[fact:...]  the words that answer the questions of `fact`
$name       a macro of `data/macros.txt`, put in before parsing
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple["Text", ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that answer a fact's questions."""

    fact: str
    inner: "Text"


Text = tuple["str | Slot | Choice | Mark", ...]


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` answers `fact`."""

    fact: str
    start: int
    end: int


class GrammarError(ValueError):
    """A template that cannot be parsed."""


def parse(source: str, macros: Mapping[str, str]) -> Text:
    """The tree of `source`; GrammarError with the source where brackets do not match."""
    for _ in range(4):
        source = re.sub(r"\$(\w+)", lambda m: _macro(m[1], macros), source)
    text, rest = _sequence(source, 0, "")
    if rest != len(source):
        raise GrammarError(f"stray {source[rest]!r} in: {source}")
    return text


def _macro(name: str, macros: Mapping[str, str]) -> str:
    if name not in macros:
        raise GrammarError(f"no macro ${name}")
    return macros[name]


def _sequence(source: str, at: int, stop: str) -> tuple[Text, int]:
    parts: list[str | Slot | Choice | Mark] = []
    while at < len(source) and source[at] not in (stop or ">]|"):
        letter = source[at]
        if letter == "<":
            options = []
            while True:
                option, at = _sequence(source, at + 1, "|>")
                options.append(option)
                if at >= len(source):
                    raise GrammarError(f"open < in: {source}")
                if source[at] == ">":
                    break
            parts.append(Choice(tuple(options)))
            at += 1
        elif letter == "{":
            end = source.find("}", at)
            if end < 0:
                raise GrammarError(f"open {{ in: {source}")
            parts.append(Slot(source[at + 1 : end]))
            at = end + 1
        elif letter == "[":
            colon = source.find(":", at)
            inner, end = _sequence(source, colon + 1, "]")
            if colon < 0 or end >= len(source):
                raise GrammarError(f"open [ in: {source}")
            parts.append(Mark(source[at + 1 : colon], inner))
            at = end + 1
        else:
            end = at
            while end < len(source) and source[end] not in "<{[>]|":
                end += 1
            parts.append(source[at:end] if end > at else source[at])
            at = max(end, at + 1)
    return tuple(parts), at


def tell(text: Text, fill: Callable[[str], str], rng: Random) -> tuple[str, list[Span]]:
    """The text once told, spaces put right, and where its marked words stand."""
    letters: list[str | tuple[str, bool]] = []
    _tell(text, fill, rng, letters)
    return _tidy(letters)


def _tell(
    text: Text, fill: Callable[[str], str], rng: Random, out: list[str | tuple[str, bool]]
) -> None:
    for part in text:
        match part:
            case str():
                out.extend(part)
            case Slot(name):
                out.extend(fill(name))
            case Choice(options):
                _tell(rng.choice(options), fill, rng, out)
            case Mark(fact, inner):
                out.append((fact, True))
                _tell(inner, fill, rng, out)
                out.append((fact, False))


def every(text: Text, fill: Callable[[str], str]) -> Iterator[str]:
    """All the ways of telling a short text."""
    if not text:
        yield ""
        return
    part, rest = text[0], text[1:]
    match part:
        case str():
            heads: Iterable[str] = (part,)
        case Slot(name):
            heads = (fill(name),)
        case Choice(options):
            heads = (head for option in options for head in every(option, fill))
        case Mark(_, inner):
            heads = every(inner, fill)
    tails = list(every(rest, fill))
    for head in heads:
        for tail in tails:
            yield head + tail


def marks(text: Text) -> Iterator[Mark]:
    """The marks in a text, those inside choices and other marks, too."""
    for part in text:
        match part:
            case Mark(_, inner):
                yield part
                yield from marks(inner)
            case Choice(options):
                for option in options:
                    yield from marks(option)


def _tidy(letters: list[str | tuple[str, bool]]) -> tuple[str, list[Span]]:
    """One space between words, none before a comma; marks keep their words."""
    visible = [item for item in letters if isinstance(item, str)] + ["."]
    done: list[str] = []
    opened: list[tuple[str, int]] = []
    spans: list[Span] = []
    seen = 0
    for item in letters:
        if not isinstance(item, str):
            fact, begins = item
            if begins:
                opened.append((fact, len(done)))
            else:
                name, start = opened.pop()
                spans.append(Span(name, start, len(done)))
            continue
        seen += 1
        if item == " ":
            following = next(letter for letter in visible[seen:] if letter != " ")
            if not done or done[-1] in " \n(" or following in ",.;:?!)":
                continue
        done.append(item)
    text = "".join(done).rstrip()
    spans = [_trimmed(text, span) for span in spans]
    return text, [span for span in spans if span.end > span.start]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start] in " ,":
        start += 1
    while end > start and text[end - 1] in " ,":
        end -= 1
    return Span(span.fact, start, end)
