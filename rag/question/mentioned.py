"""What a text names, with the nouns that say what it is: "Công ty Cổ phần An Bình", "huyện Cư Lam", "ông Lê Văn
Tám"; and which of it words that point back mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.language.places import places, province
from index.language.text import fold, has_marks, strip_marks

_CAPITAL = r"\p{Lu}[\p{L}\d]*"
_RUN = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"
_UNITS = "thôn bản ấp|xã phường thị_trấn|huyện quận thị_xã|tỉnh thành_phố TP TP."
#: How far a place reaches: 0 a village, 3 a province.
_LEVEL = {
    unit.replace("_", " ").lower(): level
    for level, units in enumerate(_UNITS.split("|"))
    for unit in units.split()
}
_UNIT = "|".join(re.escape(unit) for unit in sorted(_LEVEL, key=len, reverse=True))
_PLACE = re.compile(rf"(?<!\p{{L}})(?:(?P<unit>(?i:{_UNIT}))\s+)?(?P<name>{_RUN})")
_ORGANISATION = (
    "tổng công ty|công ty|tập đoàn|doanh nghiệp|hợp tác xã|ngân hàng|nhà máy|hội|đoàn|liên đoàn|ban|sở|bộ"
    "|ủy ban|trường|bệnh viện|đội|cục|chi cục|tổng cục|trung tâm|viện|đài|câu lạc bộ|quỹ|xí nghiệp|nhà hát"
)
# "Công ty Cổ phần Thủy lợi Bình Sơn": a small word belongs to the capital before it where the name goes on
# behind it or ends with it.
_ENDS = (
    rf"\s+(?:\p{{Lu}}|\d|số|(?:{_UNIT}|của|ở|tại|có|là|trong|năm|và|được|bị|đã|với|do)(?!\p{{L}}))"
    rf"|\W*$|[,.;:?)]"
)
_PART = rf"(?:{_CAPITAL}(?:\s+(?!của|ở|tại|có|là|và|số)\p{{Ll}}+(?={_ENDS}))?|(?:số\s+)?\d+)"
_NAMED_ORGANISATION = rf"(?i:{_ORGANISATION})(?:\s+{_PART})+(?:\s+(?i:{_UNIT})\s+{_RUN})*"
_TITLE = "ông|bà|anh|chị|cô|cụ|đồng chí|Mr|Mrs|Ms|Dr"
_PERSON = rf"(?:(?i:{_TITLE})\.?\s+{_RUN}|{_CAPITAL}(?:\s+{_CAPITAL}){{1,4}})"
# "Vì Nghị nghi ngờ …": the capital of a sentence, not of a name.
_BEFORE_A_NAME = (
    r"(?:Vì|Do|Theo|Tại|Bởi|Nhờ|Khi|Sau|Trước|Trong|Ở|Với|Từ|Nếu|Còn|Và|Nhưng|Năm|Ngày)\s"
)
#: A person with a title.
TITLED = re.compile(rf"(?<!\p{{L}})(?i:{_TITLE})\.?\s+{_RUN}")
_ORGANISED = re.compile(rf"(?<!\p{{L}}){_NAMED_ORGANISATION}")
# Small words that end what belongs to a noun.
_STOP = (
    "của|ở|tại|trong|là|có|không|và|với|từ|đến|do|cho|về|vào|được|bị|nào|gì|ai|bao|mấy|năm|ngày|khi"
)

#: "Bà được bổ nhiệm khi nào?": a title alone before a verb.
SUBJECT_TITLE = (
    r"(?:[Ôô]ng|[Bb]à)(?= (?:được|bị|đã|sẽ|có|là|nói|làm|sinh|giữ|quê|từng|bao nhiêu|đang"
    r"|phát biểu)(?!\p{L}))"
)
#: Words that point back, each with what it points at.
_PEOPLE = re.compile(
    r"(?<!\p{L}|hai |ba |những |các )(?:(?:ông|bà|anh|chị|cô|cụ) (?:ấy|ta|này|đó)|(?:người|vị|đồng chí"
    r"|nhân vật|cán bộ) (?:đó"
    r"|này|ấy|kia)"
    rf"|{SUBJECT_TITLE}"
    r"|(?:he|him|she|her)(?!\p{L}))(?!\p{L})",
    re.IGNORECASE,
)
#: A person by the last part of a name: "Ông Hùng".
_BY_LAST = re.compile(
    rf"(?<!\p{{L}})(?i:{_TITLE})\.?\s+(?P<last>\p{{Lu}}\p{{L}}*)(?!\p{{L}}|\s+\p{{Lu}})"
)
_THINGS = re.compile(
    r"(?<!\p{L})(?P<noun>(?:\p{L}+ )?\p{L}+) (?:đó|này|ấy|kia|nói trên)(?!\p{L})", re.IGNORECASE
)
_ANY_ORGANISATION = ("đơn vị", "cơ quan", "tổ chức", "nhà thầu", "chủ đầu tư", "doanh nghiệp")
_ANY_PLACE = ("nơi", "địa phương", "chỗ", "tại", "ở", "vùng", "khu vực")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as named in a text, `text[start:end]`, with its unit ("huyện") where it has one; `level`: how
    far it reaches, 0 a village, 3 a province."""

    start: int
    end: int
    name: str
    unit: str
    level: int


def located(text: str) -> list[Place]:
    """The places that a text names, in order: what follows a unit, and provinces.

    >>> [(place.unit, place.name) for place in located("Xã An Lạc, huyện Cư Lam, Lâm Đồng có gì?")]
    [('Xã', 'An Lạc'), ('huyện', 'Cư Lam'), ('', 'Lâm Đồng')]
    """
    found = []
    for match in _PLACE.finditer(text):
        if match["unit"]:
            level = _LEVEL[match["unit"].lower()]
            found.append(Place(*match.span(), match["name"], match["unit"], level))
            continue
        words = match["name"].split()
        for first in range(len(words)):
            name = " ".join(words[first:])
            if province(name):
                found.append(Place(match.end() - len(name), match.end(), name, "", 3))
                break
    return found


def people(text: str) -> list[str]:
    """The people that a text may name, those with a title first."""
    found = [m.group() for m in re.finditer(rf"(?<!\p{{L}})(?!{_BEFORE_A_NAME}){_PERSON}", text)]
    taken = [m.group() for m in _ORGANISED.finditer(text)] + [
        text[place.start : place.end] for place in located(text)
    ]
    free = [
        name for name in found if not any(name in other for other in taken) and not places(name)
    ]
    titled = [name for name in free if re.match(rf"(?i:{_TITLE})\.?\s", name)]
    return list(dict.fromkeys([*titled, *free]))


def named(text: str) -> list[str]:
    """Everything that a text names, with its nouns, in order."""
    spans = [m.span() for m in _ORGANISED.finditer(text)]
    spans += [(place.start, place.end) for place in located(text)]
    spans += [m.span() for m in re.finditer(rf"(?<!\p{{L}}){_CAPITAL}(?:\s+{_CAPITAL})+", text)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [text[start:end] for start, end in kept]


def called(noun: str, texts: Sequence[str], bare: bool = False) -> str | None:
    """The first thing in the texts that is called so and bears a name; `bare`: the noun has no diacritics.

    >>> called("hồ", ["Đơn vị nào thi công hồ chứa nước Suối Mây?"])
    'hồ chứa nước Suối Mây'
    >>> called("Đảng ủy Khối", ["Đảng ủy Khối các cơ quan tỉnh Tây Lâm họp"])
    'Đảng ủy Khối các cơ quan tỉnh Tây Lâm'
    """
    organised = fold(noun) in _ORGANISATION.split("|") or bare
    for text in texts:
        searched = strip_marks(text) if bare else text
        noun_ = re.escape(strip_marks(noun) if bare else noun)
        inside = rf"(?:\s+(?!(?:{_STOP})(?!\p{{L}}))\p{{Ll}}+){{0,3}}(?:\s+(?:{_UNIT}))?\s+"
        inside += rf"(?:{_NAMED_ORGANISATION}|{_RUN}(?:\s+số\s+\d+)?)"
        whole = rf"(?<!\p{{L}})(?i:{noun_})"
        patterns = [rf"{whole}(?:\s+{_PART})+(?:\s+(?i:{_UNIT})\s+{_RUN})*"] if organised else []
        for pattern in (*patterns, whole + inside):
            match = re.search(pattern, searched)
            if match:
                return text[match.start() : match.end()]
    return None


def resolved(question: str, texts: Sequence[str], people_only: bool = False) -> str | None:
    """The question with what it points back at in the place of the words that point ("ông ấy", "công ty đó"),
    by the texts, the nearest first; None where they do not name it. "Ông Tám" gets his whole name; with
    `people_only` nothing else is done.

    >>> resolved("Ông ấy bao nhiêu tuổi?", ["Ông Lê Văn Tám [1]"])
    'Ông Lê Văn Tám bao nhiêu tuổi?'
    """
    whole = _by_last_name(question, texts)
    if whole or people_only:
        return whole
    for pattern, meant in ((_PEOPLE, _person), (_THINGS, _thing)):
        for match in _matches(pattern, question):
            found = meant(match, texts, not has_marks(question))
            if found:
                name, start = found
                if start == 0:
                    name = name[0].upper() + name[1:]
                return question[:start] + name + question[match.end() :]
    return None


def _by_last_name(question: str, texts: Sequence[str]) -> str | None:
    last = _BY_LAST.search(question)
    for name in (one for text in texts for one in people(text)) if last else ():
        if last and len(name.split()) > 2 and name.split()[-1] == last["last"]:
            return question[: last.start()] + name + question[last.end() :]
    return None


def _matches(pattern: "re.Pattern[str]", question: str) -> "list[re.Match[str]]":
    if has_marks(question):
        return list(pattern.finditer(question))
    bare = re.compile(strip_marks(pattern.pattern), re.IGNORECASE)
    return list(bare.finditer(question))


def _person(match: "re.Match[str]", texts: Sequence[str], bare: bool) -> tuple[str, int] | None:
    said = match.group().split()[0].lower()
    for text in texts:
        found = people(text)
        for name in found:
            title = fold(name.split()[0])
            if said in (title, strip_marks(title)):
                return name, match.start()
        plain = [name for name in found if fold(name.split()[0]) not in _TITLE.split("|")]
        if plain:
            keeps = said in _TITLE.split("|") and len(match.group().split()) > 1
            return (f"{said} {plain[0]}" if keeps else plain[0]), match.start()
        if found and said not in _TITLE.split("|"):
            return found[0], match.start()
    return None


def _thing(match: "re.Match[str]", texts: Sequence[str], bare: bool) -> tuple[str, int] | None:
    noun = match["noun"]
    start = match.start()
    general = [strip_marks(one) for one in _ANY_ORGANISATION]
    if strip_marks(fold(noun)) in general:
        for text in texts:
            if found := _ORGANISED.search(text):
                return found.group(), start
    last = noun.split()[-1]
    if strip_marks(fold(last)) in [strip_marks(one) for one in _ANY_PLACE] or strip_marks(
        fold(noun)
    ) in [strip_marks(one) for one in _ANY_PLACE]:
        for text in texts:
            if at := located(text):
                place = text[at[0].start : at[0].end]
                kept = f"{last} " if fold(last) in ("tại", "ở", "tai", "o") else "ở "
                return kept + place, match.end("noun") - len(last)
        return None
    for words in dict.fromkeys((noun, last)):
        found_ = called(words, texts, bare)
        if found_:
            at_ = match.end("noun") - len(words)
            before = noun[: len(noun) - len(words)].strip()
            if fold(before) in ("cây", "chiếc", "cái", "con", "vụ", "cuộc"):
                at_ = start
            return found_, at_
    return None
