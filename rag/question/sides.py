"""Two sides held against each other in one question: "A và B, bên nào nhiều hơn, mỗi bên bao nhiêu?"."""

import regex as re

from rag.question.sought import Sought

_MORE = "nhiều|cao|lớn|đông|dài|rộng|sâu|nặng|mạnh|xa|nhanh|đắt|già"
_LESS = "ít|thấp|nhỏ|kém|ngắn|hẹp|nông|nhẹ|yếu|gần|chậm|rẻ|trẻ"
_HOW = r"(?:bao nhiêu|mấy)(?!\p{L})"
# ", mỗi bên bao nhiêu": what is asked of each.
_EACH = (
    rf"(?:,?\s+(?:và\s+)?(?:mỗi|từng)\s+(?:\p{{L}}+\s+)(?P<each>(?:\p{{L}}+\s+){{0,3}}{_HOW}.*))?$"
)
_NAMED_FIRST = re.compile(
    r"^(?P<before>(?:(?:Ở|Tại|Trong|Năm|Theo|Giữa)\s[^,]+,\s)?)(?P<one>.+?)\s(?:và|với|hay|hoặc|so với)\s"
    rf"(?P<other>[^,]+?),?\s(?:thì\s)?\p{{L}}+\snào\s(?P<told>.*?)(?P<how>{_MORE}|{_LESS})"
    rf"(?P<what>(?:\s\p{{L}}+){{0,3}}?)\shơn{_EACH}",
    re.IGNORECASE,
)
# A name, or a thing with a number or name behind it: "RON 95", "xã Quý Lộc"; "của" may stand before each.
_THING = r"(?:\p{Ll}+\s)?(?:\p{Lu}[\p{L}\d]*|\d+)(?:\s(?:\p{Lu}[\p{L}\d]*|\d+))*"
_EITHER = re.compile(
    rf"^(?P<before>.*?)(?P<one>{_THING})\s(?:hay|hoặc)\s(?:(?:của|ở|tại|là)\s)?(?P<other>{_THING})\s"
    rf"(?P<told>(?:(?!hay\s)\p{{L}}+\s){{0,8}}?)(?P<how>(?i:{_MORE}|{_LESS}))(?P<what>(?:\s\p{{L}}+){{0,3}}?)\shơn{_EACH}"
)
_LOW = re.compile(_LESS, re.IGNORECASE)
_OF = re.compile(r"^(?:của|ở|tại)\s")
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
    ('Năm 2018 dân dùng {} chiếm bao nhiêu phần trăm', ('xăng E5', 'RON 95'), 'highest')
    """
    found = _NAMED_FIRST.match(text) or _EITHER.match(text)
    if not found:
        return None
    how, what, told = found["how"], found["what"].strip(), found["told"].strip()
    counted = how.lower() in ("nhiều", "ít", "đông")
    asked = f"{told} bao nhiêu {what}" if counted else f"{told} {how} bao nhiêu {what}"
    if found["each"] and len(found["each"].split()) > 2:
        asked = f"{told} {found['each']}" if told and not what else found["each"]
        asked = f"{told} bao nhiêu {what}" if what and counted else asked
    one, other = found["one"].strip(), found["other"].strip()
    of = _OF.match(one)
    if of and not _OF.match(other):
        other = f"{of.group()}{other}"
    if how.lower() in ("già", "trẻ"):
        asked = "bao nhiêu tuổi"
    template = " ".join(f"{found['before']} {{}} {asked}".split())
    sought: Sought = "lowest" if _LOW.fullmatch(how) else "highest"
    return template, (one, other), sought
