"""Where a Word file's pages begin: as Word noted it when it drew the file, and where its writer began one."""

from typing import Any

from index.pages import cut, mark
from index.types import Pages

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAME_PAGE = ("continuous", "nextColumn")
#: So many characters surely fit on a page. Where only its writer's breaks are known, and more stands between
#: two of them, pages cannot be counted.
_PAGE = 2_500


class Turns:
    """The page at hand while a file is read from its beginning to its end."""

    def __init__(self) -> None:
        self._page = 1
        self._begun = False  # something was told
        self._turned = False  # no word of the page at hand was told yet
        self._asked = False  # the writer asked for it, and Word has not noted it yet
        self._noted = False  # Word has noted any
        self._first: int | None = None

    def before(self, paragraph: Any) -> None:
        """A paragraph begins."""
        about = paragraph.find(_W + "pPr")
        if about is not None and self._begun:
            begins = about.find(_W + "pageBreakBefore")
            if begins is not None and begins.get(_W + "val", "1") not in ("0", "false", "off"):
                self._turn(True)

    def behind(self, paragraph: Any) -> None:
        """A paragraph ends, and perhaps its section."""
        section = paragraph.find(f"{_W}pPr/{_W}sectPr")
        if section is not None:
            kind = section.find(_W + "type")
            if kind is None or kind.get(_W + "val") not in _SAME_PAGE:
                self._turn(True)

    def at(self, element: Any) -> None:
        """An element of a paragraph, which may be a break."""
        if element.tag == _W + "lastRenderedPageBreak":
            self._noted = True
            if self._asked:  # it is the one
                self._asked = False
            else:
                self._turn(False)
        elif element.tag == _W + "br" and element.get(_W + "type") == "page":
            self._turn(True)

    def told(self, text: str) -> str:
        """Text of a paragraph, with a mark before it where it is the first of its page."""
        if not text.strip():
            return text
        begins = mark(self._page) if self._turned else ""
        self._begun, self._turned, self._asked = True, False, False
        if self._first is None:
            self._first = self._page
        return begins + text

    def begin_table(self) -> tuple[int, bool, int | None]:
        """To be given to `table` at the table's end."""
        before = (self._page, self._turned, self._first)
        self._first = None
        return before

    def table(self, before: tuple[int, bool, int | None], lines: list[str]) -> list[str]:
        """A table's lines, made of text with marks. Of one that goes over several pages it is not known where
        its rows stand."""
        page, turned, outer = before
        first, self._first = self._first or page, outer or self._first
        found = [cut(line)[0] for line in lines]
        if not found:
            return found
        if self._page != first:
            found[0] = mark(0) + found[0]
            self._turned = True
        elif turned or first != page:
            found[0] = mark(first) + found[0]
        return found

    def pages(self, text: str) -> tuple[str, Pages]:
        """The whole text without its marks, and its pages; none where they are not known."""
        plain, pages = cut(text)
        begins = [offset for offset, _ in pages]
        ends = [*begins[1:], len(plain)][: len(begins)]
        sure = self._noted or all(b - a <= _PAGE for a, b in zip(begins, ends, strict=True))
        return plain, pages if sure else ()

    def _turn(self, asked: bool) -> None:
        self._page += 1
        self._turned, self._asked = True, asked


def squeezed(text: str) -> str:
    """Text with marks on one line, with single spaces.

    >>> squeezed("Cầu  dài\\n" + mark(2) + "486 m ") == "Cầu dài " + mark(2) + "486 m"
    True
    """
    found: list[str] = []
    word = True
    for part in text.split("\f"):
        # Between two of them stands a page's number.
        word = not word
        if word:
            found.append(f"\f{part}\f")
            continue
        line = " ".join(part.split())
        if part[:1].isspace() and found and line:
            line = f" {line}"
        found.append(f"{line} " if part[-1:].isspace() and line else line)
    return "".join(found).strip(" ")
