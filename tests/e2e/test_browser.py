"""The page in real Chromium, with the real models, on the sample articles."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS, ROOT, SAMPLES
from tests.e2e.browser import CITATION, FIRST, LIMIT, TOKEN, ask, open_tab, opened
from tests.e2e.test_kill_and_offline import committed

pytestmark = [pytest.mark.model, pytest.mark.browser]


def test_ask_read_the_citation_open_the_source_see_the_highlight(page: Page) -> None:
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")
    page.wait_for_selector("#hb-evidence .hb-passage", state="attached")
    expect(page.locator("#hb-chat .bot")).to_have_text(re.compile(r"486 m.*\b1 · ", re.S))
    citation = page.locator(CITATION)
    citation.click()
    quote = page.locator("#hb-source .hb-quote").first
    expect(quote).to_contain_text("486 m")
    expect(quote).to_be_in_viewport()
    expect(page.locator("#hb-source")).to_contain_text("Khánh thành cầu An Hòa bắc qua sông Lạc")
    page.screenshot(path=str(ARTIFACTS / "answer.png"))


def test_a_passage_opens_its_article_and_a_refusal_shows_the_nearest(page: Page) -> None:
    ask(page, "Giá cà phê ở Đông Xuân hôm nay là bao nhiêu?")
    expect(page.locator("#hb-chat")).to_contain_text("Không tìm thấy")
    expect(page.locator("#hb-chat")).to_contain_text("Đã tìm trong 10 bài báo")
    page.locator("#hb-evidence .hb-passage").first.click()
    expect(page.locator("#hb-source .hb-quote").first).to_be_visible()
    page.screenshot(path=str(ARTIFACTS / "refusal.png"))


def test_a_follow_up_and_a_new_chat(page: Page) -> None:
    ask(page, "Lễ khánh thành cầu An Hòa diễn ra khi nào?")
    expect(page.locator(CITATION)).to_have_text(FIRST)
    ask(page, "Đơn vị nào thi công cây cầu đó?")
    answer = page.locator("#hb-chat .bot").last
    expect(answer).to_contain_text("Đã tìm với")
    expect(answer).to_contain_text("Cầu đường số 7")
    page.click("#hb-new")
    expect(page.locator("#hb-chat .bot")).to_have_count(0)


def test_conversations_are_kept_found_renamed_and_deleted(
    page: Page, browser: Browser, address: str
) -> None:
    ask(page, "Xin hỏi cầu An Hòa rộng bao nhiêu mét?")
    expect(page.locator("#hb-chat .bot")).to_have_text(re.compile(r"12 m.*\b1 · ", re.S))
    expect(page).to_have_url(re.compile(r"\?c=[0-9a-f]{12}$"))
    kept = page.url
    # A reload, and a second window with a conversation of its own.
    page.reload()
    expect(page.locator("#hb-chat")).to_contain_text("12 m")
    with opened(browser, address) as other:
        ask(other, "Giá cà phê ở Đông Xuân hôm nay là bao nhiêu?")
        expect(other.locator("#hb-chat")).to_contain_text("Không tìm thấy")
        expect(other.locator("#hb-chat")).not_to_contain_text("12 m")
        expect(page.locator("#hb-chat")).not_to_contain_text("cà phê")
        assert other.url != kept
        # Found by words without diacritics, opened, renamed, deleted.
        name = other.locator("#hb-talk-name textarea, #hb-talk-name input")
        expect(name).to_have_value(re.compile("Giá cà phê"))
        other.fill("#hb-find-talk textarea, #hb-find-talk input", "xin hoi rong")
        expect(other.locator("#hb-talks .hb-talk")).to_have_count(1)
        other.locator("#hb-talks .hb-talk").click()
        expect(other.locator("#hb-chat")).to_contain_text("12 m")
        expect(other).to_have_url(kept)
        expect(name).to_have_value(re.compile("Xin hỏi"))
        other.screenshot(path=str(ARTIFACTS / "conversations.png"))
        other.locator("#hb-talks [data-sheet]").click()
        name.fill("Bề rộng cầu")
        other.click("#hb-rename")
        expect(other.locator("#hb-talks .hb-talk")).to_have_text("Bề rộng cầu")
        other.click("#hb-delete")
        other.click("#hb-delete-sure")
        expect(other.locator("#hb-talks")).to_contain_text("Không có cuộc trò chuyện nào")
        expect(other.locator("#hb-chat")).not_to_contain_text("12 m")


def test_citations_are_stepped_through_and_the_last_question_comes_back(page: Page) -> None:
    ask(page, "6 tháng đầu năm 2019, Đảng bộ Khối các cơ quan tỉnh kết nạp bao nhiêu đảng viên?")
    expect(page.locator("#hb-chat")).to_contain_text("nêu khác nhau")
    first = page.locator("#hb-source .hb-quote").first
    expect(first).to_be_visible()
    title = page.locator("#hb-source h2").inner_text()
    page.locator("#hb-source [data-read='next']").click()  # it has one citation
    expect(page.locator("#hb-source h2")).not_to_have_text(title)
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#hb-source h2")).to_have_text(title)
    page.focus("#hb-question textarea")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#hb-question textarea")).to_have_value(re.compile("kết nạp bao nhiêu"))


def test_filters_are_shown_as_chips_and_hold(page: Page) -> None:
    page.click("[data-do='filters']")
    page.fill("#hb-since textarea, #hb-since input", "01/01/2022")
    page.keyboard.press("Tab")
    expect(page.locator("#hb-chips .hb-chip")).to_contain_text("01/01/2022")
    ask(page, "Cầu An Hòa dài bao nhiêu mét?")  # the article is of 2021
    expect(page.locator("#hb-chat")).to_contain_text("Không tìm thấy")
    page.locator("#hb-chips button").click()
    expect(page.locator("#hb-chips .hb-chip")).to_have_count(0)


def test_programs_ask_through_the_api(address: str) -> None:
    from gradio_client import Client

    client = Client(address, headers={"Authorization": f"Bearer {TOKEN}"}, verbose=False)
    answer = client.predict("Cầu An Hòa dài bao nhiêu mét?", api_name="/ask")
    assert answer["answered"] and "486" in answer["answer"]
    found = client.predict("cầu An Hòa", 3, api_name="/search")["results"]
    article = client.predict(found[0]["article_id"], api_name="/read_article")
    citation = answer["citations"][0]
    assert article["body"][citation["start"] : citation["end"]] == citation["quote"]


def test_an_address_is_not_fetched(address: str) -> None:
    """Nor does it try to: the fixture watches its sockets."""
    allowed = {"Authorization": f"Bearer {TOKEN}"}
    for path in ("file=http://example.com/", "file=https://1.1.1.1/", "proxy=https://a.hf.space/"):
        reply = httpx2.get(f"{address}/gradio_api/{path}", headers=allowed)
        assert reply.status_code == 404


def test_a_question_is_answered_while_articles_are_added(
    page: Page, tmp_path: Path, environment: dict[str, str]
) -> None:
    library = Path(environment["HOIBAO_LIBRARY"])
    text = next(SAMPLES.glob("08*")).read_text("utf-8")
    given = tmp_path / "given"
    given.mkdir()
    for number in range(140):  # three times what is committed at once, and more
        (given / f"{number}.txt").write_text(text.replace("An Hòa", f"Bến {number} Mới"), "utf-8")
    hoibao = [sys.executable, "-m", "ui.cli"]
    known = committed(library)
    adding = subprocess.Popen(
        [*hoibao, "add", str(given), "--json"],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    ids = []
    try:
        # In its middle it is halted, so that it is not over before the answer on any machine.
        end = time.monotonic() + LIMIT / 1000
        while committed(library) == known and time.monotonic() < end:
            time.sleep(0.01)  # between two looks
        adding.send_signal(signal.SIGSTOP)
        assert known < committed(library) < known + 140 and adding.poll() is None
        ask(page, "Cầu An Hòa rộng bao nhiêu mét?")
        expect(page.locator("#hb-chat .bot").last).to_have_text(re.compile(r"12 m.*\b1 · ", re.S))
        adding.send_signal(signal.SIGCONT)
        report = json.loads(adding.communicate()[0])
        ids = [article["id"] for article in report["articles"]]
        assert report["added"] == 140
        ask(page, "Cầu Bến 139 Mới dài bao nhiêu mét?")  # and what was added is found
        expect(page.locator("#hb-evidence")).to_contain_text("Bến 139 Mới")
    finally:
        adding.kill()
        if ids:  # the other tests know ten articles
            subprocess.run([*hoibao, "remove", *ids], env=environment, cwd=ROOT, check=True)
    assert committed(library) == known


def test_a_comparison_is_a_table_and_differing_articles_a_list(page: Page) -> None:
    ask(page, "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.")
    rows = page.locator("#hb-chat table tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("215 − 178 = 37 đại biểu")
    for row, (place, figure) in zip(rows.all()[1:], (("Đông Xuân", "215"), ("Tây Lâm", "178"))):
        expect(row).to_contain_text(place)
        expect(row).to_contain_text(figure)
        expect(row.locator('a[href*="#cite-"]')).to_have_count(1)
    ask(page, "6 tháng đầu năm 2019, Đảng bộ Khối các cơ quan tỉnh kết nạp bao nhiêu đảng viên?")
    expect(page.locator("#hb-chat")).to_contain_text("nêu khác nhau")
    listed = page.locator("#hb-chat li")
    expect(listed.filter(has_text="94")).to_contain_text("Đông Xuân")
    expect(listed.filter(has_text="61")).to_contain_text("Tây Lâm")
    page.screenshot(path=str(ARTIFACTS / "compared.png"))


def test_a_draft_is_checked_sentence_by_sentence(page: Page) -> None:
    open_tab(page, "Bản thảo")
    page.fill(
        "#hb-draft textarea",
        "Cầu An Hòa dài 486 m, rộng 12 m. Cầu An Hòa dài 846 m, rộng 12 m. "
        "Núi lửa phun trào ở Iceland làm hàng không tê liệt.",
    )
    page.click("#hb-check")
    checked = page.locator("#hb-checked")
    expect(checked.locator(".hb-said")).to_contain_text("486 m")
    expect(checked.locator(".hb-wrong")).to_contain_text("“846")
    expect(checked.locator(".hb-unsaid")).to_contain_text("Iceland")
    checked.locator(".hb-wrong a").click()
    quote = page.locator("#hb-source .hb-quote").first
    expect(quote).to_contain_text("486 m")
    page.screenshot(path=str(ARTIFACTS / "draft.png"))


def test_articles_and_english(page: Page) -> None:
    open_tab(page, "Bài báo")
    expect(page.locator("#hb-count")).to_contain_text("10 bài báo")
    page.locator("#hb-articles").get_by_text("Khánh thành cầu An Hòa").first.click()
    expect(page.locator("#hb-reader .hb-article")).to_contain_text("214 tỷ đồng")
    page.screenshot(path=str(ARTIFACTS / "articles.png"))
    page.click("#hb-language")
    expect(page.get_by_role("tab", name="Articles")).to_be_visible()
    open_tab(page, "Ask")
    expect(page.locator("#hb-send")).to_have_text("Ask")
    page.reload()
    expect(page.locator("#hb-send")).to_have_text("Ask")
    page.screenshot(path=str(ARTIFACTS / "english.png"))
