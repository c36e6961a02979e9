"""Every form that an answer takes, and every sheet, in real Chromium: how each is told from the others, and
that it can be read by everybody. No model, the answers stand in the history; one page."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.check.problem import Problem
from rag.types import Count
from tests.conftest import ARTIFACTS, SAMPLES
from tests.e2e.axe import LOOKS, looks, violations
from tests.e2e.browser import opened, still
from tests.e2e.told import Served
from ui.answers import Line, Quote, Record, Seen

pytestmark = pytest.mark.browser
#: By name, in the order of the conversation.
FORMS = ("figure", "list", "table", "trend", "count", "unsure", "refused", "near", "talk", "failed")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("forms") / "library")
    made.library.add(sorted(SAMPLES.glob("0[18]*")))
    yield made
    made.close()


def records(served: Served) -> dict[str, Record]:
    """An answer of each form."""
    bridge = served.library.article(served.library.articles()[-1].id)

    def quote(number: int, words: str) -> Quote:
        start = bridge.body.index(words)
        return Quote(
            number, bridge.id, bridge.title or "", start, start + len(words), words,
            "Báo Đông Xuân", published=date(2021, 9, 2),
        )  # fmt: skip

    long, wide = quote(1, "dài 486 m"), quote(2, "rộng 12 m")
    seen = Seen(
        1, 1.0, bridge.id, bridge.title or "", 0, 40, bridge.body[:40], outlet="Báo Đông Xuân"
    )

    def told(name: str, *lines: Line, **how: object) -> Record:
        question = f"Câu hỏi {name}?"
        values = {
            "answer": "",
            "outcome": "answered",
            "statements": lines,
            "citations": (long, wide),
        }
        return Record(question, question, **{**values, "passages": (seen,), **how})  # type: ignore[arg-type]

    two = (Line("Cầu dài 486 m.", (1,), True), Line("Cầu rộng 12 m.", (2,), True))
    rows = [
        Line(f"{label}: {words}", (1,), True, label=label)
        for label, words in (("2017", "203 đảng viên"), ("2018", "150 đảng viên"), ("2019", "94 đảng viên"))
    ]  # fmt: skip
    problem = Problem("absent", ("846",))
    made = (
        told("figure", two[0], short="486 m", kind="figure"),
        told("list", *two, kind="list"),
        told("table", Line("Đông Xuân: 215", (1,), True, label="Đông Xuân"),
             Line("Tây Lâm: 178", (2,), True, label="Tây Lâm"), form="table", kind="compare"),
        told("trend", *rows, form="table", kind="trend"),
        told("count", *two, short="2", lead="2 bài nói về cầu", count=Count(2, 10), kind="count"),
        told("unsure", Line("Cầu dài 846 m.", (1,), False, (problem,))),
        told("refused", answer="Không tìm thấy trong các bài.", outcome="refused"),
        told("near", two[1], outcome="refused", lead="Không tìm thấy đúng điều hỏi; gần nhất:"),
        told("talk", answer="Chào bạn! Bạn muốn hỏi gì?", outcome="talk"),
        told("failed", outcome="failed"),
    )  # fmt: skip
    return dict(zip(FORMS, made))


@pytest.fixture(scope="module")
def conversation(served: Served) -> str:
    name = ""
    for record in records(served).values():
        name, turn = served.history.begin(name, record.question)
        served.history.finish(turn, record)
    return name


def test_every_form_and_sheet(browser: Browser, served: Served, conversation: str) -> None:
    with opened(browser, f"{served.address}/?c={conversation}", width=1440) as page:
        page.set_viewport_size({"width": 1440, "height": 900})
        answers = page.locator("#hb-chat .hb-answer")
        expect(answers).to_have_count(len(FORMS))
        each_is_told_from_the_others(page)
        found = what_axe_finds(page)
        nothing_is_too_wide(page)
        assert not found, "\n".join(found)
        # Nothing of Gradio's own, and nothing moves for who wants no motion.
        expect(page.locator("footer")).to_be_hidden()
        page.emulate_media(reduced_motion="reduce")
        slow = """[...document.querySelectorAll('*')].filter(e => {
          const of = getComputedStyle(e), times = [of.transitionDuration, of.animationDuration];
          return of.display !== 'none' && times.some(one => parseFloat(one) > .01);
        }).map(e => e.className || e.tagName)"""
        assert page.evaluate(slow) == []


def each_is_told_from_the_others(page: Page) -> None:
    of = dict(zip(FORMS, page.locator("#hb-chat .hb-answer").all()))
    kinds = ("answered", "answered", "answered", "answered", "answered", "answered", *FORMS[6:])
    for (name, answer), kind in zip(of.items(), kinds):
        expect(answer).to_have_class(f"hb-answer bot hb-is-{kind}")
        copies = name not in ("talk", "failed")
        expect(answer.locator("[data-copy]")).to_have_count(int(copies))
    short = of["figure"].locator(".hb-short")
    expect(short).to_have_text("486 m")
    sizes = [
        float(one.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
        for one in (short, of["figure"].locator(".hb-says"))
    ]
    assert sizes[0] > 1.5 * sizes[1]
    chip = of["figure"].locator(".hb-cite")
    expect(chip).to_have_text("1 · Báo Đông Xuân, 02/09/2021")
    expect(chip).to_have_attribute("title", "dài 486 m")
    expect(of["figure"].locator(".hb-ok")).to_have_text("Đã đối chiếu với bài")
    expect(of["list"].locator("li")).to_have_count(2)
    expect(of["table"].locator("tbody tr")).to_have_count(2)
    expect(of["trend"].locator("figure svg")).to_be_visible()
    expect(of["trend"].locator("tbody tr")).to_have_count(3)
    expect(of["count"].locator(".hb-short")).to_have_text("2")
    expect(of["count"].locator("li")).to_have_count(2)
    expect(of["unsure"].locator(".hb-unsure")).to_contain_text("chưa kiểm chứng được")
    expect(of["unsure"].locator(".hb-ok")).to_have_count(0)
    for name in ("refused", "near"):
        expect(of[name].locator(".hb-near-list a")).to_have_count(1)
        expect(of[name].locator(".hb-short")).to_have_count(0)
    expect(of["failed"].locator(".hb-broken")).to_be_visible()
    expect(page.locator(".hb-status")).not_to_be_empty()  # and it is told to who does not see it
    papers = {
        name: of[name]
        .locator(".hb-lead, .hb-says, .hb-broken")
        .first.evaluate("e => getComputedStyle(e).backgroundColor")
        for name in ("figure", "refused", "near")
    }
    assert len(set(papers.values())) == 3


def what_axe_finds(page: Page) -> list[str]:
    found: list[str] = []

    def look(name: str) -> None:
        for scheme, width in looks(page):
            found.extend(violations(page, f"{scheme} {width} {name}"))
            page.screenshot(path=str(ARTIFACTS / f"forms-{name}-{width}.png"))

    look("forms")
    openers = {
        "settings": "#hb-settings",
        "wrong": "[data-wrong] >> nth=-1",
        "why": "[data-why] >> nth=-1",
        "talk": "#hb-talks [data-sheet]",
        "keys": "",
        "reports": "",
    }
    for name, opener in openers.items():
        if opener:
            page.click(opener)
        else:
            page.evaluate(f"hoibaoSheet('hb-sheet-{name}')")
        expect(page.locator(f"#hb-sheet-{name}")).to_be_visible()
        look(name)
        page.keyboard.press("Escape")
        expect(page.locator(f"#hb-sheet-{name}")).to_be_hidden()
    return found


def nothing_is_too_wide(page: Page) -> None:
    """At 320 px, and on a window of 1440×900 made twice as large, which is one of 720×450."""
    for width, height in ((320, 640), (720, 450), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        still(page)
        box = page.locator("#hb-box").bounding_box()
        assert box and box["y"] + box["height"] <= height, (width, box)
        parts = "['html', 'body', '#hb-scroll'].map(one => document.querySelector(one))"
        assert page.evaluate(f"{parts}.map(e => e.scrollWidth - e.clientWidth)") == [0, 0, 0], width
        page.screenshot(path=str(ARTIFACTS / f"forms-{width}.png"))
    page.set_viewport_size({"width": LOOKS[0][1], "height": 900})
