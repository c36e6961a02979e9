"""Texts to unit vectors. The only module that imports sentence_transformers."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
_BATCH = 16


class Embedder(Protocol):
    """Anything that turns texts into unit vectors, and says which model it is."""

    @property
    def identity(self) -> str:
        """Model and revision, as the library records them."""

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (n, dimensions)."""

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,)."""


class SentenceEmbedder:
    """A sentence-transformers folder; loaded at its first use, safe to share between threads.

    `encode_query` and `encode_document` apply the prompts that the folder names.
    """

    def __init__(self, folder: Path, identity: str) -> None:
        self._folder = folder
        self._identity = identity
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None

    @property
    def identity(self) -> str:
        """Model and revision, as the library records them."""
        return self._identity

    def load(self) -> "SentenceTransformer":
        """The model itself.

        Raises:
            ModelError: the folder is not one that sentence-transformers can load.
        """
        if self._model is None:
            # Never a request to a model hub: the folder is whole or it is an error.
            os.environ["HF_HUB_OFFLINE"] = "1"
            os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
            os.environ["TOKENIZERS_PARALLELISM"] = "false"
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            logging.disable_progress_bar()
            try:
                self._model = SentenceTransformer(
                    str(self._folder), device="cpu", local_files_only=True
                )
            except Exception as error:  # transformers, torch and safetensors each raise their own
                raise ModelError(
                    f"the embedding model in {self._folder} cannot be loaded "
                    f"({type(error).__name__}); run: hoibao models pull"
                ) from error
        return self._model

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (n, dimensions). Texts of like length go together, and the
        model is free for a question between two batches."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Vectors] = []
        for first in range(0, len(order), _BATCH):
            batch = [texts[i] for i in order[first : first + _BATCH]]
            with self._lock:
                encoded = self.load().encode_document(
                    batch, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
                )
            found.append(np.asarray(encoded, dtype=np.float32))
        result = np.concatenate(found)
        result[order] = result.copy()
        return result

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,)."""
        with self._lock:
            found = self.load().encode_query(
                [text], normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(found[0], dtype=np.float32)
