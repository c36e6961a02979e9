"""What this machine is fastest with: measured by `hoibao models pull`, kept beside the models.

Which is best differs from machine to machine and cannot be told from its name: bfloat16 embeds 2.8 times as
fast where the processor multiplies it and slower where it does not; repacked weights write faster and
read slower, and crash llama.cpp on some processors with AMX. So nothing is used that was not tried, on this
processor, with these models and these versions of the libraries; until then, safe settings are.
"""

import json
import os
import timeit
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index import config
from index.aside import settings
from index.models import processor

_FILE = "tuning.json"
_MOST_THREADS = 512
_MOST_DRAFTED = 64


@dataclass(frozen=True, slots=True)
class Tried:
    """A setting that was tried: how long it took, or the reason why it is not used on this machine."""

    setting: str
    seconds: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Tuning:
    """Settings; without arguments, those that are safe everywhere. `embedding`: the numbers that the embedding
    model computes with, "float32" or "bfloat16"; `threads` and `repack`: how llama.cpp runs the language model;
    `drafted`: how many tokens of the evidence are read ahead while it is copied. `machine` and `models` say
    for which processor and libraries and for which models they were measured; `tried` is all that was."""

    embedding: str = "float32"
    threads: int = min(os.cpu_count() or 2, 8)
    repack: bool = False
    drafted: int = 0
    machine: str = ""
    models: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()

    @property
    def refused(self) -> tuple[str, ...]:
        """A line for each setting that is not used here, with its reason."""
        return tuple(
            f"not used on this machine: {one.setting} ({one.reason})"
            for one in self.tried
            if one.reason
        )


def soonest(rounds: int, work: Callable[[], object]) -> float:
    """The seconds that some work takes, the best of some rounds."""
    return min(timeit.repeat(work, number=1, repeat=rounds))


def machine() -> str:
    """What settings belong to: the processor, how many of its cores there are, and the libraries with native
    code, llama.cpp's build included."""
    here, build = processor.here(), processor.built_for()
    parts = [here.model, here.key, f"{os.cpu_count()} cores"]
    for package in ("torch", "llama-cpp-python"):
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"no {package}")
    parts.append(f"built for {build.key if build else '?'}")
    return ", ".join(parts)


def kept(*models: str) -> Tuning:
    """What was measured on this machine with these models (identities) among others; else settings that are
    safe everywhere."""
    found = measured()
    return found if found and set(models) <= set(found.models) else Tuning()


def measured() -> Tuning | None:
    """What was measured on this machine, with whatever models; None where nothing was, or it is damaged."""
    found = settings(_file(), _tuning, None)
    return found if found and found.machine == machine() else None


def _tuning(raw: object) -> Tuning:
    """Raises where a value is none that can have been measured: llama.cpp takes what it is told to."""
    if not isinstance(raw, dict):
        raise TypeError("no object")
    tried = tuple(Tried(**one) for one in raw["tried"])
    found = Tuning(**{**raw, "models": tuple(raw["models"]), "tried": tried})
    right = (
        found.embedding in ("float32", "bfloat16")
        and _counts(found.threads, 1, _MOST_THREADS)
        and isinstance(found.repack, bool)
        and _counts(found.drafted, 0, _MOST_DRAFTED)
        and all(isinstance(text, str) for text in (found.machine, *found.models))
        and all(isinstance(one.setting, str) for one in tried)
        and all(isinstance(one.seconds, float | int | None) for one in tried)
        and all(isinstance(one.reason, str | None) for one in tried)
    )
    if not right:
        raise ValueError("no such setting")
    return found


def _counts(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def keep(tuning: Tuning) -> None:
    """Keeps what was measured, for this machine."""
    part = _file().with_name(f"{_FILE}.part")
    part.write_text(json.dumps(asdict(tuning), indent=1) + "\n", "utf-8")
    part.replace(_file())


def _file() -> Path:
    return config.models_dir() / _FILE
