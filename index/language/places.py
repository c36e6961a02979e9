"""Provinces: their names and spellings, what the mergers of 2025 made of them, and where an article plays.

The list is kept here and not taken from a package: those that list today's divisions do not know
yesterday's, and articles do not change their names.
"""

from collections import Counter

import regex as re

from index.language.text import fold, has_marks, placed, strip_marks

# The 63 provinces and cities before the mergers of 2025 (and Hà Tây, until 2008), with other spellings.
_PROVINCES = """
An Giang|Bà Rịa - Vũng Tàu,Bà Rịa-Vũng Tàu,Bà Rịa – Vũng Tàu,Vũng Tàu|Bắc Giang|Bắc Kạn,Bắc Cạn|Bạc Liêu|
Bắc Ninh|Bến Tre|
Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đà Nẵng|Đắk Lắk,Đắc Lắc,Đăk Lăk,Đắc Lắk|
Đắk Nông,Đắc Nông,Đăk Nông|Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tây|Hà Tĩnh|
Hải Dương|
Hải Phòng|Hậu Giang|Hòa Bình|Hồ Chí Minh,TP.HCM,TP. HCM,TPHCM,TP HCM,Sài Gòn|Hưng Yên|Khánh Hòa|Kiên Giang|
Kon Tum,Kontum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|
Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|
Thái Nguyên|Thanh Hóa|Thừa Thiên Huế,Thừa Thiên - Huế,Thừa Thiên – Huế,Huế|Tiền Giang|Trà Vinh|Tuyên Quang|
Vĩnh Long|Vĩnh Phúc|Yên Bái
""".replace("\n", "")
#: Province or city since 1 July 2025: those merged into it (Resolution 202/2025/QH15; Hà Tây: 2008).
MERGED: dict[str, tuple[str, ...]] = {
    "An Giang": ("Kiên Giang",),
    "Bắc Ninh": ("Bắc Giang",),
    "Cà Mau": ("Bạc Liêu",),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Đà Nẵng": ("Quảng Nam",),
    "Đắk Lắk": ("Phú Yên",),
    "Đồng Nai": ("Bình Phước",),
    "Đồng Tháp": ("Tiền Giang",),
    "Gia Lai": ("Bình Định",),
    "Hà Nội": ("Hà Tây",),
    "Hải Phòng": ("Hải Dương",),
    "Hồ Chí Minh": ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    "Hưng Yên": ("Thái Bình",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận"),
    "Lào Cai": ("Yên Bái",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"),
    "Quảng Ngãi": ("Kon Tum",),
    "Quảng Trị": ("Quảng Bình",),
    "Tây Ninh": ("Long An",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Tuyên Quang": ("Hà Giang",),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
}
_SPELLINGS = {
    spelling: names.split(",")[0]
    for names in _PROVINCES.split("|")
    for spelling in names.split(",")
}
#: Every province's name, in the order of the list.
PROVINCES = tuple(dict.fromkeys(_SPELLINGS.values()))
_BARE = {strip_marks(spelling): name for spelling, name in _SPELLINGS.items()}
_FOLDED = {fold(spelling): name for spelling, name in _SPELLINGS.items()}
_BOUND = r"(?<![\p{{L}}]){}(?![\p{{L}}])"
# Written small these are words ("hòa bình", "thái bình"); a person or slogan bears the others.
_MARKED = re.compile(_BOUND.format("|".join(map(re.escape, sorted(_SPELLINGS, key=len)[::-1]))))
_UNMARKED = re.compile(_BOUND.format("|".join(map(re.escape, sorted(_BARE, key=len)[::-1]))))
_NOT_A_PLACE = re.compile(
    r"(?:Đoàn Thanh niên Cộng sản|tư tưởng|đạo đức|phong cách|Bác|Chủ tịch|lăng|đường|đội TNTP"
    r"|Thiếu niên Tiền phong|TNCS|Cộng sản)\s+$",
    re.IGNORECASE,
)
_SORT = re.compile(r"(?<!\p{L})(?i:tỉnh|thành phố|tp\.?)\s+$")
#: How far is looked back from a name, in characters.
_BACK = 60
_NAMED_PLACE = re.compile(
    r"(?<!\p{L})(?i:tỉnh|thành phố|tp\.?|huyện|thị xã|quận|xã|phường|thị trấn)[^\S\n]+"
    r"(?P<name>\p{Lu}\p{L}*(?:[^\S\n]+\p{Lu}\p{L}*){0,3})"  # within a line
)
#: Lines of a body that say where it plays: dateline and first paragraphs; further down others are named.
_LEAD_LINES = 3


def places(text: str) -> set[str]:
    """Provinces by any of their spellings, and whatever follows "tỉnh", "huyện", "xã" …"""
    text = placed(text)
    found = set(_provinces(text))
    if not has_marks(text):  # typed without diacritics, perhaps without capitals
        bare = text.title() if text.islower() else text
        found |= {_BARE[m.group()] for m in _UNMARKED.finditer(bare) if _is_place(bare, m.start())}
    for match in _NAMED_PLACE.finditer(text):
        if not _MARKED.search(match.group()):
            found.add(match["name"])
    return found


def spelled(text: str) -> list[str]:
    """The text as it is, and with each province that it names in every other spelling; "Hồ Chí Minh" alone may
    be the person.

    >>> spelled("lũ ở tỉnh Bắc Kạn")
    ['lũ ở tỉnh Bắc Kạn', 'lũ ở Bắc Cạn']
    """
    found = [text]
    for match in _MARKED.finditer(text):
        name, before = _SPELLINGS[match.group()], text[: match.start()]
        sort = _SORT.search(before)
        if not _is_place(text, match.start()) or match.group() == "Hồ Chí Minh" and not sort:
            continue
        before = before[: sort.start()] if sort else before
        others = (o for o, of in _SPELLINGS.items() if of == name and o != match.group())
        found += [f"{before}{other}{text[match.end() :]}" for other in others]
    return found


def mentioned(text: str) -> list[tuple[int, str, str]]:
    """Where `text` names places, in order: at which letter, the name as `places` gives it, and of which sort
    it is said to be ("huyện"), "" where nothing says so."""
    text = placed(text)
    found = {
        m.start(): (_SPELLINGS[m.group()], "")
        for m in _MARKED.finditer(text)
        if _is_place(text, m.start())
    }
    for match in _NAMED_PLACE.finditer(text):
        known = _MARKED.search(match.group())
        at = match.start() + known.start() if known else match.start("name")
        name = _SPELLINGS[known.group()] if known else match["name"]
        found[at] = (name, fold(match.group().removesuffix(match["name"]).strip()))
    return [(at, name, sort) for at, (name, sort) in sorted(found.items())]


def province(name: str) -> str | None:
    """The province that a name means, in any spelling, with or without "tỉnh" and diacritics; None
    where it is none."""
    bare = re.sub(r"(?i)^(?:tỉnh|tinh|thành phố|thanh pho|tp\.?)\s+", "", name.strip())
    return _FOLDED.get(fold(bare)) or {fold(k): v for k, v in _BARE.items()}.get(fold(bare))


def admitted(name: str) -> tuple[str, ...]:
    """The provinces whose articles belong to a province: itself and those merged into it."""
    return (name, *MERGED.get(name, ()))


def addressed(address: str) -> set[str]:
    """The provinces that an outlet's name or web address spells ("baobackan.com.vn")."""
    joined = strip_marks(fold(address)).replace(" ", "").replace("-", "")
    return {name for bare, name in _BARE.items() if bare.lower().replace(" ", "") in joined}


def playing(title: str | None, outlet: str | None, url: str | None, body: str) -> set[str]:
    """Where an article plays: the places that its title and first paragraphs name and the provinces that its
    outlet's address spells; where there are none, every place that it names."""
    return set().union(*_own(title, outlet, url, body)) or places(body)


def home(title: str | None, outlet: str | None, url: str | None, body: str) -> str | None:
    """The one province where an article plays: the only one that its title and first paragraphs name, else
    that its outlet's address spells; else, of these or of all, the one that it names twice as often as any
    other. None where there is none such."""
    lead, address = (found.intersection(PROVINCES) for found in _own(title, outlet, url, body))
    for found in (lead, address):
        if len(found) == 1:
            return next(iter(found))
    (first, often), *others = Counter(_provinces(f"{title or ''}\n{body}")).most_common(2) or [
        ("", 0)
    ]
    clear = often and (not others or often >= 2 * others[0][1])
    return first if clear and (not lead or first in lead) else None


def _own(
    title: str | None, outlet: str | None, url: str | None, body: str
) -> tuple[set[str], set[str]]:
    """What an article says of where it plays: by its title and first paragraphs, by its outlet's address."""
    lead = "\n".join([title or "", *body.split("\n")[:_LEAD_LINES]])
    return places(lead), addressed(f"{outlet or ''} {url or ''}")


def _provinces(text: str) -> list[str]:
    text = placed(text)
    return [_SPELLINGS[m.group()] for m in _MARKED.finditer(text) if _is_place(text, m.start())]


def _is_place(text: str, start: int) -> bool:
    """Hồ Chí Minh is first of all a person ("tư tưởng Hồ Chí Minh"), Thái Bình Dương an ocean."""
    if text.startswith(("Thái Bình Dương", "Thai Binh Duong"), start):
        return False
    return not (
        text.startswith("Hồ Chí Minh", start)
        and _NOT_A_PLACE.search(text[max(0, start - _BACK) : start])
    )
