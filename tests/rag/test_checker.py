import pytest

from index.language.figures import days, figures, numerals, years
from index.language.names import mentions, names
from rag.check.checker import problems

QUOTE = (
    "Trong Quý I năm 2022, Ban Thường vụ đã kết nạp 26 quần chúng ưu tú vào Đảng; cùng 299 đại biểu "
    "chính thức đại diện cho hơn 3.400 đảng viên; tỷ lệ hộ nghèo giảm từ 9,7% xuống 4,1%; hỗ trợ 05 tỷ "
    "đồng; ngày 14-1-2016, đồng chí Phạm Thanh Quan phát biểu tại Đà Lạt; mở hai lớp bồi dưỡng."
)


@pytest.mark.parametrize(
    "statement",
    [
        "26 quần chúng ưu tú",
        "đại diện cho hơn 3400 đảng viên",
        "Hơn 3,400 đảng viên",
        "Hộ nghèo giảm còn 4,1 %",
        "5 tỷ đồng",
        "Ngày 14 tháng 1 năm 2016, Phạm Thanh Quan phát biểu",
        "14/01/2016",
        "On 14 January 2016 Pham Thanh Quan spoke at Da Lat",
        "2 lớp bồi dưỡng",
        "Hỗ trợ 5.000.000.000 đồng",
        "Phạm Thanh Quan phát biểu ngày 14-1-2016, kết nạp 26 quần chúng",
        "Tại Đà Lạt, đồng chí Phạm Thanh Quan phát biểu",
    ],
)
def test_true_statements_pass(statement: str) -> None:
    assert problems(statement, [QUOTE]) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "62 quần chúng ưu tú",
        "3.400 đại biểu chính thức",
        "299 đảng viên",
        "Hộ nghèo giảm còn 4,1 người, tức 14%",
        "5 triệu đồng",
        "26%",
        "Ngày 15-1-2016",
        "Ngày 14/1/2017",
        "Phạm Thanh Quân phát biểu",
        "Ông Trần Văn Bình phát biểu",
        "Tỷ lệ hộ nghèo tăng",
        "Không kết nạp 26 quần chúng",
        "UBND tỉnh hỗ trợ 05 tỷ đồng",
        "3.400 đảng viên",
        "Gần 3.400 đảng viên",
        "Ba lớp bồi dưỡng",
        "Tỷ lệ hộ nghèo giảm từ 4,1% xuống 9,7%",
        "Tỷ lệ hộ nghèo từ 9,7% lên 4,1%",
        "26 quần chúng ưu tú không được kết nạp",
        "Quang phát biểu tại Đà Lạt",
        "Đồng chí Quang phát biểu",
        "Phát biểu tại Hà Nội",
        "Trong Quý II năm 2022, kết nạp 26 quần chúng",
        "Mưa lớn gây ngập nhiều tuyến phố",
    ],
)
def test_falsified_statements_do_not(statement: str) -> None:
    found = problems(statement, [QUOTE])
    assert found and all("\n" not in line for line in found)


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Trận đấu bắt đầu lúc 20h45.", "Trận đấu bắt đầu lúc 20h30."),
        ("U22 Việt Nam thắng U22 Thái Lan.", "U23 Việt Nam thắng U23 Thái Lan."),
        ("Cầu dài 486 km.", "Cầu dài 486 m."),
        ("Công ty lãi 12 triệu đồng.", "Công ty lãi 12 tỷ đồng."),
        ("Ông An gặp bà Lan ở Huế.", "Ông An gặp bà Mai ở Huế."),
        ("Lan đạt giải nhất, Mai giải nhì.", "Mai đạt giải nhất, Lan giải nhì."),
        ("Tỉnh A có 5 xã, tỉnh B có 7 xã.", "Tỉnh A có 7 xã, tỉnh B có 5 xã."),
        ("Huyện hoàn thành kế hoạch.", "Huyện không hoàn thành kế hoạch."),
        ("Ông Trần Văn Hòa trao 12 suất quà.", "Ông Trần Văn Hòa dự. Hội trao 12 suất quà."),
        ("Hội nghị bế mạc sáng 7/4.", "Hội nghị khai mạc sáng 7/4."),
        ("Dân số tăng lên 3.400 người.", "Dân số là 3.400 người."),
    ],
)
def test_the_right_words_in_the_wrong_place_do_not_pass(statement: str, quote: str) -> None:
    assert problems(statement, [quote])
    assert problems(quote, [quote]) == ()


@pytest.mark.parametrize(
    ("statement", "quote"),
    [
        ("Sáng 7/4, tại Huế, ông An gặp bà Mai.", "Ông An gặp bà Mai sáng 7/4 tại Huế."),
        ("Hai mươi lăm xã", "Có 25 xã đạt chuẩn."),
        ("25 xã", "Có hai mươi lăm xã đạt chuẩn."),
        ("Khoảng 1.500.000 người", "Có khoảng 1,5 triệu người."),
        ("Ong An gap ba Mai", "Ông An gặp bà Mai sáng 7/4 tại Huế."),
        ("Hòa Bình có 12 xã", "Hoà Bình có 12 xã."),
    ],
)
def test_another_order_or_spelling_passes(statement: str, quote: str) -> None:
    assert problems(statement, [quote]) == ()


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


def test_a_year_or_name_may_stand_beside_the_quote_a_figure_may_not() -> None:
    context = "Hội nghị tỉnh Lâm Đồng\n07/04/2022\n31 tập thể"
    assert problems("Lâm Đồng, 2022", ["Hội nghị bế mạc."], context) == ()
    assert problems("31 tập thể", ["Hội nghị bế mạc."], context)


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
