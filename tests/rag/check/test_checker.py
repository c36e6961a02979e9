import pytest

from rag.check.checker import problems
from rag.check.problem import Problem
from rag.check.verdict import verdict

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
    assert problems(statement, [QUOTE])


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
        ("Bác sĩ Lý Văn Mĩ quản lí 3 xã", "Bác sỹ Lí Văn Mỹ quản lý 3 xã."),
        ("Vốn là 3.400 tỷ đồng", "Vốn là ba nghìn bốn trăm tỉ đồng."),
    ],
)
def test_another_order_or_spelling_passes(statement: str, quote: str) -> None:
    assert problems(statement, [quote]) == ()


def test_a_year_or_name_may_stand_beside_the_quote_a_figure_may_not() -> None:
    context = "Hội nghị tỉnh Lâm Đồng\n07/04/2022\n31 tập thể"
    assert problems("Lâm Đồng, 2022", ["Hội nghị bế mạc."], context) == ()
    assert problems("31 tập thể", ["Hội nghị bế mạc."], context)


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        ("Xã trồng 12 500 ha chè.", "Xã trồng 12.500 ha chè.", "Xã trồng 500 ha chè."),
        ("Giá 1.500.000 đồng/suất.", "Giá một triệu rưỡi.", "Giá 15 triệu đồng."),
        ("Giá 1,5 triệu đồng.", "Giá 1tr5.", "Giá 1,5 tỷ đồng."),
        ("Vốn 2.300 tỷ đồng.", "Vốn 2,3 nghìn tỷ đồng.", "Vốn 2,3 tỷ đồng."),
        ("Vốn một tỷ hai trăm triệu đồng.", "Vốn 1,2 tỷ đồng.", "Vốn 200 triệu đồng."),
        ("Có hai mươi lăm hộ.", "Có 25 hộ.", "Có 20 hộ."),
        ("Có năm người bị thương.", "Có 5 người bị thương.", "Có 4 người bị thương."),
        ("Có 3 người bị thương.", "Ba người bị thương.", "Năm người bị thương."),
        ("Lãi suất 25-30%.", "Lãi suất từ 25 đến 30%.", "Lãi suất 30%."),
        ("Lãi suất từ 25% đến 30%.", "Lãi suất 25-30%.", "Lãi suất 25%."),
        ("Lãi suất 25-30%.", "Lãi suất tối đa 30%.", "Lãi suất tối đa 25%."),
        ("Có 10/12 xã đạt chuẩn.", "10 trong 12 xã đạt chuẩn.", "12 xã đạt chuẩn."),
        ("Có 10/12 xã đạt chuẩn.", "10 xã đạt chuẩn.", "10 hộ đạt chuẩn."),
        ("Có 12 xã, trong đó 10 xã đạt chuẩn.", "10/12 xã đạt chuẩn.", "10/11 xã đạt chuẩn."),
        ("Hai phần ba số hộ có điện.", "2/3 số hộ có điện.", "3/4 số hộ có điện."),
        ("Đường dài 3,5 km.", "Đường dài 3.500 m.", "Đường dài 350 m."),
        ("Đất rộng 12.000 m2.", "Đất rộng 1,2 ha.", "Đất rộng 12 ha."),
        ("Lễ hội từ 10 đến 12-2.", "Lễ hội từ ngày 10 đến ngày 12-2.", "Lễ hội từ ngày 12 đến ngày 12-2."),
        ("Khởi công tháng 3/2019.", "Khởi công tháng ba năm 2019.", "Khởi công tháng 4/2019."),
        ("UBND tỉnh họp.", "Ủy ban nhân dân tỉnh họp.", "Hội đồng nhân dân tỉnh họp."),
        ("Ông Lê An, Giám đốc, nói.", "Giám đốc Lê An nói.", "Giám đốc Lê Anh nói."),
        ("Lũ ở các huyện Phú An và Hòa Lạc.", "Hai huyện Phú An và Hòa Lạc có lũ.",
         "Ba huyện Phú An và Hòa Lạc có lũ."),
        ("Trận thắng với tỷ số 3-1.", "Đội thắng trận này 3-1.", "Đội thắng trận này 3-2."),
        ("Xã không có hộ nghèo, có 12 hộ khá.", "Xã có 12 hộ khá.", "Xã có hộ nghèo."),
        ("Tỷ lệ nghèo giảm xuống 4,1%.", "Tỷ lệ nghèo giảm còn 4,1%.", "Tỷ lệ nghèo giảm 4,1%."),
        ("Lũ làm hai người chết.", "Lũ làm 2 người chết.", "Lũ làm một người chết."),
        ("Xã mở lớp cho người 18-25 tuổi.", "Xã mở lớp cho người từ 18 đến 25 tuổi.",
         "Xã mở lớp cho người 25 tuổi."),
        ("Xe nặng 2 tấn rưỡi.", "Xe nặng 2.500 kg.", "Xe nặng 2.000 kg."),
        ("Đường chưa được thông xe.", "Đường chưa thông xe.", "Đường thông xe."),
        ("Đại hội khóa VII họp ở Phú An.", "Đại hội khóa 7 họp ở Phú An.",
         "Đại hội khóa VII họp ở Phú Yên."),
    ],
)  # fmt: skip
def test_what_people_write(quote: str, true: str, false: str) -> None:
    assert problems(true, [quote]) == ()
    assert problems(false, [quote])


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        ("Trị giá 1,5 triệu đồng.", "It is worth 1,500,000 dong.", "It is worth 15,000,000 dong."),
        ("Trị giá 1,5 triệu đồng.", "It was worth 1.5 million.", "It was worth 1.5 billion."),
        ("Ngày 7-4-2022 có mưa.", "There was rain on 7 April 2022.", "There was rain on April 8, 2022."),
        ("Kinh phí 2 tỷ đồng.", "It cost two billion dong.", "It cost three billion dong."),
        ("2/3 số hộ có nước sạch.", "Two thirds of the households have clean water.",
         "Three quarters of the households have clean water."),
        ("Khởi công tháng 3/2019.", "It was begun in March 2019.", "It was begun in May 2019."),
        ("Có 12 xã bị ngập.", "Twelve communes were flooded.", "Eleven communes were flooded."),
        ("Cầu An Hòa ở Hà Nội dài.", "The An Hoa Bridge of Hanoi is long.",
         "The An Hoa Bridge of Danang is long."),
        ("Tòa phạt Đinh Công Thành.", "Dinh Cong Thanh was fined.", "Dinh My An was fined."),
        ("Ông Lê Văn Bình phát biểu.", "Mr Binh of the board has spoken.", "Mr Bang of the board has spoken."),
        ("Giá giảm 5%.", "Prices of rice fell by 5%.", "Prices of rice rose by 5%."),
        ("Thiệt hại gần 68 tỷ đồng.", "The damage is nearly 68 billion dong.",
         "The damage is more than 68 billion dong."),
        ("Có 10/12 xã đạt chuẩn.", "10 of the 12 communes have met it.", "10 of the 13 communes have met it."),
    ],
)  # fmt: skip
def test_an_english_statement_of_a_vietnamese_quote(quote: str, true: str, false: str) -> None:
    assert problems(true, [quote]) == ()
    assert problems(false, [quote])


def test_a_problem_is_a_key_and_the_words_concerned() -> None:
    assert problems("Cầu dài 846 m.", ["Cầu dài 486 m."]) == (Problem("absent", ("846",)),)
    assert problems("Có 3.400 hộ.", ["Có gần 3.400 hộ."]) == (
        Problem("degree", ("Có 3.400", "gần")),
    )
    assert problems("Có gần 3.400 hộ.", ["Có 3.400 hộ."]) == (Problem("inexact", ("gần 3.400",)),)
    assert problems("Giá tăng.", ["Giá giảm."]) == (Problem("opposite", ("tăng",)),)
    flood = ["Lũ làm 1 người chết, 4 người bị thương."]
    paid = ["Người hưởng lương hằng tháng được thêm tiền tàu xe 500.000 đồng mỗi năm."]
    assert problems("Họ được 500.000 đồng mỗi tháng.", paid)
    assert not problems("Họ được 500.000 đồng mỗi năm.", paid)
    assert problems("Lũ làm 1 người mất tích.", flood) == (Problem("opposite", ("mất tích",)),)
    assert not problems("Lũ làm 1 người thiệt mạng.", flood)
    assert problems("Đường thông xe.", ["Đường chưa thông xe."]) == (
        Problem("denied", ("chưa thông",)),
    )


def test_who_is_meant_may_be_said_in_the_sentence_before() -> None:
    quote = "Ông Trần Văn Hòa dự lễ. {} trao 12 suất quà."
    said = "Ông Trần Văn Hòa trao 12 suất quà."
    assert problems(said, [quote.format("Ông")]) == ()
    assert [one.key for one in problems(said, [quote.format("Hội Phụ nữ")])] == ["apart"]


def test_a_day_without_a_year_has_that_of_the_article() -> None:
    assert problems("Họp ngày 7-4-2022.", ["Họp ngày 7-4."], "Báo A\n08/04/2022") == ()
    assert problems("Họp ngày 7-4-2021.", ["Họp ngày 7-4."], "Báo A\n08/04/2022")


def test_early_is_not_late() -> None:
    quote = "Cầu khởi công tháng 3/2019, hoàn thành chậm 4 tháng so với kế hoạch."
    assert problems("Cầu hoàn thành sớm 4 tháng so với kế hoạch.", [quote])
    assert problems("Cầu làm xong sớm hơn kế hoạch 4 tháng.", [quote])
    assert not problems("Cầu hoàn thành chậm 4 tháng so với kế hoạch.", [quote])


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        ("Quốc lộ 14E đã thông xe chưa?", "Quốc lộ 14E vẫn chưa thông xe.", False),
        (
            "Xe đã đi qua được Quốc lộ 14E chưa?",
            "Xe đi qua Quốc lộ 14E chưa thông suốt được.",
            None,
        ),
        ("Cầu Bến Vạn có dài 186 m không?", "Cầu Bến Vạn dài 186 m, rộng 9 m.", True),
        (
            "Lúc hai xe tông nhau ở Dĩ An, trời có mưa không?",
            "Khi ấy trời có mưa, ai cũng không khỏi xót xa.",
            True,
        ),
        ("Lúc hai xe tông nhau ở Dĩ An, trời có mưa không?", "Khi ấy trời tạnh ráo.", None),
        (
            "Tàu qua đoạn Ngọc Lâm có được chạy tốc độ bình thường không?",
            "Đoạn Ngọc Lâm sửa xong, tàu được chạy với tốc độ 5 km/h.",
            None,
        ),
        (
            "Bằng của ông Chóng, người trở về sau 33 năm, đã bị thu hồi chưa?",
            "Ông Chóng trở về trước đó từ Tây Ninh, bằng của ông do xã giữ, mới thu hồi giấy cũ.",
            None,
        ),
    ],
)
def test_what_denies_something_else_says_neither_yes_nor_no(
    question: str, sentence: str, found: bool | None
) -> None:
    assert verdict(question, sentence, "") is found


def test_a_title_tells_of_what_it_is_asked_but_not_what_of_it() -> None:
    question = "Sở Giao thông đã trả lời đơn của chợ Phú Lâm xin bỏ phí gửi xe chưa?"
    title = "Chợ Phú Lâm xin bỏ phí gửi xe"
    assert verdict(question, "Sở Giao thông định mở đường mới đến chợ Phú Lâm.", title) is None
    assert verdict(question, "Sở Giao thông đã trả lời đơn của chợ.", title) is True


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        ("Ông Lê An – Phó Chủ tịch UBND tỉnh – dự.", "Ông Lê An – Phó Chủ tịch UBND tỉnh – dự.",
         "Ông Lê An – Chủ tịch UBND tỉnh – dự."),
        ("Ông Lê An, phó chủ tịch huyện, dự.", "Ông Lê An là phó chủ tịch huyện.",
         "Ông Lê An là chủ tịch huyện."),
        ("Bà Lê Na, nguyên Giám đốc Sở Y tế, bị bắt.", "Bà Lê Na, nguyên Giám đốc, bị bắt.",
         "Bà Lê Na, Giám đốc Sở Y tế, bị bắt."),
        ("Ông Lê An, tỉnh ủy viên, phó chủ tịch huyện, và ông Vũ Na dự.",
         "Ông Lê An là phó chủ tịch huyện.", "Ông Vũ Na là phó chủ tịch huyện."),
        ("Ông Lê An, chủ tịch huyện, dự.", "Chủ tịch huyện Lê An dự.", "Phó chủ tịch huyện Lê An dự."),
        ("Ông Lê An được giao quyền Viện trưởng.", "Ông Lê An là quyền Viện trưởng.",
         "Ông Lê An là Viện trưởng."),
        ("Thay mặt UBND tỉnh, ông Lê An trao bằng khen của Chủ tịch UBND tỉnh.",
         "Ông Lê An trao bằng khen của Chủ tịch UBND tỉnh.", "Ông Lê An giữ chức vụ Chủ tịch UBND tỉnh."),
        ("Chủ tịch Lê An và Phó Chủ tịch Vũ Na dự.", "Lê An là Chủ tịch.", "Vũ Na là Chủ tịch."),
        ("Ông Lê An được HĐND tỉnh bầu làm Chủ tịch UBND tỉnh.", "Ông Lê An làm Chủ tịch UBND tỉnh.",
         "Ông Lê An làm Phó Chủ tịch UBND tỉnh."),
        ("Ông Lê An – Phó Chủ tịch UBND tỉnh – dự.", "Lê An, deputy chairman, came.",
         "The chairman Lê An came."),
    ],
)  # fmt: skip
def test_an_office_is_neither_raised_nor_given_to_another(
    quote: str, true: str, false: str
) -> None:
    assert problems(true, [quote]) == ()
    assert any(problem.key in ("differs", "absent") for problem in problems(false, [quote]))
