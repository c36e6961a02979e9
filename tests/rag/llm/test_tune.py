"""A measurement can fail; the set-up can't. The children here are real, and really crash."""

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index import config, embed
from index.errors import ModelError
from index.models import registry
from index.models.registry import Model
from index.models.tuning import Tuning
from rag.llm import local, tune

RIGHT = local.Trial(2.0, np.ones(9, np.float32), tuple(range(16)), 3.0)


@dataclass(frozen=True)
class Faults:
    """Stands for a model in trials: what to do instead, by setting."""

    numbers: str = ""
    repacked: str = ""
    fewer: str = ""
    safe: str = ""


def happen(fault: str) -> None:
    if fault.startswith("SIG"):
        os.kill(os.getpid(), int(getattr(signal, fault)))
    if fault == "hang":
        time.sleep(600)
    if fault == "raise":
        raise RuntimeError("out of\nmemory")


def embedding(faults: Faults, identity: str, numbers: str) -> embed.Trial:
    fault = faults.numbers if numbers == "bfloat16" else faults.safe
    happen(fault)
    vectors = np.eye(4, dtype=np.float32)
    seconds = 0.5 if numbers == "bfloat16" else 1.0
    return embed.Trial(seconds, vectors[::-1] if fault == "wrong" else vectors)


def language(faults: Faults, name: str, tuning: Tuning) -> local.Trial:
    fault = faults.safe if tuning.threads == Tuning().threads else faults.fewer
    fault = faults.repacked if tuning.repack else fault
    happen(fault)
    quicker = local.Trial(1.0, RIGHT.logits, RIGHT.tokens, 1.1)
    if fault == "logits":
        return local.Trial(1.0, np.arange(9, dtype=np.float32) - 4, RIGHT.tokens, 1.1)
    if fault == "tokens":
        return local.Trial(1.0, RIGHT.logits, (*RIGHT.tokens[:15], 99), 1.1)
    return quicker if tuning.repack or tuning.threads != Tuning().threads else RIGHT


@pytest.fixture
def tuned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path))
    monkeypatch.setattr(embed, "trial", embedding)
    monkeypatch.setattr(local, "trial", language)
    monkeypatch.setattr(tune.proof, "remember", lambda path: None)

    def run(seconds: float = 60, **faults: str) -> Tuning:
        path: Path = Faults(**faults)  # type: ignore[assignment]
        return tune.tuned(
            Model("e", "embedding", path, "e@1"), Model("l", "language", path, "l@1"), seconds
        )

    return run


def test_the_fastest_of_what_is_right_is_used(tuned) -> None:  # type: ignore[no-untyped-def]
    found = tuned()
    assert found.embedding == "bfloat16" and found.drafted == 3 and not found.refused
    assert found.repack or found.threads < Tuning().threads
    assert found.models == ("e@1", "l@1") and found.machine


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("SIGSEGV", r"crashed \(SIGSEGV\)"),
        ("SIGILL", r"crashed \(SIGILL\)"),
        ("SIGABRT", r"crashed \(SIGABRT\)"),
        ("raise", "RuntimeError: out of memory"),
        ("tokens", "it writes other tokens"),
        ("logits", "other logits, cosine"),
    ],
)
def test_what_fails_or_is_wrong_is_left_out_with_its_reason(tuned, fault: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    found = tuned(repacked=fault)
    assert not found.repack
    lines = [line for line in found.refused if "repacked" in line]
    assert lines and all(re.search(reason, line) for line in lines)


def test_wrong_vectors_and_crashes_of_the_embedding_model_are_left_out(tuned) -> None:  # type: ignore[no-untyped-def]
    for fault, reason in (("wrong", "other vectors"), ("SIGILL", "SIGILL")):
        found = tuned(numbers=fault)
        assert found.embedding == "float32" and reason in found.refused[0]


def test_what_hangs_is_left_out(tuned) -> None:  # type: ignore[no-untyped-def]
    found = tuned(seconds=8, numbers="hang")
    assert found.embedding == "float32" and "not done within 8 s" in found.refused[0]


def test_a_machine_too_busy_for_the_safe_settings_keeps_them(tuned) -> None:  # type: ignore[no-untyped-def]
    found = tuned(seconds=3, safe="hang")
    assert (found.embedding, found.repack, found.drafted) == ("float32", False, 0)
    assert len(found.refused) == 2 and all("not done within" in one for one in found.refused)


def test_safe_settings_that_crash_say_what_to_do(tuned) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ModelError, match=r"SIGILL.*hoibao models use") as error:
        tuned(safe="SIGILL")
    assert "\n" not in str(error.value)


def real(path: Path, name: str, tuning: Tuning) -> local.Trial:
    """The real model, in a child that crashes where threads are few, and writes something else where weights
    are repacked."""
    if tuning.threads < Tuning().threads:
        os.kill(os.getpid(), signal.SIGSEGV)
    found = ORIGINAL(path, name, Tuning(threads=tuning.threads))
    tokens = tuple(reversed(found.tokens)) if tuning.repack else found.tokens
    return local.Trial(found.seconds, found.logits, tokens, found.four)


ORIGINAL = local.trial


@pytest.mark.model
def test_the_real_models_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "trial", real)
    # More time than a user waits: here another process of tests may be using both cores.
    found = tune.tuned(registry.active("embedding"), registry.active("language"), seconds=600)
    assert not found.repack and found.embedding in ("float32", "bfloat16")
    assert any("it writes other tokens" in line for line in found.refused)
    assert config.models_dir().is_dir()
    right = [one for one in found.tried if one.seconds]
    assert len(right) >= 2 and all(one.seconds > 0 for one in right)
