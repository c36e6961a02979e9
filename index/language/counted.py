"""What looks like a day and is none: it counts ("10/12 xã"), lasts ("từ 2-3 tháng") or goes by the moon."""

import regex as re

#: By form: the unit it is a form of ("mét" → "m").
UNITS = {
    form: forms.split()[0]
    for forms in (
        "km kilômét kilomet kilometres kilometers|m mét met metre metres meter meters|cm|mm|km²|m²|m³"
        "|ha hécta hecta hectares hectare|kg kilogam kilôgam|g gam|tấn ton tons tonnes|tạ|yến"
        "|lít lit l litres|đồng vnđ vnd đ dong|usd đôla dollar dollars|euro eur|giờ h tiếng hours hour"
        "|phút minutes|giây seconds|ngày days|tuần weeks|tháng months|năm years|tuổi|điểm points"
        "|lần times|giường beds|hộ households|người people"
    ).split("|")
    for form in forms.split()
}
#: What is counted in so many words of the news: "10/12 xã" is no day, "năm xã" no year.
_COUNTED = frozenset(UNITS) | frozenset(
    """xã phường huyện quận tỉnh thành thôn ấp bản làng xóm buôn em học sinh giáo đại cán hội đảng đoàn
    phiếu ủy thành lớp trường cơ đơn chỉ tiêu tổ chi bệnh dân diện số tổng vụ ca trận cầu mẫu hồ sơ dự công
    doanh câu bàn con chiếc cái căn ngôi nhà suất mô ý lượt tập cá nhóm đội tàu xe cây trăm nghìn ngàn vạn
    triệu tỷ tỉ communes districts provinces members schools villages of""".split()
)
_DATED = re.compile(
    r"(?<!\p{L})(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|dịp|lễ|nay|qua|từ|đến|tới|và|trước|sau)"
    r"\s*(?:\d{1,2}\s*(?:[-–,]|và|đến|tới)\s*)*\(?$"
)
_SCORED = re.compile(
    r"(?<!\p{L})(?:tỷ số|tỉ số|tỷ lệ|tỉ lệ|thắng|thua|hòa|dẫn|chiếm|bằng|số nhà|hẻm|ngõ|ngách|kiệt|lớp|tổ"
    r"|score|won|lost)\s+$"
)
# "từ 2-3 tháng" lasts so long, and "ngày 2-3 tháng 5" are two days.
_SPAN = re.compile(r"\s*(?:tháng|tuần|ngày|năm(?!\s*\d{4}))(?!\p{L})")
# By another calendar: "10/3 âm lịch".
_LUNAR = re.compile(r"\s*\(?\s*(?:năm\s+\S+\s+)?(?:âm lịch|al)(?!\p{L})")
_FULL_MOON = re.compile(r"(?<!\p{L})rằm\s+$")
# "mở cửa 24/7": always.
_ALWAYS = re.compile(r"24\s*/\s*7")


def counts(day: "re.Match[str]", before: str, behind: str) -> bool:
    """Whether "10/12" or "5-10", with groups `d`, `m` and `short` (the sign), counts what stands behind, is a
    score, or says how long; `before` and `behind` are the folded text around it."""
    if _SCORED.search(before) or (day["short"] == "-" and _SPAN.match(behind)):
        return True
    if _ALWAYS.fullmatch(day.group()) and not _DATED.search(before):
        return True
    if int(day["d"]) > int(day["m"]):
        return False
    following = re.match(r"\s*(\p{L}+[²³]?)", behind)
    return following is not None and following[1] in _COUNTED and not _DATED.search(before)


def is_lunar(before: str, behind: str) -> bool:
    """Whether a day between these words is by the moon's calendar, which no date of ours is.

    >>> is_lunar("giỗ tổ ngày ", " âm lịch"), is_lunar("lễ ngày ", " năm 2024")
    (True, False)
    """
    return bool(_LUNAR.match(behind) or _FULL_MOON.search(before))
