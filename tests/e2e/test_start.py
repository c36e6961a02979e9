"""The page where one begins, in real Chromium: an empty library, files dropped anywhere, questions to start
with, an answer marked wrong, the settings. One page, looked at from its first moment on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import CITATION, opened, still
from tests.e2e.told import Served
from tests.index.stories import STORIES, copied_text
from ui.kept import Starter, as_questions

pytestmark = pytest.mark.browser

#: Drops files on the page as a mouse does.
_DROP = """([where, files]) => {
  const given = new DataTransfer();
  files.forEach(([name, text]) => given.items.add(new File([text], name)));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    document.querySelector(where).dispatchEvent(
      new DragEvent(type, {dataTransfer: given, bubbles: true, cancelable: true}));
  }
}"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("start") / "library")
    yield made
    made.close()


def picture(page: Page, name: str) -> None:
    still(page)
    page.screenshot(path=str(ARTIFACTS / f"start-{name}.png"))


def test_a_day_begins(browser: Browser, empty: Served) -> None:
    with opened(browser, empty.address) as page:
        begins_empty(page, empty)
        files_are_dropped_anywhere(page, empty)
        a_question_is_clicked(page, empty)
        an_answer_is_marked_wrong(page, empty)
        settings_are_changed(page, empty)


def begins_empty(page: Page, served: Served) -> None:
    start = page.locator("#hb-start-in")
    expect(start).to_contain_text("Kho báo đang trống")
    expect(start.locator("[data-pick]")).to_be_visible()
    picture(page, "empty")
    page.click("[data-queue=samples]")
    expect(start).to_contain_text("Hỏi 10 bài báo của bạn")
    expect(start).to_contain_text("thêm gần nhất")
    line = page.locator("#hb-queue")
    expect(line).to_contain_text("Thêm xong: 10 bài mới")
    assert served.library.counts()[0] == 10
    line.get_by_text("Ẩn").click()
    expect(line).to_be_hidden()


def files_are_dropped_anywhere(page: Page, served: Served) -> None:
    files = [[f"báo {n}.txt", copied_text(story)] for n, story in enumerate(STORIES)]
    files.append(["hỏng.pdf", "%PDF-1.7 broken"])
    line = page.locator("#hb-queue")
    with served.library.way.asked():  # somebody asks: it waits, and says so
        page.evaluate(_DROP, ["#hb-chat", files])
        expect(line).to_contain_text("tạm nghỉ, nhường câu hỏi")
        picture(page, "adding")
    expect(line).to_contain_text(f"Thêm xong: {len(STORIES)} bài mới · 1 tệp không đọc được")
    expect(page.locator("#hb-start-in")).to_contain_text(f"Hỏi {10 + len(STORIES)} bài báo")
    line.get_by_text("Xem báo cáo").click()
    sheet = page.locator("#hb-sheet-reports")
    expect(sheet).to_be_visible()
    expect(sheet.locator("details")).to_have_count(2)
    expect(sheet.locator("details").first).to_contain_text(
        "hỏng.pdf: PDF hỏng; hãy lưu hoặc tải lại"
    )
    picture(page, "reports")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.reload()
    page.wait_for_selector("#hb-start-in h2")
    page.evaluate("hoibaoSheet('hb-sheet-reports')")  # opened again, later
    expect(sheet.locator("details")).to_have_count(2)
    page.keyboard.press("Escape")


def a_question_is_clicked(page: Page, served: Served) -> None:
    question = "Cầu An Hòa dài bao nhiêu mét?"
    found = [
        Starter(question, "", "Báo Đông Xuân, 7/4/2022"),
        Starter("Có bao nhiêu bài nói về lũ?", "", ""),
    ]
    served.history.kept.start_with(served.library.generation(), found)
    page.reload()
    cards = page.locator("#hb-start-in .hb-cards button")
    expect(cards).to_have_count(2)
    expect(cards.nth(1)).to_contain_text("đếm trên cả")
    picture(page, "questions")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "phone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    served.assistant.finish(question)
    cards.first.click()
    expect(page.locator(CITATION).first).to_be_visible()
    assert served.assistant.asked[-1] == question
    expect(page.locator("#hb-start")).to_be_hidden()


def an_answer_is_marked_wrong(page: Page, served: Served) -> None:
    sheet = page.locator("#hb-sheet-wrong")
    page.locator("[data-wrong]").last.click()
    expect(sheet).to_contain_text("Cầu An Hòa dài bao nhiêu mét?")
    sheet.locator("#hb-wrong-value textarea, #hb-wrong-value input").fill("486 m")
    picture(page, "wrong")
    page.click("#hb-wrong-save")
    expect(sheet).to_contain_text("Bộ câu hỏi thử của bạn: 1 câu")
    (kept,) = served.history.kept.wrong()
    assert (kept.question, kept.value) == ("Cầu An Hòa dài bao nhiêu mét?", "486 m")
    page.click("#hb-wrong-export")
    with page.expect_download() as download:
        page.locator("#hb-wrong-file a").first.click()
    line = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert line == as_questions([kept])[0] and line["must"] == ["486 m"]
    sheet.locator("[data-unmark]").click()
    expect(sheet.locator("[data-unmark]")).to_have_count(0)
    assert served.history.kept.wrong() == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def settings_are_changed(page: Page, served: Served) -> None:
    sheet = page.locator("#hb-sheet-settings")
    page.click("#hb-settings")
    expect(sheet).to_contain_text("Kho báo")
    expect(sheet).to_contain_text(str(served.library.folder))
    expect(sheet).to_contain_text("các cuộc trò chuyện")
    picture(page, "settings")
    before = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    sheet.get_by_role("button", name="Rất lớn").click()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > before
    sheet.get_by_role("button", name="Vừa").click()
    sheet.get_by_role("button", name="Tối", exact=True).click()
    expect(page.locator("body.dark")).to_have_count(1)
    picture(page, "settings-dark")
    page.reload()
    expect(page.locator("body.dark")).to_have_count(1)
    page.click("#hb-new")
    expect(page.locator("#hb-start-in .hb-recent")).to_contain_text("Cầu An Hòa")
    picture(page, "dark")
    page.click("#hb-settings")
    sheet.get_by_role("button", name="English").click()
    expect(sheet).to_contain_text("Language model")
    expect(page.locator("#hb-start-in")).to_contain_text("Ask your")
    page.keyboard.press("Escape")
