"""What was measured is kept for this machine only; both number formats give the same vectors."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import tuning
from index.tuning import Tuning


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path))
    return tmp_path


def test_what_was_measured_is_kept_for_this_machine(models_folder: Path) -> None:
    assert tuning.kept() == Tuning() and not Tuning().models
    measured = Tuning("bfloat16", 1, True, 3, models=("e@1", "l@1"))
    tuning.keep(measured)
    assert tuning.kept() == measured
    tuning.keep(
        replace(measured, cores=measured.cores + 1)
    )  # the disk was put into another machine
    assert tuning.kept() == Tuning()
    for broken in ("{", "[]", json.dumps({"embedding": "x"}), json.dumps({"models": [], "new": 1})):
        (models_folder / "tuning.json").write_text(broken, "utf-8")
        assert tuning.kept() == Tuning()
    assert [path.name for path in models_folder.iterdir()] == ["tuning.json"]


@pytest.mark.model
def test_both_number_formats_give_the_same_vectors() -> None:
    from index import models
    from index.embed import SentenceEmbedder, fastest

    model = models.active("embedding")
    texts = ["Cầu An Hòa dài 486 m, rộng 12 m.", "Đại hội có 215 đại biểu chính thức. " * 20, "lũ"]
    exact = SentenceEmbedder(model.path, model.identity, "float32").documents(texts)
    rounded = SentenceEmbedder(model.path, model.identity, "bfloat16").documents(texts)
    assert np.linalg.norm(rounded, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (exact * rounded).sum(axis=1).min() > 0.999
    assert not np.array_equal(exact, rounded)  # it was another format
    assert fastest(model.path, model.identity) in ("float32", "bfloat16")
