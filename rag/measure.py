"""Which figure of a sentence is the asked one: in the asked unit, of the asked year and place, and with the
words of what is asked for nearest to it. A sentence holds ten figures; the reader finds the sentence more
surely than the figure in it."""

from collections.abc import Sequence
from itertools import pairwise

import regex as re

from index.language.figures import in_place
from index.language.text import fold
from index.language.words import FUNCTION_WORDS
from rag.amounts import alike, amount, asked_unit, change, in_unit
from rag.owner import tells_of
from rag.question import Question
from rag.sums import Amount
from rag.types import Candidate
from rag.wanted import another_dimension, fates

# What is said of the asking and not of the quantity.
_ASKING = frozenset(
    """bao nhiêu mấy năm tháng ngày quý tỉnh huyện xã thành phố quận phường thị trấn địa phương nơi so giảm tăng
    cùng kỳ how many much what was were is are the of in""".split()
)
# Words that may stand within what is asked for and leave it what it is.
_PASSING = FUNCTION_WORDS | frozenset(
    "mới toàn cả hiện còn tổng đạt lên xuống đã vừa cũng chỉ gần".split()
)
_AIM = re.compile(
    r"(?<!\p{L})(?:phấn đấu|mục tiêu|dự kiến|chỉ tiêu|kế hoạch (?:là|năm|đề ra)|sẽ|target|aims?|will)(?!\p{L})",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"(?<!\p{L})(?:tăng trưởng|tăng|giảm|growth)(?!\p{L})", re.IGNORECASE)
_HOW_MANY = re.compile(r"(?<!\p{L})(?:bao nhiêu|mấy|how many)(?!\p{L})", re.IGNORECASE)
_WHERE = re.compile(
    r"(?<!\p{L})(?:của|ở|tại|trong|do|từ|trên|cho|đến|năm|tỉnh|huyện|in|at|of)(?!\p{L})",
    re.IGNORECASE,
)
_FIRST = 3
_WORD = re.compile(r"\p{L}+")
_CLAUSE = re.compile(r"[,;:.]\s|$")


def asked_amount(
    asked: Question, found: Candidate, changes: bool = False
) -> tuple[Amount, int] | None:
    """The asked amount in the candidate's sentence, and where it stands in the body; with `changes`, by how
    much something changed. None where there is none, or the words do not say which."""
    body, (start, end) = found.article.body, found.sentence
    unit = asked_unit(asked.query)
    told = list(_amounts(body, start, end, found))
    fit = [
        (one, at)
        for one, at in told
        if (change(body, at) is not None) == changes
        and in_unit(one, unit)
        and tells_of(asked, found.article, found.sentence, at)
        and (changes or not _AIM.search(body[_clause(body, start, at) : at]))
    ]
    if changes and _GROWTH.search(asked.query) is None:
        return None
    # Not "4 cầu" for "12,5 tỷ đồng", whatever stands nearer: the reader tells kinds of things apart.
    read = next((one for one, at in told if found.start <= at < found.end), None)
    fit = [(one, at) for one, at in fit if read is None or alike(one, read)]
    wanted = measure(asked)
    first = head(asked)
    scored = [
        (_score(wanted, first, _around(body, start, end, at, told)), one, at) for one, at in fit
    ]
    most = max((score for score, _, _ in scored), default=0)
    best = [(one, at) for score, one, at in scored if score == most]
    if not most and len(best) > 1:
        return None  # an English question: nothing tells which
    mine = [(one, at) for one, at in best if found.start <= at < found.end]
    chosen = mine[:1] or (best if len(best) == 1 else [])
    if not chosen or _other(first, _around(body, start, end, chosen[0][1], told)):
        return None
    return chosen[0]


def can_count(asked: Question, found: Candidate) -> bool:
    """Whether a figure can be the asked one: in the asked unit, where both have one ("10 năm" is nobody's age),
    of the asked dimension, and of people of whom its words say what is asked for ("4 người bị thương" answers
    neither how many were killed nor how many are missing). Of the first choices of the `fit` parts with another
    unit none was right, in the asked one 18 of 26."""
    if asked.kind != "figure":
        return True
    body, (start, end) = found.article.body, found.sentence
    own = amount(body, found.start, found.end)
    if own is None:
        return True
    if not in_unit(own[0], asked_unit(asked.query)):
        return False
    behind = _HOW_MANY.search(asked.query)
    wanted = fates(asked.query[behind.end() :]) if behind else frozenset()
    near = " ".join(_around(body, start, end, own[1], list(_amounts(body, start, end, found))))
    before, _, behind_it = near.partition("#")
    if another_dimension(asked.query, before.strip()):
        return False
    told = fates(behind_it) or fates(before)
    return len(wanted) != 1 or not told or wanted <= told


def measure(asked: Question) -> list[str]:
    """The words of what is asked for: without names, places, years and what asks.

    >>> from rag.question import parse
    >>> measure(parse("Tỷ lệ hộ nghèo của huyện Bát Xát là bao nhiêu?"))
    ['tỷ', 'lệ', 'hộ', 'nghèo']
    """
    return _content(asked, asked.query)


def head(asked: Question) -> list[str]:
    """Those of the words that say what is counted or measured: behind "bao nhiêu", else up to where or of what.

    >>> from rag.question import parse
    >>> head(parse("Số người mất tích trong vụ lở đất là bao nhiêu?"))
    ['số', 'mất', 'tích']
    """
    behind = _HOW_MANY.search(asked.query)
    text = asked.query[behind.end() :] if behind else ""
    if not _content(asked, text):
        text = asked.query
    place = _WHERE.search(text, 1)
    first = _content(asked, text[: place.start()] if place else text)
    return first or _content(asked, text)


def _content(asked: Question, text: str) -> list[str]:
    for name in (*asked.names, *asked.places):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    found = (fold(word) for word in _WORD.findall(text))
    return [word for word in found if word not in FUNCTION_WORDS and word not in _ASKING]


def _amounts(body: str, start: int, end: int, found: Candidate) -> list[tuple[Amount, int]]:
    told = []
    for figure in in_place(body[start:end]):
        at = start + figure.start
        reach = found.end if found.start <= at < found.end else start + figure.end
        one = amount(body, at, min(max(reach, at + 1), end))
        if one and one[1] == at:
            told.append(one)
    return told


def _around(
    body: str, start: int, end: int, at: int, told: Sequence[tuple[Amount, int]]
) -> list[str]:
    """The words that go with a figure: from the one before it on, and to the end of its clause; "#" where the
    figure stands."""
    low = max((place + len(one.text) for one, place in told if place < at), default=start)
    high = min((place for _, place in told if place > at), default=end)
    clause = _CLAUSE.search(body, at, high)
    high = clause.start() if clause else high
    before, behind = body[min(low, at) : at], body[at:high]
    return [fold(word) for word in (*_WORD.findall(before), "#", *_WORD.findall(behind))]


def _clause(body: str, start: int, at: int) -> int:
    return max(start, *(body.rfind(sign, start, at) for sign in (", ", "; ", ": ")))


def _score(wanted: Sequence[str], first: Sequence[str], words: Sequence[str]) -> int:
    """How many of the asked words, and pairs of them, go with a figure; those that say what is counted outweigh
    those that say where."""
    pairs = set(pairwise(words))
    near = sum(_FIRST if word in first else 1 for word in set(wanted) & set(words))
    together = (pair for pair in pairwise(wanted) if pair in pairs)
    return near + sum(_FIRST if set(pair) <= set(first) else 1 for pair in together)


def _other(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a word more or less makes the words say another thing: "hộ cận nghèo" for "hộ nghèo"; or
    another one in its place: "sản lượng lúa" for "sản lượng tôm"."""
    content = [word for word in words if word not in _PASSING]
    pairs = set(pairwise(content))
    more = {
        (a, b)
        for a, x, b in zip(content, content[1:], content[2:], strict=False)
        if x not in wanted
    }
    if any(pair in more and pair not in pairs for pair in pairwise(wanted)):
        return True
    if any(
        (a, b) in pairs and x not in content and x not in _PASSING
        for a, x, b in zip(wanted, wanted[1:], wanted[2:], strict=False)
    ):
        return True
    gone = {a for a, b in pairwise(wanted) if b not in content}
    return any(a in gone and x not in wanted and x != "#" for a, x in pairwise(content))
