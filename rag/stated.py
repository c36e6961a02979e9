"""What an article itself says of a change or of a total, in its own words: "giảm 18,5%", "tổng cộng 120 hộ"."""

from collections.abc import Sequence

import regex as re

from rag import decide
from rag.amounts import change
from rag.measure import asked_amount
from rag.owner import places_of
from rag.question import Question
from rag.question.compare import Comparison
from rag.question.sought import Sought
from rag.tables import OUTERMOST, Table
from rag.types import Candidate

#: What an article may say itself.
STATED: tuple[Sought, ...] = ("stated", "change", "difference", "sum")
_MOST = re.compile(r"(?<!\p{L})(?:nhất|kỷ lục|most|least|fewest|\p{L}+est)(?!\p{L})", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?<!\p{L})(?:tổng cộng|cả (?:hai|ba|bốn|năm|sáu|bảy|tám|\d+)|in total)(?!\p{L})",
    re.IGNORECASE,
)


def stated(compared: Comparison, asked: Question, found: Sequence[Candidate]) -> Table | None:
    """The surest such words among candidates, with their sentence; None where none are sure enough."""
    for one in found:
        if one.probability < decide.sure():
            break
        body = one.article.body
        told = asked_amount(asked, one, compared.sought != "sum")
        if not told:
            continue
        value, at = told
        if compared.sought == "sum":
            whole = len(places_of(one.article, one.sentence, at)) != 1
            if whole and _TOTAL.search(one.source.text):
                return Table((("", value.text, [one.source]),), (one,), "short")
        elif (since := change(body, at)) is not None and since < at:
            text = body[since:at] + re.sub(r"^\D+", "", value.text)
            return Table((("", " ".join(text.split()), [one.source]),), (one,), "short")
    return None


def stated_outermost(compared: Comparison, quotes: Sequence[str]) -> bool:
    """Whether the highest or lowest is not what is asked for, or a quote says itself that it is so."""
    return compared.sought not in OUTERMOST or any(_MOST.search(quote) for quote in quotes)
