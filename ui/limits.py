"""How many questions each person has under way, so that enough is left for the others. The owner of the machine
has no limit."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import InputError
from ui.config import EACH


class UnderWay:
    """Questions under way by person; threads share it."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def begin(self, person: str) -> None:
        """One more of a person, by id.

        Raises:
            InputError: that would be too many; it does not count then.
        """
        with self._lock:
            if person and self._counts[person] >= EACH.questions:
                raise InputError(
                    "you have {limit} questions under way; wait for one of them",
                    limit=EACH.questions,
                )
            self._counts[person] += 1

    def end(self, person: str) -> None:
        """One less."""
        with self._lock:
            self._counts[person] -= 1
            if not self._counts[person]:
                del self._counts[person]

    @contextmanager
    def one(self, person: str) -> Iterator[None]:
        """One as long as it lasts; raises as `begin`."""
        self.begin(person)
        try:
            yield
        finally:
            self.end(person)
