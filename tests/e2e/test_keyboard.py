"""The page by keys alone: the five tasks of docs/keyboard.md, and where the focus is when what had it goes. The
answers are given by the test; one page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from rag.types import Answer, Citation, Statement
from tests.conftest import ARTIFACTS, SAMPLES
from tests.e2e.browser import opened, still
from tests.e2e.keyboard import TASKS, Hands, run, written
from tests.e2e.tasks import COMPARE, FIGURE
from tests.e2e.told import Served
from ui.kept import Starter

pytestmark = pytest.mark.browser
STARTED = "Cầu An Hòa rộng bao nhiêu mét?"


class Told(Served):
    """The page over three samples; a comparison is a table of the other two, each of its rows cited."""

    def answer(self, question: str) -> Answer:
        *others, bridge = [self.library.article(row.id) for row in self.library.articles()]
        said = [(bridge, "Cầu dài 486 m", "")]
        if question == COMPARE:
            words = ("215 đại biểu", "178 đại biểu")
            said = list(zip(others, words, ("Đông Xuân", "Tây Lâm")))
        cited = [
            Citation(number, article, at := article.body.index(words), at + len(words))
            for number, (article, words, _) in enumerate(said, 1)
        ]
        rows = [Statement(words, (n,), label=label) for n, (_, words, label) in enumerate(said, 1)]
        form: Literal["table", "short"] = "table" if question == COMPARE else "short"
        whole = super().answer(question)
        return replace(whole, form=form, statements=tuple(rows), citations=tuple(cited))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    made = Told(tmp_path_factory.mktemp("keys") / "library")
    made.library.add([next(SAMPLES.glob(f"{number:02}*")) for number in (1, 2, 8)])
    for question in (FIGURE, COMPARE, STARTED):
        made.assistant.finish(question)
    found = [Starter(STARTED, "", "Báo Đông Xuân, 7/4/2022")]
    made.history.kept.start_with(made.library.generation(), found)
    yield made
    made.close()


def test_five_tasks_and_what_goes_by_keys_alone(browser: Browser, told: Told) -> None:
    with opened(browser, told.address, width=1280) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        expect(page.locator("#hb-start-in h2")).to_be_visible()
        steps, lost = run(page, told.address)
        assert lost == []
        assert list(steps) == list(TASKS)
        assert "| Shift+Tab × " in written(steps)

        # What was pressed goes with it: the field of the question has the focus.
        hands = Hands(page)
        hands.press("Control+k")
        expect(page.locator("#hb-start")).to_be_visible()
        hands.to(STARTED, "Shift+Tab")
        hands.press("Enter")
        expect(page.locator("#hb-chat .user")).to_have_text(STARTED)
        expect(page.locator("#hb-start")).to_be_hidden()
        expect(page.locator("#hb-question textarea")).to_be_focused()

        # A restriction is taken away, a sheet is closed: one goes on where one was.
        hands.to("Điều kiện", "Shift+Tab")
        hands.press("Enter")
        hands.type("01/01/2018")
        hands.press("Escape")
        expect(page.locator("#hb-chips button")).to_be_visible()
        still(page)
        hands.to("Điều kiện", "Shift+Tab")
        hands.press("Shift+Tab")
        hands.press("Enter")
        expect(page.locator("#hb-chips button")).to_have_count(0)
        still(page)
        page.wait_for_function("document.activeElement !== document.body")
        hands.to("Cài đặt")
        hands.press("Enter")
        expect(page.locator("#hb-sheet-settings")).to_contain_text("Kho báo")
        hands.to("Tối")
        hands.press("Enter")
        expect(page.locator("body.dark")).to_have_count(1)
        page.screenshot(path=str(ARTIFACTS / "keys.png"))
        hands.press("Escape")
        expect(page.locator("#hb-settings")).to_be_focused()
        assert hands.lost == []
