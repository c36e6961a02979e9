"""Names, offices and standing questions in real Chromium: one page, from a name to its articles and the words
of an office, and what is new of a question that is followed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import open_tab, opened, still
from tests.e2e.told import Served
from tests.index.test_names import FIRST, SECOND, written

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("names") / "library")
    yield made
    made.close()


def test_names(browser: Browser, told: Served, tmp_path: Path) -> None:
    for number, text in enumerate((FIRST, SECOND)):
        (tmp_path / f"{number}.txt").write_text(written(text), "utf-8")
    told.library.add([tmp_path])
    with opened(browser, told.address) as page:
        expect(page.locator("#hb-start-in")).to_contain_text("Hỏi 2 bài báo")
        page.locator("#hb-follow-box > button, #hb-follow-box .label-wrap").first.click()
        expect(page.locator("#hb-follow-add")).to_be_visible()
        still(page)
        page.screenshot(path=str(ARTIFACTS / "names-start.png"))
        open_tab(page, "Tên")
        names = page.locator("#hb-names")
        expect(names.locator("[data-named]")).to_have_count(2)
        expect(names).to_contain_text("Lê Văn Tám")
        expect(names).to_contain_text("2 bài")
        still(page)
        page.screenshot(path=str(ARTIFACTS / "names.png"))
        offices = page.locator("#hb-offices")
        expect(offices.locator("tbody tr")).to_have_count(3)
        page.locator("#hb-offices-find input, #hb-offices-find textarea").fill("so y te")
        page.keyboard.press("Enter")
        expect(offices.locator("tbody tr")).to_have_count(1)
        offices.locator("a").first.click()
        quote = page.locator("#hb-source .hb-quote")
        expect(quote.first).to_be_visible()
        assert "Lê Văn Tám" in " ".join(quote.all_inner_texts())
        still(page)
        page.screenshot(path=str(ARTIFACTS / "offices.png"))
        names.locator("[data-named]").first.click()
        expect(page.locator("#hb-names-chips .hb-chip")).to_have_count(2)
        page.locator("#hb-names-kind").get_by_text("Nơi").click()
        expect(names).to_contain_text("huyện Bình Sơn")
        page.click("#hb-language")
        expect(names).to_contain_text("2 articles")
        expect(offices).to_contain_text("Who held which office when")
        page.click("#hb-language")
        open_tab(page, "Hỏi")
        page.locator("#hb-follow-question input, #hb-follow-question textarea").fill(
            "Ai là giám đốc?"
        )
        page.click("#hb-follow-add")
        standing = page.locator("#hb-followed")
        expect(standing).to_contain_text("Chưa hỏi lần nào")
        still(page)
        page.screenshot(path=str(ARTIFACTS / "standing.png"))
        standing.locator("[data-standing^=remove]").click()
        expect(standing.locator("li")).to_have_count(0)
