"""Texts to unit vectors. The only module that imports sentence_transformers."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.alone import FIRST, Alone
from index.config import STORE
from index.errors import ModelError
from index.models.proof import require_whole
from index.models.tuning import kept, soonest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers.models import Model

Vectors = NDArray[np.float32]


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

    `encode_query` and `encode_document` apply the prompts that the folder names. `numbers`: what it computes
    with, "float32" or "bfloat16"; the one that was measured to be faster here where none is given. Both
    give nearly the same vectors (cosine 0.9999), so a library may hold some of each.
    """

    def __init__(self, folder: Path, identity: str, numbers: str | None = None) -> None:
        self._folder = folder
        self._identity = identity
        self._numbers = numbers
        self._alone = Alone("embedding")
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
            require_whole(self._folder)
            try:
                model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
            except (KeyboardInterrupt, SystemExit):
                raise
            except (
                BaseException
            ) as error:  # each library raises its own; a panic of Rust is no Exception
                raise ModelError(
                    f"the embedding model in {self._folder} cannot be loaded "
                    f"({type(error).__name__}); run: hoibao models pull"
                ) from error
            numbers = self._numbers or kept(self._identity).embedding
            _words_in_their_file(model, self._folder / "model.safetensors", numbers)
            if numbers == "bfloat16":
                _in_bfloat16(model)
            # The list that its tokenizer was made from, 68 MB, which nothing reads again.
            vars(model.tokenizer).pop("_vocab", None)
            self._model = model
        return self._model

    def known(self, folder: Path) -> "Model | None":
        """What its tokenizer knows of the words, 280 MB, where it is the model of this folder: not to be
        changed by who shares it.

        Raises:
            ModelError: it cannot be loaded.
        """
        if folder.resolve() != self._folder.resolve():
            return None
        tokenizer: Any = self._alone.run(self.load).tokenizer
        found: Model = tokenizer.backend_tokenizer.model
        return found

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, shape (n, dimensions). Texts of like length go together, and the
        model is free for a question between two batches."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: list[Vectors] = []
        for first in range(0, len(order), STORE.batch_texts):
            batch = [texts[i] for i in order[first : first + STORE.batch_texts]]
            found.append(self._alone.run(self._documents, batch))
        result = np.concatenate(found)
        result[order] = result.copy()
        return result

    def query(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimensions,)."""
        with FIRST.now():
            return self._alone.run(self._query, text)

    def _documents(self, batch: Sequence[str]) -> Vectors:
        model = self.load()
        return _unit(model.encode_document(batch, batch_size=len(batch), show_progress_bar=False))

    def _query(self, text: str) -> Vectors:
        vector: Vectors = _unit(self.load().encode_query([text], show_progress_bar=False))[0]
        return vector


@dataclass(frozen=True, slots=True)
class Trial:
    """The seconds that eight chunks took, and some vectors to compare with others'."""

    seconds: float
    vectors: Vectors


def trial(folder: Path, identity: str, numbers: str) -> Trial:
    """How this machine embeds with these numbers. For `index.models.trial`: it may crash."""
    text = "Sáng 14/9, Hội Nông dân tỉnh bế mạc đại hội với 215 đại biểu chính thức. " * 8
    embedder = SentenceEmbedder(folder, identity, numbers)
    vectors = embedder.documents([text, "Cầu An Hòa dài 486 m, rộng 12 m.", "lũ", text[:150]])
    return Trial(soonest(3, partial(embedder.documents, [text] * 8)), vectors)


def _words_in_their_file(model: "SentenceTransformer", file: Path, numbers: str) -> None:
    """The words' vectors, most of the model, are read from its file as they are needed; a model of another
    shape, or in several files, keeps them in memory."""
    import torch

    from index.models.rows import WORDS, Rows

    network: Any = model[0].auto_model
    table = network.get_input_embeddings()
    if isinstance(table, torch.nn.Embedding) and table.weight.dtype == torch.float32:
        with contextlib.suppress(OSError, KeyError, ValueError):
            network.set_input_embeddings(Rows(file, WORDS, getattr(torch, numbers)))


def _in_bfloat16(model: "SentenceTransformer") -> None:
    """The transformer in bfloat16; its tokens' vectors are pooled in float32, which is where rounding
    would be seen (cosine to float32: 0.998 without, 0.9999 with)."""
    import torch

    model.to(torch.bfloat16)
    model[0].register_forward_hook(
        lambda module, given, out: {**out, "token_embeddings": out["token_embeddings"].float()}
    )


def _unit(vectors: object) -> Vectors:
    found = np.asarray(vectors, dtype=np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit
