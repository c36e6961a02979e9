"""Every number and place that the index depends on, in one place.

Chunking and embedding settings are recorded in the library: changing them here makes an existing
library ask to be built again (`LibraryError`), never silently mix.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

#: Bumped whenever the tables, the cleaning or the keyword tokens change their meaning.
FORMAT_VERSION = 2


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How a body is cut into chunks."""

    #: Words (syllables) after which a chunk is closed at the next sentence end. 150 Vietnamese
    #: syllables are some 230 tokens of the embedding model, which reads at most 512.
    words: int = 150


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What is refused before it is read."""

    #: One article: a text, page, PDF, Word file.
    file_bytes: int = 50_000_000
    #: Many: rows, an archive (packed).
    container_bytes: int = 150_000_000
    #: What an archive, book or Word file may unpack to: in all, as a multiple of its own size (text
    #: packs to a tenth, a bomb to a thousandth), and in files.
    unpacked_bytes: int = 400_000_000
    ratio: int = 200
    zip_files: int = 50_000
    #: A longer PDF is a book, not an article.
    pdf_pages: int = 200
    #: Articles of a file, and those of its parts that cannot be read of which each is told.
    articles: int = 200_000
    told: int = 20
    #: Characters of a name in an archive; the rest is cut.
    name: int = 500
    #: Columns of a table, or what its cells say that they span.
    columns: int = 1_000
    #: A head of fields in a text (YAML), in characters.
    head: int = 20_000


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What the process that reads files may take for one of them (`file_limits`)."""

    #: Of computing, until the next article of it; for all of it three times that, and once more for each MB.
    #: The slowest that are no attack, PDFs of 200 full pages, take up to 20 s on a busy core.
    seconds: float = 60.0
    #: Bytes of address space. Rows of 145 MB, the most that there may be, take 2.5 GB.
    memory: int = 3_000_000_000
    #: Characters of text that it may give in all.
    output: int = 400_000_000


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How long the parts of an article may be, in characters; what is cut and what refused."""

    #: Refused: some 500 pages of a book.
    article: int = 1_000_000
    #: Broken into several, at a sentence's or word's end; nothing is lost. A row of a table is a line.
    line: int = 10_000
    #: Cut at a word's end.
    title: int = 300
    #: The same of an outlet, an author …
    detail: int = 200
    #: Marks over or under one letter; more are dropped. Composing (NFC) sorts them: a million take minutes.
    marks: int = 30


@dataclass(frozen=True, slots=True)
class StorySettings:
    """What of a file is the story."""

    #: A longer first line is a paragraph, no title.
    title: int = 45
    #: A page's shorter story is looked for again with the paragraphs' own rule.
    page: int = 20
    #: A book's shorter document is a cover, a half title, a list of contents.
    book: int = 30
    #: A line among the `edge` first or last of a PDF's page that stands so on at least this share of the
    #: pages is a running head; so is one smaller than the text in the margins, a share of the page's height.
    running: float = 0.5
    edge: int = 3
    margin: float = 0.07


@dataclass(frozen=True, slots=True)
class LeftOutLimits:
    """How much is kept of what is in a file and not in its article."""

    parts: int = 40
    #: In all; the rest is not kept.
    characters: int = 6_000
    #: Characters of its body that an article is looked through for them: a tenth of a second.
    compared: int = 100_000_000


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """How scans are read (`tests/quality/scans.py` measures)."""

    #: Dots an inch at which a PDF's page is drawn, and pixels that a page may have: A3 has 17 million.
    dpi: int = 300
    pixels: int = 40_000_000
    #: A word that Tesseract is less sure of (0 to 100) is doubtful. `scans.py --tune`: of 486 figures of pages
    #: in six states, all read rightly, 2 in 100 are doubtful for that or the second reading; with 93 it is 7.
    #: Wrong ones, on worse pages, had up to 88.
    confidence: float = 90.0
    #: A line without a sure word, whose words have less than this on average, is a part of a picture.
    line: float = 40.0
    #: Seconds by the clock for one reading of a page, which takes two to five of computing.
    seconds: int = 150


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """How much is written, read and looked at in one go."""

    #: Chunks embedded before a transaction is written: about ten seconds of work that a kill can cost.
    batch_chunks: int = 64
    #: Texts of about one length that the embedding model reads at once.
    batch_texts: int = 16
    #: Seconds that a second process waits for the first one's write to the library.
    busy_seconds: int = 30
    #: Vectors that a scan of the library holds at a time: some 12 MB.
    scanned: int = 8192
    #: Postings (a term in a chunk is one) that a keyword search may look at: some 50 ms.
    postings: int = 30_000
    #: Seconds that a PostgreSQL server may take to let one in; in which one that went away while something was
    #: being confirmed is waited for, to say whether it was. Connections of a process to read by.
    connect_seconds: int = 5
    lost_seconds: float = 10.0
    readers: int = 4
    #: Rows of articles and chunks that are moved at a time.
    moved: int = 500
    #: With how many of the likeliest near-copies an article is compared word for word.
    compared: int = 100


@dataclass(frozen=True, slots=True)
class FindSettings:
    """Exact search: what a query may have, and what is shown of what it finds."""

    #: A query's characters, words, and parentheses within each other.
    characters: int = 1_000
    words: int = 64
    depth: int = 20
    #: Letters that a star needs before it: fewer are the beginning of nearly every word.
    beginning: int = 2
    #: Words between what NEAR(…) looks for, where none is told, and at most.
    distance: int = 10
    furthest: int = 1_000
    #: Characters of the query that a mistake is told with.
    near: int = 20
    #: Characters shown before and behind words found, and places shown of one article.
    around: int = 60
    places: int = 5
    #: Places of one article in a table that is exported.
    exported: int = 10_000
    #: A word in the title weighs as much as so many in the body.
    title: float = 3.0
    #: Articles put into the index in one transaction where an older library has none.
    batch: int = 500


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """How Chroma is searched, and when it is waited for."""

    #: A wide search: recall@10 at 100,000 vectors is 0.81 at 100, 0.98 at 400.
    search: int = 400
    construction: int = 200
    neighbors: int = 32
    #: A filter that admits this share of all chunks is broad: what is nearest is asked for, `spare` times
    #: as much as is needed on average but `most` at most, and what the filter does not admit is left out.
    #: A condition (`where`) takes 0.3 s for a tenth of 100,000 chunks (`tests/quality/vectors.py`).
    broad: float = 0.02
    spare: float = 3.0
    most: int = 4000
    #: A library of so few chunks is taken over by Chroma within a second or two.
    soon: int = 2_000
    #: Seconds that a search waits for Chroma, which may be catching up in another thread.
    patience: float = 1.0
    #: Queries of a trial, and the cosine distance up to which two vectors are the same one.
    trials: int = 200
    same: float = 1e-3
    #: To a server: entries sent and numbers asked for at once, and entries compared with the store's.
    sent: int = 500
    page: int = 20_000
    sample: int = 50
    #: While a server is away the store's own vectors are compared, if they are so many at most (some 0.5 s);
    #: in a larger library words alone find.
    compared: int = 200_000


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How a server is waited for, in seconds."""

    #: Until it takes a connection; until it answers.
    connect: float = 2.0
    answer: float = 10.0
    #: After which one that was away is tried again.
    retry: float = 2.0
    #: Before a request is sent again; each time twice as long.
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """How a server of embeddings is asked."""

    #: The model, where none is named and none is installed here.
    model: str = "intfloat/multilingual-e5-small"
    #: What E5 models read before a question and before a passage; the local one's folder says the same.
    query: str = "query: "
    passage: str = "passage: "
    #: Seconds for an answer, and how often it is asked again: for a question, and for texts that are added.
    patience: tuple[float, int] = (5.0, 1)
    adding: tuple[float, int] = (60.0, 4)
    #: Texts in one request.
    sent: int = 32
    #: The cosine from which two vectors are of one model (bfloat16 to float32: 0.9999).
    same: float = 0.999
    #: Seconds for which questions trust that it still has that model.
    proved: float = 60.0
    #: Chunks among which one is chosen to compare by, and the characters of a usual one; what is compared
    #: where a library has none.
    tried: int = 20
    usual: int = 1200
    probe: str = "Sáng 14/9, Hội Nông dân tỉnh bế mạc đại hội với 215 đại biểu chính thức."


@dataclass(frozen=True, slots=True)
class TrialLimits:
    """Seconds that a trial in a child process may take."""

    #: A model of tens of gigabytes from a slow disk is loaded within it.
    model: float = 600.0
    #: Chroma's files: some seconds for each 100,000 chunks.
    chroma: float = 300.0


@dataclass(frozen=True, slots=True)
class TrashSettings:
    """How long what was removed can be put back."""

    days: float = 30.0


@dataclass(frozen=True, slots=True)
class GivingWaySettings:
    """How adding gives way to who uses the library meanwhile."""

    #: Texts that the embedding model reads at once then: a search waits for them.
    texts: int = 2
    #: Seconds since the last search, after which nobody is expected to search again at once.
    recent: float = 20.0
    #: Seconds for which adding pauses for a question at most, before each of its batches; how often it
    #: is looked whether it is to stop.
    patience: float = 60.0
    beat: float = 0.2


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How a watched folder is followed, in milliseconds."""

    #: Of quiet before a change is read: a file that is still being copied is not whole.
    quiet: int = 1_500
    #: After which it is seen that nothing changes, or that it is to stop.
    idle: int = 500


CHUNKS = ChunkSettings()
EMBEDDING = EmbeddingSettings()
FIND = FindSettings()
GIVING_WAY = GivingWaySettings()
LEFT_OUT = LeftOutLimits()
LIMITS = ReadLimits()
OCR = OcrSettings()
SERVER = ServerSettings()
STORE = StoreSettings()
STORY = StorySettings()
TEXT = TextLimits()
TRASH = TrashSettings()
TRIALS = TrialLimits()
VECTORS = VectorSettings()
WATCH = WatchSettings()


def file_limits() -> FileLimits:
    """The limits of a file: `$HOIBAO_FILE_SECONDS`, `$HOIBAO_FILE_MEMORY` (MB) and `$HOIBAO_FILE_OUTPUT`
    (million characters) go before the defaults where they are whole numbers above 0."""
    usual = FileLimits()
    return FileLimits(
        _number("HOIBAO_FILE_SECONDS") or usual.seconds,
        _number("HOIBAO_FILE_MEMORY") * 1_000_000 or usual.memory,
        _number("HOIBAO_FILE_OUTPUT") * 1_000_000 or usual.output,
    )


def _number(name: str) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else 0


def data_dir() -> Path:
    """The platform's folder for this user's data."""
    return Path(platformdirs.user_data_dir("hoibao", appauthor=False))


def library_dir() -> Path:
    """`$HOIBAO_LIBRARY`, else `library` in the user's data folder."""
    return Path(os.environ.get("HOIBAO_LIBRARY") or data_dir() / "library").expanduser()


def store_address() -> str:
    """`$HOIBAO_STORE`: the address of the PostgreSQL database that has what else `library.db` and `history.db`
    have; "" where they are files of the library's folder."""
    return os.environ.get("HOIBAO_STORE", "")


def models_dir() -> Path:
    """`$HOIBAO_MODELS`, else `models` in the user's data folder."""
    return Path(os.environ.get("HOIBAO_MODELS") or data_dir() / "models").expanduser()


def made_with(embedding: str) -> dict[str, str]:
    """What a library records of how it is made, with an embedding model of this identity: one that was made
    otherwise cannot be used."""
    return {
        "format": str(FORMAT_VERSION),
        "embedding": embedding,
        "chunk_words": str(CHUNKS.words),
    }


def corpus_dir() -> Path:
    """`$HOIBAO_DATA`, else `shared/data` beside the repository: the text to train and measure on, which does
    not come with the program (docs/CONTRIBUTING.md says what it is)."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    return Path(os.environ.get("HOIBAO_DATA") or beside).expanduser()
