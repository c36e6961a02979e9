"""Measures the page on a large library beside a plain Gradio chat: the part "page" of `make bench`, or
`python tests/quality/page.py DIR` (the real text must be there; DIR is made: the first time some minutes).

20,000 news articles (real words, one chunk each with a made-up vector: nothing here is asked) and 1,000
conversations. Seconds until a question is typed, as a person does who finds the cursor in a box, and until it
stands in Gradio's own box, from which it is asked; in the same browser and in turns with a chat that is Gradio
as it comes, from an empty cache and again with a full one, beside the computing that each took: other work on
the machine lengthens the seconds of both, so the ratio and the computing count. Then each function of the
page, as the browser calls it, once while every tab is used, and again and again with the same values:
milliseconds.
"""

import asyncio
import inspect
import json
import logging
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import gradio as gr  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page, expect  # noqa: E402

from index.chunk import chunks  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.store.protocol import Change, NewArticle  # noqa: E402
from index.store.sqlite import SqliteStore  # noqa: E402
from index.types import Article, Details  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.llm.local import LlamaModel  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from tests.e2e.browser import TOKEN, chromium, still, with_token  # noqa: E402
from tests.quality.corpus import DATA, news  # noqa: E402
from tests.quality.large import MadeUp  # noqa: E402
from ui.answers import Record  # noqa: E402
from ui.history import History  # noqa: E402
from ui.keys import Keys  # noqa: E402
from ui.page.app import build, launch  # noqa: E402
from ui.page.desk import Desk  # noqa: E402
from ui.page.shelf import Shelf  # noqa: E402
from ui.serving import Entrance  # noqa: E402

ARTICLES, CONVERSATIONS, LOADS, CALLS, BATCH = 20_000, 1_000, 5, 20, 500
PLACES = ("Bắc Kạn", "Lâm Đồng", "Hà Nội", "Cà Mau")
#: The bars: seconds until the page can be used, milliseconds of a function.
USABLE, FUNCTION = 1.0, 100.0


def large(folder: Path, embedder: MadeUp) -> None:
    """The library, with outlets, days and provinces for the filters, and the conversations."""
    Library(folder, embedder).close()  # made with the right settings
    store = SqliteStore(folder / "library.db", {})
    chance, items = random.Random(1), news(ARTICLES)
    for first in range(store.counts()[0], len(items), BATCH):
        new = []
        for number, item in enumerate(items[first : first + BATCH], first):
            told = Details(
                title=item["title"], outlet=f"Báo {chance.choice('ABCDEFGHIJKLMNOPQRST')}",
                published=date(chance.randint(2008, 2024), chance.randint(1, 12), chance.randint(1, 28)),
                place=chance.choice(PLACES),
            )  # fmt: skip
            article = Article(f"{number:012x}", f"/made/{number}", told, item["body"])
            span = next(iter(chunks(article.body)), (0, len(article.body)))
            new.append(
                NewArticle(article, article.source, article.id, (span,), embedder.documents([""]))
            )
        store.write(Change(articles=tuple(new)))
    store.close()
    history = History(folder)
    for number in range(len(history.conversations(limit=CONVERSATIONS)), CONVERSATIONS):
        question = f"Câu hỏi thứ {number} về cây cầu số {number % 37}?"
        _, turn = history.begin("", question)
        history.finish(turn, Record(question, question, f"{number} m.", "answered"))
    history.close()


@dataclass(slots=True)
class Call:
    """A function of the page: how it was called last, and the milliseconds of that while the browser waited."""

    function: Callable[..., Any]
    values: tuple[Any, ...] = ()
    first: float = 0.0
    again: list[float] = field(default_factory=list)
    computing: list[float] = field(default_factory=list)

    def repeat(self) -> None:
        """Calls it once more as it was called."""
        began, busy = time.perf_counter(), time.thread_time()
        if inspect.isasyncgenfunction(
            self.function
        ):  # what is shown first; the rest waits for something
            asyncio.run(anext(self.function(*self.values)))
        elif inspect.isgeneratorfunction(self.function):
            list(self.function(*self.values))
        else:
            self.function(*self.values)
        self.computing.append(1000 * (time.thread_time() - busy))
        self.again.append(1000 * (time.perf_counter() - began))


def recorded(page: gr.Blocks) -> dict[str, Call]:
    """The functions of a page by name; from now on it is kept how each is called."""
    calls: dict[str, Call] = {}
    for block in page.fns.values():
        function = block.fn
        if function is None:
            continue
        call = Call(function)
        block.fn = _kept(call, calls)
    return calls


def _kept(call: Call, calls: dict[str, Call]) -> Callable[..., Any]:
    function = call.function
    name = getattr(function, "__qualname__", "").replace(".<locals>", "")

    def keep(values: tuple[Any, ...]) -> None:
        call.values = values
        if call not in calls.values():
            at = f"{name} {len(calls)}" if name in calls else name
            calls[at] = call

    if inspect.isasyncgenfunction(function):

        @wraps(function)
        async def streamed(*values: Any) -> Any:
            keep(values)
            async for one in function(*values):
                yield one

        return streamed
    if inspect.isgeneratorfunction(function):

        @wraps(function)
        def drawn(*values: Any) -> Iterator[Any]:
            keep(values)
            began = time.perf_counter()
            for number, one in enumerate(function(*values)):
                if not number:
                    call.first = max(call.first, 1000 * (time.perf_counter() - began))
                yield one

        return drawn

    @wraps(function)
    def timed(*values: Any) -> Any:
        keep(values)
        began = time.perf_counter()
        try:
            return function(*values)
        finally:
            call.first = max(call.first, 1000 * (time.perf_counter() - began))

    return timed


@contextmanager
def plain() -> Iterator[str]:
    """A chat that is Gradio as it comes; gives its address."""
    with gr.Blocks() as page:
        gr.ChatInterface(lambda said, _: said)
    _, address, _ = page.launch(
        server_name="127.0.0.1", server_port=7893, quiet=True, prevent_thread_lock=True
    )
    try:
        yield address.rstrip("/")
    finally:
        page.close()


def visited(context: BrowserContext, address: str, box: str) -> dict[str, float]:
    """Seconds until a question is typed in a new window, into whichever box has the cursor, and until it stands
    in `box`; the computing of its process and of ours."""
    tab = context.new_page()
    tab.set_viewport_size({"width": 1400, "height": 900})
    told = context.new_cdp_session(tab)
    told.send("Performance.enable")
    server, began = time.process_time(), time.perf_counter()
    tab.goto(address, wait_until="commit")
    tab.wait_for_function("document.activeElement && document.activeElement.matches('textarea')")
    tab.keyboard.type("Cầu")
    tab.wait_for_function("document.activeElement.value === 'Cầu'")
    typed = time.perf_counter() - began
    expect(tab.locator(box)).to_have_value("Cầu")
    arrived, server = time.perf_counter() - began, time.process_time() - server
    metrics = {one["name"]: one["value"] for one in told.send("Performance.getMetrics")["metrics"]}
    tab.wait_for_timeout(500)  # what comes after is not the next one's
    tab.close()
    return {"typed": typed, "arrived": arrived, "page": metrics["ProcessTime"], "server": server}


def loads(browser: Browser, ours: str) -> dict[str, Any]:
    """How both pages open, in turns."""
    box = {"hoibao": "#hb-question textarea", "plain": "textarea"}
    found: dict[str, dict[str, list[dict[str, float]]]] = {
        one: {"first": [], "again": []} for one in box
    }
    with plain() as other:
        addresses = {"hoibao": with_token(ours), "plain": other}
        for _ in range(LOADS):
            for name, address in addresses.items():
                context = browser.new_context(locale="vi-VN")
                for visit in ("first", "again"):
                    found[name][visit].append(visited(context, address, box[name]))
                context.close()
    told: dict[str, Any] = {}
    for visit in ("first", "again"):
        both = {
            name: {
                what: round(statistics.median(one[what] for one in found[name][visit]), 2)
                for what in ("typed", "arrived", "page", "server")
            }
            for name in box
        }
        pairs = [*zip(found["hoibao"][visit], found["plain"][visit])]
        ratios = {
            what: round(statistics.median(mine[what] / base[what] for mine, base in pairs), 2)
            for what in ("typed", "arrived")
        }
        told[f"{visit} visit"] = {**both, "times the plain one": ratios}
    return told


def used(tab: Page) -> None:
    """Every tab, as somebody uses it who asks nothing."""
    patient = 1500

    def rest() -> None:
        tab.wait_for_timeout(patient)

    def find(box: str, text: str) -> None:
        tab.locator(f"{box} textarea, {box} input").first.fill(text)
        tab.keyboard.press("Enter")
        rest()

    find("#hb-find-talk", "cau so 12")
    tab.locator("#hb-talks .hb-talk").first.click()
    rest()
    tabs = [
        one.inner_text() for one in tab.locator("#hb-tabs [role=tab]").all() if one.inner_text()
    ]
    for name in tabs:
        tab.get_by_role("tab", name=name, exact=True).click()
        rest()
        still(tab)
        if name == "Toàn cảnh":
            for _ in range(2):  # on and off again
                tab.locator("#hb-overview .hb-bars button").first.click()
                rest()
        if name == "Tìm":
            find("#hb-find-query", '"giao thông" AND (xe OR cầu)')
        if name == "Bài báo":
            for text in ("giao thong", "của", "công an tỉnh", ""):
                find("#hb-filter-text", text)
            tab.locator("#hb-articles [role=gridcell]").first.click()
            rest()
    tab.click("#hb-settings")
    rest()
    tab.keyboard.press("Escape")
    tab.click("#hb-language")
    rest()


def measured(folder: Path) -> dict[str, Any]:
    """What `make bench` prints of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    embedder = MadeUp(registry.active("embedding").identity)
    large(folder / "large", embedder)
    language = registry.active("language")
    library, history = Library(folder / "large", embedder), History(folder / "large")
    writer = LlamaModel(language.path, language.identity)
    assistant = Assistant(library, embedder, Reader(shipped()), writer)  # type: ignore[arg-type]
    page = build(assistant, Desk(assistant, history), Shelf(library))
    calls = recorded(page)
    serving = launch(page, Keys(TOKEN, library.people), Entrance(port=0), library)
    address = f"http://127.0.0.1:{serving.port}"
    with chromium() as browser:
        opened = loads(browser, address)
        tab = browser.new_page(locale="vi-VN", viewport={"width": 1400, "height": 900})
        tab.goto(with_token(address))
        tab.wait_for_selector("#hb-start-in h2")
        used(tab)
        tab.close()
    logging.disable(logging.CRITICAL)
    functions = {}
    for name, call in calls.items():
        if name.endswith("_waits"):  # it does nothing, as long as the page is there
            continue
        for _ in range(CALLS):
            call.repeat()
        ordered = sorted(call.again)
        functions[name] = {
            "median": round(statistics.median(ordered), 1),
            "p95": round(ordered[int(0.95 * (CALLS - 1))], 1),
            "computing": round(statistics.median(call.computing), 1),
            "in the browser, longest": round(call.first, 1),
        }
    functions = dict(sorted(functions.items(), key=lambda one: -one[1]["p95"]))
    articles = library.counts()[0]
    serving.close()
    history.close()
    library.close()
    over = [name for name, one in functions.items() if one["p95"] > FUNCTION]
    return {
        "articles": articles,
        **opened,
        f"functions over {FUNCTION:.0f} ms": over,
        "functions, ms": functions,
    }


if __name__ == "__main__":
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here; the benchmark needs its real text")
    print(json.dumps(measured(Path(sys.argv[1])), ensure_ascii=False, indent=1))
