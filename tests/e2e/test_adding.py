"""A queue with progress and time left at the foot of the page while one goes on asking, in real Chromium. What
is added halts at its fourth file until the test says so."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from index.giving_way import GivingWay
from tests.conftest import ARTIFACTS, SAMPLES
from tests.e2e.browser import CITATION, LIMIT, ask, opened, still
from tests.e2e.told import Served
from tests.index.stories import STORIES, copied_text

pytestmark = pytest.mark.browser


class Halting(GivingWay):
    """Goes on to the fourth file when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self._files = 0

    def wait(self, stop: threading.Event) -> None:
        self._files += 1
        if self._files == 4:
            self.go.wait(LIMIT / 1000)
        super().wait(stop)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


def test_time_left_is_told_while_one_goes_on_asking(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    files = [tmp_path / f"báo {number}.txt" for number in range(len(STORIES))]
    for file, story in zip(files, STORIES, strict=True):
        file.write_text(copied_text(story), "utf-8")
    served.library.way = way = Halting()
    start = re.compile(rf"Hỏi {1 + len(files)} bài báo")
    with opened(browser, served.address) as page:
        line = page.locator("#hb-queue")
        page.set_input_files("#hb-drop input[type=file]", files)
        expect(line).to_contain_text(re.compile(rf"3/{len(files)} bài · còn khoảng \d+ giây"))
        expect(line.locator("progress")).to_have_attribute("value", f"{3 / len(files):.3f}")
        served.assistant.finish("Cầu dài bao nhiêu?")
        ask(page, "Cầu dài bao nhiêu?")
        expect(page.locator(CITATION).first).to_be_visible()
        expect(line).to_contain_text("còn khoảng")  # nothing was waited for
        inside = page.locator("#hb-question").bounding_box()
        assert inside and inside["y"] + inside["height"] <= 900
        still(page)
        page.screenshot(path=str(ARTIFACTS / "adding.png"))
        way.go.set()
        expect(line).to_contain_text(f"Thêm xong: {len(files)} bài mới")
        expect(line.locator("progress")).to_have_count(0)
        page.click("#hb-new")
        expect(page.locator("#hb-start-in")).to_contain_text(start)
