"""Finds out what this machine is fastest with. A setting that is only faster is tried in a child process, and
used where it gave the same results there as the safe settings did; whatever else happens, it is left out.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index import embed
from index.errors import ModelError
from index.models import proof, trial
from index.models.registry import Model
from index.models.trial import TrialFailed, TrialTimeout
from index.models.tuning import Tried, Tuning, machine
from rag.llm import local

#: A trial takes 2 to 10 seconds on two idle cores.
SECONDS = 180.0
#: Of vectors and of logits to those of the safe settings; bfloat16's vectors are at 0.9999.
_COSINE = 0.999
#: Answers are short, and the model ends many before the draft does: a step of four that cost 3.5 times one of
#: one made copying slower by a quarter.
_STEP = 1.6
_DRAFTED = 3

S = TypeVar("S")
R = TypeVar("R", bound="_Timed")


class _Timed(Protocol):
    @property
    def seconds(self) -> float: ...


def tuned(embedding: Model, language: Model, seconds: float = SECONDS) -> Tuning:
    """The settings that embed and answer soonest on this machine with these models, among those that gave right
    results, and all that was tried; each trial takes at most `seconds`.

    Raises:
        ModelError: not even the safe settings work, as where llama.cpp was compiled for another processor.
    """
    proof.require_build()
    found = replace(
        Tuning(), machine=machine(), models=(embedding.identity, language.identity), tried=()
    )
    return _language(language, _embedding(embedding, found, seconds), seconds)


def _embedding(model: Model, base: Tuning, seconds: float) -> Tuning:
    safe = base.embedding

    def run(numbers: str) -> embed.Trial:
        return trial.attempt(embed.trial, model.path, model.identity, numbers, seconds=seconds)

    def wrong(found: embed.Trial, right: embed.Trial) -> str | None:
        least = min(map(_cosine, found.vectors, right.vectors))
        return None if least >= _COSINE else f"other vectors, cosine {least:.3f}"

    best, tried = _fastest(model, [safe, "bfloat16"], str, run, wrong)
    return replace(base, embedding=best, tried=(*base.tried, *tried))


def _language(model: Model, base: Tuning, seconds: float) -> Tuning:
    cores = os.cpu_count() or 2
    fewer = max(1, min(cores, 16) // 2)
    candidates = [base]
    for threads in dict.fromkeys((base.threads, fewer)):
        for repack in (False, True):
            candidates.append(replace(base, threads=threads, repack=repack))
    steps: dict[Tuning, float] = {}

    def run(tuning: Tuning) -> local.Trial:
        found = trial.attempt(local.trial, model.path, model.identity, tuning, seconds=seconds)
        steps[tuning] = found.four
        return found

    def wrong(found: local.Trial, right: local.Trial) -> str | None:
        cosine = _cosine(found.logits, right.logits)
        if cosine < _COSINE:
            return f"other logits, cosine {cosine:.3f}"
        return None if found.tokens == right.tokens else "it writes other tokens"

    best, tried = _fastest(model, list(dict.fromkeys(candidates)), _named, run, wrong)
    proof.remember(model.path)
    drafted = _DRAFTED if steps.get(best, _STEP) < _STEP else 0
    return replace(best, drafted=drafted, tried=(*base.tried, *tried))


def _fastest(
    model: Model,
    settings: Sequence[S],
    named: Callable[[S], str],
    run: Callable[[S], R],
    wrong: Callable[[R, R], str | None],
) -> tuple[S, list[Tried]]:
    """The setting that takes the least time of those whose results are right; the first one is the safe one,
    which says what is right."""
    safe, *others = settings
    try:
        right = run(safe)
    except (
        TrialTimeout
    ) as late:  # a busy machine: safe settings are used, and nothing else is tried
        return safe, [Tried(f"anything but {named(safe)}", reason=str(late))]
    except TrialFailed as failed:
        do = (
            "compile llama.cpp for every processor since 2013: make chat PORTABLE=1"
            if model.kind == "language"
            else "choose another one: hoibao models use NAME|PATH"
        )
        raise ModelError(
            f"{model.name} does not run on this machine, with the safest settings it {failed}; {do}"
        ) from None
    best, soonest = safe, right.seconds
    tried = [Tried(named(safe), right.seconds)]
    for setting in others:
        reason = None
        try:
            found = run(setting)
            reason = wrong(found, right)
        except (TrialFailed, ModelError) as failed:
            reason = str(failed)
        if reason:
            tried.append(Tried(named(setting), reason=reason))
            continue
        tried.append(Tried(named(setting), found.seconds))
        if found.seconds < soonest:
            best, soonest = setting, found.seconds
    return best, tried


def _named(tuning: Tuning) -> str:
    weights = "repacked weights" if tuning.repack else "weights as they are"
    return f"{weights}, {tuning.threads} thread{'s' * (tuning.threads > 1)}"


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
