"""A question, parsed once: kinds, what it names, comparisons, follow-ups."""

import pytest

from rag.question import asked_field, parse
from rag.question.compare import comparison
from rag.question.follow import needs_history, rewrite
from rag.types import Message


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Cầu An Hòa dài bao nhiêu mét?", "figure"),
        ("co may nguoi chet trong vu no", "figure"),
        ("Ai viết bài hát Tiến quân ca?", "person"),
        ("Who heads the fertiliser company?", "person"),
        ("Lễ khai mạc diễn ra hồi nào?", "time"),
        ("Vụ tai nạn xảy ra ở đâu?", "place"),
        ("Dự án tên gì?", "thing"),
        ("Công ty may nào ở Huế bị phạt?", "thing"),
        ("cong ty may nao o Hue bi phat", "thing"),
        ("Ứng dụng AI nào được dùng ở bệnh viện?", "thing"),
        ("Sở Kế hoạch và Đầu tư có bao nhiêu phòng?", "figure"),
        ("Vì sao đèo bị chia cắt?", "reason"),
        ("vi sao duong sat lo", "reason"),
        ("Ông Nam nói gì về vụ việc?", "said"),
        ("Những ai dự lễ khánh thành?", "list"),
        ("Hội nghị có thông qua nghị quyết không?", "yes_no"),
        ("Tóm tắt bài về cầu An Hòa.", "summary"),
        ("So sánh số đại biểu của Đông Xuân và Tây Lâm.", "compare"),
    ],
)
def test_kinds(question: str, kind: str) -> None:
    assert parse(question).kind == kind


def test_what_it_names() -> None:
    asked = parse("Năm 2019, Đại hội lần thứ VIII tỉnh Lâm Đồng có 215 đại biểu?")
    assert (asked.places, asked.years, asked.events) == ({"Lâm Đồng"}, {2019}, {"lan 8"})
    assert "Lâm Đồng" in asked.names and "215" in asked.figures


def test_only_of_an_article_its_own_details_are_asked() -> None:
    assert asked_field("Ai viết bài báo về cầu An Hòa?") == "author"
    assert asked_field("Bài báo về cầu An Hòa đăng ngày nào?") == "published"
    assert asked_field("Ai viết bài hát Tiến quân ca?") is None
    assert asked_field("Dự án lấy nguồn vốn ở đâu?") is None


@pytest.mark.parametrize(
    ("question", "measure", "subjects"),
    [
        ("So sánh số đảng viên kết nạp được nêu trong bài về Bắc Kạn và bài tổng kết năm 2015.",
         "bao nhiêu đảng viên kết nạp", ("bài về Bắc Kạn", "bài tổng kết năm 2015")),
        ("So sánh số đại biểu của tỉnh Đông Xuân với tỉnh Tây Lâm",
         "bao nhiêu đại biểu", ("tỉnh Đông Xuân", "tỉnh Tây Lâm")),
        ("Mỗi tỉnh kết nạp bao nhiêu đảng viên?", "kết nạp bao nhiêu đảng viên", ()),
        ("Cầu An Hòa dài bao nhiêu mét?", None, ()),
        ("So sánh là gì?", None, ()),
    ],
)  # fmt: skip
def test_comparisons(question: str, measure: str | None, subjects: tuple[str, ...]) -> None:
    found = comparison(question)
    assert (found and (found.question, found.subjects)) == (measure and (measure, subjects))


def test_a_second_subject_may_be_short() -> None:
    found = comparison("So sánh số đại biểu của Đại hội Nông dân tỉnh Bắc Kạn và Lâm Đồng")
    assert found
    assert found.of("Lâm Đồng") == "bao nhiêu đại biểu (Đại hội Nông dân tỉnh Lâm Đồng)?"


@pytest.mark.parametrize(
    ("question", "expected_query"),
    [
        ("Đơn vị nào thi công cây cầu đó?", None),
        ("Còn Tây Lâm thì sao?", "Đại hội tỉnh Đông Xuân có bao nhiêu đại biểu? (Tây Lâm)?"),
        ("Ai là Chủ tịch tỉnh Tây Lâm?", "Ai là Chủ tịch tỉnh Tây Lâm?"),
    ],
)
def test_follow_ups(question: str, expected_query: str | None) -> None:
    history = [Message("user", "Đại hội tỉnh Đông Xuân có bao nhiêu đại biểu?")]
    found = rewrite(question, history)
    if expected_query is None:
        assert needs_history("Họ ở đâu?") and "Đông Xuân" in found
    elif "Còn" in question:
        assert "Tây Lâm" in found and "bao nhiêu đại biểu" in found
    else:
        assert found == expected_query
