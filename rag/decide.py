"""All candidates of all passages in one list, each with one calibrated probability; and what is said of them.

The probability is a logistic function of what the reader says of the words, the sentence and the passage, of
how the passage was found, and of how much of what the question names the article has. Its weights are data
(`decision.json`), fitted by `tests/quality/fit_decision.py` on questions that are used for nothing else, and
belong to the models they were fitted on.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib import resources
from typing import Any

from index.text import fold, words
from index.types import Article, opening
from rag.config import DECIDING
from rag.figures import figures, numerals
from rag.language import FUNCTION_WORDS
from rag.names import mentions
from rag.question import Question
from rag.scope import TITLE, admits, label, when
from rag.types import Candidate, Excerpt, Opinion, Passage, Reading, Signals, Span


def excerpt(passage: Passage) -> Excerpt:
    """What the reader reads of a passage: its words behind title, date and place of its article, as it was
    trained to."""
    details = passage.article.details
    day = details.published.isoformat() if details.published else None
    told = (details.title, day, details.place)
    return Excerpt(passage.text, " · ".join(part for part in told if part))


def candidates(
    question: Question,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    best: float | None = None,
) -> list[Candidate]:
    """Every span that the reader offers, the likeliest first; of spans of an article that overlap the
    likeliest one only, and none that another place, year or event than the asked one is told of. `best`:
    the score of the best passage, where it is not among these."""
    if best is None:
        best = max((p.score for p in passages), default=0.0)
    found = sorted(_all(question, passages, readings, best), key=lambda c: -c.probability)
    kept: list[Candidate] = []
    for one in found:
        same = [k for k in kept if k.article.id == one.article.id]
        if all(one.end <= k.start or one.start >= k.end for k in same):
            kept.append(one)
    told = [c for c in kept if question.years & when(c.article, c.start, c.end)]
    return told or kept


def _all(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading], best: float
) -> Iterator[Candidate]:
    missing: dict[str, float] = {}
    for passage, reading in zip(passages, readings, strict=True):
        article = passage.article
        if article.id not in missing:
            missing[article.id] = _missing(question, article)
        for span in reading.spans:
            # Of a span over the end of a sentence the part in the sentence that has most of it.
            at = max(
                range(len(reading.sentences)),
                key=lambda n: _overlap(span, reading.sentences[n]),
                default=-1,
            )
            if at < 0:
                continue
            a, b = reading.sentences[at]
            start, end = passage.start + max(a, span.start), passage.start + min(b, span.end)
            sentence = (passage.start + a, passage.start + b)
            if not admits(question, article, *sentence):
                continue
            signals = Signals(
                span.score,
                reading.relevance,
                reading.support[at],
                passage.score - best,
                missing[article.id],
            )
            yield Candidate(article, start, end, sentence, signals, probability(signals))


def _overlap(span: Span, sentence: tuple[int, int]) -> int:
    return min(span.end, sentence[1]) - max(span.start, sentence[0])


def probability(signals: Signals) -> float:
    """That the words are the answer, 0 to 1."""
    return _logistic(_fitted()["first"], asdict(signals))


def reconsidered(candidate: Candidate, opinion: Opinion) -> Candidate:
    """The candidate with the probability that it has after the writer has read its sentences, too: whether
    it would refuse, and whether it copies these very words."""
    p = min(max(candidate.probability, 1e-4), 1 - 1e-4)
    signals = {
        "reader": math.log(p / (1 - p)),
        "refusal": max(opinion.refusal, -12.0),
        "agrees": agreement(candidate.text, opinion),
    }
    return replace(candidate, probability=_logistic(_fitted()["second"], signals))


def agreement(text: str, opinion: Opinion) -> float:
    """How many of the words of a text and of the writer's first copy are the same (F1, 0 to 1)."""
    if not opinion.copies:
        return 0.0
    mine, other = words(text), words(opinion.copies[0][0])
    common = sum(min(mine.count(w), other.count(w)) for w in set(mine))
    return 2 * common / (len(mine) + len(other)) if common else 0.0


def each(
    question: Question, found: Sequence[Candidate], threshold: float, every: bool = False
) -> list[Candidate]:
    """The best candidate of each article that answers nearly as surely as the best one of all (with `every`:
    surely enough), the likeliest first."""
    best: dict[str, Candidate] = {}
    for one in found:
        best.setdefault(one.article.id, one)
    if not best:
        return []
    surest = next(iter(best.values())).probability
    least = threshold if every else max(threshold, DECIDING.alike * surest)
    return [c for c in best.values() if c.probability >= least][
        : DECIDING.every if every else DECIDING.several
    ]


def differ(question: Question, found: Sequence[Candidate]) -> bool:
    """Whether articles answer differently."""
    if not found or question.kind in ("reason", "manner", "said", "summary", "yes_no"):
        return False
    return any(not same(question, found[0], other) for other in found[1:])


def labels(found: Sequence[Candidate]) -> list[str]:
    """What tells each candidate's article from the others': place and year, where these are the same its
    title."""
    short = [label(one.article, *one.sentence) for one in found]
    return [
        name if short.count(name) == 1 else opening(one.article.title, TITLE)
        for name, one in zip(short, found, strict=True)
    ]


def same(question: Question, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same: for a figure its value, else one's words among the other's."""
    if question.kind == "figure":
        mine, theirs = _values(one.text), _values(other.text)
        if mine and theirs:
            return not mine.isdisjoint(theirs)
    mine, theirs = ({w for w in words(c.text) if w not in FUNCTION_WORDS} for c in (one, other))
    return mine <= theirs or theirs <= mine


def unfitted(*models: str) -> str | None:
    """A line for the user where the weights were fitted on other models than these (identities); None
    where they are the same."""
    others = [identity for identity in models if identity not in _fitted()["fitted_on"]]
    if not others:
        return None
    return (
        f"when to refuse was fitted on other models than {', '.join(others)}: expect more wrong answers or "
        "more refusals; measure it on questions of your own: hoibao eval FILE --without"
    )


def least() -> float:
    """The reader's probability below which the writer is not asked for its opinion: it changed nothing."""
    return float(_fitted()["least"])


def threshold() -> float:
    """The probability below which nothing is said, as it was fitted."""
    return float(_fitted()["threshold"])


def _values(text: str) -> set[str]:
    return {figure.value for figure in (*figures(text), *numerals(text))}


def _missing(question: Question, article: Article) -> float:
    """The share of the question's names and figures that an article does not have; 0 where it has none."""
    asked = [*question.names, *question.figures]
    if not asked:
        return 0.0
    details = article.details
    head = filter(None, (details.title, details.outlet, details.author, details.place))
    text = "\n".join([*head, article.body])
    keys = {figure.key for figure in figures(text)} | set(words(text))
    gone = sum(not mentions(text, name) for name in question.names)
    gone += sum(key not in keys and fold(key) not in keys for key in question.figures)
    return gone / len(asked)


def _logistic(model: dict[str, Any], signals: dict[str, float]) -> float:
    total = model["intercept"] + sum(w * signals[name] for name, w in model["weights"].items())
    return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


@cache
def _fitted() -> Any:
    return json.loads(resources.files("rag").joinpath("decision.json").read_text("utf-8"))
