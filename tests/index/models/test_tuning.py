"""What was measured is kept for this machine and these models only; both number formats give the same
vectors."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.models import processor, tuning
from index.models.processor import Processor
from index.models.tuning import Tried, Tuning


@pytest.fixture(autouse=True)
def models_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Path:
    if "model" not in request.keywords:
        monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path))
    return tmp_path


def measured() -> Tuning:
    return Tuning(
        "bfloat16", 1, True, 3, tuning.machine(), ("e@1", "l@1"),
        (Tried("bfloat16", 0.5), Tried("repacked weights", reason="crashed (SIGSEGV)")),
    )  # fmt: skip


def test_what_was_measured_is_kept_for_its_models(models_folder: Path) -> None:
    assert tuning.kept("e@1") == Tuning() and tuning.measured() is None
    tuning.keep(measured())
    assert tuning.kept("e@1") == tuning.kept("e@1", "l@1") == tuning.measured() == measured()
    assert tuning.kept("l@2") == tuning.kept("e@1", "l@2") == Tuning()  # not tried with that one
    assert [path.name for path in models_folder.iterdir()] == ["tuning.json"]


def test_another_machine_and_a_broken_file_mean_safe_settings(models_folder: Path) -> None:
    tuning.keep(replace(measured(), machine="another processor"))  # the disk was put into it
    assert tuning.kept("e@1") == Tuning()
    for broken in ("{", "[]", json.dumps({"embedding": "x"}), json.dumps({"models": [], "new": 1})):
        (models_folder / "tuning.json").write_text(broken, "utf-8")
        assert tuning.kept("e@1") == Tuning()


def test_the_safe_settings_are_what_was_never_tried() -> None:
    assert (Tuning().embedding, Tuning().repack, Tuning().drafted) == ("float32", False, 0)


def test_what_is_not_used_is_said_with_its_reason() -> None:
    assert measured().refused == ("not used on this machine: repacked weights (crashed (SIGSEGV))",)


def test_the_machine_is_its_processor_and_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tuning.machine()
    assert before == tuning.machine() and processor.here().key in before
    monkeypatch.setattr(processor, "here", lambda: Processor("other", ("avx2",)))
    other = tuning.machine()
    monkeypatch.setattr(processor, "built_for", lambda: Processor("portable", ("avx2",)))
    assert len({before, other, tuning.machine()}) == 3


def test_a_build_for_instructions_that_are_not_here_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.errors import ModelError
    from index.models.proof import require_build

    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert processor.built_for() is None  # not made by the Makefile: nothing is known
    require_build()
    processor.record(portable=False)
    assert processor.built_for() == processor.here() and not processor.lacking(processor.here())
    processor.record(portable=True)
    monkeypatch.setattr(processor, "here", lambda: Processor("old", ("sse4_2", "avx")))
    assert "avx2" in processor.lacking(processor.built_for())
    with pytest.raises(ModelError, match="another processor.*make chat PORTABLE=1") as error:
        require_build()
    assert "\n" not in str(error.value)


@pytest.mark.model
def test_both_number_formats_give_the_same_vectors() -> None:
    from index import embed
    from index.models import registry

    model = registry.active("embedding")
    exact = embed.trial(model.path, model.identity, "float32")
    rounded = embed.trial(model.path, model.identity, "bfloat16")
    assert np.linalg.norm(rounded.vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (exact.vectors * rounded.vectors).sum(axis=1).min() > 0.999
    assert not np.array_equal(exact.vectors, rounded.vectors)  # it was another format
    assert exact.seconds > 0 < rounded.seconds


def test_the_makefile_can_ask_before_anything_is_installed() -> None:
    import subprocess
    import sys

    bare = [
        sys.executable,
        "-I",
        str(tuning.processor.__file__),
    ]  # -I: no site-packages of the user
    done = subprocess.run(bare, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == processor.here().key
