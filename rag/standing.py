"""What the articles tell a standing question now: each that answers it, with its words; no writer takes
part."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.library import Library
from rag import decide
from rag.assistant import Assistant
from rag.question import parse
from rag.suggest import agree


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells: `value`, which is `body[start:end]` on one line; of a search the words that
    match."""

    article: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new: an article of a story that was not there ("article"), or one that was there and tells
    another value now ("value"). `before`: what was told before, "" where nothing was."""

    kind: str
    told: Told
    before: str


def asked(assistant: Assistant, question: str) -> list[Told]:
    """What answers a question, the surest first, of each article its best."""
    parsed = parse(question)
    found = assistant.read(parsed, assistant.search(question))
    if not decide.is_said(found, parsed.kind):
        return []
    return [Told(one.article.id, one.start, one.end, one.text) for one in decide.each(found, True)]


def searched(library: Library, query: str) -> list[Told]:
    """The articles that a query of exact search matches, each with the first place.

    Raises:
        InputError: the query is none.
    """
    found = []
    for one in library.find(query, limit=None, places=1).articles:
        at = one.places[0] if one.places else None
        words = " ".join(at.quote.split()) if at else one.title
        found.append(Told(one.id, at.start if at else 0, at.end if at else 0, words))
    return found


def news(before: dict[str, str], now: Sequence[Told], fresh: set[str], exact: bool) -> list[News]:
    """What is new of what is told `now` to who knew what the articles told `before` (value by article); `fresh`
    are the articles that came, of stories that were not there."""
    best = next(iter(before.values()), "")
    found = []
    for one in now:
        if one.article in before:
            if not exact and not agree(before[one.article], one.value):
                found.append(News("value", one, before[one.article]))
        elif one.article in fresh:
            found.append(News("article", one, "" if exact else best))
    return found
