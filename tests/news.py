"""Nine short reports of invented events, with what the desk is for in them: a story that three papers printed,
each in its own way; a notice that puts a figure right; people who hold offices; one without a date."""

import json
from pathlib import Path

_BRIDGE = (
    "Cầu dài {length} m, rộng 8 m, gồm năm nhịp. Tổng kinh phí là 84 tỷ đồng từ ngân sách tỉnh. ",
    "Công trình khởi công tháng 3/2019 và chậm bốn tháng vì hai mùa lũ. "
    "Trước đây học sinh hai bản phải đi bè mảng qua suối, mùa mưa thường nghỉ học cả tuần. "
    "Từ nay ô tô chở nông sản đi thẳng ra quốc lộ, không phải vòng 17 km đường đèo.",
    "Ông Lê Văn Tám, Giám đốc Sở Giao thông vận tải tỉnh Hòa Bình, cắt băng khánh thành cùng bà con hai bản.",
)
_OPENED = "Sáng 12/3, tỉnh Hòa Bình khánh thành cầu Nà Lạn bắc qua suối Lạn, nối hai bản Hạ và bản Thượng."


def _row(title: str, outlet: str, published: str, place: str, *paragraphs: str) -> dict[str, str]:
    return {
        "title": title,
        "outlet": outlet,
        "published": published,
        "place": place,
        "body": "\n".join(part.strip() for part in paragraphs),
    }


#: By the name of its file.
NEWS = {
    "cau-nhat-bao": _row(
        "Khánh thành cầu Nà Lạn", "Nhật báo Sông Mây", "2021-03-12", "Hòa Bình",
        _OPENED, _BRIDGE[0].format(length=212), *_BRIDGE[1:],
    ),
    "cau-tin-chieu": _row(
        "Hòa Bình có thêm cầu Nà Lạn", "Tin Chiều", "2021-03-13", "Hòa Bình",
        _OPENED, _BRIDGE[0].format(length=221), *_BRIDGE[1:],
        "Anh Bàn Văn Sinh ở bản Thượng mong có thêm đèn đường.",
    ),
    "cau-vung-cao": _row(
        "Cầu Nà Lạn thông xe", "Vùng Cao", "2021-03-14", "Hòa Bình",
        _OPENED, _BRIDGE[0].format(length=212), _BRIDGE[1],
    ),
    "lu-cho": _row(
        "Lũ cuốn trôi chợ Hạ Bình", "Vùng Cao", "2021-08-04", "Lào Cai",
        "Đêm 3/8, lũ ống trên suối Hạ cuốn trôi chợ Hạ Bình, 40 gian hàng hư hại, không có người chết.",
        "Bà Đỗ Thị Chín, Chủ tịch UBND huyện Mường Hạ, cho biết tỉnh Lào Cai hỗ trợ 3,5 tỷ đồng để dựng lại "
        "chợ.",
        "Đến chiều 4/8, đường vào ba xã vẫn bị đất đá vùi lấp.",
    ),
    "dinh-chinh": _row(
        "Đính chính", "Vùng Cao", "2021-08-06", "Lào Cai",
        "Trong bài “Lũ cuốn trôi chợ Hạ Bình” đăng ngày 4/8/2021, số gian hàng hư hại xin đọc là 14 gian hàng, "
        "không phải 40 gian hàng. Tòa soạn xin cáo lỗi bạn đọc.",
    ),
    "truong": _row(
        "Mường Hạ xây lại trường sau lũ", "Nhật báo Sông Mây", "2022-09-05", "Lào Cai",
        "Ngày khai giảng, 214 học sinh xã Hạ Bình vào trường mới sau trận lũ năm ngoái.",
        "Chủ tịch UBND huyện Mường Hạ Đỗ Thị Chín nói trường có mười hai phòng học, kinh phí 9,6 tỷ đồng.",
    ),
    "bo-nhiem": _row(
        "Hòa Bình có phó chủ tịch mới", "Tin Chiều", "2023-05-20", "Hòa Bình",
        "Ông Lê Văn Tám, Phó Chủ tịch UBND tỉnh Hòa Bình, nhận quyết định ngày 20/5.",
        "Trước đó ông phụ trách ngành giao thông của tỉnh và chỉ đạo làm 46 km đường lên các bản vùng cao.",
    ),
    "duong": _row(
        "Thêm 46 km đường về bản", "Vùng Cao", "2023-11-02", "Hòa Bình",
        "Trong ba năm, tỉnh Hòa Bình làm 46 km đường bê tông về 19 bản.",
        "Theo ông Lê V. Tám, Phó Chủ tịch UBND tỉnh Hòa Bình, bản xa nhất nay đi xe máy chỉ mất một giờ.",
    ),
    "lu-kinh-nghiem": _row(
        "Kinh nghiệm chạy lũ của người già", "", "", "",
        "Cụ Lò Thị Mơ kể: nghe suối Hạ đổi tiếng thì phải chạy ngay, lũ ống về chỉ mười phút sau.",
    ),
}  # fmt: skip


def write(folder: Path, *names: str) -> list[Path]:
    """Writes these reports (all, where none is named) as files of one row; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names or NEWS:
        row = {field: value for field, value in NEWS[name].items() if value}
        path = folder / f"{name}.jsonl"
        path.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
        paths.append(path)
    return paths
