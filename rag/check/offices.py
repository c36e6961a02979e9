"""Offices of a statement, compared with what it cites: "Phó Chủ tịch" is no "Chủ tịch", and the office that
somebody is said to hold is that person's there, not that of another one whom the quote names, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.text import alike, fold, has_marks, placed, strip_marks
from index.language.words import OPENERS
from index.naming.words import SURNAMES
from rag.check.align import Item, Run, agreement, items, names, places, written_of
from rag.check.problem import Problem, differs

#: What an office is built on; "trưởng" with what stands beside it is one, too ("cục trưởng", "trưởng phòng").
_HEADS = frozenset(
    tuple(alike(fold(head)).split())
    for head in """chủ tịch,bí thư,giám đốc,chủ nhiệm,thủ tướng,tổng thống,đại sứ,thống đốc,tư lệnh,thư ký
chánh văn phòng,chánh thanh tra,chánh án,tổng biên tập,chính ủy,chính trị viên,ủy viên""".replace(
        "\n", ","
    ).split(",")
)
#: An office with one of these before it is a lower one, or no longer or not yet held.
LOWERING = frozenset("phó nguyên cựu quyền".split())
_LOWERED = LOWERING | {"tổng", "thứ"}
_CHIEF = "trưởng"
#: What stands between a person and an office that the person holds: "được bầu giữ chức vụ Chủ tịch".
_AS = frozenset("là làm chức vụ danh giữ nhiệm bầu giao cử".split())
_ENGLISH = {
    word: tuple(key.split())
    for word, key in (
        pair.split(":")
        for pair in "chairman:chủ tịch,chairwoman:chủ tịch,chairperson:chủ tịch,director:giám đốc"
        ",secretary:bí thư,minister:bộ trưởng,principal:hiệu trưởng".split(",")
    )
}
_ENGLISH_LOWERING = frozenset("deputy vice former acting ex then".split())
_SURNAMES = SURNAMES | frozenset(map(strip_marks, SURNAMES))
#: As for figures (`rag.check.align`).
_MARGIN = 0.6
_REACH = 12  # items between an office and the person named behind it: "Chủ tịch UBND tỉnh Đông Xuân Lê An"


@dataclass(frozen=True, slots=True)
class Office:
    """Where an office stands in a row, without and with what lowers it, and what that is."""

    run: Run
    whole: Run
    key: tuple[str, ...]
    lowered: frozenset[str]


def offices(row: Sequence[Item]) -> list[Office]:
    """The offices in a row.

    >>> from rag.check.align import items
    >>> [(one.key, *one.lowered) for one in offices(items("ông An, nguyên Giám đốc Sở Y tế, bà Lan"))]
    [(('giám', 'đốc'), 'nguyên')]
    """
    found = []
    at = 0
    while at < len(row):
        end = _end(row, at)
        if not end:
            at += 1
            continue
        start = at
        while start and row[start - 1].full in _LOWERED and row[start].joined:
            start -= 1
        lowered = frozenset(item.full for item in row[start:at])
        key = tuple(item.full for item in row[at:end])
        found.append(Office((at, end), (start, end), key, lowered))
        at = end
    return found


def _end(row: Sequence[Item], at: int) -> int:
    """Where an office ends that begins here; 0 where none does."""
    for wide in (3, 2):
        part = row[at : at + wide]
        if tuple(item.full for item in part) in _HEADS and all(item.joined for item in part[1:]):
            return at + wide
    two = row[at : at + 2]
    if len(two) == 2 and two[1].joined and _CHIEF in (two[0].full, two[1].full):
        return at + 2 if all(item.kind == "word" for item in two) else 0
    return 0


def offices_told(
    said: Sequence[Item], source: Sequence[Item], context: Sequence[Item], english: bool
) -> Iterator[Problem]:
    """Offices that the quote has lower or higher, and those that it does not give to whom they are given."""
    there = offices(source)
    if english:
        yield from _in_english(said, there)
        return
    for one in offices(said):
        alike_ = [other for other in there if other.key == one.key]
        same = [other.run for other in alike_ if other.lowered == one.lowered]
        others = [other.run for other in alike_ if other.lowered != one.lowered]
        beside = any(o.key == one.key and o.lowered == one.lowered for o in offices(context))
        who = _holder(said, one)
        if others and not (same or beside):
            wrong = True
        elif same and who and places(source, who):
            wrong = not (holds(source, who, one) or holds(context, who, one))
        else:
            wrong = bool(same and others) and _elsewhere(said, one.run, source, same, others)
        if wrong:
            yield differs(written_of(said, one.whole))


def _elsewhere(
    said: Sequence[Item],
    run: Run,
    source: Sequence[Item],
    same: Sequence[Run],
    others: Sequence[Run],
) -> bool:
    """Whether what stands around an office agrees better with what is around a higher or lower one."""
    mine, other = (max(agreement(said, run, source, at) for at in runs) for runs in (same, others))
    return other > mine + _MARGIN


def _holder(said: Sequence[Item], office: Office) -> list[str]:
    """Whom a statement says to hold an office: the first person of its sentence, where "là", "giữ chức vụ" and
    the like stand before the office."""
    start = office.whole[0]
    if not start or said[start - 1].full not in _AS:
        return []
    for first, last in names(said):
        if said[first].opens and said[first].full in OPENERS:
            first += 1
        named = is_person([item.written for item in said[first:last]])
        if named and last < start and said[first].sentence == said[start].sentence:
            return [item.key for item in said[first:last]]
    return []


def holds(row: Sequence[Item], who: Sequence[str], office: Office) -> bool:
    """Whether a text gives an office to a person: it stands right behind the name, or behind "giữ chức" and the
    like in a sentence with the name, or the name stands behind it in its clause."""
    people = places(row, list(who)) or [
        (a, b) for a, b in places(row, list(who[-1:])) if row[a].capital
    ]
    for one in offices(row):
        if one.key != office.key or one.lowered != office.lowered:
            continue
        start, end = one.whole
        for a, b in people:
            told = _listed(row, b, start) or bool(start) and row[start - 1].full in _AS
            if told and row[a].sentence == row[start].sentence:
                return True
            near = end <= a <= end + _REACH and row[a].clause == row[end - 1].clause
            if near and all(item.full != "và" for item in row[end:a]):
                return True
    return False


def _listed(row: Sequence[Item], at: int, start: int) -> bool:
    """Whether an office stands right behind a name, which ends at `at`, or behind other offices that do."""
    if not at <= start <= at + 2 * _REACH:
        return False
    heads = [one.whole[0] for one in offices(row)]
    opens = [k for k in range(at, start + 1) if k == at or row[k].clause != row[k - 1].clause]
    return all(any(k <= head <= k + 2 for head in heads) for k in opens)


def held(people: Sequence[str], sentence: str, words: str) -> bool:
    """Whether a sentence gives the office that some of its words name to one of the people, or to nobody by
    name: it names one of them, and no office in the words is another's.

    >>> sentence = "Ông Lê An trao bằng khen của Chủ tịch UBND tỉnh."
    >>> held(["Lê An"], sentence, "Chủ tịch UBND tỉnh"), held(["Bến Tre"], sentence, "Chủ tịch UBND tỉnh")
    (False, True)
    """
    known = [one.split() for one in people if is_person(one.split())]
    if not known:
        return True
    for name in known:
        bare = not has_marks(" ".join(name))
        row = items(sentence, bare)
        who = [item.key for item in items(" ".join(name), bare)]
        told = offices(items(words, bare))
        if places(row, who[-1:]) and all(holds(row, who, one) for one in told):
            return True
    return False


def is_person(name: Sequence[str]) -> bool:
    """Whether a name begins with a surname, and goes on."""
    return len(name) > 1 and placed(name[0]) in _SURNAMES


def _in_english(said: Sequence[Item], there: Sequence[Office]) -> Iterator[Problem]:
    """A plain office that the quote has only lower."""
    for at, item in enumerate(said):
        lowered = [one.lowered for one in there if one.key == _ENGLISH.get(item.full)]
        told = {one.full for one in said[max(0, at - 2) : at]} & _ENGLISH_LOWERING
        if lowered and all(lowered) and not told:
            yield differs(item.written)
