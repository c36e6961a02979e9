"""A draft in Word, given back with a comment at each sentence, all else as it was.

Paragraphs of the body and of tables' cells are checked; headings, notes, text boxes, headers and footers, and
what was deleted while changes are tracked, are left alone.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from index.config import LIMITS
from index.errors import InputError
from index.language.sentences import sentences
from index.language.text import visible
from index.reading import kind_of
from rag.check.lookup import Checked
from rag.config import CHECKING
from ui.parts import page_words
from ui.problems import both, worded
from ui.terminal import reference
from ui.text import Language, say

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_RUN, _TEXT = _W + "r", _W + "t"
#: What a run may have beside its text that takes a place in it.
_SIGNS = {
    _W + "tab": " ",
    _W + "br": " ",
    _W + "cr": " ",
    _W + "ptab": " ",
    _W + "noBreakHyphen": "-",
}
#: What of a paragraph holds runs that are read.
_HOLDERS = {
    _W + name
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple"),
        *("dir", "bdo", "customXml"),
    )
}
_BOX = _W + "txbxContent"
_LANGUAGES: tuple[Language, Language] = ("vi", "en")
_AUTHOR, _INITIALS = "Hỏi Báo", "HB"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft: of which paragraph, where in it, and its words."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, tab or break: in which run, and from which character of the paragraph on."""

    run: Any
    element: Any
    start: int
    text: str


class WordDraft:
    """A Word file whose sentences are commented.

    Raises:
        InputError: it is broken, protected by a password or too large, or has no sentence in it.
    """

    def __init__(self, data: bytes) -> None:
        self._document = _opened(data)
        self._paragraphs = [
            paragraph
            for paragraph in self._document.element.body.iter(_W + "p")
            if not self._is_heading(paragraph) and not any(paragraph.iterancestors(_BOX))
        ]
        self.sentences = [
            Sentence(number, start, end, text[start:end])
            for number, paragraph in enumerate(self._paragraphs)
            for text in ("".join(piece.text for piece in _pieces(paragraph)),)
            for start, end in sentences(text)
            if sum(any(c.isalnum() for c in word) for word in text[start:end].split())
            >= CHECKING.words
        ]
        if not self.sentences:
            raise InputError("there is no sentence in it to check")
        count = sum(len(one.text) for one in self.sentences)
        if count > CHECKING.document:
            raise InputError(
                "the text has {count} characters, {limit} are the limit; check it in parts",
                count=count,
                limit=CHECKING.document,
            )

    def comment(
        self, sentence: Sentence, found: Sequence[Checked], language: Language | None
    ) -> None:
        """Puts at a sentence what was found on it, in a language or in both."""
        from docx.text.run import Run

        paragraph = self._paragraphs[sentence.paragraph]
        _cut(paragraph, sentence.start)
        _cut(paragraph, sentence.end)
        runs = [p.run for p in _pieces(paragraph) if sentence.start <= p.start < sentence.end]
        text = "\n".join(line for one in found for line in comment_lines(one, language))
        ends = [Run(run, self._document) for run in (runs[0], runs[-1])]
        self._document.add_comment(ends, text, _AUTHOR, _INITIALS)

    def written(self) -> bytes:
        """The file as it is now."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _is_heading(self, paragraph: Any) -> bool:
        from docx.enum.style import WD_STYLE_TYPE

        style = self._document.styles.get_by_id(paragraph.style, WD_STYLE_TYPE.PARAGRAPH)
        name = (style.name or "") if paragraph.style and style else ""
        return name.startswith(("Title", "Heading"))


def comment_lines(found: Checked, language: Language | None) -> Iterator[str]:
    """What is said of a sentence: the verdict, what is wrong, the words of the article with their origin."""
    sort, sign = verdict(found)
    told = [say(sort, one).rstrip(":") for one in _LANGUAGES if language in (None, one)]
    yield f"{sign} {' / '.join(told)}"
    for problem in found.problems if found.citations else ():
        yield f"– {visible(worded(problem, language) if language else both(problem))}"
    for one in found.citations:
        page = page_words(one.article.page(one.start), language or "vi")
        about = " · ".join(filter(None, (reference(one.article), page)))
        yield f"“{' '.join(visible(one.quote).split())}”"
        yield f"— {about}"


def verdict(found: Checked) -> tuple[str, str]:
    """The key of what is said of a checked sentence, and its sign."""
    if found.verified:
        return "said", "✓"
    return ("wrong", "✗") if found.citations else ("unsaid", "?")


def _opened(data: bytes) -> Any:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "protected by a password, or an old .doc; open it in Word and save it as .docx without one"
        )
    from docx import Document as open_docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        written = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
        most = min(LIMITS.unpacked_bytes, LIMITS.ratio * max(len(data), 10_000))
        if sum(sizes.values()) > most or written > LIMITS.file_bytes:
            raise InputError("it unpacks to more than the limit; save it again without pictures")
        found = open_docx(io.BytesIO(data))
        found.comments  # noqa: B018  (a damaged list of comments is found here)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zlib, lxml, python-docx … each has its own
        raise InputError(
            "a broken Word file ({why}); open it in Word and save it again", why=kind_of(error)
        ) from None
    return found


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == _RUN:
            yield child
        elif child.tag in _HOLDERS:
            yield from _runs(child)


def _pieces(paragraph: Any) -> list[_Piece]:
    """What a reader sees of a paragraph, piece by piece; white space of all kinds is a space."""
    found = []
    at = 0
    for run in _runs(paragraph):
        for child in run:
            text = _SIGNS.get(child.tag) or ((child.text or "") if child.tag == _TEXT else "")
            if text:
                spaced = "".join(" " if c.isspace() else c for c in text)
                found.append(_Piece(run, child, at, spaced))
                at += len(text)
    return found


def _cut(paragraph: Any, at: int) -> None:
    """Makes a run begin at a character of a paragraph."""
    before = None
    for piece in _pieces(paragraph):
        if piece.start == at:
            if before is piece.run:
                _part(piece.run, piece.element)
            return
        if piece.start < at < piece.start + len(piece.text):
            rest = deepcopy(piece.element)
            whole = piece.element.text
            piece.element.text, rest.text = whole[: at - piece.start], whole[at - piece.start :]
            for one in (piece.element, rest):
                one.set(_XML_SPACE, "preserve")
            piece.element.addnext(rest)
            _part(piece.run, rest)
            return
        before = piece.run


def _part(run: Any, first: Any) -> None:
    """Makes two runs of one, alike in form, the second from the element `first` on."""
    second = run.makeelement(run.tag, dict(run.attrib))
    form = run.find(_W + "rPr")
    rest = [first, *first.itersiblings()]
    if form is not None:
        second.append(deepcopy(form))
    second.extend(rest)
    run.addnext(second)
