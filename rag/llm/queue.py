"""Who has the writer next: a lock that is fair among people, tells who waits their place and about how long it
will be, and passes over whoever stops.

Turns go round: nobody has a second one while somebody else who waits had none; whoever asks several things has
them in their order.
"""

import heapq
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.config import QUEUE


@dataclass(frozen=True, slots=True)
class Wait:
    """A place in the queue, 1 for who is next, and about how many seconds it will be."""

    place: int
    seconds: int


class WriterQueue:
    """The queue before one writer, or before a server that writes for `at_once`; threads share it."""

    def __init__(self, at_once: int = 1, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._clock = clock
        self._news = threading.Condition()
        self._waiting: list[Ticket] = []  # as they came
        self._began: dict[Ticket, float] = {}
        self._round = 0
        self._had: dict[str, int] = {}  # in which round somebody had a turn last
        self._took = QUEUE.turn

    def __len__(self) -> int:
        """How many wait."""
        with self._news:
            return len(self._order())

    def ticket(self, who: str, stop: threading.Event) -> "Ticket":
        """What a question waits with, for a person or session; `stop` gives the place up."""
        return Ticket(self, who, stop)

    def join(self, ticket: "Ticket") -> None:
        """Takes the last place of its round."""
        with self._news:
            self._waiting.append(ticket)

    def place(self, ticket: "Ticket") -> Wait | None:
        """Where a ticket stands; None where it has its turn, which may begin by this, or is stopped."""
        with self._news:
            return self._place(ticket)

    def quit(self, ticket: "Ticket") -> None:
        """Gives its place up, not a turn that it has."""
        with self._news:
            self._waiting.remove(ticket)
            self._news.notify_all()

    def wait(self, ticket: "Ticket") -> Iterator[Wait]:
        """Yields each place that a ticket has in the queue; ends when it has its turn, or is stopped."""
        self.join(ticket)
        try:
            place = self.place(ticket)
            while place is not None:
                yield place
                place = self._news_of(ticket, place)
        finally:
            self.quit(ticket)

    def _news_of(self, ticket: "Ticket", told: Wait) -> Wait | None:
        with self._news:
            while (place := self._place(ticket)) == told:
                self._news.wait(QUEUE.beat)
            return place

    def leave(self, ticket: "Ticket") -> None:
        """Ends the turn of a ticket, where it has it."""
        with self._news:
            began = self._began.pop(ticket, None)
            if began is not None and not ticket.stop.is_set():
                self._took += QUEUE.weight * (self._clock() - began - self._took)
            self._news.notify_all()

    def has(self, ticket: "Ticket") -> bool:
        """Whether it is this ticket's turn."""
        return ticket in self._began

    def _place(self, ticket: "Ticket") -> Wait | None:
        if ticket.stop.is_set() or ticket in self._began:
            return None
        order = self._order()
        place = next(number for number, (_, one) in enumerate(order) if one is ticket)
        if place == 0 and len(self._began) < self._at_once:
            self._round = order[0][0]
            self._had = {who: had for who, had in self._had.items() if had >= self._round}
            self._had[ticket.who] = self._round
            self._began[ticket] = self._clock()
            return None
        return Wait(place + 1, self._seconds(place))

    def _order(self) -> list[tuple[int, "Ticket"]]:
        """Those who wait, with their rounds, who is next first."""
        had = dict(self._had)
        order = []
        for ticket in self._waiting:
            if ticket not in self._began and not ticket.stop.is_set():
                had[ticket.who] = max(self._round, had.get(ticket.who, -1) + 1)
                order.append((had[ticket.who], ticket))
        return sorted(order, key=lambda one: one[0])

    def _seconds(self, place: int) -> int:
        """About how long it will be: each turn takes what turns took lately."""
        now = self._clock()
        ends = sorted(max(0.0, self._took - (now - began)) for began in self._began.values())
        ends += [0.0] * (self._at_once - len(ends))
        heapq.heapify(ends)
        for _ in range(place):
            heapq.heappush(ends, heapq.heappop(ends) + self._took)
        seconds = max(1, round(ends[0]))
        return seconds if seconds < QUEUE.exact else 5 * math.ceil(seconds / 5)


class Ticket:
    """A question's place in the queue; `waited`: seconds that it did. As a context: its turn ends with it."""

    def __init__(self, queue: WriterQueue, who: str, stop: threading.Event) -> None:
        self.who = who
        self.stop = stop
        self.waited = 0.0
        self._queue = queue

    def turn(self) -> Iterator[Wait]:
        """Waits for the turn, unless it has it; yields each place in the queue until then. Without the turn it
        ends only where `stop` is set."""
        if self._queue.has(self):
            return
        began = time.monotonic()
        try:
            yield from self._queue.wait(self)
        finally:
            self.waited += time.monotonic() - began

    def leave(self) -> None:
        """Ends its turn, where it has it; another may be waited for."""
        self._queue.leave(self)

    def __enter__(self) -> "Ticket":
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()
