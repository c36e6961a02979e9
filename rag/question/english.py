"""What an English question names: Vietnamese names stand in it among English words with capitals ("Hùng Vương
University", "In Tra Vinh"), provinces as English writes them ("Ho Chi Minh City", "Hanoi"), and numbers behind
hyphens ("grade-10")."""

import regex as re

from index.language.names import is_syllable
from index.language.places import province
from index.language.text import fold, has_marks, strip_marks

_RUN = re.compile(r"\p{Lu}\p{L}*(?: \p{Lu}\p{L}*)*")
#: English words shaped like Vietnamese syllables: before a name, where a sentence begins, and behind one.
_BEFORE = frozenset("a an at by do he in it may no of on so the then to up we".split())
_BEHIND = frozenset("bay dam men sea tea team".split())
_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|\p{L}[\p{L}\d-]*")
_NUMBERED = re.compile(r"(?<![\p{L}\d-])\p{Ll}{2,}-(?=\d+(?![\p{L}\d-]))")


def numbers_apart(question: str) -> str:
    """The question with a number that belongs to an English word by itself; "Covid-19" is a name.

    >>> numbers_apart("the grade-10 exam, Covid-19, from 2015-2020")
    'the grade 10 exam, Covid-19, from 2015-2020'
    """
    return _NUMBERED.sub(lambda match: f"{match.group()[:-1]} ", question)


def named(question: str) -> list[str]:
    """The Vietnamese names of two words or more, as written, and the provinces, as Vietnamese writes them.

    >>> named("In Tra Vinh, what did Hùng Vương University of Hanoi tell the Transport Ministry?")
    ['Trà Vinh', 'Hùng Vương', 'Hà Nội']
    """
    found: list[str] = []
    for run in _RUN.finditer(question):
        for words in _vietnamese(run.group().split()):
            if not run.start() and words[0].lower() in _BEFORE:
                words = words[1:]
            if words and words[-1].lower() in _BEHIND:
                words = words[:-1]
            name = " ".join(words)
            known = province(name) or _JOINED.get(strip_marks(fold(name)))
            if known or len(words) > 1:
                found.append(known or name)
    return list(dict.fromkeys(found))


#: Provinces that English writes as one word.
_JOINED = {"hanoi": "Hà Nội", "haiphong": "Hải Phòng", "danang": "Đà Nẵng", "saigon": "Hồ Chí Minh"}


def findable(question: str) -> str:
    """The words of a question that a Vietnamese text may have, to look for them there: not the small ones that
    are shaped like Vietnamese ("the", "can", "main"), which find "thể", "cần" and "mai".

    >>> findable("In what year did the casino of the Corona resort on Phú Quốc open?")
    'what year did casino of Corona resort Phú Quốc open'
    >>> findable("How many dengue cases did Hanoi have?")
    'How many dengue cases did Hanoi have Ha Noi'
    """
    found: list[str] = []
    for word in _WORD.finditer(question):
        text = word.group()
        small = text[0].islower() or not word.start() and text.lower() in _BEFORE
        if not (small and is_syllable(text.lower())):
            found.append(text)
    marked = has_marks(question)
    names = [name if marked else strip_marks(name) for name in named(question)]
    return " ".join([*found, *(name for name in names if name not in question)])


def _vietnamese(words: list[str]) -> list[list[str]]:
    """The runs of words that are shaped like Vietnamese."""
    runs: list[list[str]] = [[]]
    for word in words:
        if has_marks(word) or is_syllable(word.lower()) or word.lower() in _JOINED:
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
