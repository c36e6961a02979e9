"""The weights that ship are what their card says, and read as well as it says."""

import pytest

from rag.reader import card
from rag.reader.card import shipped
from rag.reader.data import TRAIN
from rag.reader.measure import alike
from rag.reader.read import Reader


def test_the_card_names_data_and_licences() -> None:
    told = card.card(shipped())
    assert {name: told["data"][name] for name in TRAIN} == TRAIN
    assert told["licence"] == "CC BY-SA 4.0" and told["bytes"] < 25_000_000
    assert (shipped() / "reader.safetensors").stat().st_size == told["bytes"]


@pytest.mark.model
def test_a_fixed_sample_is_read_as_the_card_says() -> None:
    told = card.card(shipped())["figures"]["alike"]
    assert alike(Reader(shipped(), "float32")) == pytest.approx(told, abs=0.02)
