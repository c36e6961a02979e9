"""Every view of the page: what it shows, by keys alone, in both languages, light and dark, at all widths."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import ANSWER, ask

pytestmark = [pytest.mark.model, pytest.mark.browser]
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
BRIDGE = "Cầu An Hòa dài bao nhiêu mét?"


def open_tab(page: Page, name: str) -> None:
    tab = page.get_by_role("tab", name=name)
    if not tab.is_visible():  # on a narrow page tabs are behind a button
        page.locator(".overflow-menu button").first.click()
        tab = page.locator(".overflow-dropdown button", has_text=name)
    tab.click()


def test_why_this_answer(page: Page) -> None:
    ask(page, BRIDGE)
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)
    page.get_by_text("Vì sao trả lời như vậy").click()
    why = page.locator("#hb-why")
    expect(why).to_contain_text("Câu hỏi: Cầu An Hòa dài bao nhiêu mét?", timeout=20_000)
    first = why.locator("tbody tr").first.locator("td")
    expect(first.nth(1)).to_have_text("Khánh thành cầu An Hòa bắc qua sông Lạc")
    assert [first.nth(i).inner_text() for i in (0, 2, 3)] == ["1", "1", "1"]  # both rankings
    expect(why).to_contain_text("ngưỡng")
    expect(why).to_contain_text("486 m")
    expect(why).to_contain_text(re.compile(r"Trả lời xong: \d+\.\d\d s"))
    page.screenshot(path=str(ARTIFACTS / "why.png"), full_page=True)
    why.locator("tbody a").first.click()
    expect(page.locator("#hb-source .hb-quote")).to_be_visible(timeout=20_000)


def test_a_suggestion_is_asked_and_answered_from_its_article(page: Page) -> None:
    ask(page, BRIDGE)
    button = page.locator("#hb-next button", has_text="biểu dương")
    expect(button).to_be_visible(timeout=ANSWER)
    page.screenshot(path=str(ARTIFACTS / "suggested.png"))
    button.click()
    answer = page.locator("#hb-chat .bot").last
    expect(answer).to_contain_text("62", timeout=ANSWER)
    answer.locator('a[href*="#cite-"]').first.click()
    expect(page.locator("#hb-source h2")).to_have_text(
        "Khánh thành cầu An Hòa bắc qua sông Lạc", timeout=20_000
    )


def test_one_article_is_asked_and_the_others_are_at_hand(page: Page) -> None:
    ask(page, BRIDGE)
    citation = page.locator('#hb-chat a[href*="#cite-"]').first
    expect(citation).to_have_attribute("title", re.compile("Cầu dài 486 m"), timeout=ANSWER)
    citation.click()
    others = page.locator("#hb-source .hb-article ul a")
    expect(others.first).to_be_visible(timeout=20_000)
    others.first.click()
    expect(page.locator("#hb-source h2")).not_to_contain_text("cầu An Hòa", timeout=20_000)
    page.get_by_role("button", name="Chỉ hỏi bài này").first.click()
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(1, timeout=20_000)
    ask(page, BRIDGE)  # another article is chosen now
    expect(page.locator("#hb-chat .bot").last).to_contain_text("trong 1 bài báo", timeout=ANSWER)


def test_the_overview_filters_and_a_quantity_becomes_a_table(page: Page) -> None:
    open_tab(page, "Toàn cảnh")
    expect(page.locator("#hb-overview")).to_contain_text("10 bài", timeout=20_000)
    page.fill("#hb-quantity input, #hb-quantity textarea", "đảng viên kết nạp")
    page.keyboard.press("Enter")
    table = page.locator("#hb-values tbody tr")
    expect(table).to_have_count(3, timeout=ANSWER)
    # By day or year: 203 (2017), then those of 2019.
    figures = [re.search(r"kết nạp\D*(\d+)", row.inner_text()) for row in table.all()]
    assert [found and found[1] for found in figures] == ["203", "94", "61"]
    table.nth(1).locator("a").click()
    quote = page.locator("#hb-overview-source .hb-quote")
    expect(quote).to_contain_text("kết nạp 94 đảng viên", timeout=20_000)
    page.screenshot(path=str(ARTIFACTS / "overview.png"))
    page.locator("#hb-overview [data-filter='month=2019-07']").click()
    expect(page.locator("#hb-overview-chips .hb-chip")).to_have_count(2, timeout=20_000)
    expect(page.locator("#hb-overview")).to_contain_text("1 bài,", timeout=20_000)
    open_tab(page, "Hỏi đáp")
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(2)
    ask(page, BRIDGE)  # the article is of 2021
    expect(page.locator("#hb-chat .bot").last).to_contain_text("trong 1 bài báo", timeout=ANSWER)
    open_tab(page, "Toàn cảnh")
    page.locator("#hb-overview [aria-pressed='true']").first.click()  # and back
    expect(page.locator("#hb-overview")).to_contain_text("10 bài", timeout=20_000)


def test_the_browsers_language_is_chosen_and_can_be_switched(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(locale="en-GB")
    page.goto(address)
    expect(page.locator("#hb-send")).to_have_text("Ask", timeout=20_000)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#hb-language")
    expect(page.locator("#hb-send")).to_have_text("Hỏi", timeout=20_000)
    page.reload()
    expect(page.locator("#hb-send")).to_have_text("Hỏi", timeout=20_000)
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.close()


def test_with_keys_alone(page: Page) -> None:
    box = page.locator("#hb-question textarea")
    expect(box).to_be_focused(timeout=20_000)
    page.keyboard.type(BRIDGE)
    page.keyboard.press("Enter")
    link = page.locator('#hb-chat a[href*="#cite-"]').first
    expect(link).to_be_visible(timeout=ANSWER)
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value(BRIDGE)
    box.fill("")
    # Back from the question to the citation, which shows where the keys are.
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    expect(link).to_be_focused()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#hb-source .hb-quote")).to_contain_text("486 m", timeout=20_000)
    ask(page, "Phát biểu tại buổi lễ khánh thành cầu An Hòa, ông Vương Đình Sách nói gì?")
    page.wait_for_selector("#hb-evidence .hb-passage", timeout=ANSWER)
    page.keyboard.press("Escape")
    expect(page.locator("#hb-chat")).to_contain_text("Đã dừng", timeout=ANSWER)


@pytest.mark.parametrize("width", [360, 768, 1920, 3840])
def test_nothing_is_cut_off(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    ask(page, "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.")
    expect(page.locator("#hb-chat table tbody tr")).to_have_count(2, timeout=ANSWER)
    page.locator('#hb-chat a[href*="#cite-"]').first.click()
    expect(page.locator("#hb-source .hb-quote")).to_be_in_viewport(timeout=20_000)
    page.get_by_text("Vì sao trả lời như vậy").click()
    for name in ("Hỏi đáp", "Kiểm tra bản thảo", "Toàn cảnh", "Bài báo"):
        open_tab(page, name)
        page.wait_for_timeout(500)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (name, wide)
        page.screenshot(path=str(ARTIFACTS / f"{width}-{name}.png"))


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str, width: int) -> None:
    page = browser.new_page(
        viewport={"width": width, "height": 900},
        locale="vi-VN",
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page.goto(address)
    page.wait_for_selector("#hb-question textarea")
    found: list[str] = []

    def look(view: str) -> None:
        page.wait_for_timeout(600)  # what moves stands still
        page.screenshot(path=str(ARTIFACTS / f"{scheme}-{width}-{view}.png"), full_page=True)
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert len(result["passes"]) > 10  # it looked
        for violation in result["violations"]:
            if violation["impact"] in ("serious", "critical"):
                nodes = [str(node["target"]) for node in violation["nodes"][:5]]
                found.append(f"{view}: {violation['id']}: {nodes}")

    look("start")
    ask(page, BRIDGE)
    page.click('#hb-chat a[href*="#cite-"]', timeout=ANSWER)
    expect(page.locator("#hb-source .hb-quote")).to_be_visible(timeout=20_000)
    page.get_by_text("Vì sao trả lời như vậy").click()
    page.get_by_text("Giới hạn bài báo được hỏi").click()
    page.get_by_role("button", name="Chỉ hỏi bài này").first.click()
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(1, timeout=20_000)
    look("answer")
    ask(page, "Giá cà phê ở Đông Xuân hôm nay là bao nhiêu?")
    expect(page.locator("#hb-chat")).to_contain_text("Không tìm thấy", timeout=ANSWER)
    look("refusal")
    page.locator("#hb-chips button").click()
    ask(page, "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.")
    expect(page.locator("#hb-chat table tbody tr")).to_have_count(2, timeout=ANSWER)
    look("comparison")
    open_tab(page, "Toàn cảnh")
    page.fill("#hb-quantity input, #hb-quantity textarea", "đảng viên kết nạp")
    page.click("#hb-quantity-send")
    expect(page.locator("#hb-values tbody tr")).to_have_count(3, timeout=ANSWER)
    look("overview")
    open_tab(page, "Kiểm tra bản thảo")
    page.fill("#hb-draft textarea", "Cầu An Hòa dài 846 m, rộng 12 m.")
    page.click("#hb-check")
    expect(page.locator("#hb-checked .hb-wrong")).to_be_visible(timeout=ANSWER)
    look("draft")
    open_tab(page, "Bài báo")
    page.get_by_text("Thêm bài báo", exact=True).click()
    page.locator("#hb-articles").get_by_text("Khánh thành cầu An Hòa").first.click()
    expect(page.locator("#hb-reader .hb-article")).to_be_visible(timeout=20_000)
    page.get_by_text("Sửa thông tin bài").click()
    look("articles")
    page.locator("#hb-sidebar button").first.click()
    page.get_by_text("Cuộc trò chuyện này").click()
    look("conversations")
    page.close()
    assert not found, "\n".join(found)
