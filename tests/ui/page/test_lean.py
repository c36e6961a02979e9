"""What Gradio does beside each event and this page does not want (see `tests/quality/hostile_page.py`)."""

import gc
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

from tests.ui.room import Room
from ui.config import WAITS
from ui.page.lean import settle, stay_lean


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("room") / "library")
    yield made
    made.close()


def test_a_call_keeps_no_copy_of_the_page_and_counts_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    class Counted(pandas.DataFrame):
        def __init__(self, *given: object, **named: object) -> None:
            made.append(1)
            super().__init__(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pandas, "DataFrame", Counted)
    owner = room.owner()
    article = room.library.articles()[0].id
    before = len(room.page.state_holder.session_data)
    for _ in range(3):
        joined = owner.client.post("/gradio_api/call/read_article", json={"data": [article]})
        event = joined.json()["event_id"]
        assert "event: complete" in owner.client.get(f"/gradio_api/call/read_article/{event}").text
    sessions = list(room.page.state_holder.session_data.values())[before:]
    assert len(sessions) == 3 and not made
    # What was changed of the page is kept, and no more: it has hundreds of components.
    assert all(len(one.config_values) < 10 for one in sessions)


def test_no_listener_of_an_event_is_begun_anew_by_another(room: Room) -> None:
    """Where one is `always_last`, Gradio begins all of its event anew: two keep each other at work for ever."""
    listeners: dict[tuple[int, str], list[str]] = {}
    for one in room.owner().config["dependencies"]:
        for part, event in one["targets"] if one["backend_fn"] else ():
            if part is not None:
                listeners.setdefault((part, event), []).append(one["trigger_mode"])
    last = {event: modes for event, modes in listeners.items() if "always_last" in modes}
    assert len(last) > 10
    assert {event: modes for event, modes in last.items() if len(modes) > 1} == {}


def test_what_is_loaded_is_looked_through_no_more(tmp_path: Path) -> None:
    loaded = [{} for _ in range(1000)]
    settle()
    try:
        assert gc.get_freeze_count() > len(loaded)
        assert not {id(one) for one in gc.get_objects()} & {id(one) for one in loaded}
    finally:
        gc.unfreeze()


def test_free_memory_goes_back_until_it_is_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    times: list[int] = []

    def give_back() -> None:
        times.append(1)
        if len(times) == 3:
            stop.set()

    monkeypatch.setattr("ui.page.lean.give_back", give_back)
    monkeypatch.setattr("ui.page.lean.WAITS", replace(WAITS, gives_back=0.001))
    stay_lean(stop)
    assert len(times) == 3
