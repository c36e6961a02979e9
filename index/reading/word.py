"""Word files, by python-docx."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from index.config import LIMITS
from index.errors import InputError, NoText
from index.language.encodings import mend
from index.language.text import nfc
from index.reading import Bad, Document
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
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LIMITS.unpacked_bytes:
                raise InputError(
                    "it unpacks to more than the limit; save it again without pictures"
                )
        opened = open_docx(io.BytesIO(data))
        lines: list[str] = []
        title = None
        for item in opened.iter_inner_content():
            if isinstance(item, Table):
                for row in item.rows:
                    cells = dict.fromkeys(_line(cell.text) for cell in row.cells)
                    lines.append(" | ".join(cell for cell in cells if cell))
                continue
            line = _line(item.text)
            style = (item.style.name or "") if item.style else ""
            if line and title is None and not lines and style.startswith(("Title", "Heading")):
                title = line
                continue
            lines.append(line)
    except InputError:
        raise
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        raise InputError(
            "a broken Word file ({why}); open it in Word and save it again",
            why=type(error).__name__,
        ) from None
    text = "\n".join(line for line in lines if line)
    if not text and not title:
        raise NoText("no text in it; nothing to index")
    # Title and text in one: a few words alone do not tell their encoding.
    title_read, _sep, body = mend(nfc(f"{title or ''}\n{text}")).partition("\n")
    yield Document("", body, Details(title=title_read or None))


def _line(text: str) -> str:
    return " ".join(text.split())
