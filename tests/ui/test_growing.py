"""An answer as it grows, for programs: its place in the queue, and what leaving does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from rag.assistant import Assistant
from rag.types import Answer, Wait
from tests.conftest import SAMPLES, FakeEmbedder
from tests.e2e.told import Served
from tests.rag.scripted import ScriptedReader
from tests.ui.slow_server import Slow
from tests.ui.test_leaving import BEARER, LIMIT, Asked
from ui.growing import changed


class Queued(Served):
    """Over the real assistant, whose writer writes when the file "go" is there."""

    def make(self) -> Any:
        reader: Any = ScriptedReader("486 m")
        self.go = self.library.folder.parent / "go"
        return Assistant(self.library, FakeEmbedder(), reader, Slow(self.go), threshold=0.3)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Queued]:
    made = Queued(tmp_path / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.go.touch()
    made.close()


def test_who_leaves_gives_the_place_or_the_turn_to_the_next(here: Queued) -> None:
    with httpx2.Client(base_url=here.address, headers=BEARER, timeout=LIMIT) as client:
        first = Asked(client)
        assert first.until("short")["short"] == "486 m"
        second = Asked(client)
        assert second.until("waits")["waits"]["place"] == 1
        third = Asked(client)
        assert third.until("waits")["waits"]["place"] == 2
        second.leave()
        while (now := third.until("waits")["waits"])["place"] != 1:
            pass
        assert now["seconds"] >= 1
        first.leave()
        here.go.touch()
        assert third.until("done")["answer"] == "Cầu An Hòa dài 486 m. [1]"


def test_words_that_nobody_has_checked_are_no_news() -> None:
    drafts = [Answer("Dài bao nhiêu?", "", draft="486 m."[:end]) for end in range(7)]
    waits = replace(drafts[-1], waits=Wait(1, 5))
    done = replace(drafts[-1], text="486 m. [1]", done=True)
    told = list(changed([*drafts, waits, waits, done]))
    assert told == [replace(one, draft="") for one in (drafts[0], waits, done)]
