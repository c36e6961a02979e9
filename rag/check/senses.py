"""Negations and directions of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence

from rag.check.align import Item, places
from rag.check.telling import absent, misplaced, written_of

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
khai mạc,bắt đầu,khởi công,opened|bế mạc,kết thúc,khánh thành,closed
kết nạp|khai trừ
đồng ý,tán thành,ủng hộ|phản đối,bác bỏ
trước|sau
mua|bán
nhập khẩu|xuất khẩu
cho phép|cấm
thành công|thất bại
tuyển thêm,bổ nhiệm|miễn nhiệm,bãi nhiệm,cách chức""".splitlines()
    )
]
_INVENTED = {"tăng", "giảm", "increased", "decreased", "rose", "fell"}
_NOT = frozenset("không chưa chẳng chả đừng not no never".split())


def negations(said: Sequence[Item], source: Sequence[Item]) -> Iterator[str]:
    """What is denied in one and not in the other."""
    for at, item in enumerate(said):
        if item.key in _NOT and not (at and said[at - 1].key == "hàng"):
            behind = said[at + 1 : at + 2]
            following = behind[0].key if behind and behind[0].sentence == item.sentence else ""
            if not any(
                other.key in _NOT
                and (not following or following in [o.key for o in source[i + 1 : i + 3]])
                for i, other in enumerate(source)
            ):
                yield absent(f"{item.written} {following}".strip())
        elif not (at and said[at - 1].key in _NOT) and item.kind == "word":
            # Said plainly here; is it denied in the quote, in this place and no other?
            runs = places(source, [item.key])
            denied = [run for run in runs if run[0] and source[run[0] - 1].key in _NOT]
            plain = [run for run in runs if run not in denied]
            if denied:
                here = (at, at + 1)
                if not plain or misplaced(said, here, source, plain, denied):
                    yield (
                        f"đoạn trích nói “{written_of(source, (denied[0][0] - 1, denied[0][1]))}” / "
                        "the quote denies it"
                    )


def directions(said: Sequence[Item], source: Sequence[Item]) -> Iterator[str]:
    """What the quote says the other way round ("tăng", "giảm")."""
    for pair in _OPPOSITES:
        for mine, other in (pair, pair[::-1]):
            theirs = [run for word in other for run in places(source, word.split())]
            same = [run for word in mine for run in places(source, word.split())]
            for word in mine:
                for run in places(said, word.split()):
                    if not same and theirs:
                        yield f"“{word}” ngược với đoạn trích / contradicts the quote"
                    elif not same and word in _INVENTED:
                        yield absent(word)
                    elif same and theirs and misplaced(said, run, source, same, theirs):
                        yield f"“{word}” ngược với đoạn trích / contradicts the quote"
