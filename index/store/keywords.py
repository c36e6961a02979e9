"""What the full-text index is given of chunks, to index and to look for.

Vietnamese is written in syllables and a word is often two, so neighbouring syllables are indexed as
pairs beside the single ones; that found the right XQuAD-vi paragraph first in 92.7%.
A second set of columns holds the same without diacritics, for questions typed without.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from index.language.text import has_marks, pairs, spellings, strip_marks, words

#: The indexed columns in order, with their weights in bm25().
COLUMNS = ("body", "context", "bare_body", "bare_context")
WEIGHTS = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """The four indexed texts of a chunk; tokens joined by spaces."""

    body: str
    context: str
    bare_body: str
    bare_context: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of every group one term, a word or a pair; `bare`: compared without diacritics."""

    groups: tuple[tuple[str, ...], ...]
    bare: bool = False


def keyword_row(text: str, context: str) -> KeywordRow:
    """The tokens of a chunk and of its context (title, outlet, author)."""
    body, around = " ".join(_tokens(text)), " ".join(_tokens(context))
    return KeywordRow(body, around, strip_marks(body), strip_marks(around))


def keyword_terms(query: str) -> list[str]:
    """What is looked for: the words of a query and the pairs of them, each once in each of its spellings."""
    return list(dict.fromkeys(one for token in _tokens(query) for one in _written(token)))


def all_words(text: str) -> Wanted | None:
    """What texts with every word of `text` have, None where it has none. A text without a single diacritic is
    looked for without diacritics."""
    found = tuple(tuple(_written(fts_token(word))) for word in words(text))
    return Wanted(found, not has_marks(text)) if found else None


def one_of_each(need: Sequence[Sequence[str]], bare: bool) -> Wanted:
    """What texts with a word or pair of every group have; `bare`: without diacritics."""
    groups = (tuple(one for term in group for one in _written(fts_token(term))) for group in need)
    return Wanted(tuple(groups), bare)


def fts_token(term: str) -> str:
    """A word, number key or pair as it is indexed ("98.4" would be two tokens)."""
    return term.replace(".", "_")


def _written(token: str) -> list[str]:
    """A word or pair in all its spellings ("kỹ_thuật", "kĩ_thuật"): the index has each as its text has it."""
    return ["_".join(one) for one in product(*map(spellings, token.split("_")))]


def _tokens(text: str) -> list[str]:
    singles = [fts_token(word) for word in words(text)]
    return singles + pairs(singles)
