"""Questions asked again of something else ("Còn Lâm Đồng?", "Còn năm trước?", "Thế chiều rộng thì sao?"): the
earlier question with a place, a year, a name or a measure exchanged."""

import regex as re

from index.language.figures import years
from index.language.places import province
from index.language.text import fold, has_marks, strip_marks
from rag.question.mentioned import Place, called, located, people

_INSTEAD = re.compile(
    r"\s*(?:(?:(?:thế|vậy|the|vay)(?=\s+(?:thì|còn|con|năm|ở|tại|tỉnh|huyện|xã)(?!\p{L})|.*\sth[ìi] sao)"
    r"|thì|và|va|and|what about"
    r"|how about|còn|con)\s+)+"
    r"(?:(?:ở|tại|in|for|of|của|với)\s+)?(?P<what>[^?]+?)(?P<so>\s+(?:thì sao|thi sao|ra sao"
    r"|thì thế nào))?\s*\??",
    re.IGNORECASE,
)
_HOW_ABOUT = re.compile(
    r"\s*(?:(?:ở|tại)\s+)?(?P<what>[^?]+?)\s+(?:thì sao|thi sao)\s*\??", re.IGNORECASE
)
_HOW_MUCH = re.compile(
    r"\s+(?:(?:là|được|đạt|có|thì|la|dat|co)\s+)?(?:bao nhiêu|mấy|bao nhieu|may|thế nào|ra sao)\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:(?:năm|nam)\s+)?(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)
# "năm ngoái" is the year before the one that was asked for, not the one before today.
_RELATIVE = (
    (-2, r"hai năm trước|2 năm trước|two years (?:before|earlier)"),
    (-1, r"(?:cùng kỳ )?năm (?:liền )?(?:trước|ngoái|kia)(?: đó)?(?: nữa)?|(?:the )?(?:last|previous) year"
         r"|(?:the )?year before"),
    (1, r"năm (?:sau|tới|kế tiếp|tiếp theo|kế)(?: đó)?(?: nữa)?|(?:the )?(?:next|following) year"
        r"|(?:the )?year after"),
)  # fmt: skip
#: Of these one is asked for instead of another: "dài bao nhiêu", "học sinh nữ".
_OTHERS = (
    ("dài", "rộng", "cao", "sâu", "nặng", "dày"),
    ("nam", "nữ"),
    ("thu", "chi"),
    ("tăng", "giảm"),
)
# "có bao nhiêu học sinh nữ?"; what follows a measure is not what is counted.
_COUNTED = re.compile(
    r"(?<!\p{L})bao nhiêu (?!(?:mét|m|km|ha|tấn|tạ|kg|tỷ|tỉ|triệu|nghìn|đồng|phần|tuổi|điểm|lần|ngày|tháng"
    r"|năm|giờ)(?!\p{L}))"
    r"(?P<counted>\p{Ll}+(?: \p{Ll}+){0,3})(?=\s*\?*$)"
)
_ROLE = (
    r"(?<!\p{L})(?:(?:phó )?(?:chủ tịch|bí thư|giám đốc|hiệu trưởng|viện trưởng|cục trưởng|đội trưởng)"
    r"|trưởng ban"
    r"|phó ban|thư ký|kế toán trưởng)(?!\p{L})"
)
_STOP = frozenset(
    "của ở tại trong là có không và với từ đến do cho về vào được bị bao mấy nào gì ai năm đạt khi of in is"
    " are was were did does has have".split()
)
_ASKS = re.compile(
    r"(?<!\p{L})(?:bao nhiêu|bao giờ|khi nào|nào|đâu|vì sao|tại sao|mấy|ai|gì|bao nhieu|bao gio|nao|dau"
    r"|vi sao|tai sao|gi"
    r"|who|when|where|why|what|which|how)(?!\p{L})"
)
_ARTICLE = re.compile(r"^(?:the|its|his|her|their)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:ông|bà|anh|chị|họ|nó|những|các|ai|gì)(?!\p{L})(?! \p{Lu})", re.IGNORECASE
)


def instead(question: str) -> str | None:
    """What a question names to be asked instead, where it does nothing else; else None.

    >>> instead("Thế còn Lâm Đồng thì sao?"), instead("Năm 2021 là bao nhiêu?"), instead("Còn ai nữa?")
    ('Lâm Đồng', 'Năm 2021', None)
    """
    found = _INSTEAD.fullmatch(question) or _HOW_ABOUT.fullmatch(question)
    if found and not (
        has_marks(question) and re.match(r"\s*con(?!\p{L})", question, re.IGNORECASE)
    ):
        what = _HOW_MUCH.sub("", _ARTICLE.sub("", found["what"].strip(" ,")))
        return None if _PRONOUN.match(what) or _ASKS.search(fold(what)) else what
    what = _HOW_MUCH.sub(
        "", re.sub(r"^(?:ở|tại|in)\s+", "", question.strip(" ?"), flags=re.IGNORECASE)
    )
    alone = re.sub(r"^(?:in )?(?:năm )?", "", what, flags=re.IGNORECASE)
    whole = re.fullmatch(r"(?:19|20)\d\d", alone) or not _without_relative(what).strip()
    return what if what and (whole or _only_place(what)) else None


def exchanged(earlier: str, what: str, answer: str) -> str | None:
    """The earlier question, complete, asked of `what` instead; `answer` tells the year where it does not. None
    where it has nothing of the sort to exchange."""
    month = re.fullmatch(r"(?:th[áa]ng) (?P<by>trước|sau|tới|truoc|toi)(?: đó)?", fold(what))
    if month:
        return _in_month(earlier, -1 if strip_marks(month["by"]) == "truoc" else 1)
    year = _year(what, earlier, answer)
    rest = what
    if year:
        rest = _YEAR.sub(" ", _without_relative(what)) if _relative(what) else _YEAR.sub(" ", what)
        rest = re.sub(r"(?:^|\s)(?:năm|nam|in)?\s*$", "", rest.strip(" ,")).strip(" ,")
        earlier = _in_year(earlier, year)
    return _of(earlier, rest) if rest else earlier


def _relative(what: str) -> int:
    """How many years before (less than 0) or behind; 0 where it says nothing of that."""
    bare = not has_marks(what)
    for by, pattern in _RELATIVE:
        pattern = strip_marks(pattern) if bare else pattern
        if re.search(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", fold(what)):
            return by
    return 0


def _without_relative(what: str) -> str:
    for _, pattern in _RELATIVE:
        what = re.sub(rf"(?i)(?:{pattern}|{strip_marks(pattern)})", " ", what)
    return what


def _year(what: str, earlier: str, answer: str) -> int | None:
    said = years(what)
    if said:
        return max(said)
    by = _relative(what)
    known = years(earlier) or years(answer)
    return max(known) + by if by and known else None


def _in_year(earlier: str, year: int) -> str:
    """The question of another year: it stands in the place of the last one that is named."""
    found = list(_YEAR.finditer(earlier))
    if found:
        start, end = found[-1].span("year")
        return f"{earlier[:start]}{year}{earlier[end:]}"
    return f"{earlier.rstrip(' ?')} {'năm' if has_marks(earlier) else 'in'} {year}?"


def _in_month(earlier: str, by: int) -> str | None:
    found = re.search(r"tháng (?P<month>\d{1,2})(?!\d)", earlier, re.IGNORECASE)
    if not found or not 1 <= int(found["month"]) + by <= 12:
        return None
    start, end = found.span("month")
    return f"{earlier[:start]}{int(found['month']) + by}{earlier[end:]}"


def _only_place(what: str) -> bool:
    at = located(what)
    return len(at) == 1 and (at[0].start, at[0].end) == (0, len(what)) or province(what) is not None


def _of(earlier: str, what: str) -> str | None:
    """The question of another place, name or measure."""
    if _only_place(what):
        return _placed(earlier, what)
    return (
        _measured(earlier, what)
        or _alike(earlier, what)
        or _renamed(earlier, what)
        or _counted(earlier, what)
    )


def _placed(earlier: str, what: str) -> str:
    """The question of another place: the one that reaches as far gives way, with those inside it."""
    known = province(what)
    new = Place(0, len(what), known, "", 3) if known else located(what)[0]
    what = known or what
    old = located(earlier)
    if not old:
        return f"{earlier.rstrip(' ?')} {'ở' if has_marks(earlier) else 'in'} {what}?"
    level = new.level if any(p.level >= new.level for p in old) else max(p.level for p in old)
    inside = [p for p in old if p.level <= level]
    if not inside:  # "Còn xã Tân Lập?" of a question on a district: a part of it
        return _cut(earlier, old[0].start, old[0].start, f"{what} ")
    for place in reversed(inside[1:]):
        earlier = _cut(earlier, place.start, place.end, "")
    first = inside[0]
    # "Đại hội tỉnh Đông Xuân" stays one of a "tỉnh"; "huyện Cư Lam" gives way to "Lâm Đồng" with its unit.
    start = (
        first.end - len(first.name)
        if first.unit and not new.unit and first.level == 3
        else first.start
    )
    return _cut(earlier, start, first.end, what)


def _cut(text: str, start: int, end: int, new: str) -> str:
    if start == 0 and new:
        new = new[0].upper() + new[1:]
    elif re.match(r"\p{Lu}\p{Ll}+\s+\p{Ll}", new):
        new = new[0].lower() + new[1:]
    joined = f"{text[:start]}{new}{text[end:]}"
    return re.sub(r"\s*,\s*(?=[,?]|$)|(?<=\s)\s+", "", joined).strip()


def _measured(earlier: str, what: str) -> str | None:
    """ "dài bao nhiêu" for "rộng bao nhiêu"."""
    new = strip_marks(re.sub(r"^(?:chiều|bề|chieu|be)\s+", "", fold(what)))
    for others in _OTHERS:
        known = {strip_marks(one): one for one in others}
        found = re.search(rf"(?<!\p{{L}})(?:{'|'.join(others)})(?!\p{{L}})", earlier)
        if new in known and found:
            return _cut(earlier, *found.span(), known[new])
    return None


def _counted(earlier: str, what: str) -> str | None:
    """ "bao nhiêu giáo viên" for "bao nhiêu học sinh nữ"."""
    found = _COUNTED.search(earlier)
    few = has_marks(what) and what.islower() and len(what.split()) <= 4
    return _cut(earlier, *found.span("counted"), what) if found and few else None


def _alike(earlier: str, what: str) -> str | None:
    """What begins or ends with the same word: "tiền bán trú" for "tiền nước uống", "phó chủ tịch" for "chủ
    tịch", "Bệnh viện Mắt" for "Bệnh viện Đa khoa"."""
    what = re.sub(r"^(?:số|tổng số|số lượng)\s+", "", what) if "bao nhiêu" in earlier else what
    new = what.split()
    if re.search(r"\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*)*$", what):
        for length in (3, 2, 1):
            noun = " ".join(new[:length])
            old = called(noun, [earlier]) if len(new) > length else None
            if old:
                at = earlier.index(old)
                return _cut(earlier, at, at + len(old), what)
        return None
    role = re.search(_ROLE, fold(earlier))
    if role and re.fullmatch(_ROLE, fold(what)):
        return _cut(earlier, *role.span(), what)
    old_words = list(re.finditer(r"[\p{L}\d]+", earlier))
    folded = [fold(word.group()) for word in old_words]
    mine = [fold(word) for word in new]
    if mine[0] in folded and mine[0] not in _STOP:
        first = folded.index(mine[0])
        last = first
        named_ = any(word[0].isupper() for word in new)
        while (
            last + 1 < len(folded)
            and last + 1 - first < len(mine)
            and folded[last + 1] not in _STOP
            and (named_ or not old_words[last + 1].group()[0].isupper())
            and folded[last] != mine[-1]
        ):
            last += 1
        return _cut(earlier, old_words[first].start(), old_words[last].end(), what)
    for length in range(min(4, len(mine) - 1), 0, -1):
        for end in range(length, len(folded) + 1):
            if folded[end - length : end] != mine[-length:]:
                continue
            # One word alike is little: "nhập khẩu" is as long as "xuất khẩu".
            first = end - length if length > 1 else end - len(mine)
            if first >= 0 and _STOP.isdisjoint(folded[first:end]):
                return _cut(earlier, old_words[first].start(), old_words[end - 1].end(), what)
    return None


def _renamed(earlier: str, what: str) -> str | None:
    """Another name in the place of the one of its sort."""
    run = r"\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*)*\s+\p{Ll}+"  # "the An Hoa bridge"
    if re.fullmatch(run, what):
        found = re.search(rf"(?<=\s){run}", earlier)
        return _cut(earlier, *found.span(), what) if found else None
    if not re.fullmatch(r"(?:\p{Ll}+\s+)?\p{Lu}[\p{L}\d]*(?:\s+\p{Lu}[\p{L}\d]*)*", what):
        return None
    old_people = people(earlier)
    old = located(earlier)
    persons = old_people and (len(what.split()) >= 3 or not old)
    if persons:
        at = earlier.index(old_people[0])
        return _cut(earlier, at, at + len(old_people[0]), what)
    if old:
        place = old[-1]
        start = place.end - len(place.name) if place.unit and what[0].isupper() else place.start
        return _cut(earlier, start, place.end, what)
    found = re.search(r"(?<=\s)\p{Lu}[\p{L}\d]*(?:\s+\p{Lu}[\p{L}\d]*)*|^\p{Lu}{2,}", earlier)
    return _cut(earlier, *found.span(), what) if found else None
