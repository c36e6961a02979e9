"""Fitted numbers belong to the models that they were fitted on."""

import pytest

from index import models
from rag.refuse import unfitted


def test_other_models_than_the_fitted_ones_are_named_with_what_to_run() -> None:
    line = unfitted("bge-m3@1", "qwen2.5-coder-1.5b-instruct@wheels-0.2.0")
    assert line and "bge-m3@1" in line and "qwen" not in line and "hoibao eval" in line
    assert "\n" not in line


@pytest.mark.model
def test_the_default_models_are_the_fitted_ones() -> None:
    defaults = [known for known in models.catalogue() if known.default]
    assert len(defaults) == 2
    assert unfitted(*(models.active(known.kind).identity for known in defaults)) is None
