"""Tables of PDFs told as those of pages and Word files are: heads of two rows, units, over pages."""

import pytest
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.index.reading.test_pdf import drawn, put

XS = [50, 170, 250, 330, 410, 490]
FIGURES = [
    ("Nà Ca", "120", "118", "140", "133"),
    ("Bản Pắt", "95", "80", "100", "91"),
    ("Lũng Vai", "64", "64", "70", "68"),
    ("Tả Hin", "31", "30", "33", "29"),
]


def cells(canvas: Canvas, y: float, *rows: tuple[str, ...]) -> float:
    """A ruled table of these rows from a height down; returns its foot."""
    canvas.grid(XS, [y - 20 * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            put(canvas, x + 4, y - 14 - 20 * n, text)
    return y - 20 * len(rows)


def heads(canvas: Canvas, y: float, ruled: bool) -> float:
    """Two rows of heads, the years each over two columns."""
    if ruled:
        for x in (XS[0], XS[1], XS[3], XS[5]):
            canvas.line(x, y, x, y - 40)
        for x in (XS[2], XS[4]):
            canvas.line(x, y - 20, x, y - 40)
        canvas.line(XS[0], y, XS[5], y)
        canvas.line(XS[1], y - 20, XS[5], y - 20)
        canvas.line(XS[0], y - 40, XS[5], y - 40)
    put(canvas, XS[0] + 4, y - 24 if ruled else y - 34, "Xã")
    put(canvas, XS[1] + 44, y - 14, "Năm 2021")
    put(canvas, XS[3] + 44, y - 14, "Năm 2022")
    for n, text in enumerate(("Kế hoạch", "Thực hiện") * 2, 1):
        put(canvas, XS[n] + 4, y - 34, text)
    return y - 40


def told(name: str, *figures: str) -> str:
    kinds = [f"năm {year}, {kind}" for year in (2021, 2022) for kind in ("Kế hoạch", "Thực hiện")]
    values = "; ".join(
        f"{kind} (triệu đồng): {one}" for kind, one in zip(kinds, figures, strict=True)
    )
    return f"Xã {name} · {values}"


@pytest.mark.parametrize("ruled", [True, False])
def test_two_rows_of_heads_and_the_unit_above(ruled: bool) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Vốn cho các xã hai năm như sau.")
        put(canvas, 370, 752, "Đơn vị tính: triệu đồng")
        y = heads(canvas, 740, ruled)
        if ruled:
            cells(canvas, y, *FIGURES)
        else:
            for n, row in enumerate(FIGURES):
                for x, text in zip(XS, row, strict=False):
                    put(canvas, x + 4, y - 14 - 20 * n, text)

    assert drawn(page)[-4:] == [told(*row) for row in FIGURES]


@pytest.mark.parametrize("again", [True, False])
def test_a_table_over_two_pages_keeps_its_heads_and_unit(again: bool) -> None:
    def first(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Vốn cho các xã hai năm (đơn vị: triệu đồng):")
        cells(canvas, heads(canvas, 740, True), *FIGURES[:2])

    def second(canvas: Canvas) -> None:
        y = heads(canvas, 790, True) if again else 790
        foot = cells(canvas, y, *FIGURES[2:])
        put(canvas, 50, foot - 30, "Các xã đã nhận đủ vốn trong quý.")

    found = drawn(first, second)
    assert found[-5:-1] == [told(*row) for row in FIGURES]
    assert found[-1] == "Các xã đã nhận đủ vốn trong quý."


def test_another_table_on_the_next_page_is_its_own() -> None:
    def first(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Số hộ của các xã:")
        cells(canvas, 740, ("Xã", "Hộ nghèo", "Hộ khá", "Hộ giàu", "Cộng"), *FIGURES[:2])

    def second(canvas: Canvas) -> None:
        put(canvas, 50, 780, "Còn đây là số gia súc.")
        cells(canvas, 740, ("Xã", "Trâu", "Bò", "Lợn", "Dê"), *FIGURES[:2])

    found = drawn(first, second)
    assert found[-1] == "Xã Bản Pắt · Trâu: 95; Bò: 80; Lợn: 100; Dê: 91"
    assert found[2] == "Xã Bản Pắt · hộ nghèo: 95; hộ khá: 80; hộ giàu: 100; Cộng: 91"
