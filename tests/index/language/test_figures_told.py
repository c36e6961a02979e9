import pytest

from index.language.figures import days, figures, months, numerals, years
from index.language.names import mentions, names


def test_numbers_in_words_times_and_codes() -> None:
    said = numerals(
        "hai mươi lăm, ba trăm linh năm, ba nghìn bốn trăm, mười hai triệu, linh mục Hai Long"
    )
    assert [f.value for f in said] == ["25", "305", "3400", "12000000", "2"]
    assert [f.value for f in figures("20h30, 16:17, U23, Covid-19, 5 tỷ")] == [
        "20:30",
        "16:17",
        "u23",
        "covid-19",
        "5000000000",
    ]


def test_figures_days_and_years() -> None:
    found = figures("Lần thứ VIII, 108/108 tổ chức, 98,4% và 05 tỷ đồng, số 21-KL/TW, năm 2020")
    assert [f.key for f in found if f.quantity] == ["108", "108", "98.4", "5"]
    assert [(d.day, d.month, d.year) for d in days("11-8, ngày 7/4/2022, 10 tháng 5")] == [
        (7, 4, 2022),
        (11, 8, None),
        (10, 5, None),
    ]
    assert days("108/108, 2020-2025, 98,4%, 10 tháng đầu năm") == []
    assert years("Năm 2015, nhiệm kỳ 2015 - 2020, ngày 18/5/2021") == {2015, 2021}


def test_names() -> None:
    assert names("Ai là Bí thư tỉnh Lâm Đồng?") == ["Lâm Đồng"]
    assert names("the Party Committee of Lam Dong") == ["Lam Dong"]
    assert mentions("ở LÂM ĐỒNG.", "Lâm Đồng") and mentions("ở Lâm Đồng", "Lam Dong")
    assert not mentions("Phạm Thanh Quang", "Phạm Thanh Quan")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12 500 ha, 1 250 000 đồng, 3\u00a0040 ha", ["12500", "1250000", "3040"]),
        ("lớp 10 200 em, năm 2010 26 116 tỷ", ["10", "200", "2010", "26116000000000"]),
        ("gọi 0912 345 678", ["912", "345", "678"]),
        ("1tr5, 500k, 2tỷ3", ["1500000", "500000", "2300000000"]),
        ("2,3 nghìn tỷ và 5 tỷ lệ", ["2300000000000", "5"]),
        ("1 tỷ 200 triệu, 1 triệu rưỡi", ["1200000000", "1500000"]),
        ("1.234,5 tấn, 1,234.5 tons, 1.5 million", ["1234.5", "1234.5", "1500000"]),
        ("15.000 m2/ngày", ["15000"]),
    ],
)
def test_figures_as_people_write_them(text: str, values: list[str]) -> None:
    assert [figure.value for figure in figures(text)] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("một tỷ hai trăm triệu; một tỷ hai; nửa triệu", ["1200000000", "1200000000", "500000"]),
        ("hai mốt, ba lăm, mười bảy rưỡi, hai trăm rưỡi", ["21", "35", "17.5", "250"]),
        ("hai nghìn không trăm hai mươi hai", ["2022"]),
        ("hai năm, ba mươi năm, một trăm năm", ["2", "30", "100"]),
        ("năm tỷ lệ, một người, tư nhân", []),
        ("hai ba người, năm bảy triệu", ["2..3", "5000000..7000000"]),
        ("twenty-five, one hundred and five, half a million", ["25", "105", "500000"]),
    ],
)
def test_numbers_in_words(text: str, values: list[str]) -> None:
    assert [figure.value for figure in numerals(text)] == values


def test_days_are_told_from_shares_ranges_and_scores() -> None:
    assert days("10/12 xã, 5-10 người, thắng 3-1, may 12 bộ") == []
    found = days("Sáng 7/4 xã A họp; Apr. 7, 2022; từ ngày 5 - 7/4 tỉnh mưa")
    assert [(day.day, day.month, day.year) for day in found] == [
        (7, 4, 2022),
        (7, 4, None),
        (7, 4, None),
    ]


def test_months_without_a_day() -> None:
    found = months("tháng 3/2019, tháng tư, in May 2020, 6 tháng, ngày 7/4/2022, quý 4-2017")
    assert sorted((day.month, day.year or 0, day.day) for day in found) == [
        (3, 2019, 0),
        (4, 0, 0),
        (5, 2020, 0),
    ]
