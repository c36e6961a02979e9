"""Yes/no questions: the sentences that say whether it is so, and whether they say yes or no.

The writer reads each with an adapter that was trained for this (`rag/whether/train.py`), and tells how likely
it would reply yes, no, or that it is not said there; what the words alone say (`rag.check.verdict`) counts
beside it. How much is data (`fitted.json`), fitted by `tests/quality/fit_whether.py`. Where neither is likely
enough nothing is said: a wrong yes is worse than the sentence beside a refusal.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Event
from typing import Any

from index.errors import ModelError
from rag import decide, prompts
from rag.check.checker import cover
from rag.check.verdict import proposition, verdict
from rag.cite import context
from rag.config import WHETHER
from rag.llm.local import LanguageModel, TooLong
from rag.opinion import shown
from rag.question import Question
from rag.scope import admits
from rag.types import Candidate, Passage, Reading, Shown, Signals

#: What a writer that has no adapter tells: neither.
_NOTHING = (-9.0, -9.0, 0.0)


def nearest(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading]
) -> list[Candidate]:
    """The sentences that are likeliest to say whether it is so, the likeliest first: those that the reader
    takes for an answer, and that have the words of what is asked about; none of an article that lacks most of
    what the question names, or of another place or year."""
    asked = proposition(question.query)
    scores: dict[tuple[str, int], tuple[float, Candidate]] = {}
    for passage, reading in zip(passages, readings, strict=True):
        if decide.missing(question, passage.article):
            continue
        for (a, b), support in zip(reading.sentences, reading.support, strict=True):
            start, end = passage.start + a, passage.start + b
            if not admits(question, passage.article, start, end):
                continue
            signals = Signals(0.0, 0.0, 0.0, support)
            one = Candidate(passage.article, start, end, (start, end), signals, 0.0)
            score = support + WHETHER.words * cover(asked, one.text)
            key = passage.article.id, start
            if key not in scores or score > scores[key][0]:
                scores[key] = score, one
    best = sorted(scores.values(), key=lambda scored: -scored[0])
    return [one for _, one in best[: WHETHER.sentences]]


def decided(
    writer: LanguageModel, question: Question, sentences: Sequence[Candidate], stop: Event
) -> tuple[list[Candidate], str | None]:
    """The sentences that were read, each with how likely what it says, yes or no, is right; first the one that
    says one of them, and that word in the question's language. It is the writer's turn.

    Raises:
        ModelError: the model or the adapter cannot be loaded.
    """
    read: list[Candidate] = []
    for one in sentences:
        if stop.is_set():
            break
        yes, no = likely(writer, question, one)
        one = replace(one, probability=max(yes, no))
        if one.probability >= threshold():
            return [one, *read], prompts.YES_NO[question.language][yes < no]
        read.append(one)
    return read, None


def likely(writer: LanguageModel, question: Question, one: Candidate) -> tuple[float, float]:
    """How likely a sentence says that it is so, and that it is not (0 to 1, together at most 1)."""
    tells, signals = weighed(writer, question, one)
    found = _fitted()
    total = found["intercept"] + sum(found["weights"][name] * signals[name] for name in signals)
    says_yes = 1 / (1 + math.exp(-total))
    return tells * says_yes, tells * (1 - says_yes)


def weighed(
    writer: LanguageModel, question: Question, one: Candidate
) -> tuple[float, dict[str, float]]:
    """How likely a sentence says one of yes and no (0 to 1), and what speaks for yes: its words (1, or -1 where
    they speak for no), and by how much (in logarithms) yes is likelier to the writer."""
    words = verdict(question.query, one.source.text, context(one.article))
    prompt = prompts.verdict(question.query, shown(one))
    try:
        replies = writer.verdict(prompt, prompts.VERDICTS, adapter(), base())
    except TooLong:
        replies = None
    yes, no, neither = replies or _NOTHING
    tells = 1 / (1 + math.exp(neither - max(yes, no)))
    said = {True: 1.0, False: -1.0, None: 0.0}[words]
    return (1.0 if said else tells), {"words": said, "leans": yes - no}


def warm(writer: LanguageModel) -> None:
    """Loads the adapter and reads with it, which takes the first time longer.

    Raises:
        ModelError: the model or the adapter cannot be loaded.
    """
    prompt = prompts.verdict("Báo có tin không?", Shown("Tin", "Báo có tin."))
    writer.verdict(prompt, prompts.VERDICTS, adapter(), base())


def threshold() -> float:
    """How likely a yes or a no must be to be said."""
    return float(_fitted()["threshold"])


def adapter() -> Path:
    """The adapter's file."""
    return Path(str(resources.files("rag.whether").joinpath("adapter.gguf")))


@cache
def base() -> str:
    """The identity of the model that the adapter belongs to."""
    card = resources.files("rag.whether").joinpath("card.json")
    return str(json.loads(card.read_text("utf-8"))["base"])


@cache
def _fitted() -> Any:
    file = resources.files("rag.whether").joinpath("fitted.json")
    try:
        found = json.loads(file.read_text("utf-8"))
        numbers = [found["intercept"], found["threshold"], *found["weights"].values()]
        if not all(math.isfinite(n) for n in numbers) or set(found["weights"]) != {
            "words",
            "leans",
        }:
            raise ValueError("no such weights")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ModelError(f"{file} is damaged; install Hỏi Báo again") from None
    return found
