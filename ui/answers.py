"""An answer as it is kept, shown, sent and exported: one typed record, to JSON and back. It quotes what it
cites and names what it found, so that no article needs to be read again."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from index.types import Article
from rag.check.problem import Problem
from rag.types import (
    Answer,
    Candidate,
    Citation,
    Count,
    Outcome,
    Passage,
    Statement,
    Suggestion,
    Timing,
)
from ui.problems import both

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation: `quote == body[start:end]` of the article when it was cited."""

    number: int
    article_id: str
    title: str
    start: int
    end: int
    quote: str
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    source: str = ""
    place: str | None = None
    url: str | None = None
    #: Of its file, counted from 1, where the quote begins and that is known.
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, with its label (the place or article that it is about) before it. A version before 0.6
    kept problems as words."""

    text: str
    citations: tuple[int, ...] = ()
    verified: bool = False
    problems: tuple[Problem | str, ...] = ()
    label: str = ""

    @property
    def words(self) -> str:
        """The statement without its label."""
        return self.text.removeprefix(f"{self.label}: ") if self.label else self.text


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that was found, and its places in both searches."""

    rank: int
    score: float
    article_id: str
    title: str
    start: int
    end: int
    text: str
    copies: int = 1
    outlet: str | None = None
    published: date | None = None
    place: str | None = None
    url: str | None = None
    keyword_rank: int | None = None
    vector_rank: int | None = None
    cosine: float = 0.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A candidate, with the sentence `body[start:end]` that it stands in."""

    article_id: str
    start: int
    end: int
    text: str
    sentence: str
    probability: float
    signals: dict[str, float]


@dataclass(frozen=True, slots=True)
class Reread:
    """What the writer was shown and what it would copy, each with its mean log probability, where it says."""

    prompt: str
    copies: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole answer. `answer` is its text with the citations' numbers, or the refusal, or why it failed;
    `filters` are those it was asked under, in words; `stopped`: by the user or by another question, before it
    was done; with the outcome "answered", what was found by then answers it. What a version before did not
    note has its default here, so that old conversations open."""

    question: str
    search_query: str
    answer: str
    outcome: Outcome
    kind: str = "thing"
    short: str | None = None
    form: Literal["short", "several", "table"] = "short"
    lead: str = ""
    stopped: bool = False
    probability: float | None = None
    threshold: float | None = None
    statements: tuple[Line, ...] = ()
    citations: tuple[Quote, ...] = ()
    passages: tuple[Seen, ...] = ()
    candidates: tuple[Guess, ...] = ()
    opinions: tuple[Reread, ...] = ()
    unsearched: str = ""
    filters: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    count: Count | None = None
    seconds: Timing = Timing()
    model: str = ""
    unwritten: str = ""
    #: 0: kept by a version before 0.6, which noted other things of how it came about.
    version: int = 0

    @property
    def answered(self) -> bool:
        """Whether it answers the question."""
        return self.outcome == "answered"

    @property
    def ended(self) -> bool:
        """Whether it was answered, refused or met with talk, and not broken off before that."""
        return self.outcome in ("answered", "refused", "talk")

    @property
    def says_something(self) -> bool:
        """Whether it is an answer or a refusal; talk, and one that was broken off, are neither."""
        return self.answered or self.outcome == "refused"


def record(
    found: Answer,
    broken_off: Literal["stopped", "overtaken"] | None = None,
    filters: Sequence[str] = (),
) -> Record:
    """An answer's record; `broken_off`: why it was, before it was done."""
    unanswered = found.outcome in ("refused", "stopped")
    return Record(
        question=found.question,
        search_query=found.search_query,
        answer=found.text,
        unsearched=found.unsearched,
        outcome=broken_off if broken_off and unanswered else found.outcome,
        kind=found.kind,
        short=found.short,
        form=found.form,
        lead=found.lead,
        stopped=broken_off is not None,
        probability=_rounded(found.probability, 4),
        threshold=found.threshold,
        statements=tuple(map(_line, found.statements)),
        citations=tuple(map(_quote, found.citations)),
        passages=tuple(map(_seen, found.passages)),
        candidates=tuple(map(_guess, found.candidates)),
        opinions=tuple(
            Reread(one.prompt, tuple((text, _rounded(p, 3)) for text, p in one.copies))
            for one in found.opinions
            if not one.away
        ),
        filters=tuple(filters),
        suggestions=found.suggestions,
        count=found.count,
        seconds=Timing(**{name: _rounded(s, 3) for name, s in asdict(found.seconds).items()}),
        model=found.model,
        unwritten=found.unwritten,
        version=1,
    )


def failed(question: str, why: str, filters: Sequence[str] = ()) -> Record:
    """The record of a question that was not answered because something broke; `why` is a line."""
    return Record(question, question, why, "failed", filters=tuple(filters), version=1)


def document(kept: Record) -> dict[str, Any]:
    """The document for other programs: without how it came about, which is long; problems in words."""
    told = {k: v for k, v in to_json(kept).items() if k not in ("candidates", "opinions")}
    for line, one in zip(told["statements"], kept.statements, strict=True):
        line["problems"] = [both(problem) for problem in one.problems]
    return told


def to_json(kept: Record) -> dict[str, Any]:
    """The document of a record."""
    found: dict[str, Any] = _adapter().dump_python(kept, mode="json")
    return found | {"answered": kept.answered}


def from_json(document: dict[str, Any]) -> Record:
    """The record of a document, also of one that an earlier version wrote.

    Raises:
        ValueError: it is none.
    """
    # A version before 0.6 named the article in the question, and knew fewer outcomes.
    asked = [
        {"text": one, "article_id": ""} if isinstance(one, str) else one
        for one in document.get("suggestions", ())
    ]
    ended = "stopped" if document.get("stopped") else "refused"
    outcome = document.get("outcome") or ("answered" if document.get("answered") else ended)
    return _adapter().validate_python({**document, "suggestions": asked, "outcome": outcome})


@cache
def _adapter() -> "TypeAdapter[Record]":
    from pydantic import TypeAdapter

    return TypeAdapter(Record)


def _line(statement: Statement) -> Line:
    return Line(
        statement.whole,
        statement.citations,
        statement.verified,
        statement.problems,
        statement.label,
    )


def _quote(citation: Citation) -> Quote:
    return Quote(
        citation.number,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        author=citation.article.details.author,
        source=citation.article.source,
        page=citation.article.page(citation.start),
        **_about(citation.article),
    )


def _seen(passage: Passage) -> Seen:
    return Seen(
        passage.rank,
        round(passage.score, 4),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        copies=passage.copies,
        keyword_rank=passage.keyword_rank,
        vector_rank=passage.vector_rank,
        cosine=round(passage.cosine, 4),
        **_about(passage.article),
    )


def _about(article: Article) -> dict[str, Any]:
    details = article.details
    return {
        "article_id": article.id,
        "title": article.title,
        "outlet": details.outlet,
        "published": details.published,
        "place": details.place,
        "url": details.url,
    }


def _guess(one: Candidate) -> Guess:
    return Guess(
        one.article.id,
        *one.sentence,
        one.text,
        one.source.text,
        round(one.probability, 3),
        {name: round(value, 2) for name, value in asdict(one.signals).items()},
    )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
