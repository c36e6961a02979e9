"""The researcher's desk in real Chromium, on one page: what is new of a followed question, a correction first,
what papers changed, evidence, a dossier taken along, spellings merged, a draft in Word. No model: the
reader and the writer are told what to find."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from rag.assistant import Assistant
from tests.conftest import FakeEmbedder
from tests.e2e.browser import ask, open_tab, opened
from tests.e2e.told import Served
from tests.news import NEWS, write
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from ui.evidence.verifying import verify_file

pytestmark = pytest.mark.browser
LENGTH = "Cầu Nà Lạn dài bao nhiêu mét?"
STALLS = "Chợ Hạ Bình có bao nhiêu gian hàng hư hại?"
DRAFT = (
    "Cầu dài 212 m, rộng 8 m, gồm năm nhịp.",
    "Đêm 3/8, lũ ống trên suối Hạ cuốn trôi chợ Hạ Bình, 40 gian hàng hư hại.",
    "Núi lửa phun trào làm hàng không châu Âu tê liệt ba ngày.",
)


class Researcher(Served):
    """The page over reports with all that the desk is for, one of them newer than the questions that are
    followed."""

    def make(self) -> Assistant:  # type: ignore[override]
        reader = ScriptedReader("40 gian hàng", "212 m", "221 m")
        reader.only = {"dài": "212 m", "gian hàng": "40 gian hàng"}
        writer = ScriptedWriter("40 gian hàng", "Chợ Hạ Bình có 40 gian hàng hư hại.")
        return Assistant(self.library, FakeEmbedder(), reader, writer, threshold=0.3)  # type: ignore[arg-type]

    def filled(self, folder: Path) -> None:
        """Adds all reports, follows a search and a question, and adds the last one."""
        *before, last = NEWS
        self.library.add(write(folder, *before))
        self.history.standing.add('"suối Hạ"', exact=True)
        self.history.standing.add(LENGTH)
        for paths in ([], write(folder, last)):
            self.library.add(paths)
            self.history.standing.run(self.library, lambda: self.assistant)  # type: ignore[arg-type, return-value]

    def asks(self, page: Page, question: str, length: bool = False) -> None:
        """Asks, with a writer that copies what the question asks for, and waits for the answer."""
        writer: ScriptedWriter = self.assistant.writer  # type: ignore[attr-defined]
        if length:
            writer.reply, writer.sentence = "212 m", "Cầu Nà Lạn dài 212 m."
        ask(page, question)
        expect(page.locator("#hb-chat .user").last).to_have_text(question)
        expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute("data-state", "done")


def draft(folder: Path) -> Path:
    """A Word file to check."""
    document = Document()
    for sentence in DRAFT:
        document.add_paragraph(sentence)
    path = folder / "bản thảo.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Researcher]:
    folder = tmp_path_factory.mktemp("desk")
    made = Researcher(folder / "library")
    made.filled(folder / "bao")
    yield made
    made.close()


def fetched(page: Page, link: str, file: Path) -> bytes:
    """What a link gives to take along."""
    with page.expect_download() as taken:
        page.locator(f"{link} a[download]").first.click()
    taken.value.save_as(file)
    return file.read_bytes()


def test_the_desk(browser: Browser, desk: Researcher, tmp_path: Path) -> None:
    with opened(browser, desk.address, width=1440) as page:
        followed = page.locator("#hb-followed")
        expect(followed.locator(".hb-news li")).to_have_count(1)
        expect(followed).to_contain_text("Kinh nghiệm chạy lũ")
        followed.locator("[data-standing^=seen]").click()
        expect(followed.locator(".hb-news li")).to_have_count(0)

        desk.asks(page, STALLS)
        answer = page.locator("#hb-chat .hb-answer").last
        expect(answer.locator(".hb-short")).to_have_text("14 gian hàng")
        expect(answer.locator(".hb-says").first).to_contain_text("Đính chính")
        answer.locator('a[href*="#cite-"]').last.click()
        source = page.locator("#hb-source")
        expect(source.locator("h2").first).to_have_text("Lũ cuốn trôi chợ Hạ Bình")
        expect(source.locator(".hb-correction")).to_contain_text("Bài này đã được đính chính")
        expect(source.locator(".hb-correction")).to_contain_text("14 gian hàng")

        page.locator("#hb-chat .hb-answer [data-sheet]").last.click()
        page.locator("#hb-export-kind input").click()
        page.get_by_role("option", name="Hồ sơ bằng chứng").click()
        page.click("#hb-export")
        fetched(page, "#hb-export-file", tmp_path / "evidence.zip")
        verdict = verify_file(tmp_path / "evidence.zip")
        assert verdict.ok and {"40 gian", "14 gian"} <= {
            part
            for one in verdict.quotes
            for part in ("40 gian", "14 gian")
            if part in one.cited.quote
        }
        page.keyboard.press("Escape")

        desk.asks(page, LENGTH, length=True)
        page.locator('#hb-chat .hb-answer a[href*="#cite-"]').last.click()
        box = source.locator(".hb-reprints")
        box.locator("summary").first.click()
        expect(box).to_contain_text("3 báo cùng đăng")
        changed = box.locator("details", has_text="Tin Chiều")
        changed.locator("summary").click()
        expect(changed.locator("mark.hb-gone").first).to_have_text("212")
        expect(changed.locator("mark.hb-new").first).to_have_text("221")

        open_tab(page, "Tìm")
        page.locator("#hb-find-query input, #hb-find-query textarea").fill("trường học")
        page.click("#hb-find-send")
        page.click("#hb-find-follow")
        expect(page.locator("#hb-find-said")).to_contain_text("Đã theo dõi")
        expect(followed).to_contain_text("trường học", use_inner_text=False)

        open_tab(page, "Tên")
        page.locator("#hb-names-merge > button, #hb-names-merge .label-wrap").first.click()
        page.locator("#hb-names-into input, #hb-names-into textarea").fill("Lê Văn Tám")
        page.locator("#hb-names-other input, #hb-names-other textarea").fill("Đỗ Thị Chín")
        page.click("#hb-names-do")
        expect(page.locator("#hb-names-said")).to_contain_text("“Lê Văn Tám” nay có")
        expect(page.locator("#hb-names [data-named]")).to_have_count(1)
        page.click("#hb-names-part")
        expect(page.locator("#hb-names [data-named]")).to_have_count(2)

        open_tab(page, "Hồ sơ")
        page.locator("#hb-dossier-name input, #hb-dossier-name textarea").fill("Lũ 2021")
        page.click("#hb-dossier-new")
        expect(page.locator("#hb-dossier-said")).to_contain_text("Đã lập hồ sơ Lũ 2021")
        query = page.locator("#hb-dossier-query input, #hb-dossier-query textarea")
        query.fill("lũ NOT cầu date:2021")
        page.click("#hb-dossier-add")
        expect(page.locator("#hb-dossier-said")).to_contain_text("Đã thêm 2 bài")
        page.click("#hb-dossier-export")
        word = Document(io.BytesIO(fetched(page, "#hb-dossier-file", tmp_path / "lu.docx")))
        assert any("Lũ cuốn trôi chợ Hạ Bình" in one.text for one in word.paragraphs)

        open_tab(page, "Bản thảo")
        page.set_input_files("#hb-draft-file input[type=file]", draft(tmp_path))
        expect(page.locator("#hb-draft-file")).to_contain_text(".docx")
        page.click("#hb-draft-check")
        expect(page.locator("#hb-draft-said")).to_contain_text("1 câu có trong bài, 1 câu khác")
        given = fetched(page, "#hb-draft-commented", tmp_path / "checked.docx")
        comments = [one.text for one in Document(io.BytesIO(given)).comments]
        assert len(comments) == 3 and "đính chính" in comments[1]

        page.click("#hb-settings")
        expect(page.locator("#hb-sheet-settings .hb-parts li").first).to_be_visible()
