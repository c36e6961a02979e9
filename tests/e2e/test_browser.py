"""The page in real Chromium, with the real models, on the sample articles."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import chromium, served

pytestmark = [pytest.mark.model, pytest.mark.browser]
ANSWER = 120_000  # milliseconds: a loaded machine also finishes


@pytest.fixture(scope="module")
def address(sample_folder) -> Iterator[str]:
    import os

    from tests.conftest import ROOT

    environment = {**os.environ, "HOIBAO_LIBRARY": str(sample_folder), "PYTHONPATH": str(ROOT)}
    with served(environment) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser, address: str) -> Iterator[Page]:
    ARTIFACTS.mkdir(exist_ok=True)
    opened: Page = browser.new_page(viewport={"width": 1400, "height": 900})
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


def ask(page: Page, question: str) -> None:
    page.fill("#hb-question textarea", question)
    page.click("#hb-send")


def test_ask_read_the_citation_open_the_source_see_the_highlight(page: Page) -> None:
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")
    page.wait_for_selector("#hb-evidence .hb-passage", timeout=ANSWER)
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)
    citation = page.locator('#hb-chat a[href*="#cite-"]').first
    expect(citation).to_have_text("[1]")
    citation.click()
    quote = page.locator("#hb-source .hb-quote")
    expect(quote).to_contain_text("486 m", timeout=20_000)
    expect(quote).to_be_in_viewport()
    expect(page.locator("#hb-source")).to_contain_text("Khánh thành cầu An Hòa bắc qua sông Lạc")
    page.screenshot(path=str(ARTIFACTS / "answer.png"))


def test_a_passage_opens_its_article_and_a_refusal_shows_the_nearest(page: Page) -> None:
    ask(page, "Giá cà phê ở Đông Xuân hôm nay là bao nhiêu?")
    expect(page.locator("#hb-chat")).to_contain_text("Không tìm thấy", timeout=ANSWER)
    expect(page.locator("#hb-chat")).to_contain_text("Đã tìm trong 10 bài báo")
    page.locator("#hb-evidence .hb-passage").first.click()
    expect(page.locator("#hb-source .hb-quote")).to_be_visible(timeout=20_000)
    page.screenshot(path=str(ARTIFACTS / "refusal.png"))


def test_a_follow_up_new_chat_and_markup_as_text(page: Page) -> None:
    ask(page, "Lễ khánh thành cầu An Hòa diễn ra khi nào?")
    expect(page.locator('#hb-chat a[href*="#cite-"]').first).to_be_visible(timeout=ANSWER)
    ask(page, "Đơn vị nào thi công cây cầu đó?")
    expect(page.locator("#hb-chat")).to_contain_text("Cầu đường số 7", timeout=ANSWER)
    expect(page.locator("#hb-chat")).to_contain_text("Đã tìm với")
    page.click("#hb-new")
    expect(page.locator("#hb-chat")).not_to_contain_text("Cầu đường số 7")
    ask(page, "<img src=x onerror=\"document.title='broken'\"> cầu An Hòa rộng bao nhiêu?")
    page.wait_for_selector("#hb-evidence .hb-passage", timeout=ANSWER)
    expect(page.locator("#hb-chat img[src=x]")).to_have_count(0)
    assert page.title() == "Hỏi Báo"


def test_stop(page: Page) -> None:
    ask(page, "Phát biểu tại buổi lễ khánh thành cầu An Hòa, ông Vương Đình Sách nói gì?")
    page.wait_for_selector("#hb-evidence .hb-passage", timeout=ANSWER)
    page.click("#hb-stop")
    expect(page.locator("#hb-chat")).to_contain_text("Đã dừng", timeout=ANSWER)
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")  # and the model is free again
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)


def test_articles_and_english(page: Page) -> None:
    page.get_by_role("tab", name="Bài báo").click()
    expect(page.locator("#hb-count")).to_contain_text("10 bài báo")
    page.locator("#hb-articles").get_by_text("Khánh thành cầu An Hòa").first.click()
    expect(page.locator("#hb-reader .hb-article")).to_contain_text("214 tỷ đồng", timeout=20_000)
    page.screenshot(path=str(ARTIFACTS / "articles.png"))
    page.click("#hb-language")
    expect(page.get_by_role("tab", name="Articles")).to_be_visible()
    page.get_by_role("tab", name="Chat").click()
    expect(page.locator("#hb-send")).to_have_text("Ask")
    page.reload()
    expect(page.locator("#hb-send")).to_have_text("Ask", timeout=20_000)
    page.screenshot(path=str(ARTIFACTS / "english.png"))
