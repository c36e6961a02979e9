"""What a question asks for, as people type it."""

import pytest

from rag.question import parse
from rag.question.kinds import kind, told
from rag.question.learned.model import probabilities
from rag.question.learned.train import examples
from rag.question.marks import restored


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Sao cầu làm xong trễ dữ vậy?", "reason"),
        ("Đã có đường cũ rồi, sao còn phải làm đường mới?", "reason"),
        ("Còn huyện Đông Khê thì sao?", "thing"),
        ("Bà Na khuyên người dân làm gì?", "said"),
        ("Chủ tịch xã yêu cầu điều gì?", "said"),
        ("Mật ong bán nhiêu tiền một ký?", "figure"),
        ("Hai xã nào bị ngập nặng nhất?", "list"),
        ("Tháng hai xã nào bị ngập?", "place"),
        ("Ở những quận, huyện nào đất lún nhiều?", "list"),
        ("Đường này thông xe chưa?", "yes_no"),
        ("Người dân đi lại làm sao?", "manner"),
        ("Who coached the team when it met Laos?", "person"),
        ("Which student lost her life when the bus overturned?", "thing"),
        ("What share of the brides was Vietnamese?", "figure"),
        ("Which six fields does it comprise?", "list"),
        ("May a citizen aged 20 enter?", "yes_no"),
        ("According to the police, did the driver flee?", "yes_no"),
        ("What is the main cause of accidents?", "reason"),
        ("When was the bridge opened?", "time"),
        ("Nói ngắn gọn bài này giúp mình", "summary"),
        ("Tóm lại tin này", "summary"),
        ("Give me the gist of this report", "summary"),
        ("Công nhân mắc chi mà trữ xăng trong lán?", "reason"),
        ("Mấy trăm đồng hồ đó là hàng thật hay hàng giả?", "thing"),
        ("What did the chairman tell the districts to do?", "said"),
    ],
)
def test_the_words_that_ask_tell_the_kind(question: str, found: str) -> None:
    assert told(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Khách đông dữ vậy mà sao bến xe Miền Tây bớt chuyến?", "reason"),
        ("Điểm lại giúp tôi thiệt hại của cơn bão số 10 ở Nghi Xuân", "summary"),
        ("Liệu nhà máy đường Sông Con có trả hết nợ cho nông dân không?", "yes_no"),
    ],
)
def test_all_words_tell_the_kind_where_those_that_ask_mislead(question: str, found: str) -> None:
    assert kind(question) == found


def test_the_model_is_that_of_its_questions() -> None:
    rows = examples()[::40]
    right = 0
    for row in rows:
        likely = probabilities(row["question"], told(row["question"]))
        assert sum(likely.values()) == pytest.approx(1)
        right += max(likely, key=lambda one: likely[one]) == row["kind"]
    assert right > 0.9 * len(rows)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("Cảm ơn nhiều nhé, mình đủ tài liệu rồi.", "thanks"),
        ("Chào bạn, lâu lắm mình mới ghé lại đây", "greeting"),
        ("Xin chào, bữa nay bạn khỏe hông?", "greeting"),
    ],
)
def test_what_asks_nothing_is_talk(text: str, sort: str) -> None:
    said = parse(text).talk
    assert said and said.sort == sort


@pytest.mark.parametrize(
    "text",
    ["Hôm nay thời tiết ở Huế thế nào?", "Hôm nay sức khỏe của cầu thủ Công Phượng thế nào?"],
)
def test_who_names_a_place_or_somebody_asks_of_it(text: str) -> None:
    assert not parse(text).talk


@pytest.mark.parametrize(
    ("typed", "texts", "meant"),
    [
        (
            "Chung nao Hue cong bo diem thi?",
            ["Chúng tôi chung tay. Huế công bố điểm thi."],
            "Chừng nào Huế",
        ),
        ("Hom nao cau thong xe?", ["Hòm phiếu. Cầu thông xe."], "Hôm nào cầu"),
        ("Chung cu nao ngung nhan don?", ["Chung cư ngưng nhận đơn."], "Chung cư nào"),
    ],
)
def test_words_that_ask_get_their_marks_back(typed: str, texts: list[str], meant: str) -> None:
    assert restored(typed, texts).startswith(meant)
