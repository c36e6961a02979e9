"""A question, parsed once: kinds, what it names, comparisons, follow-ups."""

import pytest

from rag.question import asked_field, parse, plain
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
    ("question", "kind", "sought", "asked", "subjects"),
    [
        ("So sánh số đảng viên kết nạp được nêu trong bài về Bắc Kạn và bài tổng kết năm 2015.",
         "compare", "values", "bao nhiêu đảng viên kết nạp (@)?", ("bài về Bắc Kạn", "bài tổng kết năm 2015")),
        ("So sánh số đại biểu của Đại hội Nông dân tỉnh Bắc Kạn và Lâm Đồng", "compare", "values",
         "số đại biểu của Đại hội Nông dân @ là bao nhiêu?", ("tỉnh Bắc Kạn", "tỉnh Lâm Đồng")),
        ("Mỗi tỉnh kết nạp bao nhiêu đảng viên?", "compare", "values", "@ kết nạp bao nhiêu đảng viên?", ()),
        ("Huyện nào xây nhiều cầu nhất?", "compare", "highest", "@ xây bao nhiêu cầu?", ()),
        ("Năm 2023 huyện Na Hang hay huyện Lâm Bình có ít hộ nghèo hơn?", "compare", "lowest",
         "Năm 2023 @ có bao nhiêu hộ nghèo?", ("huyện Na Hang", "huyện Lâm Bình")),
        ("Tổng thu của cả ba xã là bao nhiêu?", "compare", "sum", "thu @ là bao nhiêu?", ()),
        ("Năm nào xã Bản Mo có ít hộ nghèo nhất?", "trend", "lowest", "@ xã Bản Mo có bao nhiêu hộ nghèo?", ()),
        ("Giá điện thay đổi thế nào từ năm 2019 đến năm 2021?", "trend", "change", "Giá điện @ là bao nhiêu?",
         ("năm 2019", "năm 2020", "năm 2021")),
        ("Doanh thu năm 2021 tăng bao nhiêu so với năm 2019?", "compare", "difference",
         "Doanh thu @ là bao nhiêu?", ("năm 2019", "năm 2021")),
        ("Dân số mới nhất của xã Bản Mo là bao nhiêu?", "trend", "latest",
         "Dân số của xã Bản Mo là bao nhiêu @?", ()),
        ("Nhập khẩu tăng hay giảm so với cùng kỳ?", "trend", "stated",
         "Nhập khẩu tăng giảm bao nhiêu so với cùng kỳ?", ()),
        ("How has the number of pupils changed over the years?", "trend", "change",
         "What was the number of pupils @?", ()),
    ],
)  # fmt: skip
def test_comparisons(
    question: str, kind: str, sought: str, asked: str, subjects: tuple[str, ...]
) -> None:
    found = comparison(question)
    assert found
    assert (found.kind, found.sought, found.of("@"), found.subjects) == (
        kind,
        sought,
        asked,
        subjects,
    )
    assert parse(question).kind == kind and plain(parse(found.of())).comparison is None


@pytest.mark.parametrize(
    "question",
    [
        "Cầu An Hòa dài bao nhiêu mét?",
        "So sánh là gì?",
        "Cầu nối Hà Nội và Hưng Yên dài bao nhiêu mét?",
        "Làng nón mỗi ngày làm ra bao nhiêu chiếc nón?",
        "Tổng mức đầu tư tuyến đường là bao nhiêu?",
        "Năm 2020 huyện còn bao nhiêu hộ nghèo?",
        "Quy định mới thay đổi thế nào?",
        "Giám đốc hiện nay là ai?",
    ],
)
def test_what_only_looks_like_a_comparison(question: str) -> None:
    assert comparison(question) is None


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
