"""The values of one quantity over the articles: when, where, how much, each with the words that say so."""

from dataclasses import dataclass
from datetime import date

import regex as re

from index.text import fold
from index.types import Article, Filter
from rag.cite import cite
from rag.config import RETRIEVAL
from rag.expect import asks_number
from rag.pipeline import Assistant, usable
from rag.scope import when
from rag.several import alternatives, labelled
from rag.types import Citation, Statement

_NUMBER_OF = re.compile(r"^(?:số lượng|tổng số|số)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What one article says of the quantity, checked, and of which year it tells; None: not known."""

    year: int | None
    statement: Statement
    citation: Citation

    @property
    def article(self) -> Article:
        """The article that says so."""
        return self.citation.article


def series(assistant: Assistant, quantity: str, only: Filter) -> list[Value]:
    """The values of a quantity ("đảng viên mới kết nạp", or a question for it) in the articles that tell
    it, by day of publication or else year, those without one last. No language model is asked.

    Raises:
        InputError: the quantity is empty or too long.
    """
    quantity = usable(quantity)
    question = quantity
    if not asks_number(quantity):
        question = f"Bao nhiêu {_NUMBER_OF.sub('', quantity)}?"
    passages = assistant.search(question, RETRIEVAL.candidates // 2, only)
    told = alternatives(question, assistant.ranked(question, passages), every=True)
    statements, citations = cite([labelled(one) for one in told])
    values = [
        Value(_year(citation), statement, citation)
        for statement, citation in zip(statements, citations, strict=True)
    ]
    return sorted(values, key=lambda v: (_day(v), fold(v.statement.label)))


def _year(citation: Citation) -> int | None:
    told = when(citation.article, citation.start, citation.end)
    return min(told) if len(told) == 1 else None


def _day(value: Value) -> date:
    published = value.article.details.published
    return published or (date(value.year, 12, 31) if value.year else date.max)
