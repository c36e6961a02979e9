"""Every view of the page: what it shows, by keys alone, in both languages, light and dark, at all widths."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.axe import looks, violations
from tests.e2e.browser import CITATION, FIRST, ask, open_tab, opened, still
from tests.e2e.conftest import BRIDGE

pytestmark = [pytest.mark.model, pytest.mark.browser]
COMPARE = "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm."


def test_why_this_answer(page: Page, answered: Callable[[], str]) -> None:
    page.goto(answered())
    expect(page.locator(CITATION)).to_have_text(FIRST)
    page.locator("[data-why]").last.click()
    why = page.locator("#hb-why")
    expect(why).to_contain_text("Mô hình viết không được hỏi")  # one candidate alone, and likely
    first = why.locator("tbody tr").first.locator("td")
    expect(first.nth(1)).to_have_text("Khánh thành cầu An Hòa bắc qua sông Lạc")
    assert [first.nth(i).inner_text() for i in (0, 2, 3)] == ["1", "1", "1"]  # both rankings
    expect(why).to_contain_text("ngưỡng")
    expect(why).to_contain_text("486 m")
    expect(why).to_contain_text(re.compile(r"Trả lời xong: \d+\.\d\d s"))
    page.screenshot(path=str(ARTIFACTS / "why.png"), full_page=True)
    why.locator("tbody a").first.click()
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()


def test_a_suggestion_is_asked_and_answered_from_its_article(
    page: Page, answered: Callable[[], str]
) -> None:
    page.goto(answered())
    button = page.locator("#hb-next button", has_text="biểu dương")
    expect(button).to_be_visible()
    page.screenshot(path=str(ARTIFACTS / "suggested.png"))
    button.click()
    answer = page.locator("#hb-chat .bot").nth(1)
    answer.locator("a").first.click()
    expect(answer).to_contain_text("62")
    expect(page.locator("#hb-source h2")).to_have_text("Khánh thành cầu An Hòa bắc qua sông Lạc")


def test_one_article_is_asked_and_the_others_are_at_hand(
    page: Page, answered: Callable[[], str]
) -> None:
    page.goto(answered())
    citation = page.locator(CITATION)
    expect(citation).to_have_attribute("title", re.compile("Cầu dài 486 m"))
    citation.click()
    others = page.locator("#hb-source .hb-article ul a")
    expect(others.first).to_be_visible()
    others.first.press("Enter")
    expect(page.locator("#hb-source h2")).not_to_contain_text("cầu An Hòa")
    page.get_by_role("button", name="Chỉ hỏi bài này").first.click()
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(1)
    ask(page, BRIDGE)  # another article is chosen now
    expect(page.locator("#hb-chat .bot").last).to_contain_text("trong 1 bài báo")


def test_the_overview_filters_and_a_quantity_becomes_a_table(page: Page) -> None:
    open_tab(page, "Toàn cảnh")
    expect(page.locator("#hb-overview")).to_contain_text("10 bài")
    page.fill("#hb-quantity input, #hb-quantity textarea", "đảng viên kết nạp")
    page.keyboard.press("Enter")
    table = page.locator("#hb-values tbody tr")
    expect(table).to_have_count(3)
    # By day or year: 203 (2017), then those of 2019.
    figures = [re.search(r"kết nạp\D*(\d+)", row.inner_text()) for row in table.all()]
    assert [found and found[1] for found in figures] == ["203", "94", "61"]
    table.nth(1).locator("a").click()
    quote = page.locator("#hb-source .hb-quote").first
    expect(quote).to_contain_text("kết nạp 94 đảng viên")
    page.screenshot(path=str(ARTIFACTS / "overview.png"))
    page.locator("#hb-overview [data-filter='month=2019-07']").click()
    expect(page.locator("#hb-overview-chips .hb-chip")).to_have_count(2)
    expect(page.locator("#hb-overview")).to_contain_text("1 bài,")
    open_tab(page, "Hỏi")
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(2)
    ask(page, BRIDGE)  # the article is of 2021
    expect(page.locator("#hb-chat .bot").last).to_contain_text("trong 1 bài báo")
    open_tab(page, "Toàn cảnh")
    page.locator("#hb-overview [aria-pressed='true']").first.click()  # and back
    expect(page.locator("#hb-overview")).to_contain_text("10 bài")


def test_the_browsers_language_is_chosen_and_can_be_switched(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, locale="en-GB") as page:
        expect(page.locator("#hb-send")).to_have_text("Ask")
        assert page.evaluate("document.documentElement.lang") == "en"
        page.click("#hb-language")
        expect(page.locator("#hb-send")).to_have_text("Hỏi")
        page.reload()
        expect(page.locator("#hb-send")).to_have_text("Hỏi")
        page.wait_for_function("document.documentElement.lang === 'vi'")


def test_with_keys_alone(page: Page) -> None:
    box = page.locator("#hb-question textarea")
    expect(box).to_be_focused()
    page.keyboard.type(BRIDGE)
    page.keyboard.press("Enter")
    link = page.locator(CITATION)
    expect(link).to_be_visible()
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
    expect(page.locator("#hb-source .hb-quote").first).to_contain_text("486 m")


def test_nothing_is_cut_off(page: Page) -> None:
    ask(page, COMPARE)
    expect(page.locator("#hb-chat table tbody tr")).to_have_count(3)
    page.locator("[data-why]").last.click()
    expect(page.locator("#hb-why tbody tr").first).to_be_visible()
    page.keyboard.press("Escape")
    shown = {
        "Hỏi": "#hb-send",
        "Bản thảo": "#hb-check",
        "Toàn cảnh": "#hb-quantity",
        "Bài báo": "#hb-articles",
    }
    for number, width in enumerate((360, 768, 1920, 3840)):
        page.set_viewport_size({"width": width, "height": 900})
        open_tab(page, "Hỏi")
        page.locator(CITATION).nth(number % 2).click()
        expect(page.locator("#hb-source .hb-quote").first).to_be_in_viewport()
        for name, part in shown.items():
            open_tab(page, name)
            expect(page.locator(part)).to_be_visible()
            wide = "document.documentElement.scrollWidth - window.innerWidth"
            still(page)
            assert page.evaluate(wide) <= 0, (width, name)
            page.screenshot(path=str(ARTIFACTS / f"{width}-{name}.png"))


def test_axe_finds_nothing(browser: Browser, answered: Callable[[], str]) -> None:
    """In the views of real answers, and in those that `test_frame` and `test_forms` do not look at."""
    found: list[str] = []

    def look(view: str) -> None:
        """The view as it stands, in each scheme and each layout."""
        for scheme, width in looks(page):
            page.screenshot(path=str(ARTIFACTS / f"{scheme}-{width}-{view}.png"), full_page=True)
            found.extend(violations(page, f"{scheme} {width} {view}"))

    with opened(browser, answered(), width=1440) as page:
        page.locator(CITATION).click()
        expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
        page.click("[data-do='filters']")
        page.get_by_role("button", name="Chỉ hỏi bài này").first.click()
        expect(page.locator("#hb-chips .hb-chip")).to_have_count(1)
        look("answer")
        page.locator("#hb-chips button").click()
        expect(page.locator("#hb-chips .hb-chip")).to_have_count(0)
        ask(page, COMPARE)
        expect(page.locator("#hb-chat table tbody tr")).to_have_count(3)
        look("comparison")
        open_tab(page, "Toàn cảnh")
        page.fill("#hb-quantity input, #hb-quantity textarea", "đảng viên kết nạp")
        page.click("#hb-quantity-send")
        expect(page.locator("#hb-values tbody tr")).to_have_count(3)
        look("overview")
        open_tab(page, "Bản thảo")
        page.fill("#hb-draft textarea", "Cầu An Hòa dài 846 m, rộng 12 m.")
        page.click("#hb-check")
        expect(page.locator("#hb-checked .hb-wrong")).to_be_visible()
        look("draft")
        open_tab(page, "Bài báo")
        page.get_by_text("Thêm bài báo", exact=True).click()
        page.locator("#hb-articles").get_by_text("Khánh thành cầu An Hòa").first.click()
        expect(page.locator("#hb-reader .hb-article")).to_be_visible()
        page.get_by_text("Sửa thông tin bài").click()
        look("articles")
    assert not found, "\n".join(found)
