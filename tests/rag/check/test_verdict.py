"""What a yes/no question claims, and what it would ask without the claim."""

import pytest

from rag.check.verdict import Claim, claim, proposition


@pytest.mark.parametrize(
    ("question", "asks", "claimed", "confirms"),
    [
        ("Trưởng ban là ông Lê Tài phải không?", "Trưởng ban là ai?", "Lê Tài", True),
        ("Trưởng ban có phải ông Lê Tài không?", "Trưởng ban là ai?", "Lê Tài", True),
        ("Mưa lũ làm 20 người chết có đúng không?", "Mưa lũ làm bao nhiêu người chết?", "20", True),
        (
            "Giá bí có phải rớt còn 2.000 đồng không?",
            "Giá bí rớt còn bao nhiêu đồng?",
            "2.000",
            True,
        ),
        (
            "Bến Cát chỉ chạy 8 chiếc phà đúng không?",
            "Bến Cát chỉ chạy bao nhiêu chiếc phà?",
            "8",
            True,
        ),
        (
            "Cây cầu phao có phải do Sở Giao thông Quảng Nam bỏ tiền làm không?",
            "Cây cầu phao do ai bỏ tiền làm?",
            "Sở Giao thông Quảng Nam",
            True,
        ),
        (
            "Lễ hội năm nay họp ở Văn Miếu phải không?",
            "Lễ hội năm nay họp ở đâu?",
            "Văn Miếu",
            False,
        ),
        (
            "Chiếc tàu mang biển Quảng Ninh phải không rứa?",
            "Chiếc tàu mang biển nào?",
            "Quảng Ninh",
            False,
        ),
    ],
)
def test_a_claim_that_ends_the_question_is_asked_for(
    question: str, asks: str, claimed: str, confirms: bool
) -> None:
    assert claim(question) == Claim(asks, claimed, confirms)


@pytest.mark.parametrize(
    "question",
    [
        "Có phải 19 con trâu ở Bạch Ngọc chết do sét đánh không?",  # of them it is asked why
        "Bằng của ông Chóng, người trở về sau 33 năm, đã bị thu hồi chưa?",
        "Cầu An Hòa có dài hơn 400 m không?",  # 486 m are more
        "Cả 40 hộ đều có nước máy phải không?",
        "Đường ở km 45 sạt lở do thi công ẩu phải không?",
        "Ngôi nhà có phải còn nguyên từ đầu thế kỷ 20 không?",
        "Sở có 8 phó giám đốc, như vậy có quá số cho phép không?",
        "Hội có họp ở Văn Miếu không?",  # it may have met elsewhere, too
        "Cầu An Hòa dài 486 m",
    ],
)
def test_what_is_only_told_along_is_no_claim(question: str) -> None:
    assert claim(question) is None


def test_what_asks_goes_with_or_without_diacritics() -> None:
    assert proposition("Mưa lũ làm 20 người chết có đúng không?") == "Mưa lũ làm 20 người chết"
    assert proposition("Cau Ben Van da thong xe chua?") == "Cau Ben Van thong xe"
