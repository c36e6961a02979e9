"""Tables of pages as lines: a row with the heads of its columns; and tables that are none."""

import pytest

from index import reading
from index.reading import Document
from index.reading.grid import MERGED
from index.reading.table import header_rows, told_rows

TOLD = "<p>Sáng 7/4, Hội đồng nhân dân huyện Tân Sơn Hạ họp, bàn việc làm đường và giảm nghèo.</p>"


def lines(table: str, before: str = "") -> list[str]:
    """What is read of a page between its first and its last paragraph."""
    page = (
        f"<html><body><article><h1>Kỳ họp</h1>{TOLD}{before}{table}{TOLD}</article></body></html>"
    )
    (found,) = reading.read("a.html", page.encode(), {})
    assert isinstance(found, Document)
    read = found.text.split("\n")
    first = next(n for n, line in enumerate(read) if line.startswith("Sáng 7/4"))
    return [line for line in read[first + 1 :] if not line.startswith("Sáng 7/4")]


def rows(*told: str, cell: str = "td") -> str:
    return "".join(
        f"<tr>{''.join(f'<{cell}>{one}</{cell}>' for one in row.split('|'))}</tr>" for row in told
    )


@pytest.mark.parametrize(
    ("table", "before", "expected"),
    [
        pytest.param(
            f"<table>{rows('Xã|Số hộ|Vốn tỉnh', cell='th')}"
            f"{rows('Nà Lốc|62|3.100', 'Bản Khoang|71|2.050')}</table>",
            "<p>Vốn năm 2024 (đơn vị: triệu đồng):</p>",
            [
                "Vốn năm 2024 (đơn vị: triệu đồng):",
                "Xã Nà Lốc · số hộ: 62; vốn tỉnh (triệu đồng): 3.100",
                "Xã Bản Khoang · số hộ: 71; vốn tỉnh (triệu đồng): 2.050",
            ],
            id="unit before it",
        ),
        pytest.param(
            "<div class='table-responsive'><table><caption>Đơn vị tính: tỷ đồng</caption><thead><tr>"
            "<th rowspan=2>TT</th><th rowspan=2>Khoản mục</th><th colspan=2>Năm 2019</th>"
            "<th colspan=2>Năm 2020</th>"
            f"</tr>{rows('Kế hoạch|Thực hiện|Kế hoạch|Thực hiện', cell='th')}</thead><tbody>"
            f"{rows('1|Chi y tế|10,5|9,8|11|11', '2|Chi đường|7|7|-|6,2')}</tbody></table></div>",
            "",
            [
                "Đơn vị tính: tỷ đồng",
                "Chi y tế · năm 2019, Kế hoạch (tỷ đồng): 10,5; năm 2019, Thực hiện (tỷ đồng): 9,8; "
                "năm 2020, Kế hoạch (tỷ đồng): 11; năm 2020, Thực hiện (tỷ đồng): 11",
                "Chi đường · năm 2019, Kế hoạch (tỷ đồng): 7; năm 2019, Thực hiện (tỷ đồng): 7; "
                "năm 2020, Kế hoạch: -; năm 2020, Thực hiện (tỷ đồng): 6,2",
            ],
            id="two rows of heads",
        ),
        pytest.param(
            "<table><tr><td><b>Huyện</b></td><td><b>Xã</b></td><td><b>Hộ nghèo</b></td></tr>"
            "<tr><td rowspan=2>Mường Tè Hạ</td><td>Pa Ủ</td><td>120</td></tr>"
            f"{rows('Tà Tổng|85')}{rows('Nậm Nhùn|Lê Lợi|31')}</table>",
            "",
            [
                "Xã Pa Ủ, Huyện Mường Tè Hạ · hộ nghèo: 120",
                "Xã Tà Tổng, Huyện Mường Tè Hạ · hộ nghèo: 85",
                "Xã Lê Lợi, Huyện Nậm Nhùn · hộ nghèo: 31",
            ],
            id="what spans rows",
        ),
        pytest.param(
            f"<table>{rows('Cây|ĐVT|Năm 2021|Năm 2022', cell='th')}<tr><td colspan=4>I. Vụ xuân</td></tr>"
            f"{rows('Lúa|tấn|5.000|5.100', 'Quế|ha|120|130')}<tr><td colspan=4>II. Vụ mùa</td></tr>"
            f"{rows('Lúa|tấn|4.200|4.300')}"
            "<tr><td>Ngô</td><td>tấn</td><td colspan=2>Chưa có số liệu</td></tr></table>",
            "",
            [
                "I. Vụ xuân",
                "Cây: Lúa, Vụ xuân · năm 2021 (tấn): 5.000; năm 2022 (tấn): 5.100",
                "Cây: Quế, Vụ xuân · năm 2021 (ha): 120; năm 2022 (ha): 130",
                "II. Vụ mùa",
                "Cây: Lúa, Vụ mùa · năm 2021 (tấn): 4.200; năm 2022 (tấn): 4.300",
                "Cây: Ngô, Vụ mùa · năm 2021, Năm 2022: Chưa có số liệu",
            ],
            id="sections and units of rows",
        ),
        pytest.param(
            "<table><tr><td><strong>Thứ Ba</strong></td><td><ul>"
            "<li>8 giờ: bà Lò Thị Ún</li><li>Phòng số 3</li></ul>"
            "</td></tr><tr><td><strong>Thứ Sáu</strong></td><td><p>14 giờ: ông Sùng A Dế</p>"
            "<p>Phòng số 5</p></td>"
            "</tr></table>",
            "",
            ["Thứ Ba: 8 giờ: bà Lò Thị Ún; Phòng số 3", "Thứ Sáu: 14 giờ: ông Sùng A Dế; Phòng số 5"],
            id="lists in cells",
        ),
        pytest.param(
            f"<table>{rows('Chủ tịch|Vàng A Tủa', 'Diện tích|120 km2', 'Dân số:|5.000 người')}</table>",
            "",
            ["Chủ tịch: Vàng A Tủa", "Diện tích: 120 km2", "Dân số: 5.000 người"],
            id="two columns",
        ),
        pytest.param(
            "<table>"
            + rows("Số hiệu|Trích yếu", cell="th")
            + rows("12/QĐ|<a href=1>Về việc giao đất rừng</a>", "15/QĐ|<a href=2>Về việc mở chợ</a>")
            + "</table>",
            "",
            [
                "Số hiệu: 12/QĐ · trích yếu: Về việc giao đất rừng",
                "Số hiệu: 15/QĐ · trích yếu: Về việc mở chợ",
            ],
            id="links",
        ),
    ],
)  # fmt: skip
def test_a_row_is_a_line_with_its_heads(table: str, before: str, expected: list[str]) -> None:
    assert lines(table, before) == expected


def test_a_long_table_keeps_each_figure_in_its_row() -> None:
    many = rows(*(f"{n}|Xã Số {n}|{n}.100|{n}.200" for n in range(1, 301)))
    found = lines(f"<table>{rows('STT|Xã|Năm 2022|Năm 2023', cell='th')}{many}</table>")
    assert len(found) == 300
    assert found[216] == "Xã Số 217 · năm 2022: 217.100; năm 2023: 217.200"


def test_tables_that_arrange_a_page_are_left_as_they_are() -> None:
    menu = "".join(
        f"<tr><td><a href={n}>Mục {n}</a></td><td><a href={n}>Tin {n}</a></td></tr>"
        for n in range(9)
    )
    assert not any("·" in line or ": Tin" in line for line in lines(f"<table>{menu}</table>"))
    assert lines(f"<table><tr><td>{TOLD.replace('Sáng 7/4, ', '')}</td></tr></table>")
    picture = "<table><tr><td><img src=a.jpg></td></tr><tr><td>Cầu Nà Lốc.</td></tr></table>"
    assert not any("·" in line for line in lines(picture))


def test_the_head_is_found_from_the_cells() -> None:
    years = [
        ["Xã", "Năm 2019", MERGED, "Năm 2020", MERGED],
        ["Xã", "kế hoạch", "thực hiện", "kế hoạch", "thực hiện"],
        ["A", "1", "2", "3", "4"],
        ["Nà Lốc", "5", "6", "7", "8"],
    ]
    assert header_rows(years) == 3
    assert told_rows(years, 3) == [
        "Xã Nà Lốc · năm 2019, kế hoạch: 5; năm 2019, thực hiện: 6; "
        "năm 2020, kế hoạch: 7; năm 2020, thực hiện: 8"
    ]
    assert header_rows([["Diện tích", "120"], ["Dân số", "5.000"], ["Số thôn", "8"]]) == 0
    assert header_rows([["Năm", "Hộ nghèo"], ["2019", "1.310"], ["2020", "1.200"]]) == 1
    titled = [["Bảng 2 (đơn vị: ha)"] * 3, ["Xã", "Lúa", "Ngô"], ["Nà Lốc", "12", "12"]]
    assert told_rows(titled, header_rows(titled)) == [
        "Bảng 2 (đơn vị: ha)",
        "Xã Nà Lốc · Lúa (ha): 12; Ngô (ha): 12",
    ]
    assert told_rows([["a", "b", "c"], ["d", "", "f"]], 0) == ["A · b; c", "D · f"]
    assert told_rows([], 0) == told_rows([[]], 0) == []


def test_a_row_that_is_numbered_as_a_group_heads_those_below() -> None:
    cells = [
        ["TT", "Nội dung", "Năm 2020", "Năm 2021"],
        ["I", "Thu", "", ""],
        ["1", "Phí", "3,1", "3,4"],
        ["", "Tổng thu", "3,1", "3,4"],
        ["II", "Chi", "", ""],
        ["1", "Y tế", "", ""],
        ["2", "Số liệu khác", "1,0", "1,1"],
    ]
    assert told_rows(cells, header_rows(cells), "tỷ đồng") == [
        "Thu",
        "Phí, Thu · năm 2020 (tỷ đồng): 3,1; năm 2021 (tỷ đồng): 3,4",
        "Tổng thu · năm 2020 (tỷ đồng): 3,1; năm 2021 (tỷ đồng): 3,4",
        "Chi",
        "Y tế, Chi",
        "Số liệu khác, Chi · năm 2020 (tỷ đồng): 1,0; năm 2021 (tỷ đồng): 1,1",
    ]


def test_a_table_in_a_figure_and_a_picture_over_its_caption() -> None:
    told = rows("Xã|Số liệu lúa|Số liệu ngô", "Nà Lốc|62|31", "Bản Khoang|71|20")
    block = f"<figure class='wp-block-table'><table>{told}</table><figcaption>Bảng 1</figcaption></figure>"
    found = lines(block, "<p>Năm 2024 (đơn vị: tỷ đồng):</p>")
    assert "Xã Nà Lốc · số liệu lúa (tỷ đồng): 62; số liệu ngô (tỷ đồng): 31" in found
    picture = "<table><tr><td><img src=a.jpg></td></tr><tr><td><i>Cầu Nà Lốc.</i></td></tr></table>"
    assert not any("|" in line for line in lines(picture))
