"""Word files, by python-docx and, for what it does not give, the XML below it."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from index.config import LIMITS
from index.errors import InputError, NoText
from index.language.encodings import mend
from index.language.text import nfc
from index.pages import cut, mark
from index.reading import Bad, Document, kind_of, read
from index.reading.grid import MERGED, cell_text, fits, is_data
from index.reading.office import is_old_word
from index.reading.table import header_rows, told_rows, unit_in
from index.reading.word_around import around
from index.reading.word_pages import Turns, squeezed
from index.types import Details

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
#: What was deleted or moved away while changes are tracked, and what is about the text.
_NOT_READ = {_W + name for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "sdtPr")}
_BREAKS = {_W + name for name in ("tab", "br", "cr", "ptab")}
#: What gives each note its text, by the reference to it.
_NOTES = {_W + "footnoteReference": "footnotes", _W + "endnoteReference": "endnotes"}
_OFF = ("0", "false", "off", "none")


def read_docx(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file: a paragraph a line, a table's row a line with its heads, text boxes and notes behind
    what they belong to. As Word shows it: with what was inserted, without what was deleted, headers and
    footers. The title is the first paragraph in a title's or heading's style; the file's own properties tell
    who typed it and when it was saved, not who wrote the article and when it appeared, so they are not used.

    Raises:
        InputError: it is broken, protected, or an old .doc under another name.
    """
    if is_old_word(data):
        yield from read("a.doc", data, fields)
        return
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "protected by a password, or an old .doc; open it in Word and save it as .docx without one"
        )
    from docx import Document as open_docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > min(LIMITS.unpacked_bytes, LIMITS.ratio * max(len(data), 10_000)):
                raise InputError(
                    "it unpacks to more than the limit; save it again without pictures"
                )
        reading = _Reading(open_docx(io.BytesIO(data)))
        title, text = reading.read()
        left_out = tuple(around(reading.opened))
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zlib, lzma, lxml, XPath, python-docx … each has its own
        raise InputError(
            "a broken Word file ({why}); open it in Word and save it again",
            why=kind_of(error),
        ) from None
    if not text and not title:
        raise NoText("no text in it; nothing to index")
    # Title and text in one: a few words alone do not tell their encoding.
    title_read, _sep, body = mend(nfc(f"{title or ''}\n{text}")).partition("\n")
    title, first = cut(title_read)
    body, pages = reading.turns.pages(f"{mark(first[0][1])}{body}" if first else body)
    details = Details(title=title or None).by("heading")
    yield Document("", body, details, pages=pages, left_out=left_out)


class _Reading:
    """A document's body, turned into lines."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.turns = Turns()
        self._notes: dict[str, dict[str, Any]] = {}
        self._styles: dict[str, str] = {}

    def read(self) -> tuple[str | None, str]:
        """Its title, if there is one, and its text."""
        lines: list[str] = []
        title = None
        for line, style, _item in self._blocks(self.opened.element.body):
            if line and title is None and not lines and style.startswith(("Title", "Heading")):
                title = line
            elif line:
                lines.append(line)
        return title, "\n".join(lines)

    def _blocks(self, parent: Any) -> list[tuple[str, str, bool]]:
        """The lines below an element, each with its style's name and whether it is an item of a list."""
        found: list[tuple[str, str, bool]] = []
        open_ = ""  # a paragraph whose end was deleted goes on in the next
        for block in _inner(parent, _W + "p", _W + "tbl"):
            if block.tag == _W + "tbl":
                before = next((line for line, _style, _item in reversed(found) if line), "")
                begun = self.turns.begin_table()
                lines = self.turns.table(begun, self._table(block, before))
                found += [(line, "", False) for line in lines]
                continue
            self.turns.before(block)
            behind: list[Any] = []
            text = open_ + self._text(block, behind)
            marks = f"{_W}pPr/{_W}rPr/"
            if (
                block.find(marks + _W + "del") is not None
                or block.find(marks + _W + "moveFrom") is not None
            ):
                open_ = text
            else:
                open_ = ""
                found.append(self._line(block, text))
            self.turns.behind(block)
            for inserted in behind:
                found += [(line, "", item) for line, _style, item in self._blocks(inserted)]
        if open_:
            found.append((squeezed(open_), "", False))
        return found

    def _line(self, block: Any, text: str) -> tuple[str, str, bool]:
        line = squeezed(text)
        name = self._style(block.style)
        number = block.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        listed = name.startswith("List") if number is None else number.get(_W + "val") != "0"
        item = bool(line) and listed and not name.startswith(("Title", "Heading"))
        # Marked: what begins with a small letter would be taken for the rest of the line before.
        bare = not item or cut(line)[0][:1] in "-–—•+*"
        return (line if bare else f"- {line}"), name, item

    def _style(self, number: str | None) -> str:
        if number and number not in self._styles:
            from docx.enum.style import WD_STYLE_TYPE

            found = self.opened.styles.get_by_id(number, WD_STYLE_TYPE.PARAGRAPH)
            self._styles[number] = (found.name or "") if found else ""
        return self._styles[number] if number else ""

    def _text(self, paragraph: Any, behind: list[Any]) -> str:
        """What is seen of a paragraph; into `behind` go the text boxes and notes that stand in it."""
        parts: list[str] = []
        waiting = list(reversed(paragraph))
        while waiting:
            one = waiting.pop()
            tag = one.tag
            self.turns.at(one)
            if tag in (_W + "t", _MATH_TEXT):
                parts.append(self.turns.told(one.text or ""))
            elif tag in _BREAKS:
                parts.append(" ")
            elif tag == _W + "noBreakHyphen":
                parts.append("-")
            elif tag == _W + "txbxContent":
                behind.append(one)
            elif tag in _NOTES:
                note = self._note(_NOTES[tag], one.get(_W + "id"))
                behind += [note] if note is not None else []
            elif tag == _MC + "AlternateContent":  # the same in two ways: the newer one is shown
                waiting += list(one)[:1]
            elif isinstance(tag, str) and tag not in _NOT_READ and not _hidden(one):
                waiting += reversed(one)
        return "".join(parts)

    def _note(self, part: str, number: str | None) -> Any:
        if part not in self._notes:
            from docx.oxml.parser import parse_xml

            known: dict[str, Any] = {}
            for one in self.opened.part.rels.values():
                if not one.is_external and one.reltype.endswith(f"/{part}"):
                    root = parse_xml(one.target_part.blob)
                    known |= {note.get(_W + "id"): note for note in root}
            self._notes[part] = known
        # Taken out: each is told once, also where it refers to itself.
        return self._notes[part].pop(number or "", None)

    def _table(self, table: Any, before: str) -> list[str]:
        """A line a row. What is merged over rows stands in each of them, over columns once. Not by
        python-docx's `row.cells`: that goes back to a merged cell's first row for each, and gives a cell as
        often as it says that it spans."""
        above: dict[int, str] = {}
        read: list[tuple[dict[int, str], int]] = []
        marked = bold = 0
        kept: list[str] = []
        for row in _inner(table, _W + "tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            cells: dict[int, str] = {}
            at = row.grid_before
            heavy = True
            for cell in _inner(row, _W + "tc"):
                merged = cell.vMerge == "continue"
                lines = (
                    []
                    if merged or cell.find(f"{_W}tcPr/{_W}cellDel") is not None
                    else self._blocks(cell)
                )
                kept += [line for line, _style, _item in lines]
                plain = ((cut(line)[0], item) for line, _style, item in lines)
                cells[at] = above.get(at, "") if merged else cell_text(plain)
                heavy = heavy and (merged or not cells[at] or _bold(cell))
                at += cell.grid_span
                if at > LIMITS.columns:
                    raise InputError(
                        "a row of more than {limit} columns; export fewer", limit=LIMITS.columns
                    )
            above = cells
            marked += marked == len(read) and row.find(f"{_W}trPr/{_W}tblHeader") is not None
            bold += bold == len(read) and heavy
            read.append((cells, at))
        spans = fits(
            sum(width for _cells, width in read), sum(len(cells) for cells, _width in read)
        )
        rows = [_row(cells, width) if spans else list(cells.values()) for cells, width in read]
        if not is_data(rows):
            return [line for line in kept if line]
        head = header_rows(rows, marked or (bold if bold < len(rows) else 0))
        return told_rows(rows, head, unit_in(before))


def _row(cells: Mapping[int, str], width: int) -> list[str]:
    """The cells by column, with `MERGED` where one goes on."""
    first = min(cells, default=0)
    return [cells.get(at, MERGED if at > first else "") for at in range(width)]


def _inner(parent: Any, *tags: str) -> list[Any]:
    """The nearest elements below that have one of the tags, also inside content controls and changes."""
    found = []
    waiting = list(reversed(parent))
    while waiting:
        one = waiting.pop()
        if one.tag in tags:
            found.append(one)
        elif one.tag == _MC + "AlternateContent":
            waiting += list(one)[:1]
        elif isinstance(one.tag, str) and one.tag not in _NOT_READ:
            waiting += reversed(one)
    return found


def _hidden(element: Any) -> bool:
    """Whether a run is not shown."""
    return element.tag == _W + "r" and _on(element.find(f"{_W}rPr/{_W}vanish"))


def _bold(cell: Any) -> bool:
    """Whether all that is written in a cell is."""
    written = [run for run in cell.iter(_W + "r") if run.find(_W + "t") is not None]
    return bool(written) and all(_on(run.find(f"{_W}rPr/{_W}b")) for run in written)


def _on(switch: Any) -> bool:
    return switch is not None and switch.get(_W + "val", "1") not in _OFF
