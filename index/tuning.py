"""What this machine is fastest with: measured once by `hoibao models pull`, kept beside the models.

Which is best differs from machine to machine and cannot be told from its name: bfloat16 embeds 2.8 times as
fast where the processor multiplies it and slower where it does not; repacked weights write faster and
read slower.
"""

import json
import os
import timeit
from collections.abc import Callable
from dataclasses import asdict, dataclass

from index import config

_FILE = "tuning.json"


@dataclass(frozen=True, slots=True)
class Tuning:
    """The fastest settings. `embedding`: the numbers that the embedding model computes with, "float32" or
    "bfloat16"; `threads` and `repack`: how llama.cpp runs the language model; `drafted`: how many tokens of
    the evidence are read ahead while it is copied. `cores` and `models` say for which machine and which
    models they were measured."""

    embedding: str = "float32"
    threads: int = min(os.cpu_count() or 2, 8)
    repack: bool = False
    drafted: int = 0
    cores: int = os.cpu_count() or 1
    models: tuple[str, ...] = ()


def soonest(rounds: int, work: Callable[[], object]) -> float:
    """The seconds that some work takes, the best of some rounds."""
    return min(timeit.repeat(work, number=1, repeat=rounds))


def kept() -> Tuning:
    """What was measured on this machine; else settings that are safe everywhere."""
    try:
        raw = json.loads((config.models_dir() / _FILE).read_text("utf-8"))
        found = Tuning(**{**raw, "models": tuple(raw["models"])})
    except (OSError, ValueError, TypeError, KeyError):
        return Tuning()
    return found if found.cores == (os.cpu_count() or 1) else Tuning()


def keep(tuning: Tuning) -> None:
    """Keeps what was measured."""
    part = config.models_dir() / f"{_FILE}.part"
    part.write_text(json.dumps(asdict(tuning), indent=1) + "\n", "utf-8")
    part.replace(config.models_dir() / _FILE)
