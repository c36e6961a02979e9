"""Words that say the same in the North and in the South, or in another register: an article has one, a question
the other, and neither keywords nor the reader know that they are one."""

from collections.abc import Sequence

import regex as re

from index.language.text import fold

#: Each line: words for one thing. Only what has no other common meaning.
_SAME = tuple(
    tuple(line.split("|"))
    for line in """lợn|heo
ngô|bắp
sắn|khoai mì
lạc|đậu phộng
dứa|khóm|thơm
thuyền|ghe|xuồng
ô tô|xe hơi|oto
xăng dầu|nhiên liệu|xăng
cá quả|cá lóc
ngõ|hẻm
trứng vịt|hột vịt
bánh mì|bánh mỳ
tử vong|chết|thiệt mạng
công an|cảnh sát
bệnh viện|nhà thương
máy bay|phi cơ
tàu hỏa|xe lửa
sân bay|phi trường
bóng đá|đá banh
mì chính|bột ngọt
vừng|mè""".split("\n")
)


def in_words_of(question: str, texts: Sequence[str]) -> str:
    """The question with those words that no text has replaced by what the texts call it.

    >>> in_words_of("Còn bao nhiêu ha khoai mì?", ["Huyện còn 320 ha sắn."])
    'Còn bao nhiêu ha sắn?'
    """
    have = fold("\n".join(texts))
    for same in _SAME:
        for word in same:
            asked = _standing(word, re.IGNORECASE).search(question)
            if not asked or _standing(word).search(have):
                continue
            known = next((other for other in same if _standing(other).search(have)), None)
            if known:
                question = question[: asked.start()] + known + question[asked.end() :]
    return question


def _standing(word: str, flags: int = 0) -> "re.Pattern[str]":
    return re.compile(rf"(?<![\p{{L}}\d]){re.escape(word)}(?![\p{{L}}\d])", flags)
