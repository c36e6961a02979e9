"""The details and bodies of articles; the five real ones where they are."""

from datetime import date

import pytest

from index.metadata import date_line, moment, parse
from index.types import Details
from tests.conftest import DATA, SAMPLES

ARTICLES = DATA.parent / "articles"
FURNITURE = (
    "EmailPrintAa",
    "Ý kiến bạn đọc",
    "Xem thêm",
    "Đọc báo in",
    "You are currently viewing",
    "Tin liên quan",
    "Bài viết hay",
)
REAL = {
    "000": Details(
        "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh thông qua Chương trình công tác toàn khóa và "
        "xác định một số nhiệm vụ trọng tâm",
        None,
        "Phan Xuân Bính",
        date(2020, 11, 6),
        "16:17",
    ),
    "001": Details(
        "Hội nghị Ban Chấp hành Đảng bộ Khối Các cơ quan tỉnh lần thứ 8",
        "baolamdong.vn",
        "Duy Danh",
        date(2022, 4, 7),
        None,
        "Lâm Đồng",
        "http://baolamdong.vn/chinhtri/202204/hoi-nghi-ban-chap-hanh-dang-bo-khoi-cac-co-quan-tinh-"
        "lan-thu-8-3110557/",
        ("published",),  # the day is in the dateline, the year only in the address
    ),
    "002": Details(
        "Đảng ủy Các cơ quan tỉnh sơ kết giữa nhiệm kỳ 2020-2025", "BBK", place="Bắc Kạn"
    ),
    "003": Details(
        "Đại hội Đảng bộ Khối các cơ quan tỉnh lần thứ VIII",
        None,
        "N.D - P.H",
        date(2020, 8, 11),
        "08:08",
    ),
    "004": Details(None, None, "Lam Hồng", None),
}
SAMPLE = {
    "01": ("ĐX online", "Hải Yến", date(2018, 9, 15)),
    "02": ("baotaylam.example", "Quang Vinh", None),
    "03": (None, "Thu Hà", None),
    "04": ("baodongxuan.example", "Lê Minh", date(2019, 7, 4)),
    "05": ("BTL", None, None),
    "06": (None, "T.T - M.Q", date(2020, 10, 22)),
    "07": (None, "Mạnh Cường", date(2020, 10, 25)),
    "08": ("ĐX online", "Hải Yến", date(2021, 9, 2)),
    "09": (None, "Ngọc Diệp", date(2019, 6, 7)),
    "10": (None, "Phương Thảo", date(2022, 4, 8)),
}


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not here")
@pytest.mark.parametrize("number", REAL)
def test_real_articles(number: str) -> None:
    path = next(ARTICLES.glob(f"{number}_*.txt"))
    details, body = parse(path.read_text("utf-8"))
    assert details == REAL[number]
    assert_clean(body)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_samples(path) -> None:  # type: ignore[no-untyped-def]
    details, body = parse(path.read_text("utf-8"))
    assert (details.outlet, details.author, details.published) == SAMPLE[path.name[:2]]
    assert (details.title is None) == path.name.startswith("03")
    assert_clean(body)


def assert_clean(body: str) -> None:
    assert not any(mark in body for mark in FURNITURE)
    lines = body.split("\n")
    assert len(lines) == len(set(lines)) and all(line == line.strip() != "" for line in lines)


def test_captions_and_a_lede_that_stand_twice_stand_once() -> None:
    lede = "Ngày 5-5, huyện Cẩm Thạch tổ chức lễ ra quân trồng cây với sự tham gia của " + "a " * 20
    _, body = parse(f"Lễ ra quân\n\n{lede}.\n\n{lede}.\n\nQuang cảnh lễ\nQuang cảnh lễ\n\nHết bài.")
    assert body.count("Cẩm Thạch") == body.count("Quang cảnh") == 1 and "Hết bài." in body


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Tiêu đề\n16:17 06/11/2020\nThân bài.", date(2020, 11, 6)),
        ("Tiêu đề\nThứ Ba, ngày 11-8-2020, 08:08\nThân bài.", date(2020, 8, 11)),
        ("Tiêu đề\n32/13/2020\nThân bài.", None),
        ("Tiêu đề\nNgày 14-1-2016, hội nghị diễn ra.", None),
        ("Tiêu đề\n(BX online) – Sáng 7/4, hội nghị diễn ra.", None),
        ("Tiêu đề\n(BX online) – Sáng 7/4/2021, hội nghị diễn ra.", date(2021, 4, 7)),
        ("Tiêu đề\nThân bài.\n01/01/2999", None),
    ],
)
def test_a_published_date_is_never_a_guess(text: str, published: date | None) -> None:
    assert parse(text)[0].published == published


def test_hard_wrapped_lines_are_joined_and_invisible_characters_go() -> None:
    _, body = parse("Tiêu đề\n\nHội nghị có 20 đại\nbiểu\u200b tham dự.\u202e\nĐoạn hai.")
    assert body == "Hội nghị có 20 đại biểu tham dự.\nĐoạn hai."


def test_a_page_of_furniture_has_no_body() -> None:
    assert parse("EmailPrintAa\n\nXem thêm\n\n...")[1] == ""


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2020-11-06T16:17:00+07:00", "2020-11-06", "16:17"),
        ("2020-11-05T18:30:00Z", "2020-11-06", "01:30"),  # UTC, told in Vietnam's time
        ("Fri, 06 Nov 2020 16:17:00 +0700", "2020-11-06", "16:17"),
        ("16:17 06/11/2020", "2020-11-06", "16:17"),
        ("Thứ Sáu, ngày 6-11-2020, 04:17 PM", "2020-11-06", "16:17"),
        ("6 tháng 11, 2020", "2020-11-06", None),
        ("06/11/2020", "2020-11-06", None),
        ("2020-11-06", "2020-11-06", None),
        ("tháng 11 năm 2020", "None", None),
        ("hôm qua", "None", None),
        ("31/02/2020", "None", None),
        ("3020-01-01", "None", None),
    ],
)
def test_moments(text: str, day: str, clock: str | None) -> None:
    assert (str(moment(text)[0]), moment(text)[1]) == (day, clock)


def test_a_year_is_inferred_from_the_article_only_and_says_so() -> None:
    report = "(ĐX online) – Sáng 7/4, tỉnh Đông Xuân họp.\n{}\nNguồn: {}"
    inferred, _ = parse(report.format("Họp tiếp.", "https://x.example/tin/202204/hop-123/"))
    assert str(inferred.published) == "2022-04-07" and inferred.inferred == ("published",)
    told, _ = parse(report.format("Nghị quyết ký ngày 7/4/2021 được đọc.", "Báo Đồng Xuân"))
    assert str(told.published) == "2021-04-07" and told.inferred == ("published",)
    unknown, _ = parse(report.format("Năm 2020 có 3 cuộc họp.", "Báo Đồng Xuân"))
    assert unknown.published is None and unknown.inferred == ()


@pytest.mark.parametrize(
    ("line", "day", "clock"),
    [
        ("Thứ tư - 12/10/2022 08:35", date(2022, 10, 12), "08:35"),
        ("T6, 03/05/2024 - 12:45", date(2024, 5, 3), "12:45"),
        ("21 tháng 09 năm 2025", date(2025, 9, 21), None),
        ("Thứ ba, 09/07/2024, 10:00 - Cập nhật: 10/07/2024, 08:30", date(2024, 7, 9), "10:00"),
        ("Cập nhật lúc 15:40, Chủ nhật, 02/02/2025 (GMT+7)", date(2025, 2, 2), "15:40"),
        ("Thứ Sáu, 10:04, 03/05/2024", date(2024, 5, 3), "10:04"),
        ("Thứ Sáu, ngày 3.5.2024 | 12:45 GMT+7", date(2024, 5, 3), "12:45"),
        ("Xuất bản: T.Sáu, 03/05/2024, 16 giờ 30 [GMT+7]", date(2024, 5, 3), "16:30"),
        ("Lúc 7 giờ 30 phút, ngày 4/5/2024", date(2024, 5, 4), "07:30"),
        ("6:30 CH, 03/05/2024", date(2024, 5, 3), "18:30"),
        ("03/05/2024 06:30 SA", date(2024, 5, 3), "06:30"),
        ("Thứ Hai, 6 tháng Năm 2024", date(2024, 5, 6), None),
        ("3 tháng mười hai, 2023", date(2023, 12, 3), None),
        ("rằm tháng Giêng năm 2024", None, None),
        ("mùng 3 Tết năm 2024", None, None),
        ("24/7", None, None),
        ("2-3 tháng", None, None),
        ("00/05/2024", None, None),
        ("32/05/2024", None, None),
        ("12/00/2024", None, None),
        ("hôm qua", None, None),
    ],
)
def test_lines_that_are_a_date(line: str, day: date | None, clock: str | None) -> None:
    assert date_line(line) == (day, clock)


def test_the_day_of_publication_goes_before_the_day_of_a_change() -> None:
    said = parse("Cầu An Hòa\nCập nhật: 06/05/2024, 08:00\nNgày đăng: 02/05/2024\nCầu dài 486 m.")[
        0
    ]
    assert (said.published, said.time) == (date(2024, 5, 2), None)


@pytest.mark.parametrize(
    ("lines", "title", "day"),
    [
        (
            "UBND HUYỆN LỘC SƠN|Số: 45/BC-UBND|Lộc Sơn, ngày 5 tháng 9 năm 2024|BÁO CÁO"
            "|Kết quả trồng rừng quý II|Huyện trồng 9 ha.",
            "Báo cáo kết quả trồng rừng quý II",
            date(2024, 9, 5),
        ),
        (
            "ĐẢNG BỘ TỈNH ĐÔNG XUÂN|ĐẢNG CỘNG SẢN VIỆT NAM|NGHỊ QUYẾT|về phát triển du lịch|Tỉnh ủy ban hành.",
            "NGHỊ QUYẾT về phát triển du lịch",
            None,
        ),
        ("ĐẢNG ỦY KHỐI TỈNH|Hội nghị sơ kết sáu tháng|Sáng 5/7, họp.", "Hội nghị sơ kết sáu tháng", None),
        ("SỞ Y TẾ TỈNH HỌP|Sáng 5/7, Sở Y tế họp với 12 bệnh viện.", "SỞ Y TẾ TỈNH HỌP", None),
    ],
)  # fmt: skip
def test_the_title_of_a_paper_stands_below_its_letterhead(
    lines: str, title: str, day: date | None
) -> None:
    said = parse(lines.replace("|", "\n"))[0]
    assert (said.title, said.published, said.author) == (title, day, None)


def test_a_line_of_who_and_when_and_a_day_in_brackets() -> None:
    text = "Cầu Nà Sự thông xe\n{}\nCầu dài 38 m, nối hai bản bên suối Nậm Sự.\nXe đã qua từ sáng."
    details, body = parse(text.format("Bởi Lò Thị Chẻo - 17/05/2023"))
    assert (details.author, details.published) == ("Lò Thị Chẻo", date(2023, 5, 17))
    assert "Bởi" not in body
    assert parse(text.format("(17/05/2023 08:30)"))[0].published == date(2023, 5, 17)
    assert parse(text.format("Bởi Lò Thị Chẻo - báo huyện"))[0].published is None
