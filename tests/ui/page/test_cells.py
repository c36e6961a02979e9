"""The table of a cited row, as HTML."""

import re

from ui.page.cells import cells_html

BODY = """Thu chi của xã:
Thuế · năm 2021 (tỷ đồng): 12,5; năm 2022 (tỷ đồng): 13,1
<b>Phí</b> · năm 2021 (tỷ đồng): 2,4; năm 2022: -
Xã họp ngày 3/4."""


def marked(html: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", html)


def test_the_cell_that_the_statement_takes_is_marked() -> None:
    start = BODY.index("Thuế")
    end = BODY.index("\n", start)
    html = cells_html(BODY, start, end, "vi", "Thuế năm 2022 là 13,1 tỷ đồng [1].")
    assert marked(html) == ["13,1"]
    assert html.count("<tr") == 3 and html.count('aria-current="true"') == 1
    assert "&lt;b&gt;Phí&lt;/b&gt;" in html and "<b>" not in html
    # Cited alone, a cell needs no statement; a figure within a longer one is not it.
    at = BODY.index("12,5")
    assert marked(cells_html(BODY, at, at + 4, "vi")) == ["12,5"]
    assert marked(cells_html(BODY, start, end, "vi", "Thuế là 113,1 tỷ đồng.")) == []


def test_other_words_show_no_table() -> None:
    assert cells_html(BODY, 0, 14, "vi") == ""
    start = BODY.index("Thuế")
    assert cells_html(BODY, start, len(BODY), "en") == ""
