"""Where the words of a query stand in an article, each place with a little of what is around it (keyword in
context)."""

from collections.abc import Sequence

from index.config import FIND
from index.find.found import Place
from index.find.words import Near, runs, spans, words
from index.language.text import one_line


def places(body: str, sought: Sequence[Near]) -> list[Place]:
    """Every place of a body where something of what is looked for stands, in order; of places that share a
    word, the first and longest.

    >>> from index.find.words import phrase
    >>> [(p.before, p.quote, p.after) for p in places("Cầu An Hòa dài 486 m.", [Near((phrase("an hoa"),))])]
    [('Cầu ', 'An Hòa', ' dài 486 m.')]
    """
    among = words(body)
    stand = [run for near in sought if not near.title for run in runs(near, among)]
    at = spans(body) if stand else []
    every = {(at[first][0], at[behind - 1][1]) for first, behind in stand}
    found: list[Place] = []
    for start, end in sorted(every, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1].end:
            before, after = _before(body, start), _after(body, end)
            found.append(Place(start, end, before, body[start:end], after))
    return found


def titled(title: str, sought: Sequence[Near]) -> bool:
    """Whether something of what is looked for stands in a title."""
    among = words(title)
    return any(runs(near, among) for near in sought)


def _before(body: str, start: int) -> str:
    said = body[max(0, start - FIND.around) : start]
    if start > FIND.around:  # from a whole word on
        said = "…" + said[said.find(" ") + 1 :]
    return one_line(said) + " " * said.endswith((" ", "\n"))


def _after(body: str, end: int) -> str:
    said = body[end : end + FIND.around]
    if end + FIND.around < len(body):
        said = said[: said.rfind(" ") if " " in said else None] + "…"
    return " " * said.startswith((" ", "\n")) + one_line(said)
