"""The values of one quantity over the articles: when, where, how much, each with the words that say so."""

from dataclasses import dataclass
from datetime import date

import regex as re

from index.language.sentences import clauses
from index.language.text import fold
from index.types import Article, Filter
from rag import decide, differ
from rag.assistant import Assistant
from rag.cite import cite
from rag.config import RETRIEVAL
from rag.question import parse
from rag.question.kinds import kind
from rag.scope import when
from rag.turn import usable
from rag.types import Candidate, Citation, Source, Statement

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
    it, by day of publication or else year, those without one last. The writer is not asked.

    Raises:
        InputError: the quantity is empty or too long.
    """
    quantity = usable(quantity)
    asked = quantity
    if kind(quantity) != "figure":
        asked = f"Bao nhiêu {_NUMBER_OF.sub('', quantity)}?"
    question = parse(asked)
    passages = assistant.search(asked, RETRIEVAL.all, only)
    found = assistant.read(question, passages)
    told = decide.each(found, every=True)
    said = [(n, *_clause(one)) for n, one in zip(differ.labels(told), told, strict=True)]
    statements, citations = cite(said)
    values = [
        Value(_year(one), statement, citation)
        for one, statement, citation in zip(told, statements, citations, strict=True)
    ]
    return sorted(values, key=lambda v: (_day(v), fold(v.statement.label)))


def _clause(found: Candidate) -> tuple[str, list[Source]]:
    """The clause in which the figure stands (alone it would not say of what it is), and the sentence."""
    body, (start, end) = found.article.body, found.sentence
    sentence = body[start:end]
    inside = [(a, b) for a, b in clauses(sentence) if start + a <= found.start < start + b]
    a, b = inside[0] if inside else (0, len(sentence))
    text = " ".join(sentence[a:b].split()).strip(" ,;:.")
    return text[:1].upper() + text[1:], [found.source]


def _year(found: Candidate) -> int | None:
    told = when(found.article, *found.sentence)
    return min(told) if len(told) == 1 else None


def _day(value: Value) -> date:
    published = value.article.details.published
    return published or (date(value.year, 12, 31) if value.year else date.max)
