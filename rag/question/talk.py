"""What is said to be polite, or to learn whom one talks to: greetings, thanks, "bạn là ai?".

A text is talk where all of its words are (`talk.txt`); one that begins or ends with it and goes on is a
question, without it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

import regex as re

from index.language.text import fold, has_marks, strip_marks
from index.language.words import Language, language
from rag.types import Message

Sort = Literal["today", "who", "help", "thanks", "bye", "sorry", "greeting", "fine"]


def _sections() -> dict[str, str]:
    """The sections of `talk.txt`."""
    text = resources.files("rag.question").joinpath("talk.txt").read_text("utf-8")
    _, *parts = re.split(r"^\[(.+)\]\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


_SECTIONS = _sections()
#: What talk is about, the one that wants the most of an answer first.
SORTS: tuple[Sort, ...] = get_args(Sort)
#: Whom it is said to, and how; alone they say nothing.
_FILLERS = frozenset(_SECTIONS["fillers"].split())
_ENGLISH_FILLERS = frozenset(_SECTIONS["english fillers"].split())
#: Words that only English phrases have ("ok", "hi" and "test" are Vietnamese by now).
_ENGLISH = frozenset(_SECTIONS["english"].split())
_KNOWN = {tuple(phrase.split()): sort for sort in SORTS for phrase in _SECTIONS[sort].split("|")}
_LONGEST = max(map(len, _KNOWN))
_BARE: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _phrase in _KNOWN:
    _BARE.setdefault(tuple(map(strip_marks, _phrase)), []).append(_phrase)
# Taken off before or behind a question; the others may be words of it.
_COURTESY: tuple[Sort, ...] = ("thanks", "bye", "sorry", "greeting")
_AGREES = frozenset("ok oke okê okie oki okay vâng dạ ừ ừm được rồi hiểu rõ à".split())
#: What one is addressed by, and how a question begins: "Chào bạn cho hỏi …" needs no comma.
_ADDRESSED = frozenset("bạn ad admin add shop bot nha nhé ạ nhá ơi".split())
_BEGINS = frozenset("cho xin hỏi tôi mình em làm vui muốn cần".split())
#: Words as they are typed in a hurry.
_SHORT = {
    "b": "bạn", "bn": "bạn", "bạnn": "bạn", "dc": "được", "đc": "được", "đk": "được", "dk": "được", "j": "gì",
    "gi": "gì", "z": "vậy", "ko": "không", "hok": "không", "hông": "không", "hong": "không", "mk": "mình",
    "hnay": "hôm nay", "hn": "hôm nay", "lm": "làm", "mng": "mọi người", "mn": "mọi người", "đr": "đúng rồi",
    "cmon": "cảm ơn", "cảmơn": "cảm ơn", "iu": "yêu", "u": "you", "r": "rồi", "ntn": "như thế nào", "ns": "nói",
    "khoẻ": "khỏe", "hum": "hôm", "e": "em", "a": "anh", "c": "chị", "mik": "mình",
}  # fmt: skip
_WORD = re.compile(r"[\p{L}\p{M}]+|\d+")
_ASKS = re.compile(r"\?|(?<!\p{L})(?:gì|nào|làm sao|thế nào|what|which|how)(?!\p{L})")
_CUT = re.compile(r"[,.!?;…\n~:]+|\s[-–—]+\s|(?=\p{So})")


@dataclass(frozen=True, slots=True)
class Talk:
    """What talk is about, and in which language it is answered."""

    sort: Sort
    language: Language


def parted(text: str) -> tuple[Talk | None, str]:
    """What a text has of talk, and what is left to be asked, "" where nothing is.

    >>> parted("Chào bạn, cầu An Hòa dài bao nhiêu?")[1]
    'cầu An Hòa dài bao nhiêu?'
    >>> parted("cam on nha")
    (Talk(sort='thanks', language='vi'), '')
    """
    parts = list(_parts(text))
    said = [_talk(text[start:end]) for start, end in parts]
    if parts and all(said):
        found = [one for one in said if one]
        return Talk(min((one.sort for one in found), key=SORTS.index), found[0].language), ""
    first, last = 0, len(parts)
    while first < last and _taken_off(said[first], text[slice(*parts[first])]):
        first += 1
    while last > first and (one := said[last - 1]) and one.sort in ("thanks", "bye"):
        last -= 1
    if not parts or (first, last) == (0, len(parts)):
        return None, _without_opening(text)
    end = parts[last][0] if last < len(parts) else len(text)
    return None, _without_opening(text[parts[first][0] : end].strip(" ,;–—-"))


def chat(text: str) -> Talk:
    """What a text is about that is known to ask nothing of the articles: what its parts say, or what it begins
    with; where they say nothing "help", if it asks something of whom one talks to, else "fine".

    >>> chat("Cảm ơn nhé, mình đủ tài liệu rồi").sort, chat("Bạn hỗ trợ mình việc nào?").sort
    ('thanks', 'help')
    """
    found = [one for start, end in _parts(text) if (one := _talk(text[start:end]))]
    if not found and (phrase := _phrase_at(_tokens(text), 0)):
        found = [Talk(_KNOWN[phrase], language(text))]
    other: Sort = "help" if _ASKS.search(fold(text)) else "fine"
    sort: Sort = min((one.sort for one in found), key=SORTS.index, default=other)
    return Talk(sort, language(text))


def without(history: Sequence[Message]) -> list[Message]:
    """A history without talk and what was answered to it."""
    found: list[Message] = []
    skips = False
    for message in history:
        if message.role == "user":
            skips = parted(message.content)[0] is not None
        if not skips:
            found.append(message)
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The spans between punctuation marks that have a word."""
    begin = 0
    for cut in (*_CUT.finditer(text), None):
        end = cut.start() if cut else len(text)
        if _WORD.search(text[begin:end]):
            start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
            yield start, end
        begin = cut.end() if cut else end


def _tokens(text: str) -> list[str]:
    return " ".join(_SHORT.get(word, word) for word in _WORD.findall(fold(text))).split()


def _talk(text: str) -> Talk | None:
    """What a part is about, where all of it is talk."""
    words = _tokens(text)
    sorts: list[Sort] = []
    english = True
    at = 0
    while at < len(words):
        found = _phrase_at(words, at)
        if found:
            sorts.append(_KNOWN[found])
            english &= all(word.isascii() and word in _ENGLISH for word in found)
            at += len(found)
        elif _fits(words[at], _FILLERS):
            english &= words[at] in _ENGLISH_FILLERS
            at += 1
        else:
            return None
    if not sorts:
        return None
    return Talk(min(sorts, key=SORTS.index), "en" if english else "vi")


def _phrase_at(words: Sequence[str], at: int) -> tuple[str, ...] | None:
    """The longest phrase that begins at a word."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        said = words[at : at + length]
        for phrase in _BARE.get(tuple(map(strip_marks, said)), ()):
            if all(map(_same, said, phrase)):
                return phrase
    return None


def _same(typed: str, word: str) -> bool:
    """Whether a word was typed, perhaps without its diacritics."""
    return typed == (word if has_marks(typed) else strip_marks(word))


def _fits(typed: str, known: frozenset[str]) -> bool:
    return typed in known or (not has_marks(typed) and any(_same(typed, one) for one in known))


def _taken_off(said: Talk | None, text: str) -> bool:
    if said is None:
        return False
    return said.sort in _COURTESY or all(_fits(word, _AGREES) for word in _tokens(text))


def _without_opening(text: str) -> str:
    """A question without a greeting that no mark parts from it ("Chào bạn cho hỏi …")."""
    words = list(_WORD.finditer(text))
    tokens = [_SHORT.get(fold(one.group()), fold(one.group())) for one in words]
    found = _phrase_at(tokens, 0)
    if not found or _KNOWN[found] not in _COURTESY:
        return text
    at = len(found)
    while at < len(tokens) and _fits(tokens[at], _ADDRESSED):
        at += 1
    begins = at < len(tokens) and _fits(tokens[at], _BEGINS)
    return text[words[at].start() :] if begins else text
