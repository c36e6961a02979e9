"""A question goes first: what adds articles gives way to whoever asks, searches or reads meanwhile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from index.config import GIVING_WAY, STORE


class GivingWay:
    """Who uses a library at the moment; threads share it."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._under_way = 0
        self._last = float("-inf")
        self._apart: set[int] = set()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """While this thread searches and reads for nobody who waits."""
        self._apart.add(threading.get_ident())
        try:
            yield
        finally:
            self._apart.discard(threading.get_ident())

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While a question is being answered."""
        with self._news:
            self._under_way += 1
        try:
            yield
        finally:
            with self._news:
                self._under_way -= 1
                self._last = time.monotonic()
                self._news.notify_all()

    def looked(self) -> None:
        """Somebody searched, or opened an article, and may do so again soon."""
        if threading.get_ident() not in self._apart:
            self._last = time.monotonic()

    @property
    def quiet(self) -> float:
        """Seconds since somebody last used it; 0 while a question is under way."""
        return 0.0 if self._under_way else time.monotonic() - self._last

    @property
    def texts(self) -> int:
        """How many texts may be embedded in one go, which a search would have to wait for."""
        return STORE.batch_texts if self.quiet > GIVING_WAY.recent else GIVING_WAY.texts

    def wait(self, stop: threading.Event) -> None:
        """Waits for the end of a question that is under way, or for `stop`, but not for ever."""
        end = time.monotonic() + GIVING_WAY.patience
        with self._news:
            while self._under_way and not stop.is_set() and time.monotonic() < end:
                self._news.wait(GIVING_WAY.beat)
