"""The pages of a PDF that are pictures: drawn by PDFium, read by `scan`."""

from collections.abc import Sequence
from functools import partial
from itertools import islice

from pdfminer.layout import LTChar, LTFigure, LTImage, LTPage

from index.config import OCR
from index.errors import InputError, Later, Line
from index.reading import PAGE, Seen
from index.reading.pdf_letters import Piece

#: A page with fewer letters, most of which is a picture, is a scan with a stamp or a number on it.
_LETTERS, _SHARE = 40, 0.5


class Scans:
    """Reads the pages of a PDF that are scans. `refused`: why one of them could not be, where one could not."""

    def __init__(self, data: bytes) -> None:
        self.refused: Line | None = None
        self._data = data
        self._words: list[Sequence[Seen] | Sequence[str]] = []
        self._any = False

    def read(self, page: LTPage) -> tuple[LTPage, list[Piece]] | None:
        """The next page and the pieces of its lines, level; None where it is no scan.

        Raises:
            Later: scans are not to be read yet.
        """
        if not _is_scan(page):
            return None
        self._any = True
        try:
            level, pieces = self._read(len(self._words) + 1)
        except Later:
            raise
        except InputError as error:
            self.refused = self.refused or error.line
            self._words.append([])
            return page, []
        return level, pieces

    def text(self, lines: Sequence[str]) -> None:
        """Takes note of what stands on the next page, which is no scan."""
        self._words.append(lines)

    def seen(self) -> tuple[Seen, ...]:
        """The words of all pages, where one is a scan."""
        if not self._any:
            return ()
        found: list[Seen] = []
        for number, page in enumerate(self._words, 1):
            for one in page:
                if isinstance(one, Seen):
                    found.append(one)
                else:
                    found += [Seen(word, True, 100.0, number) for word in one.split()]
        return tuple(found)

    def _read(self, number: int) -> tuple[LTPage, list[Piece]]:
        import pypdfium2

        from index.reading.scan import read_page

        with pypdfium2.PdfDocument(self._data) as document:
            beat = partial(PAGE.get(), number, len(document))
            beat()
            page = document[number - 1]
            dpi = min(
                float(OCR.dpi),
                72 * (OCR.pixels / max(1.0, page.get_width() * page.get_height())) ** 0.5,
            )
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
        scanned = read_page(picture, number, dpi, beat)
        self._words.append(scanned.words)
        return LTPage(number, (0, 0, scanned.width, scanned.height)), scanned.pieces


def _is_scan(page: LTPage) -> bool:
    inked = (one for one in page if isinstance(one, LTChar) and one.get_text().strip())
    letters = sum(1 for _ in islice(inked, _LETTERS))
    if not letters:
        return any(not isinstance(one, LTChar) for one in page)
    drawn = [one.width * one.height for one in page if isinstance(one, LTFigure | LTImage)]
    return letters < _LETTERS and sum(drawn) > _SHARE * page.width * page.height
