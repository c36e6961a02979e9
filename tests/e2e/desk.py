"""A picture of each part of the researcher's desk, light beside dark: `make screenshot` writes docs/desk/,
`python tests/e2e/desk.py NAME…` some of them.

The reader and the writer are told what to find (`tests.e2e.test_desk`), everything else is the program's own.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests.e2e.browser import chromium, open_tab, opened  # noqa: E402
from tests.e2e.pictures import DESK, taken  # noqa: E402
from tests.e2e.test_desk import DRAFT, LENGTH, STALLS, Researcher, draft  # noqa: E402

FOLDER = ROOT / "docs" / "desk"
#: The names of those that are taken; all where none is named.
WANTED = {*sys.argv[1:]}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        made = Researcher(Path(folder) / "library")
        try:
            made.filled(Path(folder) / "bao")
            with opened(browser, made.address, width=DESK[0]) as page:
                asking(page, made)
                finding(page)
                filing(page, made)
                checking(page, Path(folder), made)
        finally:
            made.close()


def keep(page: Page, name: str) -> None:
    """Keeps what the page looks like under a name."""
    if not WANTED or name in WANTED:
        taken(page, FOLDER / f"{name}.png")
        print(name, flush=True)


def field(page: Page, name: str, text: str) -> None:
    """Fills a field of one line."""
    page.locator(f"#{name} input, #{name} textarea").first.fill(text)


def asking(page: Page, made: Researcher) -> None:
    """What is new of what is followed; a correction first; what papers changed; evidence."""
    expect(page.locator("#hb-followed .hb-news li")).to_have_count(1)
    keep(page, "standing")
    made.asks(page, STALLS)
    page.locator('#hb-chat .hb-answer a[href*="#cite-"]').last.click()
    expect(page.locator("#hb-source .hb-correction")).to_be_visible()
    keep(page, "correction")
    page.locator("#hb-chat .hb-answer [data-sheet]").last.click()
    page.locator("#hb-export-kind input").click()
    page.get_by_role("option", name="Hồ sơ bằng chứng").click()
    page.click("#hb-export")
    expect(page.locator("#hb-export-file a[download]")).to_be_visible()
    keep(page, "evidence")
    page.keyboard.press("Escape")
    made.asks(page, LENGTH, length=True)
    page.locator('#hb-chat .hb-answer a[href*="#cite-"]').last.click()
    box = page.locator("#hb-source .hb-reprints")
    box.locator("summary").first.click()
    box.locator("details summary").first.click()
    box.scroll_into_view_if_needed()
    keep(page, "reprints")


def finding(page: Page) -> None:
    """Exact search with its counts, and a query that is none."""
    open_tab(page, "Tìm")
    field(page, "hb-find-query", "cầu OR (lũ date:2021..2022)")
    page.click("#hb-find-send")
    expect(page.locator("#hb-found .hb-found-count")).to_be_visible()
    page.locator("#hb-found summary").first.click()
    keep(page, "find")
    field(page, "hb-find-query", 'cầu AND (lũ OR "sạt lở"')
    page.click("#hb-find-send")
    expect(page.locator("#hb-found")).to_contain_text("cột")
    keep(page, "find-wrong")
    open_tab(page, "Tên")
    expect(page.locator("#hb-names [data-named]").first).to_be_visible()
    expect(page.locator("#hb-offices tbody tr").first).to_be_visible()
    keep(page, "names")


def filing(page: Page, made: Researcher) -> None:
    """Dossiers, the chip of one, notes, the trash."""
    open_tab(page, "Hồ sơ")
    for name, query in (("Lũ 2021", "lũ NOT cầu date:2021"), ("Hòa Bình", 'place:"Hòa Bình"')):
        field(page, "hb-dossier-name", name)
        page.click("#hb-dossier-new")
        expect(page.locator("#hb-dossiers")).to_contain_text(name)
        field(page, "hb-dossier-query", query)
        page.click("#hb-dossier-add")
        expect(page.locator("#hb-dossier-said")).to_contain_text(name)
    page.locator("#hb-dossiers button").first.click()
    keep(page, "dossiers")
    open_tab(page, "Hỏi")
    page.click("#hb-new")
    expect(page.locator("#hb-chips .hb-chip")).to_be_visible()
    keep(page, "chip")
    page.locator("#hb-chips .hb-chip button").click()
    ids = {row.details.title: row.id for row in made.library.articles()}
    notes = made.library.notes
    notes.add(ids["Lũ cuốn trôi chợ Hạ Bình"], "hỏi lại xã", "40 gian hàng", ["nợ", "số liệu"])
    notes.add(ids["Khánh thành cầu Nà Lạn"], "ai duyệt?", "84 tỷ đồng", ["số liệu"], starred=True)
    notes.star(ids["Thêm 46 km đường về bản"])
    open_tab(page, "Ghi chú")
    expect(page.locator("#hb-notes")).to_contain_text("hỏi lại xã")
    keep(page, "notes")
    made.library.remove([ids["Cầu Nà Lạn thông xe"]])
    talk, _ = made.history.begin("", "Đường nào bị vùi lấp?")
    made.history.delete(talk)
    open_tab(page, "Bài báo")
    page.locator("#hb-trash").get_by_text("Thùng rác").first.click()
    expect(page.locator("#hb-trash-items label")).to_have_count(2)
    page.locator("#hb-trash").scroll_into_view_if_needed()
    keep(page, "trash")


def checking(page: Page, folder: Path, made: Researcher) -> None:
    """A draft, pasted and in Word; what the library weighs."""
    open_tab(page, "Bản thảo")
    page.locator("#hb-draft textarea").fill(" ".join(DRAFT))
    page.click("#hb-check")
    expect(page.locator("#hb-checked")).to_contain_text("Núi lửa")
    page.set_input_files("#hb-draft-file input[type=file]", draft(folder))
    expect(page.locator("#hb-draft-file")).to_contain_text(".docx")
    page.click("#hb-draft-check")
    expect(page.locator("#hb-draft-commented a[download]")).to_be_visible()
    page.locator("#hb-checked").scroll_into_view_if_needed()
    keep(page, "draft")
    page.locator("#hb-draft-commented").scroll_into_view_if_needed()
    keep(page, "draft-word")
    page.click("#hb-settings")
    expect(page.locator("#hb-sheet-settings .hb-parts li").first).to_be_visible()
    page.locator("#hb-sheet-settings .hb-parts li").last.scroll_into_view_if_needed()
    keep(page, "weight")


if __name__ == "__main__":
    main()
