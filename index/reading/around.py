"""What of a page stands around its story: each part with its kind and its words, also what nobody saw go."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

import regex as re
from lxml import etree, html

from index.language.text import nfc
from index.types import LeftOut

#: By kind, in the order in which they are looked for, what pages call such parts.
_CALLED = (
    ("comments", r"comment|cmt|binh-?luan|y-?kien"),
    ("related", r"relat|lien-?quan|tin-?khac|tin-?moi|chuyenmuc|news|read-?more|xem-?nhieu|doc-?nhieu|most-?"
     r"|box-?category|post-navigation|cung-?loai|link-content"),
    ("share", r"share|social|sharing|rating|print|follow|google|list-inline"),
    ("tags", r"tags?(?:$|[\s_-])|tag-?list|keywords|tu-?khoa|block_tag"),
    ("advert", r"quang-?cao|advert|(?:^|\W)ads|banner|newsletter"),
    ("menu", r"breadcrumb|(?:^|[\s_-])nav|menu|pagenavi|toolbar|top-?bar|search|header"),
    ("foot", r"footer|copyright|counter"),
    ("related", r"(?:^|[\s_-])block_|panel-heading|sidebar"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(names, re.IGNORECASE)) for kind, names in _CALLED)
_TAGS = {
    "nav": "menu", "header": "menu", "menu": "menu", "form": "menu", "button": "menu", "select": "menu",
    "footer": "foot", "aside": "related", "figcaption": "caption",
}  # fmt: skip
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td tfoot th thead tr
    ul""".split()
)
_UNSEEN = frozenset("script style noscript template iframe svg head textarea".split())
#: A part's first lines are told, in characters; more is not looked at.
_LONGEST = 3_000
#: Nor at more of its elements, or pieces of text, when they are counted.
_MOST = 500
_WORD = re.compile(r"\w+")


def part(element: html.HtmlElement, called: str, more: Sequence[html.HtmlElement] = ()) -> LeftOut:
    """A part that goes by such a name, with what belongs to it."""
    kind = next((kind for kind, names in _KINDS if names.search(called[:500])), "other")
    whole = (element, *more)
    return LeftOut(kind, _lines(whole), _items(kind, whole))


def blocks(page: html.HtmlElement) -> list[tuple[html.HtmlElement, str]]:
    """What is seen of a page, block by block, each with the element that it stands in."""
    return list(_blocks(page))


def unseen(seen: Sequence[tuple[html.HtmlElement, str]], text: str) -> list[LeftOut]:
    """The blocks whose words a page's text does not have: those of one kind that stand together as one."""
    has = f" {' '.join(_WORD.findall(text.lower()))} "
    kinds: dict[html.HtmlElement, str] = {}
    found: list[tuple[str, list[str]]] = []
    kept = True
    # A page of a hundred thousand blocks is none that anybody reads.
    for element, line in seen[: max(100, 100_000_000 // len(has))]:
        key = f" {' '.join(_WORD.findall(line.lower()))} "
        if key in has or not key.strip():
            kept = True
            continue
        kind = _kind(element, kinds)
        if found and found[-1][0] == kind and not kept:
            found[-1][1].append(line)
        else:
            found.append((kind, [line]))
        kept = False
    return [
        LeftOut(kind, nfc("\n".join(lines))[:_LONGEST], len(lines) if kind == "related" else 0)
        for kind, lines in found
    ]


def _kind(element: html.HtmlElement, known: dict[html.HtmlElement, str]) -> str:
    """What kind of part an element stands in, by its own name or that of the nearest around it that says it."""
    passed = []
    kind = "other"
    for one in (element, *element.iterancestors()):
        if one in known:
            kind = known[one]
            break
        passed.append(one)
        name = f"{one.get('class') or ''} {one.get('id') or ''}"[:500]
        if one.tag == "body" or one.tag == "html":
            break
        if one.tag in _TAGS:
            kind = _TAGS[one.tag]
            break
        if name != " ":
            kind = next((kind for kind, names in _KINDS if names.search(name)), "other")
            if kind != "other":
                break
    known.update(dict.fromkeys(passed, kind))
    return kind


def _lines(elements: Sequence[html.HtmlElement]) -> str:
    lines: list[str] = []
    size = 0
    for element in elements:
        for _, line in _blocks(element):
            if size > _LONGEST:
                return nfc("\n".join(lines))[:_LONGEST]
            lines.append(line)
            size += len(line)
    return nfc("\n".join(lines))[:_LONGEST]


def _items(kind: str, elements: Sequence[html.HtmlElement]) -> int:
    """How many comments or other articles a part holds; 0 for other kinds, or where it cannot be told."""
    if kind == "related":
        linked = {
            link.get("href")
            for element in elements
            for link in islice(element.iter("a"), _MOST)
            if link.get("href") and len("".join(link.itertext()).split()) > 2
        }
        return len(linked)
    if kind != "comments":
        return 0
    # Its largest group of like elements, side by side.
    group: Counter[tuple[html.HtmlElement, str, str]] = Counter()
    sizes: dict[tuple[html.HtmlElement, str, str], int] = defaultdict(int)
    for element in elements:
        for one in islice(element.iter("li", "div", "article", "p"), _MOST):
            above = one.getparent()
            name = (one.get("class") or "").split(" ")[0]
            if above is None or (one.tag == "div" and not name) or one in elements:
                continue
            size = sum(map(len, islice(one.itertext(), _MOST)))
            if size > 10:
                group[above, one.tag, name] += 1
                sizes[above, one.tag, name] += size
    many = [key for key, count in group.items() if count > 1]
    if many:
        return group[max(many, key=lambda key: sizes[key])]
    return int(bool(group))


def _blocks(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    parts: list[str] = []
    around: list[html.HtmlElement] = [root]
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        block = tag in _BLOCKS
        if event == "start":
            if tag in _UNSEEN:
                hidden += 1
            if hidden:
                continue
            if block:
                if line := " ".join("".join(parts).split()):
                    yield around[-1], line
                parts = []
                around.append(element)
            parts.append(element.text or "")
            continue
        if event == "end":
            if hidden:
                hidden -= tag in _UNSEEN
            elif block:
                if line := " ".join("".join(parts).split()):
                    yield element, line
                parts = []
                around.pop()
        if not hidden and element is not root:
            parts.append(element.tail or "")
    if line := " ".join("".join(parts).split()):
        yield root, line
