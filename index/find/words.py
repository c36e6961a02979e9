"""The words of a text as exact search compares them, each with its place; and where a query's words stand in
them.

A word has two keys: folded with its diacritics, and without. Roman numerals stay as they are written.
"""

from dataclasses import dataclass
from functools import lru_cache

from index.language.text import WORD, beginnings, fold, has_marks, number_key, strip_marks

#: From the first to behind the last of some words of a text, counted in words.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in order, by their two keys."""

    keys: list[str]
    bare: list[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for: one of `forms` (only a beginning has several). One with diacritics (`marked`)
    matches only itself, one without matches all; a `beginning` matches the words that begin so."""

    forms: tuple[str, ...]
    marked: bool
    beginning: bool = False

    @property
    def number(self) -> bool:
        """Whether it is the same with and without diacritics."""
        return self.forms[0][0].isdigit()


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
    pairs = [_keys(word) for word in WORD.findall(text)]
    return Words([key for key, _ in pairs], [bare for _, bare in pairs])


def spans(text: str) -> list[tuple[int, int]]:
    """Where they stand: `text[start:end]` of each."""
    return [word.span() for word in WORD.finditer(text)]


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
    return [(min(a for a, _ in one), max(b for _, b in one)) for one in clumps(near, among)]


def clumps(near: Near, among: Words) -> list[list[Run]]:
    """The same, each phrase by itself."""
    starts = [_starts(one, among) for one in near.phrases]
    found: list[list[Run]] = []
    for last in sorted(set().union(*starts)) if all(starts) else ():
        clump = []
        for one, mine in zip(near.phrases, starts, strict=True):
            fitting = [at for at in mine if 0 <= last - at <= near.distance + len(one)]
            if not fitting:
                break
            clump.append((fitting[-1], fitting[-1] + len(one)))
        else:
            found.append(clump)
    return found


def _starts(sought: Phrase, among: Words) -> list[int]:
    first, *others = sought
    begins = _standing(first, among)
    for behind, term in enumerate(others, 1) if begins else ():
        here = {at - behind for at in _standing(term, among)}
        begins = [at for at in begins if at in here]
    return begins


def _standing(term: Term, among: Words) -> list[int]:
    said = among.keys if term.marked else among.bare
    if term.beginning:
        return [at for at, word in enumerate(said) if word.startswith(term.forms)]
    return [at for at, word in enumerate(said) if word == term.forms[0]]


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[str, str]:
    """With diacritics and without; a number's is the same."""
    if word[0].isdigit():
        key = number_key(word).replace(".", "_")
        return key, key
    key = fold(word)
    return key, strip_marks(key)
