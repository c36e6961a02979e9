"""The people, organisations and places that a text names, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex as re

from index.language.places import mentioned
from index.language.text import alike, fold, has_marks, one_line
from index.language.words import STARTERS
from index.naming.runs import Run, person, province, runs, without_person
from index.naming.words import (
    ABROAD,
    BEFORE_NAME,
    DOMAINS,
    NAMED_AFTER,
    OF_COUNTRY,
    OF_PLACE,
    SHORT,
    UNITS,
    WHOLE,
)

Kind = Literal["person", "organisation", "place"]
#: In the order in which they are listed.
KINDS: tuple[Kind, ...] = ("person", "organisation", "place")

_WORD = r"\p{Lu}(?!\p{Lu})\p{L}*"
_WORDS = rf"{_WORD}(?: {_WORD}){{0,5}}"
_CITY = r"TP\.? ?HCM|TP\.? ?Hồ Chí Minh|TPHCM"
_END = r"(?![\p{L}\d])"
_BEGIN = r"(?<![\p{L}\d])"
_WHOLE = re.compile(rf"{_BEGIN}(?:{WHOLE}){_END}")
_MINISTRY = re.compile(rf"{_BEGIN}Bộ (?:{DOMAINS})(?: (?P<of>{_WORDS}))?{_END}")
_OFFICE = re.compile(
    rf"{_BEGIN}Sở (?:{DOMAINS}) (?:(?:tỉnh|thành phố|TP\.?) )?(?:(?P<city>{_CITY})|(?P<of>{_WORDS})){_END}"
)
_OF_PLACE = re.compile(
    rf"{_BEGIN}(?:{OF_PLACE}) (?:(?P<city>{_CITY})|(?P<unit>(?:{UNITS}) |(?:TP|TX|TT|Q)\. ?)?"
    rf"(?:(?P<of>{_WORDS})|(?P<number>\d{{1,2}}))){_END}"
)
_NAMED = re.compile(rf"{_BEGIN}(?P<head>{BEFORE_NAME}) (?P<of>{_WORDS}){_END}")
_PLACED = re.compile(
    rf"{_BEGIN}(?P<unit>(?i:huyện|quận|thị xã|xã|phường|thị trấn)|TP\.?|[Tt]hành phố) "
    rf"(?:(?P<of>{_WORDS})|(?P<number>\d{{1,2}})){_END}"
)
_OF_COUNTRY = re.compile(rf"{_BEGIN}(?i:{OF_COUNTRY})\s$")
_NOT_THERE = re.compile(rf"(?<!\p{{L}})(?i:{NAMED_AFTER}|thị trấn|tấn xã|báo)\s$")
# First halves of words whose second half is small: "Tập đoàn Xăng dầu", "Ngân hàng Xây dựng".
_HALVES = frozenset(
    """Xăng Xây Phát Đầu Trung Kinh Công Bách Quân Tối Nghe Điện Dầu Bưu Viễn Thông Thương Kỹ Khoa Nông Chính
    Hàng Bảo Dược Sư Văn Giao Quản Khai Tư Thủy Lâm Vận Du Hợp Giáo Quốc Đa Nhi Phụ Sản""".split()
)
_STARTS = frozenset(word.capitalize() for word in STARTERS)
_OPENS = re.compile(r"(?:^|[.\n:?!“\"]\s?)$")
_PROVINCIAL = re.compile(r"(?<!\p{L})(?i:tỉnh|thành phố|tp\.?)\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """A name as it stands in a text, `text[start:end]`, without title; names of one kind with one key are
    one name."""

    kind: Kind
    key: str
    start: int
    end: int


def key_of(name: str) -> str:
    """What spellings of one name share: case, where tone marks stand, i and y, "tỉnh" and "TP" make no
    difference.

    >>> key_of("Sở Y tế tỉnh Khánh Hoà") == key_of("sở y tế Khánh Hòa")
    True
    """
    name = re.sub(r"(?i)(?<!\p{L})TP\.? ?HCM(?!\p{L})|(?<!\p{L})TPHCM", "Hồ Chí Minh", name)
    return alike(fold(_PROVINCIAL.sub("", one_line(name)))).replace("uỷ", "ủy")


def found(text: str) -> list[Found]:
    """Every place of every name, in order of the text."""
    taken: list[tuple[int, int]] = []
    names: list[Found] = []
    for kind, start, end in (*_organisations(text), *_people(text), *_places(text)):
        inside = any(a < end and start < b for a, b in taken)
        if inside and kind != "place":
            continue
        if kind == "person" or (kind == "organisation" and not inside):
            taken.append((start, end))
        names.append(Found(kind, _key(kind, text[start:end]), start, end))
    return sorted(names, key=lambda one: (one.start, one.end))


def _key(kind: Kind, name: str) -> str:
    known = province(name) if kind == "place" else None
    key = fold(known) if known else key_of(name)
    return key.replace("-", " ") if kind == "person" else key  # "Kim Jong-un"


def _organisations(text: str) -> Iterator[tuple[Kind, int, int]]:
    spans: list[tuple[int, int]] = []
    for pattern in (_WHOLE, _MINISTRY, _OFFICE, _OF_PLACE, _NAMED):
        for match in pattern.finditer(text):
            end = _end(match)
            if end and not any(a < end and match.start() < b for a, b in spans):
                spans.append((match.start(), end))
    for start, end in spans:
        yield "organisation", start, end


def _end(match: "re.Match[str]") -> int | None:
    """Where an organisation's name ends: before the person who is its head; None where it is not sure."""
    groups = match.groupdict()
    of = groups.get("of")
    if not of:
        return match.end()
    words = tuple(of.split(" "))
    if match.re is _MINISTRY:
        return match.start("of") - 1 + _length(_country(words))
    if match.re is _NAMED:
        own = words[:1] + without_person(words[1:])  # companies bear people's names
        end = match.start("of") + len(" ".join(own))
        half = own[-1] in _HALVES or (len(own) == 1 and has_marks(own[0]))
        goes_on = half and re.match(r" \p{Ll}", match.string[end : end + 2])
        return end if len(words) < 6 and not goes_on else None
    known = next((n for n in (4, 3, 2) if province(" ".join(words[:n]))), 0)
    words = words[:known] if known else without_person(words)
    if words and words[0] in ("Tối", "Cấp", "Sở", "Bộ"):  # "Tòa án Tối cao", "Thanh tra Sở"
        return None
    return match.start("of") + len(" ".join(words)) if 0 < len(words) <= 4 else None


def _country(words: tuple[str, ...]) -> str:
    for count in (3, 2, 1):
        name = " ".join(words[:count])
        if name in ABROAD or (count == 1 and name in SHORT):
            return name
    return ""


def _length(name: str) -> int:
    return len(name) + 1 if name else 0


def _people(text: str) -> Iterator[tuple[Kind, int, int]]:
    for run in runs(text):
        if span := person(text, run):
            yield "person", *span


def _places(text: str) -> Iterator[tuple[Kind, int, int]]:
    people = [span for run in runs(text) if (span := person(text, run))]
    for match in _PLACED.finditer(text):
        words = without_person(tuple((match["of"] or match["number"]).split(" ")))
        name = " ".join(words)
        first = match.start("of") if match["of"] else match.start("number")
        city = match["unit"].rstrip(".").lower() in ("tp", "thành phố")
        abroad = name in ABROAD or (city and province(name))
        if 0 < len(words) <= 3 and not abroad and not text.endswith("tấn ", 0, match.start()):
            yield "place", (first if city else match.start()), first + len(name)
    for run in runs(text):
        yield from _of_run(text, run, people)
    for match in re.finditer(rf"{_BEGIN}(?:{_CITY}){_END}", text):
        yield "place", *match.span()


def _of_run(text: str, run: Run, people: list[tuple[int, int]]) -> Iterator[tuple[Kind, int, int]]:
    """The province or country that begins a run, or is all of it behind the first word of a sentence."""
    for skipped in (0, 1):
        start = run.start + sum(len(word) + 1 for word in run.words[:skipped])
        words = run.words[skipped:]
        opens = run.words[0] in _STARTS and _OPENS.search(text[max(0, run.start - 3) : run.start])
        if _NOT_THERE.search(text[max(0, start - 20) : start]) or (skipped and not opens):
            return
        for count in (4, 3, 2, 1):
            name = " ".join(words[:count])
            end = start + len(name)
            alone = len(words) == count or (skipped == 0 and (end + 1, run.end) in people)
            if len(words) < count or not alone or any(a <= start < b for a, b in people):
                continue
            if name in ABROAD or (count > 1 and province(name) and _plays(text, start)):
                yield "place", start, end
                return
            if count == 1 and skipped == 0 and name in SHORT and _of_country(text, start, name):
                yield "place", start, end
                return


def _plays(text: str, start: int) -> bool:
    """Whether a province's name is one there, and no one's slogan or street."""
    back = max(0, start - 60)
    return any(at == start - back for at, _, _ in mentioned(text[back : start + 40]))


def _of_country(text: str, start: int, name: str) -> bool:
    return name == "Mỹ" or bool(_OF_COUNTRY.search(text[max(0, start - 20) : start]))
