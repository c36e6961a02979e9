"""EPUB: each document of the spine that holds a story is an article.

An EPUB is a zip of XHTML with a list of what comes in which order. The one library in use for it
(EbookLib) is AGPL, so the list is read with lxml, and the pages as saved pages are.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree, html

from index.config import LIMITS, STORY
from index.errors import InputError
from index.language.text import nfc, words
from index.reading import Bad, Document, kind_of
from index.reading.page import story
from index.types import Details

_CONTAINER = "META-INF/container.xml"
_HEADINGS = ("h1", "h2", "h3", "title")


def read_epub(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """The articles in reading order; a part is the document's name in the book.

    Raises:
        InputError: it is no EPUB, or a protected one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            size = sum(entry.file_size for entry in book.infolist())
            if size > min(LIMITS.unpacked_bytes, LIMITS.ratio * max(len(data), 10_000)):
                raise InputError("it unpacks to more than the limit; split it")
            if "META-INF/encryption.xml" in book.namelist():
                raise InputError("protected (DRM); save a copy without it")
            yield from _articles(book)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # zlib, lzma, lxml, XPath … each has its own
        raise InputError("a broken EPUB ({why}); fetch it again", why=kind_of(error)) from None


def _articles(book: zipfile.ZipFile) -> Iterator[Document | Bad]:
    # No entities, no network: a book is not trusted.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    container = etree.fromstring(book.read(_CONTAINER), parser)
    package = str(container.xpath("//*[local-name()='rootfile']/@full-path")[0])
    tree = etree.fromstring(book.read(package), parser)
    items = {
        item.get("id"): item
        for item in tree.xpath("//*[local-name()='manifest']/*[local-name()='item']")
    }
    language = tree.xpath("//*[local-name()='publisher']/text()")
    outlet = nfc(" ".join(str(language[0]).split())) if language else None
    told: set[str] = set()
    for reference in tree.xpath("//*[local-name()='spine']/*[local-name()='itemref']/@idref"):
        item = items.get(str(reference))
        if item is None or "nav" in (item.get("properties") or ""):
            continue
        name = posixpath.normpath(
            posixpath.join(posixpath.dirname(package), unquote(item.get("href") or ""))
        )
        if name in told:
            continue
        told.add(name)
        try:
            page = html.document_fromstring(book.read(name))
        except (etree.ParserError, KeyError):  # an empty page, or one that is not there
            continue
        text, left_out = story(page)
        if len(words(text)) >= STORY.book:
            known = Details(
                title=_heading(page), outlet=outlet, origins=(("outlet", "properties"),)
            )
            yield Document(name, text, known.by("heading"), left_out=tuple(left_out))


def _heading(page: html.HtmlElement) -> str | None:
    for tag in _HEADINGS:
        for found in page.iter(tag):
            text = nfc(" ".join(found.text_content().split()))
            if text:
                return text
    return None
