"""Invented names: people, villages, companies; provinces and districts from `data/places.txt`."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

FAMILIES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô "
    "Dương Lý Đinh Lương Trịnh Đoàn Tạ Cao Mai Tô Hà Lâm Thái Châu Quách Vi Lò Hà Nông Y Kpă Tống"
).split()
MEN = {
    "middle": "Văn Văn Hữu Đức Minh Quang Xuân Công Đình Thanh Ngọc Quốc Duy Anh Bá Trọng".split(),
    "given": (
        "An Bình Cường Dũng Đạt Hải Hùng Hưng Khoa Kiên Lâm Long Mạnh Nam Nghĩa Phúc Quân Sơn Tài "
        "Thắng Thành Thịnh Tuấn Vinh Việt Đông Khánh Lộc Tùng Hòa Bảy Tám Út Phước Hậu Thạch Tiến"
    ).split(),
}
WOMEN = {
    "middle": "Thị Thị Thị Ngọc Thu Kim Thanh Bích Thị Mỹ Hồng Thúy Phương Minh".split(),
    "given": (
        "Anh Chi Dung Hà Hạnh Hiền Hoa Hồng Huệ Hương Lan Liên Linh Loan Mai Nga Ngân Nhung Oanh "
        "Phương Quyên Tâm Thảo Thủy Trang Tuyết Vân Xuân Yến Lệ Sương Diễm Nguyệt Thơm Duyên"
    ).split(),
}
FIRST = (
    "An Bình Tân Phú Thạch Sơn Hòa Vĩnh Long Đông Nam Trung Xuân Thanh Cẩm Hưng Mỹ Lộc Quảng Kim "
    "Ngọc Bắc Đại Trường Phước Hương Liên Nghĩa Yên Lạc Suối Bản Đồng Gò Bàu Cầu Bến Nậm Phiêng Ea"
).split()
SECOND = (
    "Phú Lâm Sơn Thủy Hải Giang Điền Thịnh Khê Bàng Mai Trạch Hội Thọ Lợi Minh Tiến Thành An Hà "
    "Dương Phong Châu Quang Đức Lĩnh Thượng Hạ Cường Hóa Bạc Đá Sen Mây Trang Thọ Lộc Tâm Vân Nghĩa"
).split()
TRADES = (
    "Xây dựng=Construction|Dệt may=Textiles|Thủy sản=Seafood|Thương mại=Trading|Đầu tư=Investment|"
    "Vận tải=Transport|Giày da=Footwear|Chế biến gỗ=Timber|Năng lượng=Energy|Nông nghiệp=Agriculture|"
    "Điện tử=Electronics|Phân bón=Fertiliser|Thực phẩm=Foods|Cơ khí=Mechanics|Môi trường=Environment"
).split("|")


@dataclass(frozen=True, slots=True)
class Person:
    """A name, and whether it is a woman's."""

    name: str
    woman: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A commune in a district in a province; the sorts are `xã`, `huyện`, `tỉnh` and the like."""

    province: str
    district: str
    commune: str
    district_sort: str
    commune_sort: str


def person(rng: Random, sex: str = "") -> Person:
    """An invented person; `sex` is m, f or either."""
    woman = sex == "f" or (sex != "m" and rng.random() < 0.35)
    parts = WOMEN if woman else MEN
    words = [rng.choice(FAMILIES), rng.choice(parts["middle"]), rng.choice(parts["given"])]
    if rng.random() < 0.15:
        words.insert(2, rng.choice(parts["given"]))
    if words[-1] == words[-2]:
        del words[-2]
    return Person(" ".join(words), woman)


def coin(rng: Random) -> str:
    """An invented name of two syllables, as of a village or a bridge."""
    first = rng.choice(FIRST)
    return f"{first} {rng.choice([word for word in SECOND if word != first])}"


def company(rng: Random) -> tuple[str, str]:
    """An invented company: Vietnamese, English."""
    name = coin(rng)
    if rng.random() < 0.25:
        name = name.replace(" ", "") if name.isascii() else name.upper()
    trade, english = rng.choice(TRADES).split("=")
    form = rng.choice(("Công ty TNHH", "Công ty Cổ phần", "Công ty CP", "Tập đoàn", "Công ty"))
    order = f"{trade} {name}" if rng.random() < 0.7 else f"{name}"
    return f"{form} {order}", f"{name} {english} Company"


@cache
def provinces() -> dict[str, tuple[str, ...]]:
    """Province → its districts, each with its sort."""
    text = resources.files(__package__).joinpath("data/places.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {
        head.strip(): tuple(name.strip() for name in rest.split(","))
        for head, _, rest in (line.partition(":") for line in lines)
    }


def place(rng: Random, province: str = "", other_than: str = "") -> Place:
    """A place: an invented commune of a district of `data/places.txt`."""
    table = provinces()
    if not province:
        province = rng.choice([name for name in table if name != other_than])
    district = rng.choice(table[province])
    sort = "huyện"
    for prefix in ("thành phố", "thị xã", "quận"):
        if district.startswith(prefix):
            sort, district = prefix, district.removeprefix(prefix).strip()
    rural = ["xã"] * 5 + ["thị trấn"]
    commune_sort = rng.choice(rural if sort == "huyện" else ["phường", "phường", "xã"])
    commune = coin(rng)
    while commune in (district, province):
        commune = coin(rng)
    return Place(province, district, commune, sort, commune_sort)
