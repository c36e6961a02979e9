"""The reading pane in real Chromium: no model, the answers stand in the history."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS
from tests.e2e.browser import opened, still
from tests.e2e.told import Served
from ui.answers import Line, Quote, Record

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
TITLE = "Cầu Vĩnh Lạc nối đôi bờ sau hai mùa lũ"
LENGTH, COST = (
    "Cầu dài 512 m, rộng 9 m, gồm 13 nhịp",
    "512 m, rộng 9 m, gồm 13 nhịp, tổng mức đầu tư 231 tỷ đồng",
)
BUILDER = "đơn vị thi công là Công ty cổ phần Đường Bắc"
FERRY = "Bến đò cũ ngừng chạy từ tháng 10 năm ngoái"
ROAD = (
    "Theo Ban quản lý dự án, phần đường dẫn phía bắc còn 300 m chưa thảm nhựa, sẽ xong trước mùa mưa tới; "
    "chi phí phát sinh đã được dự phòng. "
)
LIGHT = (
    "Người dân đề nghị lắp thêm đèn chiếu sáng và biển báo tải trọng ở hai đầu cầu, vì xe chở đá qua lại "
    "nhiều vào ban đêm. "
)
BODY = "\n".join(
    [
        "Sáng nay, những chuyến xe đầu tiên đã chạy thử qua cầu Vĩnh Lạc, công trình mà người dân hai xã mong "
        "đợi từ nhiều năm; cờ hoa treo dọc lan can, học sinh được nghỉ hai tiết để ra xem.",
        f"{LENGTH}, tổng mức đầu tư 231 tỷ đồng từ ngân sách tỉnh. Công trình khởi công ngày 14/8/2022; "
        f"{BUILDER}.",
        "Trước đó, mỗi mùa mưa, hơn 1.350 hộ phải đi vòng 21 km để sang trung tâm huyện, có hôm nước lên "
        "nhanh, cả xóm Hoà Bình nằm lại bên này sông hai ngày liền.",
        ROAD * 6,
        "Bà Nguyễn Thị Đào, xóm Hòa Bình, nói: “Tôi đi chợ bằng xe đạp được rồi.” "
        "<script>document.title = 'broken'</script>",
        LIGHT * 6,
        f"{FERRY}.",
    ]
)
OTHER = "Chợ Vĩnh Lạc họp lại sau lũ"
HERE = "#hb-source .hb-article"


def quote(number: int, article: str, title: str, words: str, body: str) -> Quote:
    start = body.index(words)
    return Quote(number, article, title, start, start + len(words), words, "Báo Tây Lâm")


def told(question: str, text: str, *quotes: Quote) -> Record:
    numbers = tuple(one.number for one in quotes)
    return Record(
        question,
        question,
        text,
        "answered",
        statements=(Line(text, numbers, True),),
        citations=quotes,
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("reading")
    articles = folder / "bài báo"
    articles.mkdir()
    lines = {"title": TITLE, "outlet": "Báo Tây Lâm", "published": "2024-03-12", "body": BODY}
    (articles / "cầu #1.jsonl").write_text(
        json.dumps(lines | {"url": "https://bao.example/cau?id=1"}) + "\n", "utf-8"
    )
    other = f"Chợ họp lại từ sáng mồng 3, có hơn 200 tiểu thương. {ROAD}"
    (articles / "chợ.jsonl").write_text(
        json.dumps(lines | {"title": OTHER, "body": other}) + "\n", "utf-8"
    )
    made = Served(folder / "library")
    made.library.add([articles])
    yield made
    made.close()


@pytest.fixture(scope="module")
def conversation(served: Served) -> str:
    """A conversation in which two questions cite the bridge's article, and one the market's."""
    ids = {row.details.title: row.id for row in served.library.articles()}
    body = served.library.article(ids[TITLE]).body
    market = served.library.article(ids[OTHER]).body
    said = [
        told("Cầu Vĩnh Lạc dài bao nhiêu mét?", "512 m.", quote(1, ids[TITLE], TITLE, LENGTH, body)),
        told(
            "Cầu tốn bao nhiêu, ai làm, đò nghỉ khi nào?", "231 tỷ đồng.",
            *(quote(n, ids[TITLE], TITLE, words, body) for n, words in enumerate((FERRY, COST, BUILDER), 1)),
        ),
        told(
            "Chợ có bao nhiêu tiểu thương?", "Hơn 200.",
            quote(1, ids[OTHER], OTHER, "hơn 200 tiểu thương", market),
        ),
    ]  # fmt: skip
    name = ""
    for record in said:
        name, turn = served.history.begin(name, record.question)
        served.history.finish(turn, record)
    return name


def open_first(page: Page) -> None:
    link = page.locator('#hb-chat [href*="#cite-"]').first
    link.click()
    # That of the last answer opens by itself, on a slow machine only now.
    cited = (link.get_attribute("href") or "").removeprefix("#cite-").partition("-")[0]
    expect(page.locator(HERE)).to_have_attribute("data-article", cited)
    expect(page.locator(f"{HERE} .hb-at")).to_be_visible()


def hits(page: Page) -> list[str]:
    """The words that are lit up, the current first."""
    return page.evaluate(
        "['hb-hit-now', 'hb-hit'].flatMap(name => [...(CSS.highlights.get(name) || [])].map(String))"
    )


def test_the_pane_is_read_with_a_mouse_and_with_keys(
    browser: Browser, served: Served, conversation: str
) -> None:
    with opened(browser, f"{served.address}/?c={conversation}", width=1440) as page:
        expect(page.locator('#hb-chat [href*="#cite-"]')).to_have_count(5)
        open_first(page)
        at, now = page.locator(f"{HERE} .hb-at"), page.locator(f"{HERE} mark.hb-quote")

        def current() -> str:
            return "".join(now.all_inner_texts())

        # All that the conversation cites is marked, the clicked one stronger, in the order of the text.
        expect(at).to_have_text("Trích dẫn 1 / 4")
        assert current() == LENGTH
        expect(page.locator(f"{HERE} mark").first).to_have_attribute(
            "title", re.compile("dài bao nhiêu mét")
        )
        paints = "e => getComputedStyle(e).backgroundColor"
        quiet = page.locator(f"{HERE} mark:not(.hb-quote)").first.evaluate(paints)
        assert quiet not in (now.first.evaluate(paints), "rgba(0, 0, 0, 0)")
        for number, words in ((2, COST), (3, BUILDER), (4, FERRY)):
            page.locator(f"{HERE} [data-read=next]").click()
            expect(at).to_have_text(f"Trích dẫn {number} / 4")
            assert current() == words
            expect(now.first).to_be_in_viewport()
        page.locator(f"{HERE} [data-read=previous]").click()
        assert current() == BUILDER
        # What stands in an article is text.
        assert page.title() == "Hỏi Báo" and page.locator(f"{HERE} script").count() == 0
        expect(page.locator(HERE)).to_contain_text("<script>document.title")
        # Details, the unknown ones quiet; no path.
        for detail in ("Báo Tây Lâm", "12/03/2024"):
            expect(page.locator(f"{HERE} .hb-details")).to_contain_text(detail)
        expect(page.locator(f"{HERE} .hb-unknown")).to_contain_text("tác giả")
        assert "/" not in page.locator(f"{HERE} .hb-unknown").inner_text()
        link = page.get_by_role("link", name="Trang gốc")
        assert link.get_attribute("rel") == "noopener noreferrer"

        # Copied with its source: the citation, or what was chosen.
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        source = f" — Báo Tây Lâm, 12/03/2024, {TITLE}"
        page.locator(f"{HERE} [data-read=copy]").click()
        expect(page.locator(f"{HERE} .hb-told")).to_have_text("Đã chép kèm nguồn")
        assert page.evaluate("navigator.clipboard.readText()") == f"“{BUILDER}”{source}"
        page.evaluate(
            f"getSelection().selectAllChildren(document.querySelector('{HERE} .hb-body p:last-child'))"
        )
        page.locator(f"{HERE} [data-read=copy]").click()
        page.wait_for_function(
            "async words => (await navigator.clipboard.readText()).startsWith(words)",
            arg=f"“{FERRY}.”",
        )
        page.evaluate("getSelection().removeAllRanges()")

        # Words are found typed without diacritics, with them only as they are; by keys.
        page.locator(HERE).focus()
        page.keyboard.press("/")
        box, count = page.locator(f"{HERE} .hb-find input"), page.locator(f"{HERE} .hb-hits")
        expect(box).to_be_focused()
        for typed, number, shown in (
            ("hoa binh", 2, "Hoà Bình"), ("hòa bình", 2, "Hoà Bình"), ("hoả bình", 0, ""),
            ("nguyen thi DAO", 1, "Nguyễn Thị Đào"), ("dự án, phần đường", 6, "dự án, phần đường"),
            ("13 nhip, tong muc", 1, "13 nhịp, tổng mức"),  # over the edges of marks
            ("không có ở đây", 0, ""),
        ):  # fmt: skip
            box.fill(typed)
            expect(count).to_have_text(f"1 / {number}" if number else "Không thấy")
            assert hits(page)[:1] == ([shown] if number else []), typed
            assert len(hits(page)) == number + bool(number)
        box.fill("hoa binh")
        page.keyboard.press("Enter")
        expect(count).to_have_text("2 / 2")
        assert hits(page)[0] == "Hòa Bình"
        page.keyboard.press("Shift+Enter")
        expect(count).to_have_text("1 / 2")
        page.screenshot(path=str(ARTIFACTS / "reading-find.png"))
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        assert hits(page) == []
        expect(page.locator(HERE)).to_be_focused()
        page.keyboard.press("n")
        expect(at).to_have_text("Trích dẫn 4 / 4")
        page.keyboard.press("n")  # past the last: the next article that the conversation cites
        expect(page.locator(f"{HERE} h2")).to_have_text(OTHER)
        expect(at).to_have_text("Trích dẫn 1 / 1")
        page.locator(f"{HERE} [data-read=previous]").click()
        expect(page.locator(f"{HERE} h2")).to_have_text(TITLE)

        # The original comes as a file to be saved, and the door lets nobody take it for a page.
        with page.expect_download() as saved:
            page.get_by_role("link", name="Mở tệp gốc").click()
        assert saved.value.suggested_filename == "cầu #1.jsonl"
        assert json.loads(saved.value.path().read_text("utf-8"))["title"] == TITLE

        # One article is asked; the pane is closed, and opens again by the same citation.
        page.get_by_role("button", name="Chỉ hỏi bài này").first.click()
        expect(page.locator("#hb-chips .hb-chip")).to_have_count(1)
        expect(page.locator("#hb-question textarea")).to_be_focused()
        page.locator('#hb-chat [href*="#cite-"]').first.focus()
        page.keyboard.press("Enter")
        expect(now.first).to_be_focused()  # who opened it by keys reads on there
        page.keyboard.press("Escape")
        expect(page.locator('#hb-chat [href*="#cite-"]').first).to_be_focused()
        page.locator("[data-read=close]:visible, [data-do=close-pane]:visible").first.click()
        expect(page.locator(HERE)).to_be_hidden()
        open_first(page)
        assert current() == LENGTH

        # The text is as large as it was made, also the next time; the measure stays one that is read well.
        for _ in range(2):
            page.locator(f"{HERE} [data-read=larger]").click()
        page.reload()
        open_first(page)
        assert (
            page.locator(f"{HERE} .hb-body").evaluate("e => getComputedStyle(e).fontSize")
            == "19.2px"
        )
        page.locator(f"{HERE} [data-read=normal]").click()
        page.set_viewport_size({"width": 1920, "height": 1000})
        assert 60 <= line_length(page) <= 75
        assert page.evaluate("document.fonts.check('17px \"Source Serif 4\"', 'Cầu ữ đ')")
        loaded = "[...document.fonts].filter(one => one.status === 'loaded').length"
        assert page.evaluate(loaded) == 2


def test_who_opens_by_keys_reads_on_whatever_is_drawn_anew(
    browser: Browser, served: Served, conversation: str
) -> None:
    with opened(browser, f"{served.address}/?c={conversation}", width=1440) as page:
        links, now = (
            page.locator('#hb-chat [href*="#cite-"]'),
            page.locator(f"{HERE} mark.hb-quote"),
        )
        anew = "e => { const like = e.cloneNode(true); delete like.dataset.seen; e.replaceWith(like); }"
        open_first(page)
        links.last.focus()
        # What was open is drawn once more before the other article comes.
        page.route("**/queue/join**", lambda one: None)
        with page.expect_request("**/queue/join**"):
            page.keyboard.press("Enter")
        page.locator(HERE).evaluate(anew)
        still(page)
        expect(links.last).to_be_focused()
        page.unroute("**/queue/join**")  # lets go what was held
        expect(page.locator(f"{HERE} h2")).to_have_text(OTHER)
        expect(now.first).to_be_focused()
        # And what is read, while it is read.
        page.locator(HERE).evaluate(anew)
        still(page)
        expect(now.first).to_be_focused()


def line_length(page: Page) -> float:
    """Characters in a full line of the longest paragraph."""
    return float(
        page.evaluate(
            """here => {
              const p = [...document.querySelectorAll(`${here} .hb-body p`)]
                .sort((a, b) => b.innerText.length - a.innerText.length)[0];
              const range = document.createRange();
              range.selectNodeContents(p);
              const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
              return p.innerText.length / (lines.size - .5);
            }""",
            HERE,
        )
    )


def test_axe_finds_nothing_in_the_pane_in_any_light_width_or_language(
    browser: Browser, served: Served, conversation: str
) -> None:
    found: list[str] = []
    with opened(browser, f"{served.address}/?c={conversation}", width=1440) as page:
        page.evaluate(AXE.read_text("utf-8"))
        open_first(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            dark = "document.body.classList.contains('dark')"
            page.wait_for_function(dark if scheme == "dark" else f"!{dark}")
            for width in (1440, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if width < 768:
                    page.locator("button[data-on=pane]").click()
                page.locator(f"{HERE} h2").scroll_into_view_if_needed()
                still(page)
                page.locator(HERE).screenshot(path=str(ARTIFACTS / f"reading-{scheme}-{width}.png"))
                result = page.evaluate(f"axe.run('{HERE}', {{resultTypes: ['violations']}})")
                assert len(result["passes"]) > 5  # it looked
                found += [
                    f"{scheme} {width} {one['id']} {one['nodes'][:2]}"
                    for one in result["violations"]
                ]
                small = f"""[...document.querySelectorAll('{HERE} :is(button, a, input)')]
                  .filter(e => e.offsetParent).map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
                  .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
                found += page.evaluate(small)
                wide = f"(e => e.scrollWidth - e.clientWidth)(document.querySelector('{HERE}'))"
                assert page.evaluate(wide) <= 0, width
        page.set_viewport_size({"width": 1440, "height": 900})
        page.click("#hb-language")
        expect(page.get_by_role("tab", name="Ask", exact=True)).to_be_visible()
        open_first(page)
        expect(page.locator(f"{HERE} .hb-at")).to_have_text("Citation 1 / 4")
        expect(page.get_by_role("button", name="Find in the article").first).to_be_visible()
    assert found == []
