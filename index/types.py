"""What `index` hands out: frozen records, no library objects."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Details:
    """What the text says of itself; None where it says nothing (never a guess)."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    #: The time of day of publication, "HH:MM".
    time: str | None = None
    #: The province that the article is about.
    place: str | None = None
    url: str | None = None
    #: The fields that are concluded from evidence in the article rather than said by it.
    inferred: tuple[str, ...] = ()


UNKNOWN = Details()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that was read from a picture and may be misread, `body[start:end]`: how sure Tesseract was of it
    (0 to 100), its page from 1 on, and its place there: left, top, right, bottom, in thousandths of the page
    as it was read, level. `crop`: that part of the page as a PNG, where the word holds a figure."""

    start: int
    end: int
    confidence: float
    page: int
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    crop: bytes = b""


@dataclass(frozen=True, slots=True)
class Article:
    """One document. Every offset into it counts Unicode code points of `body`; `doubts`: its words that may be
    misread, in their order."""

    id: str
    source: str
    details: Details
    body: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def title(self) -> str:
        """The title, or the beginning of the body where the text has none."""
        return self.details.title or opening(self.body)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as `list` shows it: everything but the body."""

    id: str
    source: str
    details: Details
    opening: str
    chunks: int
    #: The id by which the articles of one story (near-copies of each other) go, and how many they are.
    story: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences: `text == body[start:end]` of the article."""

    id: int
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk's number with its score; higher is better, scales differ between searches."""

    chunk_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Restricts a search; `without` are ids of articles to leave out. Empty means everything."""

    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    #: Provinces, any of them.
    places: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Extent:
    """How many articles a filter admits, and the first and last day of those that have a date."""

    articles: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """One readable article of an `add`, with the id that it became or already was. `outcome`:
    "added", "updated", "unchanged", "duplicate"."""

    id: str
    title: str | None
    path: str
    outcome: str = "unchanged"


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What an `add` did, counted in articles. `duplicates`: another file already gave the very same;
    `renamed`: of the unchanged, those whose file has another name now; `near_copies`: of the added,
    those that tell what another article tells (kept, and put with it); `stopped`: before its end."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    duplicates: int = 0
    renamed: int = 0
    near_copies: int = 0
    stopped: bool = False
    failed: tuple[FailedFile, ...] = ()
    articles: tuple[AddedArticle, ...] = ()
    seconds: float = 0.0
    embedded_chunks: int = 0


@dataclass(frozen=True, slots=True)
class AtPage:
    """Where the reading of a scan is: its page, of how many, and the seconds left, where they can be told."""

    page: int
    pages: int
    left: float | None = None


#: Called with (articles done, articles in all as far as is known, the file at hand, its page if it is a scan).
Progress = Callable[[int, int, str, AtPage | None], None]


@dataclass(frozen=True, slots=True)
class Trashed:
    """An article in the trash; `removed`: when, in seconds since 1970."""

    id: str
    title: str
    source: str
    removed: float


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `doctor` found and mended, one line each."""

    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """True where nothing is left to mend."""
        return len(self.problems) == len(self.repaired)


def opening(body: str, limit: int = 90) -> str:
    """The first words of a body, at most `limit` characters, cut between words."""
    line = body.strip().split("\n", 1)[0]
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + "…"
