"""Measures correction notices: `python tests/quality/corrections.py DIR [--ask]` (DIR is made). All texts are
invented; which notice corrects which article was written down before anything was run.

PAIRS: an article, the notice that corrects it, a question on what is corrected, the right and the wrong value.
NEAR: an article and a text that looks like its correction but is none, or is one of another article.
Half of the files are added with the notice first. `--ask`: the questions of three pairs with the real
models."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.library import Library  # noqa: E402
from tests.conftest import FakeEmbedder  # noqa: E402

#: Article, notice, question, right, wrong.
PAIRS = [
    (
        "Xã Mường Lát có 412 hộ thoát nghèo\nThứ hai, 15/01/2024, 08:00\n"
        "Năm 2023, xã Mường Lát có 412 hộ thoát nghèo, vượt kế hoạch 12 hộ.\n"
        "Chủ tịch xã Lò Văn Pành cho biết xã sẽ tiếp tục cho vay vốn nuôi bò.",
        "Đính chính\nThứ tư, 17/01/2024, 09:00\n"
        "Trong bài “Xã Mường Lát có 412 hộ thoát nghèo” đăng ngày 15/01/2024, số hộ thoát nghèo xin đọc là "
        "142 hộ, không phải 412 hộ. Tòa soạn xin cáo lỗi cùng bạn đọc.",
        "Năm 2023 xã Mường Lát có bao nhiêu hộ thoát nghèo?",
        "142",
        "412",
    ),
    (
        "Khởi công cầu Vàm Sát trị giá 320 tỷ đồng\n12/03/2023\n"
        "Sáng 12/3, huyện Cần Ân khởi công cầu Vàm Sát với tổng mức đầu tư 320 tỷ đồng.\n"
        "Cầu dài 640 m, dự kiến hoàn thành sau 24 tháng.",
        "Đính chính bài “Khởi công cầu Vàm Sát”\n14/03/2023\n"
        "Do sơ suất của phóng viên, bài “Khởi công cầu Vàm Sát trị giá 320 tỷ đồng” (ngày 12/3/2023) đã ghi "
        "sai "
        "tổng mức đầu tư là 320 tỷ đồng. Con số đúng là 230 tỷ đồng. Thành thật xin lỗi bạn đọc.",
        "Tổng mức đầu tư cầu Vàm Sát là bao nhiêu?",
        "230 tỷ",
        "320 tỷ",
    ),
    (
        "Bổ nhiệm Giám đốc Sở Y tế tỉnh Đông Lĩnh\n05/06/2022, 14:10\n"
        "Ông Nguyễn Văn Tân được bổ nhiệm giữ chức Giám đốc Sở Y tế tỉnh Đông Lĩnh từ ngày 10/6/2022.\n"
        "Trước đó ông là Phó Giám đốc Sở.",
        "Nói lại cho rõ\n07/06/2022, 08:00\n"
        "Bài “Bổ nhiệm Giám đốc Sở Y tế tỉnh Đông Lĩnh” đăng ngày 5/6/2022 viết nhầm tên ông Nguyễn Văn Tấn "
        "thành ông Nguyễn Văn Tân. Báo xin cáo lỗi cùng ông Nguyễn Văn Tấn và bạn đọc.",
        "Ai được bổ nhiệm Giám đốc Sở Y tế tỉnh Đông Lĩnh?",
        "Nguyễn Văn Tấn",
        "Nguyễn Văn Tân",
    ),
    (
        "Lễ hội hoa ban Tà Xá mở ngày 8/3\n01/03/2024\n"
        "Lễ hội hoa ban xã Tà Xá khai mạc ngày 8/3/2024 tại sân vận động trung tâm.\n"
        "Ban tổ chức dự kiến đón 15.000 lượt khách.",
        "Đính chính\n02/03/2024\n"
        "Trong tin “Lễ hội hoa ban Tà Xá mở ngày 8/3” đăng ngày 1/3/2024, ngày khai mạc lễ hội xin được sửa "
        "lại "
        "là ngày 18/3/2024 thay vì ngày 8/3/2024. Mong bạn đọc thông cảm.",
        "Lễ hội hoa ban Tà Xá khai mạc ngày nào?",
        "18/3",
        "8/3/2024",
    ),
    (
        "Huyện Bình Sa thu hoạch 12.500 tấn lúa\n20/09/2021\nBáo Đồng Bằng\n"
        "Vụ hè thu, huyện Bình Sa thu hoạch 12.500 tấn lúa trên 2.100 ha.\n"
        "Giá lúa tại ruộng là 6.800 đồng một kg.",
        "Báo Đồng Bằng xin đính chính cùng bạn đọc\n22/09/2021\nBáo Đồng Bằng\n"
        "Báo Đồng Bằng số ra ngày 20/9/2021, bài “Huyện Bình Sa thu hoạch 12.500 tấn lúa” in nhầm giá lúa "
        "6.800 đồng, xin sửa lại cho đúng là 8.600 đồng một kg. Xin cáo lỗi cùng bạn đọc.",
        "Giá lúa tại ruộng ở huyện Bình Sa là bao nhiêu?",
        "8.600",
        "6.800",
    ),
    (
        "Trường THPT Ngọc Lâm có 97% học sinh đỗ đại học\n30/08/2023\n"
        "Năm nay Trường THPT Ngọc Lâm có 97% học sinh đỗ đại học, cao nhất tỉnh.\n"
        "Thủ khoa của trường đạt 28,9 điểm.",
        "Cải chính\n01/09/2023\n"
        "Bài báo “Trường THPT Ngọc Lâm có 97% học sinh đỗ đại học” ngày 30/8/2023 nêu tỷ lệ đỗ đại học 97% là "
        "không chính xác. Số liệu đúng là 79%. Chúng tôi xin lỗi nhà trường và bạn đọc.",
        "Trường THPT Ngọc Lâm có bao nhiêu phần trăm học sinh đỗ đại học?",
        "79%",
        "97%",
    ),
    (
        "Cháy kho gỗ ở thị trấn Phú Lương, 3 người bị thương\n11/11/2022, 21:30\n"
        "Vụ cháy kho gỗ tối 11/11 tại thị trấn Phú Lương làm 3 người bị thương, thiệt hại 5 tỷ đồng.\n"
        "Đám cháy được khống chế sau 4 giờ.",
        "Đính chính\n12/11/2022, 10:00\n"
        "Trong bài viết Cháy kho gỗ ở thị trấn Phú Lương, 3 người bị thương đăng ngày 11/11/2022, chúng tôi đã "
        "thông tin thiệt hại 5 tỷ đồng; đúng ra là 1,5 tỷ đồng. Xin lỗi bạn đọc vì sai sót này.",
        "Vụ cháy kho gỗ ở thị trấn Phú Lương thiệt hại bao nhiêu?",
        "1,5 tỷ",
        "5 tỷ",
    ),
    (
        "Bệnh viện Lạc Hồng ghép thận thành công cho 26 bệnh nhân\n18/05/2024\n"
        "Từ đầu năm, Bệnh viện Lạc Hồng đã ghép thận thành công cho 26 bệnh nhân.\n"
        "Bác sĩ Trần Thị Mơ phụ trách khoa ghép tạng.",
        "Đính chính: Bệnh viện Lạc Hồng ghép thận thành công cho 26 bệnh nhân\n20/05/2024\n"
        "Trong bài trên, đăng ngày 18/5/2024, số bệnh nhân được ghép thận là 16 bệnh nhân chứ không phải "
        "26 bệnh nhân. Tòa soạn thành thật xin lỗi bạn đọc.",
        "Bệnh viện Lạc Hồng đã ghép thận cho bao nhiêu bệnh nhân?",
        "16",
        "26",
    ),
    (
        "Xã Hòa Tân khánh thành nhà văn hóa\n03/02/2020\n"
        "Ngày 2/2, xã Hòa Tân khánh thành nhà văn hóa rộng 480 m² với kinh phí 2,4 tỷ đồng.\n"
        "Bà con đóng góp 900 ngày công.",
        "Thông tin đính chính\n05/02/2020\n"
        "Bài “Xã Hoà Tân khánh thành nhà văn hoá” (3/2/2020): thay vì 480 m² xin đọc là 840 m². "
        "Trân trọng cáo lỗi cùng quý độc giả.",
        "Nhà văn hóa xã Hòa Tân rộng bao nhiêu?",
        "840 m²",
        "480 m²",
    ),
    (
        "Công an huyện Sông Mây bắt 14 đối tượng đánh bạc\n09/12/2023\n"
        "Công an huyện Sông Mây vừa bắt 14 đối tượng đánh bạc, thu giữ 62 triệu đồng.\n"
        "Vụ việc do Thượng úy Phạm Quốc Dũng chỉ huy.",
        "Đính chính thông tin\n11/12/2023\n"
        "Bản tin “Công an huyện Sông Mây bắt 14 đối tượng đánh bạc” đăng ngày 9/12/2023 ghi người chỉ huy là "
        "Thượng úy Phạm Quốc Dũng. Nay xin đính chính là Thượng úy Phạm Quốc Đăng. Xin cáo lỗi cùng bạn đọc.",
        "Ai chỉ huy vụ bắt đánh bạc ở huyện Sông Mây?",
        "Phạm Quốc Đăng",
        "Phạm Quốc Dũng",
    ),
    (
        "Thủy điện Nậm Pha phát điện tổ máy số 1\n25/07/2019\n"
        "Tổ máy số 1 của thủy điện Nậm Pha công suất 45 MW đã hòa lưới ngày 24/7.\n"
        "Nhà máy có hai tổ máy, tổng vốn 3.900 tỷ đồng.",
        "ĐÍNH CHÍNH\n27/07/2019\n"
        "Trong bài viết về thủy điện Nậm Pha đăng ngày 25/7/2019, công suất tổ máy số 1 xin đọc lại là 54 MW "
        "(không phải 45 MW như đã đăng). Báo chân thành xin lỗi bạn đọc.",
        "Tổ máy số 1 của thủy điện Nậm Pha có công suất bao nhiêu?",
        "54 MW",
        "45 MW",
    ),
    (
        "Hợp tác xã rau Lộc An xuất khẩu 80 tấn rau\n14/04/2022\n"
        "Quý I, Hợp tác xã rau Lộc An xuất khẩu 80 tấn rau sang Nhật Bản.\n"
        "Hợp tác xã có 56 thành viên.",
        "Đính chính\n16/04/2022\n"
        "1. Trong bài “Hợp tác xã rau Lộc An xuất khẩu 80 tấn rau” ngày 14/4/2022, nước nhập khẩu xin sửa "
        "“Nhật Bản” thành “Hàn Quốc”.\n"
        "2. Trong bài “Chợ nổi Cái Sen vắng khách” ngày 15/4/2022, số ghe xin đọc là 50 ghe thay vì 150 ghe.\n"
        "Tòa soạn xin cáo lỗi.",
        "Hợp tác xã rau Lộc An xuất khẩu rau sang nước nào?",
        "Hàn Quốc",
        "Nhật Bản",
    ),
    (
        "Chợ nổi Cái Sen vắng khách\n15/04/2022\n"
        "Chợ nổi Cái Sen nay chỉ còn 150 ghe buôn bán mỗi sáng.\n"
        "Nhiều hộ đã chuyển lên bờ.",
        "",  # the second correction of the notice before
        "Chợ nổi Cái Sen còn bao nhiêu ghe?",
        "50 ghe",
        "150 ghe",
    ),
    (
        "Lark Bay hospital opens with 250 beds\n3 May 2023\n"
        "The new hospital in Lark Bay opened on Tuesday with 250 beds and 90 doctors.\n"
        "It cost 40 million dollars.",
        "Correction\n5 May 2023\n"
        "The article “Lark Bay hospital opens with 250 beds”, published on 3 May 2023, misstated the number of "
        "doctors. It is 60 doctors, not 90 doctors. We apologise for the error.",
        "How many doctors does the new hospital in Lark Bay have?",
        "60",
        "90",
    ),
    (
        "Thị xã Kỳ Lâm thu ngân sách 1.240 tỷ đồng\n28/12/2023, 17:00\n"
        "Năm 2023, thị xã Kỳ Lâm thu ngân sách 1.240 tỷ đồng, tăng 8% so với năm 2022.\n"
        "Thu từ đất chiếm 35%.\n"
        "Đính chính: Bản tin đăng lúc 17:00 ghi mức tăng 8% là chưa đúng; mức tăng đúng là 18%. Thành thật xin "
        "lỗi bạn đọc.",
        "",  # appended to the article itself
        "Thu ngân sách thị xã Kỳ Lâm năm 2023 tăng bao nhiêu phần trăm?",
        "18%",
        "8%",
    ),
    (
        "Giải chạy vì môi trường Đảo Yến thu hút 5.300 người\n19/03/2023\n"
        "Sáng 19/3, giải chạy vì môi trường Đảo Yến thu hút 5.300 người tham gia.\n"
        "Người về nhất cự ly 21 km là Vũ Đình Lân.",
        "Đính chính\n20/03/2023\n"
        "Trong bài Giải chạy vì môi trường Đảo Yến thu hút 5.300 người, do lỗi đánh máy, chúng tôi đã đưa "
        "số người tham gia là 5.300 người, xin điều chỉnh thành 3.500 người. Mong bạn đọc lượng thứ.",
        "Bao nhiêu người tham gia giải chạy vì môi trường Đảo Yến?",
        "3.500",
        "5.300",
    ),
    (
        "Đoàn Thanh niên Khối Doanh nghiệp hiến 310 đơn vị máu\n07/07/2021\nBáo Thanh Xuân\n"
        "Ngày 6/7, Đoàn Thanh niên Khối Doanh nghiệp tổ chức hiến máu, thu 310 đơn vị máu.\n"
        "Chương trình diễn ra tại Nhà Văn hóa Lao động.",
        "Báo Thanh Xuân cải chính\n09/07/2021\nBáo Thanh Xuân\n"
        "Báo Thanh Xuân ngày 7/7/2021 đăng bài “Đoàn Thanh niên Khối Doanh nghiệp hiến 310 đơn vị máu”. Do "
        "nhầm "
        "lẫn, địa điểm đã ghi là Nhà Văn hóa Lao động, nay xin cải chính là Trung tâm Hội nghị Sao Mai. "
        "Báo xin lỗi bạn đọc.",
        "Chương trình hiến máu của Đoàn Thanh niên Khối Doanh nghiệp diễn ra ở đâu?",
        "Trung tâm Hội nghị Sao Mai",
        "Nhà Văn hóa Lao động",
    ),
    (
        "Đường tỉnh 817 qua Tân Thạnh rộng 9 m\n22/10/2024\n"
        "Đường tỉnh 817 qua huyện Tân Thạnh dài 14 km, rộng 9 m.\n"
        "Công trình do Công ty Cầu đường 9 thi công.",
        "Xin lỗi và đính chính\n24/10/2024\n"
        "Bài “Đường tỉnh 817 qua Tân Thạnh rộng 9 m” đăng ngày 22/10/2024 có sai sót: chiều dài tuyến đường "
        "không phải là 14 km mà là 41 km. Ban biên tập xin lỗi bạn đọc.",
        "Đường tỉnh 817 qua huyện Tân Thạnh dài bao nhiêu?",
        "41 km",
        "14 km",
    ),
    (
        "Làng gốm Bồ Nông đón bằng di tích\n02/05/2018\n"
        "Làng gốm Bồ Nông có 36 lò nung, 210 thợ lành nghề, doanh thu 48 tỷ đồng mỗi năm.\n"
        "Ngày 1/5, làng đón bằng di tích cấp tỉnh.",
        "Đính chính\n04/05/2018\n"
        "Số báo ra ngày 2/5/2018, trong bài về làng gốm Bồ Nông, chúng tôi đã in sai số lò nung là 36 lò. Xin "
        "đọc đúng là 63 lò. Xin bạn đọc thông cảm.",
        "Làng gốm Bồ Nông có bao nhiêu lò nung?",
        "63",
        "36",
    ),
    (
        "Tân Phong: tai nạn xe khách làm 2 người chết\n17/08/2022, 06:45\n"
        "Rạng sáng 17/8, xe khách lật trên đèo Tân Phong làm 2 người chết, 11 người bị thương.\n"
        "Xe chở 28 hành khách từ Lai Sơn về xuôi.",
        "Đính chính\n18/08/2022, 07:00\n"
        "Liên quan bài “Tân Phong: tai nạn xe khách làm 2 người chết” đăng sáng 17/8/2022, số người bị thương "
        "được sửa từ 11 người thành 17 người theo báo cáo của bệnh viện. Tòa soạn xin lỗi bạn đọc.",
        "Vụ tai nạn xe khách trên đèo Tân Phong làm bao nhiêu người bị thương?",
        "17 người",
        "11 người",
    ),
]
#: Article, text that must not be linked to it.
NEAR = [
    (  # a report about a correction
        "Bộ Nông nghiệp công bố 1.200 ổ dịch tả lợn\n10/04/2023\n"
        "Cả nước có 1.200 ổ dịch tả lợn châu Phi.\nBộ yêu cầu các tỉnh tiêm phòng.",
        "Bộ Nông nghiệp đính chính số ổ dịch tả lợn\n12/04/2023\n"
        "Ngày 12/4, Bộ Nông nghiệp cho biết số ổ dịch tả lợn châu Phi là 1.020 ổ, không phải 1.200 ổ như đã "
        "công "
        "bố. Bộ trưởng yêu cầu kiểm điểm đơn vị báo cáo sai.",
    ),
    (  # of another year's article with the same title
        "Huyện Lâm Giang có 18 trường đạt chuẩn\n05/09/2020\n"
        "Huyện Lâm Giang có 18 trường đạt chuẩn quốc gia.\nNăm học mới bắt đầu.",
        "Đính chính\n07/09/2023\n"
        "Trong bài “Huyện Lâm Giang có 18 trường đạt chuẩn” đăng ngày 5/9/2023, số trường xin đọc là 28 "
        "trường, "
        "không phải 18 trường. Tòa soạn xin cáo lỗi.",
    ),
    (  # another district
        "Huyện Yên Bắc trồng 300 ha rừng\n11/02/2022\n"
        "Huyện Yên Bắc trồng 300 ha rừng trong tháng 1.\nCây keo chiếm phần lớn.",
        "Đính chính\n13/02/2022\n"
        "Trong bài “Huyện Yên Nam trồng 300 ha rừng” đăng ngày 11/2/2022, diện tích xin đọc là 30 ha, không "
        "phải "
        "300 ha. Báo xin lỗi bạn đọc.",
    ),
    (  # the article has the right value already
        "Khu công nghiệp Sa Hà có 45 doanh nghiệp\n06/06/2023\n"
        "Khu công nghiệp Sa Hà có 45 doanh nghiệp với 9.000 lao động.\nHạ tầng đã xong.",
        "Đính chính\n08/06/2023\n"
        "Trong bài “Khu công nghiệp Sa Hà có 45 doanh nghiệp” đăng ngày 6/6/2023, số lao động xin đọc là 9.000 "
        "người, không phải 900 người. Tòa soạn cáo lỗi cùng bạn đọc.",
    ),
    (  # another paper's
        "Cầu Trà Ôn thông xe\n01/10/2021\n"
        "Cầu Trà Ôn dài 520 m thông xe sáng 1/10.\nXe tải được phép qua cầu.\nNguồn: Báo Miền Tây",
        "Báo Sông Hậu xin đính chính\n03/10/2021\nBáo Sông Hậu\n"
        "Báo Sông Hậu ngày 1/10/2021, bài “Cầu Trà Ôn thông xe”, in nhầm chiều dài cầu 520 m, xin sửa lại là "
        "250 m. Xin cáo lỗi.",
    ),
    (  # somebody demands one
        "Công ty Nam Thành nợ lương 320 công nhân\n15/05/2023\n"
        "Công ty Nam Thành nợ lương 320 công nhân từ tháng 3.\nCông nhân đã ngừng việc.",
        "Công ty Nam Thành yêu cầu báo chí cải chính\n18/05/2023\n"
        "Công ty Nam Thành gửi văn bản yêu cầu các báo cải chính thông tin nợ lương 320 công nhân; theo "
        "công ty, "
        "con số đúng là 32 công nhân. Liên đoàn Lao động sẽ kiểm tra.",
    ),
    (  # the notice is older than the article
        "Giá cà phê lên 120 triệu đồng một tấn\n20/04/2024\n"
        "Giá cà phê hôm nay lên 120 triệu đồng một tấn.\nNông dân phấn khởi.",
        "Đính chính\n12/03/2024\n"
        "Trong bài “Giá cà phê lên 120 triệu đồng một tấn” đăng ngày 10/3/2024, giá xin đọc là 102 triệu đồng, "
        "không phải 120 triệu đồng. Xin lỗi bạn đọc.",
    ),
    (  # a list of articles beside it
        "Xã Đồng Lạc xây 60 nhà tình nghĩa\n09/09/2019\n"
        "Xã Đồng Lạc xây 60 nhà tình nghĩa, mỗi nhà 80 triệu đồng.\nNguồn từ quỹ xã hội.",
        "Hội thảo về đính chính trên báo chí\n12/09/2019\n"
        "Hội Nhà báo tổ chức hội thảo về quy định đính chính, cải chính. Một diễn giả nêu ví dụ bài “Xã "
        "Đồng Lạc "
        "xây 60 nhà tình nghĩa”: nếu viết sai 60 nhà thì phải đính chính trong ba ngày.",
    ),
    (  # no article of that day has the wrong value
        "Thu hoạch vải thiều ở Lục Sơn\n15/06/2022\n"
        "Huyện Lục Sơn thu hoạch 90.000 tấn vải thiều.\nGiá bán 25.000 đồng một kg.",
        "Đính chính\n17/06/2022\n"
        "Số báo ra ngày 15/6/2022, trong bài về xoài Cao Lĩnh, sản lượng xin đọc là 9.000 tấn, không phải "
        "19.000 tấn. Xin cáo lỗi bạn đọc.",
    ),
    (  # a correction of a law's text, not of an article
        "Nghị định mới về đất đai có hiệu lực\n01/08/2024\n"
        "Nghị định 88 quy định bồi thường đất, có hiệu lực từ 1/8.\nĐiều 12 nêu mức hỗ trợ 30%.",
        "Đính chính Nghị định 88 về đất đai\n09/08/2024\n"
        "Bộ Tư pháp ban hành quyết định đính chính Nghị định 88: tại Điều 12, mức hỗ trợ “30%” được sửa thành "
        "“13%”. Quyết định có hiệu lực từ ngày ký.",
    ),
]


def files(folder: Path) -> tuple[dict[str, set[str]], list[str]]:
    """Writes every text; returns, by notice, the articles that it corrects, and the notices of `NEAR`."""
    folder.mkdir(parents=True)
    expected: dict[str, set[str]] = {}
    last = ""
    for number, (article, notice, *_) in enumerate(PAIRS):
        # By name files are added in order: every second notice comes before its article.
        names = ("b", "a") if number % 2 else ("a", "b")
        target = folder / f"{number:02}-{names[0]}.txt"
        target.write_text(article, "utf-8")
        if notice:
            last = f"{number:02}-{names[1]}.txt"
            (folder / last).write_text(notice, "utf-8")
        of = target.name if "Đính chính:" in article else last
        expected.setdefault(of, set()).add(target.name)
    near = []
    for number, (article, notice) in enumerate(NEAR):
        (folder / f"near-{number}-a.txt").write_text(article, "utf-8")
        near.append(f"near-{number}-b.txt")
        (folder / near[-1]).write_text(notice, "utf-8")
    return expected, near


def linked(library: Library) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By notice: the articles that it was linked to, and those that are offered."""
    names = {row.id: Path(row.source).name for row in library.articles()}
    links: dict[str, set[str]] = {}
    offers: dict[str, set[str]] = {}
    for one in library.notices.links():
        into = links if one.holds else offers
        into.setdefault(names[one.notice], set()).add(names[one.article])
    return links, offers


def measure(folder: Path) -> None:
    """Adds everything, and compares what was linked with what is expected."""
    expected, near = files(folder / "texts")
    library = Library(folder / "library", FakeEmbedder())
    library.add([folder / "texts"])
    links, offers = linked(library)
    library.close()
    pairs = {(notice, one) for notice, ones in expected.items() for one in ones}
    found = {(notice, one) for notice, ones in links.items() for one in ones}
    print(f"linked: {len(pairs & found)} of {len(pairs)}; wrongly: {len(found - pairs)}")
    print(f"near-misses linked: {sum(name in links for name in near)} of {len(near)}")
    print(f"offered: {sum(map(len, offers.values()))}")
    for what, ones in (("missed", pairs - found), ("wrong", found - pairs)):
        for notice, article in sorted(ones):
            print(f"  {what}: {notice} -> {article}")
    for notice, ones in sorted(offers.items()):
        print(f"  offered: {notice} -> {sorted(ones)}")


def asked(folder: Path) -> None:
    """Asks the questions of three pairs with the real models: which value comes first?"""
    from ui.cli.opened import open_assistant

    assistant = open_assistant(folder / "asked")
    assistant.library.add([folder / "texts"])
    for _, _, question, right, wrong in (PAIRS[0], PAIRS[2], PAIRS[14]):
        *_, final = assistant.ask(question)
        first = final.statements[0].text if final.statements else ""
        print(
            f"{question}\n  {right in first=} short={final.short!r} (wrong: {wrong})\n  {final.text}"
        )
    assistant.library.close()


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
    if "--ask" in sys.argv:
        asked(Path(sys.argv[1]))
