"""An assistant that goes on when it is told to, so that a test decides what is first; and a page's frames."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from lxml.html import fragment_fromstring

from index.errors import ModelError
from index.library import EVERYTHING, Library
from index.types import Filter
from rag.types import Answer, Message, Suggestion
from tests.conftest import FakeEmbedder
from ui.page.desk import Job
from ui.page.talk import Talk
from ui.page.view import Frame, View

LIMIT = 120.0  # seconds: far more than anything here takes
NO_FILTER = ("", "", "", "", "")


class Told:
    """Answers a question when `finish` names it, or when it is stopped; one that has "hỏng" in it fails."""

    def __init__(self, library: Library, answer: Callable[[str], Answer]) -> None:
        self.library = library
        self.embedder = FakeEmbedder()
        self.asked: list[str] = []
        self.given: list[tuple[Sequence[Message], Filter]] = []
        self._answer = answer
        self._finish: dict[str, threading.Event] = {}

    def finish(self, question: str) -> None:
        self._event(question).set()

    def hold(self, question: str) -> None:
        self._event(question).clear()

    def _event(self, question: str) -> threading.Event:
        return self._finish.setdefault(question, threading.Event())

    def suggestions(self, answer: Answer) -> list[Suggestion]:
        return []

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
        who: str = "",
    ) -> Generator[Answer, None, None]:
        self.asked.append(question)
        self.given.append((history, only))
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


class Page:
    """What a page shows of the frames that it is sent."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.view = View()
        self.shown: Frame = {"current": "", "chat": [], "note": "", "said": ""}

    def play(self, frames: Iterator[Frame]) -> None:
        for frame in frames:
            self.shown |= frame

    def begin(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """Plays frames until the draft is shown; the others are for `play`."""
        self.shown["chat"] = []
        while not self.grows:
            self.shown |= next(frames)
        return frames

    @property
    def grows(self) -> bool:
        return any("nháp" in text for text in self.chat)

    def ask(self, question: str, language: str = "vi", fields: Sequence[str] = NO_FILTER) -> Any:
        return self.talk.ask(self.view, question, self.current, language, *fields)  # type: ignore[arg-type]

    def again(
        self, index: int, before: str, question: str, fields: Sequence[str] = NO_FILTER
    ) -> Any:
        """Edits or repeats the question `before`, which this page shows as the `index`-th of the chat."""
        assert self.chat[index] == before
        turn = int(fragment_fromstring(self.shown["chat"][index]).get("data-turn"))
        return self.talk.ask_again(self.view, turn, question, self.current, "vi", *fields)

    @property
    def current(self) -> str:
        return str(self.shown["current"])

    @property
    def chat(self) -> list[str]:
        return [words(message) for message in self.shown["chat"]]


def words(drawn: str) -> str:
    """What is read of a piece of HTML."""
    return " ".join(fragment_fromstring(drawn).text_content().split())


class Beside:
    """Frames that are played in a thread of their own; each is waited for."""

    def __init__(self, page: Page, frames: Iterator[Frame]) -> None:
        self._came: queue.Queue[Frame | None] = queue.Queue()
        self._page = page
        threading.Thread(target=self._play, args=(frames,), daemon=True).start()

    def _play(self, frames: Iterator[Frame]) -> None:
        for frame in frames:
            self._came.put(frame)
        self._came.put(None)

    def next(self) -> Frame | None:
        frame = self._came.get(timeout=LIMIT)
        self._page.shown |= frame or {}
        return frame

    def begin(self) -> None:
        self._page.shown["chat"] = []
        while not self._page.grows:
            assert self.next() is not None

    def rest(self) -> None:
        while self.next() is not None:
            pass


def ended(job: Job | None) -> Job:
    """The job, finished."""
    assert job is not None
    for _ in job.follow():
        pass
    return job
