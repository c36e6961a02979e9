"""What the answering side hands out. An `Answer` is a snapshot: the assistant yields growing ones."""

from dataclasses import dataclass, field
from typing import Literal

from index.types import Article
from rag.check.problem import Problem
from rag.llm.queue import Wait

#: What a question asks for.
Kind = Literal[
    "figure", "person", "time", "place", "thing", "list", "reason", "manner", "said", "yes_no", "summary",
    "compare", "trend", "count", "talk",
]  # fmt: skip

#: How a question ended. "overtaken": another was asked meanwhile.
Outcome = Literal["answered", "refused", "talk", "stopped", "overtaken", "failed"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation; `cited`: the articles that an answer cited, by id, where they are known."""

    role: Literal["system", "user", "assistant"]
    content: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that retrieval returned: `text == article.body[start:end]`. Scores compare within one
    question, the cosine (-1 to 1) between questions."""

    rank: int
    score: float
    cosine: float
    chunk_id: int
    article: Article
    start: int
    end: int
    #: How many articles tell this story in the same words, this one among them.
    copies: int = 1
    #: Its place in each of the two searches; None where it was not among the candidates of that one.
    keyword_rank: int | None = None
    vector_rank: int | None = None

    @property
    def text(self) -> str:
        """The chunk's words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is read: a passage and what the reader is told of it. `header`: title, date and place, joined
    by " · ", or nothing."""

    text: str
    header: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a passage, `text[start:end]`; `score`: their start and end logits minus those of "not here"."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader says of one passage, all in logits. `relevance`: that it holds the answer; `missing`:
    that it is not here (start and end logit of "not here"); `spans`: the best that do not overlap, best
    first; `sentences`: where they stand in the text; `support`: for each, that the answer stands there."""

    relevance: float
    missing: float
    spans: tuple[Span, ...]
    sentences: tuple[tuple[int, int], ...]
    support: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a candidate. `span`: its first and last word less "not here", in the reader's logits;
    `lead`: its passage's score less the best passage's (0 or less, in standard deviations); `missing`: the
    share (0 to 1) of the question's names, figures and places that its article does not have, or, of a place,
    does not play in; `support`: that its sentence holds the answer, in the reader's logits."""

    span: float
    lead: float
    missing: float
    support: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of a passage that may answer, `article.body[start:end]`, in the sentence `body[sentence[0]:
    sentence[1]]`, with the calibrated probability (0 to 1) that they are the answer."""

    article: Article
    start: int
    end: int
    sentence: tuple[int, int]
    signals: Signals
    probability: float

    @property
    def text(self) -> str:
        """The words, on one line."""
        return " ".join(self.article.body[self.start : self.end].split())

    @property
    def source(self) -> "Source":
        """The sentence, to be cited."""
        return Source(self.article, *self.sentence)


@dataclass(frozen=True, slots=True)
class Source:
    """Words to be cited, `article.body[start:end]`."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the writer is shown of an article: its title, and a run of its sentences."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the writer made of what the reader chose: the prompt's last turn, what it would answer with,
    each with the mean logarithm of its probabilities, and the logarithm of the probability with which it
    begins a refusal; None of either where a served model does not say. `away`: why it was not asked, a line."""

    prompt: str
    copies: tuple[tuple[str, float | None], ...]
    refusal: float | None
    away: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A number in an answer and the exact words it stands for: `quote == body[start:end]`."""

    number: int
    article: Article
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The cited words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, the numbers it cites, and what the checker found wrong. Of several
    articles that answer differently, `label` says which one it is: its place, title, year."""

    text: str
    citations: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    label: str = ""

    @property
    def whole(self) -> str:
        """The statement with its label before it."""
        return f"{self.label}: {self.text}" if self.label else self.text

    @property
    def verified(self) -> bool:
        """Whether every figure, date and name was found in what it cites."""
        return bool(self.citations) and not self.problems


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from the question on; None until it happened. `waited`: of these, for the
    writer's turn, where it was not free."""

    retrieve: float | None = None
    first_evidence: float | None = None
    short: float | None = None
    first_token: float | None = None
    total: float | None = None
    waited: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that could be asked next, and the id of the article that answers it."""

    text: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles hold what was asked for, of how many that were asked. `undated`: those that hold it
    and have no date; where a period is asked for they are not among `matching`. `unreadable`: those that
    could not be looked at (they went while it was counted)."""

    matching: int
    of: int
    undated: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer so far. `done` is False while it grows; `draft` holds words that nobody has checked yet, the
    short answer. `form` is "several" where articles answer
    differently, "table" where the question compares; `lead` then says so, and what was not found. `short`
    is the reader's span, None for kinds that have none. `probability` is that of the best candidate, 0 to 1,
    and `threshold` what it takes to be said. `candidates` are the best ones and `opinions` what the writer
    made of them: with the passages' ranks they say why the answer is what it is. `count`: of the kind "count"
    only; `suggestions`: what could be asked next, where that is known already. `unwritten`: in a line, why the
    writer took no part where it would have; the answer is the reader's and the articles' own words then.
    `waits`: its place in the queue, while it waits for the writer."""

    question: str
    search_query: str
    kind: Kind = "thing"
    short: str | None = None
    text: str = ""
    outcome: Outcome = "refused"
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    seconds: Timing = field(default=Timing())
    model: str = ""
    draft: str = ""
    done: bool = False
    form: Literal["short", "several", "table"] = "short"
    lead: str = ""
    probability: float | None = None
    threshold: float | None = None
    candidates: tuple[Candidate, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    count: Count | None = None
    #: In a line, which server was away, without whose vectors the passages were found.
    unsearched: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    unwritten: str = ""
    waits: Wait | None = None

    @property
    def answered(self) -> bool:
        """Whether it answers the question."""
        return self.outcome == "answered"
