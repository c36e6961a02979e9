"""Does the collection hold the answer? Decided from signals with fitted weights, not by a prompt:
the model says by itself that an answer is missing in 8 to 13% of the cases in which it is
(DESIGN.md).

The weights are data (`refusal.json`), fitted by `tests/quality/fit_refusal.py` on labelled questions
whose article is in the library or has been taken out.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from index.text import has_marks, pairs, strip_marks, words
from index.types import Article
from rag.config import RETRIEVAL
from rag.figures import figures
from rag.language import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from rag.names import mentions, names
from rag.types import Evidence, Passage

#: Below this probability a question is refused. The fit puts it there (tests/quality/fit_refusal.py).
THRESHOLD = 0.5
#: A question about an article itself must be covered by it this far (not fitted: a half).
ABOUT_COVER = 0.5
#: Candidates are a selection only where there are several times as many chunks.
_MANY = 4 * RETRIEVAL.candidates
_LEAD = 400  # characters: the first paragraph of a report


#: By term: how many chunks of the library have it.
Spread = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question's content words and pairs of them, each with its rarity in the library, and how many
    chunks are searched."""

    rarity: Mapping[str, float]
    bare: bool
    chunks: int

    def cover(self, text: str) -> float:
        """The share of them, by rarity, that a text has: 0 to 1."""
        total = sum(self.rarity.values())
        have = _terms(text, self.bare)
        return sum(v for term, v in self.rarity.items() if term in have) / total if total else 0.0

    def cover_of(self, item: Evidence | Passage) -> float:
        """The same of a sentence or passage together with what says which article it is of: its
        details and how it begins."""
        return self.cover(f"{about(item.article)}\n{item.text}")


def wanted(question: str, chunks: int, spread: Spread) -> Wanted:
    """What a question wants; `chunks` is the size of the library and `spread` counts the chunks that
    have a term."""
    bare = not has_marks(question)
    terms = _terms(question, bare)
    counts = spread(sorted(terms))
    return Wanted(
        {t: math.log(1 + (chunks + 1) / (counts.get(t, 0) + 0.5)) for t in terms}, bare, chunks
    )


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a question and its evidence."""

    sentence_cosine: float  # of the best chosen sentence
    passage_cosine: float  # of the nearest passage
    sentence_cover: float  # share of the question's terms, by rarity, in the best sentence or lead
    passage_cover: float  # the same for the best whole passage
    names_missing: float  # share of the question's names and figures that no passage has
    standing: float | None = None  # how far the best passage stands out, where there are many


def measure(
    question: str,
    passages: Sequence[Passage],
    evidence: Sequence[Evidence],
    terms: Wanted,
) -> Signals:
    """The signals of a question. In a small library the best passage stands out of nothing: its
    standing counts as unknown."""
    many = terms.chunks >= _MANY and passages
    return Signals(
        sentence_cosine=max((e.cosine for e in evidence), default=0.0),
        passage_cosine=max((p.cosine for p in passages), default=0.0),
        sentence_cover=max(map(terms.cover_of, evidence), default=0.0),
        passage_cover=max(map(terms.cover_of, passages), default=0.0),
        names_missing=_missing(question, passages),
        standing=passages[0].score if many else None,
    )


def probability(signals: Signals) -> float:
    """How likely the collection holds the answer, 0 to 1, so scaled that `THRESHOLD` is where to
    refuse. Decided before the model is asked: what it made of the evidence (the likelihoods of a refusal
    and of its copy) added nothing when that was measured on 240 questions."""
    model = _model(kind(signals))
    known = asdict(signals)
    total = model["intercept"] + sum(w * known[name] for name, w in model["weights"].items())
    return float(1 / (1 + math.exp(-total)))


def kind(signals: Signals) -> str:
    """Which weights go with the signals that are known: those of a "small" or "large" library."""
    return "small" if signals.standing is None else "large"


def unfitted(*models: str) -> str | None:
    """A line for the user where the weights, and `CHOOSING.read_refusal`, were fitted on other models than
    these (identities); None where they are the same."""
    known = _fitted()["fitted_on"]
    others = [identity for identity in models if identity not in known]
    if not others:
        return None
    return (
        f"when to refuse was fitted on other models than {', '.join(others)}: expect more wrong answers or "
        "more refusals; measure it on questions of your own: hoibao eval FILE --without"
    )


def _model(kind: str) -> Any:
    return _fitted()[kind]


@cache
def _fitted() -> Any:
    return json.loads(resources.files("rag").joinpath("refusal.json").read_text("utf-8"))


def _terms(text: str, bare: bool) -> set[str]:
    """Content words and pairs of them."""
    stop = BARE_FUNCTION_WORDS if bare else FUNCTION_WORDS
    singles = words(strip_marks(text) if bare else text)
    joined = {pair for pair in pairs(singles) if not any(part in stop for part in pair.split("_"))}
    return {word for word in singles if word not in stop} | joined


def about(article: Article) -> str:
    """What says which article it is: its details and how it begins. The rest of the question must
    be in the sentence itself."""
    details = article.details
    parts = (details.title, details.outlet, details.author, article.body[:_LEAD])
    return "\n".join(part for part in parts if part)


def _missing(question: str, passages: Sequence[Passage]) -> float:
    asked = names(question)
    numbers = [figure.key for figure in figures(question)]
    if not asked and not numbers:
        return 0.0
    best = 1.0
    for passage in passages:
        text = f"{passage.article.title}\n{passage.article.body}"
        keys = {figure.key for figure in figures(text)} | set(words(text))
        gone = sum(not mentions(text, name) for name in asked)
        gone += sum(key not in keys for key in numbers)
        best = min(best, gone / (len(asked) + len(numbers)))
    return best
