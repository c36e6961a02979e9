"""What of the page is made when it is at rest or wanted, what the browser keeps, and what it does not show."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SAMPLES
from tests.e2e.browser import open_tab, opened, still
from tests.e2e.test_frame import WHOLE, Framed, answered

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Framed]:
    served = Framed(tmp_path_factory.mktemp("later") / "library")
    served.library.add([SAMPLES])
    served.assistant.finish(WHOLE)
    yield served
    served.close()


@pytest.fixture
def page(browser: Browser, made: Framed) -> Iterator[Page]:
    with opened(browser, made.address, width=1440) as page:
        yield page


def test_what_is_made_later_is_there_when_it_is_wanted(page: Page) -> None:
    page.click("[data-do='filters']")
    since = page.locator("#hb-since input, #hb-since textarea")
    expect(since).to_be_focused()
    box, fields = (page.locator(at).bounding_box() for at in ("#hb-box", "#hb-filters"))
    assert box and fields and abs(box["x"] - fields["x"]) < 2
    page.click("[data-do='filters']")
    answered(page)
    page.locator("#hb-chat [data-wrong]").last.click()
    expect(page.locator("#hb-sheet-wrong")).to_contain_text(WHOLE)
    expect(page.locator("#hb-wrong-value textarea, #hb-wrong-value input")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#hb-chat [data-sheet='hb-sheet-talk']").last.click()
    name = page.locator("#hb-talk-name textarea, #hb-talk-name input")
    expect(name).to_have_value(WHOLE)
    expect(name).to_be_focused()
    expect(page.locator(".hb-later > .label-wrap:not(.open)")).to_have_count(
        0
    )  # at rest the others


def test_the_filters_are_left_for_the_question_though_nothing_else_changes(page: Page) -> None:
    page.locator("[data-do='filters']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#hb-since input, #hb-since textarea")).to_be_focused()
    page.keyboard.type("01/01/2018")
    expect(page.locator("#hb-chips button")).to_be_visible()
    still(page)
    page.keyboard.press("Escape")
    expect(page.locator("#hb-filters")).to_be_hidden()
    expect(page.locator("#hb-question textarea")).to_be_focused(timeout=10_000)


def test_the_language_that_was_chosen_is_kept(page: Page) -> None:
    page.click("#hb-language")
    expect(page.get_by_role("tab", name="Articles")).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name="Articles")).to_be_visible()
    expect(page.locator("#hb-start-in h2")).to_have_text("Ask your 10 articles")


def test_the_table_of_articles_shows_what_a_person_reads(page: Page, made: Framed) -> None:
    open_tab(page, "Bài báo")
    row = page.locator("#hb-articles [role=row]").filter(has_text="Khánh thành cầu An Hòa").last
    expect(row).to_be_visible()
    still(page)
    size = row.bounding_box()
    assert size and size["height"] < 80 and size["width"] <= 1440
    (article,) = (a for a in made.library.articles() if "cầu An Hòa" in str(a.details.title))
    assert article.id not in page.locator("#hb-articles").inner_text()
    row.locator("[role=gridcell]").first.click()
    expect(page.locator("#hb-reader .hb-article")).to_have_attribute("data-article", article.id)
    page.get_by_text("Thêm bài báo", exact=True).click()
    expect(page.locator("#hb-files [data-testid=upload-text]")).to_be_visible()
    seen = page.locator("#hb-files [data-testid=upload-text]").evaluate(
        "e => getComputedStyle(e).fontSize"
    )
    assert seen == "0px"  # Gradio's own words are English
