"""Files of every kind to documents: text, with what the format's own data say of it.

One module a kind; each turns bytes into `Document`s and refuses with an `InputError` of one line. A
container (rows, an archive, a book) gives many, and a `Bad` for a part that cannot be read, so that
the rest goes on.
"""

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from index.config import LIMITS, TEXT
from index.errors import InputError, Line
from index.language.encodings import decode
from index.types import UNKNOWN, Details, LeftOut, Pages


@dataclass(frozen=True, slots=True)
class Seen:
    """A word of a scan as it was read: whether it is surely so, Tesseract's confidence (0 to 100), its page
    from 1 on, its place there (`Doubt.box`), and its picture where it holds a figure that is not sure."""

    text: str
    sure: bool
    confidence: float
    page: int
    box: tuple[int, int, int, int] = (0, 0, 0, 0)
    crop: bytes = b""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a file gives it. `part` tells the articles of a file apart ("" where it is the
    only one); `details` are what the format's own data say, to be completed from the text. `pages` are counted
    in `text`; `left_out` is what the reader saw in the file and took for no text; `seen` are the words of a
    scan, in order."""

    part: str
    text: str
    details: Details = UNKNOWN
    pages: Pages = ()
    left_out: tuple[LeftOut, ...] = ()
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A part of a container that cannot be read, and why."""

    part: str
    reason: str


#: The file's bytes, the user's names of fields (of rows only), to documents.
Reader = Callable[[bytes, Mapping[str, str]], Iterator[Document | Bad]]


#: Told (page, pages) before each reading of a page of a scan; what it raises ends the reading.
PAGE: ContextVar[Callable[[int, int], None]] = ContextVar("PAGE", default=lambda page, pages: None)

#: Told which part of an archive is opened next; False where it is not to be.
Begin = Callable[[str], bool]


def read(
    name: str, data: bytes, fields: Mapping[str, str], begin: Begin = lambda part: True
) -> Iterator[Document | Bad]:
    """The documents of a file, by its name's ending. `fields` says which field of a row is what
    ({"title": "tieu_de"}).

    Raises:
        InputError: it cannot be read as what its name says, or is of another kind.
        NoText: there is no text in it.
    """
    suffix = kind(name)
    if suffix is None:
        raise InputError(
            "not a kind that can be read ({kinds}); save it as one of these",
            kinds=", ".join(sorted(SUFFIXES)),
        )
    limit = LIMITS.container_bytes if suffix in _CONTAINERS else LIMITS.file_bytes
    if len(data) > limit:
        raise too_large(len(data), limit)
    if suffix == ".gz":
        from index.reading.archive import unzipped

        return read(PurePath(name).stem, unzipped(data), fields)
    if suffix == ".zip":
        from index.reading.archive import read_zip

        return read_zip(data, fields, begin)
    if suffix in (".eml", ".mbox"):
        from index.reading import mail

        return (mail.read_eml if suffix == ".eml" else mail.read_mbox)(data, fields, begin)
    return _reader(suffix)(data, fields)


def kind(name: str) -> str | None:
    """The ending that says what a file is (".jsonl" of "a.jsonl.gz"), None where it is no kind of
    ours."""
    path = PurePath(name.lower())
    if path.suffix == ".gz":
        return ".gz" if PurePath(path.stem).suffix in SUFFIXES - {".gz", ".zip"} else None
    return path.suffix if path.suffix in SUFFIXES else None


def limit_of(name: str) -> int:
    """How many bytes a file of this name may have."""
    return LIMITS.container_bytes if kind(name) in _CONTAINERS else LIMITS.file_bytes


def too_large(size: int, limit: int) -> InputError:
    """The refusal of a file over its limit."""
    return InputError(
        "{size:.0f} MB is over the limit of {limit:.0f} MB for this kind; split it",
        size=size / 1e6,
        limit=limit / 1e6,
    )


def unreadable(error: BaseException) -> Line:
    """What is told of a file or part whose reader failed without a line of its own."""
    if isinstance(error, MemoryError):
        return Line.of(
            "it needs more memory than a file may take; split it, or save it as plain text"
        )
    return Line.of("cannot be read ({why}); save it again, or as plain text", why=kind_of(error))


def kind_of(error: BaseException) -> str:
    """What failed, in a word ("zlib.error", "KeyError")."""
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def too_long(count: int) -> InputError:
    """The refusal of an article with so many characters."""
    return InputError(
        "an article of {count} characters is over the limit of {limit}; split it",
        count=count,
        limit=TEXT.article,
    )


def _text(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    from index.reading.columns import tell_columns

    yield Document("", tell_columns(decode(data)))


def _reader(suffix: str) -> Reader:
    """Heavy parsers load only for the files that need them."""
    if suffix not in _READERS:
        return _text
    module, name = _READERS[suffix]
    found: Reader = getattr(import_module(f"index.reading.{module}"), name)
    return found


PICTURES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_READERS = {
    ".md": ("markdown", "read_markdown"),
    ".html": ("page", "read_html"),
    ".htm": ("page", "read_html"),
    ".xhtml": ("page", "read_html"),
    ".mhtml": ("page", "read_mhtml"),
    ".mht": ("page", "read_mhtml"),
    ".pdf": ("pdf", "read_pdf"),
    **dict.fromkeys(PICTURES, ("picture", "read_picture")),
    ".docx": ("word", "read_docx"),
    ".doc": ("office", "read_doc"),
    ".odt": ("opendoc", "read_odt"),
    ".rtf": ("rtf", "read_rtf"),
    ".epub": ("book", "read_epub"),
    ".rss": ("feed", "read_feed"),
    ".atom": ("feed", "read_feed"),
    ".xml": ("feed", "read_feed"),
    ".jsonl": ("rows", "read_jsonl"),
    ".csv": ("rows", "read_csv"),
}
_CONTAINERS = frozenset({".jsonl", ".csv", ".zip", ".gz", ".mbox"})
#: What is taken from a folder. A file named on its own must be one of these too.
SUFFIXES = frozenset({".txt", ".gz", ".zip", ".eml", ".mbox", *_READERS})
