"""The model: multinomial logistic regression over words and runs of words, weighed by tf-idf."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.question.learned.features import features
from rag.types import Kind

#: What the words that ask (`kinds.told`) count for beside all features, whose squares add up to 1.
RULE = 0.5
FILE = "kinds.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """`features`: the number of each; `idf`: (features,) its weight; `matrix`: (features + kinds + 1, kinds)
    a row for each feature, for each kind that the words that ask may tell, and what is added to all."""

    kinds: tuple[Kind, ...]
    features: dict[str, int]
    idf: NDArray[np.float32]
    matrix: NDArray[np.float32]


def probabilities(question: str, told: Kind) -> dict[Kind, float]:
    """How likely a question is of each kind, in all 1. `told`: what the words that ask say (`kinds.told`)."""
    weights = _loaded()
    found = Counter(one for one in features(question) if one in weights.features)
    at = [weights.features[one] for one in found]
    values = np.array([1 + math.log(count) for count in found.values()]) * weights.idf[at]
    norm = math.sqrt(float(values @ values)) or 1.0
    told_row = len(weights.features) + weights.kinds.index(told)
    logits = values / norm @ weights.matrix[at] + RULE * weights.matrix[told_row]
    shares = np.exp(logits + weights.matrix[-1])
    return dict(zip(weights.kinds, (shares / shares.sum()).tolist(), strict=True))


def packed(weights: Weights) -> dict[str, NDArray[np.generic]]:
    """What is kept of weights: 8 bits each, with one scale a row."""
    scale = np.maximum(np.abs(weights.matrix).max(1, keepdims=True), 1e-9) / 127
    return {
        "kinds": _bytes(weights.kinds),
        "features": _bytes(weights.features),
        "idf": weights.idf.astype(np.float16),
        "scale": scale.astype(np.float32),
        "matrix": np.round(weights.matrix / scale).astype(np.int8),
    }


@cache
def _loaded() -> Weights:
    with (
        resources.files("rag.question.learned").joinpath(FILE).open("rb") as file,
        np.load(file, allow_pickle=False) as kept,
    ):
        named: list[Kind] = _lines(kept["kinds"])  # type: ignore[assignment]
        return Weights(
            tuple(named),
            {one: number for number, one in enumerate(_lines(kept["features"]))},
            kept["idf"].astype(np.float32),
            kept["matrix"] * kept["scale"],
        )


def _bytes(lines: "tuple[Kind, ...] | dict[str, int]") -> NDArray[np.generic]:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def _lines(kept: NDArray[np.uint8]) -> list[str]:
    return kept.tobytes().decode().split("\n")
