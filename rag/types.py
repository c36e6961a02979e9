"""What the answering side hands out. An `Answer` is a snapshot: the pipeline yields growing ones."""

from dataclasses import dataclass, field
from typing import Literal

from index.types import Article


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


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
class Evidence:
    """A sentence chosen for a question, `article.body[start:end]`, with its score, the cosine
    similarity (-1 to 1) of its best clause to the question, where in the sentence that is, and
    whether that has the kind of thing which the question asks for."""

    article: Article
    start: int
    end: int
    score: float
    cosine: float = 0.0
    focus: tuple[int, int] = (0, 0)
    fits: bool = True

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Read:
    """What the model read of one sentence: the prompt's last turn; and what it would answer with, each with
    the mean logarithm of its probabilities."""

    prompt: str
    copies: tuple[tuple[str, float], ...]


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
    problems: tuple[str, ...] = ()
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
    """Seconds from the question on; None until it happened."""

    retrieve: float | None = None
    first_evidence: float | None = None
    first_token: float | None = None
    total: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer so far. `done` is False while it grows; `draft` holds the words that the model has
    written and nobody has checked yet. `form` is "several" where articles answer differently, "table"
    where the question compares; `lead` then says so, and what was not found. `likelihood` is how sure
    the refusal's signals are that the collection holds the answer, 0 to 1, and `threshold` what it takes.
    `chosen` are the best sentences, `read` those that the model read: with the passages' ranks they say
    why the answer is what it is."""

    question: str
    search_query: str
    text: str = ""
    answered: bool = False
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    seconds: Timing = field(default=Timing())
    model: str = ""
    draft: str = ""
    done: bool = False
    form: Literal["short", "several", "table"] = "short"
    lead: str = ""
    likelihood: float | None = None
    threshold: float | None = None
    chosen: tuple[Evidence, ...] = ()
    read: tuple[Read, ...] = ()
