"""The reader and the embedding model have their words together, and compute what each would by itself."""

from collections.abc import Sized
from pathlib import Path

import numpy as np
import pytest

from index.embed import SentenceEmbedder
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


@pytest.mark.model
def test_what_is_large_is_there_once(embedder: SentenceEmbedder, both: Reader) -> None:
    words = embedder.words(base_folder())
    assert words is not None
    assert both.load()[0].words.weight.data_ptr() == words.vectors.data_ptr()
    large = {
        name: value
        for name, value in vars(embedder.load().tokenizer).items()
        if isinstance(value, Sized) and len(value) > 100_000
    }
    assert large.keys() <= {"_tokenizer"}


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


@pytest.mark.model
def test_another_model_s_words_are_not_taken(embedder: SentenceEmbedder, tmp_path: Path) -> None:
    assert embedder.words(tmp_path) is None
    other = SentenceEmbedder(tmp_path, "other@1")
    table = Reader(shipped(), "float32", other).load()[0].words.weight
    assert str(table.dtype) == "torch.float32"
