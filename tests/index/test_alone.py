"""What models compute, and what waits for it."""

import threading
import time

import pytest

from index.alone import Alone, First


def test_whoever_asks_it_is_computed_in_one_thread_in_order() -> None:
    alone, begun, goes_on = Alone("test"), threading.Event(), threading.Event()
    done: list[tuple[int, str]] = []

    def compute(number: int) -> int:
        done.append((number, threading.current_thread().name))
        if number == 0:
            begun.set()
            goes_on.wait(10)
        if number == 3:
            raise ValueError("three")
        return 10 * number

    first = threading.Thread(target=alone.run, args=(compute, 0))
    first.start()
    begun.wait(10)
    asking = threading.Thread(target=alone.run, args=(compute, 1))
    asking.start()
    time.sleep(0.05)
    assert [number for number, _ in done] == [0]
    goes_on.set()
    for thread in (first, asking):
        thread.join(10)
    assert alone.run(compute, 2) == 20
    with pytest.raises(ValueError, match="three"):
        alone.run(compute, 3)
    assert [number for number, _ in done] == [0, 1, 2, 3]
    assert len({name for _, name in done}) == 1


def test_what_waits_goes_on_behind_what_goes_first_or_when_it_waited_long_enough() -> None:
    first = First()
    began = time.monotonic()
    first.wait(10)
    with first.now():
        assert not first.quiet
        first.wait(0.2)
        assert 0.2 <= time.monotonic() - began < 5
        waits = threading.Thread(target=first.wait, args=(10,))
        waits.start()
        with first.now():
            pass
        assert waits.is_alive()
    waits.join(5)
    assert first.quiet and not waits.is_alive()
