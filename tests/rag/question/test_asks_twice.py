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
            "Mưa đá làm hư bao nhiêu nhà ở Na Sơn, bao nhiêu nhà ở Bản Mo, nơi nào nặng hơn?",
            (
                "Mưa đá làm hư bao nhiêu nhà ở Na Sơn?",
                "Mưa đá làm hư bao nhiêu nhà ở Bản Mo?",
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
        (
            "Vụ sạt lở bờ sông Ba xảy ra ở cồn nào, huyện nào?",
            (
                "Vụ sạt lở bờ sông Ba xảy ra ở cồn nào?",
                "Vụ sạt lở bờ sông Ba xảy ra ở huyện nào?",
            ),
        ),
        (
            "Sao mấy đứa nhỏ trường Tân Phú phải đi cấp cứu, ăn trúng hột gì?",
            (
                "Sao mấy đứa nhỏ trường Tân Phú phải đi cấp cứu?",
                "Mấy đứa nhỏ trường Tân Phú phải đi cấp cứu, ăn trúng hột gì?",
            ),
        ),
        (
            "After the floods, how many miles of road in Tan Phu were flooded or eroded, and how many "
            "workers were sent?",
            (
                "After the floods, how many miles of road in Tan Phu were flooded or eroded?",
                "After the floods, miles of road in Tan Phu were flooded or eroded, how many workers were "
                "sent?",
            ),
        ),
        ("How many rooms and how many sites did Tan Phu set up for the 2019 exam?", ()),
        ("Hai người bị bắt ở Hướng Hóa tên gì, mỗi người bao nhiêu tuổi?", ()),
        ("Cầu Tân Phú bắc từ huyện nào qua quận nào?", ()),
        ("Vé tăng từ mấy đồng lên mấy đồng?", ()),
        ("Chất lạ trong mấy thùng nhựa dưới kênh, quận Dương Kinh là chất gì?", ()),
        ("Những xã nào, thôn nào bị ngập?", ()),
        ("Sở Kế hoạch và Đầu tư có bao nhiêu người?", ()),
        ("Ai là giám đốc và ai là phó giám đốc Sở Y tế Hà Nam?", ()),
        ("Lương bình quân tăng hay giảm, bao nhiêu phần trăm?", ()),
        ("Xe dau keo lui trung ai o phuong Trung Luong, Hong Linh?", ()),
    ],
)
def test_several_things_asked_at_once(question: str, found: tuple[str, ...]) -> None:
    assert tuple(part.alone for part in parts(question)) == found


@pytest.mark.parametrize(
    ("question", "of_somebody", "asked"),
    [
        ("Ai thay mặt UBND tỉnh trao thưởng cho đội Tân Phú, giữ chức vụ gì?", True, "Lê Tám giữ chức vụ gì?"),
        ("Sĩ quan nào của Trung đoàn 9 ở Tân Phú kể lại vụ việc, ông mang quân hàm gì?", True,
         "Lê Tám mang quân hàm gì?"),
        ("Trùm nhóm trộm tượng chùa Tân Phú tên gì, bao nhiêu tuổi?", True, "Lê Tám bao nhiêu tuổi?"),
        ("Trum nhom trom tuong chua Tan Phu ten gi, bao nhieu tuoi?", True, "Lê Tám bao nhieu tuoi?"),
        ("Xin cho biết ai là trưởng ban thi ở Hà Giang và người đó giữ chức vụ gì ở tỉnh.", True,
         "Lê Tám giữ chức vụ gì ở tỉnh?"),
        ("Which doctor at Tan Phu hospital treated them, and what is his post?", True,
         "What is Lê Tám’s post?"),
        ("In the appointments, which post was Nguyen Van Toan given, and what was his previous job?", False,
         ""),
        ("Ông Lê Văn Tám bị bắt ngày nào, ông mang quân hàm gì?", False, ""),
        ("Ai bị bắt trong vụ cháy chợ Tân Phú, bị bắt ở đâu?", False, ""),
    ],
)  # fmt: skip
def test_what_is_asked_of_whom_the_first_asks_for(
    question: str, of_somebody: bool, asked: str
) -> None:
    first, second = parts(question)
    assert not first.who and second.who is of_somebody
    assert not asked or second.of("Lê Tám") == asked


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
        (
            "Kỳ này hội nông dân Na Sơn hay Bản Mo đông hội viên hơn, mỗi bên bao nhiêu?",
            "Kỳ này hội nông dân {} bao nhiêu hội viên",
            ("Na Sơn", "Bản Mo"),
            "highest",
        ),
        (
            "Hết nhiệm kỳ, hộ nghèo của hội Na Sơn với Bản Mo còn mấy phần trăm, bên nào thấp hơn?",
            "Hết nhiệm kỳ, hộ nghèo của hội {} còn mấy phần trăm",
            ("Na Sơn", "Bản Mo"),
            "lowest",
        ),
        (
            "Ở Mường Kha, nhà ông Lê Tám hay nhà bà Đỗ Thị Chín nuôi nhiều dê hơn, mỗi nhà cỡ mấy con?",
            "Ở Mường Kha, {} nuôi bao nhiêu dê",
            ("nhà ông Lê Tám", "nhà bà Đỗ Thị Chín"),
            "highest",
        ),
        (
            "Na Sơn với Bản Mo, nơi nào xây nhiều lớp học cho trẻ mầm non hơn, con số từng nơi?",
            "{} xây bao nhiêu lớp học cho trẻ mầm non",
            ("Na Sơn", "Bản Mo"),
            "highest",
        ),
        (
            "Hội thi cấp tỉnh và đợt bán hàng của Đoàn Na Sơn, bên nào đạt tỷ lệ cao hơn, cụ thể ra sao?",
            "{} đạt tỷ lệ bao nhiêu",
            ("Hội thi cấp tỉnh", "đợt bán hàng của Đoàn Na Sơn"),
            "highest",
        ),
        (
            "Quỹ khuyến học Na Sơn: khoản góp với khoản chi mỗi bên mấy tỷ, bên nào lớn hơn?",
            "Quỹ khuyến học Na Sơn: {} mấy tỷ",
            ("khoản góp", "khoản chi"),
            "highest",
        ),
    ],
)
def test_two_sides(question: str, template: str, subjects: tuple[str, str], sought: str) -> None:
    compared = parse(question).comparison
    assert compared
    assert (compared.template, compared.subjects, compared.sought) == (template, subjects, sought)
