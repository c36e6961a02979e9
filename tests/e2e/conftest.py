"""One served library and one Chromium for all browser tests; whatever they do, nothing leaves the machine."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ARTIFACTS, ROOT
from tests.e2e.browser import chromium, left_the_machine, served


@pytest.fixture(scope="session")
def address(sample_folder, tmp_path_factory) -> Iterator[str]:
    """The page's address. When all tests are done: no socket of the process, of whatever library in it, was
    ever addressed to another machine."""
    trace = tmp_path_factory.mktemp("trace") / "sockets.txt"
    environment = {**os.environ, "HOIBAO_LIBRARY": str(sample_folder), "PYTHONPATH": str(ROOT)}
    with served(environment, trace) as found:
        yield found
    assert "127.0.0.1" in trace.read_text(), "nothing was traced"
    assert left_the_machine(trace) == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    ARTIFACTS.mkdir(exist_ok=True)
    opened = browser.new_page(viewport={"width": 1400, "height": 900}, locale="vi-VN")
    requests: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector("#hb-question textarea")
    yield opened
    foreign = [r for r in requests if not r.startswith((address, "data:", "blob:"))]
    opened.close()
    assert foreign == [] and errors == []
