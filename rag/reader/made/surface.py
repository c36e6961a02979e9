"""How a question is typed: capitals, marks, politeness, southern words, slips."""

import re
import unicodedata
from random import Random

_ASKING = re.compile(
    r"\b(ai|gì|nào|đâu|bao nhiêu|mấy|bao giờ|sao|thế nào|bao lâu|bao xa|không)\b", re.IGNORECASE
)
_BEFORE = (
    "cho tôi hỏi", "cho hỏi", "cho mình hỏi", "xin hỏi", "bạn cho biết", "cho biết",
    "hãy cho biết", "theo bài báo,", "theo bài viết,", "mình muốn biết", "cho em hỏi",
    "tôi cần biết", "tìm giúp tôi:", "ad cho hỏi", "trong bài,", "vui lòng cho biết",
)  # fmt: skip
_AFTER = ("vậy", "thế", "ạ", "vậy ạ", "nhỉ", "hả", "vậy bạn", "thế bạn")
_BEFORE_EN = ("please tell me:", "according to the article,", "can you tell me:", "do you know")
_SOUTH = {
    "lợn": "heo", "ngô": "bắp", "xe máy": "xe gắn máy", "ô tô": "xe hơi", "nghìn": "ngàn",
    "tỷ": "tỉ", "thuyền": "ghe", "bị thương": "bị thương", "bố": "ba", "mẹ": "má",
    "thế nào": "làm sao", "quả": "trái", "lý do": "lí do", "bao giờ": "chừng nào",
    "đắt": "mắc", "vì sao": "tại sao", "bát": "chén", "ốm": "bịnh", "bệnh": "bịnh",
}  # fmt: skip
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18,
    "XIX": 19, "XX": 20,
}  # fmt: skip
_TELEX = {
    "đ": "dd", "â": "aa", "ê": "ee", "ô": "oo", "ư": "uw", "ơ": "ow", "ă": "aw",
}  # fmt: skip
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def unmarked(text: str) -> str:
    """Without any diacritics; Đ becomes D."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def typed(question: str, rng: Random, english: bool = False) -> str:
    """The question as somebody might type it."""
    if english:
        return _typed_english(question, rng)
    asks = bool(_ASKING.search(question))
    if rng.random() < 0.08:
        question = _southern(question)
    question = _ordinal(question, rng)
    chance = rng.random()
    if chance < 0.1:
        question = f"{rng.choice(_BEFORE)} {question}"
    elif chance < 0.15 and asks and not question.endswith(("ạ", "thế", "vậy")):
        question = f"{question} {rng.choice(_AFTER)}"
    question = question[:1].upper() + question[1:]
    if rng.random() < (0.85 if asks else 0.3):
        question += "?"
    chance = rng.random()
    if chance < 0.1:
        question = unmarked(question)
        return question.lower() if rng.random() < 0.6 else question
    if chance < 0.2:
        question = question.lower()
    if rng.random() < 0.06:
        question = _slip(question, rng)
    return question


def _typed_english(question: str, rng: Random) -> str:
    if rng.random() < 0.05:
        question = f"{rng.choice(_BEFORE_EN)} {question[:1].lower()}{question[1:]}"
    question = question[:1].upper() + question[1:]
    if rng.random() < 0.9:
        question += "?"
    if rng.random() < 0.45:
        question = unmarked(question)
    if rng.random() < 0.12:
        question = question.lower()
    return question


def _southern(question: str) -> str:
    for north, south in _SOUTH.items():
        question = re.sub(rf"\b{north}\b", south, question)
    return question


def _ordinal(question: str, rng: Random) -> str:
    """Lần thứ VIII, now and then as lần thứ 8 or lần 8."""

    def other(found: re.Match[str]) -> str:
        value = _ROMAN.get(found[2])
        if value is None or rng.random() < 0.6:
            return found[0]
        return f"{rng.choice(('lần thứ ', 'lần ')) if 'lần' in found[1] else found[1]}{value}"

    return re.sub(r"(lần thứ |khóa |khoá )([IVX]+)\b", other, question)


def _slip(question: str, rng: Random) -> str:
    """One word mistyped."""
    words = question.split(" ")
    places = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not places:
        return question
    at = rng.choice(places)
    word = words[at]
    spot = rng.randrange(1, len(word) - 1)
    way = rng.randrange(5)
    if way == 0:
        word = word[:spot] + word[spot + 1 :]
    elif way == 1:
        word = word[:spot] + word[spot] + word[spot:]
    elif way == 2:
        word = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    elif way == 3:
        word = _telex(word)
    else:
        word = unmarked(word)
    words[at] = word
    return " ".join(words)


def _telex(word: str) -> str:
    """A word as its keys were struck: dduowcj for được."""
    tone = ""
    out = ""
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        marks = [mark for mark in parts if mark in _TONES]
        tone = _TONES[marks[0]] if marks else tone
        base = unicodedata.normalize("NFC", "".join(x for x in parts if x not in _TONES))
        out += _TELEX.get(base, base)
    return out + tone
