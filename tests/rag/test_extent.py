"""How far what was found goes on."""

import pytest

from index.types import Article, Details
from rag.extent import cell, gone_on, spoken
from rag.types import Source


def _source(body: str, words: str) -> Source:
    start = body.index(words)
    return Source(Article("a1", "t.txt", Details(), body), start, start + len(words))


@pytest.mark.parametrize(
    ("body", "words", "whole"),
    [
        (
            '" Mưa to quá.\nNước lên nhanh ", bà Na kể.\nChiều nay tạnh.',
            'Nước lên nhanh ", bà Na kể.',
            '" Mưa to quá.\nNước lên nhanh ", bà Na kể.',
        ),
        (
            "Bà Na nói: “Mưa to quá.\nNước lên nhanh.\nKhông kịp chạy”.\nChiều nay tạnh.",
            "Bà Na nói: “Mưa to quá.",
            "Bà Na nói: “Mưa to quá.\nNước lên nhanh.\nKhông kịp chạy”.",
        ),
        ("Bà Na nói: “Mưa to quá”. Chiều nay tạnh.", "Chiều nay tạnh.", "Chiều nay tạnh."),
        ('Cao 15" so với mặt đường. Chiều nay tạnh.', 'Cao 15" so với mặt đường.', None),
    ],
)
def test_speech_is_told_whole(body: str, words: str, whole: str | None) -> None:
    assert spoken(_source(body, words)).text == (whole or words)


def test_an_enumeration_goes_on_with_the_sentences_behind() -> None:
    body = (
        "Vé được gửi qua thư điện tử. Ngoài ra, khách nhận tin nhắn. Đồng thời, mã vé hiện trên trang web. "
        "Bên cạnh đó còn có vé giấy. Giá vé không đổi."
    )
    told = gone_on(_source(body, "Vé được gửi qua thư điện tử."))
    assert [one.text for one in told] == [
        "Ngoài ra, khách nhận tin nhắn.",
        "Đồng thời, mã vé hiện trên trang web.",
    ]
    assert gone_on(_source(body, "Bên cạnh đó còn có vé giấy.")) == []


def test_of_a_row_the_asked_cell_is_told() -> None:
    row = "Chi y tế · năm 2022 (tỷ đồng): 74,1; năm 2023 (tỷ đồng): 81,5"
    source = _source(f"Bảng thu chi.\n{row}\nHết.", row)
    assert cell(source, source.start + row.index("81")) == "Chi y tế · năm 2023 (tỷ đồng): 81,5"
    assert cell(source, source.start + row.index("74")) == "Chi y tế · năm 2022 (tỷ đồng): 74,1"
    assert cell(source, source.start) is None
    assert cell(_source("Cầu dài 486 m; rộng: 12 m.", "Cầu dài 486 m; rộng: 12 m."), 9) is None
