"""Measures the page on a large library: `python tests/quality/page.py DIR` (the real text must be there;
DIR is made: the first time some minutes).

20,000 news articles (real words, made-up vectors: nothing here is asked) and 1,000 conversations, beside
the same page over ten articles and none: seconds until a question can be typed, and the longest time of each
handler of the page while every tab is used."""

import inspect
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, expect  # noqa: E402

from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.llm.local import LlamaModel  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from tests.conftest import SAMPLES  # noqa: E402
from tests.e2e.browser import chromium  # noqa: E402
from tests.quality.corpus import DATA, news  # noqa: E402
from tests.quality.large import MadeUp  # noqa: E402
from ui.history import History  # noqa: E402
from ui.page.app import build  # noqa: E402
from ui.page.desk import Desk  # noqa: E402
from ui.page.shelf import Shelf  # noqa: E402

ARTICLES, CONVERSATIONS, LOADS = 20_000, 1_000, 5


def large(folder: Path, identity: str) -> None:
    """The library, with outlets, days and provinces for the filters, and the conversations."""
    library = Library(folder, MadeUp(identity))
    if library.counts()[0] < ARTICLES - 100:
        rows = folder.with_suffix(".jsonl")
        chance = random.Random(1)
        made = []
        for item in news(ARTICLES):
            day = f"{chance.randint(2008, 2024)}-{chance.randint(1, 12):02}-11"
            place = chance.choice(["Bắc Kạn", "Lâm Đồng", "Hà Nội", "Cà Mau"])
            outlet = f"Báo {chance.choice('ABCDEFGHIJKLMNOPQRST')}"
            row = {**item, "outlet": outlet, "published": day, "place": place}
            made.append(json.dumps(row, ensure_ascii=False))
        rows.write_text("\n".join(made), "utf-8")
        report = library.add([rows])
        print(
            f"{report.added} articles added in {report.seconds:.0f} s, {len(report.failed)} failed"
        )
    library.close()
    history = History(folder)
    for number in range(CONVERSATIONS - len(history.conversations(limit=CONVERSATIONS))):
        _, turn = history.begin("", f"Câu hỏi thứ {number} về cây cầu số {number % 37}?")
        history.finish(turn, {
            "question": "", "search_query": "", "answer": f"{number} m [1]", "answered": True,
            "statements": [], "citations": [], "passages": [], "form": "short", "lead": "", "stopped": False,
        })  # fmt: skip
    history.close()


def measured(folder: Path, browser: Browser) -> dict[str, Any]:
    """The page over a library: seconds to usable, and by handler the longest milliseconds."""
    embedding, language = registry.active("embedding"), registry.active("language")
    embedder = SentenceEmbedder(embedding.path, embedding.identity)
    library = Library(folder, embedder)
    writer = LlamaModel(language.path, language.identity)
    assistant = Assistant(library, embedder, Reader(shipped()), writer)
    history = History(folder)
    page = build(assistant, Desk(assistant, history), Shelf(library))
    longest: dict[str, float] = {}
    for block in page.fns.values():
        if block.fn is not None and not inspect.isgeneratorfunction(block.fn):
            block.fn = _timed(block.fn, longest)
    page.launch(server_name="127.0.0.1", server_port=7893, quiet=True, prevent_thread_lock=True)
    usable = []
    for _ in range(LOADS):
        tab = browser.new_page(locale="vi-VN", viewport={"width": 1400, "height": 900})
        began = time.perf_counter()
        tab.goto("http://127.0.0.1:7893")
        tab.locator("#hb-question textarea").type("Cầu")
        expect(tab.locator("#hb-talks")).not_to_be_empty()
        usable.append(time.perf_counter() - began)
        tab.close()
    tab = browser.new_page(locale="vi-VN", viewport={"width": 1400, "height": 900})
    tab.goto("http://127.0.0.1:7893")
    tab.fill("#hb-find-talk textarea, #hb-find-talk input", "cau so 12")
    tab.wait_for_timeout(800)
    if tab.locator(".hb-talk").count():
        tab.locator(".hb-talk").first.click()
    tab.wait_for_timeout(800)
    tab.get_by_role("tab", name="Toàn cảnh").click()
    tab.wait_for_timeout(1500)
    for _ in range(2):  # on and off again
        tab.locator("#hb-overview .hb-bars button").first.click()
        tab.wait_for_timeout(1500)
    tab.get_by_role("tab", name="Bài báo").click()
    tab.wait_for_timeout(1500)
    for text in ("giao thong", "của", "công an tỉnh", ""):
        tab.fill("#hb-filter-text textarea, #hb-filter-text input", text)
        tab.keyboard.press("Enter")
        tab.wait_for_timeout(1500)
    tab.locator("#hb-articles [role=gridcell]").first.click()
    tab.wait_for_timeout(1000)
    tab.close()
    page.close()
    articles = library.counts()[0]
    history.close()
    library.close()
    return {
        "articles": articles,
        "usable_seconds": round(statistics.median(usable), 2),
        "handlers_ms": dict(sorted(longest.items(), key=lambda item: -item[1])),
    }


def _timed(function: Callable[..., Any], longest: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*values: Any) -> Any:
        began = time.perf_counter()
        result = function(*values)
        passed = 1000 * (time.perf_counter() - began)
        name = getattr(function, "__name__", "?")
        longest[name] = round(max(longest.get(name, 0.0), passed), 1)
        return result

    return timed


def main(folder: Path) -> None:
    """Prints both as JSON."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here; the benchmark needs its real text")
    folder.mkdir(parents=True, exist_ok=True)
    identity = registry.active("embedding").identity
    large(folder / "large", identity)
    small = Library(folder / "small", MadeUp(identity))
    small.add([SAMPLES])
    small.close()
    with chromium() as browser:
        for name in ("small", "large"):
            print(
                json.dumps({name: measured(folder / name, browser)}, ensure_ascii=False, indent=1)
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
