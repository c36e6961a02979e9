"""What a newspaper's page carries around its text: running heads, page numbers, "(Xem tiếp trang 5)"."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import regex as re

from index.config import STORY
from index.language.text import fold
from index.reading.pdf_letters import Piece

_FIGURES = re.compile(r"\d+")
_NUMBER = re.compile(r"(?i)(?:trang|page)?[\s.\-–—|]*(\d{1,3})(?:\s*/\s*\d{1,3})?[\s.\-–—|]*")
#: A page's edge reaches so far in, a share of its height, where what repeats is no text.
_EDGE = 0.12
_TURN = (
    r"(?:(?:xem|đọc|xin xem)\s+)?tiếp(?:\s+theo)?(?:\s+(?:ở|từ|của|sang|kỳ|và hết))*\s+(?:trang|tr\.?)\s*\d+"
    r"|continued\s+(?:on|from)\s+page\s+\d+"
)
_TURNED = re.compile(rf"(?i)\s*[(\[]\s*(?:{_TURN})\s*[)\]]\s*")
_TURN_ONLY = re.compile(rf"(?i)[\W_]*(?:{_TURN})[\W_]*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its height and the pieces of its lines."""

    height: float
    width: float
    pieces: list[Piece]


def furniture(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Which pieces are no text, by `id`, and of what kind each is."""
    sizes = [piece.size for sheet in sheets for piece in sheet.pieces for _ in piece.text.split()]
    usual = median(sizes) if sizes else 0.0
    drop: dict[int, str] = {}
    for sheet in sheets:
        for piece in sheet.pieces:
            out = (
                piece.y0 > (1 - STORY.margin) * sheet.height
                or piece.y1 < STORY.margin * sheet.height
            )
            if out and piece.size < 0.95 * usual:
                drop[id(piece)] = "margin"
            elif _TURN_ONLY.fullmatch(piece.text) or (
                len(sheets) == 1 and out and re.fullmatch(r"(?i)trang\s*\d{1,3}", piece.text)
            ):
                drop[id(piece)] = "turn"
    if len(sheets) > 1:
        running, numbers = _running(sheets), _numbers(sheets)
        more = dict.fromkeys(running, "running_head") | dict.fromkeys(numbers, "page_number") | drop
        # A file of pages with the same one line each has no other text.
        if any(id(piece) not in more for sheet in sheets for piece in sheet.pieces):
            drop = more
    return drop


def _edges(sheet: Sheet) -> list[Piece]:
    """The pieces that stand first and last on a page, within its edges."""
    found = []
    for piece in sheet.pieces:
        if piece.y0 > (1 - _EDGE) * sheet.height or piece.y1 < _EDGE * sheet.height:
            found.append(piece)
    lines = sorted({round(piece.y0) for piece in found})
    kept = {*lines[: STORY.edge], *lines[-STORY.edge :]}
    return [piece for piece in found if round(piece.y0) in kept]


def _running(sheets: Sequence[Sheet]) -> set[int]:
    """What stands at the edge of most pages, figures apart, at one height."""
    seen: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        for piece in _edges(sheet):
            key = _FIGURES.sub("#", piece.text)
            if any(c.isalpha() for c in key):
                seen[key].append((number, piece))
    drop: set[int] = set()
    for places in seen.values():
        heights = Counter(round(piece.y0 / 3) for _, piece in places)
        at = heights.most_common(1)[0][0]
        same = [(n, piece) for n, piece in places if abs(round(piece.y0 / 3) - at) <= 1]
        if len({n for n, _ in same}) >= max(2, STORY.running * len(sheets) / 2):
            drop.update(id(piece) for _, piece in same)
    return drop


def _numbers(sheets: Sequence[Sheet]) -> set[int]:
    """Page numbers: they keep their height, stand at one place across (or on the other side of every second
    page), and count up."""
    seen: dict[tuple[int, int], list[tuple[int, int, Piece]]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        for piece in _edges(sheet):
            told = _NUMBER.fullmatch(piece.text)
            if told:
                middle = (piece.x0 + piece.x1) / 2
                across = min(middle, sheet.width - middle)
                for high in (round(piece.y0 / 3), round(piece.y0 / 3) + 1):
                    seen[high, round(across / 12)].append((number, int(told[1]), piece))
    drop: set[int] = set()
    for places in seen.values():
        values = [value for _, value, _ in places]
        pages = [page for page, _, _ in places]
        if (
            len(places) >= max(2, STORY.running * len(sheets))
            and len(set(pages)) == len(pages)
            and all(a < b for a, b in pairwise(values))
            and any(
                b - a == d - c
                for (a, b), (c, d) in zip(pairwise(values), pairwise(pages), strict=True)
            )
        ):
            drop.update(id(piece) for _, _, piece in places)
    return drop


def turned(block: str, title: str) -> str:
    """A block without "(Xem tiếp trang 5)"; "" where nothing but a turn's line, with the title, is left."""
    left = _TURNED.sub(" ", block).strip()
    if _TURN_ONLY.fullmatch(left):
        return ""
    if left != block and left:
        words = fold(left).rstrip(" .…:-–")
        if words and (fold(title).startswith(words) or words.startswith(fold(title))):
            return ""
    return left
