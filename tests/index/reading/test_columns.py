"""Tables of plain text and of Markdown as lines."""

import pytest

from index import reading
from index.reading import Document
from index.reading.columns import tell_columns

TAB = """Vốn giao năm 2024 (đơn vị: triệu đồng)

Xã\tVốn tỉnh\tVốn xã
Nà Lốc\t3.100\t240
Bản Khoang\t2.050\t-

Huyện sẽ giao hết vốn trước tháng Sáu."""
TOLD = ["Xã Nà Lốc · vốn tỉnh (triệu đồng): 3.100; vốn xã (triệu đồng): 240"]
TOLD += ["Xã Bản Khoang · vốn tỉnh (triệu đồng): 2.050; vốn xã: -"]


@pytest.mark.parametrize("between", ["\t", " | ", "    "])
def test_rows_of_text_are_told_with_their_heads(between: str) -> None:
    lines = tell_columns(TAB.replace("\t", between)).split("\n")
    assert lines[2:4] == TOLD
    assert lines[-1] == "Huyện sẽ giao hết vốn trước tháng Sáu."


def test_ruled_rows_of_text_and_tables_of_markdown_are_told() -> None:
    ruled = "| Xã | Vốn tỉnh | Vốn xã |\n|---|---|---|\n| Nà Lốc | 3.100 | 240 |\n| Bản Khoang | 2.050 | - |"
    before = "Vốn năm 2024 (đơn vị: triệu đồng):\n\n"
    (document,) = reading.read("a.md", f"# Giao vốn\n\n{before}{ruled}\n\nHết.".encode(), {})
    assert isinstance(document, Document)
    assert document.text.split("\n")[-3:-1] == TOLD
    assert tell_columns(before + ruled).split("\n")[-2:] == TOLD


def test_what_is_no_table_stays() -> None:
    for text in (
        "Ông Tư\tlàm rẫy\nBà Ba\tbán cá\nCô Năm\tdạy học",
        "Dòng một có  hai khoảng trắng.\nDòng hai có  hai khoảng trắng.\nDòng ba  cũng vậy.",
        "Tác giả | 12/3/2024",
        "\t\n\t\n\t\n",
    ):
        assert tell_columns(text) == text
