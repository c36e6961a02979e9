"""Pictures of pages (PNG, JPEG, TIFF): made a PDF of, whose pages are scans."""

import io
from collections.abc import Iterator, Mapping

from PIL import Image, ImageOps, ImageSequence

from index.config import LIMITS, OCR
from index.errors import InputError
from index.reading import Bad, Document, kind_of
from index.reading.pdf import read_pdf

#: What a picture says of its dots an inch is believed between these; a camera says 72, whatever it saw.
_LOW, _HIGH = 100, 1200
#: Inches: the width of an A4 page.
_WIDE = 8.27


def read_picture(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file, of all the pages of a TIFF.

    Raises:
        InputError: it is broken, too large, or without text, or Tesseract is not installed.
    """
    try:
        pdf = _pdf(data)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # Pillow raises whatever a damaged file leads it into
        raise InputError(
            "a picture that cannot be read ({why}); save it again as PNG", why=kind_of(error)
        ) from None
    return read_pdf(pdf, fields)


def _pdf(data: bytes) -> bytes:
    Image.MAX_IMAGE_PIXELS = None  # ours is looked at before anything is unpacked
    picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    if getattr(picture, "n_frames", 1) > LIMITS.pdf_pages:
        raise InputError(
            "it has more than {limit} pages; split it, an article a file", limit=LIMITS.pdf_pages
        )
    dpi = 0.0
    frames = []
    for frame in ImageSequence.Iterator(picture):
        if frame.width * frame.height > OCR.pixels:
            raise InputError(
                "a picture of {count:.0f} million pixels is over the limit of {limit:.0f}; scan it at "
                "{dpi} dpi",
                count=frame.width * frame.height / 1e6,
                limit=OCR.pixels / 1e6,
                dpi=OCR.dpi,
            )
        dpi = dpi or _dpi(frame)
        frames.append(_grey(ImageOps.exif_transpose(frame)))
    out = io.BytesIO()
    frames[0].save(out, "PDF", save_all=True, append_images=frames[1:], resolution=dpi, quality=95)
    return out.getvalue()


def _grey(picture: Image.Image) -> Image.Image:
    """In grey, what is transparent white."""
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    return picture.convert("L")


def _dpi(picture: Image.Image) -> float:
    """Dots an inch as it says; else as if it were an A4 page, a large one of 300."""
    said = float(picture.info.get("dpi", (0, 0))[0])
    return said if _LOW <= said <= _HIGH else min(float(OCR.dpi), picture.width / _WIDE)
