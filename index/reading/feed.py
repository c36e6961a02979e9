"""RSS and Atom: each entry of a feed is an article, as far as the feed gives its text."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

import regex as re
from lxml import etree, html

from index.errors import InputError
from index.language.encodings import mend
from index.language.text import nfc, words
from index.metadata import moment
from index.reading import Bad, Document
from index.reading.page import read_html, story
from index.types import Details

_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?<!doctype html|<html", re.IGNORECASE)
# "Báo Đồng Xuân - RSS": what the feed is called, not the paper.
_FEED = re.compile(r"(?i)^rss(?: feed)?\s*[-–|:]\s*|\s*[-–|:]?\s+(?:rss(?: feed)?|feed)$")
_TAG = re.compile(r"<[^<>]{1,200}>")


def read_feed(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """The entries, part "1" being the first. A page under a feed's name is read as one.

    Raises:
        InputError: there is no feed in it, or nothing in the feed.
    """
    if _PAGE.match(data[:1_000]):
        yield from read_html(data, fields)
        return
    import feedparser

    # As a file: of a string it would look whether it is an address, and fetch it.
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.get("version"):
        raise InputError("no RSS or Atom feed in it; save the page or the feed again")
    outlet = _FEED.sub("", _line(feed.feed.get("title")) or "")
    for number, entry in enumerate(feed.entries, 1):
        title = _line(entry.get("title"))
        text = _text(entry)
        if not (title or text):
            continue
        url = entry.get("link") or ""
        day, clock = _published(entry, feed.version)
        yield Document(
            str(number),
            mend(text or title or ""),
            Details(
                title=mend(title) if title and text else None,
                outlet=mend(outlet) if outlet else None,
                author=mend(_line(entry.get("author")) or "") or None,
                published=day,
                time=clock,
                url=url if url.startswith(("http://", "https://")) else None,
            ),
        )


def _published(entry: Any, version: str) -> tuple[Any, str | None]:
    """When an entry appeared. Atom's "updated" is another day; RSS has only one (dc:date)."""
    said = entry.get("published") or (
        entry.get("updated") if version.startswith("rss") and "updated" in entry else ""
    )
    return moment(said or "")


def _text(entry: Any) -> str:
    """An entry's whole text where the feed gives it, below what sums it up."""
    whole = "\n".join(_told(one.get("value") or "") for one in entry.get("content") or [])
    summary = _told(entry.get("summary") or "")
    if not whole.strip() or " ".join(words(summary)) in " ".join(words(whole)):
        return whole if whole.strip() else summary
    return f"{summary}\n{whole}"


def _told(markup: str) -> str:
    """The text of an entry's HTML."""
    if not _TAG.search(markup):
        return nfc(markup.strip())
    try:
        return story(html.document_fromstring(f"<body><div>{markup}</div></body>"))[0]
    except (etree.ParserError, ValueError):
        return ""


def _line(markup: str | None) -> str | None:
    """A title or name, which may be written in HTML, as a line."""
    text = nfc(markup or "")
    if _TAG.search(text) or "&" in text:
        try:
            text = html.document_fromstring(f"<p>{text}</p>").text_content()
        except (etree.ParserError, ValueError):
            return None
    return " ".join(text.split()) or None
