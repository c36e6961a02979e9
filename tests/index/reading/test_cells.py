"""A body's told rows as the table that they come from."""

from index.reading.cells import table_at
from index.reading.table import header_rows, told_rows

CELLS = [
    ["Khoản mục", "Năm 2021", "Năm 2022"],
    ["A. Thu", "A. Thu", "A. Thu"],
    ["Thuế", "12,5", "13,1"],
    ["Phí", "2,4", "-"],
    ["B. Chi", "B. Chi", "B. Chi"],
    ["Y tế", "4,0; nợ 1,0", "4,4"],
]


def test_rows_and_cells_of_a_told_table_are_found_again() -> None:
    told = told_rows(CELLS, header_rows(CELLS), "tỷ đồng")
    body = "\n".join(["Huyện báo cáo.", *told, "Họp xong lúc 11 giờ."])
    for line in told[1:]:
        if " · " not in line:
            continue
        rows = table_at(body, body.index(line))
        assert [body[row.start : row.end] for row in rows] == told[1:]
        read = [[body[cell.start : cell.end] for cell in row.cells] for row in rows if row.cells]
        assert read == [row[1:] for row in CELLS[1:] if row[0] != row[1]]
    assert table_at(body, 0) == [] and table_at(body, len(body) - 3) == []


def test_a_line_with_a_point_in_it_alone_is_no_table() -> None:
    assert table_at("Báo Vùng Cao · Mùa A Lử: lúa chín.\nMưa đã tạnh.", 5) == []
    assert table_at("", 0) == []
