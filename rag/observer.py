"""Who is told how questions go, beside those who asked: what counts and logs them (`ui.metrics`, `ui.logs`)."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

from rag.types import Answer

#: What a question spends its time with.
Stage = Literal["retrieve", "read", "decide", "write"]


class Observer(Protocol):
    """Is told from many threads."""

    def spent(self, stage: Stage, seconds: float) -> None:
        """One piece of work, of which a question has several."""

    def ended(self, answer: Answer) -> None:
        """A question was answered, refused or stopped."""

    def failed(self, error: Exception) -> None:
        """A question failed by no fault of who asked it."""


@contextmanager
def spends(observers: Sequence[Observer], stage: Stage) -> Iterator[None]:
    """Tells the observers how long it lasts."""
    began = time.monotonic()
    try:
        yield
    finally:
        for one in observers:
            one.spent(stage, time.monotonic() - began)
