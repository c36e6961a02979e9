"""The words of a text as exact search compares them, each with its place; and where a query's words stand in
them.

A word has two keys: folded with its diacritics, and without. Roman numerals stay as they are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.language.text import WORD, beginnings, fold, has_marks, number_key, strip_marks

#: From the first to behind the last of some words of a text, counted in words.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order: their two keys, and `text[start:end]` of each."""

    keys: list[str]
    bare: list[str]
    at: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for: one of `forms`. One with diacritics (`marked`) matches only itself, one
    without matches all; a `beginning` matches the words that begin so."""

    forms: tuple[str, ...]
    marked: bool
    beginning: bool = False

    @property
    def number(self) -> bool:
        """Whether it is the same with and without diacritics."""
        return self.forms[0][0].isdigit()

    def matches(self, key: str, bare: str) -> bool:
        """Whether it matches a word with these keys."""
        said = key if self.marked else bare
        return said.startswith(self.forms) if self.beginning else said in self.forms


#: Words that stand one behind the other.
Phrase = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases with at most `distance` words between the end of each and the beginning of the last (as FTS5 has
    it); or just one. `title`: in the title, not in title or body."""

    phrases: tuple[Phrase, ...]
    distance: int = 0
    title: bool = False


def words(text: str) -> Words:
    """The words of a text."""
    found = list(WORD.finditer(text))
    pairs = [_keys(one[0]) for one in found]
    return Words([a for a, _ in pairs], [b for _, b in pairs], [one.span() for one in found])


def phrase(text: str, beginning: bool = False) -> Phrase:
    """The words of a query's part; `beginning`: of the last one only its beginning was typed.

    >>> [term.forms for term in phrase("Cầu 3.400 m")]
    [('cầu',), ('3400',), ('m',)]
    """
    typed = WORD.findall(text)
    terms = [Term((_keys(word)[0],), has_marks(word)) for word in typed]
    if terms and beginning:
        last = terms[-1]
        forms = beginnings(typed[-1]) if last.marked else last.forms
        terms[-1] = Term(forms, last.marked, True)
    return tuple(terms)


def runs(near: Near, among: Words) -> list[Run]:
    """Where the words stand among a text's, in order.

    >>> runs(Near((phrase("cau"), phrase("hòa")), 1), words("Cầu An Hòa"))
    [(0, 3)]
    """
    starts = [_starts(one, among) for one in near.phrases]
    if len(starts) == 1:
        return [(at, at + len(near.phrases[0])) for at in starts[0]]
    found: list[Run] = []
    for last in sorted(set().union(*starts)) if all(starts) else ():
        clump = []
        for one, mine in zip(near.phrases, starts, strict=True):
            fitting = [at for at in mine if 0 <= last - at <= near.distance + len(one)]
            if not fitting:
                break
            clump.append((fitting[-1], fitting[-1] + len(one)))
        else:
            found.append((min(a for a, _ in clump), max(b for _, b in clump)))
    return found


def _starts(sought: Phrase, among: Words) -> list[int]:
    first, *others = sought
    room = len(among.keys) - len(others)
    pairs = zip(among.keys[:room] if room > 0 else (), among.bare)
    begins = [at for at, (key, bare) in enumerate(pairs) if first.matches(key, bare)]
    return [at for at in begins if _follow(others, among, at + 1)]


def _follow(others: Sequence[Term], among: Words, at: int) -> bool:
    return all(term.matches(among.keys[n], among.bare[n]) for n, term in enumerate(others, at))


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[str, str]:
    """With diacritics and without; a number's is the same."""
    if word[0].isdigit():
        key = number_key(word).replace(".", "_")
        return key, key
    key = fold(word)
    return key, strip_marks(key)
