"""What a model wrote in its own words, as a copy: the longest run of words that stands in a source."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import regex as re

from index.language.text import fold
from rag.llm.copying import Copy

# Figures are one word each: 3.400 is not 3400, and 98,4% is not 98.
_WORD = re.compile(r"\d+(?:[-–/.,:]\d+)*[%°]?|[\p{L}\p{M}\d]+")


def aligned(reply: str, sources: Sequence[str]) -> Copy | None:
    """The copy that a reply comes to: its longest run of words in one of the sources, of the first where
    several have it. None where that lacks a figure of the reply, or, of one without figures, has less than half
    of its words: then it says something else.

    >>> aligned("Cầu dài 486 m.", ["Cầu An Hòa dài 486 m, rộng 12 m."])
    Copy(source=0, start=11, end=20, likelihood=None)
    >>> aligned("Cầu dài 500 m.", ["Cầu An Hòa dài 486 m, rộng 12 m."])
    """
    mine = _WORD.findall(reply)
    keys = [fold(word) for word in mine]
    best: tuple[int, int, int, int] = (0, 0, 0, 0)
    for number, source in enumerate(sources):
        spans = [found.span() for found in _WORD.finditer(source)]
        theirs = [fold(source[start:end]) for start, end in spans]
        at = SequenceMatcher(None, keys, theirs, autojunk=False).find_longest_match()
        if at.size > best[0]:
            start, end = spans[at.b][0], spans[at.b + at.size - 1][1]
            best = (at.size, number, start, end)
            held = keys[at.a : at.a + at.size]
    if not best[0]:
        return None
    figures = [key for key in keys if key[0].isdigit()]
    all_of_them = bool(figures) and all(figure in held for figure in figures)
    if not all_of_them and (figures or 2 * best[0] < len(keys)):
        return None
    return Copy(best[1], best[2], best[3], None)
