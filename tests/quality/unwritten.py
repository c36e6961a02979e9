"""Answers by the real models without the writer: what the reader answers in the articles' own words, which is
the same whenever it is asked, and so can be compared."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embed import Embedder
from index.library import Library
from rag.assistant import Assistant
from rag.llm.copying import Copied, Copy
from rag.llm.failures import Away
from rag.llm.local import LanguageModel
from rag.reader.card import shipped
from rag.reader.read import Reader
from rag.types import Answer, Message


class Silent:
    """A writer that is always away."""

    name = "none"
    aside = True

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        raise Away("nobody writes")
        yield

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        raise Away("nobody writes")
        yield

    def verdict(
        self, messages: Sequence[Message], replies: Sequence[str], adapter: Path, base: str
    ) -> None: ...

    def warm(self, messages: Sequence[Message], copies: bool = False) -> None: ...


class Counted:
    """An embedding model for a library; counts the passages that it is given. Answers embed with the model
    itself: summaries compare an article's sentences."""

    def __init__(self, model: Embedder) -> None:
        self.model = model
        self.passages = 0

    @property
    def identity(self) -> str:
        """The model's."""
        return self.model.identity

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        """The model's, counted."""
        self.passages += len(texts)
        return self.model.documents(texts)

    def query(self, text: str) -> np.ndarray:
        """The model's."""
        return self.model.query(text)


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says, and where it found it."""

    outcome: str
    short: str | None
    text: str
    cited: tuple[tuple[str, int, int], ...]
    passages: tuple[tuple[str, int], ...]


def said(answer: Answer) -> Said:
    """What is compared of an answer."""
    return Said(
        answer.outcome,
        answer.short,
        answer.text,
        tuple((one.article.id, one.start, one.end) for one in answer.citations),
        tuple((one.article.id, one.start) for one in answer.passages),
    )


def assistant(
    library: Library, embedder: Embedder, writer: LanguageModel | None = None
) -> Assistant:
    """One over a library with the real reader; without a writer, where none is given."""
    return Assistant(library, embedder, Reader(shipped()), writer or Silent())
