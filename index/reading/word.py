"""Word files, by python-docx."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from index.config import LIMITS
from index.errors import InputError, NoText
from index.language.encodings import mend
from index.language.text import nfc
from index.reading import Bad, Document, kind_of
from index.types import Details


def read_docx(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file: a paragraph a line, a table's row a line. The title is the first paragraph
    in a title's or heading's style; the file's own properties tell who typed it and when it was saved,
    not who wrote the article and when it appeared, so they are not used.

    Raises:
        InputError: it is broken, protected, or an old .doc under another name.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "protected by a password, or an old .doc; open it in Word and save it as .docx without one"
        )
    from docx import Document as open_docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > min(LIMITS.unpacked_bytes, LIMITS.ratio * max(len(data), 10_000)):
                raise InputError(
                    "it unpacks to more than the limit; save it again without pictures"
                )
        opened = open_docx(io.BytesIO(data))
        lines: list[str] = []
        title = None
        for item in opened.iter_inner_content():
            if isinstance(item, Table):
                lines += _rows(item)
                continue
            line = _line(item.text)
            style = (item.style.name or "") if item.style else ""
            if line and title is None and not lines and style.startswith(("Title", "Heading")):
                title = line
                continue
            lines.append(line)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zlib, lzma, lxml, XPath, python-docx … each has its own
        raise InputError(
            "a broken Word file ({why}); open it in Word and save it again",
            why=kind_of(error),
        ) from None
    text = "\n".join(line for line in lines if line)
    if not text and not title:
        raise NoText("no text in it; nothing to index")
    # Title and text in one: a few words alone do not tell their encoding.
    title_read, _sep, body = mend(nfc(f"{title or ''}\n{text}")).partition("\n")
    yield Document("", body, Details(title=title_read or None))


def _rows(table: Any) -> Iterator[str]:
    """A line a row; what is merged over rows stands in each of them, over columns once. Not `row.cells`: that
    goes back to a merged cell's first row for each, and gives a cell as often as it says that it spans."""
    from docx.table import _Cell

    above: dict[int, str] = {}
    for row in table.rows:
        cells: dict[int, str] = {}
        at = row.grid_cols_before
        for cell in row._tr.tc_lst:
            merged = cell.vMerge == "continue"
            cells[at] = above.get(at, "") if merged else _line(_Cell(cell, table).text)
            at += cell.grid_span
            if at > LIMITS.columns:
                raise InputError(
                    "a row of more than {limit} columns; export fewer", limit=LIMITS.columns
                )
        above = cells
        yield " | ".join(dict.fromkeys(cell for cell in cells.values() if cell))


def _line(text: str) -> str:
    return " ".join(text.split())
