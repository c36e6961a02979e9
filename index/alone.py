"""What a model computes, one thing after the other in a thread of its own, and what waits for it.

PyTorch and llama.cpp keep helping threads, and memory for what they compute, for each thread that ever called
them: a page that answers in hundreds of threads would hold gigabytes of it.
"""

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


class Alone:
    """One thread, started when it is first needed; what is asked for first is done first."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, f"hoibao-{name}")

    def run(
        self, function: Callable[_Given, _Found], *given: _Given.args, **named: _Given.kwargs
    ) -> _Found:
        """What a function returns, or raises, there. Not to be called from there."""
        return self._executor.submit(function, *given, **named).result()


def give_back() -> None:
    """What was used and is free goes back to the system: after models were loaded, 0.3 GB. Where the C library
    can (glibc)."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


class First:
    """What goes first: searching and reading, for which everybody waits; writing is waited for by one."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._under_way = 0

    @contextmanager
    def now(self) -> Iterator[None]:
        """While something goes on that goes first."""
        with self._news:
            self._under_way += 1
        try:
            yield
        finally:
            with self._news:
                self._under_way -= 1
                self._news.notify_all()

    @property
    def quiet(self) -> bool:
        """Whether nothing of it goes on."""
        return not self._under_way

    def wait(self, patience: float) -> None:
        """Waits until nothing of it goes on, for so many seconds at most."""
        end = time.monotonic() + patience
        with self._news:
            while self._under_way and (left := end - time.monotonic()) > 0:
                self._news.wait(left)


#: Of this process, whose cores all share.
FIRST = First()
