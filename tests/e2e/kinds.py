"""A picture of each kind of answer in both languages, as the product gives it on the samples: `make screenshot`
writes docs/kinds/, `python tests/e2e/kinds.py NAME…` some of them (figure-vi)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests.e2e.browser import ask, chromium, opened, served, still  # noqa: E402

#: By name: a question in Vietnamese and in English, or one that has no English form here.
ASKED = {
    "figure": ("Cầu An Hòa dài bao nhiêu mét?", "How long is the An Hòa bridge?"),
    "reason": ("Vì sao cầu An Hòa khởi công chậm?", "Why was the An Hòa bridge begun late?"),
    "list": ("Đảng ủy Khối các cơ quan tỉnh đặt ra những chỉ tiêu nào cho năm 2018?", ""),
    "yes_no": ("Có phải cầu An Hòa dài 500 m không?", "Was the An Hòa bridge opened in 2021?"),
    "summary": (
        "Tóm tắt bài Khánh thành cầu An Hòa bắc qua sông Lạc",
        "Summarize the article about the An Hòa bridge",
    ),
    "compare": (
        "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.",
        "",
    ),
    "count": ("Có bao nhiêu bài nói về mưa lũ?", "How many articles mention floods?"),
    "refusal": ("Cầu An Hòa có bao nhiêu làn xe?", "How many lanes does the An Hòa bridge have?"),
    "talk": ("Cảm ơn bạn", "Thank you"),
}
#: The names of those that are taken; all where none is named.
WANTED = {*sys.argv[1:]}
#: How often the page is looked at, in milliseconds, and how often it must look the same to be finished.
_EVERY, _SAME = 1000, 6


def main() -> None:
    folder = ROOT / "docs" / "kinds"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as library:
        environment = {**os.environ, "HOIBAO_LIBRARY": library, "PYTHONPATH": str(ROOT)}
        add = [sys.executable, "-m", "ui.cli", "add", "index/samples"]
        subprocess.run(add, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with served(environment) as address, chromium() as browser:
            for number, language in enumerate(("vi", "en")):
                with opened(
                    browser, address, 1000, {"vi": "vi-VN", "en": "en-GB"}[language]
                ) as page:
                    for name, questions in ASKED.items():
                        file = folder / f"{name}-{language}.png"
                        if questions[number] and (not WANTED or file.stem in WANTED):
                            picture(page, questions[number], file)


def picture(page: Page, question: str, file: Path) -> None:
    """Asks in a new conversation, and keeps what it looks like when nothing changes any more."""
    page.click("#hb-new")
    page.wait_for_timeout(_EVERY)
    ask(page, question)
    expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute("data-state", "done")
    seen, same = "", 0
    while same < _SAME:
        page.wait_for_timeout(_EVERY)
        now = page.locator("#hb-chat").inner_text()
        same = same + 1 if now == seen and page.locator("#hb-chat .bot").count() else 0
        seen = now
    still(page)
    page.locator("#hb-middle").screenshot(path=str(file))
    print(file.name, " ".join(seen.split())[:120])


if __name__ == "__main__":
    main()
