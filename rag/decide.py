"""All candidates of all passages in one list, each with one calibrated probability; and what is said of them.

The probability is a logistic function of what the reader says of the words, the sentence and the passage, of
how the passage was found, and of how much of what the question names the article has. Its weights are data
(`decision.json`), fitted by `tests/quality/fit_decision.py` and `fit_answers.py` on questions that nothing is
reported on, and belong to the models they were fitted on.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import cache
from importlib import resources
from typing import Any

import regex as re

from index.errors import ModelError
from index.language.figures import figures
from index.language.names import mentions
from index.language.places import places
from index.language.text import fold, words
from index.language.words import Language
from index.types import Article
from rag import cause
from rag.config import COMPOSING, DECIDING, WRITING
from rag.fitting import fitting
from rag.measure import can_count
from rag.question import SHORT, Question
from rag.retrieve import leads
from rag.scope import admits
from rag.types import Candidate, Excerpt, Kind, Opinion, Passage, Reading, Signals, Span
from rag.wanted import another_rank, can_be

#: What stands for the writer's refusal where that is not known: it is mostly less likely (a logarithm).
UNKNOWN = -4.0
_WHOLE = re.compile(r"\d+(?:[.,/:-]\d+)*%?|[\p{L}\p{M}\d]+")


def excerpt(passage: Passage) -> Excerpt:
    """What the reader reads of a passage."""
    return told(passage.text, passage.article)


def told(text: str, article: Article) -> Excerpt:
    """Words of an article behind its title, date and place, as the reader was trained to read them."""
    details = article.details
    day = details.published.isoformat() if details.published else None
    return Excerpt(text, " · ".join(part for part in (details.title, day, details.place) if part))


def candidates(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading]
) -> list[Candidate]:
    """Every span that the reader offers, the likeliest first; of spans of an article that overlap the
    likeliest one only, and none that another place, year or event than the asked one is told of, or that
    cannot be what is asked for."""
    found = sorted(_all(question, passages, readings), key=lambda c: -c.probability)
    kept: list[Candidate] = []
    for one in found:
        same_article = [k for k in kept if k.article.id == one.article.id]
        if all(one.end <= k.start or one.start >= k.end for k in same_article) and all(
            k.text != one.text for k in same_article
        ):
            kept.append(one)
    return kept


def _all(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading]
) -> Iterator[Candidate]:
    behind = leads(question, passages)
    lacks: dict[str, float] = {}
    for passage, reading, lead in zip(passages, readings, behind, strict=True):
        article = passage.article
        if article.id not in lacks:
            lacks[article.id] = missing(question, article)
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
            first, last = _edges(passage.text[a:b], max(a, span.start) - a, min(b, span.end) - a)
            start, end = passage.start + a + first, passage.start + a + last
            sentence = (passage.start + a, passage.start + b)
            found = fitting(question, article.body, sentence, (start, end))
            if not found:
                continue
            sentence, (start, end) = found
            if not admits(question, article, *sentence):
                continue
            if not can_be(question.kind, article.body[start:end]):
                continue
            said = article.body[slice(*sentence)]
            if question.kind == "person" and another_rank(question.query, said):
                continue
            signals = Signals(span.score, lead, lacks[article.id], reading.support[at])
            one = Candidate(article, start, end, sentence, signals, probability(signals))
            if can_count(question, one):
                yield one


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words and figures: the reader points at tokens, and "400" is one of "3.400".

    >>> _edges("Có 3.400 người", 5, 8)
    (3, 8)
    """
    for word in _WHOLE.finditer(text):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return start, end


def _overlap(span: Span, sentence: tuple[int, int]) -> int:
    return min(span.end, sentence[1]) - max(span.start, sentence[0])


def probability(signals: Signals) -> float:
    """That the words are the answer, 0 to 1."""
    return _logistic(_fitted()["first"], asdict(signals))


def near(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that are not far behind the likeliest one, which comes first: the writer reads these."""
    return [one for one in found if _log_odds(one) >= _log_odds(found[0]) - WRITING.behind]


def settled(found: Sequence[Candidate], kind: Kind) -> bool:
    """Whether the writer's opinion could change nothing: there is one candidate, and even where the writer
    refused it would be said."""
    return len(found) == 1 and _surest(found, kind, Opinion("", (), 0.0)) >= threshold()


def is_said(found: Sequence[Candidate], kind: Kind) -> bool:
    """Whether the first candidate would be said without the writer's opinion."""
    return bool(found) and _surest(found[:1], kind, None) >= threshold()


def _surest(found: Sequence[Candidate], kind: Kind, opinion: Opinion | None) -> float:
    return reconsidered(found, kind, opinion)[0].probability


def as_likely(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of the first one's article that are about as likely as it, which comes first."""
    best = found[0]
    return [
        one
        for one in found
        if one.article.id == best.article.id
        and one.probability >= COMPOSING.together * best.probability
    ]


def reconsidered(
    found: Sequence[Candidate], kind: Kind, opinion: Opinion | None, language: Language = "vi"
) -> list[Candidate]:
    """The candidates after the writer has read their sentences, too, or, without an `opinion`, has not. The one
    comes first in whose very words it answers, where it is not much less likely than the others. How likely
    each is right depends on how likely the writer would refuse, too, but not on that choice: made to copy, it
    copies from something. Where what is asked for is no run of words (a reason, what somebody said) its words
    count for nothing, and its refusal for more; of reasons those sentences come first that tell a cause. In two
    languages both are less sure."""
    copied = kind in SHORT
    model = _fitted()["second"]["copied" if copied else "told"]
    english = float(language == "en")
    refusal = opinion.refusal if opinion else None
    refusal = UNKNOWN if refusal is None else max(refusal, -12.0)

    def again(one: Candidate) -> Candidate:
        told = {"reader": _log_odds(one), "support": one.signals.support}
        signals = told | {"refusal": refusal, "english": english, "cause": cause.told(kind, one)}
        return replace(one, probability=_logistic(model, signals))

    def score(one: Candidate) -> float:
        if kind == "reason":
            return again(one).probability
        if not copied or opinion is None:
            return _log_odds(one)
        return _log_odds(one) + float(_fitted()["agrees"]) * agreement(one.text, opinion)

    return [again(one) for one in sorted(found, key=score, reverse=True)]


def _log_odds(candidate: Candidate) -> float:
    p = min(max(candidate.probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def agreement(text: str, opinion: Opinion) -> float:
    """How many of the words of a text and of the writer's first copy are the same (F1, 0 to 1)."""
    if not opinion.copies:
        return 0.0
    mine, other = words(text), words(opinion.copies[0][0])
    common = sum(min(mine.count(w), other.count(w)) for w in set(mine))
    return 2 * common / (len(mine) + len(other)) if common else 0.0


def each(found: Sequence[Candidate], every: bool = False) -> list[Candidate]:
    """The best candidate of each article that answers surely enough and nearly as surely as the best one of
    all (with `every`: surely enough), the likeliest first; none of an article that lacks more of what the
    question names than that one's does: it tells of something else."""
    best: dict[str, Candidate] = {}
    for one in found:
        best.setdefault(one.article.id, one)
    if not best:
        return []
    first = next(iter(best.values()))
    enough = sure() if every else max(sure(), DECIDING.alike * first.probability)
    most = DECIDING.every if every else DECIDING.several
    return [
        one
        for one in best.values()
        if one.probability >= enough and one.signals.missing <= first.signals.missing
    ][:most]


def nearest(question: Question, found: Sequence[Candidate]) -> Candidate | None:
    """The candidate to name beside a refusal: of an article that has all that the question names, if it names
    anything."""
    if not found or not (question.names or question.places):
        return None
    best = found[0]
    return best if best.signals.missing == 0 and best.probability >= DECIDING.near else None


def fitted_writer() -> dict[str, float]:
    """The likeliest first tokens of the writer that the weights were fitted with, behind the trial of
    `rag.llm.served`, each with the logarithm of its probability: by them it is known when it is served."""
    return {str(token): float(value) for token, value in _fitted()["trial"]}


def fitted_on() -> str:
    """The identity of that writer."""
    return str(_fitted()["fitted_on"][-1])


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


def sure() -> float:
    """The reader's probability from which its answer is given without the writer's opinion, where there are
    several, and shown before it."""
    return float(_fitted()["sure"])


def least() -> float:
    """The reader's probability below which the writer is not asked: hardly anything right lies there."""
    return float(_fitted()["least"])


def threshold() -> float:
    """The probability, reconsidered, below which nothing is said."""
    return float(_fitted()["threshold"])


def missing(question: Question, article: Article) -> float:
    """The share of the question's names and figures that an article does not have; 0 where it has none, or,
    of a yes/no question, where the article has half of them: the others are what is asked about."""
    asked = [*question.names, *question.figures]
    if not asked:
        return 0.0
    details = article.details
    head = filter(None, (details.title, details.outlet, details.author, details.place))
    text = "\n".join([*head, article.body])
    keys = {figure.key for figure in figures(text)} | set(words(text))
    known = places(text)
    gone = sum(not mentions(text, name) and name not in known for name in question.names)
    gone += sum(key not in keys and fold(key) not in keys for key in question.figures)
    return 0.0 if question.kind == "yes_no" and 2 * gone <= len(asked) else gone / len(asked)


def _logistic(model: dict[str, Any], signals: dict[str, float]) -> float:
    total = model["intercept"] + sum(w * signals[name] for name, w in model["weights"].items())
    return 1 / (1 + math.exp(-min(max(total, -30.0), 30.0)))


@cache
def _fitted() -> Any:
    file = resources.files("rag").joinpath("decision.json")
    try:
        found = json.loads(file.read_text("utf-8"))
        models = [found["first"], *found["second"].values()]
        numbers = [found[n] for n in ("threshold", "sure", "least", "agrees")]
        numbers += [n for one in models for n in (one["intercept"], *one["weights"].values())]
        numbers += [value for _, value in found["trial"]]
        if not all(math.isfinite(n) for n in numbers) or not isinstance(found["fitted_on"], list):
            raise ValueError("no such weights")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ModelError(f"{file} is damaged; install Hỏi Báo again") from None
    return found
