"""A page's picture, read: made level and grey, as large as Tesseract likes it, read twice.

A word is sure where Tesseract is, and one with a figure only where a second reading, of the picture in another
size, has the same figure: `tests/quality/scans.py` measures what that is worth.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import fmean, median

import numpy as np
import regex as re
from PIL import Image, ImageOps

from index.config import OCR
from index.reading import Seen
from index.reading.pdf_letters import Piece
from index.reading.tesseract import Word, languages, words

#: Pixels of a line of text as Tesseract likes it; lines lower than the first are made so high, but a picture
#: not more than so many times as large.
_LOW, _LINE, _LARGER = 28, 42, 3.0
#: The second reading is of the picture in this size.
_AGAIN = 0.75
#: Degrees: a page lies no more askew, and less is no matter; and the steps in which it is looked for.
_ASKEW, _LEVEL, _STEP = 4.0, 0.2, 0.2
#: A gap between words over this share of a line's height parts pieces of lines, as of letters (`pdf_letters`).
_PIECE = 1.2
#: Lines whose heights differ less from the usual one are of one size: heights go by which letters there are.
_ALIKE = 0.25
#: The size of letters, a share of a line's height from its marks' heads to its feet.
_FONT = 0.85
#: Words of marks have fewer signs on average; the line that they stand over is so many times as high.
_SIGNS, _HIGHER = 2.5, 1.5
_DIGIT = re.compile(r"\d")
_NO_FIGURE = re.compile(r"[^\d.,/:%+–-]")
#: Around a word, in pixels; and the height of its picture.
_RIM, _HIGH = 6, 36


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page read: its width and height in points, the pieces of its lines, its words."""

    width: float
    height: float
    pieces: list[Piece]
    words: list[Seen]


def read_page(picture: Image.Image, page: int, dpi: float, beat: Callable[[], None]) -> Scanned:
    """The page whose picture has so many dots an inch, by number. `beat` is called before each of its readings.

    Raises:
        InputError: Tesseract cannot read it, or is not installed.
    """
    beat()
    picture = level(ImageOps.autocontrast(picture.convert("L"), cutoff=1))
    found = words(picture, "vie")
    low = median(_height(line) for line in _lines(found)) if found else _LOW
    if low < _LOW:
        larger = min(_LARGER, _LINE / max(low, 1), (OCR.pixels / _area(picture)) ** 0.5)
        picture, dpi = _sized(picture, larger), dpi * larger
        beat()
        found = words(picture, "vie")
    lines = [line for line in _lines(found) if _is_text(line)]
    found = [word for line in lines if not _is_marks(line, lines) for word in line]
    again: list[Word] = []
    if any(_DIGIT.search(word.text) for word in found):
        beat()
        again = words(_sized(picture, _AGAIN), "eng" if "eng" in languages() else "vie")
        again = [replace(w, box=tuple(round(x / _AGAIN) for x in w.box)) for w in again]  # type: ignore[arg-type]
    seen = [_seen(word, again, picture, page) for word in found]
    scale = 72 / dpi
    pieces = list(_pieces(found, picture.height, scale))
    return Scanned(picture.width * scale, picture.height * scale, pieces, seen)


def level(picture: Image.Image) -> Image.Image:
    """A picture turned so that its lines lie level: then most rows are all ink or all paper."""
    small = picture.copy()
    small.thumbnail((1000, 1000))
    small = ImageOps.invert(small)

    def rows(angle: float) -> float:
        turned = np.asarray(small.rotate(angle, Image.Resampling.BILINEAR), np.float32)
        return float(np.square(np.diff(turned.sum(axis=1))).sum())

    steps = round(_ASKEW / _STEP)
    angle = max((n * _STEP for n in range(-steps, steps + 1)), key=lambda a: (rows(a), -abs(a)))
    if abs(angle) < _LEVEL:
        return picture
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=False, fillcolor=255)


def _seen(word: Word, again: list[Word], picture: Image.Image, page: int) -> Seen:
    figure = bool(_DIGIT.search(word.text))
    sure = word.confidence >= OCR.confidence and (not figure or _agrees(word, again))
    left, top, right, bottom = word.box
    place = (
        round(1000 * left / picture.width),
        round(1000 * top / picture.height),
        round(1000 * right / picture.width),
        round(1000 * bottom / picture.height),
    )
    crop = b"" if sure or not figure else _crop(picture, word.box)
    return Seen(word.text, sure, word.confidence, page, place, crop)


def _agrees(word: Word, again: list[Word]) -> bool:
    """Whether the second reading has the same figures where the word stands."""
    left, top, right, bottom = word.box
    middle = (top + bottom) / 2
    there = [
        other
        for other in again
        if other.box[1] < middle < other.box[3]
        and min(right, other.box[2]) - max(left, other.box[0])
        > 0.5 * min(right - left, other.box[2] - other.box[0])
    ]
    return _figure(word.text) == _figure("".join(other.text for other in there))


def _figure(text: str) -> str:
    return _NO_FIGURE.sub("", text).strip(".,:-–/").replace("–", "-")


def _crop(picture: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    """A word as it is in the picture, small, as a PNG."""
    left, top, right, bottom = box
    cut = picture.crop((left - _RIM, top - _RIM, right + _RIM, bottom + _RIM))
    cut.thumbnail((10 * _HIGH, _HIGH))
    out = io.BytesIO()
    cut.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()


def _pieces(found: list[Word], height: int, scale: float) -> Iterator[Piece]:
    """The lines as pieces with their places in points, from the page's foot, as a PDF has them."""
    lines = _lines(found)
    usual = _FONT * median(_height(line) for line in lines) if lines else 0.0
    for line in lines:
        high = _FONT * _height(line)
        size = usual if abs(high - usual) < _ALIKE * usual else high
        foot = max(word.box[3] for word in line)
        runs = [[line[0]]]
        for before, word in pairwise(line):
            if word.box[0] - before.box[2] > _PIECE * size:
                runs.append([])
            runs[-1].append(word)
        for run in runs:
            box = (
                run[0].box[0] * scale,
                (height - foot) * scale,
                max(word.box[2] for word in run) * scale,
                (height - foot + size) * scale,
            )
            yield Piece(" ".join(word.text for word in run), size * scale, box)


def _is_text(line: list[Word]) -> bool:
    told = [word.confidence for word in line]
    return max(told) >= OCR.confidence or fmean(told) >= OCR.line


def _is_marks(line: list[Word], lines: list[list[Word]]) -> bool:
    """Whether a line is nothing but the marks over a heading's letters, which Tesseract takes for another line:
    a few signs within a line that is higher."""
    if fmean(len(word.text) for word in line) > _SIGNS:
        return False
    left, top, right, bottom = _box(line)
    high = bottom - top
    return any(
        x0 - high <= left
        and right <= x1 + high
        and y1 - y0 >= _HIGHER * high
        and min(bottom, y1) - max(top, y0) > high / 2
        for x0, y0, x1, y1 in map(_box, lines)
    )


def _lines(found: list[Word]) -> list[list[Word]]:
    return [list(line) for _, line in groupby(found, key=lambda word: word.line)]


def _height(line: list[Word]) -> float:
    _, top, _, bottom = _box(line)
    return bottom - top


def _box(line: list[Word]) -> tuple[int, int, int, int]:
    boxes = [word.box for word in line]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(picture: Image.Image) -> int:
    return picture.width * picture.height


def _sized(picture: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)
