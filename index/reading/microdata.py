"""What a page says of its article in microdata (itemscope, itemprop), as JSON-LD would say it."""

from collections.abc import Mapping

import regex as re
from lxml import html

#: The kinds of schema.org that are an article.
ARTICLE = re.compile(
    r"(?:News|Report|Reportage|Blog|Social|Opinion|Analysis)?\w*(?:Article|Posting)$"
)


def microdata(page: html.HtmlElement) -> Mapping[str, str]:
    """The article's properties; {} where the page has none. Of a property that is an object (author, publisher)
    its name, of several the first."""
    scopes: dict[html.HtmlElement, html.HtmlElement | None] = {}
    article: html.HtmlElement | None = None
    found: dict[str, str] = {}
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        above = element.getparent()
        around = above if above is not None and _is_scope(above) else scopes.get(above)
        scopes[element] = around
        kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
        if article is None and _is_scope(element) and ARTICLE.fullmatch(kind):
            article = element
        property_ = element.get("itemprop")
        if not property_ or article is None:
            continue
        if around is article:
            if not _is_scope(element) and (value := _value(element)):
                found.setdefault(property_, value)
        elif around is not None and scopes.get(around) is article and property_ == "name":
            outer = around.get("itemprop")
            if outer and (value := _value(element)):
                found.setdefault(outer, value)
    return found


def _is_scope(element: html.HtmlElement) -> bool:
    return element.get("itemscope") is not None


def _value(element: html.HtmlElement) -> str:
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return " ".join(element.get(attribute).split())
    if element.tag in ("link", "img") or (element.tag == "a" and element.get("itemprop") == "url"):
        return (element.get("href") or element.get("src") or "").strip()
    if element.get("itemprop") == "articleBody":
        return ""
    text = "".join(piece for _, piece in zip(range(50), element.itertext()))
    return " ".join(text[:1000].split())
