"""One served library and one Chromium for all browser tests; whatever they do, nothing leaves the machine."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS, ROOT
from tests.e2e.browser import CITATION, FIRST, ask, chromium, left_the_machine, opened, served
from ui.history import History, Turn

BRIDGE = "Cầu An Hòa dài bao nhiêu mét?"


@pytest.fixture(scope="session")
def address(sample_folder, tmp_path_factory) -> Iterator[str]:
    """The page's address. When all tests are done: no socket of the process, of whatever library in it, was
    ever addressed to another machine."""
    trace = tmp_path_factory.mktemp("trace") / "sockets.txt"
    environment = {**os.environ, "HOIBAO_LIBRARY": str(sample_folder), "PYTHONPATH": str(ROOT)}
    with served(environment, trace) as found:
        yield found
    assert "+++ exited with 0 +++" in trace.read_text(), (
        "nothing was traced, or it did not end well"
    )
    assert left_the_machine(trace) == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    ARTIFACTS.mkdir(exist_ok=True)
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        yield page


@pytest.fixture(scope="session")
def bridge(browser: Browser, address: str, sample_folder: Path) -> Turn:
    """A question that the page has answered, once for all tests that only need an answer to look at."""
    with opened(browser, address) as page:
        ask(page, BRIDGE)
        expect(page.locator(CITATION)).to_have_text(FIRST)
        conversation = page.url.rpartition("?c=")[2]
    history = History(sample_folder)
    (turn,) = history.turns(conversation)
    history.close()
    return turn


@pytest.fixture
def answered(address: str, sample_folder: Path, bridge: Turn) -> Callable[[], str]:
    """Gives the address of a conversation of its own in which that question is answered."""

    def made() -> str:
        history = History(sample_folder)
        conversation, turn = history.begin("", bridge.question)
        assert bridge.record
        history.finish(turn, bridge.record)
        history.close()
        return f"{address}/?c={conversation}"

    return made
