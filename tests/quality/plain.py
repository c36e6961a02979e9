"""The plain program of this kind that the benchmark compares with: fp32 sentence-transformers one text at
a time, chunks of 1,000 characters, Chroma's defaults, five passages, a chat prompt, the same GGUF through
llama-cpp-python's own chat completion with its defaults."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from llama_cpp import Llama
from sentence_transformers import SentenceTransformer

_PROMPT = Path(__file__).parent.parent.parent / "prompts" / "plain.vi.md"
_CHARACTERS, _PASSAGES, _TOKENS = 1000, 5, 160


@dataclass(frozen=True, slots=True)
class Timed:
    """A reply, and the seconds until the passages, the first token and the end."""

    text: str
    evidence: float
    first_token: float
    total: float


class PlainProgram:
    """Over an embedding model's folder and a GGUF file, both loaded at once."""

    def __init__(self, embedding: Path, language: Path | None) -> None:
        self._model = SentenceTransformer(str(embedding), device="cpu", local_files_only=True)
        self._llama = None
        if language:
            self._llama = Llama(str(language), n_ctx=4096, verbose=False)
        self._collection: Any = chromadb.EphemeralClient().get_or_create_collection(
            "plain", embedding_function=None
        )

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, one text at a time."""
        return np.stack(
            [self._model.encode_document([text], normalize_embeddings=True)[0] for text in texts]
        )

    def query(self, text: str) -> np.ndarray:
        """The unit vector of a question."""
        return np.asarray(self._model.encode_query([text], normalize_embeddings=True)[0])

    def add(self, bodies: Sequence[str]) -> int:
        """Indexes texts; returns how many chunks they have."""
        chunks = [
            body[at : at + _CHARACTERS]
            for body in bodies
            for at in range(0, len(body), _CHARACTERS)
        ]
        for first in range(0, len(chunks), 500):
            part = chunks[first : first + 500]
            ids = [str(first + i) for i in range(len(part))]
            self._collection.add(ids=ids, documents=part, embeddings=self.embed(part))
        return len(chunks)

    def ask(self, question: str) -> Timed:
        """Five passages and the model's reply to them."""
        assert self._llama is not None
        began = time.perf_counter()
        vector = self.query(question)
        found = self._collection.query(query_embeddings=[vector], n_results=_PASSAGES)
        evidence = time.perf_counter() - began
        passages = "\n\n".join(f"[{n}] {text}" for n, text in enumerate(found["documents"][0], 1))
        _, system, user = re.split(r"^## \w+\n", _PROMPT.read_text("utf-8"), flags=re.MULTILINE)
        filled = user.replace("{evidence}", passages).replace("{question}", question)
        messages: Any = [
            {"role": "system", "content": system.strip()},
            {"role": "user", "content": filled.strip()},
        ]
        text, first = "", None
        for piece in self._llama.create_chat_completion(
            messages, stream=True, temperature=0.0, max_tokens=_TOKENS
        ):
            content = piece["choices"][0]["delta"].get("content")  # type: ignore[index]
            if content:
                first = first or time.perf_counter() - began
                text += content
        total = time.perf_counter() - began
        return Timed(text, evidence, first or total, total)
