"""What a click means while something else is under way, in real Chromium. The answers are given when the test
says so: nothing depends on how fast a machine is."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS, SAMPLES
from tests.e2e.browser import CITATION, FIRST, ask, opened
from tests.e2e.told import Served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("told") / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


@pytest.fixture
def page(browser: Browser, told: Served) -> Iterator[Page]:
    with opened(browser, told.address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def grows(page: Page, question: str) -> None:
    """The question is being answered."""
    expect(page.locator("#hb-chat .bot").last).to_contain_text(f"nháp {question.rstrip('?')}")


def finished(page: Page, told: Served, question: str) -> None:
    told.assistant.finish(question)
    expect(page.locator("#hb-chat .user").last).to_have_text(question)
    expect(page.locator("#hb-chat .bot").last.locator("a")).to_have_text(FIRST)


def open_this_talk(page: Page) -> None:
    page.locator("#hb-talks [data-sheet]").click()
    expect(page.locator("#hb-export")).to_be_visible()


def test_copy_waits_for_the_answer(page: Page, told: Served) -> None:
    page.evaluate("hoibao.copy('')")
    expect(page.locator("#hb-note")).to_contain_text("Chưa có câu trả lời nào")
    ask(page, "Chép một?")
    grows(page, "Chép một?")
    page.evaluate("hoibao.copy('')")
    expect(page.locator("#hb-note")).to_contain_text("Đang chờ câu trả lời xong, rồi chép")
    page.screenshot(path=str(ARTIFACTS / "copy-waits.png"))
    finished(page, told, "Chép một?")
    expect(page.locator("#hb-note")).to_contain_text("Đã chép câu trả lời kèm nguồn")
    page.wait_for_function(
        "navigator.clipboard.readText().then(t => t.includes('[^1]: ') && t.includes('486 m'))"
    )


def test_where_the_browser_refuses_it_does_not_say_copied(page: Page, told: Served) -> None:
    refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
    page.evaluate(f"{refuse}; document.execCommand = () => false")
    told.assistant.finish("Chép hai?")
    ask(page, "Chép hai?")
    expect(page.locator(CITATION)).to_have_text(FIRST)
    page.evaluate("hoibao.copy('')")
    expect(page.locator("#hb-note")).to_contain_text("trình duyệt chưa cho chép")


def test_export_waits_for_the_answer(page: Page, told: Served) -> None:
    ask(page, "Xuất một?")
    grows(page, "Xuất một?")
    open_this_talk(page)
    page.click("#hb-export")
    expect(page.locator("#hb-talk-said")).to_contain_text("Đang chờ câu trả lời xong, rồi xuất")
    page.screenshot(path=str(ARTIFACTS / "export-waits.png"))
    finished(page, told, "Xuất một?")
    link = page.locator("#hb-export-file a").first
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Xuất một.docx"
    page.click("#hb-new")
    expect(link).to_be_hidden()  # it is no file of the next conversation


def test_stopped_by_button_and_by_key(page: Page, told: Served) -> None:
    for question, stop in (
        ("Dừng một?", lambda: page.click("#hb-stop")),
        ("Dừng hai?", lambda: page.keyboard.press("Escape")),
    ):
        ask(page, question)
        grows(page, question)
        page.evaluate("hoibao.copy('')")
        expect(page.locator("#hb-note")).to_contain_text("Đang chờ")
        # Sooner it is the second click of two on the button that stood there before.
        page.wait_for_function("Date.now() - hoibaoSentAt > 600")
        stop()
        expect(page.locator("#hb-chat .bot").last).to_have_text("Đã dừng.")
        expect(page.locator("#hb-note")).to_contain_text("bị dừng giữa chừng")
    ask(page, "Dừng ba?")  # and the next is answered
    finished(page, told, "Dừng ba?")


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(page: Page, told: Served) -> None:
    ask(page, "Tải lại?")
    grows(page, "Tải lại?")
    expect(page).to_have_url(re.compile(r"\?c=[0-9a-f]{12}$"))
    page.reload()
    expect(page.locator("#hb-chat .user")).to_have_text("Tải lại?")
    grows(page, "Tải lại?")
    finished(page, told, "Tải lại?")


def test_two_clicks_are_one_question_and_what_is_typed_next_stays(page: Page, told: Served) -> None:
    page.fill("#hb-question textarea", "Bấm đôi?")
    page.locator("#hb-send").dblclick()
    page.fill("#hb-question textarea", "Câu sau")
    grows(page, "Bấm đôi?")
    expect(page.locator("#hb-question textarea")).to_have_value("Câu sau")
    page.click("#hb-language")
    expect(page.locator("#hb-send")).to_have_text("Ask")
    expect(page.locator("#hb-question textarea")).to_have_value("Câu sau")
    finished(page, told, "Bấm đôi?")
    expect(page.locator("#hb-chat .user")).to_have_count(1)
    assert told.assistant.asked.count("Bấm đôi?") == 1
    page.click("#hb-new")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    expect(page.locator("#hb-question textarea")).to_have_value("Câu sau")


def test_the_rest_comes_in_the_language_chosen_in_the_middle(page: Page, told: Served) -> None:
    ask(page, "Bị hỏng?")
    grows(page, "Bị hỏng?")
    page.click("#hb-language")
    expect(page.locator("#hb-source")).to_contain_text("Click a number in the answer")
    told.assistant.finish("Bị hỏng?")
    expect(page.locator("#hb-chat .bot")).to_contain_text("the model is gone")
    page.evaluate("hoibao.copy('')")
    expect(page.locator("#hb-note")).to_contain_text("The answer failed")


def test_an_answer_does_not_come_back_into_another_conversation(page: Page, told: Served) -> None:
    ask(page, "Trước?")
    finished(page, told, "Trước?")
    page.click("#hb-new")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    ask(page, "Đi nơi khác?")
    grows(page, "Đi nơi khác?")
    expect(page).to_have_url(re.compile(r"\?c="))
    left = page.url
    # It stands in the list now, above the others: what is clicked moves no more.
    expect(page.locator(".hb-talk[aria-current]")).to_have_text("Đi nơi khác?")
    page.locator("#hb-talks .hb-talk", has_text="Trước?").click()
    expect(page.locator("#hb-chat .user")).to_have_text("Trước?")
    expect(page.locator(".hb-talk[aria-current]")).to_have_text("Trước?")
    told.assistant.finish("Đi nơi khác?")
    ask(page, "Rồi sao?")  # whatever would have come late has come when this is answered
    finished(page, told, "Rồi sao?")
    expect(page.locator("#hb-chat .user")).to_have_text(["Trước?", "Rồi sao?"])
    page.goto(left)
    expect(page.locator("#hb-chat .user")).to_have_text("Đi nơi khác?")
    expect(page.locator(CITATION)).to_have_text(FIRST)


def test_deleted_in_the_middle_of_an_answer_it_stays_deleted(page: Page, told: Served) -> None:
    ask(page, "Bị xóa?")
    grows(page, "Bị xóa?")
    open_this_talk(page)
    page.click("#hb-delete")
    page.click("#hb-new")  # "really" was meant for the one that was open
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    expect(page.locator("#hb-delete-sure")).to_be_hidden()
    page.locator("#hb-talks .hb-talk", has_text="Bị xóa?").click()
    grows(page, "Bị xóa?")
    open_this_talk(page)
    page.click("#hb-delete")
    page.click("#hb-delete-sure")
    expect(page.locator("#hb-note")).to_contain_text("Đã xóa cuộc trò chuyện")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    told.assistant.finish("Bị xóa?")
    ask(page, "Sau khi xóa?")
    finished(page, told, "Sau khi xóa?")
    expect(page.locator("#hb-chat .user")).to_have_text(["Sau khi xóa?"])
    expect(page.locator("#hb-talks .hb-talk", has_text="Bị xóa?")).to_have_count(0)


def test_a_question_is_edited_and_asked_again(page: Page, told: Served) -> None:
    ask(page, "Cầu dài?")
    grows(page, "Cầu dài?")
    finished(page, told, "Cầu dài?")
    box = page.locator("#hb-question textarea")
    box.fill("Đang gõ dở")
    for new, says in (("  ", "Câu hỏi trống"), ("Cầu <b>rộng</b>?", "")):
        page.locator("#hb-chat [data-edit]").click()
        expect(box).to_have_value("Cầu dài?")
        expect(page.locator(".hb-editing")).to_be_visible()
        box.fill(new)
        page.click("#hb-send")
        expect(page.locator(".hb-editing")).to_be_hidden()
        if not says:
            expect(box).to_have_value("Đang gõ dở")  # what stood there before
        if says:  # nothing is lost
            expect(page.locator("#hb-note")).to_contain_text(says)
            expect(page.locator("#hb-chat .user")).to_have_text("Cầu dài?")
            expect(page.locator(CITATION)).to_have_text(FIRST)
    grows(page, "Cầu <b>rộng</b>?")
    expect(page.locator("#hb-chat .user")).to_have_text("Cầu <b>rộng</b>?")
    finished(page, told, "Cầu <b>rộng</b>?")
    told.assistant.hold("Cầu <b>rộng</b>?")
    page.locator("#hb-chat [data-again]").click()
    grows(page, "Cầu <b>rộng</b>?")
    finished(page, told, "Cầu <b>rộng</b>?")
    expect(page.locator("#hb-chat .user")).to_have_count(1)


def test_a_suggestion_or_a_wrong_day_costs_nothing_that_was_typed(page: Page, told: Served) -> None:
    page.click("[data-do='filters']")
    page.fill("#hb-since textarea, #hb-since input", "hôm qua")
    ask(page, "Ngày nào?")
    expect(page.locator("#hb-note")).to_contain_text("không phải ngày")
    expect(page.locator("#hb-question textarea")).to_have_value("Ngày nào?")
    page.fill("#hb-since textarea, #hb-since input", "")
    told.assistant.finish("Ngày nào?")
    page.click("#hb-send")
    expect(page.locator(CITATION)).to_have_text(FIRST)
    page.fill("#hb-question textarea", "Đang gõ dở")
    page.evaluate("hoibaoAsk({question: 'Gợi ý?'})")
    grows(page, "Gợi ý?")
    expect(page.locator("#hb-question textarea")).to_have_value("Đang gõ dở")
    finished(page, told, "Gợi ý?")


def test_a_completed_question_is_asked_as_it_was_typed_with_a_click(
    page: Page, told: Served
) -> None:
    told.completed["Vì sao (thế)?"] = "Vì sao cầu An Hòa thông xe (thế)?"
    for count, question in enumerate(("Cầu dài?", "Vì sao (thế)?"), 1):
        told.assistant.finish(question)
        ask(page, question)
        expect(page.locator(CITATION)).to_have_count(count)
    assert told.assistant.given[-1][0]
    page.fill("#hb-question textarea", "Đang gõ dở")
    told.completed.clear()
    page.get_by_text("Hỏi đúng như đã gõ").click()
    expect(page.locator("#hb-chat .user")).to_have_count(3)
    expect(page.locator("#hb-chat .user").last).to_have_text("Vì sao (thế)?")
    assert not told.assistant.given[-1][0]
    expect(page.locator("#hb-question textarea")).to_have_value("Đang gõ dở")


# The end of the stream on which a page hears of its events is read only after the reply to the next click, as
# it can be on a busy machine: Gradio then takes the stream for open, and never hears of that click.
LATE = """
  const fetched = window.fetch;
  let release = [];
  window.fetch = async (...what) => {
    const answer = await fetched(...what);
    const address = String(what[0].url || what[0]);
    if (address.includes('/queue/join')) {
      setTimeout(() => release.splice(0).forEach(go => go()), 50);
    }
    if (!address.includes('/queue/data')) return answer;
    const reads = new TransformStream({transform: async (chunk, out) => {
      if (new TextDecoder().decode(chunk).includes('close_stream')) {
        await new Promise(go => release.push(go));
      }
      out.enqueue(chunk);
    }});
    return new Response(answer.body.pipeThrough(reads), answer);
  };
"""


def test_no_click_is_lost_between_two_events(page: Page, told: Served) -> None:
    page.add_init_script(LATE)
    page.reload()
    for question in ("Luồng một?", "Luồng hai?"):
        ask(page, question)
        grows(page, question)
        finished(page, told, question)
        page.click("#hb-new")
        expect(page.locator("#hb-chat .bot")).to_have_count(0)


def test_the_citation_clicked_last_is_shown(page: Page, told: Served) -> None:
    (row,) = told.library.articles()
    page.evaluate(
        """async id => {
          for (const at of [0, 5, 9]) {
            hoibao.open(`#cite-${id}-${at}-${at + 4}`);
            await new Promise(done => setTimeout(done));  // as clicks are, each an event of its own
          }
        }""",
        row.id,
    )
    body = told.library.article(row.id).body
    expect(page.locator("#hb-source .hb-quote").first).to_have_text(body[9:13])
