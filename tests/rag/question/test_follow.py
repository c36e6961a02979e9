"""Follow-up questions: what they are completed with, and what stands alone."""

import pytest

from index.language.text import fold
from rag.question.follow import rewrite
from rag.types import Message

# The question before, its answer, the question; what its completed form has, and what it has not.
# "=": it stands alone, and stays as it was typed.
PAIRS = [
    ("Đơn vị nào thi công hồ chứa nước Suối Mây?", "Công ty Cổ phần Thủy lợi Bình Sơn [1]",
     "Giám đốc công ty đó là ai?", ["Giám đốc Công ty Cổ phần Thủy lợi Bình Sơn là ai"], ["công ty đó"]),
    ("Tỷ lệ hộ nghèo của huyện Cư Lam năm 2022 là bao nhiêu?", "Năm 2022 tỷ lệ hộ nghèo còn 11,2% [1].",
     "Còn năm trước?", ["2021", "hộ nghèo", "Cư Lam", "bao nhiêu"], ["2022"]),
    ("Tỉnh Đông Xuân kết nạp bao nhiêu đảng viên năm 2019?", "94 đảng viên [1]",
     "Còn Lâm Đồng?", ["Lâm Đồng", "kết nạp", "đảng viên", "2019"], ["Đông Xuân"]),
    ("Cầu Sông Đáy dài bao nhiêu mét?", "486 m [1]",
     "Còn chiều rộng?", ["rộng", "Cầu Sông Đáy", "bao nhiêu"], ["dài"]),
    ("Hội chợ nông sản Bình Tân phải hoãn đến ngày nào?", "Hội chợ hoãn đến ngày 12/6 [1].",
     "Vì sao?", ["vì sao", "hội chợ nông sản Bình Tân", "hoãn"], ["ngày nào"]),
    ("Vụ nổ lò hơi ở xã An Lạc Thôn xảy ra khi nào?", "Sáng 3/5 [1]",
     "Mấy người bị thương?", ["bị thương", "vụ nổ lò hơi", "An Lạc Thôn"], ["khi nào"]),
    ("How many trees did Tay Lam plant in 2021?", "12,000 trees [1]",
     "And in 2019?", ["2019", "trees", "Tay Lam"], ["2021"]),
    ("Hội nghị triển khai nhiệm vụ công tác mặt trận huyện Ea Lâm diễn ra ngày nào?", "Ngày 14/1 [1]",
     "Ai chủ trì?", ["chủ trì", "Hội nghị triển khai nhiệm vụ", "Ea Lâm"], ["ngày nào"]),
    ("Vụ cháy chợ Phú Đông thiệt hại bao nhiêu?", "Khoảng 3 tỷ đồng [1]",
     "nguyen nhan la gi", ["nguyen nhan", "cháy chợ Phú Đông"], ["bao nhiêu"]),
    ("Hội Luật gia tỉnh Phú Sa họp đại hội ngày nào?", "15/5/2024 [1]",
     "Cầu Sông Đáy dài bao nhiêu?", "=", []),
    ("Cầu Sông Đáy dài bao nhiêu mét?", "486 m [1]", "Giá vàng miếng hôm nay là bao nhiêu?", "=", []),
    ("Ai là Chủ tịch Hội Nông dân tỉnh Tây Lâm?", "Bà Trần Thị Mai Hương [1]",
     "Bà ấy sinh năm nào?", ["Trần Thị Mai Hương sinh năm nào"], ["Bà ấy"]),
    ("Who leads the Tay Lam fertiliser company?", "Nguyen Van Hai [1]",
     "When was he appointed?", ["Nguyen Van Hai"], [" he "]),
    ("Trường THPT Ninh Hải tuyển bao nhiêu học sinh lớp 10?", "420 học sinh [1]",
     "Thế giới có bao nhiêu nước dùng điện hạt nhân?", "=", []),
    ("Kim ngạch xuất khẩu của tỉnh Hải Khê năm 2023 đạt bao nhiêu?", "2,1 tỷ USD [1]",
     "Tăng hay giảm so với năm trước?", ["so với năm trước", "Hải Khê", "2023"], ["2022"]),
    ("Lễ hội hoa ban Điện Biên khai mạc khi nào?", "Tối 13/3 [1]",
     "Ở đâu?", ["lễ hội hoa ban Điện Biên", "ở đâu"], ["khi nào"]),
    ("Huyện Krông Nô trồng bao nhiêu ha cà phê năm 2020?", "9.200 ha [1]",
     "con nam 2021 thi sao", ["2021", "Krông Nô", "cà phê"], ["2020"]),
    ("Bệnh viện Đa khoa Sa Thầy có bao nhiêu giường?", "320 giường [1]",
     "Còn Bệnh viện Mắt Sa Thầy?", ["Bệnh viện Mắt Sa Thầy", "bao nhiêu giường"], ["Đa khoa"]),
    ("Bão số 5 làm bao nhiêu người chết ở Quảng Ngãi?", "7 người [1]",
     "Còn người mất tích?", ["người mất tích", "Quảng Ngãi", "bao nhiêu"], ["chết"]),
    ("Cầu Sông Đáy dài bao nhiêu mét?", "486 m [1]",
     "Tỉnh ủy Đông Xuân có bao nhiêu ủy viên?", "=", []),
    ("Công ty nào trúng thầu cải tạo chợ Đông Kinh?",
     "Công ty TNHH Xây dựng Hoàng Long trúng thầu với giá 31 tỷ đồng [1].",
     "Công ty này đã làm những dự án nào?", ["Hoàng Long đã làm những dự án nào"], ["này"]),
    ("Sản lượng thanh long của tỉnh Bình Thuận năm 2019 là bao nhiêu?", "680.000 tấn [1]",
     "Năm sau đó thì sao?", ["2020", "thanh long", "Bình Thuận"], ["2019"]),
    ("Xã An Lạc, huyện Cư Lam có bao nhiêu hộ nghèo?", "112 hộ [1]",
     "Còn xã Tân Lập?", ["xã Tân Lập", "huyện Cư Lam", "bao nhiêu hộ nghèo"], ["An Lạc"]),
    ("Trường Đại học Tây Sơn lấy bao nhiêu điểm chuẩn ngành Luật?", "21,5 điểm [1]",
     "Thế còn ngành Kế toán?", ["ngành Kế toán", "Tây Sơn", "điểm chuẩn"], ["Luật"]),
    ("Tuyến đường ven biển Bình Châu khởi công khi nào?", "Ngày 2/9/2021 [1]",
     "Bao giờ hoàn thành?", ["hoàn thành", "tuyến đường ven biển Bình Châu"], []),
    ("Ai bị khởi tố trong vụ phá rừng Ia Mơ?", "Ông Rơ Châm Hùng, kiểm lâm viên [1].",
     "Vì sao?", ["vì sao", "Rơ Châm Hùng", "bị khởi tố", "Ia Mơ"], ["ai bị"]),
    ("Dịch tả lợn châu Phi ở Hưng Thịnh làm chết bao nhiêu con lợn?", "1.240 con [1]",
     "Thiệt hại bao nhiêu tiền?", ["thiệt hại bao nhiêu tiền", "Hưng Thịnh", "dịch tả lợn"], []),
    ("Who founded the Sa Huynh weaving cooperative?", "Tran Thi Sau founded it in 1998 [1].",
     "How old is she?", ["Tran Thi Sau"], []),
    ("Where did the ferry Hai Au sink?", "Off Cua Dai [1]",
     "How many were rescued?", ["rescued", "Hai Au"], []),
    ("Hội thảo du lịch cộng đồng Mường Lát được tổ chức ở đâu?", "Tại bản Pùng [1]",
     "Bao nhiêu đại biểu tham dự?", ["đại biểu tham dự", "Hội thảo du lịch cộng đồng Mường Lát"], ["ở đâu"]),
    ("Đội bóng Sông Hiếu thắng trận chung kết với tỷ số bao nhiêu?", "3-1 [1]",
     "Ai ghi bàn?", ["ghi bàn", "Sông Hiếu", "chung kết"], []),
    ("Cầu Sông Đáy dài bao nhiêu mét?", "486 m [1]",
     "Bệnh viện Nhi Đồng Xuân mở cửa khi nào?", "=", []),
    ("Tỉnh Tây Lâm có bao nhiêu thí sinh dự thi lớp 10?", "9.870 thí sinh [1]",
     "Bão số 9 gây thiệt hại bao nhiêu ở Quảng Nam?", "=", []),
    ("Lễ hội cà phê Ea Tam khai mạc ngày nào?", "10/3 [1]", "giá xăng RON 95 tăng bao nhiêu?", "=", []),
    ("Lễ hội cà phê Ea Tam khai mạc ngày nào?", "10/3 [1]",
     "Con số thương vong trong vụ lật tàu Cát Bi là bao nhiêu?", "=", []),
    ("Ai viết cuốn sách về làng gốm Thổ Hà?", "Nhà nghiên cứu Đỗ Văn Kỷ [1]",
     "ong ay bao nhieu tuoi", ["Đỗ Văn Kỷ"], ["ong ay"]),
    ("Tỷ lệ hộ nghèo của huyện Cư Lam năm 2022 là bao nhiêu?", "11,2% [1]",
     "Còn hộ cận nghèo?", ["hộ cận nghèo", "Cư Lam", "2022", "tỷ lệ"], []),
    ("Chủ tịch UBND huyện Bác Thủy là ai?", "Ông Nông Văn Đức [1]",
     "Còn bí thư?", ["bí thư", "huyện Bác Thủy"], ["chủ tịch"]),
    ("Khu công nghiệp Phúc Điền có bao nhiêu doanh nghiệp?", "86 doanh nghiệp [1]",
     "Trong đó có bao nhiêu doanh nghiệp nước ngoài?", ["doanh nghiệp nước ngoài", "Phúc Điền"], []),
    ("Khu công nghiệp Phúc Điền rộng bao nhiêu ha?", "250 ha [1]",
     "Ở đó có bao nhiêu công nhân?", ["Phúc Điền", "công nhân"], []),
    ("Nguyên nhân vụ cháy kho lúa Phước Long là gì?", "Do chập điện [1]",
     "Thiệt hại thế nào?", ["vụ cháy kho lúa Phước Long: thiệt hại"], ["nguyên nhân"]),
    ("Trường THPT Ninh Hải có bao nhiêu học sinh nữ?", "612 học sinh nữ [1]",
     "Còn nam?", ["Trường THPT Ninh Hải có bao nhiêu học sinh nam?"], []),
    ("Trường THPT Ninh Hải có bao nhiêu học sinh nữ?", "612 học sinh nữ [1]",
     "Vậy còn giáo viên?", ["có bao nhiêu giáo viên?"], ["học sinh"]),
    ("Tỉnh Hải Khê xuất khẩu bao nhiêu trong 9 tháng đầu năm 2023?", "1,2 tỷ USD [1]",
     "Còn nhập khẩu?", ["nhập khẩu bao nhiêu trong 9 tháng"], ["xuất khẩu"]),
    ("Ai bị bắt trong vụ buôn gỗ lậu Đắk Song?", "Phan Hữu Tài và Lê Hồng Sơn [1]",
     "Họ bị phạt bao nhiêu?", ["Phan Hữu Tài và Lê Hồng Sơn bị bắt", "phạt bao nhiêu"], []),
    ("Nguyên nhân vụ cháy kho lúa Phước Long là gì?", "Ông Nguyễn Văn An cho biết do chập điện [1].",
     "Ông An nói gì nữa?", ["Ông Nguyễn Văn An nói gì"], []),
    ("Hồ Suối Mây ở Đắk Song xây khi nào?", "Năm 1978 [1]",
     "Dung tích sử dụng của hồ là bao nhiêu?", ["Hồ Suối Mây", "dung tích"], []),
    ("Vì sao Phạm Văn Nghị bị bắt?", "Vì Nghị nghi bạn gái phụ mình [1].",
     "Anh ta bao nhiêu tuổi?", ["Phạm Văn Nghị bao nhiêu tuổi"], ["Vì Nghị"]),
    ("Đảng bộ Khối tỉnh Đông Xuân tổ chức bao nhiêu buổi sinh hoạt chuyên đề?", "126 buổi [1]",
     "Về nội dung gì?", ["Đảng bộ Khối tỉnh Đông Xuân", "về nội dung gì"], []),
    ("Hồ Suối Mây rộng bao nhiêu?", "Không tìm thấy. Đã tìm trong 9 bài báo của Báo Lâm Viên.",
     "Ai xây?", ["Hồ Suối Mây: ai xây"], ["Lâm Viên"]),
    ("When was the An Hoa bridge opened?", "In 2021 [1]",
     "And the Song Lac bridge?", ["When was the Song Lac bridge opened?"], ["An Hoa"]),
    ("When was the An Hoa bridge opened?", "In 2021 [1]", "Which province?", ["An Hoa bridge"], []),
    ("Lúc bán cổ phần, Ngân hàng An Phát có bao nhiêu vốn?", "300 tỷ [1]",
     "Khi Vietbank thuê giám đốc, ngân hàng này có bao nhiêu vốn?", "=", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "answer", "question", "has", "lacks"), PAIRS, ids=[row[2] for row in PAIRS]
)
def test_a_follow_up_is_completed(
    before: str, answer: str, question: str, has: list[str] | str, lacks: list[str]
) -> None:
    found = rewrite(question, [Message("user", before), Message("assistant", answer)])
    if has == "=":
        assert found == question
        return
    assert found != question
    for words in has:
        assert fold(words) in fold(found), found
    for words in lacks:
        assert fold(words) not in fold(found), found


def test_each_follow_up_goes_on_from_the_one_before() -> None:
    history: list[Message] = []
    for question, complete in (
        ("Huyện Cư Lam có bao nhiêu hộ nghèo năm 2022?",) * 2,
        ("Còn năm trước?", "Huyện Cư Lam có bao nhiêu hộ nghèo năm 2021?"),
        ("Còn năm trước nữa?", "Huyện Cư Lam có bao nhiêu hộ nghèo năm 2020?"),
        ("Thế huyện Ea Súp thì sao?", "Huyện Ea Súp có bao nhiêu hộ nghèo năm 2020?"),
        ("Hộ cận nghèo thì sao?", "Huyện Ea Súp có bao nhiêu hộ cận nghèo năm 2020?"),
    ):
        assert rewrite(question, history) == complete
        history += [Message("user", question), Message("assistant", "112 hộ [1]")]
