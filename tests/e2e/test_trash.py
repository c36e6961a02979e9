"""The trash in real Chromium: what was removed and deleted is listed, put back, erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import open_tab, opened
from tests.e2e.told import Served
from tests.index.stories import STORIES, copied_text

pytestmark = pytest.mark.browser


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "bao"
    folder.mkdir()
    for number, story in enumerate(STORIES[:3]):
        (folder / f"{number}.txt").write_text(copied_text(story), "utf-8")
    made = Served(tmp_path / "l")
    made.library.add([folder])
    yield made
    made.close()


def test_listed_put_back_and_erased(browser: Browser, filled: Served) -> None:
    rows = filled.library.articles()
    filled.library.remove([rows[0].id, rows[1].id])
    for question in ("Chuyện một?", "Chuyện hai?"):
        talk, _ = filled.history.begin("", question)
        filled.history.delete(talk)
    with opened(browser, filled.address) as page:
        open_tab(page, "Bài báo")
        expect(page.locator("#hb-count")).to_contain_text("1 bài báo")
        page.locator("#hb-trash").get_by_text("Thùng rác").first.click()
        items = page.locator("#hb-trash-items label")
        expect(items).to_have_count(4)
        said = page.locator("#hb-trash-said")
        expect(said).to_contain_text("30 ngày")
        page.click("#hb-restore")
        expect(said).to_contain_text("Hãy chọn")
        items.filter(has_text=rows[0].details.title or "?").click()
        items.filter(has_text="Chuyện một?").click()
        page.click("#hb-restore")
        expect(said).to_contain_text("Đã đưa trở lại 2 mục")
        expect(items).to_have_count(2)
        expect(page.locator("#hb-count")).to_contain_text("2 bài báo")
        expect(page.locator("#hb-talks")).to_contain_text("Chuyện một?")
        expect(page.locator("#hb-erase-sure")).to_be_hidden()
        page.click("#hb-erase")
        page.click("#hb-erase-sure")
        expect(said).to_contain_text("Đã xóa hẳn 2 mục")
        expect(items).to_have_count(0)
        expect(page.locator("#hb-erase-sure")).to_be_hidden()
    assert filled.library.trash() == [] and filled.history.trash() == []
    assert len(filled.library.articles()) == 2
