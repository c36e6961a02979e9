"""Runs of capitalised words within a line, and what of one is a person's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex as re

from index.language import places
from index.language.text import has_marks, placed
from index.language.words import STARTERS
from index.naming.words import ABROAD, NAMED_AFTER, RULING, SHORT, SURNAMES, TITLES, UNSURE

#: A capitalised word, not in capitals; Latin names of others may be joined ("Jong-un").
_WORD = r"\p{Lu}(?!\p{Lu})\p{L}{0,20}(?:-\p{L}{1,20}){0,2}"
_RUN = re.compile(
    rf"(?<![\p{{L}}\d])(?<!\p{{L}}[-’'])(?:{_WORD})(?: {_WORD}){{0,7}}(?![\p{{L}}\d])"
)
_TITLE = re.compile(rf"(?<![\p{{L}}\d])(?i:{TITLES})\.?\s$")
_RULING = re.compile(rf"(?<![\p{{L}}\d])(?i:{RULING})\s$")
# "đường Trần Phú, Lê Lợi": what is named after people, and those behind the first. Behind a number stands a
# street.
_AFTER = re.compile(
    rf"(?<!\p{{L}})(?i:{NAMED_AFTER})\s(?:\p{{Ll}}+\s){{0,4}}(?:{_WORD}(?: {_WORD})*\s?(?:,|và|-|–|/)\s?)*$"
    r"|\d\s$|(?<!\p{L})(?i:giao với|trên|dọc|tại|qua|ở)\s$"
)
# Beside a dash stands another name: "nút giao Nguyễn Trãi - Khuất Duy Tiến".
_BESIDE = re.compile(r"\p{Lu}\p{L}*\s[-–]\s$|[-–/]$")
#: How far is looked back from a name, in characters.
_BACK = 80
_TITLE_WORDS = frozenset(word.capitalize() for word in TITLES.split("|") if " " not in word)
_STARTS = frozenset(word.capitalize() for word in STARTERS)
#: Words that no person bears.
_NEVER = frozenset(
    """Ty Bộ Phó Nguyên Ủy Uỷ Ban Tỉnh Huyện Xã Phường Quận Bệnh Cục Sở Street Group City United Real Bank Corp
    Media Times News Post University Airlines Sun""".split()
)
#: A slogan, a city and a person, and three oceans with a surname.
_NOBODY = frozenset(("Hồ Chí Minh", "Thái Bình Dương", "Đại Tây Dương", "Ấn Độ Dương"))


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row, `text[start:end]`."""

    start: int
    end: int
    words: tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """All of them, in order; none goes over a line's end.

    >>> [run.words for run in runs("Theo ông Lê Văn Tám, UBND TP HCM")]
    [('Theo',), ('Lê', 'Văn', 'Tám')]
    """
    for match in _RUN.finditer(text):
        yield Run(match.start(), match.end(), tuple(match.group().split(" ")))


def person(text: str, run: Run) -> tuple[int, int] | None:
    """Where in a run a person's name stands: behind a title, behind a ruling office, or a surname with two or
    three more words that no street or school is named by; None where it is none, or not sure.

    >>> text = "Ông Lê Văn Tám, đường Trần Văn Bảy, Giám đốc Sở Y tế Hà Nội Nguyễn Khắc Hai"
    >>> [text[slice(*span)] for run in runs(text) if (span := person(text, run))]
    ['Lê Văn Tám', 'Nguyễn Khắc Hai']
    """
    before = text[max(0, run.start - _BACK) : run.start].rpartition("\n")[2]
    ruling = bool(_RULING.search(before))
    titled, skipped = bool(_TITLE.search(before)), 0
    if not titled:
        titled, skipped = _led(run.words)
    words = run.words[skipped:]
    name = " ".join(words)
    if not _is_name(words, name) or _goes_on(text, run.end, name):
        return None
    if titled or (ruling and len(words) < 5):
        return run.end - len(name), run.end
    sure = len(words) == 3 or (len(words) == 4 and words[0] not in UNSURE)
    apart = skipped or not (_AFTER.search(before) or _BESIDE.search(before))
    return (
        (run.end - len(name), run.end) if sure and apart and placed(words[0]) in SURNAMES else None
    )


def without_person(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a place's name without the person behind it ("Bình Sơn Nguyễn Văn A").

    >>> without_person(("Bình", "Sơn", "Nguyễn", "Văn", "A"))
    ('Bình', 'Sơn')
    """
    for first, word in enumerate(words):
        if placed(word) in SURNAMES and len(words) - first in (3, 4):
            return words[:first]
    return words


def _led(words: tuple[str, ...]) -> tuple[bool, int]:
    """Whether a title stands at a run's beginning, and how many of its words are no part of a name: a title,
    the first word of a sentence, a place ("Hà Nội Nguyễn Khắc Hai")."""
    if len(words) > 2 and words[0] in _TITLE_WORDS:
        return True, 1
    for count in (3, 2, 1):
        place = " ".join(words[:count])
        known = place in SHORT if count == 1 else bool(place in ABROAD or province(place))
        if (known or place in ABROAD) and len(words) - count >= 2:
            return False, count
    if len(words) > 4 and 1 < (place_ends := len(without_person(words))) < len(words):
        return False, place_ends  # "huyện Bình Sơn Nguyễn Văn An"
    starts = len(words) > 3 and words[0] in _STARTS and words[0] not in SURNAMES
    return False, int(starts)


def _is_name(words: tuple[str, ...], name: str) -> bool:
    if not 2 <= len(words) <= 5 or placed(name) in _NOBODY or name in ABROAD or province(name):
        return False
    leading = any(" ".join(words[:count]) in ABROAD for count in (2, 3)) or words[0] in SHORT
    return not leading and len(words[-1]) > 1 and not any(w in _NEVER or len(w) > 15 for w in words)


def _goes_on(text: str, end: int, name: str) -> bool:
    """Whether more of it may stand behind: "Moon Jae - in", "Nguyễn Thị T."."""
    behind = text[end : end + 4]
    latin = not has_marks(name) and re.match(r" ?- ?\p{Ll}", behind)
    return bool(latin or re.match(r" \p{Lu}(?:\.|\p{Lu}|\s|$)|[’'-]", behind))


@cache
def province(name: str) -> str | None:
    """The province that a name means, as `places.province` tells it; of a few thousand names asked again and
    again."""
    return places.province(name) if len(name) < 40 else None
