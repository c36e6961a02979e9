"""A picture of every state of the page, light beside dark: `make screenshot` writes docs/states/, `python
tests/e2e/states.py NAME…` some of them.

What passes by (writing, an error, adding) is held by answers that this script gives; the kinds of answers are
the product's own, on the samples.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from index.errors import ModelError  # noqa: E402
from index.language.sentences import sentences  # noqa: E402
from rag.types import Answer, Passage  # noqa: E402
from tests.e2e.browser import LIMIT, ask, chromium, opened, served  # noqa: E402
from tests.e2e.pictures import DESK, taken  # noqa: E402
from tests.e2e.test_early import early  # noqa: E402
from tests.e2e.test_frame import LONG, Framed, Growing  # noqa: E402

FOLDER = ROOT / "docs" / "states"
#: Real questions to the samples, by the form of their answers.
KINDS = {
    "figure": "Cầu An Hòa dài bao nhiêu mét?",
    "list": "Mưa lũ ở Đông Xuân gây những thiệt hại gì?",
    "several": "Đại hội Hội Nông dân tỉnh có bao nhiêu đại biểu chính thức?",
    "table": "So sánh số đại biểu chính thức của Đại hội Hội Nông dân tỉnh Đông Xuân và Tây Lâm.",
    "count": "Có bao nhiêu bài nói về mưa lũ?",
    "summary": "Tóm tắt bài Khánh thành cầu An Hòa bắc qua sông Lạc",
    "near-miss": "Hiệu trưởng Trường THPT Chuyên Tây Lâm tên là gì?",
    "talk": "Bạn làm được gì?",
}

#: The same of made-up articles that tell one quantity for several years, which no sample does.
OVER_TIME = {"trend": "Tỷ lệ hộ cận nghèo của huyện Mường Kháng thay đổi thế nào qua các năm?"}

#: Questions that the script answers, by the state that they are held in.
HELD = {
    "searching": "Mưa lũ ở Đông Xuân làm bao nhiêu người chết?",
    "reading": "Ai là Chủ tịch Hội Nông dân tỉnh Tây Lâm?",
    "writing": "Cầu An Hòa được xây thế nào?",
}
ANSWERED, UNKNOWN, BROKEN = (
    "Cầu An Hòa ra sao?",
    "Giá cà phê hôm nay bao nhiêu?",
    "Kể hết các con số trong kho?",
)
FULL = "the model has no room for more; ask for one thing at a time"


class Slow(Growing):
    """Stops in each state on the way until the question is finished."""

    def ask(self, question: str, *more: Any, **named: Any) -> Generator[Answer, None, None]:
        if question == BROKEN:
            raise ModelError(FULL)
        if question == UNKNOWN:
            yield self._answer(question)
            return
        *drafts, done = [
            replace(one, question=question, search_query=question) for one in super().ask(LONG)
        ]
        if question == HELD["searching"]:
            yield Answer(question, question)
        elif question == HELD["reading"]:
            yield Answer(question, question, passages=self.found())
        elif question == HELD["writing"]:
            now = drafts[-6]
            told = now.candidates[0].article.body
            at = replace(now.candidates[0], sentence=sentences(told)[1])
            said = (now.draft or "").removeprefix("486 m ")
            yield replace(now, draft=said, candidates=(at,), passages=self.found())
        if question != ANSWERED:
            self._event(question).wait(LIMIT / 1000)
        yield replace(done, passages=self.found())

    def found(self) -> tuple[Passage, ...]:
        """The first sentences of eight articles, the bridge's first."""
        rows = sorted(self.library.articles(), key=lambda row: "cầu" not in str(row.details.title))
        articles = [self.library.article(row.id) for row in rows[:8]]
        ends = [sentences(article.body)[1][1] for article in articles]
        return tuple(
            Passage(n, 1 / n, 0.9, n, article, 0, end)
            for n, (article, end) in enumerate(zip(articles, ends), 1)
        )


class Held(Framed):
    """The page over such an assistant."""

    def make(self) -> Slow:
        return Slow(self.library, self.answer)

    def answer(self, question: str) -> Answer:
        said = "Không tìm thấy. Đã tìm trong 10 bài báo, từ 15/09/2018 đến 08/04/2022."
        answer = replace(
            super().answer(question), text=said, outcome="refused", statements=(), citations=()
        )
        return replace(answer, passages=self.assistant.found()[:3])


#: The names of those that are taken; all where none is named.
WANTED = {*sys.argv[1:]}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        if not WANTED or WANTED - {"start", *KINDS, *OVER_TIME}:
            held(browser, Path(folder))
        if not WANTED or WANTED & {"start", *KINDS}:
            real(browser, Path(folder) / "real", "index/samples", KINDS)
        if not WANTED or WANTED & {*OVER_TIME}:
            real(browser, Path(folder) / "years", "tests/rag/trend.articles.jsonl", OVER_TIME)


def held(browser: Browser, folder: Path) -> None:
    """The states that pass by."""
    made = Held(folder / "held")
    try:
        with early(browser, made.address, width=DESK[0]) as (page, _):
            page.keyboard.type("Mưa lũ ở Đông Xuân")
            keep(page, "early")
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
            for name, question in HELD.items():
                page.click("#hb-new")
                ask(page, question)
                expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute(
                    "data-state", name
                )
                keep(page, name)
                made.assistant.finish(question)
                expect(page.locator("#hb-send")).to_be_visible()
            for name, question in (("answered", ANSWERED), ("refusal", UNKNOWN), ("error", BROKEN)):
                page.click("#hb-new")
                ask(page, question)
                expect(page.locator("#hb-send")).to_be_visible()
                expect(page.locator("#hb-chat .bot").last).not_to_have_attribute(
                    "data-state", "searching"
                )
                keep(page, name)
                keep(page, name, phone=True)
    finally:
        made.close()


def real(browser: Browser, library: Path, articles: str, kinds: dict[str, str]) -> None:
    """The questions to start with, of the samples, and kinds of answers."""
    environment = {**os.environ, "HOIBAO_LIBRARY": str(library), "PYTHONPATH": str(ROOT)}
    add = [sys.executable, "-m", "ui.cli", "add", articles]
    subprocess.run(add, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with served(environment) as address, opened(browser, address, width=DESK[0]) as page:
        if kinds is KINDS and (not WANTED or "start" in WANTED):
            cards = page.locator("#hb-start-in .hb-cards button")
            expect(
                cards.first
            ).to_be_visible()  # six at most, shown when all are found and nobody asks
            print("start", *cards.all_inner_texts(), sep="\n  ", flush=True)
            keep(page, "start")
            keep(page, "start", phone=True)
        for name, question in kinds.items():
            if WANTED and name not in WANTED:
                continue
            page.click("#hb-new")
            expect(page.locator("#hb-chat .hb-turn")).to_have_count(0)
            ask(page, question)
            expect(page.locator("#hb-chat .user").last).to_have_text(question)
            expect(page.locator("#hb-chat .hb-answer").last).to_have_attribute("data-state", "done")
            expect(page.locator("#hb-send")).to_be_visible()
            page.wait_for_timeout(5000)  # what to ask next comes behind the answer
            seen = page.locator("#hb-chat").inner_text()
            keep(page, name)
            print(name, " ".join(seen.split())[:160], flush=True)


def keep(page: Page, name: str, phone: bool = False) -> None:
    """Keeps what the page looks like under a name."""
    if not WANTED or name in WANTED:
        taken(page, FOLDER / f"{name}{'-phone' if phone else ''}.png", phone)


if __name__ == "__main__":
    main()
