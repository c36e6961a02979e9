"""What kind of answer a question expects, and whether a sentence could give it."""

import regex as re

from index.text import fold, has_marks, number_key, strip_marks, words
from rag.figures import UNITS, days, figures, measured, numerals, years
from rag.language import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from rag.names import names_somebody, people

_NUMBER = re.compile(
    r"(?<!\p{L})(?:bao nhiêu|mấy|số lượng|tỷ lệ|tỉ lệ|phần trăm|how many|how much|percentage"
    r"|bao nhieu|may|so luong|ty le|ti le)(?!\p{L})"
)
_COUNTS = re.compile(r"(?<!\p{L})(?:bao nhiêu|mấy|bao nhieu|how many|how much)(?!\p{L})")
_TIME = re.compile(
    r"(?<!\p{L})(?:khi nào|bao giờ|(?:năm|ngày|tháng|lúc|thời gian|giờ|hôm) nào|năm bao nhiêu"
    r"|when|what (?:year|day|date)|khi nao|bao gio|(?:nam|ngay|thang|luc|thoi gian) nao)(?!\p{L})"
)
_PERSON = re.compile(r"(?<!\p{L})(?:ai|(?:người|ông|bà|đồng chí) nào|who|whom|nguoi nao)(?!\p{L})")
# "bao nhiêu đảng viên": the noun that stands behind the figure in the answer.
_NOUN = re.compile(
    r"(?:bao nhiêu|mấy|bao nhieu|how many)\s+(?P<first>\p{L}+)(?:\s+(?P<second>\p{L}+))?"
)
# Words at the question word are what is asked; those far from it say about whom, where and when.
_ASKING = re.compile(
    r"(?<!\p{L})(?:bao nhiêu|mấy|khi nào|ở đâu|nào|gì|ai|sao|bao nhieu|may|khi nao|o dau|nao|gi)(?!\p{L})"
)
# What may follow a noun of one syllable; such a noun alone is too little to tell figures apart.
_PREDICATES = frozenset(
    ["được", "bị", "có", "là", "đã", "và", "của", "trong", "cho", "vào", "ở", "tham", "đạt"]
)
# What may stand between a verb and its figure.
_BETWEEN = r"(?:được|duoc|mới|moi|thêm|them|hơn|hon|gần|gan|trên|tren|khoảng|khoang)"
# Units that nothing else stands for ("người" may be "hành khách").
_MEASURES = frozenset("km m cm mm km² m² ha kg g tấn tạ lít đồng usd euro tuổi".split())
_NEAR = 4
_ASKED = 0.75  # the share of the words around the question word that a clause about it has
_PLAN = re.compile(
    r"(?<!\p{L})(?:phấn đấu|mục tiêu|chỉ tiêu|dự kiến|kế hoạch|sẽ|phan dau|muc tieu|chi tieu|du kien"
    r"|target|goal|plan(?:s|ned)?)(?!\p{L})"
)
_WHEN = re.compile(
    r"(?<!\p{L})(?:giờ|sáng|trưa|chiều|tối|đêm|hôm|ngày|tuần|tháng|quý|năm|mùa|thế kỷ|thập niên|thập kỷ"
    r"|đầu|cuối|giữa|khi|sau|trước|trong|từ|đến)(?!\p{L})|\d"
)


def parts(question: str) -> int:
    """How many figures a question asks for ("bao nhiêu … và bao nhiêu …")."""
    return len(_COUNTS.findall(fold(question)))


def fits(question: str, sentence: str) -> float:
    """How well a sentence could answer: 0 where what is asked for (a figure, a time, a person) is
    not in it or the question asks for something else, 1 where it is, up to 2.5 where a figure stands
    before the very noun that is asked for."""
    asked, said = fold(question), fold(sentence)
    if _TIME.search(asked):
        return float(bool(days(sentence) or years(sentence)))
    if _NUMBER.search(asked):
        if not _quantities(sentence):
            return 0.5 if has_number(sentence) else 0.0
        return 1.0 + _noun(asked, said)
    if _PERSON.search(asked):
        return float(bool(people(sentence)))
    return 0.0


def asks_number(question: str) -> bool:
    """Whether the question asks for a figure other than a date."""
    asked = fold(question)
    return bool(_NUMBER.search(asked)) and not _TIME.search(asked)


def plausible(question: str, text: str) -> bool:
    """Whether a short text could be the answer: it has the kind of thing that is asked for (a figure,
    a time, a person), and something that the question does not say itself."""
    said = words(text)
    content = [word for word in said if word not in FUNCTION_WORDS] or said
    if set(content) <= set(words(question)):
        return False
    asked = fold(question)
    if _TIME.search(asked):
        return bool(days(text) or years(text) or _WHEN.search(fold(text)))
    if _NUMBER.search(asked):
        return has_number(text)
    if _PERSON.search(asked):
        return names_somebody(text)
    return True


def asks_kind(question: str) -> bool:
    """Whether the question asks for a figure, a time or a person."""
    asked = fold(question)
    return any(pattern.search(asked) for pattern in (_NUMBER, _TIME, _PERSON))


def asks_person(question: str) -> bool:
    """Whether the question asks who."""
    return bool(_PERSON.search(fold(question)))


def has_number(text: str) -> bool:
    """Whether the text counts or measures something, in figures or in words."""
    return _quantities(text) or bool(numerals(text))


def _quantities(text: str) -> bool:
    return any(figure.quantity for figure in figures(text))


def expected(question: str, sentence: str) -> set[str]:
    """The figures (as keys) that stand in the sentence right before the noun or unit whose number
    the question asks for; empty where it asks for none, or the sentence counts none of it."""
    asked, said = _alike(question, sentence)
    keys: set[str] = set()
    for found in _NOUN.finditer(asked):
        keys |= measured(sentence, found["first"])
        if found["second"] and found["second"] not in _PREDICATES:
            phrase = rf"{found['first']}\s+{found['second']}"
            matches = re.findall(rf"(\d+(?:[.,]\d+)*)\s+{phrase}(?!\p{{L}})", said)
            keys |= {number_key(number) for number in matches}
    return keys


def asks_unit(question: str) -> bool:
    """Whether the question asks how much of a unit of measure ("bao nhiêu mét", "bao nhiêu tuổi"):
    nothing but a figure with it can be the answer."""
    return any(UNITS.get(found["first"]) in _MEASURES for found in _NOUN.finditer(fold(question)))


def is_about(question: str, clause: str) -> bool:
    """Whether a clause has most of the words around the question word."""
    asked = asked_words(question) - FUNCTION_WORDS
    return len(asked & set(words(clause))) >= _ASKED * len(asked)


def behind_verb(question: str, clause: str) -> set[str]:
    """The figures (as keys) right behind the verb of the question, the two words before "bao nhiêu"
    or behind its noun: "kết nạp 26 quần chúng" tells how many were "kết nạp", whatever they are
    called."""
    asked, said = _alike(question, clause)
    stop = FUNCTION_WORDS | BARE_FUNCTION_WORDS
    keys: set[str] = set()
    for found in _COUNTS.finditer(asked):
        before = words(asked[: found.start()])
        while before and before[-1] in stop:
            before.pop()
        noun, *_ = [*words(asked[found.end() :])[:1], ""]
        if noun not in words(said):  # "kết nạp 40 hội viên" tells nothing of "đảng viên"
            continue
        behind = [w for w in words(asked[found.end() :])[2:6] if w not in stop]
        for verb in (before[-2:], behind[:2]):
            if len(verb) == 2 and not stop.intersection(verb):
                phrase = rf"(?<!\p{{L}}){verb[0]}\s+{verb[1]}(?:\s+{_BETWEEN})*"
                keys |= {number_key(n) for n in re.findall(rf"{phrase}\s+(\d+(?:[.,]\d+)*)", said)}
    return keys


def _alike(question: str, text: str) -> tuple[str, str]:
    """Both folded; without diacritics where the question has none."""
    asked, said = fold(question), fold(text)
    return (asked, said) if has_marks(question) else (strip_marks(asked), strip_marks(said))


def planned(text: str) -> bool:
    """Whether a text speaks of a plan, not of what was done."""
    return bool(_PLAN.search(fold(text)))


def asked_words(question: str) -> set[str]:
    """The words within four of a question word, as `index.text.words` writes them."""
    asked = fold(question)
    near: set[str] = set()
    for found in _ASKING.finditer(asked):
        near.update(words(asked[: found.start()])[-_NEAR:])
        near.update(words(asked[found.end() :])[:_NEAR])
    return near


def _noun(asked: str, said: str) -> float:
    found = _NOUN.search(asked)
    if not found:
        return 0.0
    bare = strip_marks(asked) == asked
    text = strip_marks(said) if bare else said
    first, second = found["first"], found["second"]
    if second and re.search(rf"\d\s+{first}\s+{second}(?!\p{{L}})", text):
        return 1.5
    return 0.75 if re.search(rf"\d\s+{first}(?!\p{{L}})", text) else 0.0
