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

from index.text import has_marks, pairs, strip_marks, words
from index.types import Article
from rag.figures import figures
from rag.language import FUNCTION_WORDS
from rag.names import mentions, names
from rag.types import Evidence, Passage

#: A question about an article itself must be covered by it this far (not fitted: a half).
ABOUT_COVER = 0.5
_LEAD = 400  # characters: the first paragraph of a report

_BARE_FUNCTION_WORDS = frozenset(map(strip_marks, FUNCTION_WORDS))

#: By term: how many chunks of the library have it.
Spread = Callable[[Sequence[str]], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a question and its evidence before the model is asked; each 0 to 1."""

    sentence_cosine: float  # of the best chosen sentence
    passage_cosine: float  # of the nearest passage
    sentence_cover: float  # share of the question's terms, by rarity, in the best sentence or lead
    passage_cover: float  # the same for the best whole passage
    names_missing: float  # share of the question's names and figures that no passage has


def measure(
    question: str,
    passages: Sequence[Passage],
    evidence: Sequence[Evidence],
    chunks: int,
    spread: Spread,
) -> Signals:
    """The signals of a question; `chunks` is the size of the library and `spread` counts the chunks
    that have a term."""
    bare = not has_marks(question)
    wanted = _terms(question, bare)
    counts = spread(sorted(wanted))
    rarity = {t: math.log(1 + (chunks + 1) / (counts.get(t, 0) + 0.5)) for t in wanted}
    return Signals(
        sentence_cosine=max((e.cosine for e in evidence), default=0.0),
        passage_cosine=max((p.cosine for p in passages), default=0.0),
        sentence_cover=max(
            (_cover(rarity, f"{_about(e.article)}\n{e.text}", bare) for e in evidence), default=0.0
        ),
        passage_cover=max(
            (_cover(rarity, f"{_about(p.article)}\n{p.text}", bare) for p in passages), default=0.0
        ),
        names_missing=_missing(question, passages),
    )


def probability(signals: Signals) -> float:
    """How likely the collection holds the answer, 0 to 1."""
    model = _model()
    total = model["intercept"] + sum(
        model["weights"][name] * value for name, value in asdict(signals).items()
    )
    return 1 / (1 + math.exp(-total))


def threshold() -> float:
    """Below this probability the question is refused."""
    return float(_model()["threshold"])


@cache
def _model() -> dict:  # type: ignore[type-arg]
    text = resources.files("rag").joinpath("refusal.json").read_text("utf-8")
    return dict(json.loads(text))


def _terms(text: str, bare: bool) -> set[str]:
    """Content words and pairs of them."""
    stop = _BARE_FUNCTION_WORDS if bare else FUNCTION_WORDS
    singles = words(strip_marks(text) if bare else text)
    joined = {pair for pair in pairs(singles) if not any(part in stop for part in pair.split("_"))}
    return {word for word in singles if word not in stop} | joined


def _cover(rarity: Mapping[str, float], text: str, bare: bool) -> float:
    total = sum(rarity.values())
    have = _terms(text, bare)
    return sum(value for term, value in rarity.items() if term in have) / total if total else 0.0


def _about(article: Article) -> str:
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
