"""A reader and a writer that say what they are told to: no heavy library."""

import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from index.language.sentences import sentences
from rag.llm.copying import Copied, Copy
from rag.types import Excerpt, Message, Reading, Span


class ScriptedReader:
    """Finds one of its `words` where a passage has it, the more surely the earlier it stands among them."""

    identity = "scripted-reader@1"

    def __init__(self, *words: str) -> None:
        self.words = words
        #: Of a question that has the word, the one that is found.
        self.only: dict[str, str] = {}
        self.asked: list[str] = []

    def load(self) -> None: ...

    def read(self, question: str, excerpts: Sequence[Excerpt], spans: int = 5) -> list[Reading]:
        self.asked.append(question)
        told = next((find for word, find in self.only.items() if word in question), None)
        words = self.words if told is None else (told,)
        found = []
        for excerpt in excerpts:
            hits = [
                Span(excerpt.text.index(word), excerpt.text.index(word) + len(word), 9.0 - 2 * rank)
                for rank, word in enumerate(words)
                if word in excerpt.text
            ]
            where = tuple(sentences(excerpt.text))
            support = tuple(
                max((hit.score - 5.0 for hit in hits if a <= hit.start < b), default=-4.0)
                for a, b in where
            )
            found.append(Reading(5.0 if hits else -5.0, 0.0, tuple(hits[:spans]), where, support))
        return found


class ScriptedWriter:
    """Copies what it is told to, from the first source that has it, nothing where none has; writes
    `sentence`."""

    name = "scripted@1"
    aside = True

    def __init__(self, reply: str, sentence: str = "") -> None:
        self.reply, self.sentence = reply, sentence
        self.refusal = -9.0
        self.prompts: list[Sequence[Message]] = []
        self.written = 0
        #: How likely it replies yes, no, or neither, to whatever it is asked.
        self.verdicts: list[float] | None = None
        self.holds: Callable[[], None] = lambda: None

    def copy(
        self,
        messages: Sequence[Message],
        sources: Sequence[str],
        refusal: str,
        enough: Callable[[Copy], bool],
        stop: threading.Event,
    ) -> Generator[str, None, Copied]:
        self.prompts.append(messages)
        self.holds()
        number = next((n for n, text in enumerate(sources) if self.reply in text), None)
        if number is None:
            return Copied(self.refusal, ())
        for letter in self.reply:
            if stop.is_set():
                return Copied(self.refusal, ())
            self.written += 1
            yield letter
        start = sources[number].index(self.reply)
        return Copied(self.refusal, (Copy(number, start, start + len(self.reply), -0.1),))

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        yield self.sentence or self.reply

    def verdict(
        self, messages: Sequence[Message], replies: Sequence[str], adapter: Path, base: str
    ) -> list[float] | None:
        return self.verdicts

    def warm(self, messages: Sequence[Message], copies: bool = False) -> None: ...
