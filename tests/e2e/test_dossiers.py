"""Dossiers and notes in real Chromium, on a page whose answers the test gives; no model."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from index.types import Filter
from tests.conftest import ARTIFACTS
from tests.e2e.browser import ask, open_tab, opened
from tests.e2e.told import Served
from ui.text import say

pytestmark = pytest.mark.browser
BRIDGE = (
    "Cầu Nà Lạn dài 212 m, khánh thành sau hai năm thi công. Kinh phí là 84 tỷ đồng từ ngân sách tỉnh.\n"
    "Trước đó xã Hòa An còn nợ 84 tỷ đồng tiền làm đường; người dân mong sớm trả hết."
)
FLOOD = (
    "Lũ cuốn trôi chợ Hạ Bình, 40 gian hàng hư hại, tỉnh hỗ trợ 3,5 tỷ đồng để dựng lại chợ mới."
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("dossiers")
    made = Served(folder / "library")
    (folder / "bài").mkdir()
    for name, title, body in (("a", "Cầu Nà Lạn thông xe", BRIDGE), ("b", "Lũ ở Hạ Bình", FLOOD)):
        line = {"title": title, "body": body, "published": "2021-03-04"}
        (folder / "bài" / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    made.library.add([folder / "bài"])
    yield made
    made.close()


def select(page: Page, words: str, after: str) -> None:
    """Selects words of the article that is read, those that stand behind others."""
    page.evaluate(
        """([words, after]) => {
          const body = [...document.querySelectorAll('#hb-source .hb-body')].find(e => e.offsetParent);
          const walk = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
          for (let node; (node = walk.nextNode());) {
            const past = node.data.indexOf(after);
            const at = past < 0 ? -1 : node.data.indexOf(words, past);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
          throw new Error('not in the article');
        }""",
        [words, after],
    )


def test_dossiers_and_notes(browser: Browser, served: Served, tmp_path: Path) -> None:
    library = served.library
    ids = {row.details.title: row.id for row in library.articles()}
    bridge = ids["Cầu Nà Lạn thông xe"]
    question = "Cầu Nà Lạn dài bao nhiêu mét?"
    served.about[question] = bridge
    with opened(browser, served.address) as page:
        open_tab(page, say("find", "vi"))
        page.fill("#hb-find-query textarea, #hb-find-query input", '"cau na lan"')
        page.click("#hb-find-send")
        expect(page.locator("#hb-found .hb-found > li")).to_have_count(1)
        open_tab(page, "Hồ sơ")
        query = page.locator("#hb-dossier-query textarea, #hb-dossier-query input")
        expect(query).to_have_value('"cau na lan"')
        page.fill("#hb-dossier-name textarea, #hb-dossier-name input", "Cầu đường")
        page.click("#hb-dossier-new")
        expect(page.locator("#hb-dossiers button")).to_contain_text("Cầu đường 0 bài")
        page.click("#hb-dossier-add")
        expect(page.locator("#hb-dossier-said")).to_contain_text("Đã thêm 1 bài")
        button = page.locator("#hb-dossiers button")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        page.screenshot(path=str(ARTIFACTS / "dossiers.png"), full_page=True)

        page.get_by_role("tab").first.click()
        expect(page.locator("#hb-chips .hb-chip")).to_contain_text("Hồ sơ: Cầu đường")
        served.assistant.finish(question)
        ask(page, question)
        link = page.locator('#hb-chat a[href*="#cite-"]').first
        expect(link).to_be_visible()
        number = library.dossiers.named("Cầu đường").number
        assert served.assistant.given[-1][1] == Filter(dossier=number)

        link.click()
        notes = page.locator("#hb-pane-notes")
        star = notes.locator("[data-note=star]")
        star.click()
        expect(notes.locator("[data-note=star]")).to_have_attribute("aria-pressed", "true")
        select(page, "84 tỷ đồng", "Hòa An")
        notes.locator("[data-note=write]").click()
        expect(notes.locator(".hb-note-form blockquote")).to_have_text("84 tỷ đồng")
        notes.locator("textarea").fill("hỏi lại xã <b>")
        notes.locator("[name=tags]").fill("nợ")
        notes.locator("[data-note=keep]").click()
        expect(notes.locator("li")).to_have_count(2)
        at = BRIDGE.rindex("84 tỷ")
        words = notes.locator("blockquote a")
        expect(words).to_have_attribute("href", f"#cite-{bridge}-{at}-{at + 10}")
        words.click()
        expect(page.locator("#hb-source .hb-quote").first).to_have_text("84 tỷ đồng")
        page.screenshot(path=str(ARTIFACTS / "notes.png"), full_page=True)

        open_tab(page, "Ghi chú")
        listed = page.locator("#hb-notes")
        expect(listed).to_contain_text("hỏi lại xã <b> #nợ")
        page.click("#hb-notes-export")
        taken = page.locator("#hb-notes-file a[download]").first
        with page.expect_download() as download:
            taken.click()
        download.value.save_as(tmp_path / "notes.docx")
        word = zipfile.ZipFile(tmp_path / "notes.docx").read("word/document.xml").decode()
        assert "84 tỷ đồng" in word and "hỏi lại xã &lt;b&gt;" in word
        page.click("#hb-language")
        expect(listed).to_contain_text("2 notes")

        open_tab(page, "Dossiers")
        page.click("#hb-dossier-delete")
        page.click("#hb-dossier-sure")
        expect(page.locator("#hb-dossier-said")).to_contain_text("is deleted")
        page.get_by_role("tab").first.click()
        expect(page.locator("#hb-chips .hb-chip")).to_have_count(0)
    assert len(library.articles()) == 2 and library.dossiers.all() == []
