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


CHUNKS = ChunkSettings()
LIMITS = ReadLimits()

#: Chunks embedded before a transaction is written: about ten seconds of work that a kill can cost.
BATCH_CHUNKS = 64

#: Seconds that a second process waits for the first one's write to the library.
BUSY_SECONDS = 30


def data_dir() -> Path:
    """The platform's folder for this user's data."""
    return Path(platformdirs.user_data_dir("hoibao", appauthor=False))


def library_dir() -> Path:
    """`$HOIBAO_LIBRARY`, else `library` in the user's data folder."""
    return Path(os.environ.get("HOIBAO_LIBRARY") or data_dir() / "library").expanduser()


def models_dir() -> Path:
    """`$HOIBAO_MODELS`, else `models` in the user's data folder."""
    return Path(os.environ.get("HOIBAO_MODELS") or data_dir() / "models").expanduser()
