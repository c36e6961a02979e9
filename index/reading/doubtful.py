"""Where the words of a scan stand in its text, and which of them may be misread."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

import regex as re

from index.language.text import nfc
from index.reading import Seen
from index.types import Doubt

_WORD = re.compile(r"\S+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_DIGIT = re.compile(r"\d")
#: How many words further than its own number a page's words may reach: titles and captions are moved.
_AHEAD = 200


def doubts(text: str, seen: Sequence[Seen]) -> tuple[Doubt, ...]:
    """The words of `text` that may be misread: those that Tesseract is not sure of, and every figure that is no
    word of the scan as it was read (put together of two, it may be)."""
    if not seen:
        return ()
    tokens = [(found.start(), found.end(), _key(found.group())) for found in _WORD.finditer(text)]
    of = _matched(tokens, seen)
    return tuple(_found(text, tokens, of))


def blanked(text: str, seen: Sequence[Seen]) -> str:
    """The text without the doubtful words that hold figures."""
    for doubt in reversed(doubts(text, seen)):
        if _DIGIT.search(text, doubt.start, doubt.end):
            text = f"{text[: doubt.start]}…{text[doubt.end :]}"
    return text


def _matched(tokens: Sequence[tuple[int, int, str]], seen: Sequence[Seen]) -> dict[int, Seen]:
    """By a word's number in the text: the scan's word. Page by page, as the words follow each other; what was
    moved is found by its letters."""
    of: dict[int, Seen] = {}
    left: dict[str, list[Seen]] = defaultdict(list)
    begin = 0
    for _, page in groupby(seen, key=lambda word: word.page):
        there = list(page)
        keys = [_key(word.text) for word in there]
        behind = [key for *_, key in tokens[begin : begin + 2 * len(there) + _AHEAD]]
        taken: set[int] = set()
        at = begin
        for mine, theirs, size in SequenceMatcher(None, keys, behind, False).get_matching_blocks():
            for n in range(size):
                of[begin + theirs + n] = there[mine + n]
                taken.add(mine + n)
                at = begin + theirs + n + 1
        begin = at
        for n, word in enumerate(there):
            if n not in taken:
                left[keys[n]].append(word)
    for n, (*_, key) in enumerate(tokens):
        if n not in of and left[key]:
            # Which of them it is, nobody knows: an unsure one, where there is one.
            of[n] = left[key].pop(min(range(len(left[key])), key=lambda i: left[key][i].sure))
    return of


def _found(
    text: str, tokens: Sequence[tuple[int, int, str]], of: dict[int, Seen]
) -> Iterator[Doubt]:
    page = 1
    for n, (start, end, _) in enumerate(tokens):
        word = of.get(n)
        if word is not None:
            page = word.page
            if not word.sure:
                yield Doubt(start, end, word.confidence, page, word.box, word.crop)
        elif _DIGIT.search(text, start, end):
            yield Doubt(start, end, 0.0, page)


def _key(word: str) -> str:
    return _EDGES.sub("", nfc(word)) or word
