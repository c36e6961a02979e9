"""Questions that ask for several things, or hold two sides against each other."""

import pytest

from rag.question import parse
from rag.question.parts import parts


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "Vụ nổ xảy ra ngày nào, lúc mấy giờ?",
            ("Vụ nổ xảy ra ngày nào?", "Vụ nổ xảy ra lúc mấy giờ?"),
        ),
        (
            "Công ty A do ai làm giám đốc, có bao nhiêu công nhân và lương bình quân bao nhiêu?",
            (
                "Công ty A do ai làm giám đốc?",
                "Công ty A có bao nhiêu công nhân?",
                "Công ty A lương bình quân bao nhiêu?",
            ),
        ),
        (
            "Trong vụ cháy chợ, ai bị thương, thiệt hại bao nhiêu?",
            ("Trong vụ cháy chợ, ai bị thương?", "Trong vụ cháy chợ, thiệt hại bao nhiêu?"),
        ),
        (
            "Cầu Tân Phú: biển ghi cao bao nhiêu, thực tế cao bao nhiêu?",
            ("Cầu Tân Phú: biển ghi cao bao nhiêu?", "Cầu Tân Phú: thực tế cao bao nhiêu?"),
        ),
        (
            "Tháp Lồi nằm trên ngọn đồi nào, phía bờ nào của sông Ba?",
            ("Tháp Lồi nằm trên ngọn đồi nào?", "Tháp Lồi nằm phía bờ nào của sông Ba?"),
        ),
        (
            "Ở kỳ họp ngày 17-12, đại biểu nào chất vấn việc dời bến xe và ai trả lời?",
            (
                "Ở kỳ họp ngày 17-12, đại biểu nào chất vấn việc dời bến xe?",
                "Ở kỳ họp ngày 17-12, ai trả lời?",
            ),
        ),
        (
            "Trong vụ cháy rừng, ai bị khởi tố, về tội gì?",
            ("Trong vụ cháy rừng, ai bị khởi tố?", "Trong vụ cháy rừng, bị khởi tố về tội gì?"),
        ),
        (
            "Tổng vốn của nhà máy mở rộng là bao nhiêu, có mấy tổ máy?",
            (
                "Tổng vốn của nhà máy mở rộng là bao nhiêu?",
                "Tổng vốn của nhà máy mở rộng có mấy tổ máy?",
            ),
        ),
        (
            "Thuyền trưởng tàu cá là ai, có quan hệ thế nào với ông Phan Văn Nam?",
            (
                "Thuyền trưởng tàu cá là ai?",
                "Thuyền trưởng tàu cá có quan hệ thế nào với ông Phan Văn Nam?",
            ),
        ),
        ("Chất lạ trong mấy thùng nhựa dưới kênh, quận Dương Kinh là chất gì?", ()),
        ("Những xã nào, thôn nào bị ngập?", ()),
        ("Sở Kế hoạch và Đầu tư có bao nhiêu người?", ()),
        ("Ai là giám đốc và ai là phó giám đốc Sở Y tế Hà Nam?", ()),
        ("Lương bình quân tăng hay giảm, bao nhiêu phần trăm?", ()),
        ("Xe dau keo lui trung ai o phuong Trung Luong, Hong Linh?", ()),
    ],
)
def test_several_things_asked_at_once(question: str, found: tuple[str, ...]) -> None:
    assert parts(question) == found


@pytest.mark.parametrize(
    ("question", "template", "subjects", "sought"),
    [
        (
            "Hố ở xã Thành Vinh với hố ở xã Quý Lộc, hố nào sâu hơn, mỗi hố sâu bao nhiêu mét?",
            "{} sâu bao nhiêu mét",
            ("Hố ở xã Thành Vinh", "hố ở xã Quý Lộc"),
            "highest",
        ),
        (
            "Đảng bộ của Đông Xuân hay của Tây Lâm kết nạp ít đảng viên hơn, mỗi bên bao nhiêu?",
            "Đảng bộ {} kết nạp bao nhiêu đảng viên",
            ("của Đông Xuân", "của Tây Lâm"),
            "lowest",
        ),
        (
            "Cầu nào dài hơn, cầu An Hòa hay cầu Tân Phong?",
            "{} dài bao nhiêu",
            ("cầu An Hòa", "cầu Tân Phong"),
            "highest",
        ),
    ],
)
def test_two_sides(question: str, template: str, subjects: tuple[str, str], sought: str) -> None:
    compared = parse(question).comparison
    assert compared
    assert (compared.template, compared.subjects, compared.sought) == (template, subjects, sought)
