"""Which year and which place a figure in a sentence belongs to, where it names several."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

import regex as re

from index.language.figures import days, in_place, years
from index.language.places import mentioned
from index.language.sentences import sentences
from index.language.text import fold
from index.types import Article
from rag.question import Question
from rag.scope import when

_Owner = TypeVar("_Owner", int, str)
#: Where something is named in a sentence, and what.
_Mark = tuple[int, _Owner]

_YEAR = re.compile(r"(?<![\d.,])(?:\d{1,2}\s?[/-]\s?){0,2}(?P<year>(?:19|20)\d\d)(?![\d.,]*\d|%)")
_PERIOD = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d(?!\d)")
# What a figure is compared with is not what it tells of: "tăng 3% so với năm 2020", "… cùng kỳ năm 2020".
_COMPARED = re.compile(r"(?:so với|cùng kỳ|compared (?:to|with)|than)[^,;.]{0,25}$")
# "9 tháng đầu năm", "2 năm qua": how long, not how much
_SPAN_OF_TIME = re.compile(
    r"\s*(?:tháng|ngày|năm|tuần|quý|giờ|phút|months|days|years)(?!\p{L}|\s+(?:19|20)\d\d)"
)
_RANK = {"xã": 1, "phường": 1, "thị trấn": 1, "huyện": 2, "quận": 2, "thị xã": 2}
_PROVINCE = 3
_LIES = re.compile(
    rf"\s*,?\s*(?:thuộc |của |ở )?(?:(?i:{'|'.join(_RANK)}|tỉnh|thành phố|tp\.?)\s+)?"
)


def tells_of(asked: Question, article: Article, sentence: tuple[int, int], at: int) -> bool:
    """Whether the figure at `body[at]`, in the sentence, tells of the year and the place that are asked for;
    no, where the sentence leaves open of which of several."""
    if asked.years and not (years_of(article, sentence, at) <= asked.years):
        return False
    wanted = places_asked(asked, article)
    named = places_of(article, sentence, at) if wanted else set()
    return not named or (len(named) == 1 and named <= wanted)


def places_asked(asked: Question, article: Article) -> set[str]:
    """The places that are asked for; where the question calls nothing a place, its names that the article calls
    so."""
    if asked.places:
        return set(asked.places)
    known = {name for _, name, _ in mentioned(f"{article.title}\n{article.body}")}
    return known & set(asked.names)


def years_of(article: Article, sentence: tuple[int, int], at: int) -> set[int]:
    """The years that the figure at `body[at]` may tell of: one, where that is clear."""
    start, end = sentence
    text = fold(article.body[start:end])
    hidden = _PERIOD.sub(lambda m: " " * len(m.group()), text)
    marks = [
        (m.start(), int(m["year"]))
        for m in _YEAR.finditer(hidden)
        if not _COMPARED.search(hidden[: m.start()])
    ]
    marks, text = _near(marks, text, at - start)
    if not marks:
        # The years of other sentences: with its own, those it compares with would count.
        return when(article, start, start) if years(text) else when(article, start, end)
    return _owners(marks, _amounts(text), at - start, {})


def places_of(article: Article, sentence: tuple[int, int], at: int) -> set[str]:
    """The places that the figure at `body[at]` may belong to: one, where its sentence or, in the same
    paragraph, one before it says so; none where these name no place."""
    start, end = sentence
    marks, ranks = _marks(article.body[start:end])
    marks, text = _near(marks, article.body[start:end], at - start)
    if marks:
        return _owners(marks, _amounts(text), at - start, ranks)
    before = article.body[article.body.rfind("\n", 0, start) + 1 : start]
    for a, b in reversed(sentences(before)):
        marks, _ = _marks(before[a:b])
        if marks:
            return {name for _, name in marks}
    return set()


def _near(
    marks: "Sequence[_Mark[_Owner]]", text: str, at: int
) -> "tuple[list[_Mark[_Owner]], str]":
    """Between the semicolons around a place in a text what is named there, else up to there; and the text,
    blank elsewhere."""
    low, high = text.rfind(";", 0, at) + 1, text.find(";", at)
    high = len(text) if high < 0 else high
    if not any(low <= a < high for a, _ in marks):
        low = 0
    return [(a, name) for a, name in marks if low <= a < high], " " * low + text[low:high]


def _marks(text: str) -> "tuple[list[_Mark[str]], dict[str, int]]":
    """The places that a text names, and their ranks; of "xã A, huyện B" the commune only: the district says
    where it lies."""
    marks: list[_Mark[str]] = []
    ranks: dict[str, int] = {}
    end, last = 0, _PROVINCE
    for at, name, sort in mentioned(text):
        rank = _RANK.get(sort, _PROVINCE)
        if not (marks and last < rank and _LIES.fullmatch(text, end, at)):
            marks.append((at, name))
            ranks[name] = rank
        end, last = at + len(name), rank
    return marks, ranks


def _amounts(text: str) -> list[int]:
    """Where figures stand that count or measure something."""
    taken = [(day.start, day.end) for day in days(text)]
    return [
        figure.start
        for figure in in_place(text)
        if figure.quantity
        and not _SPAN_OF_TIME.match(text, figure.end)
        and not any(a <= figure.start < b for a, b in taken)
    ]


def _owners(
    marks: "Sequence[_Mark[_Owner]]", amounts: Sequence[int], at: int, ranks: dict[str, int]
) -> set[_Owner]:
    """What the figure at `at` belongs to, of what the sentence names. The names stand before their figures
    where one of them comes first ("năm 2021 có 18, năm 2022 có 45"), else behind. As many names in a row as
    figures in a row belong to each other in turn ("lần lượt")."""
    amounts = sorted({*amounts, at})
    row = sorted([(a, True) for a in amounts] + [(a, False) for a, _ in marks])
    runs = [(figure, [a for a, _ in run]) for figure, run in groupby(row, key=lambda one: one[1])]
    mine = next(i for i, (figure, run) in enumerate(runs) if figure and at in run)
    behind = runs[0][0] and mine + 1 < len(runs)
    named_at = runs[mine + 1 if behind else mine - 1][1] if len(runs) > 1 else []
    names = [name for a, name in marks if a in named_at]
    own = runs[mine][1]
    if len(names) == len(own) > 1 and len(set(names)) == len(names):
        return {names[own.index(at)]}
    if len({ranks.get(str(name)) for name in names}) > 1:  # "tại thị xã A, Hội Nông dân tỉnh B"
        return {names[0] if behind else names[-1]}
    return set(names)
