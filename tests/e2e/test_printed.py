"""A page that Chromium printed to PDF, as a person saves an article: what is read of it."""

import pytest
from playwright.sync_api import Browser

from index.reading.pdf import read_pdf

pytestmark = pytest.mark.browser

ROWS = [
    ("Xã", "Hộ nghèo", "Nhà đã xây"),
    ("Nà Hẩu", "48", "7"),
    ("Châu Quế Hạ", "112", "35"),
    ("Phong Dụ", "9", "4"),
]


def test_a_page_printed_by_chromium(browser: Browser) -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = browser.contexts[0].new_page()
    page.set_content(
        "<meta charset=utf-8><style>td{border:1px solid #000;padding:4px}table{border-collapse:collapse}"
        "p.lead::first-letter{float:left;font-size:48px;line-height:40px}</style>"
        "<h1 style='letter-spacing:4px'>Nhà mới ở vùng cao</h1>"
        f"<p class=lead>{'Trong ba tháng, các xã xây nhà cho hộ nghèo. ' * 4}</p>"
        f"<table>{cells}</table><p>Huyện sẽ xây xong trước Tết.</p>"
    )
    made = page.pdf()
    page.close()
    text = "\n".join(document.text for document in read_pdf(made, {}))  # type: ignore[union-attr]
    found = text.split("\n")
    assert found[:2] == [
        "Nhà mới ở vùng cao",
        ("Trong ba tháng, các xã xây nhà cho hộ nghèo. " * 4).strip(),
    ]
    assert [
        all(cell in line for cell in row) for line, row in zip(found[2:5], ROWS[1:], strict=True)
    ] == [True] * 3
    assert found[5] == "Huyện sẽ xây xong trước Tết."
