"""What FTS5 is given to index and to look for.

Vietnamese is written in syllables and a word is often two, so neighbouring syllables are indexed as
pairs beside the single ones; that found the right XQuAD-vi paragraph first in 92.7%.
A second set of columns holds the same without diacritics, for questions typed without.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from index.language.text import has_marks, pairs, spellings, strip_marks, words

#: FTS5 columns in order, with their weights in bm25().
COLUMNS = ("body", "context", "bare_body", "bare_context")
WEIGHTS = (1.0, 1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """The four indexed texts of a chunk; tokens joined by spaces."""

    body: str
    context: str
    bare_body: str
    bare_context: str


def keyword_row(text: str, context: str) -> KeywordRow:
    """The tokens of a chunk and of its context (title, outlet, author)."""
    body, around = " ".join(_tokens(text)), " ".join(_tokens(context))
    return KeywordRow(body, around, strip_marks(body), strip_marks(around))


def keyword_terms(query: str) -> list[str]:
    """What is looked for: the words of a query and the pairs of them, each once in each of its spellings."""
    return list(dict.fromkeys(one for token in _tokens(query) for one in _written(token)))


def match_expression(tokens: Sequence[str], query: str) -> str | None:
    """An FTS5 MATCH expression that any of a query's terms satisfies, or None where there is none.
    A query without a single diacritic is looked for without diacritics."""
    return _expression(query, [f'"{token}"' for token in tokens], " OR ")


def all_words(text: str) -> str | None:
    """An FTS5 MATCH expression that texts with every word of `text` satisfy, None where it has none."""
    found = [" OR ".join(f'"{one}"' for one in _written(fts_token(word))) for word in words(text)]
    return _expression(text, [f"({one})" for one in found], " AND ")


def one_of_each(need: Sequence[Sequence[str]], bare: bool) -> str:
    """An FTS5 MATCH expression that texts with a word or pair of every group satisfy; `bare`: without
    diacritics."""
    columns = "{bare_body bare_context}" if bare else "{body context}"
    groups = [
        " OR ".join(f'"{one}"' for term in group for one in _written(fts_token(term)))
        for group in need
    ]
    return f"{columns} : ({' AND '.join(f'({group})' for group in groups)})"


def fts_token(term: str) -> str:
    """A word, number key or pair as FTS5 stores it ("98.4" would be two tokens)."""
    return term.replace(".", "_")


def _expression(text: str, tokens: Sequence[str], operator: str) -> str | None:
    if not tokens:
        return None
    columns = "{body context}" if has_marks(text) else "{bare_body bare_context}"
    return f"{columns} : ({operator.join(tokens)})"


def _written(token: str) -> list[str]:
    """A word or pair in all its spellings ("kỹ_thuật", "kĩ_thuật"): the index has each as its text has it."""
    return ["_".join(one) for one in product(*map(spellings, token.split("_")))]


def _tokens(text: str) -> list[str]:
    singles = [fts_token(word) for word in words(text)]
    return singles + pairs(singles)
