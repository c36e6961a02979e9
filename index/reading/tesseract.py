"""Tesseract, which reads words off a picture: found where it is installed, through pytesseract. Only this
module knows it."""

from dataclasses import dataclass
from functools import cache

from PIL import Image

from index.config import OCR
from index.errors import InputError, Line

#: What is told where it is not installed, or not for Vietnamese.
MISSING = Line.of(
    "a scan, which Tesseract reads, and it is not installed; install it (Debian, Ubuntu: sudo apt install "
    "tesseract-ocr tesseract-ocr-vie) and add the file again"
)


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces: how sure Tesseract is of it (0 to 100), its place in the picture (left,
    top, right, bottom, in pixels) and the line that it is of."""

    text: str
    confidence: float
    box: tuple[int, int, int, int]
    line: tuple[int, int, int]


def words(picture: Image.Image, language: str) -> list[Word]:
    """The words of a picture in reading order, none where it holds no text.

    Raises:
        InputError: Tesseract is not installed, or cannot read the picture.
    """
    import pytesseract

    require()
    try:
        told = pytesseract.image_to_data(
            picture,
            lang=language,
            config="--psm 3",
            timeout=OCR.seconds,
            output_type=pytesseract.Output.DICT,
        )
    except (RuntimeError, OSError, UnicodeDecodeError):  # it takes too long, or it crashed
        raise InputError("a page of a scan that Tesseract cannot read; scan it again") from None
    found = []
    for n, text in enumerate(told["text"]):
        if text.strip():
            left, top = told["left"][n], told["top"][n]
            box = (left, top, left + told["width"][n], top + told["height"][n])
            line = (told["block_num"][n], told["par_num"][n], told["line_num"][n])
            found.append(Word(text.strip(), float(told["conf"][n]), box, line))
    return found


def require() -> None:
    """Nothing where Tesseract and its Vietnamese are there.

    Raises:
        InputError: they are not: the line says how to install them.
    """
    if "vie" not in languages():
        raise InputError(MISSING)


@cache
def languages() -> frozenset[str]:
    """The languages that it reads; none where it is not installed."""
    import pytesseract

    try:
        return frozenset(pytesseract.get_languages())
    except (RuntimeError, OSError):
        return frozenset()
