# ruff: noqa: E501  (templates and texts, as they are)
"""Five made-up stories with their right values; every kind of layout tells each of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, unit, heads and rows, and how its rows are told."""

    caption: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A story: what it says of itself, its paragraphs, and what stands around it on a page."""

    slug: str
    title: str
    outlet: str
    host: str
    author: str
    day: date
    time: str
    lead: str
    paragraphs: tuple[str, ...]
    caption: str
    grid: Grid
    related: tuple[str, ...]
    comment: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://{self.host}/{self.slug}-41{len(self.title)}07.html"

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lead and paragraphs."""
        return (self.lead, *self.paragraphs)

    @property
    def iso(self) -> str:
        """Day and time as pages' data have them."""
        return f"{self.day.isoformat()}T{self.time}:00+07:00"

    def shown(self, form: str) -> str:
        """The day as a page shows it: {d}, {m}, {dd}, {mm}, {y}, {t}, {w} (of the week)."""
        week = ("hai", "ba", "tư", "năm", "sáu", "bảy")
        w = "Chủ nhật" if self.day.weekday() == 6 else f"Thứ {week[self.day.weekday()]}"
        return form.format(
            d=self.day.day, m=self.day.month, dd=f"{self.day.day:02}", mm=f"{self.day.month:02}",
            y=self.day.year, t=self.time, w=w,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file is to give. Of details None means unknown; a detail not named is not compared."""

    must: tuple[str, ...]
    mustnot: tuple[str, ...]
    details: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a kind with what it is to give."""

    name: str
    data: bytes
    expected: Expected


STORIES = (
    Story(
        "ho-pac-ma-can", "Hồ Pác Mạ cạn, ba xã thiếu nước tưới", "Báo Vùng Cao Mới", "vungcaomoi.example",
        "Hoàng Thị Lèn", date(2023, 5, 17), "08:20",
        "Hồ Pác Mạ chỉ còn 1,2 triệu m3 nước, bằng 31% dung tích, khiến 640 ha lúa của ba xã thiếu nước tưới.",
        (
            "Theo Công ty Thủy nông huyện Lâm Sơn Hạ, từ tháng 2 đến nay toàn vùng chỉ mưa 46 mm, thấp nhất trong"
            " 20 năm. Mực nước hồ xuống mỗi ngày 4 cm.",
            "Ông Triệu A Sính, giám đốc công ty, cho biết 18 máy bơm dã chiến đã được đưa tới kênh N3, chạy từ 4 giờ"
            " sáng đến 22 giờ để cứu lúa đang làm đòng.",
            "“Nếu mười ngày nữa không mưa, 210 ha ở cuối kênh sẽ mất trắng”, bà Lò Thị Piêng, trưởng bản Nà Hin, nói.",
            "Huyện đã chi 1,85 tỷ đồng mua dầu và vận động người dân chuyển 75 ha sang trồng ngô.",
        ),
        "Lòng hồ Pác Mạ nứt nẻ chiều 16/5. Ảnh: Vi Văn Páo",
        Grid("Diện tích lúa thiếu nước theo xã", "ha", ("Xã", "Đang trồng", "Thiếu nước"),
             (("Nà Hin", "412", "286"), ("Bản Lầu Mới", "355", "214"), ("Khuổi Sao", "298", "140")),
             ("Xã Nà Hin · đang trồng (ha): 412; thiếu nước (ha): 286",
              "Xã Bản Lầu Mới · đang trồng (ha): 355; thiếu nước (ha): 214",
              "Xã Khuổi Sao · đang trồng (ha): 298; thiếu nước (ha): 140")),
        ("Cháy rừng thông ở Khe Lạnh, 13 ha bị thiêu rụi", "Nắng nóng 41 độ còn kéo dài sáu ngày"),
        "Năm 2010 hồ còn cạn hơn, chỉ còn 9% nước.",
    ),
    Story(
        "cau-ben-dua-thong-xe", "Cầu Bến Dừa thông xe sau 26 tháng thi công", "Nhật báo Cửa Sông",
        "nhatbaocuasong.example", "Trần Quốc Đỉnh", date(2022, 9, 2), "10:05",
        "Cầu Bến Dừa nối hai huyện Tân Hải Đông và Cồn Tròn thông xe sáng 2/9, rút ngắn đường đi 17 km.",
        (
            "Cầu dài 562 m, rộng 12 m, có 14 nhịp, tổng mức đầu tư 418 tỷ đồng, do Ban Quản lý dự án giao thông tỉnh"
            " làm chủ đầu tư.",
            "Phó giám đốc ban Ngô Thị Bảo Trân nói công trình chậm hai tháng vì giá thép tăng 22% và bảy hộ dân giao"
            " đất muộn.",
            "Trước khi có cầu, mỗi ngày 5.300 lượt người qua phà Bến Dừa, giờ cao điểm chờ đến 45 phút.",
            "Phà sẽ ngừng chạy từ ngày 15/9; 31 nhân viên bến phà được chuyển sang trạm thu dịch vụ của cảng.",
        ),
        "Xe máy qua cầu Bến Dừa trong buổi sáng thông xe. Ảnh: Hữu Lộc",
        Grid("Vốn đầu tư cầu Bến Dừa theo năm", "tỷ đồng", ("Hạng mục", "Năm 2021", "Năm 2022"),
             (("Phần cầu", "143,5", "96,2"), ("Đường dẫn", "51,8", "74,3"), ("Giải phóng mặt bằng", "38,4", "13,8"),
              ("Tổng cộng", "233,7", "184,3")),
             ("Phần cầu · năm 2021 (tỷ đồng): 143,5; năm 2022 (tỷ đồng): 96,2",
              "Đường dẫn · năm 2021 (tỷ đồng): 51,8; năm 2022 (tỷ đồng): 74,3",
              "Giải phóng mặt bằng · năm 2021 (tỷ đồng): 38,4; năm 2022 (tỷ đồng): 13,8",
              "Tổng cộng · năm 2021 (tỷ đồng): 233,7; năm 2022 (tỷ đồng): 184,3")),
        ("Khởi công bến tàu khách Cồn Tròn vốn 92 tỷ đồng", "Tàu cá mắc cạn ở cửa Lạch Vẹt"),
        "Cầu đẹp quá, quê tôi ở đó 38 năm mới thấy.",
    ),
    Story(
        "dai-hoi-hop-tac-xa-che", "Liên minh Hợp tác xã tỉnh Trà Sơn đại hội lần thứ V", "Báo Trà Sơn",
        "baotrason.example", "Nông Văn Thức", date(2020, 11, 26), "15:40",
        "Chiều 26/11, Liên minh Hợp tác xã tỉnh Trà Sơn bế mạc Đại hội lần thứ V, nhiệm kỳ 2020 - 2025, với 164"
        " đại biểu chính thức.",
        (
            "Nhiệm kỳ qua, toàn tỉnh thành lập mới 87 hợp tác xã, nâng tổng số lên 342, thu hút 21.600 thành viên;"
            " doanh thu bình quân mỗi hợp tác xã đạt 1,94 tỷ đồng một năm.",
            "Đại hội bầu 27 đồng chí vào Ban Chấp hành; đồng chí Hà Thị Mai Lan được bầu giữ chức Chủ tịch với 98,1%"
            " số phiếu.",
            "Đồng chí Đinh Công Trứ, Phó Bí thư Tỉnh ủy, đề nghị Liên minh hỗ trợ 60 hợp tác xã chè đạt chuẩn VietGAP"
            " trước năm 2023.",
            "Dịp này, 12 tập thể và 19 cá nhân được tặng bằng khen.",
        ),
        "Các đại biểu bỏ phiếu bầu Ban Chấp hành.",
        Grid("Kết quả hoạt động của các hợp tác xã", "triệu đồng", ("Huyện", "Doanh thu 2018", "Doanh thu 2019"),
             (("Thanh Lương Hạ", "42.310", "45.870"), ("Mường Bú", "18.940", "17.655"), ("Tà Xùa Mới", "9.120", "10.480")),
             ("Huyện Thanh Lương Hạ · doanh thu 2018 (triệu đồng): 42.310; doanh thu 2019 (triệu đồng): 45.870",
              "Huyện Mường Bú · doanh thu 2018 (triệu đồng): 18.940; doanh thu 2019 (triệu đồng): 17.655",
              "Huyện Tà Xùa Mới · doanh thu 2018 (triệu đồng): 9.120; doanh thu 2019 (triệu đồng): 10.480")),
        ("Hội Nông dân huyện Mường Bú trao 45 con bò giống", "Trà Sơn có thêm 8 sản phẩm OCOP"),
        "Mong hợp tác xã xã tôi cũng được vay vốn.",
    ),
    Story(
        "benh-vien-ngoc-khanh-mo-khoa", "Bệnh viện Ngọc Khánh mở khoa đột quỵ 60 giường", "Tạp chí Sức Khỏe Xanh",
        "suckhoexanh.example", "Lê Nhã Uyên", date(2024, 3, 8), "06:55",
        "Khoa Đột quỵ của Bệnh viện đa khoa Ngọc Khánh hoạt động từ hôm nay với 60 giường, 22 bác sĩ và 48 điều dưỡng.",
        (
            "Bác sĩ Phan Hữu Tuệ, trưởng khoa, cho biết bệnh nhân tới trong 4,5 giờ đầu có thể được dùng thuốc tiêu sợi"
            " huyết; thời gian từ cửa đến kim hiện là 38 phút.",
            "Năm 2023, bệnh viện tiếp nhận 1.870 ca đột quỵ, tăng 14% so với năm trước, trong đó 26% dưới 50 tuổi.",
            "Máy chụp mạch hai bình diện trị giá 29 tỷ đồng do quỹ đầu tư của tỉnh Hòa Lâm chi trả.",
            "Khoa sẽ nhận bệnh nhân chuyển tuyến từ năm huyện phía nam qua đường dây nóng 24/24 giờ.",
        ),
        "Bác sĩ đọc phim chụp của bệnh nhân đột quỵ. Ảnh: Nhã Uyên",
        Grid("Số ca đột quỵ nhập viện theo nhóm tuổi", "", ("Nhóm tuổi", "Số ca năm 2022", "Số ca năm 2023"),
             (("Dưới 50", "361", "486"), ("Từ 50 đến 69", "742", "823"), ("Từ 70 trở lên", "537", "561")),
             ("Nhóm tuổi: Dưới 50 · số ca năm 2022: 361; số ca năm 2023: 486",
              "Nhóm tuổi: Từ 50 đến 69 · số ca năm 2022: 742; số ca năm 2023: 823",
              "Nhóm tuổi: Từ 70 trở lên · số ca năm 2022: 537; số ca năm 2023: 561")),
        ("Hòa Lâm ghi nhận 212 ca sốt xuất huyết trong tuần", "Vì sao nên đo huyết áp hai tay"),
        "Bố tôi được cứu ở đây năm ngoái, xin cảm ơn.",
    ),
    Story(
        "thu-ngan-sach-quan-ba-lai", "Quận Ba Lai thu ngân sách vượt 8,4% kế hoạch", "Thời báo Đô Thị Nam",
        "thoibaodothinam.example", "Vũ Minh Khuê", date(2021, 12, 30), "17:25",
        "Quận Ba Lai thu ngân sách 2.318 tỷ đồng trong năm 2021, vượt 8,4% kế hoạch thành phố giao, dù 94 ngày giãn"
        " cách.",
        (
            "Theo Phòng Tài chính quận, thuế công thương nghiệp chiếm 46% tổng thu; lệ phí trước bạ giảm 11,7% vì ít"
            " người mua xe.",
            "Phó chủ tịch quận Đoàn Ngọc Sang nói 3.240 hộ kinh doanh được giảm thuế với số tiền 57 tỷ đồng.",
            "Quận chi 312 tỷ đồng cho phòng dịch, trong đó 128 tỷ đồng hỗ trợ 64.500 lao động tự do.",
            "Năm 2022, quận đặt mục tiêu thu 2.450 tỷ đồng và không tăng biên chế.",
        ),
        "Người dân làm thủ tục thuế tại trụ sở quận Ba Lai. Ảnh: Gia Bách",
        Grid("Thu ngân sách quận Ba Lai", "tỷ đồng", ("Khoản thu", "Kế hoạch", "Thực hiện"),
             (("Thuế công thương nghiệp", "980", "1.066"), ("Lệ phí trước bạ", "402", "355"), ("Tiền thuê đất", "158", "171")),
             ("Khoản thu: Thuế công thương nghiệp · kế hoạch (tỷ đồng): 980; thực hiện (tỷ đồng): 1.066",
              "Khoản thu: Lệ phí trước bạ · kế hoạch (tỷ đồng): 402; thực hiện (tỷ đồng): 355",
              "Khoản thu: Tiền thuê đất · kế hoạch (tỷ đồng): 158; thực hiện (tỷ đồng): 171")),
        ("Ba Lai lắp 180 camera ở hẻm", "Chợ Cầu Ván đóng cửa hai tuần để sửa"),
        "Thu nhiều vậy mà đường Bàu Sen ngập hoài.",
    ),
)  # fmt: skip
