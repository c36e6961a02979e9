"""A circuit breaker: after some failures nothing is tried for some seconds, then once."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Counts the failures that come one after the other. `clock`: seconds that only go on."""

    def __init__(
        self, failures: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0
        self._trying = False

    def closed(self) -> bool:
        """Whether something may be tried; who is told so says what came of it: `worked`, `failed`, or `left`
        where nothing did."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._trying or self._clock() < self._until:
                return False
            self._trying = True
            return True

    @property
    def open(self) -> bool:
        """Whether it failed so often, and nothing has worked since."""
        with self._lock:
            return self._failed >= self._most

    def worked(self) -> None:
        """It answered."""
        with self._lock:
            self._failed, self._trying = 0, False

    def failed(self, hung: bool = False) -> None:
        """It did not; `hung`: it took all the time there was, which nobody else is to wait."""
        with self._lock:
            self._failed, self._trying = self._most if hung else self._failed + 1, False
            self._until = self._clock() + self._seconds

    def left(self) -> None:
        """It was broken off before that was known."""
        with self._lock:
            self._trying = False
