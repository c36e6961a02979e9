"""Negations and directions of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from index.language.text import strip_marks
from index.language.words import FUNCTION_WORDS
from rag.check.align import Item, Run, misplaced, places, written_of
from rag.check.problem import Problem, absent

# What turns a statement into its opposite, Vietnamese and English.
_OPPOSITES = [
    (left.split(","), right.split(","))
    for left, right in (
        line.split("|")
        for line in """tăng,increased,increase,rose,grew|giảm,sụt,decreased,decrease,fell,dropped,declined
lên|xuống
cao hơn,nhiều hơn,lớn hơn,higher,more than|thấp hơn,ít hơn,nhỏ hơn,lower,fewer,less than
vượt,đạt|chưa đạt,không đạt
thắng,won|thua,lost
khai mạc,bắt đầu,khởi công|bế mạc,kết thúc,khánh thành
kết nạp|khai trừ
đồng ý,tán thành,ủng hộ|phản đối,bác bỏ
trước|sau
sớm,sớm hơn,early,earlier,ahead|chậm,muộn,trễ,late,later,delayed
rút ngắn,shortened|kéo dài,extended
mua|bán
nhập khẩu|xuất khẩu
cho phép|cấm
thành công|thất bại
chết,tử vong,thiệt mạng,killed,died,dead|bị thương,injured,hurt,wounded
chết,tử vong,thiệt mạng,killed,died,dead|mất tích,missing
bị thương,injured,hurt,wounded|mất tích,missing
tuyển thêm,bổ nhiệm|miễn nhiệm,bãi nhiệm,cách chức""".splitlines()
    )
]
# How often an amount comes.
_OFTEN = [
    words.split(",")
    for words in """mỗi năm,hàng năm,hằng năm,một năm,per year,a year,annually
mỗi tháng,hàng tháng,hằng tháng,một tháng,per month,a month,monthly
mỗi ngày,hàng ngày,hằng ngày,một ngày,per day,a day,daily""".splitlines()
]
_OPPOSITES += combinations(_OFTEN, 2)
_INVENTED = {"tăng", "giảm", "increased", "decreased", "rose", "fell"}
_NOT = frozenset("không chưa chẳng chả đừng not no never".split())
# "không chỉ", "không ít", "không khỏi": with these behind it nothing is denied.
_NO_DENIAL = frozenset("chỉ những khí gian khỏi ít ngừng".split())
#: How far behind a negation the word may stand that it denies ("chưa được thông xe").
_REACH = 4


def negations(said: Sequence[Item], source: Sequence[Item], english: bool) -> Iterator[Problem]:
    """What is denied in one and not in the other; an English statement is only asked whether its quote
    denies anything."""
    denials = [at for at, item in enumerate(source) if _denies(source, at)]
    for at, item in enumerate(said):
        if _denies(said, at):
            word = _denied(said, at)
            what = said[word].key if word is not None and not english else ""
            if not any(
                not what or what in [o.key for o in source[i + 1 : i + 1 + _REACH]] for i in denials
            ):
                yield absent(written_of(said, (at, (word or at) + 1)))
        elif denials and item.kind == "word" and _denial(said, at) is None:
            yield from _plainly(said, at, source)


def _plainly(said: Sequence[Item], at: int, source: Sequence[Item]) -> Iterator[Problem]:
    """What is said plainly here: is it denied in the quote, in this place and no other? Small words say
    so only with the word behind them."""
    wide = 2 if said[at].full in FUNCTION_WORDS else 1
    here = (at, at + wide)
    if at + wide > len(said):
        return
    runs = places(source, [item.key for item in said[at : at + wide]])
    denied = [run for run in runs if _denial(source, run[0]) is not None]
    rest = [run for run in runs if run not in denied]
    if denied and (not rest or misplaced(said, here, source, rest, denied)):
        first, last = denied[0]
        start = _denial(source, first)
        yield Problem("denied", (written_of(source, (first if start is None else start, last)),))


def _denial(row: Sequence[Item], at: int) -> int | None:
    """Where the word stands that denies the one at `at`: right before it, or with a small word between."""
    if at and _denies(row, at - 1):
        return at - 1
    if at > 1 and _denies(row, at - 2) and row[at - 1].full in FUNCTION_WORDS:
        return at - 2
    return None


def denies(row: Sequence[Item]) -> bool:
    """Whether a text denies anything.

    >>> from rag.check.align import items
    >>> denies(items("Đường vẫn chưa thông xe")), denies(items("Không chỉ Huế, Đà Nẵng cũng mưa"))
    (True, False)
    """
    return any(_denies(row, at) for at in range(len(row)))


def _denies(row: Sequence[Item], at: int) -> bool:
    """Whether a word denies; "hàng không" and "không chỉ" deny nothing."""
    if row[at].full not in _NOT or at and row[at - 1].full == "hàng":
        return False
    return not (at + 1 < len(row) and row[at + 1].full in _NO_DENIAL)


def _denied(row: Sequence[Item], at: int) -> int | None:
    """Where the first content word behind a negation stands, as far as the clause goes."""
    near = range(at + 1, min(at + 1 + _REACH, len(row)))
    clause = [i for i in near if row[i].clause == row[at].clause]
    return next((i for i in clause if row[i].full not in FUNCTION_WORDS), None)


def directions(said: Sequence[Item], source: Sequence[Item], bare: bool) -> Iterator[Problem]:
    """What the quote says the other way round ("tăng", "giảm"). `bare`: the statement was typed without
    diacritics."""
    for pair in _OPPOSITES:
        for mine, other in (pair, pair[::-1]):
            theirs = _told(source, other, False)
            same = _told(source, mine, bare)
            for word in mine:
                for run in _told(said, [word], bare):
                    if not same and theirs:
                        yield Problem("opposite", (written_of(said, run),))
                    elif not same and word in _INVENTED:
                        yield absent(written_of(said, run))
                    elif same and theirs and misplaced(said, run, source, same, theirs):
                        yield Problem("opposite", (written_of(said, run),))


def _told(row: Sequence[Item], words: Sequence[str], bare: bool) -> list[Run]:
    """Where one of the words stands; `bare`: whatever diacritics it has."""
    return [
        run
        for word in words
        for run in places(row, (strip_marks(word) if bare else word).split(), full=not bare)
    ]
