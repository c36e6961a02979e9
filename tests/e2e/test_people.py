"""Two people in two browsers: they log in, each sees only their own, a member nothing of an editor's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ARTIFACTS, SAMPLES
from tests.e2e.browser import CITATION, LIMIT, LOCALE, ask, open_tab, still
from tests.e2e.told import Served

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
PASSWORDS = {"An": "mật khẩu của An", "Chi": "mật khẩu của Chi"}
QUESTIONS = {"An": "Cầu của An dài bao nhiêu?", "Chi": "Cầu của Chi dài bao nhiêu?"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    people = {"An": (PASSWORDS["An"], "member"), "Chi": (PASSWORDS["Chi"], "editor")}
    made = Served(tmp_path_factory.mktemp("people") / "library", people=people)  # type: ignore[arg-type]
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


def test_two_people_share_a_library_and_nothing_else(browser: Browser, served: Served) -> None:
    pages: dict[str, Page] = {}
    for name in PASSWORDS:
        page = browser.new_context(locale=LOCALE).new_page()
        page.set_viewport_size({"width": 1400, "height": 900})
        page.set_default_timeout(LIMIT)
        logs_in(page, served, name)
        pages[name] = page
    for name, page in pages.items():
        served.assistant.finish(QUESTIONS[name])
        ask(page, QUESTIONS[name])
        expect(page.locator(CITATION).first).to_be_visible()
        writes_a_note(page, f"ghi chú của {name}")
    for name, page in pages.items():
        sees_only_their_own(page, name, next(one for one in pages if one != name))
    an, chi = pages["An"], pages["Chi"]
    is_a_member(an)
    is_an_editor(chi)
    an.goto(chi.url)  # the address of the other's conversation
    expect(an.locator("#hb-note")).to_contain_text("đã bị xóa")
    assert "của Chi" not in an.locator("body").inner_text()
    logs_out(an, served)
    for page in pages.values():
        page.context.close()


def logs_in(page: Page, served: Served, name: str) -> None:
    page.goto(served.address)
    page.evaluate(AXE.read_text("utf-8"))
    page.fill("#name", name.lower())
    page.fill("#password", "sai mật khẩu")
    page.click("button")
    expect(page.get_by_role("alert")).to_contain_text("Sai tên hoặc mật khẩu")
    expect(page.locator("#name")).to_have_value(name.lower())
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert result["violations"] == [] and len(result["passes"]) > 5
    page.screenshot(path=str(ARTIFACTS / "people-login.png"))
    page.fill("#password", PASSWORDS[name])
    page.keyboard.press("Enter")
    expect(page.locator("#hb-question textarea")).to_be_visible()
    expect(page.locator(".hb-who")).to_contain_text(name)


def writes_a_note(page: Page, text: str) -> None:
    page.locator(CITATION).first.click()
    page.click("[data-note=write]")
    page.fill(".hb-note-form textarea", text)
    page.click("[data-note=keep]")
    expect(page.locator(".hb-notes")).to_contain_text(text)


def sees_only_their_own(page: Page, name: str, other: str) -> None:
    page.reload()
    expect(page.locator("#hb-talks")).to_contain_text(f"của {name}")
    open_tab(page, "Ghi chú")
    expect(page.locator("#hb-notes")).to_contain_text(f"ghi chú của {name}")
    still(page)
    assert f"của {other}" not in page.locator("body").inner_text()
    page.screenshot(path=str(ARTIFACTS / f"people-{name}.png"))


def is_a_member(page: Page) -> None:
    open_tab(page, "Bài báo")
    expect(page.locator("#hb-articles")).to_contain_text("An Hòa")
    for gone in ("#hb-add", "#hb-correct"):
        expect(page.locator(gone)).to_have_count(0)
    open_tab(page, "Hồ sơ")
    expect(page.locator("#hb-dossier-export")).to_be_visible()
    for gone in ("#hb-dossier-new", "#hb-dossier-delete", "#hb-names-merge"):
        expect(page.locator(gone)).to_have_count(0)


def is_an_editor(page: Page) -> None:
    open_tab(page, "Bài báo")
    page.get_by_text("Thêm bài báo", exact=True).click()
    expect(page.locator("#hb-files")).to_be_visible()
    expect(page.locator("#hb-path")).to_have_count(0)
    open_tab(page, "Hồ sơ")
    expect(page.locator("#hb-dossier-new")).to_be_visible()
    open_tab(page, "Hỏi")


def logs_out(page: Page, served: Served) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("#password")).to_be_visible()
    reply = page.goto(f"{served.address}/config")
    assert reply and reply.status == 401
