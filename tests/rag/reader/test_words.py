"""The words of the embedding model and the reader: not in memory, or there once, with nothing else computed."""

from collections.abc import Sized
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from index.embed import SentenceEmbedder
from index.models.rows import WORDS, Rows
from rag.reader import weights
from rag.reader.card import shipped
from rag.reader.model import base_folder, tokenizer
from rag.reader.read import Reader
from rag.types import Excerpt
from tests.conftest import SAMPLES

TEXTS = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
TEXTS += [
    "",
    "<s> a </s><mask>",
    "ﬁ １２\u00a0Ａ\u0301  \n\n<pad>x",
    "Cầu An Hòa dài 486 m, rộng 12 m. " * 80,
]


@pytest.fixture(scope="module")
def both(embedder: SentenceEmbedder) -> Reader:
    return Reader(shipped(), embedder=embedder)


def test_rows_of_a_file_are_those_of_the_table(tmp_path: Path) -> None:
    table, file = torch.randn(50, 8), tmp_path / "model.safetensors"
    save_file({"before": torch.ones(3), WORDS: table, "behind": torch.ones(5)}, file)
    tokens = torch.tensor([[0, 49, 7], [7, 7, 0]])
    for numbers in (torch.float32, torch.bfloat16):
        assert torch.equal(Rows(file, WORDS, numbers)(tokens), table.to(numbers)[tokens])
    with pytest.raises(KeyError):
        Rows(file, "other", torch.float32)


@pytest.mark.model
@pytest.mark.parametrize("numbers", ["float32", "bfloat16"])
def test_readings_and_vectors_are_to_the_bit_those_of_the_whole_table(numbers: str) -> None:
    excerpts = [Excerpt(text, text[:40]) for text in TEXTS if text.strip()]
    kind = getattr(torch, numbers)
    whole = Reader.of(weights.load(shipped()).to(kind), tokenizer(base_folder()))
    mine = Reader(shipped(), numbers).read("Cầu An Hòa dài bao nhiêu mét?", excerpts)
    assert mine == whole.read("Cầu An Hòa dài bao nhiêu mét?", excerpts)
    own = SentenceEmbedder(base_folder(), "own@1", numbers)
    plain = SentenceEmbedder(base_folder(), "plain@1", numbers)
    network = plain.load()[0].auto_model
    table = load_file(base_folder() / "model.safetensors")[WORDS].to(kind)
    network.set_input_embeddings(torch.nn.Embedding.from_pretrained(table))
    assert np.array_equal(own.documents(TEXTS), plain.documents(TEXTS))


@pytest.mark.model
def test_what_is_large_is_there_once(embedder: SentenceEmbedder, both: Reader) -> None:
    """Nor does the tokenizer keep the list that it was made from."""
    networks = (both.load()[0], embedder.load())
    assert max(p.numel() for one in networks for p in one.parameters()) < 2_000_000
    kept = [value for value in vars(embedder.load().tokenizer).values() if isinstance(value, Sized)]
    assert max(map(len, kept)) < 100_000


@pytest.mark.model
def test_it_reads_to_the_bit_as_one_that_has_all_of_it_for_itself(
    reader: Reader, both: Reader
) -> None:
    excerpts = [Excerpt(text, text[:40]) for text in TEXTS if text.strip()]
    for question in ("Cầu An Hòa dài bao nhiêu mét?", "Ai là chủ tịch <s>?"):
        assert both.read(question, excerpts) == reader.read(question, excerpts)


@pytest.mark.model
def test_one_truncates_and_the_other_does_not(embedder: SentenceEmbedder, both: Reader) -> None:
    """Each has the tokenizer's settings for itself; what is known of the words is one thing."""
    alone, shared = tokenizer(base_folder()), both.load()[1]
    before = embedder.query(TEXTS[0])
    embedder.documents(TEXTS)  # truncates and fills up
    for text in TEXTS:
        mine, own = alone.encode(text), shared.encode(text)
        assert (mine.ids, mine.offsets) == (own.ids, own.offsets)
    assert np.array_equal(embedder.query(TEXTS[0]), before)


def test_another_model_s_words_are_not_taken(tmp_path: Path) -> None:
    assert SentenceEmbedder(tmp_path / "a", "other@1").known(tmp_path / "b") is None
