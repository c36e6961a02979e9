"""The embedding model between a long `add` and a question."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.alone import FIRST
from index.config import STORE
from index.embed import SentenceEmbedder
from index.models import registry


class Model:
    """Stands in for the real one; while it reads the first texts, somebody asks."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        self.done: list[str] = []
        self.asks = threading.Thread(target=embedder.query, args=("cầu",))

    def encode_document(self, texts: list[str], **_: Any) -> Any:
        if not self.done:
            self.asks.start()
            while FIRST.quiet:
                time.sleep(0.001)
            time.sleep(0.05)  # from there to the queue
        self.done.append("texts")
        return np.ones((len(texts), 2), np.float32)

    def encode_query(self, texts: list[str], **_: Any) -> Any:
        self.done.append("question")
        return np.ones((len(texts), 2), np.float32)


def test_a_question_waits_for_the_texts_at_hand_only(monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = SentenceEmbedder(Path("nowhere"), "none@1")
    model = Model(embedder)
    monkeypatch.setattr(embedder, "load", lambda: model)
    embedder.documents(["lũ"] * STORE.batch_texts * 20)
    model.asks.join()
    assert model.done == ["texts", "question", *["texts"] * 19]


@pytest.mark.model
def test_vectors_are_right_whatever_limit_somebody_set(
    embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    """With fewer threads than PyTorch asks for, products in bfloat16 came out half done."""
    code = (
        "import index, torch; from pathlib import Path; from index.embed import SentenceEmbedder\n"
        "torch.set_num_threads(2); made = SentenceEmbedder(Path({folder!r}), 'x@1', 'bfloat16')\n"
        "made.documents({texts!r}).tofile({out!r})"
    )
    texts = [f"Cầu số {number} dài {number} m." for number in range(20)]
    folder, out = str(registry.active("embedding").path), str(tmp_path / "vectors")
    subprocess.run(
        [sys.executable, "-c", code.format(folder=folder, texts=texts, out=out)],
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "2"},
        check=True,
    )
    found = np.fromfile(out, np.float32).reshape(20, -1)
    assert (np.einsum("ij,ij->i", found, embedder.documents(texts)) > 0.999).all()
