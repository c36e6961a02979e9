"""An assistant that goes on when it is told to, so that a test decides what is first."""

import threading
from collections.abc import Callable, Generator, Sequence

from index.errors import ModelError
from index.library import EVERYTHING, Library
from index.types import Filter
from rag.types import Answer, Message

LIMIT = 120.0  # seconds: far more than anything here takes


class Told:
    """Answers a question when `finish` names it, or when it is stopped; one that has "hỏng" in it fails."""

    def __init__(self, library: Library, answer: Callable[[str], Answer]) -> None:
        self.library = library
        self.asked: list[str] = []
        self._answer = answer
        self._finish: dict[str, threading.Event] = {}

    def finish(self, question: str) -> None:
        self._event(question).set()

    def hold(self, question: str) -> None:
        self._event(question).clear()

    def _event(self, question: str) -> threading.Event:
        return self._finish.setdefault(question, threading.Event())

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
    ) -> Generator[Answer, None, None]:
        self.asked.append(question)
        yield Answer(question, question, draft=f"nháp {question}")
        rounds = int(LIMIT / 0.02)
        while not self._event(question).wait(0.02) and not (stop and stop.is_set()):
            rounds -= 1
            assert rounds, "nobody finished it"
        if "hỏng" in question:
            raise ModelError("the model is gone; pull it again")
        if stop and stop.is_set():
            yield Answer(question, question, text="Không tìm thấy.", done=True)
        else:
            yield self._answer(question)
