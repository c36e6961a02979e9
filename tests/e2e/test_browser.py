"""The page in real Chromium, with the real models, on the sample articles."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import ANSWER, ask, served

pytestmark = [pytest.mark.model, pytest.mark.browser]


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


def test_conversations_are_kept_found_renamed_and_deleted(  # type: ignore[no-untyped-def]
    page: Page, browser, address: str
) -> None:
    ask(page, "Xin hỏi cầu An Hòa rộng bao nhiêu mét?")
    expect(page.locator("#hb-chat")).to_contain_text("12 m", timeout=ANSWER)
    expect(page).to_have_url(re.compile(r"\?c=[0-9a-f]{12}$"))
    kept = page.url
    # A reload, and a second tab with a conversation of its own.
    page.reload()
    expect(page.locator("#hb-chat")).to_contain_text("12 m", timeout=20_000)
    other: Page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="vi-VN")
    other.goto(address)
    ask(other, "Giá cà phê ở Đông Xuân hôm nay là bao nhiêu?")
    expect(other.locator("#hb-chat")).to_contain_text("Không tìm thấy", timeout=ANSWER)
    expect(other.locator("#hb-chat")).not_to_contain_text("12 m")
    expect(page.locator("#hb-chat")).not_to_contain_text("cà phê")
    assert other.url != kept
    # Found by words without diacritics, opened, renamed, deleted.
    other.locator("#hb-sidebar button").first.click()
    expect(other.locator(".hb-talk").first).to_be_visible(timeout=20_000)
    other.fill("#hb-find-talk textarea, #hb-find-talk input", "xin hoi rong")
    expect(other.locator(".hb-talk")).to_have_count(1, timeout=20_000)
    other.locator(".hb-talk").click()
    expect(other.locator("#hb-chat")).to_contain_text("12 m", timeout=20_000)
    expect(other).to_have_url(kept, timeout=20_000)
    other.screenshot(path=str(ARTIFACTS / "conversations.png"))
    other.get_by_text("Cuộc trò chuyện này").click()
    name = other.locator("#hb-talk-name textarea, #hb-talk-name input")
    expect(name).to_have_value(re.compile("Xin hỏi"), timeout=20_000)
    # Gradio fills a field in the moment in which its accordion opens, sometimes once more.
    for _ in range(10):
        name.fill("Bề rộng cầu")
        name.press("Tab")
        other.wait_for_timeout(500)
        if name.input_value() == "Bề rộng cầu":
            break
    expect(name).to_have_value("Bề rộng cầu")
    other.click("#hb-rename")
    expect(other.locator(".hb-talk")).to_have_text("Bề rộng cầu", timeout=20_000)
    other.click("#hb-delete")
    other.click("#hb-delete-sure")
    expect(other.locator("#hb-talks")).to_contain_text(
        "Không có cuộc trò chuyện nào", timeout=20_000
    )
    expect(other.locator("#hb-chat")).not_to_contain_text("12 m")
    other.close()


def test_a_reload_in_the_middle_of_an_answer_loses_nothing(page: Page) -> None:
    ask(page, "Phát biểu tại buổi lễ khánh thành cầu An Hòa, ông Vương Đình Sách nói gì?")
    expect(page).to_have_url(re.compile(r"\?c="), timeout=ANSWER)
    page.reload()
    expect(page.locator("#hb-chat")).to_contain_text("Vương Đình Sách nói gì", timeout=20_000)
    expect(page.locator('#hb-chat a[href*="#cite-"]').first).to_be_visible(timeout=ANSWER)


def test_an_answer_is_exported_and_copied_with_its_references(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)
    page.click("#hb-copy")
    expect(page.locator("#hb-note")).to_have_text(re.compile("Đã chép"), timeout=20_000)
    page.wait_for_function(
        "navigator.clipboard.readText().then(t => t.includes('[^1]: ') && t.includes('486 m'))"
    )
    page.locator("#hb-sidebar button").first.click()
    page.get_by_text("Cuộc trò chuyện này").click()
    page.click("#hb-export")
    link = page.locator("#hb-export-file a").first
    expect(link).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith(".docx")
    page.screenshot(path=str(ARTIFACTS / "exported.png"))


def test_a_question_is_edited_and_asked_again(page: Page) -> None:
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)
    page.locator("#hb-chat button[aria-label='Edit']").click()
    box = page.locator("#hb-chat .edit-textarea")
    expect(box).to_have_value("Cầu An Hòa dài bao nhiêu mét?")
    box.fill("Cầu An Hòa rộng bao nhiêu mét?")
    page.locator("#hb-chat button[aria-label='Submit']").click()
    expect(page.locator("#hb-chat .bot").last).to_have_text(re.compile(r"12 m"), timeout=ANSWER)
    expect(page.locator("#hb-chat")).not_to_contain_text("486")
    page.locator("#hb-chat button[aria-label='Retry']").click()
    expect(page.locator("#hb-chat")).to_contain_text("Đang", timeout=ANSWER)
    expect(page.locator("#hb-chat .bot").last).to_have_text(re.compile(r"12 m"), timeout=ANSWER)
    expect(page.locator("#hb-chat")).to_contain_text("Cầu An Hòa rộng bao nhiêu mét?")


def test_citations_are_stepped_through_and_the_last_question_comes_back(page: Page) -> None:
    ask(page, "6 tháng đầu năm 2019, Đảng bộ Khối các cơ quan tỉnh kết nạp bao nhiêu đảng viên?")
    expect(page.locator("#hb-chat")).to_contain_text("nêu khác nhau", timeout=ANSWER)
    page.keyboard.press("Alt+ArrowRight")
    first = page.locator("#hb-source .hb-quote")
    expect(first).to_be_visible(timeout=20_000)
    title = page.locator("#hb-source h2").inner_text()
    page.locator("#hb-source [data-step='1']").click()
    expect(page.locator("#hb-source h2")).not_to_have_text(title, timeout=20_000)
    page.focus("#hb-question textarea")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#hb-question textarea")).to_have_value(re.compile("kết nạp bao nhiêu"))


def test_filters_are_shown_as_chips_and_hold(page: Page) -> None:
    page.get_by_text("Giới hạn bài báo được hỏi").click()
    page.fill("#hb-since textarea, #hb-since input", "01/01/2022")
    page.keyboard.press("Tab")
    expect(page.locator("#hb-chips .hb-chip")).to_contain_text("01/01/2022", timeout=20_000)
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")  # the article is of 2021
    expect(page.locator("#hb-chat")).to_contain_text("Không tìm thấy", timeout=ANSWER)
    page.locator("#hb-chips button").click()
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(0, timeout=20_000)


def test_programs_ask_through_the_api(address: str) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False)
    answer = client.predict("Cầu An Hòa dài bao nhiêu mét?", api_name="/ask")
    assert answer["answered"] and "486" in answer["answer"]
    found = client.predict("cầu An Hòa", 3, api_name="/search")["results"]
    article = client.predict(found[0]["article_id"], api_name="/read_article")
    citation = answer["citations"][0]
    assert article["body"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_is_answered_while_articles_are_added(tmp_path, environment, browser) -> None:  # type: ignore[no-untyped-def]
    import shutil
    import subprocess
    import sys

    from tests.conftest import ROOT, SAMPLES

    library = tmp_path / "l"
    shutil.copytree(environment["HOIBAO_LIBRARY"], library)
    text = next(SAMPLES.glob("08*")).read_text("utf-8")
    given = tmp_path / "given"
    given.mkdir()
    for number in range(60):  # as long as an answer takes, and longer
        (given / f"{number}.txt").write_text(text.replace("An Hòa", f"Bến {number} Mới"), "utf-8")
    environment = {**environment, "HOIBAO_LIBRARY": str(library)}
    with served(environment) as address:
        page: Page = browser.new_page(locale="vi-VN")
        page.goto(address)
        ask(page, "Cầu An Hòa dài bao nhiêu mét?")  # the models are loaded
        expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)
        page.click("#hb-new")
        command = [sys.executable, "-m", "ui.cli", "add", str(given), "--json"]
        adding = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        ask(page, "Cầu An Hòa rộng bao nhiêu mét?")
        expect(page.locator("#hb-chat .bot").last).to_contain_text("12 m", timeout=ANSWER)
        still = adding.poll() is None
        out, _ = adding.communicate(timeout=300)
        assert still, "the articles were added before the answer came; give it more"
        assert json.loads(out)["added"] == 60
        ask(page, "Cầu Bến 7 Mới dài bao nhiêu mét?")  # and what was added is found
        expect(page.locator("#hb-evidence")).to_contain_text("Bến 7 Mới", timeout=ANSWER)
        page.close()


def test_stop(page: Page) -> None:
    ask(page, "Phát biểu tại buổi lễ khánh thành cầu An Hòa, ông Vương Đình Sách nói gì?")
    page.wait_for_selector("#hb-evidence .hb-passage", timeout=ANSWER)
    page.click("#hb-stop")
    expect(page.locator("#hb-chat")).to_contain_text("Đã dừng", timeout=ANSWER)
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")  # and the model is free again
    expect(page.locator("#hb-chat")).to_contain_text("486", timeout=ANSWER)


def test_a_comparison_is_a_table_and_differing_articles_a_list(page: Page) -> None:
    ask(page, "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.")
    rows = page.locator("#hb-chat table tbody tr")
    expect(rows).to_have_count(2, timeout=ANSWER)
    for row, (place, figure) in zip(rows.all(), (("Đông Xuân", "215"), ("Tây Lâm", "178"))):
        expect(row).to_contain_text(place)
        expect(row).to_contain_text(figure)
        expect(row.locator('a[href*="#cite-"]')).to_have_count(1)
    ask(page, "6 tháng đầu năm 2019, Đảng bộ Khối các cơ quan tỉnh kết nạp bao nhiêu đảng viên?")
    expect(page.locator("#hb-chat")).to_contain_text("nêu khác nhau", timeout=ANSWER)
    listed = page.locator("#hb-chat li")
    expect(listed.filter(has_text="94")).to_contain_text("Đông Xuân")
    expect(listed.filter(has_text="61")).to_contain_text("Tây Lâm")
    page.screenshot(path=str(ARTIFACTS / "compared.png"))


def test_a_draft_is_checked_sentence_by_sentence(page: Page) -> None:
    page.get_by_role("tab", name="Kiểm tra bản thảo").click()
    page.fill(
        "#hb-draft textarea",
        "Cầu An Hòa dài 486 m, rộng 12 m. Cầu An Hòa dài 846 m, rộng 12 m. "
        "Núi lửa phun trào ở Iceland làm hàng không tê liệt.",
    )
    page.click("#hb-check")
    checked = page.locator("#hb-checked")
    expect(checked.locator(".hb-said")).to_contain_text("486 m", timeout=ANSWER)
    expect(checked.locator(".hb-wrong")).to_contain_text("“846", timeout=ANSWER)
    expect(checked.locator(".hb-unsaid")).to_contain_text("Iceland", timeout=ANSWER)
    checked.locator(".hb-wrong a").click()
    quote = page.locator("#hb-check-source .hb-quote")
    expect(quote).to_contain_text("486 m", timeout=20_000)
    page.screenshot(path=str(ARTIFACTS / "draft.png"))


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


def test_files_are_added_corrected_and_removed_in_the_browser(
    browser, tmp_path, environment
) -> None:  # type: ignore[no-untyped-def]
    from tests.index.stories import STORIES, copied_text, docx, page_json_ld, pdf

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
    environment = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "l")}
    with served(environment) as address:
        page: Page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="vi-VN")
        foreign: list[str] = []
        page.on("request", lambda r: r.url.startswith(address) or foreign.append(r.url))
        page.goto(address)
        page.get_by_role("tab", name="Bài báo").click()
        expect(page.locator("#hb-count")).to_contain_text("đang trống", timeout=20_000)
        page.get_by_text("Thêm bài báo", exact=True).click()
        page.locator("#hb-files input[type=file]").set_input_files(sorted(given.iterdir()))
        expect(page.locator("#hb-files")).to_contain_text("một", timeout=20_000)
        page.fill("#hb-path textarea, #hb-path input", str(folder))
        page.click("#hb-add-send")
        report = page.locator("#hb-report .hb-report")
        expect(report).to_contain_text("6 bài mới", timeout=ANSWER)
        expect(report).to_contain_text("hỏng.pdf: PDF hỏng; hãy lưu hoặc tải lại")
        expect(page.locator("#hb-count")).to_contain_text("6 bài báo", timeout=20_000)
        page.screenshot(path=str(ARTIFACTS / "added.png"))
        # The uploads stay where the library is.
        assert {p.name for p in (tmp_path / "l" / "files").iterdir()} >= {"một.html", "hai.docx"}
        page.fill("#hb-filter-text textarea, #hb-filter-text input", "trong rung")
        page.keyboard.press("Enter")
        expect(page.locator("#hb-count")).to_contain_text("1 bài báo", timeout=20_000)
        page.locator("#hb-articles").get_by_text("Lâm Đồng ra quân").filter(
            visible=True
        ).first.click()
        expect(page.locator("#hb-reader .hb-article")).to_contain_text("2.300 cây", timeout=20_000)
        page.get_by_text("Sửa thông tin bài").click()
        page.fill("#hb-field-outlet textarea, #hb-field-outlet input", "Báo Lâm Viên")
        page.click("#hb-save")
        expect(page.locator("#hb-correct-said")).to_contain_text("Đã lưu 1 mục", timeout=20_000)
        expect(page.locator("#hb-reader")).to_contain_text("Báo Lâm Viên")
        page.screenshot(path=str(ARTIFACTS / "corrected.png"))
        page.click("#hb-remove")
        page.click("#hb-sure")
        expect(page.locator("#hb-correct-said")).to_contain_text("Đã xóa", timeout=20_000)
        page.fill("#hb-filter-text textarea, #hb-filter-text input", "")
        page.keyboard.press("Enter")
        expect(page.locator("#hb-count")).to_contain_text("5 bài báo", timeout=20_000)
        page.close()
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []


def test_articles_with_instructions_and_markup_break_nothing(browser, tmp_path, embedder) -> None:  # type: ignore[no-untyped-def]
    import os

    from index.library import Library
    from tests.conftest import ROOT
    from tests.quality.injections import write

    traps = {trap.name: trap for trap in write(tmp_path / "articles")}
    library = Library(tmp_path / "l", embedder)
    library.add([tmp_path / "articles"])
    rows = {row.source.rsplit("/", 1)[-1]: row.id for row in library.articles()}
    library.close()
    assert len(rows) == len(traps) == 30
    environment = {**os.environ, "HOIBAO_LIBRARY": str(tmp_path / "l"), "PYTHONPATH": str(ROOT)}
    with served(environment) as address:
        page: Page = browser.new_page(locale="vi-VN")
        foreign: list[str] = []
        page.on("request", lambda r: r.url.startswith(address) or foreign.append(r.url))
        page.on("dialog", lambda dialog: foreign.append(dialog.message) or dialog.dismiss())
        page.goto(address)
        page.wait_for_selector("#hb-question textarea")
        for name, trap in traps.items():
            page.evaluate("id => window.hoibao.open(`#cite-${id}-0-12`)", rows[name])
            heading = trap.text.split("\n", 1)[0]
            expect(page.locator("#hb-source h2")).to_have_text(heading, timeout=20_000)
            expect(page.locator("#hb-source")).to_contain_text(trap.mark)
        ask(page, traps["t11.txt"].question)
        expect(page.locator("#hb-chat")).to_contain_text(traps["t11.txt"].answer, timeout=ANSWER)
        assert page.title() == "Hỏi Báo"
        for tag in ("script", "img", "iframe", "style"):
            assert page.locator(f"#hb-source {tag}, #hb-chat .bot {tag}").count() == 0
        page.close()
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []
