"""A picture of every state of the page, light beside dark: `make screenshot` writes docs/states/, `python
tests/e2e/states.py NAME…` some of them.

What passes by (writing, an error, adding) is held by answers that this script gives; the kinds of answers are
the product's own, on the samples.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.e2e.browser import ask, chromium, opened, served  # noqa: E402
from tests.e2e.pictures import DESK, taken  # noqa: E402
from tests.e2e.test_frame import LONG, REFUSED, Framed  # noqa: E402

FOLDER = ROOT / "docs" / "states"
#: Real questions to the samples, by the form of their answers.
KINDS = {
    "figure": "Cầu An Hòa dài bao nhiêu mét?",
    "list": "Đảng ủy Khối các cơ quan tỉnh đặt ra những chỉ tiêu nào cho năm 2018?",
    "several": "Đại hội Hội Nông dân tỉnh có bao nhiêu đại biểu chính thức?",
    "table": "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.",
    "trend": "Số đảng viên mới kết nạp của Khối các cơ quan tỉnh Đông Xuân thay đổi thế nào?",
    "count": "Có bao nhiêu bài nói về mưa lũ?",
    "summary": "Tóm tắt bài Khánh thành cầu An Hòa bắc qua sông Lạc",
    "near-miss": "Cầu An Hòa có bao nhiêu làn xe?",
    "talk": "Bạn làm được gì?",
}

#: The names of those that are taken; all where none is named.
WANTED = {*sys.argv[1:]}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        if not WANTED or WANTED - {"start", *KINDS}:
            held(browser, Path(folder))
        if not WANTED or WANTED & {"start", *KINDS}:
            real(browser, Path(folder))


def held(browser: Browser, folder: Path) -> None:
    """The states that pass by."""
    made = Framed(folder / "held")
    try:
        with opened(browser, made.address, width=DESK[0]) as page:
            expect(page.locator("#hb-empty-said")).to_be_visible()
            keep(page, "empty")
            with made.library.way.asked():  # somebody asks: adding waits, and says so
                page.click("[data-queue=samples]")
                expect(page.locator("#hb-queue")).to_contain_text("nhường câu hỏi")
                keep(page, "adding")
            expect(page.locator("#hb-queue")).to_contain_text("Thêm xong")
            page.locator("#hb-queue").get_by_text("Ẩn").click()
            expect(page.locator("#hb-start-in")).to_contain_text("10 bài báo")
            made.assistant.hold("Đang viết?")
            ask(page, "Đang viết?")
            expect(page.locator("#hb-chat .bot").last).to_contain_text("nháp")
            keep(page, "writing")
            made.assistant.finish("Đang viết?")
            expect(page.locator("#hb-send")).to_be_visible()
            for name, question in (
                ("answered", LONG),
                ("refusal", REFUSED),
                ("error", "Máy hỏng?"),
            ):
                page.click("#hb-new")
                made.assistant.finish(question)
                ask(page, question)
                expect(page.locator("#hb-send")).to_be_visible()
                expect(page.locator("#hb-chat .bot").last).not_to_contain_text("nháp")
                keep(page, name)
                keep(page, name, phone=True)
    finally:
        made.close()


def real(browser: Browser, folder: Path) -> None:
    """The questions to start with, and the kinds of answers."""
    environment = {**os.environ, "HOIBAO_LIBRARY": str(folder / "real"), "PYTHONPATH": str(ROOT)}
    add = [sys.executable, "-m", "ui.cli", "add", "index/samples"]
    subprocess.run(add, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served(environment) as address, opened(browser, address, width=DESK[0]) as page:
        if not WANTED or "start" in WANTED:
            cards = page.locator("#hb-start-in .hb-cards button")
            expect(
                cards.first
            ).to_be_visible()  # six at most, shown when all are found and nobody asks
            print("start", *cards.all_inner_texts(), sep="\n  ", flush=True)
            keep(page, "start")
            keep(page, "start", phone=True)
        for name, question in KINDS.items():
            if WANTED and name not in WANTED:
                continue
            page.click("#hb-new")
            expect(page.locator("#hb-chat .hb-turn")).to_have_count(0)
            ask(page, question)
            expect(page.locator("#hb-chat .user").last).to_have_text(question)
            expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute("data-state", "done")
            expect(page.locator("#hb-send")).to_be_visible()
            seen = page.locator("#hb-chat").inner_text()
            keep(page, name)
            print(name, " ".join(seen.split())[:160], flush=True)


def keep(page: Page, name: str, phone: bool = False) -> None:
    """Keeps what the page looks like under a name."""
    if not WANTED or name in WANTED:
        taken(page, FOLDER / f"{name}{'-phone' if phone else ''}.png", phone)


if __name__ == "__main__":
    main()
