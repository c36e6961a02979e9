"""The frame of the page in real Chromium: everything in its place in every state, at every width, by mouse and
by keys, light and dark. The answers are given by the test."""

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from index.library import EVERYTHING
from index.types import Filter
from rag.types import Answer, Candidate, Message, Signals, Statement
from tests.conftest import SAMPLES
from tests.e2e.axe import looks, violations
from tests.e2e.browser import CITATION, LIMIT, ask, open_tab, opened, still
from tests.e2e.told import Served, whole
from tests.ui.page.told import Told

pytestmark = pytest.mark.browser
WHOLE, LONG = "Cầu dài bao nhiêu?", "Cầu ra sao, kể dài?"
EARLY = "Cầu dài mấy mét?"  # its short answer stands where its citation does
REFUSED = "Giá cà phê?"
#: Layout shifts that no click or key explains, as the browser measures them.
SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({type: 'layout-shift'});
"""


class Growing(Told):
    """Answers in growing drafts, as the real one does: what was found, the short answer, its sentences."""

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
        who: str = "",
    ) -> Generator[Answer, None, None]:
        if question not in (LONG, EARLY):
            yield from super().ask(question, history, only, stop, who)
            return
        rows = sorted(self.library.articles(), key=lambda row: "cầu" not in str(row.details.title))
        done = whole(question, self.library.article(rows[0].id))
        article = done.citations[0].article
        place = (0, len(article.body)) if question == EARLY else (0, 90)
        best = Candidate(article, 0, 12, place, Signals(1, 0, 0), 0.9)
        now = replace(done, done=False, outcome="refused", statements=(), citations=(), text="")
        yield now
        now = replace(now, short="486 m", candidates=(best,), draft="486 m")
        words = " ".join(article.body.split()[:120])
        for end in range(0, len(words), 25):
            yield replace(now, draft=f"486 m {words[:end]}" if end else "486 m")
            threading.Event().wait(0.03)
        if question == EARLY:
            self._event(question).wait(LIMIT / 1000)
        lines = tuple(Statement(f"{one}.", (1,)) for one in words.split(". ")[:-1])
        yield replace(done, short="486 m", statements=lines, kind="manner")


class Framed(Served):
    """The page over such an assistant; one question is refused."""

    def make(self) -> Told:
        return Growing(self.library, self.answer)

    def answer(self, question: str) -> Answer:
        answer = super().answer(question)
        if question != REFUSED:
            return answer
        said = "Không tìm thấy. Đã tìm trong 2 bài báo."
        return replace(answer, text=said, outcome="refused", statements=(), citations=())


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Framed]:
    made = Framed(tmp_path_factory.mktemp("framed") / "library")
    made.library.add(sorted(SAMPLES.glob("0[78]*")))
    for question in (WHOLE, REFUSED):
        made.assistant.finish(question)
    yield made
    made.close()


@pytest.fixture(scope="module")
def window(browser: Browser, framed: Framed) -> Iterator[Page]:
    with opened(browser, framed.address, width=1440) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


@pytest.fixture
def page(window: Page) -> Page:
    """The one window, as it is for somebody new."""
    window.set_viewport_size({"width": 1440, "height": 900})
    window.emulate_media(color_scheme="light")
    window.evaluate(
        """() => {
          hoibaoTheme('system');
          localStorage.clear();
          for (const side of ['left', 'right']) hoibaoResize(side, null, false);
          hoibaoRestore();
        }"""
    )
    expect(window.get_by_role("tab", name="Hỏi")).to_be_visible()
    open_tab(window, "Hỏi")
    window.click("#hb-new")
    expect(window.locator("#hb-chat .hb-turn")).to_have_count(0)
    return window


def answered(page: Page, question: str = WHOLE) -> None:
    ask(page, question)
    expect(page.locator("#hb-chat .user").last).to_have_text(question)
    expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute("data-state", "done")


def in_the_window(page: Page, state: str) -> None:
    """The question's box lies in the window, which does not scroll, on a desk and on a phone."""
    for width, height in ((1440, 900), (720, 450), (390, 844), (320, 640)):  # 720: twice as large
        page.set_viewport_size({"width": width, "height": height})
        still(page)
        box = page.locator("#hb-box").bounding_box()
        assert box, (state, width)
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, (state, width, box)
        assert box["y"] >= 0 and box["y"] + box["height"] <= height, (state, width, box)
        wide = "[document.documentElement, document.body].map(e => [e.scrollWidth, e.scrollHeight])"
        assert all(x <= width and y <= height for x, y in page.evaluate(wide)), (state, width)
        inner = page.locator("#hb-scroll").evaluate("e => [e.scrollWidth - e.clientWidth]")
        assert inner == [0], (state, width)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_question_is_in_reach_in_every_state(page: Page, framed: Framed) -> None:
    in_the_window(page, "start")
    expect(page.locator("#hb-start-in h2")).to_be_visible()
    framed.assistant.hold("Chờ?")
    ask(page, "Chờ?")
    expect(page.locator("#hb-chat .bot")).to_contain_text("nháp")
    expect(page.locator(".hb-status")).to_have_text("Đang viết…")
    expect(page.locator("#hb-send")).to_be_hidden()  # the stop button is in its place
    expect(page.locator("#hb-stop")).to_be_visible()
    in_the_window(page, "growing")
    framed.assistant.finish("Chờ?")
    expect(page.locator("#hb-send")).to_be_visible()
    expect(page.locator("#hb-stop")).to_be_hidden()
    expect(page.locator("#hb-start-in h2")).to_be_hidden()
    in_the_window(page, "answered")
    answered(page, REFUSED)
    expect(page.locator("#hb-chat .bot").last).to_contain_text("Không tìm thấy")
    in_the_window(page, "refused")
    page.click("[data-do='filters']")
    in_the_window(page, "filters")
    page.click("[data-do='filters']")
    for tab in ("Tìm", "Toàn cảnh", "Tên", "Hồ sơ", "Ghi chú", "Bài báo", "Bản thảo"):
        page.set_viewport_size({"width": 320, "height": 640})
        open_tab(page, tab)
        expect(page.get_by_role("tab", name=tab)).to_be_in_viewport(ratio=1)
        still(page)
        tabs = "[...document.querySelectorAll('.tabitem')].filter(e => e.offsetParent)"
        wide = page.evaluate(f"{tabs}.map(e => e.scrollWidth - e.clientWidth)")
        assert wide == [0], tab


def test_the_first_citation_opens_by_itself_and_nothing_else_moves(page: Page) -> None:
    page.evaluate(SHIFTS)
    answered(page, LONG)
    quote = page.locator("#hb-source .hb-quote").first
    expect(quote).to_be_in_viewport()
    expect(page.locator(".hb-cite[aria-current]").first).to_be_visible()
    assert page.evaluate("window.shifted") <= 0.05
    page.evaluate("window.shifted = 0")
    answered(page, WHOLE)
    page.wait_for_function(  # the last question stands at the top
        """() => {
          const [turn, scroll] = ['.hb-turn:last-child', '#hb-scroll'].map(
            one => document.querySelector(one).getBoundingClientRect().top);
          return Math.abs(turn - scroll) < 4;
        }"""
    )
    assert page.evaluate("window.shifted") <= 0.05


def test_an_article_that_opened_early_counts_its_citations_at_the_end(
    page: Page, framed: Framed
) -> None:
    page.set_viewport_size({"width": 1440, "height": 600})
    framed.assistant.hold(EARLY)
    ask(page, EARLY)
    source = page.locator("#hb-source")
    expect(source.locator(".hb-quote").first).to_be_in_viewport()
    expect(source.locator(".hb-at")).to_have_count(0)  # nothing is cited yet
    source.hover()
    page.mouse.wheel(0, 2000)
    page.wait_for_function("document.querySelector('#hb-source').scrollTop > 0")
    still(page)
    at = source.evaluate("e => e.scrollTop")
    framed.assistant.finish(EARLY)
    expect(source.locator(".hb-at")).to_have_text("Trích dẫn 1 / 1")
    expect(page.locator(".hb-cite[aria-current]").first).to_be_visible()
    still(page)
    assert source.evaluate("e => e.scrollTop") == at  # who reads on meanwhile reads on
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_article_scrolls_by_itself_above_its_notes(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 600})
    answered(page)
    source = page.locator("#hb-source")
    expect(source.locator(".hb-quote").first).to_be_in_viewport()
    expect(page.locator("#hb-pane-notes section")).to_be_visible()
    source.hover()
    page.mouse.wheel(0, 2000)
    page.wait_for_function("document.querySelector('#hb-source').scrollTop > 0")
    last = page.locator("#hb-source a, #hb-source button, #hb-source summary").last
    covered = """e => {
      const box = e.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !e.contains(top);
    }"""
    last.scroll_into_view_if_needed()
    assert not last.evaluate(covered)


def test_the_dividers_move_and_are_remembered(page: Page) -> None:
    answered(page)
    left, pane = page.locator("#hb-left"), page.locator("#hb-pane")

    def widths() -> tuple[int, int]:
        boxes = left.bounding_box(), pane.bounding_box()
        assert boxes[0] and boxes[1]
        return round(boxes[0]["width"]), round(boxes[1]["width"])

    before = widths()
    page.focus("[data-divider='left']")
    page.keyboard.press("ArrowRight")
    handle = page.locator("[data-divider='right']").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 5, 400)
    page.mouse.down()
    page.mouse.move(handle["x"] - 95, 400, steps=4)
    page.mouse.up()
    moved = widths()
    assert moved == (before[0] + 24, before[1] + 100)
    value = page.locator("[data-divider='right']").get_attribute("aria-valuenow")
    assert value == str(moved[1])
    page.reload()
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
    assert widths() == moved
    page.click("[data-do='fold']")
    expect(page.locator("#hb-talks")).to_be_hidden()
    expect(page.locator("#hb-new")).to_be_visible()
    page.reload()
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
    expect(page.locator("#hb-talks")).to_be_hidden()


def test_on_a_phone_one_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    answered(page)
    expect(page.locator("#hb-source")).to_be_hidden()  # nothing covers the answer by itself
    page.locator(CITATION).click()
    expect(page.locator("#hb-source .hb-quote").first).to_be_in_viewport()
    expect(page.locator("#hb-box")).to_be_hidden()
    page.click("button[data-on='left']")
    expect(page.locator("#hb-talks .hb-talk").first).to_be_visible()
    expect(page.locator("#hb-source")).to_be_hidden()
    page.locator("#hb-talks .hb-talk").first.click()
    expect(page.locator("#hb-box")).to_be_visible()
    page.click("button[data-on='pane']")
    page.click("button[data-on='middle']")
    expect(page.locator("#hb-box")).to_be_visible()


def test_filters_are_chips(page: Page, framed: Framed) -> None:
    page.click("[data-do='filters']")
    page.fill("#hb-since textarea, #hb-since input", "01/01/2018")
    page.keyboard.press("Tab")
    chip = page.locator("#hb-chips .hb-chip")
    expect(chip).to_contain_text("01/01/2018")
    page.click("[data-do='filters']")
    expect(page.locator("#hb-since")).to_be_hidden()
    expect(chip).to_be_in_viewport()
    framed.assistant.finish("Lọc?")
    answered(page, "Lọc?")
    only = framed.assistant.given[-1][1]
    assert only.since and only.since.year == 2018
    chip.locator("button").click()
    expect(chip).to_have_count(0)


def test_by_keys(page: Page, framed: Framed) -> None:
    answered(page)
    box = page.locator("#hb-question textarea")
    box.fill("j?/")  # while one types they are letters
    expect(box).to_have_value("j?/")
    expect(page.locator("#hb-sheet-keys")).to_be_hidden()
    box.fill("")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("?")
    expect(page.locator("#hb-sheet-keys")).to_be_visible()
    expect(page.locator("#hb-sheet-keys")).to_contain_text("Trích dẫn sau")
    page.keyboard.press("Escape")
    expect(page.locator("#hb-sheet-keys")).to_be_hidden()
    page.keyboard.press("y")
    expect(page.locator("#hb-note")).to_contain_text("Đã chép câu trả lời kèm nguồn")
    page.keyboard.press("Escape")  # closes the pane
    expect(page.locator("#hb-source")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press("Control+k")
    expect(page.locator("#hb-chat .hb-turn")).to_have_count(0)
    expect(page.locator("#hb-source")).to_be_hidden()


def test_light_dark_and_the_hint_are_remembered(page: Page) -> None:
    page.reload()
    hint = page.locator(".hb-hint-once")
    expect(hint).to_be_visible()
    hint.locator("button").click()
    expect(hint).to_be_hidden()
    page.click("#hb-settings")
    page.click("[data-theme-is='dark']")
    page.wait_for_function("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_selector("#hb-question textarea")
    page.wait_for_function("document.body.classList.contains('dark')")
    expect(hint).to_be_hidden()


def test_axe_finds_nothing(page: Page, framed: Framed) -> None:
    found: list[str] = []

    def look(view: str) -> None:
        for scheme, _ in looks(page):
            found.extend(violations(page, f"{scheme} {view}"))

    look("start")
    answered(page, LONG)
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
    page.click("[data-do='filters']")
    look("answer")
    page.click("[data-do='filters']")
    answered(page, REFUSED)
    look("refusal")
    page.locator("[data-why]").last.click()
    expect(page.locator("#hb-why h2").first).to_be_visible()
    look("why")
    page.keyboard.press("Escape")
    page.locator("[data-sheet]").first.click()
    expect(page.locator("#hb-export")).to_be_visible()
    look("conversation")
    assert not found, "\n".join(found)
