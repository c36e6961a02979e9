"""The checker, apart from the model: is every figure, date and name of a statement in what it cites?

It compares words, it does not understand: what it cannot find it reports, and nothing passes because
a model said so. Problems are one line each, Vietnamese or English, for the reader.
"""

from collections.abc import Sequence

import regex as re

from index.text import fold, number_key
from rag.figures import Day, Figure, days, figures, years
from rag.names import mentions, names

# "năm" is five and year, "tư" four and private: too common to vouch for a figure.
_WORDS = {
    "1": "một one", "2": "hai two", "3": "ba three", "4": "bốn four", "5": "five",
    "6": "sáu six", "7": "bảy seven", "8": "tám eight", "9": "chín nine", "10": "mười ten",
}  # fmt: skip
_UP = re.compile(r"(?<!\p{L})(?:tăng|vượt|cao hơn|nhiều hơn|increased?|rose|grew|higher)(?!\p{L})")
_DOWN = re.compile(
    r"(?<!\p{L})(?:giảm|sụt|thấp hơn|ít hơn|decreased?|fell|dropped|declined|lower)(?!\p{L})"
)
_WORD_OR_FIGURE = re.compile(r"\d+(?:[.,]\d+)*|\p{L}+")
_BEFORE, _BEHIND = 6, 5  # words within which a figure and its noun belong together
_NOT = re.compile(r"(?<!\p{L})(?:không|chưa|chẳng|not|no|never|n't)(?!\p{L})")


def problems(statement: str, quotes: Sequence[str], context: str = "") -> tuple[str, ...]:
    """What in `statement` the quotes do not say, one line each; () where all is found.

    `context` is what the reader sees beside the quotes (title, outlet, author, date): a name or a
    date may stand there, a figure may not.
    """
    quoted = "\n".join(quotes)
    around = f"{quoted}\n{context}"
    return (
        *_missing_figures(statement, quoted, context),
        *_unbound(statement, quoted),
        *_missing_days(statement, around),
        *_missing_names(statement, around),
        *_direction(statement, quoted),
    )


def _missing_figures(statement: str, quoted: str, context: str) -> list[str]:
    have = figures(quoted)
    # A year may come from the article's own date or title.
    dated = {str(year) for year in years(context)}
    parts = {str(n) for day in days(quoted) for n in (day.day, day.month, day.year)}
    folded = fold(quoted)
    lines = []
    for figure in figures(statement):
        if any(_same(figure, other) for other in have):
            continue
        plain = not (figure.percent or figure.scale)
        words = _WORDS.get(figure.key, "").split() if plain else []
        if plain and figure.key in dated | parts:
            continue
        if any(re.search(rf"(?<!\p{{L}}){word}(?!\p{{L}})", folded) for word in words):
            continue
        lines.append(f"“{figure.written}” không có trong đoạn trích / is not in the quote")
    return lines


def _unbound(statement: str, quoted: str) -> list[str]:
    """Figures put to another thing: the two words behind a figure stand in the quote, but not near
    that figure ("3.400 đại biểu" of "299 đại biểu … đại diện cho 3.400 đảng viên")."""
    said, source = _WORD_OR_FIGURE.findall(fold(statement)), _WORD_OR_FIGURE.findall(fold(quoted))
    joined = [" ".join(pair) for pair in zip(source, source[1:])]
    lines = []
    for at, word in enumerate(said[:-2]):
        noun = " ".join(said[at + 1 : at + 3])
        if not word[0].isdigit() or any(c.isdigit() for c in noun) or noun not in joined:
            continue
        key = number_key(word)
        places = [i for i, w in enumerate(source) if w[0].isdigit() and number_key(w) == key]
        near = any(noun in joined[max(0, i - _BEFORE) : i + _BEHIND] for i in places)
        if places and not near:
            lines.append(f"“{word} {noun}” không đúng như đoạn trích / is not what the quote says")
    return lines


def _same(said: Figure, other: Figure) -> bool:
    return (said.key, said.percent, said.scale) == (other.key, other.percent, other.scale)


def _missing_days(statement: str, around: str) -> list[str]:
    have = days(around)
    return [
        f"“{day.written}” không có trong đoạn trích / is not in the quote"
        for day in days(statement)
        if not any(_same_day(day, other) for other in have)
    ]


def _same_day(said: Day, other: Day) -> bool:
    return (said.day, said.month) == (other.day, other.month) and (
        said.year is None or other.year is None or said.year == other.year
    )


def _missing_names(statement: str, around: str) -> list[str]:
    return [
        f"“{name}” không có trong đoạn trích / is not in the quote"
        for name in names(statement)
        if not mentions(around, name)
    ]


def _direction(statement: str, quoted: str) -> list[str]:
    said, source = fold(statement), fold(quoted)
    lines = []
    for mine, other in ((_UP, _DOWN), (_DOWN, _UP)):
        found = mine.search(said)
        if found and not mine.search(source) and other.search(source):
            lines.append(f"“{found.group()}” ngược với đoạn trích / contradicts the quote")
    negated = _NOT.search(said)
    if negated and not _NOT.search(source):
        lines.append(f"“{negated.group()}” không có trong đoạn trích / is not in the quote")
    return lines
