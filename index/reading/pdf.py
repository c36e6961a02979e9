"""PDF: letters with their places by pdfminer.six, put together here to pieces of lines (`pdf_letters`),
tables (`pdf_table`, `pdf_rows`, `pdf_told`), blocks and paragraphs (`pdf_blocks`), without furniture
(`pdf_furniture`).

pypdf and pypdfium2 are faster but give lines: of 31 paragraphs in one column, in two columns and in
a page printed by Chromium pdfminer.six gave 31, 27 and 28 whole (those over a page's end are joined
here), the others 7, 5 and 6.
"""

import io
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import median

import regex as re
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFSyntaxError

from index.config import LIMITS, STORY
from index.errors import InputError
from index.language.encodings import mend
from index.language.text import nfc
from index.pages import cut
from index.reading import Bad, Document, kind_of
from index.reading.pdf_blocks import Block, blocks, paragraphs
from index.reading.pdf_furniture import Sheet, furniture, turned
from index.reading.pdf_letters import Piece, pieces, upright
from index.reading.pdf_rows import in_rows
from index.reading.pdf_scans import Scans
from index.reading.pdf_table import Table, ruled
from index.reading.pdf_told import Drawn, told
from index.types import Details, LeftOut

#: A headline's letters are so much larger than the text's.
_HEADLINE = 1.4
_URL = re.compile(r"https?://\S+")


def read_pdf(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file: a paragraph a line, a table's row a line, running heads and page numbers left out.

    Raises:
        InputError: it is broken, protected by a password, or has no text, also after its scans were read.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    scans = Scans(data)
    try:
        pages, around = _pages(data, scans)
        lines = paragraphs(pages)
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
    if not lines:
        raise InputError(
            scans.refused or "no text to be read in it, nor in its pictures; scan it again"
        )
    # A browser prints the page's address below it.
    addresses = {url for line in around.get("margin", ()) for url in _URL.findall(line)}
    url = addresses.pop() if len(addresses) == 1 else None
    details = replace(Details(title=_headline(pages[0])).by("text"), url=url).by("margin")
    text, numbers = cut(mend(nfc("\n".join(lines))))
    # The same on every page is told once.
    left_out = [LeftOut(kind, "\n".join(dict.fromkeys(told))) for kind, told in around.items()]
    yield Document("", text, details, numbers, tuple(left_out), scans.seen())
    if scans.refused:
        yield Bad("", scans.refused)


def _headline(page: list[Block]) -> str | None:
    """What stands on the first page in by far the largest letters, where it is not the first line (that is
    taken for the title anyhow) and reads as one."""
    text = [block for block in page if not block.table]
    if len(text) < 3:
        return None
    usual = median(block.size for block in text for _ in block.text.split())
    largest = max(text, key=lambda block: block.size)
    alone = sum(block.size > 0.9 * largest.size for block in text) == 1
    long = len(largest.text.split())
    if not alone or largest.size < _HEADLINE * usual or not 3 < long <= STORY.title:
        return None
    return None if largest is text[0] or largest.text.endswith((".", ":", ",")) else largest.text


def _pages(data: bytes, scans: Scans) -> tuple[list[list[Block]], dict[str, list[str]]]:
    """The blocks of text of each page, in reading order; and apart from them, by kind, the lines that are
    none."""
    drawn: list[tuple[LTPage, list[Table], list[Piece]]] = []
    for page in _layouts(data):
        if scan := scans.read(page):
            drawn.append((scan[0], [], scan[1]))
            continue
        letters = upright((one for one in page if isinstance(one, LTChar)), page.height)
        tables, rest = ruled(page, letters)
        # The letters themselves are let go.
        found = pieces(rest)
        drawn.append((LTPage(page.pageid, page.bbox), tables, found))
        scans.text(
            [piece.text for piece in found] + [" ".join(row) for t in tables for row in t.cells]
        )
    sheets = [Sheet(page.height, page.width, found) for page, _, found in drawn]
    drop = furniture(sheets)
    around: dict[str, list[str]] = defaultdict(list)
    standing = []
    for _page, tables, found in drawn:
        for piece in found:
            if id(piece) in drop:
                around[drop[id(piece)]].append(piece.text)
        more, left = in_rows([piece for piece in found if id(piece) not in drop])
        standing.append(Drawn([*tables, *more], left))
    pages: list[list[Block]] = []
    title = ""
    for (page, _, _), stand, tables_told in zip(drawn, standing, told(standing), strict=True):
        made = []
        for block in blocks(page, list(stand.pieces), tables_told):
            text = block.text if block.table else turned(block.text, title)
            title = title or text
            if text:
                made.append(Block(text, block.size, block.full, block.table))
        pages.append(made)
    return pages, around


def _layouts(data: bytes) -> Iterator[LTPage]:
    """The pages, each with its letters and rules as they are drawn."""
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data))):
        if number == LIMITS.pdf_pages:
            raise InputError(
                "it has more than {limit} pages; split it, an article a file",
                limit=LIMITS.pdf_pages,
            )
        interpreter.process_page(page)
        yield device.get_result()
