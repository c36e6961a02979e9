"""One question under way, and how it ends: answered with checked statements, refused, or stopped."""

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.errors import InputError
from index.language.text import nfc, one_line, visible
from index.library import Library
from index.types import Filter
from rag import compose, prompts
from rag.cite import Said, cite, render
from rag.config import ASKING
from rag.llm.queue import Ticket
from rag.question import Question
from rag.types import Answer, Candidate, Message, Timing


@dataclass(frozen=True, slots=True)
class Turn:
    """What is asked, as a whole and, where a title says of which article, without that title; of which
    articles; since when; with which places in the queues for what the writer reads and writes, one where it
    does one at a time. `part`: it is one of several questions, of whose answers together one is written."""

    asked: Question
    question: Question
    only: Filter
    stop: threading.Event
    began: float
    reads: Ticket
    writes: Ticket
    part: bool = False

    def was_read(self) -> None:
        """The next one's opinion may be asked for, where that does not wait for who writes."""
        if self.reads is not self.writes:
            self.reads.leave()


def finished(answer: Answer, said: Sequence[Said], turn: Turn, lead: str = "") -> Answer:
    """The answer with its statements, checked and cited."""
    statements, citations = cite(said)
    return replace(
        answer,
        text=render(statements, lead),
        outcome="answered",
        statements=statements,
        citations=citations,
        seconds=replace(answer.seconds, total=time.monotonic() - turn.began),
        draft="",
        done=True,
        lead=lead,
        unwritten="" if turn.stop.is_set() else answer.unwritten,
    )


def timed(answer: Answer, turn: Turn) -> Answer:
    """An answer that was there at once."""
    passed = time.monotonic() - turn.began
    return replace(answer, seconds=Timing(first_evidence=passed, short=passed, total=passed))


def refused(library: Library, answer: Answer, turn: Turn, near: Candidate | None = None) -> Answer:
    """The refusal, with the nearest that the articles do say; where it was stopped, that it was."""
    language = turn.question.language
    stopped = turn.stop.is_set()
    text = prompts.refused(library.extent(turn.only), language)
    if stopped:
        near, text = None, prompts.STOPPED[language]
        answer = replace(answer, unwritten="")
    statements, citations = cite(compose.quoted(turn.question, [near] if near else []))
    if statements:
        text = f"{text} {prompts.NEAR[language]}"
    return replace(
        answer,
        short=None,
        text=render(statements, text),
        lead=text if statements else "",
        statements=statements,
        citations=citations,
        outcome="stopped" if stopped else "refused",
        seconds=replace(answer.seconds, total=time.monotonic() - turn.began),
        draft="",
        done=True,
    )


def remembered(history: Sequence[Message]) -> list[Message]:
    """What was said before, as far as it is read: of each message so much as a question may have."""
    return [replace(one, content=visible(one.content[: ASKING.characters])) for one in history]


def usable(question: str) -> str:
    """The question composed and on one line.

    Raises:
        InputError: it is empty or too long.
    """
    text = one_line(nfc(question))
    if not re.search(r"\w", text):
        raise InputError("the question is empty; ask in words")
    if len(text) > ASKING.characters:
        raise InputError(
            "the question has {count} characters, {limit} are the limit; ask for one thing at a time",
            count=len(text),
            limit=ASKING.characters,
        )
    return text
