"""Pages printed from articles and spoiled as scanners and cameras spoil them, for `scans.py`."""

import io
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Frame,
    PageTemplate,
    Paragraph,
)

_FONTS = Path("/usr/share/fonts/truetype/noto")


@dataclass(frozen=True, slots=True)
class Spoiled:
    """How a page came to be a picture: dots an inch, degrees, blur in pixels, JPEG's quality (0: none) and
    specks (their strength)."""

    name: str
    dpi: int
    tilt: float = 0.0
    blur: float = 0.0
    jpeg: int = 0
    noise: float = 0.0


CASES = (
    Spoiled("300 dpi", 300),
    Spoiled("150 dpi", 150),
    Spoiled("300 dpi, tilted 1.5 degrees", 300, tilt=1.5),
    Spoiled("150 dpi, tilted 2 degrees, JPEG 60", 150, tilt=-2.0, jpeg=60),
    Spoiled("300 dpi, blurred", 300, blur=2.2, noise=6),
    Spoiled("150 dpi, blurred, JPEG 40", 150, blur=0.8, jpeg=40, noise=6),
)


def printed(title: str, paragraphs: list[str], font: str, size: float, columns: int) -> bytes:
    """A PDF of one article: `font` is "Serif" or "Sans"."""
    name = f"Noto{font}"
    pdfmetrics.registerFont(TTFont(name, _FONTS / f"{name}-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(f"{name}-Bold", _FONTS / f"{name}-Bold.ttf"))
    head = ParagraphStyle("head", fontName=f"{name}-Bold", fontSize=1.6 * size, leading=2 * size,
                          spaceAfter=size)  # fmt: skip
    text = ParagraphStyle("text", fontName=name, fontSize=size, leading=1.35 * size, spaceAfter=size / 2,
                          alignment=4)  # fmt: skip
    out = io.BytesIO()
    width, height = A4
    across = (width - 120 - 20 * (columns - 1)) / columns
    frames = [Frame(60 + n * (across + 20), 60, across, height - 120) for n in range(columns)]
    document = BaseDocTemplate(out, pagesize=A4, pageTemplates=[PageTemplate(frames=frames)])
    document.build(
        [Paragraph(escape(title), head), *(Paragraph(escape(p), text) for p in paragraphs)]
    )
    return out.getvalue()


def pictures(pdf: bytes, how: Spoiled) -> list[bytes]:
    """The pages as picture files, PNG or JPEG."""
    return [_spoiled(page.render(scale=how.dpi / 72).to_pil().convert("L"), how)
            for page in pypdfium2.PdfDocument(pdf)]  # fmt: skip


def _spoiled(picture: Image.Image, how: Spoiled) -> bytes:
    if how.tilt:
        picture = picture.rotate(how.tilt, Image.Resampling.BICUBIC, fillcolor=255)
    if how.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(how.blur))
    if how.noise:
        specks = np.random.default_rng(7).normal(0, how.noise, (picture.height, picture.width))
        grey = np.asarray(picture, np.float32) * 0.85 + 20 + specks
        picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    out = io.BytesIO()
    if how.jpeg:
        picture.save(out, "JPEG", quality=how.jpeg, dpi=(how.dpi, how.dpi))
    else:
        picture.save(out, "PNG", dpi=(how.dpi, how.dpi))
    return out.getvalue()
