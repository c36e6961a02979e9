"""What `index` hands out: frozen records, no library objects."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

#: The details that an origin is told of.
FIELDS = ("title", "outlet", "author", "published", "time", "place", "url")
#: From which offset of a text on it stands on which page of its file, by offset; 0: it is not known on which.
Pages = tuple[tuple[int, int], ...]


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
    #: Where a field's value was found ("json_ld", "letterhead" …; its words: `ui.text.parts`), by field.
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def by(self, origin: str) -> "Details":
        """The same; of each known field of which it is not said yet, that it was found there."""
        said = {name: where for name, where in self.origins if getattr(self, name)}
        more = {name: origin for name in FIELDS if getattr(self, name) and name not in said}
        return replace(self, origins=tuple((said | more).items()))


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
    #: Empty where the file has no pages, or they are not known.
    pages: Pages = ()
    doubts: tuple[Doubt, ...] = ()

    def page(self, offset: int) -> int | None:
        """The page of its file, counted from 1, on which `body[offset]` stands, where that is known."""
        at = bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[at - 1][1] or None if at else None

    @property
    def title(self) -> str:
        """The title, or the beginning of the body where the text has none."""
        return self.details.title or opening(self.body)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a file that were not taken for its article's: their kind ("related", "comments" …; its words:
    `ui.text.parts`), the words, a paragraph a line, and how many things they are, 0 where that is not known."""

    kind: str
    text: str
    items: int = 0


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
    #: The number of a dossier: its articles only.
    dossier: int | None = None

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


@dataclass(frozen=True, slots=True)
class Dossier:
    """A named set of articles, and how many of them are in the library; its number stays when it is renamed."""

    number: int
    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that were marked in a body, `quote == body[start:end]` then, with some of what stood around."""

    start: int
    end: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote beside an article (text, tags, a star, some of them empty), or beside words of it;
    `made`: when, in seconds since 1970."""

    number: int
    article_id: str
    text: str
    tags: tuple[str, ...]
    starred: bool
    made: float
    anchor: Anchor | None = None
