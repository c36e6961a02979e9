"""Two sides held against each other in one question: "A và B, bên nào nhiều hơn, mỗi bên bao nhiêu?"."""

import regex as re

from rag.question.sought import MEASURE, Sought

_MORE = "nhiều|cao|lớn|đông|dài|rộng|sâu|nặng|mạnh|xa|nhanh|đắt|già"
_LESS = "ít|thấp|nhỏ|kém|ngắn|hẹp|nông|nhẹ|yếu|gần|chậm|rẻ|trẻ"
_HOW = r"(?:bao nhiêu|mấy|nhiêu)(?!\p{L})"
_WHICH = r"\p{L}+\s(?:nào|mô)"
# ", mỗi bên bao nhiêu": what is asked of each; ", con số từng nơi", ", cụ thể ra sao" ask no more.
_EACH = rf"(?:,?\s+(?:và\s+)?(?:mỗi|từng)\s+(?:\p{{L}}+\s+)(?P<each>(?:\p{{L}}+\s+){{0,3}}{_HOW}.*)|,\s.*)?$"
_TOLD = rf"(?P<how>(?i:{_MORE}|{_LESS}))(?P<what>(?:\s[\p{{L}}\d]+){{0,7}}?)\shơn{_EACH}"
_NAMED_FIRST = re.compile(
    rf"^(?P<one>.+)\s(?:và|với|hay|hoặc|so với)\s(?P<other>(?:(?!{_HOW})[^,])+?),?\s(?:thì\s)?{_WHICH}"
    rf"\s(?P<told>.*?){_TOLD}",
    re.IGNORECASE,
)
_NAME = r"\p{Lu}[\p{L}\d]*(?:\s(?:\p{Lu}[\p{L}\d]*|\d+))*"
# A name, with a few words before it that say what it is: "RON 95", "xã Quý Lộc", "nhà ông Hồ Nhung".
_THING = rf"(?:(?:của|ở|tại|là)\s)?(?:\p{{Ll}}+\s){{0,3}}?{_NAME}"
_EITHER = re.compile(
    rf"^(?P<one>.+)\s(?:hay|hoặc)\s(?P<other>{_THING})\s(?P<told>(?:(?!hay\s)\p{{L}}+\s){{0,8}}?){_TOLD}"
)
# "A với B còn mấy phần trăm, bên nào thấp hơn".
_ASKED_FIRST = re.compile(
    rf"^(?P<one>.+)\s(?:và|với|hay|hoặc)\s(?P<other>{_THING})\s(?P<each>(?:\p{{L}}+\s+){{0,4}}{_HOW}[^,]*),"
    rf"\s(?i:{_WHICH})\s(?P<told>)(?P<how>(?i:{_MORE}|{_LESS}))(?P<what>)\shơn$"
)
# "A với B mỗi bên mấy tỷ, bên nào lớn hơn".
_EACH_FIRST = re.compile(
    rf"^(?P<one>.+)\s(?:và|với|hay|hoặc)\s(?P<other>[^,]+?)\s(?:mỗi|từng)\s\p{{L}}+"
    rf"\s(?P<each>(?:\p{{L}}+\s+){{0,3}}{_HOW}[^,]*),\s{_WHICH}\s(?P<told>)(?P<how>{_MORE}|{_LESS})(?P<what>)\shơn$",
    re.IGNORECASE,
)
#: Asks for no more than "bao nhiêu" does.
_BARE = re.compile(rf"(?:(?:cỡ|chừng|khoảng|là|có|được)\s+)*{_HOW}")
#: "đạt tỷ lệ cao hơn": a measure is as high as its figure says.
_DONE = re.compile(r"^(?:đạt|có|được|với)\s")
_LOW = re.compile(_LESS, re.IGNORECASE)
_OF = re.compile(r"^(?:của|ở|tại)\s")
_LAST_NAME = re.compile(rf"{_NAME}$")
_NAMED_LAST = re.compile(
    r"^(?P<asked>.+\shơn),\s(?P<sides>[^,]+\s(?:hay|hoặc)\s[^,]+?)(?P<each>,\s(?:mỗi|từng)\s.+)?$",
    re.IGNORECASE,
)


def named_first(text: str) -> str:
    """A question that names its sides last, with them at its beginning.

    >>> named_first("Cầu nào dài hơn, cầu An Hòa hay cầu Tân Phong")
    'cầu An Hòa hay cầu Tân Phong, Cầu nào dài hơn'
    """
    found = _NAMED_LAST.match(text)
    return f"{found['sides']}, {found['asked']}{found['each'] or ''}" if found else text


def sides(text: str) -> tuple[str, tuple[str, str], Sought] | None:
    """The question with "{}" for a side, the two sides, and which of them is sought; None where none are held
    against each other.

    >>> sides("Hồ Na Hang và hồ Thác Bà năm 2014, hồ nào sâu hơn, mỗi hồ sâu bao nhiêu mét")
    ('{} sâu bao nhiêu mét', ('Hồ Na Hang', 'hồ Thác Bà năm 2014'), 'highest')
    >>> sides("Năm 2018 dân dùng xăng E5 hay RON 95 nhiều hơn, mỗi thứ chiếm bao nhiêu phần trăm")
    ('Năm 2018 dân dùng xăng {} chiếm bao nhiêu phần trăm', ('E5', 'RON 95'), 'highest')
    >>> sides("Đợt lũ này, Hội Nông dân Sa Pa với Bắc Hà bên nào góp nhiều tiền hơn, con số từng nơi")
    ('Đợt lũ này, Hội Nông dân {} góp bao nhiêu tiền', ('Sa Pa', 'Bắc Hà'), 'highest')
    """
    forms = (_NAMED_FIRST, _EITHER, _ASKED_FIRST, _EACH_FIRST)
    found = next(filter(None, (form.match(text) for form in forms)), None)
    if not found:
        return None
    how, what, told = found["how"], found["what"].strip(), found["told"].strip()
    counted = how.lower() in ("nhiều", "ít", "đông") or bool(MEASURE.match(_DONE.sub("", told)))
    asked = f"{told} bao nhiêu {what}" if counted else f"{told} {how} bao nhiêu {what}"
    if found["each"] and not _BARE.fullmatch(found["each"]):
        asked = f"{told} {found['each']}" if told and not what else found["each"]
        asked = f"{told} bao nhiêu {what}" if what and counted else asked
    before, one, other = _apart(found["one"].strip(), found["other"].strip())
    if how.lower() in ("già", "trẻ"):
        asked = "bao nhiêu tuổi"
    template = " ".join(f"{before} {{}} {asked}".split())
    sought: Sought = "lowest" if _LOW.fullmatch(how) else "highest"
    return template, (one, other), sought


def _apart(first: str, other: str) -> tuple[str, str, str]:
    """What stands before both sides, and the two: what both are of one kind of begins with the same word, and a
    bare name stands for one beside the other's name.

    >>> _apart("Ở Xuân Du, nhà ông Nhung", "nhà ông Lợi")
    ('Ở Xuân Du,', 'nhà ông Nhung', 'nhà ông Lợi')
    >>> _apart("Hội Nông dân Sa Pa", "Bắc Hà"), _apart("Hội của Sa Pa", "của Bắc Hà")
    (('Hội Nông dân', 'Sa Pa', 'Bắc Hà'), ('Hội', 'của Sa Pa', 'của Bắc Hà'))
    """
    head = other.split()[0].lower()
    words = first.split()
    same = next((n for n, word in enumerate(words) if word.lower() == head), None)
    if same is not None and other[:1].islower():
        return " ".join(words[:same]), " ".join(words[same:]), other
    name = _LAST_NAME.search(first)
    if name and re.match(_NAME, _OF.sub("", other)):
        return first[: name.start()].strip(), name.group(), _OF.sub("", other)
    return "", first, other
