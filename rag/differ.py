"""Whether articles answer differently, and what tells their answers apart."""

from collections.abc import Sequence
from datetime import date

from index.language.figures import Day, days, figures, numerals, years
from index.language.text import words
from index.language.words import FUNCTION_WORDS
from index.types import opening
from rag.config import DECIDING
from rag.question import Question
from rag.scope import TITLE, label, own_places, when
from rag.types import Candidate


def differ(question: Question, found: Sequence[Candidate]) -> bool:
    """Whether articles answer differently."""
    if not found or question.kind in ("reason", "manner", "said", "summary", "yes_no"):
        return False
    return any(not same(question, found[0], other) for other in found[1:])


def dated(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where all their articles play in the same places, the later one first: what was said last
    of one thing counts first."""
    if len({frozenset(own_places(one.article)) for one in found}) > 1:
        return list(found)

    def day(one: Candidate) -> tuple[int, date]:
        published = one.article.details.published or date.min
        return max(when(one.article, *one.sentence), default=0), published

    return sorted(found, key=day, reverse=True)


def labels(found: Sequence[Candidate]) -> list[str]:
    """What tells each candidate's article from the others': place and year, where these are the same its
    title and day."""
    short = [label(one.article, *one.sentence) for one in found]
    about = [(own_places(one.article), when(one.article, *one.sentence)) for one in found]
    names = []
    for name, one, mine in zip(short, found, about, strict=True):
        published = one.article.details.published
        alike = short.count(name) > 1 or about.count(mine) > 1
        if alike:
            name = opening(one.article.title, TITLE)
            name += f" ({published:%d/%m/%Y})" if published else ""
        names.append(name)
    return names


def same(question: Question, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same: the first figure, where one is asked for; the day or year, where
    they have one; else most words."""
    a, b = one.text, other.text
    if question.kind == "figure" and (mine := _values(a)) and (theirs := _values(b)):
        return mine[0] == theirs[0]
    if question.kind == "time":
        if (mine_ := days(a)) and (theirs_ := days(b)):
            return any(same_day(x, y) for x in mine_ for y in theirs_)
        if years(a) and years(b):
            return not years(a).isdisjoint(years(b))
    mine_words, their_words = ({w for w in words(t) if w not in FUNCTION_WORDS} for t in (a, b))
    least_words = min(len(mine_words), len(their_words))
    return len(mine_words & their_words) >= DECIDING.same * least_words


def same_day(one: Day, other: Day) -> bool:
    """Whether two dates can be the same: one of them may lack the year."""
    days_ = (one.day, one.month) == (other.day, other.month)
    return days_ and (not one.year or not other.year or one.year == other.year)


def _values(text: str) -> list[str]:
    return [figure.value for figure in (*figures(text), *numerals(text))]
