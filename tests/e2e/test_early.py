"""What can be done before Gradio's page is there: Gradio waits for its theme, which the test holds back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import SAMPLES
from tests.e2e.axe import looks, violations
from tests.e2e.browser import LIMIT, LOCALE, with_token
from tests.e2e.test_frame import SHIFTS
from tests.e2e.told import Served
from ui.answers import record

pytestmark = pytest.mark.browser
ASKED, BEFORE = "Cầu dài bao nhiêu?", "Cầu ở đâu?"
EARLY, BOX = "#hb-early textarea", "#hb-question textarea"
PLACES = """both => both.map(one => {
  const at = document.querySelector(one).getBoundingClientRect();
  return [at.x, at.y, at.width, at.height].map(Math.round);
})"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("early") / "library")
    made.library.add(sorted(SAMPLES.glob("0[78]*")))
    made.assistant.finish(ASKED)
    yield made
    made.close()


@contextmanager
def early(
    browser: Browser, address: str, width: int = 1440, locale: str = LOCALE
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """The page before Gradio's is there, and what lets that come."""
    page = browser.new_page(locale=locale, viewport={"width": width, "height": 900})
    page.set_default_timeout(LIMIT)
    waiting: list[Route] = []
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("console", lambda said: "Security Policy" in said.text and failed.append(said.text))
    page.add_init_script(SHIFTS)
    page.route("**/theme.css*", lambda route: waiting.append(route))
    page.goto(with_token(address), wait_until="commit")
    expect(page.locator(EARLY)).to_be_focused()

    def come() -> None:
        while not waiting:
            page.wait_for_timeout(20)
        waiting.pop().continue_()

    yield page, come
    page.close()
    assert failed == []


@pytest.mark.parametrize("width", [1440, 900, 390, 320])
def test_what_is_typed_early_arrives_and_nothing_moves(browser, made, width):
    """The text, the cursor in it and the focus; the box stands where it stood."""
    with early(browser, made.address, width) as (page, come):
        page.keyboard.type("Cầu dài?")
        page.keyboard.press("ArrowLeft")
        places = page.evaluate(PLACES, ["#hb-early form", "#hb-early form button"])
        expect(page.locator(BOX)).to_have_count(0)
        waits = page.locator("gradio-app .loading")  # Gradio's, in English
        expect(waits).to_have_count(1)
        expect(waits).to_be_hidden()
        come()
        expect(page.locator(EARLY)).to_have_count(0)
        expect(page.locator(BOX)).to_be_focused()
        page.keyboard.type(" mấy mét")
        expect(page.locator(BOX)).to_have_value("Cầu dài mấy mét?")
        assert page.evaluate(PLACES, ["#hb-box", "#hb-send"]) == places
        expect(page.locator("#hb-start-in h2")).to_be_visible()
        assert page.evaluate("window.shifted") <= 0.05


def test_what_is_sent_early_is_asked_once(browser, made):
    with early(browser, made.address) as (page, come):
        page.keyboard.press("Enter")  # nothing to ask
        page.keyboard.type(ASKED)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.keyboard.type("mmm")  # it is on its way
        come()
        expect(page.locator("#hb-chat .user")).to_have_text(ASKED)
        expect(page.locator("#hb-chat .hb-answer")).to_have_attribute("data-state", "done")
        expect(page.locator(BOX)).to_have_value("")
        assert made.assistant.asked.count(ASKED) == 1


def test_what_is_sent_early_belongs_to_the_conversation_of_the_address(browser, made):
    conversation, turn = made.history.begin("", BEFORE)
    made.history.finish(turn, record(made.answer(BEFORE)))
    with early(browser, f"{made.address}/?c={conversation}") as (page, come):
        page.keyboard.type(ASKED)
        page.click("#hb-early form button")
        come()
        expect(page.locator("#hb-chat .user")).to_have_text([BEFORE, ASKED])
    assert [one.question for one in made.history.turns(conversation)] == [BEFORE, ASKED]


def test_a_letter_that_is_composed_and_a_draft_stay(browser, made):
    """A word that an input method is at is not cut in two, and does not replace what stands in the box."""
    with early(browser, made.address) as (page, come):
        keys = page.context.new_cdp_session(page)
        keys.send("Input.imeSetComposition", {"text": "câ", "selectionStart": 2, "selectionEnd": 2})
        come()
        page.wait_for_selector("#hb-send", state="attached")
        page.evaluate("hoibaoWrite(hoibaoFind('#hb-question textarea'), 'Nháp.')")
        keys.send(
            "Input.imeSetComposition", {"text": "cầu", "selectionStart": 3, "selectionEnd": 3}
        )
        expect(page.locator(EARLY)).to_have_value("cầu")
        keys.send("Input.insertText", {"text": "cầu"})
        expect(page.locator(EARLY)).to_have_count(0)
        page.keyboard.type(" An")
        expect(page.locator(BOX)).to_have_value("Nháp.\ncầu An")


def test_the_first_box_is_for_everybody(browser, made):
    """By its name, in the page's language, light and dark, wide and narrow; without scripts it is not there."""
    with early(browser, made.address, locale="en-US") as (page, come):
        for scheme, width in looks(page):
            assert violations(page, f"early, {scheme}, {width}") == []
        expect(page.get_by_role("textbox", name="Question")).to_have_count(1)
        expect(page.get_by_placeholder("Ask about the articles…")).to_be_focused()
        come()
        expect(page.get_by_role("textbox", name="Question")).to_have_count(1)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(with_token(made.address))
    expect(page.locator(EARLY)).to_be_hidden()
    context.close()
