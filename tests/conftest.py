"""What tests share: fakes for the units, and the real models, loaded once, for the rest."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.library import Library

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "index" / "samples"
SHARED = ROOT.parent / "shared"
#: Questions about the samples, with what their answers must say.
QUESTIONS = ROOT / "tests" / "quality" / "samples.jsonl"
ARTIFACTS = ROOT / "tests" / "artifacts"


class FakeEmbedder:
    """Words hashed into 64 dimensions: texts that share words are near each other."""

    identity = "fake@1"

    def __init__(self) -> None:
        self.embedded = 0

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += len(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> np.ndarray:
        vector = np.full(64, 0.01, np.float32)
        for word in text.lower().split():
            vector[hashlib.md5(word.strip(".,?").encode()).digest()[0] % 64] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def fake_embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Iterator[Library]:
    made = Library(tmp_path / "library", fake_embedder)
    yield made
    made.close()


@pytest.fixture(scope="session")
def embedder():
    from index import models
    from index.embed import SentenceEmbedder

    model = models.active("embedding")
    return SentenceEmbedder(model.path, model.identity)


@pytest.fixture(scope="session")
def reader():
    from rag.reader.read import Reader, shipped

    return Reader(shipped())


@pytest.fixture(scope="session")
def language_model():
    from index import models
    from rag.llm import LlamaModel

    model = models.active("language")
    return LlamaModel(model.path, model.identity)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory, embedder) -> Path:
    """A library of the sample articles, made with the real embedding model."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    made = Library(folder, embedder)
    made.add([SAMPLES])
    made.close()
    return folder


@pytest.fixture
def environment(sample_folder: Path) -> dict[str, str]:
    """For subprocesses: this code, the real models, the sample library."""
    return {**os.environ, "HOIBAO_LIBRARY": str(sample_folder), "PYTHONPATH": str(ROOT)}
