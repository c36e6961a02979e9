from index.language.figures import days, figures, months, numerals, years


def test_a_scale_behind_thousands_counts_for_all_of_them() -> None:
    said = "ba nghìn bốn trăm tỷ|năm nghìn hai trăm năm mươi triệu|hai nghìn ba trăm|một tỷ hai trăm triệu"
    found = [numerals(one)[0].value for one in said.split("|")]
    assert found == ["3400000000000", "5250000000", "2300", "1200000000"]


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


def test_figures_with_spaces_in_them_and_days_that_no_month_has() -> None:
    said = figures("tăng 7 , 4 %, 48 , 6 triệu đồng, 1 250 000 đồng; thôn 3 , 4 và 5")
    assert [f.value for f in said] == ["7.4%", "48600000", "1250000", "3", "4", "5"]
    none = "từ 2-3 tháng|mở cửa 24/7|tỷ lệ 1/4|lớp 10/12|ngày 10/3 âm lịch|rằm tháng 8|mùng 10 tháng 3 âm lịch"
    assert [
        (one, days(one), months(one)) for one in none.split("|") if days(one) or months(one)
    ] == []
    said = "sáng 24/7 mưa|từ 2-3 năm 2023|ngày 2-3, họp|rằm tháng Giêng, ngày 24/2/2024"
    assert [len(days(one)) for one in said.split("|")] == [1, 1, 1, 1]
    assert days("30/2, 31/4, 32/5, ngày 0/5, 2-3 tháng, 10/12 xã") == []
