"""Saved web pages: HTML, and MHTML as browsers save it.

The story is found by trafilatura, the details are taken from the page's own data, the surest first:
JSON-LD, then microdata, then OpenGraph and meta, then what stands at the headline. trafilatura's own
details are not used: it takes a date from any part of a page, to the day only.
"""

import copy
import email
import email.policy
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import regex as re
from lxml import etree, html

from index.config import STORY
from index.errors import InputError, NoText
from index.language.encodings import decode, mend
from index.language.text import fold, nfc, words
from index.metadata import moment
from index.reading import Bad, Document
from index.reading.around import blocks, unseen
from index.reading.dated import dated
from index.reading.furniture import called, lead, signed, without_furniture
from index.reading.microdata import ARTICLE, microdata
from index.reading.page_table import tell_tables
from index.types import Details, LeftOut

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: Pictures and fonts that a page saved in one file holds: the parser gives up at long ones.
_INLINE_DATA = re.compile(rb"(?<=data:)[\w/+.;=-]{0,100};base64,[A-Za-z0-9+/=%]{100,}+")
_SAVED_FROM = re.compile(r"(?:saved from url=\(\d+\)|\burl:\s*)(https?://\S+)")
# What stands behind a headline in <title>: " - Báo Đồng Xuân", " | BaoX.vn".
_SITE_TAIL = re.compile(r"\s+[-–|»]\s+[^-–|»]{2,40}$")
_NAMED_SITE = re.compile(
    r"(?:báo|tạp chí|đài|cổng|trang|đảng|huyện|tỉnh|thành|thị|quận|xã|phường|ubnd|ủy ban|ban|sở|hội|đoàn)\s"
)
_HEADLINE = re.compile(r"(?:^|[-_ ])(?:title|headline|tieude|tit)(?:$|[-_ ])", re.IGNORECASE)
#: Data lie no deeper in each other.
_DEEPEST = 20
_BLOCKS = "p div td li h1 h2 h3 h4 h5 blockquote pre article section tr".split()


def read_html(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """The article of a page.

    Raises:
        InputError: it cannot be parsed.
        NoText: there is no text in it.
    """
    yield _document(_decoded(_INLINE_DATA.sub(b",", data)), None)


def read_mhtml(data: bytes, _: Mapping[str, str]) -> Iterator[Document | Bad]:
    """The article of a page that a browser saved with everything in it.

    Raises:
        InputError: there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if not isinstance(payload, bytes):
                continue
            at = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            url = str(at) if at and str(at).startswith("http") else None
            yield _document(_decoded(payload, charset), url)
            return
    raise InputError("no page in it; save the page again")


def story(page: html.HtmlElement) -> tuple[str, list[LeftOut]]:
    """The story of a parsed page, a paragraph a line: without menus, share bars, lists of links and
    comments; and these."""
    from trafilatura import extract

    page = _without_layout_tables(page)
    left_out = without_furniture(page)
    seen = blocks(page)
    found = extract(
        page, output_format="txt", include_comments=False, include_tables=True, favor_recall=True
    )
    text = nfc(found or "")
    opening = lead(page)
    if opening and text and " ".join(words(opening)) not in " ".join(words(text)):
        text = f"{opening}\n{text}"
    text = text if len(words(text)) >= STORY.page else nfc(paragraphs(page))
    return text, [*left_out, *unseen(seen, text)]


def _without_layout_tables(page: html.HtmlElement) -> html.HtmlElement:
    """The page with its tables of data as paragraphs, a row each, and those tables that only arrange it (old
    sites) as plain blocks."""
    page = copy.deepcopy(page)
    for cell in page.iter("td", "th"):  # what spans more columns than a table has fills memory
        for span in ("colspan", "rowspan"):
            if len(cell.get(span, "")) > 3:
                del cell.attrib[span]
    tell_tables(page)
    for table in list(page.iter("table")):
        cells = list(table.iter("td"))
        nested = any(cell is not None for cell in table.iterdescendants("table"))
        nested = nested or all(
            len(row) < 2 for row in table.iter("tr")
        )  # a picture over its caption
        if nested or any(len(list(cell.iter("p", "h1", "h2", "div"))) >= 2 for cell in cells):
            table.tag = "div"
            for part in table.iter("tbody", "tr", "td", "th", "center"):
                if next(part.iterancestors("table"), None) is None:
                    part.tag = "div"
    return page


def _document(text: str, url: str | None) -> Document:
    # A declaration of the encoding is refused by lxml in text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if not text.strip():
        raise NoText("the file is empty; nothing to index")
    try:
        page = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise NoText("no page in it; nothing to index") from None
    details = _details(page, text, url)
    told, left_out = story(page)
    return Document("", mend(told), details, left_out=tuple(left_out))


def _decoded(data: bytes, charset: str | None = None) -> str:
    """The page as text: by its transport's or its own charset where that can be so, else by its
    words (a page may say UTF-8 and hold VNI)."""
    declared = _CHARSET.search(data[:4000])
    for name in (charset, declared[1].decode("ascii") if declared else None, "utf-8"):
        if name and name.lower() in ("utf-8", "utf8", "windows-1258", "utf-16", "utf-16le"):
            try:
                return nfc(data.decode(name))
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data)


def _details(page: html.HtmlElement, text: str, url: str | None) -> Details:
    """What the page's own data say; None where they say nothing."""
    in_json, in_microdata = _linked_data(page), microdata(page)
    meta = _meta(page)

    def linked(name: str) -> tuple[str, str | None]:
        """Of a property: where it was found, and what it says."""
        if name in in_json:
            return "json_ld", _string(in_json[name])
        return "microdata", _string(in_microdata.get(name))

    def tags(*names: str) -> list[tuple[str, str | None]]:
        return [("meta", meta.get(name)) for name in names]

    nukeviet = "nukeviet" in meta.get("generator", "").lower()
    url_by, url = _first(
        ("saved", url),
        ("saved", _saved_from(text)),
        *(("meta", href) for href in page.xpath("//link[@rel='canonical']/@href")),
        *tags("og:url"),
        linked("url"),
        linked("mainEntityOfPage"),
    )
    url = url if url and url.startswith(("http://", "https://")) else None
    outlet_by, outlet = _first(
        linked("publisher"),
        *tags("og:site_name", "application-name", "dc.publisher"),
        ("page", _site(page) if nukeviet else None),
        ("address", _host(url) if url else None),
        ("page", _site(page)),
    )
    day_by, day, clock = _published(page, linked("datePublished"), tags)
    title_by, title = _first(
        linked("headline"),
        *tags("og:title", "dc.title"),
        ("microdata", _text(page.xpath("//*[@itemprop='headline']"))),
        ("page", _text(page.xpath("//h1"))),
        ("page", _text(found for found in page.iter() if _HEADLINE.search(called(found)))),
        ("page", _text(page.xpath("//title"))),
    )
    author_by, author = _first(
        linked("author"),
        *tags("author", "article:author", "dc.creator"),
        ("microdata", _text(page.xpath("//*[@itemprop='author' or @rel='author']"))),
        ("page", signed(page)),
    )
    if author and (author.startswith("http") or fold(author) == fold(outlet or "")):
        author = None
    return Details(
        title=mend(_headline(title, outlet, page)) if title else None,
        outlet=mend(outlet) if outlet else None,
        author=mend(author) if author else None,
        published=day,
        time=clock,
        url=url,
        origins=(
            *(("title", title_by), ("outlet", outlet_by), ("author", author_by), ("url", url_by)),
            *(("published", day_by), ("time", day_by)),
        ),
    )


def _published(
    page: html.HtmlElement,
    linked: tuple[str, str | None],
    tags: Callable[..., list[tuple[str, str | None]]],
) -> tuple[str, date | None, str | None]:
    """Where the day and time of publication were found, and these."""
    dates = ("article:published_time", "datepublished", "pubdate", "publishdate", "dc.date")
    said = (
        linked,
        *tags(*dates, "dc.date.issued", "date"),
        *(("microdata", one) for one in page.xpath("//*[@itemprop='datePublished']/@content")),
        *(("microdata", one) for one in page.xpath("//*[@itemprop='datePublished']/@datetime")),
        *(("page", one) for one in page.xpath("//time[@pubdate]/@datetime")),
    )
    for origin, value in said:
        day, clock = moment(value or "")
        if day:
            return origin, day, clock
    # The one <time> of a page is the article's; of several none is.
    times = set(page.xpath("//time/@datetime"))
    day, clock = moment(str(next(iter(times)))) if len(times) == 1 else (None, None)
    return ("page", day, clock) if day else ("page", *dated(page))


def _linked_data(page: html.HtmlElement) -> Mapping[str, Any]:
    """The JSON-LD object of the article, {} where there is none."""
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            # Pages write raw line ends into strings, which strict JSON refuses.
            found = json.loads(str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        todo = deque([found])
        while todo:
            item = todo.popleft()
            if isinstance(item, list):
                todo += item
            elif isinstance(item, dict):
                types = item.get("@type")
                kinds = types if isinstance(types, list) else [types]
                if any(isinstance(kind, str) and ARTICLE.fullmatch(kind) for kind in kinds):
                    return _named_in(found, item)
                todo += [value for value in item.values() if isinstance(value, list)]
    return {}


def _named_in(found: Any, item: dict[str, Any]) -> dict[str, Any]:
    """The article's object with the names of those whom it names by an @id of the same graph (Yoast)."""
    graph = found.get("@graph") if isinstance(found, dict) else found
    known = {
        str(one["@id"]): one
        for one in (graph if isinstance(graph, list) else [])
        if isinstance(one, dict) and "@id" in one
    }
    told = {}
    for key in ("publisher", "author"):
        one = item.get(key)
        if isinstance(one, dict) and not one.get("name") and str(one.get("@id")) in known:
            told[key] = known[str(one.get("@id"))]
    return {**item, **told}


def _meta(page: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _headline(title: str, outlet: str | None, page: html.HtmlElement) -> str:
    """The title without the site's name behind it, which <title> and og:title often have."""
    line = " ".join(title.split())
    cut = _SITE_TAIL.sub("", line)
    if cut == line:
        return line
    tail = fold(line[len(cut) :]).strip(" -–|»")
    shown = {fold(_text([found]) or "") for found in page.xpath("//h1 | //h2")}
    known = fold(outlet or "")
    site = bool(known) and (tail in known or known in tail)
    return cut if fold(line) not in shown and (site or fold(cut) in shown) else line


def _site(page: html.HtmlElement) -> str | None:
    """The site's name that <title> ends with, where it stands behind the headline and says what it is."""
    parts = re.split(r"\s+[-–|»]\s+", _text(page.xpath("//title")) or "")
    headlines = {fold(_text([one]) or "") for one in page.xpath("//h1")}
    known = len(parts) > 1 and fold(parts[0]) in headlines and _NAMED_SITE.match(fold(parts[-1]))
    return parts[-1] if known else None


def paragraphs(page: html.HtmlElement) -> str:
    """The text of a page that is hardly one: every block a line, scripts left out."""
    lines: list[str] = []
    for element in page.iter():
        if element.tag in ("script", "style", "noscript") or not isinstance(element.tag, str):
            continue
        own = [element.text or ""] if element.tag in _BLOCKS or element.tag == "body" else []
        if own:
            own += [
                (child.text_content() if child.tag not in (*_BLOCKS, "script", "style") else "\n")
                + (child.tail or "")
                for child in element
                if isinstance(child.tag, str)
            ]
            lines += [" ".join(line.split()) for line in "".join(own).split("\n")]
    return "\n".join(line for line in lines if line)


def _saved_from(text: str) -> str | None:
    """The address that a browser or SingleFile wrote at the head of the file."""
    found = _SAVED_FROM.search(text[:3000])
    return found[1].rstrip("->") if found else None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.lower().removeprefix("www.")
    except ValueError:  # "https://[::1"
        return None


def _string(value: Any, depth: int = 0) -> str | None:
    """A JSON-LD value as text: of several the names joined, of an object its name or @id."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return " ".join(nfc(value).split()) or None
    if isinstance(value, list):
        return ", ".join(filter(None, (_string(one, depth + 1) for one in value))) or None
    if isinstance(value, dict):
        return _string(value.get("name") or value.get("@id"), depth + 1)
    return None


def _first(*said: tuple[str, Any]) -> tuple[str, str | None]:
    """The first that says something, with where it was found."""
    for origin, value in said:
        if value:
            return origin, " ".join(nfc(str(value)).split())
    return "", None


def _text(elements: Iterable[html.HtmlElement]) -> str | None:
    """The text of the first that has any."""
    return next(filter(None, (" ".join(one.text_content().split()) for one in elements)), None)
