"""OpenDocument texts (.odt), by the XML in them: odfdo gives neither what tracked changes deleted nor what a
table's cells span."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from index.config import LIMITS
from index.errors import InputError, NoText
from index.language.encodings import mend
from index.language.text import nfc
from index.reading import Bad, Document, kind_of
from index.reading.grid import Cell, cell_text, grid, is_data
from index.reading.table import header_rows, told_rows, unit_in
from index.types import Details

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE, _DRAW = (
    _NS % name for name in ("text", "table", "office", "style", "drawing")
)
_P, _H = _TEXT + "p", _TEXT + "h"
#: What was deleted while changes were tracked, comments, lists of contents, and what is about the text.
_NOT_READ = {
    _TEXT + "tracked-changes", _OFFICE + "annotation", _OFFICE + "forms", _TEXT + "note-citation",
    _TEXT + "table-of-content", _TEXT + "alphabetical-index", _TEXT + "sequence-decls", _TEXT + "ruby-text",
    _OFFICE + "scripts",
}  # fmt: skip
_BLOCKS = (_P, _H, _TABLE + "table")
#: The most that one mark may stand for: spaces, columns, rows.
_REPEATED = 1_000


def read_odt(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file: a paragraph a line, a table's row a line with its heads, notes and text boxes behind
    what they belong to; what tracked changes deleted is not read. The title is the first paragraph where it is
    a title or heading.

    Raises:
        InputError: it is broken or protected.
        NoText: there is no text in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > min(LIMITS.unpacked_bytes, LIMITS.ratio * max(len(data), 10_000)):
                raise InputError(
                    "it unpacks to more than the limit; save it again without pictures"
                )
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise InputError("protected by a password; save a copy without one")
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            tree = etree.fromstring(archive.read("content.xml"), parser)
            body = tree.find(f"{_OFFICE}body/{_OFFICE}text")
            if body is None:
                raise InputError("no text document in it; save it as .odt or .docx")
            title, text = _Reading(tree).read(body)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zlib, lzma, lxml … each has its own
        raise InputError(
            "a broken OpenDocument file ({why}); open it and save it again", why=kind_of(error)
        ) from None
    if not text and not title:
        raise NoText("no text in it; nothing to index")
    title_read, _sep, told = mend(nfc(f"{title or ''}\n{text}")).partition("\n")
    yield Document("", told, Details(title=title_read or None))


class _Reading:
    """A document's body, turned into lines."""

    def __init__(self, tree: Any) -> None:
        self._parents = {
            style.get(_STYLE + "name"): style.get(_STYLE + "parent-style-name")
            for style in tree.iter(_STYLE + "style")
        }
        self._hidden = {
            style.get(_STYLE + "name")
            for style in tree.iter(_STYLE + "style")
            for about in style.iter(_STYLE + "text-properties")
            if about.get(_TEXT + "display") == "none"
        }

    def read(self, body: Any) -> tuple[str | None, str]:
        """Its title, if there is one, and its text."""
        lines: list[str] = []
        title = None
        for line, heads, _item in self._blocks(body):
            if line and title is None and not lines and heads:
                title = line
            elif line:
                lines.append(line)
        return title, "\n".join(lines)

    def _blocks(self, parent: Any) -> list[tuple[str, bool, bool]]:
        """The lines below an element, each with whether it is a heading, and an item of a list."""
        found: list[tuple[str, bool, bool]] = []
        waiting: list[tuple[Any, bool]] = [(one, False) for one in reversed(parent)]
        while waiting:
            one, item = waiting.pop()
            if one.tag == _TABLE + "table":
                before = next((line for line, _heads, _item in reversed(found) if line), "")
                found += [(line, False, False) for line in self._table(one, before)]
            elif one.tag in (_P, _H):
                behind: list[Any] = []
                line = " ".join(self._text(one, behind).split())
                # Marked: what begins with a small letter would be taken for the rest of the line before.
                marked = item and bool(line) and line[0] not in "-–—•+*"
                found.append((f"- {line}" if marked else line, self._heads(one), item))
                for inner in behind:
                    found += [(text, False, listed) for text, _h, listed in self._blocks(inner)]
                item = False
            elif isinstance(one.tag, str) and one.tag not in _NOT_READ and not _unseen(one):
                inside = one.tag in (_TEXT + "list-item", _TEXT + "list")
                waiting += [(inner, inside) for inner in reversed(one)]
        return found

    def _heads(self, block: Any) -> bool:
        """Whether it is a heading, or in a title's style."""
        name = block.get(_TEXT + "style-name")
        for _ in range(10):
            if name == "Title":
                return True
            name = self._parents.get(name)
        return bool(block.tag == _H)

    def _text(self, block: Any, behind: list[Any]) -> str:
        """What is seen of a paragraph; into `behind` go the notes and text boxes that stand in it."""
        parts = [block.text or ""]
        waiting: list[Any] = list(reversed(block))
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
                continue
            waiting.append(one.tail or "")
            if one.tag == _TEXT + "s":
                parts.append(" " * _count(one, _TEXT + "c"))
            elif one.tag in (_TEXT + "tab", _TEXT + "line-break"):
                parts.append(" ")
            elif one.tag == _TEXT + "note":
                behind += one.iterchildren(_TEXT + "note-body")
            elif one.tag == _DRAW + "text-box":
                behind.append(one)
            elif isinstance(one.tag, str) and one.tag not in _NOT_READ and not self._is_hidden(one):
                parts.append(one.text or "")
                waiting += reversed(one)
        return "".join(parts)

    def _is_hidden(self, one: Any) -> bool:
        return one.get(_TEXT + "style-name") in self._hidden or one.tag == _TEXT + "hidden-text"

    def _table(self, table: Any, before: str) -> list[str]:
        rows: list[list[Cell]] = []
        kept: list[str] = []
        marked = 0
        for row in _rows(table):
            cells: list[Cell] = []
            for cell in row.iterchildren(_TABLE + "table-cell"):
                lines = self._blocks(cell)
                kept += [line for line, _heads, _item in lines if line]
                told = cell_text((line.removeprefix("- "), item) for line, _h, item in lines)
                spanned = [
                    _count(cell, _TABLE + f"number-{of}-spanned") for of in ("columns", "rows")
                ]
                times = _count(cell, _TABLE + "number-columns-repeated")
                cells += [Cell(told, *spanned)] * (times if told else min(times, 20))
                if len(cells) > LIMITS.columns:
                    raise InputError(
                        "a row of more than {limit} columns; export fewer", limit=LIMITS.columns
                    )
            if cells:
                head = row.getparent().tag == _TABLE + "table-header-rows"
                marked += head and marked == len(rows)
                rows.append(cells)
        filled = grid(rows)
        if not is_data(filled):
            return kept
        return told_rows(filled, header_rows(filled, marked), unit_in(before))


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, without those of tables in its cells."""
    waiting = list(reversed(table))
    while waiting:
        one = waiting.pop()
        if one.tag == _TABLE + "table-row":
            yield one
        elif one.tag in {_TABLE + f"table-{of}" for of in ("header-rows", "rows", "row-group")}:
            waiting += reversed(one)


def _count(element: Any, name: str) -> int:
    said = element.get(name) or ""
    small = said.isascii() and said.isdigit() and len(said) < 5
    return min(max(int(said), 1), _REPEATED) if small else 1


def _unseen(section: Any) -> bool:
    return bool(section.get(_TEXT + "display") == "none")
