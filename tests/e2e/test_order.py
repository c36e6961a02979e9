"""What a click means while something else is under way, in real Chromium. The answers are given when the test
says so: nothing depends on how fast a machine is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.library import Library
from index.types import Article
from rag.types import Answer, Citation, Passage, Statement
from tests.conftest import ARTIFACTS, SAMPLES, FakeEmbedder
from tests.e2e.browser import CITATION, ask, free_port, open_tab, opened
from tests.index.stories import STORIES, copied_text, docx, page_json_ld, pdf
from tests.quality.injections import Trap, write
from tests.ui.told import Told
from ui.app import build, launch
from ui.desk import Desk
from ui.history import History
from ui.shelf import Shelf

pytestmark = pytest.mark.browser


def whole(question: str, article: Article) -> Answer:
    """An answer that quotes a whole article."""
    said = " ".join(article.body.split())
    return Answer(
        question, question, text=said, answered=True, statements=(Statement(said, (1,)),),
        citations=(Citation(1, article, 0, len(article.body)),),
        passages=(Passage(1, 1.0, 0.9, 7, article, 0, len(article.body)),), done=True,
    )  # fmt: skip


class Served:
    """A page over a library in this process, whose answers the test gives."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder, FakeEmbedder())
        self.history = History(folder)
        self.about: dict[str, str] = {}  # which article a question is answered from; else the first
        self.assistant = Told(self.library, self._answer)
        self._desk, self._shelf = Desk(self.assistant, self.history), Shelf(self.library)  # type: ignore[arg-type]
        self._page = build(self.assistant, self._desk, self._shelf)  # type: ignore[arg-type]
        port = free_port()
        launch(self._page, "127.0.0.1", port)
        self.address = f"http://127.0.0.1:{port}"

    def _answer(self, question: str) -> Answer:
        article_id = self.about.get(question) or self.library.articles()[0].id
        return whole(question, self.library.article(article_id))

    def close(self) -> None:
        self._page.close()
        self._desk.close()
        self._shelf.close()
        self.history.close()
        self.library.close()


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
    expect(page.locator("#hb-chat .bot").last.locator("a")).to_have_text("[1]")


def open_this_talk(page: Page) -> None:
    page.locator("#hb-sidebar button").first.click()
    page.get_by_text("Cuộc trò chuyện này").click()
    expect(page.locator("#hb-export")).to_be_visible()


def test_copy_waits_for_the_answer(page: Page, told: Served) -> None:
    page.click("#hb-copy")
    expect(page.locator("#hb-note")).to_contain_text("Chưa có câu trả lời nào")
    ask(page, "Chép một?")
    grows(page, "Chép một?")
    page.click("#hb-copy")
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
    expect(page.locator(CITATION)).to_have_text("[1]")
    page.click("#hb-copy")
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
        page.click("#hb-copy")
        expect(page.locator("#hb-note")).to_contain_text("Đang chờ")
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
    page.click("#hb-copy")
    expect(page.locator("#hb-note")).to_contain_text("The answer was interrupted")


def test_an_answer_does_not_come_back_into_another_conversation(page: Page, told: Served) -> None:
    ask(page, "Trước?")
    finished(page, told, "Trước?")
    page.click("#hb-new")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    ask(page, "Đi nơi khác?")
    grows(page, "Đi nơi khác?")
    expect(page).to_have_url(re.compile(r"\?c="))
    left = page.url
    page.locator("#hb-sidebar button").first.click()
    page.locator(".hb-talk", has_text="Trước?").click()
    expect(page.locator("#hb-chat .user")).to_have_text("Trước?")
    expect(page.locator(".hb-talk[aria-current]")).to_have_text("Trước?")
    told.assistant.finish("Đi nơi khác?")
    ask(page, "Rồi sao?")  # whatever would have come late has come when this is answered
    finished(page, told, "Rồi sao?")
    expect(page.locator("#hb-chat .user")).to_have_text(["Trước?", "Rồi sao?"])
    page.goto(left)
    expect(page.locator("#hb-chat .user")).to_have_text("Đi nơi khác?")
    expect(page.locator(CITATION)).to_have_text("[1]")


def test_deleted_in_the_middle_of_an_answer_it_stays_deleted(page: Page, told: Served) -> None:
    ask(page, "Bị xóa?")
    grows(page, "Bị xóa?")
    open_this_talk(page)
    page.click("#hb-delete")
    page.click("#hb-new")  # "really" was meant for the one that was open
    expect(page.locator("#hb-delete-sure")).to_be_hidden()
    page.locator(".hb-talk", has_text="Bị xóa?").click()
    grows(page, "Bị xóa?")
    page.click("#hb-delete")
    page.click("#hb-delete-sure")
    expect(page.locator("#hb-note")).to_contain_text("Đã xóa cuộc trò chuyện")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)
    told.assistant.finish("Bị xóa?")
    ask(page, "Sau khi xóa?")
    finished(page, told, "Sau khi xóa?")
    expect(page.locator("#hb-chat .user")).to_have_text(["Sau khi xóa?"])
    expect(page.locator(".hb-talk", has_text="Bị xóa?")).to_have_count(0)


def test_a_question_is_edited_and_asked_again(page: Page, told: Served) -> None:
    ask(page, "Cầu dài?")
    grows(page, "Cầu dài?")
    finished(page, told, "Cầu dài?")
    for new, says in (("  ", "câu hỏi trống"), ("Cầu <b>rộng</b>?", "")):
        page.locator("#hb-chat button[aria-label='Edit']").click()
        box = page.locator("#hb-chat .edit-textarea")
        expect(box).to_have_value("Cầu dài?")
        box.fill(new)
        page.locator("#hb-chat button[aria-label='Submit']").click()
        if says:  # nothing is lost
            expect(page.locator("#hb-note")).to_contain_text(says)
            expect(page.locator("#hb-chat .user")).to_have_text("Cầu dài?")
            expect(page.locator(CITATION)).to_have_text("[1]")
    grows(page, "Cầu <b>rộng</b>?")
    expect(page.locator("#hb-chat .user")).to_have_text("Cầu <b>rộng</b>?")
    finished(page, told, "Cầu <b>rộng</b>?")
    told.assistant.hold("Cầu <b>rộng</b>?")
    page.locator("#hb-chat button[aria-label='Retry']").click()
    grows(page, "Cầu <b>rộng</b>?")
    finished(page, told, "Cầu <b>rộng</b>?")
    expect(page.locator("#hb-chat .user")).to_have_count(1)


def test_a_suggestion_or_a_wrong_day_costs_nothing_that_was_typed(page: Page, told: Served) -> None:
    page.get_by_text("Giới hạn bài báo được hỏi").click()
    page.fill("#hb-since textarea, #hb-since input", "hôm qua")
    ask(page, "Ngày nào?")
    expect(page.locator("#hb-note")).to_contain_text("ngày không đúng")
    expect(page.locator("#hb-question textarea")).to_have_value("Ngày nào?")
    page.fill("#hb-since textarea, #hb-since input", "")
    told.assistant.finish("Ngày nào?")
    page.click("#hb-send")
    expect(page.locator(CITATION)).to_have_text("[1]")
    page.fill("#hb-question textarea", "Đang gõ dở")
    page.evaluate("hoibaoAsk('Gợi ý?')")
    grows(page, "Gợi ý?")
    expect(page.locator("#hb-question textarea")).to_have_value("Đang gõ dở")
    finished(page, told, "Gợi ý?")


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
    expect(page.locator("#hb-source .hb-quote")).to_have_text(body[9:13])


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
    with opened(browser, empty.address, viewport={"width": 1400, "height": 1000}) as page:
        open_tab(page, "Bài báo")
        expect(page.locator("#hb-count")).to_contain_text("đang trống")
        page.get_by_text("Thêm bài báo", exact=True).click()
        page.locator("#hb-files input[type=file]").set_input_files(sorted(given.iterdir()))
        expect(page.locator("#hb-files")).to_contain_text("một")
        page.fill("#hb-path textarea, #hb-path input", str(folder))
        page.click("#hb-add-send")
        report = page.locator("#hb-report .hb-report")
        expect(report).to_contain_text("6 bài mới")
        expect(report).to_contain_text("hỏng.pdf: PDF hỏng; hãy lưu hoặc tải lại")
        expect(page.locator("#hb-count")).to_contain_text("6 bài báo")
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
        outlet.fill("Báo Lâm Viên")
        page.click("#hb-save")
        expect(page.locator("#hb-correct-said")).to_contain_text("Đã lưu 1 mục")
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
    traps: dict[str, Trap] = {trap.name: trap for trap in write(tmp_path / "articles")}
    served = Served(tmp_path / "l")
    served.library.add([tmp_path / "articles"])
    rows = {Path(row.source).name: row.id for row in served.library.articles()}
    assert len(rows) == len(traps) == 30
    with opened(browser, served.address) as page:
        for name, trap in traps.items():
            page.evaluate("id => window.hoibao.open(`#cite-${id}-0-12`)", rows[name])
            heading = trap.text.split("\n", 1)[0]
            expect(page.locator("#hb-source h2")).to_have_text(heading)
            expect(page.locator("#hb-source")).to_contain_text(trap.mark)
            if not re.search(r"[<\[#{`]", trap.text):
                continue  # as an answer, too, where there is markup in it
            question = f"<img src=x onerror=\"document.title='broken'\"> {trap.question}"
            served.about[question] = rows[name]
            served.assistant.finish(question)
            page.click("#hb-new")
            expect(page.locator("#hb-chat .user")).to_have_count(0)
            ask(page, question)
            expect(page.locator(CITATION)).to_have_text("[1]")
            expect(page.locator("#hb-chat .user")).to_have_text(question)
            expect(page.locator("#hb-chat .bot")).to_contain_text(trap.mark)
            assert page.title() == "Hỏi Báo"
            tags = ("script", "img", "iframe", "style")
            for place in ("#hb-source", "#hb-chat .message", "#hb-talks", "#hb-evidence"):
                inside = ", ".join(f"{place} {tag}" for tag in tags)
                assert page.locator(inside).count() == 0, (name, place)
    served.close()
