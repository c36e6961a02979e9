"""Where questions are answered: each in a thread of its own, so that the answer is finished and kept even
when its page is closed or loaded again; a page follows it from wherever it stands.

What is done to a conversation, and in which order, is decided here under one lock: whoever clicks what
while an answer is under way, in one page or in two, a conversation has one answer under way at most, nothing
is given up for a question that cannot be asked, and what was deleted stays deleted.
"""

import contextlib
import copy
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from index.errors import HoiBaoError, InputError
from index.library import EVERYTHING, Library
from index.types import Filter
from rag.assistant import Assistant
from rag.turn import usable
from rag.types import Answer, Message
from ui.answers import Record, failed, record
from ui.config import WAITS
from ui.history import History, Turn
from ui.limits import UnderWay

BrokenOff = Literal["stopped", "overtaken"]
_log = logging.getLogger("hoibao")


class Job:
    """A question of a `person` that is being answered, instead of the turns from `first` on (its own, where of
    none); `who` waits for the writer, a person or a session. `error` is the line for the reader where it
    failed, "" for a bug (the terminal has the rest)."""

    def __init__(
        self,
        conversation: str,
        turn: int,
        question: str,
        only: Filter,
        first: int | None = None,
        person: str = "",
        who: str = "",
    ) -> None:
        self.person = person
        self.conversation = conversation
        self.turn = turn
        self.question = question
        self.only = only
        self.first = turn if first is None else first
        self.who = who
        self.broken_off: BrokenOff | None = None
        self.deleted = False  # with its conversation
        self.answer: Answer | None = None
        self.record: Record | None = None
        self.error: str | None = None
        self.stop = threading.Event()
        self._news = threading.Condition()
        self._count = 0
        self._over = False

    def answers(self, question: str, only: Filter) -> bool:
        """Whether it is the answer to this very question, and goes on."""
        return (self.question, self.only) == (question, only) and not self.stop.is_set()

    def break_off(self, why: BrokenOff = "stopped") -> None:
        """Stops the model; the first reason counts."""
        self.broken_off = self.broken_off or why
        self.stop.set()

    def tell(self, answer: Answer | None = None, over: bool = False) -> None:
        """A new snapshot, or the end."""
        with self._news:
            self.answer = answer or self.answer
            self._over = self._over or over
            self._count += 1
            self._news.notify_all()

    def follow(self, left: Callable[[], bool] = lambda: False) -> Iterator[Answer | None]:
        """Snapshots from now on, the latest first, until the answer is finished or whoever follows has
        `left` (then `wake` ends the wait); those that come faster than they are read are left out."""
        seen = -1
        while True:
            with self._news:
                while self._count == seen and not self._over and not left():
                    self._news.wait()
                if left():
                    return
                seen, answer, over = self._count, self.answer, self._over
            yield answer
            if over:
                return

    def wake(self) -> None:
        """Lets those who follow see whether they have left."""
        with self._news:
            self._news.notify_all()


class Desk:
    """Answers for all pages of one library, to one person: the owner, or with `of` another."""

    def __init__(self, assistant: Assistant, history: History) -> None:
        self._assistant = assistant
        self._history = history
        self._jobs: dict[str, Job] = {}
        self._at_work: dict[threading.Thread, Job] = {}
        self._lock = threading.Lock()
        #: How much each asks at once.
        self.under_way = UnderWay()

    def of(self, person: str) -> "Desk":
        """The same desk for a person, by id."""
        if person == self._history.person:
            return self
        found = copy.copy(self)
        found._history = self._history.of(person)
        return found

    @property
    def history(self) -> History:
        """Where the conversations are kept."""
        return self._history

    @property
    def library(self) -> Library:
        """The library that is asked."""
        return self._assistant.library

    def ask(
        self,
        conversation: str,
        question: str,
        only: Filter = EVERYTHING,
        filters: Sequence[str] = (),
        again: int | None = None,
        alone: bool = False,
        who: str = "",
    ) -> Job:
        """Begins an answer, in a new conversation where "" is given; `filters` are what `only` says in
        words. With `again`, the id of a turn, that turn and those behind it go as soon as the answer is kept;
        one that is broken off or fails stands behind them. `alone`: what was said before completes nothing.
        `who` asks: the writer's turns go round among people.
        An answer that was under way in this conversation is overtaken; where it is to the very same question (a
        second click), it stays and is returned.

        Raises:
            InputError: the question is empty or too long, the turn is gone, or too many are under way; nothing
                has changed then.
        """
        question = usable(question)
        with self._lock:
            turns = self._turns(conversation)
            before = self._job(conversation)
            first = again
            if again is not None:
                if all(turn.id != again for turn in turns):
                    raise InputError("this question is gone from the conversation; ask it anew")
                turns = [turn for turn in turns if turn.id < again]
                if before and again == before.turn:
                    first = before.first  # what that one was to replace, too
            elif before and before.answers(question, only):
                return before
            self.under_way.begin(self._history.person)
            try:
                conversation, turn = self._history.begin(conversation, question)
            except BaseException:
                self.under_way.end(self._history.person)
                raise
            if before:
                before.break_off("overtaken")
            job = Job(conversation, turn, question, only, first, self._history.person, who)
            self._jobs[conversation] = job
            arguments = (job, [] if alone else messages(turns), filters)
            thread = threading.Thread(target=self._answer, args=arguments, daemon=True)
            self._at_work[thread] = job
            thread.start()
        return job

    def turns(self, conversation: str) -> list[Turn]:
        """The turns of a conversation as they are shown: without those that the question under way is asked
        instead of."""
        with self._lock:
            return self._turns(conversation)

    def _turns(self, conversation: str) -> list[Turn]:
        turns = self._history.turns(conversation) if conversation else []
        job = self._job(conversation)
        return [turn for turn in turns if not (job and job.first <= turn.id < job.turn)]

    def job(self, conversation: str) -> Job | None:
        """The answer that a conversation waits for, None where it waits for none."""
        with self._lock:
            return self._job(conversation)

    def _job(self, conversation: str) -> Job | None:
        job = self._jobs.get(conversation)
        return job if job and job.person == self._history.person else None

    def stop(self, conversation: str) -> None:
        """Stops the model, if it is at work for this conversation."""
        job = self.job(conversation)
        if job:
            job.break_off()

    def delete(self, conversation: str) -> None:
        """Puts a conversation into the trash. An answer that was under way in it is stopped, and kept
        nowhere."""
        with self._lock:
            if job := self._job(conversation):
                del self._jobs[conversation]
                job.deleted = True
                job.break_off()
            self._history.delete(conversation)

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return bool(self._at_work)

    def close(self) -> None:
        """Stops all answers, and returns when nothing is written any more."""
        with self._lock:
            at_work = dict(self._at_work)
        for job in at_work.values():
            job.break_off()
        for thread in at_work:
            thread.join(WAITS.ends)

    def _answer(self, job: Job, earlier: list[Message], filters: Sequence[str]) -> None:
        try:
            with self.library.way.asked():
                asking = self._assistant.ask(job.question, earlier, job.only, job.stop, job.who)
                for answer in asking:
                    if answer.done:
                        self._finish(job, answer, filters)
                    job.tell(answer)
        except HoiBaoError as error:
            self._failed(job, error.line, filters)
        except Exception:  # a bug: the reader gets one line, the terminal the rest
            _log.exception("a question failed")
            self._failed(job, "", filters)
        finally:
            with self._lock:
                del self._at_work[threading.current_thread()]
                self.under_way.end(job.person)
                if self._jobs.get(job.conversation) is job:
                    del self._jobs[job.conversation]
            job.tell(over=True)

    def _finish(self, job: Job, answer: Answer, filters: Sequence[str]) -> None:
        """Keeps the answer and shows it; what could be asked next follows."""
        kept = record(answer, job.broken_off, filters)
        self._history.finish(job.turn, kept, job.first if kept.ended else None)
        job.record = kept
        job.tell(answer)
        if not job.broken_off:
            next_ = tuple(self._assistant.suggestions(answer))
            job.record = replace(job.record, suggestions=next_)
            self._history.finish(job.turn, job.record)

    def _failed(self, job: Job, line: str, filters: Sequence[str]) -> None:
        """Keeps that there is no answer; one that was kept already stays."""
        job.error = line
        if job.record is None:
            with contextlib.suppress(HoiBaoError):  # the disk may be what is full
                self._history.finish(job.turn, failed(job.question, line, filters))


def messages(turns: list[Turn]) -> list[Message]:
    """The turns as the history of the next question."""
    found = []
    for turn in turns:
        found.append(Message("user", turn.question))
        if turn.record and turn.record.ended:
            cited = tuple(dict.fromkeys(quote.article_id for quote in turn.record.citations))
            found.append(Message("assistant", turn.record.answer, cited))
    return found


def fate(library: Library, kept: Record) -> tuple[Record, dict[int, str]]:
    """The record with its quotes where they stand now, and by number which citations' articles are gone
    ("article_gone") or no longer have their words ("article_changed")."""
    found: dict[int, str] = {}
    quotes = []
    for quote in kept.citations:
        quotes.append(quote)
        try:
            article = library.article(quote.article_id)
        except HoiBaoError:
            found[quote.number] = "article_gone"
            continue
        body, at = article.body, quote.start
        if body[at : quote.end] != quote.quote:
            at = body.find(quote.quote)
        if at < 0:
            found[quote.number] = "article_changed"
        else:
            end = at + len(quote.quote)
            quotes[-1] = replace(quote, start=at, end=end, page=article.page(at))
    return replace(kept, citations=tuple(quotes)), found
