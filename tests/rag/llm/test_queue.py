"""The writer's queue: who is next, what is promised, what a stop frees. A clock that the test turns."""

import threading

import pytest

from rag.llm.queue import Ticket, Wait, WriterQueue


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(clock: Clock) -> WriterQueue:
    return WriterQueue(clock=clock)


class Asks:
    """A question of somebody that waits, or has its turn."""

    def __init__(self, queue: WriterQueue, who: str) -> None:
        self.stop = threading.Event()
        self.ticket: Ticket = queue.ticket(who, self.stop)
        self.told: list[Wait] = []
        self._queue = queue
        queue.join(self.ticket)
        self.looks()

    def looks(self) -> int:
        """Its place; 0 where it has its turn, or was stopped."""
        place = self._queue.place(self.ticket)
        if place:
            self.told.append(place)
        return place.place if place else 0

    @property
    def writes(self) -> bool:
        return self._queue.has(self.ticket)

    def ends(self) -> None:
        self._queue.quit(self.ticket)
        with self.ticket:
            pass


def test_who_is_alone_does_not_wait(queue: WriterQueue) -> None:
    one = Asks(queue, "An")
    assert one.writes and one.told == [] and len(queue) == 0
    assert list(one.ticket.turn()) == []  # a question has one turn, however often it writes


def test_first_come_first_served_within_one_person_and_in_turns_among_people(
    queue: WriterQueue,
) -> None:
    first = Asks(queue, "An")
    asked = {
        name: Asks(queue, who)
        for name, who in {
            "An 2": "An",
            "An 3": "An",
            "Bình 1": "Bình",
            "Chi 1": "Chi",
            "Bình 2": "Bình",
        }.items()
    }
    assert len(queue) == 5
    order, last = [], first
    while asked:
        last.ends()
        places = {name: one.looks() for name, one in asked.items()}
        (now,) = [name for name, place in places.items() if not place]
        last = asked.pop(now)
        assert last.writes
        order.append(now)
    assert order == ["Bình 1", "Chi 1", "An 2", "Bình 2", "An 3"]


def test_whoever_asks_much_waits_for_one_turn_of_each_other(queue: WriterQueue) -> None:
    now = Asks(queue, "An")
    many = [Asks(queue, "An") for _ in range(20)]
    late = Asks(queue, "Bình")
    assert late.told[-1].place == 1 and many[0].told[-1].place == 1
    assert many[0].looks() == 2
    now.ends()
    assert late.looks() == 0 and late.writes


def test_the_promise_is_what_turns_took_lately(queue: WriterQueue, clock: Clock) -> None:
    for _ in range(60):
        one = Asks(queue, "An")
        clock.now += 4.0
        one.ends()
    one = Asks(queue, "An")
    second, third, fourth, fifth = (Asks(queue, who) for who in ("B", "C", "D", "E"))
    assert [two.told[-1] for two in (second, third, fourth, fifth)] == [
        *(Wait(1, 4), Wait(2, 8), Wait(3, 15), Wait(4, 20))
    ]
    clock.now += 3.0
    assert third.looks() == 2 and third.told[-1] == Wait(2, 5)
    clock.now += 60.0  # longer than ever: never less than a second
    assert second.looks() == 1 and second.told[-1] == Wait(1, 1)
    one.ends()
    assert second.looks() == 0


def test_several_at_once_for_a_server(clock: Clock) -> None:
    queue = WriterQueue(at_once=2, clock=clock)
    writing = [Asks(queue, "A"), Asks(queue, "B")]
    assert all(one.writes for one in writing)
    third, fourth = Asks(queue, "C"), Asks(queue, "D")
    assert third.told[-1].seconds == fourth.told[-1].seconds
    writing[1].ends()
    assert third.looks() == 0 and fourth.looks() == 1


def test_a_stop_frees_the_place_at_once_and_is_no_turn(queue: WriterQueue, clock: Clock) -> None:
    one, two, three = (Asks(queue, who) for who in ("A", "B", "C"))
    assert [one.told, two.told, three.told] == [[], [Wait(1, 6)], [Wait(2, 15)]]
    two.stop.set()  # it has not looked yet
    assert three.looks() == 1 and three.told[-1] == Wait(1, 6)
    assert two.looks() == 0 and not two.writes
    one.stop.set()
    clock.now += 0.5
    one.ends()
    assert three.looks() == 0 and three.writes
    after = Asks(queue, "D")
    assert after.told == [Wait(1, 6)]  # what was stopped says nothing of how long turns take


def test_who_leaves_without_a_word_blocks_nobody(queue: WriterQueue) -> None:
    one, two, three = (Asks(queue, who) for who in ("A", "B", "C"))
    left = queue.ticket("D", threading.Event()).turn()
    assert next(left) == Wait(3, 20)
    queue.quit(two.ticket)
    del left
    assert len(queue) == 1
    one.ends()
    assert three.looks() == 0 and three.writes


def test_threads_have_it_one_after_the_other() -> None:
    queue, lock, had = WriterQueue(), threading.Lock(), []

    def asks(who: str) -> None:
        with queue.ticket(who, threading.Event()) as ticket:
            for _ in ticket.turn():
                pass
            assert lock.acquire(blocking=False)
            had.append(who)
            lock.release()

    threads = [threading.Thread(target=asks, args=(f"{n % 5}",)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(had) == 40
