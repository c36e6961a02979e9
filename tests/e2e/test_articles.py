"""The articles in real Chromium: added, corrected, removed, and read whatever stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import CITATION, FIRST, ask, open_tab, opened
from tests.e2e.told import Served
from tests.index.stories import STORIES, copied_text, docx, page_json_ld, pdf
from tests.rag.injections import Trap, write

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("empty") / "library")
    yield made
    made.close()


def test_files_are_added_corrected_and_removed_in_the_browser(
    browser: Browser, empty: Served, tmp_path: Path
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "một.html").write_text(page_json_ld(STORIES[0]), "utf-8")
    (given / "hai.docx").write_bytes(docx(STORIES[1]))
    (given / "ba.pdf").write_bytes(pdf(STORIES[2]))
    (given / "hỏng.pdf").write_bytes(b"%PDF-1.7 broken")
    folder = tmp_path / "thư mục"
    folder.mkdir()
    for number, story in enumerate(STORIES[3:]):
        (folder / f"{number}.txt").write_text(copied_text(story), "utf-8")
    with opened(browser, empty.address) as page:
        open_tab(page, "Bài báo")
        expect(page.locator("#hb-count")).to_contain_text("đang trống")
        page.get_by_text("Thêm bài báo", exact=True).click()
        page.locator("#hb-files input[type=file]").set_input_files(sorted(given.iterdir()))
        expect(page.locator("#hb-files")).to_contain_text("một")
        size = page.locator("#hb-files td.download").first
        expect(size).to_contain_text(re.compile(r"\d,\d\sK?B"))
        page.fill("#hb-path textarea, #hb-path input", str(folder))
        page.click("#hb-add-send")
        report = page.locator("#hb-report .hb-report")
        expect(report).to_contain_text("6 bài mới")
        expect(report).to_contain_text("hỏng.pdf: PDF hỏng; hãy lưu hoặc tải lại")
        expect(page.locator("#hb-count")).to_contain_text("6 bài báo")
        day = page.locator("#hb-articles").get_by_text(re.compile(r"^\d\d/\d\d/\d{4}$"))
        expect(day.filter(visible=True).first).to_be_visible()
        page.screenshot(path=str(ARTIFACTS / "added.png"))
        # The uploads stay where the library is.
        kept = {path.name for path in (empty.library.folder / "files").iterdir()}
        assert kept >= {"một.html", "hai.docx"}
        page.fill("#hb-filter-text textarea, #hb-filter-text input", "trong rung")
        page.keyboard.press("Enter")
        expect(page.locator("#hb-count")).to_contain_text("1 bài báo")
        row = page.locator("#hb-articles").get_by_text("Lâm Đồng ra quân")
        row.filter(visible=True).first.click()
        expect(page.locator("#hb-reader .hb-article")).to_contain_text("2.300 cây")
        page.get_by_text("Sửa thông tin bài").click()
        outlet = page.locator("#hb-field-outlet textarea, #hb-field-outlet input")
        title = page.locator("#hb-field-title textarea, #hb-field-title input")
        expect(title).to_have_value(re.compile("Lâm Đồng ra quân"))
        said = page.locator("#hb-correct-said")
        outlet.fill("Báo Lâm Viên")
        page.click("#hb-save")
        expect(said).to_contain_text("Đã lưu")
        if "Đã lưu 0 mục" in said.inner_text():
            # On a busy machine Gradio may draw the form, just unfolded, once more over what was typed.
            outlet.fill("Báo Lâm Viên")
            page.click("#hb-save")
        expect(said).to_contain_text("Đã lưu 1 mục")
        expect(page.locator("#hb-reader")).to_contain_text("Báo Lâm Viên")
        page.screenshot(path=str(ARTIFACTS / "corrected.png"))
        page.click("#hb-remove")
        page.click("#hb-sure")
        expect(page.locator("#hb-correct-said")).to_contain_text("Đã xóa")
        page.fill("#hb-filter-text textarea, #hb-filter-text input", "")
        page.keyboard.press("Enter")
        expect(page.locator("#hb-count")).to_contain_text("5 bài báo")


def test_articles_with_instructions_and_markup_break_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    markup = re.compile(r"[<\[#{`]")
    traps: dict[str, Trap] = {
        trap.name: trap
        for trap in write(tmp_path / "articles")
        if trap.mark in trap.text and (markup.search(trap.text) or trap.name < "t10")
    }
    served = Served(tmp_path / "l")
    served.library.add([tmp_path / "articles"])
    rows = {Path(row.source).name: row.id for row in served.library.articles()}
    assert len(rows) == 60 and len(traps) > 20
    with opened(browser, served.address) as page:
        for number, (name, trap) in enumerate(traps.items()):
            page.evaluate("id => window.hoibao.open(`#cite-${id}-0-12`)", rows[name])
            heading = trap.text.split("\n", 1)[0]
            expect(page.locator("#hb-source h2")).to_have_text(heading)
            expect(page.locator("#hb-source")).to_contain_text(trap.mark)
            if not markup.search(trap.text) or number % 3:
                continue  # as an answer, too, every third with markup in it
            question = f"<img src=x onerror=\"document.title='broken'\"> {trap.question}"
            served.about[question] = rows[name]
            served.assistant.finish(question)
            page.click("#hb-new")
            expect(page.locator("#hb-chat .user")).to_have_count(0)
            ask(page, question)
            expect(page.locator(CITATION)).to_have_text(FIRST)
            expect(page.locator("#hb-chat .user")).to_have_text(question)
            expect(page.locator("#hb-chat .bot")).to_contain_text(trap.mark)
            assert page.title() == "Hỏi Báo"
            tags = ("script", "img", "iframe", "style")
            for place in ("#hb-source", "#hb-chat", "#hb-talks", "#hb-evidence"):
                inside = ", ".join(f"{place} {tag}" for tag in tags)
                assert page.locator(inside).count() == 0, (name, place)
    served.close()
