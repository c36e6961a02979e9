"""The words by which a name is known for one: titles, surnames, units, kinds of organisations, countries."""

#: A surname, by which a name of three or four words is a person's without a title.
SURNAMES = frozenset(
    """Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Lương Trương Đào
    Tạ Tô Vương Quách Lưu Phùng Triệu Nông Hà Mai Cao Tống Châu Thái Lâm Kiều Đàm Giang Doãn Viên Bạch Hứa
    Nghiêm Chu Trang Lại Lò Lù Giàng Vàng Hầu Ma Sùng Thào Mùa Tòng Quàng Cầm Vi""".split()
)
#: Of these a name of three words may as well be of something else ("Hà Nội Mới", "Châu Âu Cũ").
UNSURE = frozenset(
    "Hà Mai Cao Châu Thái Lâm Giang Viên Bạch Trang Lại Vàng Hầu Ma Mùa Vi Nông Triệu Cầm Chu Hoàng".split()
)
#: What stands before a person's name, of how many words it may be.
TITLES = (
    "ông|bà|anh|chị|cô|cụ|đồng chí|đ/c|em|cháu|bé|mr|mrs|ms|dr|gs|pgs|ts|ths|gs.ts|pgs.ts|pgs-ts|gs-ts|bs|ls"
    "|bác sĩ|luật sư|giáo sư|tiến sĩ|thạc sĩ|kỹ sư|kiến trúc sư|nhà báo|nhà văn|nhà thơ|nhạc sĩ|ca sĩ|diễn viên"
    "|nghệ sĩ|nsnd|nsưt|đạo diễn|họa sĩ|người mẫu|danh hài|hlv|huấn luyện viên|tiền đạo|tiền vệ"
    "|hậu vệ|thủ môn|trung vệ|tài xế|lái xe|nghi can|nghi phạm|bị can|bị cáo|đối tượng|nạn nhân|doanh nhân"
    "|thiếu úy|trung úy|thượng úy|đại úy|thiếu tá|trung tá|thượng tá|đại tá|thiếu tướng|trung tướng"
    "|thượng tướng|đại tướng|thẩm phán|học sinh|sinh viên|thầy|cô giáo|thầy giáo|linh mục|hòa thượng"
    "|thượng tọa|đại biểu|thượng nghị sĩ|hạ nghị sĩ|nghị sĩ|hoàng tử|công chúa|thái tử"
)
#: Offices that are a person's beside a name without more ("Tổng thống Donald Trump").
RULING = (
    "tổng thống|thủ tướng|ngoại trưởng|tổng bí thư|chủ tịch nước|quốc vương|nữ hoàng|đệ nhất phu nhân"
    "|thống đốc|bộ trưởng(?: quốc phòng| ngoại giao| tài chính| nội vụ| thương mại| tư pháp| năng lượng)?"
)
#: What bears a person's name and is none.
NAMED_AFTER = (
    "đường|phố|đại lộ|quốc lộ|tỉnh lộ|hẻm|ngõ|ngách|cầu|hầm|chợ|trường|thpt|thcs|tiểu học|đại học|học viện"
    "|bệnh viện|công viên|quảng trường|sân|nhà hát|rạp|giải|giải thưởng|quỹ|học bổng|huân chương|cúp|phường|xã"
    "|quận|huyện|ấp|thôn|khu phố|khu|lăng|chùa|đền|đình|nhà thờ|tượng|tượng đài|ngã tư|ngã ba|ngã năm|ngã sáu"
    "|vòng xoay|nút giao|giao lộ|góc|bến|ga|hồ|sông|núi|đèo|công ty|tập đoàn|doanh nghiệp|nhà xe|hãng|tiệm"
    "|cửa hàng|quán|nhà hàng|khách sạn|thương hiệu|tàu|dự án|chung cư|tòa nhà|ca khúc|bài hát|phim|bộ phim"
    "|tác phẩm|vở|album|nhóm|chi nhánh|trung tâm|viện|câu lạc bộ|clb|đoàn|đội|bảo tàng|thư viện|sân vận động"
    "|nhà|hợp tác xã|cơ sở|trạm|doanh trại|đảo|bãi|vườn|làng|giáo xứ|dòng họ|họ|tuyến|nguyễn"
)
#: Units of places, the larger ones are part of what a place is called by.
UNITS = "huyện|quận|thị xã|xã|phường|thị trấn|thành phố|TP|TX|tỉnh"
#: Countries and regions that are told by name, and great cities of others; of one syllable below.
ABROAD = frozenset(
    """Việt Nam|Trung Quốc|Hàn Quốc|Triều Tiên|Nhật Bản|Ấn Độ|Thái Lan|Campuchia|Indonesia|Malaysia|Singapore
    |Philippines|Myanmar|Brunei|Mông Cổ|Pakistan|Afghanistan|Iran|Iraq|Syria|Israel|Palestine|Libya|Yemen|Qatar
    |Ai Cập|Thổ Nhĩ Kỳ|Hy Lạp|Tây Ban Nha|Bồ Đào Nha|Hà Lan|Thụy Sĩ|Thụy Điển|Phần Lan|Na Uy|Đan Mạch|Ba Lan
    |Ukraine|Belarus|Croatia|Serbia|Hungary|Romania|Bulgaria|Argentina|Brazil|Mexico|Cuba|Chile|Peru|Colombia
    |Venezuela|Canada|Australia|New Zealand|Nam Phi|Nigeria|Kenya|Hồng Kông|Hong Kong|Đài Loan|Tây Tạng|Fiji
    |Arab Saudi|Saudi Arabia|Bangladesh|Sri Lanka|Nepal|Kuwait|Oman|Jordan|Liban|Lebanon|Algeria|Tunisia|Sudan
    |Djibouti|Somalia|Congo|Georgia|Kazakhstan|Uzbekistan|Bắc Kinh|Thượng Hải|Quảng Châu|Seoul|Bình Nhưỡng
    |Tokyo|Osaka|Bangkok|Jakarta|Manila|Kuala Lumpur|Phnom Penh|Viêng Chăn|New Delhi|Mumbai|Washington|New York
    |Los Angeles|London|Paris|Berlin|Moskva|Moscow|Rome|Madrid|Barcelona|Bali|Hawaii|California|Texas|Florida
    |Hoàng Sa|Trường Sa|Phú Quốc|Côn Đảo|Biển Đông|Cộng hòa
    Séc|Crimea|Sydney|Melbourne|Toronto|Dubai|Kiev|Brussels
    |Geneva|Hoa Kỳ|Nam Sudan""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
#: Countries of one syllable: names of people and beginnings of other names, too.
SHORT = frozenset("Mỹ Nga Anh Đức Pháp Nhật Hàn Lào Ý Áo Bỉ Ấn".split())
#: What stands before a country of one syllable.
OF_COUNTRY = (
    "nước|ở|tại|sang|đến|tới|từ|rời|chính phủ|quân đội|hải quân|không quân|bộ ngoại giao|bộ quốc phòng|người"
    "|thủ tướng|tổng thống|ngoại trưởng|đại sứ quán|công dân|chính quyền|lực lượng|truyền thông|cảnh sát"
)
#: What a ministry ("Bộ …") or a department of a province ("Sở …") is for.
DOMAINS = (
    "Y tế|Giáo dục (?:và|&|-) Đào tạo|Giáo dục|GD ?(?:-|&) ?ĐT|Xây dựng|Giao thông [Vv]ận tải|GTVT|Công an"
    "|Quốc phòng"
    "|Ngoại giao|Tài chính|Công [Tt]hương|Nội vụ|Tư pháp|Tài nguyên (?:và|&|-) Môi trường|TN ?(?:-|&) ?MT"
    "|Nông nghiệp (?:và|&|-) Phát triển [Nn]ông thôn|NN ?(?:-|&) ?PTNT"
    "|Lao động ?[-,–]? ?Thương binh (?:và|&|-) Xã hội|LĐ ?- ?TB ?(?:-|&) ?XH|LĐTBXH"
    "|Văn h(?:óa|oá),? ?-? ?Thể thao (?:và|&|-) Du lịch|VH,? ?-? ?TT ?(?:-|&) ?DL|VHTTDL"
    "|Văn h(?:óa|oá) (?:và|-) Thể thao"
    "|Khoa học (?:và|&|-) Công nghệ|KH ?(?:-|&) ?CN|Thông tin (?:và|&|-) Truyền thông|TT ?(?:-|&) ?TT"
    "|Kế hoạch (?:và|&|-) Đầu tư|KH ?(?:-|&) ?ĐT|Du lịch|Quy hoạch - Kiến trúc|Ngoại vụ"
    "|Thương mại|Thống nhất|Năng lượng|An ninh Nội địa|Nội an"
)
#: Organisations of a place, which is part of their names.
OF_PLACE = (
    "Công an|CA|UBND|[ỦU][yỷ]? ban [Nn]hân dân|Uỷ ban [Nn]hân dân|HĐND|Hội đồng [Nn]hân dân|TAND"
    "|T(?:òa|oà) án [Nn]hân dân"
    "|T(?:òa|oà) án|VKSND|Viện [Kk]iểm sát [Nn]hân dân|Viện KSND|Th(?:ành|ị|ỉnh) [ủu]y|Tỉnh (?:ủy|uỷ)"
    "|Thành (?:ủy|uỷ)"
    "|Huyện (?:ủy|uỷ)|Quận (?:ủy|uỷ)|Đảng bộ|Tỉnh [Đđ]oàn|Thành [Đđ]oàn|Cục Thuế|Cục Hải quan|Cục Thống kê"
    "|Cục Thi hành án dân sự|Chi cục Kiểm lâm|Chi cục Thú y|Ban An toàn giao thông|Ban ATGT|Hội Nông dân"
    "|Hội Liên hiệp Phụ nữ|Hội Chữ thập đỏ|Liên đoàn Lao động|Bộ [Cc]hỉ huy [Qq]uân sự|Bộ đội [Bb]iên phòng"
    "|Cảnh sát PCCC|Thanh tra|Mặt trận Tổ quốc"
)
#: Others, before their own names; the small words behind say of what sort they are.
BEFORE_NAME = (
    r"Tổng công ty|Công ty(?: [Cc]ổ phần| CP| TNHH(?: MTV| [Mm]ột thành viên)?)?(?: [Đđ]ầu tư| [Xx]ây dựng"
    r"| [Tt]hương mại| [Dd]ịch vụ| [Bb]ất động sản| [Tt]hực phẩm| [Dd]ược phẩm| [Cc]hứng khoán| [Ll]uật"
    r"| và| [Pp]hát triển| [Ss]ản xuất| [Dd]u lịch| [Vv]ận tải)*|Tập đoàn|Ngân hàng(?: TMCP)?"
    r"|(?:Trường )?(?:Đại học|ĐH)(?: Kinh tế| Y [Dd]ược| Y khoa| Y| Bách khoa| Sư phạm| Luật| Công nghệ"
    r"| Nông nghiệp| Khoa học| Quốc gia| Xây dựng| Ngoại ngữ| Công nghiệp)*|(?:Trường )?(?:THPT|THCS|Tiểu học"
    r"|[Tt]iểu học|Cao đẳng|CĐ|[Mm]ầm non)(?: [Cc]huyên)?|Bệnh viện(?: [Đđ]a khoa| ĐK)?(?: [Kk]hu vực| [Tt]ỉnh"
    r"| [Qq]uốc tế| [Tt]rung ương| Nhi| Sản| [Pp]hụ sản)*"
)
#: Those that have their name in small letters, or none behind.
WHOLE = (
    "Liên Hợp Quốc|Liên Hiệp Quốc|Lầu Năm Góc|Nhà Trắng|Học viện An ninh [Nn]hân dân"
    "|Học viện Cảnh sát [Nn]hân dân"
    "|Quốc hội|Bộ Chính trị|Chính phủ|Ngân hàng Nhà nước|Ngân hàng Thế giới|Quỹ Tiền tệ [Qq]uốc tế|NATO"
    "|ASEAN|FIFA|UNESCO"
    "|WHO|UNICEF|Reuters|AFP|Yonhap|KCNA|Tass|Sputnik|Xinhua|Tân Hoa Xã|BBC|CNN|TTXVN|VFF|AFC|VPF|CIA|FBI"
    "|NASA|Interpol"
    "|T(?:òa|oà) án [Nn]hân dân [Tt]ối cao|Viện Kiểm sát [Nn]hân dân [Tt]ối cao|Thanh tra Chính phủ"
    "|Văn phòng Chính phủ"
    "|Tổng cục Thống kê|Tổng cục Hải quan|Tổng cục Thuế|Tổng cục Du lịch|Cục Hàng không Việt Nam"
    "|Cục Hàng hải Việt Nam"
    "|Liên đoàn Bóng đá Việt Nam|Bảo hiểm [Xx]ã hội Việt Nam|Tổng cục Đường bộ Việt Nam"
    "|Đài Truyền hình Việt Nam"
    "|Vietnam Airlines|Vietjet Air|VietJet Air|Samsung|Google|Facebook|Apple|Microsoft"
)
