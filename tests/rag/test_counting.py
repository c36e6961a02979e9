"""Questions for the articles themselves: told from those for a figure in them, and what they ask."""

from datetime import date

import pytest

from index.types import Article, Details
from rag.holding import place
from rag.question import parse
from rag.question.counting import counting
from rag.question.period import period
from rag.question.topic import topic
from rag.types import Message

ASKED = {
    "Có bao nhiêu bài nói về cầu treo?": "cầu treo",
    "bao nhiêu bài báo nhắc đến hạn mặn trong năm 2019?": "hạn mặn",
    "Những bài nào viết về sạt lở đèo Bảo Lộc?": "sạt lở đèo Bảo Lộc",
    "Liệt kê các bài về xâm nhập mặn.": "xâm nhập mặn",
    "How many articles mention Hóc Môn?": "Hóc Môn",
    "How many articles are about the bridge collapse in 2019?": "the bridge collapse",
    "co bao nhieu bai noi ve cau treo": "cau treo",
    "Kho có tất cả bao nhiêu bài báo?": "",
    "Trong kho có bao nhiêu bài về lũ quét từ năm 2018 đến 2020?": "lũ quét",
    "Năm 2019 có bao nhiêu bài nhắc đến Nguyễn Văn Bình?": "Nguyễn Văn Bình",
    "Báo Tuổi Trẻ có bao nhiêu bài về giá xăng?": "giá xăng",
    "Có bao nhiêu bài trên báo Đông Xuân nói về đại hội?": "đại hội",
    "Có bao nhiêu bài nói về lũ quét ở Lào Cai?": "lũ quét",
    "Cho tôi biết có mấy bài đề cập đến “xâm nhập mặn”?": "“xâm nhập mặn”",
    "Có bài nào nói về cầu An Hòa không?": "cầu An Hòa",
    "Những bài báo nào nhắc tới ông Nguyễn Văn A?": "ông Nguyễn Văn A",
    "Which articles mention Ho Chi Minh City?": "Ho Chi Minh City",
    "List all articles about drought.": "drought",
    "In how many articles is Hóc Môn mentioned?": "Hóc Môn",
    "Sạt lở đèo được nhắc đến trong bao nhiêu bài?": "Sạt lở đèo",
    "Cầu An Hòa được nhắc đến trong bao nhiêu bài?": "cầu An Hòa",
    "Số bài viết về chuyển đổi số là bao nhiêu?": "chuyển đổi số",
    "Tổng số bài báo trong kho là bao nhiêu?": "",
    "Có bao nhiêu bài của tác giả Ngọc Diệp?": "",
    "Có mấy bài ký tên Ngọc Diệp?": "",
    "Có bao nhiêu bài đăng ngày 5/3/2019?": "",
    "Danh sách các bài báo nói về Covid-19": "Covid-19",
    "tìm giúp tôi các bài về giá vàng": "giá vàng",
    "liet ke cac bai viet ve hien mau": "hien mau",
    "Bạn có bao nhiêu bài về U23 Việt Nam?": "U23 Việt Nam",
    "mấy bài nói về bão số 3 vậy?": "bão số 3",
    "Bao nhiêu bài nói về lũ mà không nhắc đến Quảng Nam?": "lũ",
    "Bao nhiêu bài trong năm 2019 nói về hiến máu?": "hiến máu",
    "ở Lâm Đồng có bao nhiêu bài nói về cà phê": "cà phê",
    "Còn bao nhiêu bài nói về hạn hán?": "hạn hán",
    "How many articles are there in the library?": "",
    "Are there any articles about floods?": "floods",
    "Có bao nhiêu tin bài nói về giải phóng mặt bằng?": "giải phóng mặt bằng",
    "Bao nhiêu bài viết về nông thôn mới được đăng năm 2020?": "nông thôn mới",
    "Đếm số bài nhắc đến Vinamilk": "Vinamilk",
    "Toàn bộ bài nói về tai nạn giao thông": "tai nạn giao thông",
    "Xin cho hỏi có bao nhiêu bài báo viết về Bác Hồ": "Bác Hồ",
    "CÓ BAO NHIÊU BÀI NÓI VỀ CẦU AN HÒA?": "CẦU AN HÒA",
    "có bài nào về cá tra ko": "cá tra",
    "Có bao nhiêu bài nói về AI?": "AI",
    "How many of the articles discuss rice prices from 2018 to 2020?": "rice prices",
}


@pytest.mark.parametrize("question", ASKED)
def test_these_ask_for_the_articles_themselves(question: str) -> None:
    found = parse(question)
    assert found.counting and found.counting.about == ASKED[question] and found.kind == "count"


@pytest.mark.parametrize(
    "question",
    """Thí sinh phải làm bao nhiêu bài thi?
Ca sĩ hát bao nhiêu bài hát?
Bao nhiêu bài báo khoa học của ông A được đăng?
Ông A đã viết bao nhiêu bài báo về Trường Sa?
Hội thi nhận được bao nhiêu bài viết về biển đảo?
Cuộc thi có bao nhiêu bài dự thi?
Có bao nhiêu bài dự thi về Bác Hồ?
Có bao nhiêu bài thuốc chữa ho?
Có bao nhiêu bài thi nói về biển?
Album có bao nhiêu bài?
Những bài hát nào nói về Hà Nội?
Bài hát nào nói về sông Hương?
Năm 2019, Hội đã có bao nhiêu bài viết về gương người tốt?
Cổng thông tin đăng bao nhiêu tin bài về chuyển đổi số?
Có bao nhiêu bài viết về Bác được trao giải?
Các bài nói về lũ cho biết bao nhiêu người chết?
Bài báo nói về cầu An Hòa đăng ngày nào?
Ai viết bài báo về cầu An Hòa?
Theo bài báo, có bao nhiêu người chết?
Có bao nhiêu bài học kinh nghiệm được rút ra?
Những bài học nào được rút ra?
Kể tên các bài hát của Trịnh Công Sơn.
Bao nhiêu bãi biển được nói đến?
Nhà máy có bao nhiêu bài toán cần giải?
Tóm tắt các bài nói về lũ.
How many articles does the law have?
How many stories does the building have?
How many reports did the committee publish?
Bao nhiêu bài báo của ông được đăng trên tạp chí quốc tế?
Có bao nhiêu bài vẽ về môi trường?
co bao nhieu bai ve ve moi truong
Đài phát thanh xã phát bao nhiêu tin bài về bầu cử?
Liệt kê các bài thi của kỳ thi vào lớp 10.
Tiết mục nào nói về quê hương?
Bài nào được trao giải nhất?
Trang thông tin có bao nhiêu bài viết về du lịch?
Hội nghị có bao nhiêu bài tham luận về nông nghiệp?
Tổng số bài thi đạt yêu cầu là bao nhiêu?
Có mấy bài kiểm tra?
Bài phát biểu nói về vấn đề gì?
Bài báo nào nói cầu dài 500 m?
Bao nhiêu người nói về cầu treo?
Which article of the law mentions fines?
Cuốn sách gồm bao nhiêu bài viết về Bác?
Đoàn công tác gửi bao nhiêu tin nhắn?
Báo cáo có bao nhiêu bài nói về lũ?
Tạp chí đăng bao nhiêu bài trong năm 2019?
Mỗi năm có bao nhiêu bài nói về lũ?
Thống kê số bài viết về Covid-19 theo năm
Báo nào đăng nhiều bài về lũ nhất?""".splitlines(),
)
def test_these_ask_for_a_figure_in_the_articles(question: str) -> None:
    found = parse(question)
    assert found.counting is None and found.kind != "count"


def test_what_restricts_them() -> None:
    found = counting(
        "Có bao nhiêu bài của báo Tuổi Trẻ nói về lũ quét ở tỉnh Lào Cai trong tháng 5/2019?"
    )
    assert found and (found.about, found.outlet, found.places) == (
        "lũ quét",
        "Tuổi Trẻ",
        {"Lào Cai"},
    )
    assert (found.since, found.until) == (date(2019, 5, 1), date(2019, 5, 31)) and found.dated
    assert found.limits == ("của báo Tuổi Trẻ", "trong tháng 5/2019", "ở tỉnh Lào Cai")
    found = counting("Bao nhiêu bài nói về lũ mà không nhắc đến Quảng Nam?")
    assert found and (found.about, found.without) == ("lũ", "Quảng Nam") and not found.dated
    found = counting("Có bao nhiêu bài của tác giả Ngọc Diệp?")
    assert found and found.author == "Ngọc Diệp"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("lũ trong năm 2019?", date(2019, 1, 1), date(2019, 12, 31)),
        ("lũ từ năm 2018 đến 2019", date(2018, 1, 1), date(2019, 12, 31)),
        ("lũ giai đoạn 2016-2018", date(2016, 1, 1), date(2018, 12, 31)),
        ("lũ từ tháng 1 đến tháng 6 năm 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("lũ từ ngày 3 đến ngày 5 tháng 2 năm 2019", date(2019, 2, 3), date(2019, 2, 5)),
        ("lũ tháng 2/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("lũ trong quý ii/2019", date(2019, 4, 1), date(2019, 6, 30)),
        ("lũ quý ba năm 2023", date(2023, 7, 1), date(2023, 9, 30)),
        ("lũ quý i và quý iii năm 2023", date(2023, 1, 1), date(2023, 9, 30)),
        ("lũ từ quý 1 đến quý 3 năm 2019", date(2019, 1, 1), date(2019, 9, 30)),
        ("lũ trong 6 tháng đầu năm 2023", date(2023, 1, 1), date(2023, 6, 30)),
        ("lũ ba tháng cuối năm 2022", date(2022, 10, 1), date(2022, 12, 31)),
        ("lũ nửa cuối năm 2023", date(2023, 7, 1), date(2023, 12, 31)),
        ("lu nua dau nam 2023", date(2023, 1, 1), date(2023, 6, 30)),
        ("lũ tháng mười hai năm 2023", date(2023, 12, 1), date(2023, 12, 31)),
        ("lũ ngày 5 tháng 3 năm 2019", date(2019, 3, 5), date(2019, 3, 5)),
        ("lũ trước năm 2015", None, date(2014, 12, 31)),
        ("lũ sau tháng 2/2016", date(2016, 3, 1), None),
        ("lũ kể từ 2018 đến nay", date(2018, 1, 1), None),
        ("floods between 2015 and 2017", date(2015, 1, 1), date(2017, 12, 31)),
        ("floods in may 2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("lu trong nam 2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)  # fmt: skip
def test_periods(text: str, since: date | None, until: date | None) -> None:
    found = period(text, "last")
    assert found and (found.since, found.until) == (since, until)
    assert text[: found.start].strip() in ("lũ", "floods", "lu")


@pytest.mark.parametrize(
    "text",
    ["việt nam 2019", "ngày 31/2/2019", "ngân sách 2019", "lũ", "lũ nửa cuối năm", "lũ tuần trước"],
)
def test_no_periods(text: str) -> None:
    assert period(text, "last") is None


@pytest.mark.parametrize(
    ("question", "about", "year"),
    [
        ("Còn năm 2019?", "lũ quét", 2019),
        ("Còn hạn hán thì sao?", "hạn hán", None),
        ("Thế còn bao nhiêu bài nói về Huế?", "Huế", None),
        ("Có bao nhiêu bài nói về sự việc đó?", "lũ quét", None),
        ("Cảm ơn, còn trong năm 2020?", "lũ quét", 2020),
    ],
)
def test_follow_ups(question: str, about: str, year: int | None) -> None:
    history = [Message("user", "Có bao nhiêu bài nói về lũ quét?"), Message("user", "Cảm ơn")]
    found = parse(question, history).counting
    assert found and found.about == about
    assert (found.since.year if found.since else None) == year


def test_a_topic_is_runs_of_words() -> None:
    def runs(text: str, english: bool = False) -> list[list[str]]:
        return [[" ".join(run.words) for run in way] for way in topic(text, english=english).ways]

    assert runs("nhà ở xã hội") == [["nhà ở xã hội"]]
    assert runs("sạt lở đèo Bảo Lộc") == [["sạt lở đèo", "bảo lộc"]]
    assert runs("cầu An Hòa") == [["cầu an hòa"]]
    assert runs("ông Nguyễn Văn A và bà Trần Thị B") == [["nguyễn văn a", "trần thị b"]]
    assert runs("bão hoặc lũ") == [["bão"], ["lũ"]]
    assert runs("các vụ cháy") == [["vụ cháy"]]
    assert runs("an toàn thực phẩm") == [["an toàn thực phẩm"]]
    assert runs("the An Hoa bridge", english=True) == [["an hoa bridge"]]
    (((shown),),) = topic("AI").ways
    assert shown.capitals == ("AI",)


def test_a_name_is_counted_without_what_says_that_it_is_one() -> None:
    for asked in ("Có bao nhiêu bài nhắc đến địa danh An Hòa?", "Mấy bài nhắc tên An Hòa?"):
        counting = parse(asked).counting
        assert counting and counting.about == "An Hòa"


def test_an_office_is_sought_without_the_word_office_and_a_task_with_it() -> None:
    for asked, about in (
        ("Có mấy bài nhắc tới chức Phó Bí thư?", "Phó Bí thư"),
        ("Mấy bài nói về chức vụ Phó Bí thư?", "Phó Bí thư"),
        ("Có mấy bài nói về chức năng của Quốc hội?", "chức năng của Quốc hội"),
    ):
        counting = parse(asked).counting
        assert counting and counting.about == about


def test_a_province_is_counted_in_all_its_spellings() -> None:
    def said(text: str, article: str) -> bool:
        about = topic(text)
        body = Article("a1", "t.txt", Details(title="Tin"), article)
        return place(about, body) is not None

    assert said("TP Hồ Chí Minh", "Mưa lớn làm TP. HCM ngập.") and said("TP.HCM", "Ở TPHCM có mưa.")
    assert said("lũ ở Đắk Lắk", "Lũ ở Đắc Lắc lên nhanh.")
    assert not said("Hồ Chí Minh", "Mưa lớn làm TP. HCM ngập.")  # it may be the person
    assert not said("“TP Hồ Chí Minh”", "Mưa lớn làm TP. HCM ngập.")
