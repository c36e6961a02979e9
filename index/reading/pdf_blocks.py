"""A PDF page's pieces of lines as blocks in reading order, and blocks over columns and pages as paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import regex as re
from pdfminer.layout import IndexAssigner, LAParams, LTPage, LTTextBox, LTTextBoxHorizontal

from index.language.encodings import is_written
from index.language.text import fold, strip_marks
from index.pages import mark, marked
from index.reading.pdf_letters import Piece
from index.reading.pdf_told import Told

_OPEN = re.compile(r"[^.!?…:;”\"')\]]$")
_URL_BROKEN = re.compile(r"(https?://\S*[-/])\s*\n(?=\S)")
_HYPHEN = re.compile(r"([\p{L}\p{M}]+)[-\u2010]\n([\p{L}\p{M}\d]+)")
_DIGIT_HYPHEN = re.compile(r"(?<=\d)([-\u2010\u2013])\n(?=\d)")
_VOWELS = frozenset("aeiouy")
#: A drop cap is so much larger than the text, and has so many letters (with a quotation mark).
_CAP, _CAP_LETTERS = 1.7, 2
#: A page has no more of them.
_CAPS = 50
#: A line is full where a long syllable more would not fit, in sizes of its letters.
_RAGGED = 4.5
#: The first line of a paragraph is set in by so much at least and at most, in sizes of its letters; a page with
#: more blocks shows no text.
_INDENT, _BOXES = (0.5, 4.5), 400
_CLOSED = re.compile(r"[.!?…:;][”\"')\]]*$")
#: A letter is no wider, in sizes, over a word.
_LETTER = 0.8
#: How many blocks back the beginning of a paragraph may stand: captions come between.
_BACK = 4


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together, as one; `size` of its letters; whether its last line runs to its end;
    whether it is a table."""

    text: str
    size: float
    full: bool = False
    table: bool = False


def blocks(page: LTPage, pieces: list[Piece], tables: Sequence[Told]) -> list[Block]:
    """The page's blocks, column by column."""
    laparams = LAParams()
    boxes: list[LTTextBox] = list(page.group_textlines(laparams, _with_caps(pieces)))
    _join_indented(boxes)
    of_table: dict[int, Told] = {}
    for table in tables:
        place = LTTextBoxHorizontal()
        place.add(Piece(" ", table.bbox[3] - table.bbox[1], table.bbox))
        of_table[id(place)] = table
        boxes.append(place)
    order = IndexAssigner()
    for group in page.group_textboxes(laparams, boxes):
        group.analyze(laparams)
        order.run(group)
    found = []
    for box in sorted(boxes, key=lambda box: box.index):
        if id(box) in of_table:
            found += [Block(line, 0.0, table=True) for line in of_table[id(box)].lines]
            continue
        for lines in _paragraphs([piece for piece in box if isinstance(piece, Piece)]):
            text = flowed("\n".join(piece.text for piece in lines))
            size = median(piece.size for piece in lines)
            full = len(lines) > 1 and lines[-1].x1 > box.x1 - _RAGGED * size
            if text:
                found.append(Block(text, size, full))
    return found


def _join_indented(boxes: list[LTTextBox]) -> None:
    """Puts to a first line that is set in on the left the rest of its paragraph, which pdfminer.six takes for
    another block where the lines do not end below each other."""
    if len(boxes) > _BOXES:
        return
    tops = [(rest, max(rest, key=lambda line: line.y1, default=None)) for rest in boxes]
    gone: set[int] = set()
    for box in sorted(boxes, key=lambda box: box.y0):
        last = min(box, key=lambda line: line.y0, default=None)
        if id(box) in gone or not isinstance(last, Piece) or _CLOSED.search(last.text):
            continue
        size = last.size
        for rest, below in tops:
            if (
                rest is not box
                and id(rest) not in gone
                and isinstance(below, Piece)
                and _INDENT[0] * size < last.x0 - below.x0 < _INDENT[1] * size
                and -0.3 * size < last.y0 - below.y1 < 0.7 * size
                and last.x1 > rest.x1 - 0.5 * size
                and abs(below.size - size) <= 0.06 * size
            ):
                for line in rest:
                    box.add(line)
                gone.add(id(rest))
                break
    boxes[:] = [box for box in boxes if id(box) not in gone]


def _paragraphs(lines: list[Piece]) -> list[list[Piece]]:
    """The lines of a block, parted behind a sentence's end: before each that is set in on the left, and where
    the next word would have found room above."""
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    found: list[list[Piece]] = []
    for line in sorted(lines, key=lambda line: -line.y1):
        begins = not found
        if found and _CLOSED.search(found[-1][-1].text):
            word = line.text.partition(" ")[0]
            room = right - found[-1][-1].x1 > _LETTER * line.size * (len(word) + 1)
            begins = room or _INDENT[0] * line.size < line.x0 - left < _INDENT[1] * line.size
        if begins:
            found.append([])
        found[-1].append(line)
    return found


def _with_caps(pieces: list[Piece]) -> list[Piece]:
    """Each drop cap put before its word, and the lines beside it as wide as those below."""
    if not pieces:
        return []
    usual = median(piece.size for piece in pieces for _ in piece.text)
    caps = [piece for piece in pieces if _is_cap(piece, usual)]
    gone = set()
    for cap in caps[:_CAPS]:
        beside = [
            piece
            for piece in pieces
            if piece is not cap
            and piece.size < cap.size / 1.4
            and cap.y0 < (piece.y0 + piece.y1) / 2 < cap.y1 + 0.3 * piece.size
            and -0.5 * piece.size < piece.x0 - cap.x1 < 2 * piece.size
        ]
        if not beside:
            continue
        first = max(beside, key=lambda piece: piece.y1)
        first.text = _capped(cap.text, first.text)
        for piece in beside:
            piece.set_bbox((cap.x0, piece.y0, piece.x1, piece.y1))
        gone.add(id(cap))
    return [piece for piece in pieces if id(piece) not in gone]


def _is_cap(piece: Piece, usual: float) -> bool:
    letters = piece.text.replace(" ", "")
    return (
        piece.size > _CAP * usual
        and len(letters) <= _CAP_LETTERS
        and letters[-1:].isalpha()
        and letters[-1:].isupper()
    )


def _capped(cap: str, line: str) -> str:
    """A line behind its drop cap: a word of its own ("Ở làng") only where both make no syllable."""
    letter = strip_marks(fold(cap[-1:]))
    word = re.match(r"[\p{L}\p{M}]*", line)
    whole = cap[-1:] + (word[0] if word else "")
    alone = letter in _VOWELS and not is_written(fold(whole))
    return f"{cap} {line}" if alone or not (word and word[0]) else cap + line


def flowed(text: str) -> str:
    """Lines as one: what was broken at their ends (words, addresses) put together."""
    text = _URL_BROKEN.sub(r"\1", text).replace("\u00ad\n", "").replace("\u00ad", "")
    text = _DIGIT_HYPHEN.sub(r"\1", text)
    return " ".join(_HYPHEN.sub(_unbroken, text).split())


def _unbroken(found: re.Match[str]) -> str:
    """A word over a line's end: the hyphen stays between syllables ("ki-lô-mét", "Quảng-Nam", "Covid-19")."""
    before, after = found[1], found[2]
    if is_written(fold(before + after)) and after[0].islower():
        return before + after
    if not after[0].islower() or (is_written(fold(before)) and is_written(fold(after))):
        return f"{before}-{after}"
    return before + after


def paragraphs(pages: Sequence[Sequence[Block]]) -> list[str]:
    """The paragraphs, those that run over a column's or page's end put together again, with a mark
    (`index.pages`) where another page begins."""
    found: list[list[str]] = []
    on: list[list[int]] = []  # the pages of the parts
    ends: list[Block] = []
    for number, page in enumerate(pages, 1):
        for n, block in enumerate(page):
            at = _continued(ends, block, n == 0)
            if at is None:
                found.append([block.text])
                on.append([number])
                ends.append(block)
            else:
                found[at].append(block.text)
                on[at].append(number)
                ends[at] = block
    lines = []
    last = 0
    for parts, numbers in zip(found, on, strict=True):
        begins = mark(numbers[0]) if numbers[0] != last else ""
        lines.append(begins + marked(flowed("\n".join(parts)), parts, numbers))
        last = numbers[-1]
    return lines


def _continued(ends: list[Block], block: Block, turned: bool) -> int | None:
    """Which paragraph a block goes on with; `turned` where it stands first on its page."""
    if block.table or not ends:
        return None
    last = len(ends) - 1
    if block.text[0].islower():
        for at in range(last, max(-1, last - _BACK), -1):
            if ends[at].full and _is_open(ends[at]) and _alike(ends[at], block):
                return at
        return last if _is_open(ends[last]) else None
    # A name or figure may begin the page: only where the line before it was full and no sentence ended.
    long = block.full or block.text[-1:] in ".!?"
    if turned and long and ends[last].full and _is_open(ends[last]) and _alike(ends[last], block):
        return last
    return None


def _is_open(block: Block) -> bool:
    return not block.table and _OPEN.search(block.text, len(block.text) - 1) is not None


def _alike(one: Block, other: Block) -> bool:
    return abs(one.size - other.size) <= 0.06 * max(one.size, other.size)
