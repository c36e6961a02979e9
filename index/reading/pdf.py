"""PDF: paragraphs by pdfminer.six, which puts lines together by where they stand on the page.

pypdf and pypdfium2 are faster but give lines: of 31 paragraphs in one column, in two columns and in
a page printed by Chromium pdfminer.six gave 31, 27 and 28 whole (those over a page's end are joined
here), the others 7, 5 and 6.
"""

import io
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Any

import regex as re

from index.config import LIMITS, STORY
from index.errors import InputError
from index.language.encodings import mend
from index.language.text import nfc
from index.reading import Bad, Document, kind_of
from index.types import Details

_FIGURES = re.compile(r"\d+")
_URL = re.compile(r"https?://\S+")
_OPEN = re.compile(r"[^.!?…:;”\"')\]]$")


def read_pdf(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file: a paragraph a line, running heads and page numbers left out.

    Raises:
        InputError: it is broken, protected by a password, or has no text (a scan).
    """
    pages, margins = _pages(data)
    if not any(block for page in pages for block in page):
        raise InputError(
            "a scanned PDF: there are pictures of pages in it, no text; run OCR on it first "
            "(ocrmypdf IN.pdf OUT.pdf)"
        )
    # A browser prints the page's address below it.
    addresses = {url for line in margins for url in _URL.findall(line)}
    details = Details(url=addresses.pop() if len(addresses) == 1 else None)
    yield Document("", mend(nfc("\n".join(_joined(_without_heads(pages))))), details)


def _pages(data: bytes) -> tuple[list[list[str]], list[str]]:
    """The blocks of text of each page, in reading order, each on one line; and apart from them
    what stands small in the margins."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages: list[list[str]] = []
    margins: list[str] = []
    try:
        for number, page in enumerate(extract_pages(io.BytesIO(data), laparams=LAParams())):
            if number == LIMITS.pdf_pages:
                raise InputError(
                    "it has more than {limit} pages; split it, an article a file",
                    limit=LIMITS.pdf_pages,
                )
            boxes = [box for box in page if isinstance(box, LTTextContainer)]
            usual = median([_size(box) for box in boxes for _ in box.get_text().split()] or [0])
            pages.append([])
            for box in boxes:
                line = _line(box.get_text())
                edge = (
                    box.y0 > (1 - STORY.margin) * page.height or box.y1 < STORY.margin * page.height
                )
                if edge and _size(box) < 0.95 * usual:
                    margins.append(line)
                elif line:
                    pages[-1].append(line)
    except (InputError, MemoryError):
        raise
    except PDFPasswordIncorrect:
        raise InputError("protected by a password; save a copy without one") from None
    except PDFSyntaxError:
        raise InputError("a broken PDF; save or download it again") from None
    except Exception as error:  # pdfminer raises whatever a damaged file leads it into
        raise InputError(
            "a PDF that cannot be read ({why}); print it to PDF again", why=kind_of(error)
        ) from None
    if not pages:
        raise InputError("a broken PDF without a page; save or download it again")
    return pages, margins


def _line(text: str) -> str:
    """A box as one line, an address that was broken put together; characters that the font does not
    name ("(cid:12)") are left out."""
    text = re.sub(r"(https?://\S*[-/])\s*\n(?=\S)", r"\1", text)
    return " ".join(re.sub(r"\(cid:\d+\)", "", text).replace("\u00ad\n", "").split())


def _size(box: Iterable[Any]) -> float:
    """The height of a box's first line, in points."""
    return next((float(line.height) for line in box if hasattr(line, "height")), 0.0)


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    """Without what stands at the edge of most pages, figures apart: running heads and page numbers."""
    if len(pages) < 2:
        return [
            [b for b in page if not re.fullmatch(r"(?i)(?:trang\s*)?\d{1,3}", b)] for page in pages
        ]
    edges = Counter(
        key
        for page in pages
        for key in {
            _FIGURES.sub("#", block) for block in (*page[: STORY.edge], *page[-STORY.edge :])
        }
    )
    running = {key for key, count in edges.items() if count >= max(2, STORY.running * len(pages))}
    return [[b for b in page if _FIGURES.sub("#", b) not in running] for page in pages]


def _joined(pages: list[list[str]]) -> list[str]:
    """The paragraphs, those that run over a column's or page's end put together again."""
    blocks: list[list[str]] = []
    for page in pages:
        for block in page:
            if (
                blocks
                and block[0].islower()
                and _OPEN.search(blocks[-1][-1], len(blocks[-1][-1]) - 1)
            ):
                blocks[-1].append(block)
            else:
                blocks.append([block])
    return [" ".join(parts) for parts in blocks]
