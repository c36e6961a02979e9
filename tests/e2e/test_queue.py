"""Two windows ask, one writer writes: the other sees its evidence, its short answer and its place, in real
Chromium. The writer goes on when the test says so."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from rag.assistant import Assistant
from rag.types import Message
from tests.conftest import ARTIFACTS, SAMPLES, FakeEmbedder
from tests.e2e.browser import CITATION, FIRST, ask, opened
from tests.e2e.told import Served
from tests.rag.scripted import ScriptedReader, ScriptedWriter

pytestmark = pytest.mark.browser
BRIDGE = "Cầu An Hòa dài bao nhiêu mét?"


class Slow(ScriptedWriter):
    """Writes when it is let, or stopped."""

    def __init__(self) -> None:
        super().__init__("486 m", "Cầu An Hòa dài 486 m.")
        self.go = threading.Event()

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        while not self.go.wait(0.02) and not stop.is_set():
            pass
        yield self.sentence


class Queued(Served):
    """A page over the real assistant, with a reader and a writer that are told what they find."""

    def make(self) -> Any:
        self.writer = Slow()
        reader: Any = ScriptedReader("486 m")
        return Assistant(self.library, FakeEmbedder(), reader, self.writer, threshold=0.3)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Queued]:
    made = Queued(tmp_path / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.writer.go.set()
    made.close()


def test_the_place_is_told_and_a_stop_gives_the_turn_to_the_next(
    browser: Browser, here: Queued
) -> None:
    with opened(browser, here.address) as one, opened(browser, here.address) as two:
        ask(one, BRIDGE)
        answer = one.locator("#hb-chat .bot")
        expect(answer.locator(".hb-short")).to_have_text("486 m")
        expect(answer).to_have_attribute("data-state", "writing")
        ask(two, BRIDGE)
        second = two.locator("#hb-chat .bot")
        expect(second.locator(".hb-waits")).to_contain_text("thứ 1, khoảng")
        expect(second.locator(".hb-short")).to_have_text("486 m")
        expect(two.locator("#hb-evidence")).to_contain_text("lễ khánh thành cầu An Hòa")
        two.screenshot(path=str(ARTIFACTS / "queue.png"))
        two.click("#hb-language")
        expect(second.locator(".hb-waits")).to_contain_text("number 1, about")
        one.click("#hb-stop")
        expect(second).to_have_attribute("data-state", "writing")
        expect(second.locator(".hb-waits")).to_have_count(0)
        here.writer.go.set()
        expect(two.locator(CITATION)).to_have_text(FIRST)
