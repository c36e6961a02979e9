"""A question that was typed without diacritics, with those that the passages' own words have."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex as re

from index.language.text import fold, has_marks, strip_marks

_WORD = re.compile(r"\p{L}+")
#: What questions are made of, and articles rarely hold.
_ASKING = (
    "bao nhiêu người, bao nhiêu, mấy, ở đâu, đi đâu, nơi nào, khi nào, bao giờ, hồi nào, năm nào, ngày nào, "
    "tháng nào, lúc nào, là ai, những ai, ai là, ai đã, vì sao, tại sao, do đâu, thế nào, như thế nào, ra sao, "
    "cái gì, là gì, tên gì, làm gì, điều gì, những gì, công ty nào, tỉnh nào, huyện nào, xã nào, nước nào, "
    "nào, có phải, phải không, được không, bị, được, của, cho, với, trong, các, những, đã, sẽ, còn, tất cả, "
    "tổng cộng, bằng, để, từ, đến, và, có, không, thì, mà, khi, về, ông, bà, anh, chị, này, đó, theo, nói gì, "
    "dài bao nhiêu, rộng bao nhiêu, cao bao nhiêu, sâu bao nhiêu, nặng bao nhiêu, giá bao nhiêu, "
    "bao nhiêu mét, bao nhiêu tuổi, bao nhiêu tiền, bao nhiêu đồng, bao nhiêu tỷ, bao nhiêu triệu, "
    "bao nhiêu phần trăm, bao nhiêu ngày, bao nhiêu tháng, bao nhiêu năm, bao nhiêu lần, bao nhiêu hộ, "
    "bao nhiêu tỉnh, bao nhiêu huyện, bao nhiêu xã, bao nhiêu tấn, bao lâu, bao xa, từ khi nào, đến khi nào, "
    "so sánh, thay đổi thế nào, thay đổi ra sao, qua các năm, tăng hay giảm, so với, chênh nhau bao nhiêu, "
    "mới nhất, hiện nay, cao nhất, thấp nhất, nhiều nhất, ít nhất, nhiều hơn, ít hơn, mỗi năm, mỗi tỉnh, "
    "mỗi huyện, từng năm, tăng bao nhiêu, giảm bao nhiêu, gấp mấy lần, chừng nào, hôm nào, mấy giờ, giờ nào, "
    "thứ mấy, chỗ nào, ở chỗ nào, vì đâu, nhờ đâu, sao lại, sao không, làm sao, bằng cách nào, cách nào, "
    "người nào, đơn vị nào, cơ quan nào, địa phương nào, báo nào, loại nào, gồm những gì, hay không, "
    "hay chưa, được chưa, mấy người, mấy lần, mấy năm, mấy ngày, mấy tháng, hết bao nhiêu, kể tên, nêu tên, "
    "tóm tắt, bài này"
)


def restored(question: str, texts: Sequence[str]) -> str:
    """The question with the marked forms of its words that are the likeliest by the texts: those that stand
    behind one another there, else the most frequent. A word that has a diacritic (of a name that a follow-up
    was completed with), and one that the texts do not have, stay as they are. Two words that the texts write as
    a name are one.

    >>> restored("Cau an hoa dai bao nhieu?", ["Cầu An Hòa dài 486 m."])
    'Cầu An Hòa dài bao nhiêu?'
    """
    forms: dict[str, Counter[str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    for text in (*texts, *_ASKING.split(",")):
        written = _WORD.findall(text)
        words = [fold(word) for word in written]
        pairs.update(pairwise(words))
        names.update(
            (fold(a), fold(b)) for a, b in pairwise(written) if a[0].isupper() and b[0].isupper()
        )
        for word in words:
            forms.setdefault(strip_marks(word), Counter())[word] += 1
    found = list(_WORD.finditer(question))
    best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for match in found:
        bare = match.group().lower()
        alone = Counter({fold(bare): 1})
        following: dict[str, tuple[float, tuple[str, ...]]] = {}
        known = alone if has_marks(bare) else forms.get(bare, alone)
        total = known.total()
        for word, count in known.items():
            # A pair that the texts have outweighs any frequency.
            following[word] = max(
                (score + count / total + 3.0 * (pairs[before, word] > 0), (*path, word))
                for before, (score, path) in best.items()
            )
        best = following
    path = max(best.values())[1]
    named = {n for n, pair in enumerate(pairwise(path)) if 2 * names[pair] > pairs[pair]}
    capital = named | {n + 1 for n in named}
    pieces, at = [], 0
    for number, (match, word) in enumerate(zip(found, path, strict=True)):
        word = word.capitalize() if number in capital else _cased(word, match.group())
        pieces += [question[at : match.start()], word]
        at = match.end()
    return "".join([*pieces, question[at:]])


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
