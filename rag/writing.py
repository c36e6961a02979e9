"""The writer's part in an answer: waiting for its turn, what it makes of the best candidates' sentences, and
the statements that it writes."""

import time
from collections.abc import Generator, Sequence
from dataclasses import replace

from rag import compose
from rag.cite import Said
from rag.llm.failures import Away
from rag.llm.local import LanguageModel
from rag.llm.queue import Ticket
from rag.observer import Observer, spends
from rag.opinion import opinion_of, sources
from rag.turn import Turn
from rag.types import Answer, Candidate, Opinion


def queued(answer: Answer, turn: Turn, ticket: Ticket) -> Generator[Answer, None, Answer]:
    """Waits for the turn of a ticket, or until it is stopped; yields the answer with its place in the queue,
    and without it when the turn has come."""
    waits = None
    for waits in ticket.turn():
        yield replace(answer, waits=waits)
    if waits:
        waited = sum(one.waited for one in {turn.reads, turn.writes})
        answer = replace(answer, seconds=replace(answer.seconds, waited=waited))
        yield answer
    return answer


def read_again(
    writer: LanguageModel, answer: Answer, found: Sequence[Candidate], turn: Turn
) -> tuple[Answer, Opinion]:
    """What the writer makes of the best candidates' sentences; its turn has come."""
    writing = opinion_of(writer, turn.question, sources(found), turn.stop)
    seconds = answer.seconds
    while True:
        try:
            next(writing)
        except StopIteration as end:
            opinion: Opinion = end.value
            answer = replace(answer, opinions=(opinion,), unwritten=opinion.away)
            return replace(answer, seconds=seconds), opinion
        if seconds.first_token is None:
            seconds = replace(seconds, first_token=time.monotonic() - turn.began)


def composed(
    writer: LanguageModel,
    answer: Answer,
    chosen: Sequence[Candidate],
    turn: Turn,
    observers: Sequence[Observer],
) -> Generator[Answer, None, tuple[Answer, list[Said]]]:
    """The statements: the articles' own where that is asked for, of one of several questions, or where it is
    stopped, else the writer's when it is this question's turn."""
    if turn.question.kind not in ("list", "said") and not turn.part:
        answer = yield from queued(answer, turn, turn.writes)
        if not turn.stop.is_set():
            with spends(observers, "write"):
                return (yield from _written(writer, answer, chosen, turn))
    return answer, compose.quoted(turn.question, chosen)


def _written(
    writer: LanguageModel, answer: Answer, chosen: Sequence[Candidate], turn: Turn
) -> Generator[Answer, None, tuple[Answer, list[Said]]]:
    """The writer's statements, which are shown as they grow."""
    question = turn.question
    short = None if question.kind == "yes_no" else answer.short
    writing = compose.written(writer, question, short, chosen, turn.stop)
    said = None
    while not answer.unwritten:
        try:
            draft = next(writing)
        except StopIteration as end:
            said = end.value
            break
        except Away as away:
            answer = replace(answer, unwritten=away.line)
            break
        if answer.seconds.first_token is None:
            took = replace(answer.seconds, first_token=time.monotonic() - turn.began)
            answer = replace(answer, seconds=took)
        yield replace(answer, draft=draft)
    if question.kind == "yes_no" and answer.short:
        return answer, [compose.answered_yes_or_no(answer.short, said, chosen[0])]
    if said:
        return answer, [said, *compose.going_on(question, said)]
    return answer, compose.quoted(question, chosen)
