"""RTF, by striprtf: before it what it does not know (tracked changes, tables) is said in words that it does."""

from collections.abc import Iterator, Mapping

import regex as re

from index.config import LIMITS
from index.errors import InputError, NoText
from index.language.encodings import mend
from index.language.text import nfc
from index.reading import Bad, Document
from index.reading.grid import MERGED, fits, is_data
from index.reading.table import header_rows, told_rows, unit_in

_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_RAW = re.compile(rb"[\x80-\xff]")
#: Deleted while changes were tracked, or hidden: until the end of its group it is not read.
_UNSEEN = re.compile(r"\\(?:deleted|v)(?![a-z0-9-])")
_LINK = re.compile(r"(\\fldinst[\s{}\\*a-z]{0,60}?)HYPERLINK", re.IGNORECASE)
#: Items of lists begin with a sign of a font of signs.
_BULLET = re.compile(r"(?m)^[ \t]*[\uf000-\uf0ff•·▪][ \t]*")
#: Where rows of tables begin, and rows and cells end, as characters that no text has. The braces end what
#: an earlier letter may skip.
_ROW, _CELL, _END = "\x1d", "\x1f", "\x1e"
_MARKS = {"trowd": _ROW, "cell": _CELL, "nestcell": _CELL, "row": _END}
#: Edges no farther apart are one, in twentieths of a point.
_NEAR = 20
# What a row says of its cells, before them: where each ends, and which go on from the one above or before.
_SHAPE = re.compile(r"\\(?:cellx(-?\d{1,6})|(clvmrg|clmrg)(?![a-z]))")
_SHAPED = re.compile("\x1c(?:(?P<end>-?\\d+);|(?P<on>clvmrg|clmrg);)")
_MARKED = re.compile(rf"\\({'|'.join(_MARKS)})(?![a-z])")
_TOLD_ROW = re.compile(
    rf"{_ROW}[{_ROW}\s]*(?P<cells>[^{_ROW}{_END}]*){_CELL}[^{_CELL}{_END}]*{_END}"
)


def read_rtf(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file, a paragraph a line, a table's row a line with its heads.

    Raises:
        InputError: it is no RTF.
        NoText: there is no text in it.
    """
    if not data.lstrip()[:10].startswith(b"{\\rtf"):
        raise InputError("no RTF in it; open it in Word and save it again")
    from striprtf.striprtf import rtf_to_text

    text = _UNSEEN.sub(r"\\*", _LINK.sub(r"\1", _escaped(_without_binary(data))))
    text = _MARKED.sub(lambda m: f"{{}}\\'{ord(_MARKS[m[1]]):02x}", text)
    text = _SHAPE.sub(lambda m: f"{{}}\\'1c{m[1] or m[2]};", text)
    try:
        told = rtf_to_text(text, errors="replace")
    except (ValueError, LookupError, TypeError, OverflowError):
        raise InputError("a broken RTF file; open it in Word and save it again") from None
    # Letters beyond the first plane are written as two halves.
    told = told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    told = _with_tables(_BULLET.sub("- ", mend(nfc(told))))
    if not told.strip():
        raise NoText("no text in it; nothing to index")
    yield Document("", told)


def _without_binary(data: bytes) -> bytes:
    """The file without pictures that stand in it as they are."""
    kept, at = [], 0
    while found := _BINARY.search(data, at):
        kept.append(data[at : found.start()])
        at = found.end() + int(found[1])
    return b"".join((*kept, data[at:]))


def _escaped(data: bytes) -> str:
    """The file in ASCII. Letters should be written as escapes; some programs write them as they are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _RAW.sub(lambda m: b"\\'%02x" % m[0][0], data).decode("ascii")
    return text if text.isascii() else re.sub(r"[^\x00-\x7f]", _unicode, text)


def _unicode(letter: "re.Match[str]") -> str:
    units = letter[0].encode("utf-16-le", "surrogatepass")
    numbers = [int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)]
    return "".join(f"{{\\uc0\\u{number} }}" for number in numbers)


def _with_tables(text: str) -> str:
    """The text with its tables told row by row."""
    parts: list[str] = []
    at, rows = 0, list[str]()
    for found in _TOLD_ROW.finditer(text):
        between = text[at : found.start()]
        if rows and between.strip(_ROW + _CELL + _END + " \t\r\n"):
            parts += _told(rows, parts)
            rows = []
        if not rows:
            parts.append(between)
        rows.append(found["cells"])
        at = found.end()
    parts += _told(rows, parts) if rows else []
    parts.append(text[at:])
    return re.sub(f"[{_ROW}{_CELL}{_END}]+", "\n", _SHAPED.sub("", "\n".join(parts)))


def _placed(rows: list[str]) -> list[list[str]]:
    """The cells of each row, by the columns that all rows' edges make; as they are where a row says none."""
    shapes: list[list[tuple[int, str]]] = []
    cells: list[list[str]] = []
    for told in rows:
        on = ""
        shapes.append([])
        for found in _SHAPED.finditer(told):
            if found["on"]:
                on = found["on"]
            else:
                shapes[-1].append((int(found["end"]), on))
                on = ""
        cells.append([" ".join(cell.split()) for cell in _SHAPED.sub("", told).split(_CELL)])
    edges = sorted({end for shape in shapes for end, _on in shape})
    edges = [end for n, end in enumerate(edges) if not n or end - edges[n - 1] > _NEAR]
    many = not fits(len(edges) * len(rows), sum(map(len, cells)))
    if (
        many
        or len(edges) > LIMITS.columns
        or any(len(shape) != len(row) for shape, row in zip(shapes, cells, strict=True))
    ):
        return cells
    placed: list[list[str]] = []
    for shape, row in zip(shapes, cells, strict=True):
        line: list[str] = []
        for (end, on), text in zip(shape, row, strict=True):
            at = len(line)
            width = max(1, sum(edge <= end for edge in edges) - at)
            if on == "clvmrg" and not text and placed and at < len(placed[-1]):
                text = placed[-1][at]
            line += [MERGED if on == "clmrg" and line else text, *[MERGED] * (width - 1)]
        placed.append(line)
    return placed


def _told(told: list[str], before: list[str]) -> list[str]:
    rows = _placed(told)
    said = next((part for part in reversed(before) if part.strip()), "")
    if not is_data(rows):
        return [cell for row in rows for cell in row if cell and cell != MERGED]
    return told_rows(rows, header_rows(rows), unit_in(said.strip().rpartition("\n")[2]))
