"""The five tasks of docs/comparison.md, played in the running product: clicks, keys that send, and seconds
of each, with a screenshot; and the README's screenshot. `make screenshot` writes docs/ and docs/tasks.json."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests.e2e.browser import CITATION, LIMIT, chromium, served, still, with_token  # noqa: E402

FIGURE = "Cầu An Hòa dài bao nhiêu mét?"
COMPARE = "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm."


class Hand:
    """A user's hand: counts clicks and texts typed (each sent with Enter)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.typed = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click(timeout=LIMIT)

    def type(self, selector: str, text: str) -> None:
        self.typed += 1
        self.page.fill(f"{selector} textarea, {selector} input", text)
        self.page.keyboard.press("Enter")

    def see(self, selector: str, text: str) -> None:
        expect(self.page.locator(selector).first).to_contain_text(text, timeout=LIMIT)


def find(hand: Hand) -> None:
    hand.type("#hb-question", FIGURE)
    hand.see("#hb-chat .bot", "486 m")


def check(hand: Hand) -> None:
    hand.see("#hb-source .hb-quote", "486 m")  # it opens by itself


def compare(hand: Hand) -> None:
    hand.type("#hb-question", COMPARE)
    expect(hand.page.locator("#hb-chat table tbody tr")).to_have_count(3, timeout=LIMIT)


def come_back(hand: Hand) -> None:
    hand.type("#hb-find-talk", "cau an hoa dai")
    hand.click("#hb-talks .hb-talk")
    hand.see("#hb-chat", "486 m")
    hand.click('#hb-chat [href*="#cite-"]')  # by itself the last answer's opens
    hand.see("#hb-source .hb-quote", "486 m")


def cite(hand: Hand) -> None:
    hand.click("[data-copy]")
    hand.see("#hb-note", "Đã chép")


def main() -> None:
    docs = ROOT / "docs"
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOIBAO_LIBRARY": folder, "PYTHONPATH": str(ROOT)}
        add = [sys.executable, "-m", "ui.cli", "add", "index/samples"]
        subprocess.run(add, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(environment) as address, chromium() as browser:
            context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="vi-VN")
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            page = context.new_page()
            page.goto(with_token(address))
            # Once before: the models are loaded, as for whoever has the page open.
            Hand(page).type("#hb-question", "Ai phát biểu tại lễ khánh thành cầu An Hòa?")
            expect(page.locator(CITATION)).to_be_visible()
            page.click("#hb-new")
            expect(page.locator("#hb-chat .bot")).to_have_count(0)
            for number, task in enumerate((find, check, compare, come_back, cite), 1):
                if task is come_back:  # a week later: the page is opened anew
                    page.goto(address)
                    page.wait_for_selector("#hb-question textarea")
                    expect(page.locator("#hb-talks .hb-talk").first).to_be_attached()
                hand, began = Hand(page), time.monotonic()
                task(hand)
                seconds = round(time.monotonic() - began, 1)
                expect(page.locator("#hb-stop")).to_be_hidden()
                still(page)
                page.screenshot(path=str(docs / f"task-{number}.png"))
                name = task.__name__.replace("_", " ")
                measured.append(
                    {"task": name, "clicks": hand.clicks, "typed": hand.typed, "seconds": seconds}
                )
                print(f"{name}: {hand.clicks} clicks, {hand.typed} typed, {seconds} s")
    (docs / "tasks.json").write_text(json.dumps(measured, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
