"""The embedding model between a long `add` and a question."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.config import STORE
from index.embed import SentenceEmbedder, Turns
from index.errors import ModelError


class Model:
    """Stands in for the real one; while it reads the first texts, somebody asks."""

    def __init__(self, turns: Turns, embedder: SentenceEmbedder) -> None:
        self.done: list[str] = []
        self.turns = turns
        self.asks = threading.Thread(target=embedder.query, args=("cầu",))

    def encode_document(self, texts: list[str], **_: Any) -> Any:
        if not self.done:
            self.asks.start()
            while not self.turns.wanted():
                pass
        self.done.append("texts")
        return np.ones((len(texts), 2), np.float32)

    def encode_query(self, texts: list[str], **_: Any) -> Any:
        self.done.append("question")
        return np.ones((len(texts), 2), np.float32)


def test_a_question_waits_for_the_texts_at_hand_only(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns()
    monkeypatch.setattr("index.embed.Turns", lambda: turns)
    embedder = SentenceEmbedder(Path("nowhere"), "none@1")
    model = Model(turns, embedder)
    monkeypatch.setattr(embedder, "load", lambda: model)
    embedder.documents(["lũ"] * STORE.batch_texts * 20)
    model.asks.join()
    assert model.done == ["texts", "question", *["texts"] * 19]


class Spoiled:
    """Gives no numbers, as a model once did on a loaded machine, until it is loaded in float32."""

    def __init__(self, numbers: str | None) -> None:
        self.numbers = numbers

    def encode_query(self, texts: list[str], **_: Any) -> Any:
        return np.full((len(texts), 2), 1 if self.numbers == "float32" else np.nan, np.float32)

    encode_document = encode_query


def test_vectors_without_numbers_are_never_given(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Spoiled] = []

    def load(self: SentenceEmbedder) -> Spoiled:
        if self._model is None:
            made.append(Spoiled(self._numbers))
            self._model = made[-1]  # type: ignore[assignment]
        return made[-1]

    monkeypatch.setattr(SentenceEmbedder, "load", load)
    embedder = SentenceEmbedder(Path("nowhere"), "none@1", "bfloat16")
    assert np.isfinite(embedder.documents(["lũ", "mưa"])).all()
    assert [one.numbers for one in made] == ["bfloat16", "float32"]
    monkeypatch.setattr(Spoiled, "encode_query", lambda self, texts, **_: np.zeros((1, 2)))
    with pytest.raises(ModelError, match="hoibao doctor"):
        embedder.query("lũ")
