"""What of a page is no story: related boxes, comments, share bars, what is hidden; and what of it is told
beside the story, captions and fact boxes, which become lines of their own.

The classes are those of the systems that most Vietnamese news pages are made with: NukeViet, VnExpress, VCCorp
(Tuổi Trẻ, Thanh Niên, Dân Trí, CafeF, Soha, Kenh14), WordPress, Joomla.
"""

import regex as re
from lxml import html

from index.clean import is_heading_of_more
from index.reading.around import part
from index.types import LeftOut

_EDGE = r"(?:^|[\s_-])"
#: Names (class, id, type) of what stands around a story.
_AROUND = re.compile(
    rf"""{_EDGE}(?:relate\w*|tin-?_?lien-?_?quan\w*|box_?tinlienquan\w*|tinlienquan\w*|lien-quan|other-?news
    |news-?other|more-?news|readmore\w*|read-more\w*|tin-?khac|tincungchuyenmuc|cungchuyenmuc|tin-?moi
    |xem-?nhieu|doc-?nhieu|most-?(?:view|read)\w*|comments?|comment-?\w*|box-?cmt|cmt\w*|binh-?luan\w*|y-?kien|fb-comments
    |(?:id|show|form|list)comments?|block_\w+|counter|panel-heading
    |share\w*|social\w*|sharing|stringrating|rating|star-?rating|breadcrumbs?|list-inline|tags?|tag-?list|keywords
    |tu-?khoa|block_tag|box_quangcao|quang-?cao|advert\w*|ads|banner|newsletter|copyright|box-?category\w*
    |knc-relate\w*|relatednews\w*|relatedonenews\w*|kbwc?s?-?relate\w*|link-content-footer|entry-footer|pagenavi
    |post-navigation|site-footer|print-?link|listnews\w*|zone-?news|box-?follow|google-?news)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
_TYPE_AROUND = frozenset("relatednewsbox relatedonenews relatednews adsbox relatedlink".split())
_HIDDEN = frozenset(
    "hidden hide d-none sf-hidden sr-only visually-hidden screen-reader-text".split()
)
#: Hidden on a small screen only.
_SHOWN_WIDE = re.compile(r"\bd-\w+-(?:block|flex|inline)|:(?:block|flex|inline)")
_BODY = re.compile(
    rf"{_EDGE}(?:news-bodyhtml|bodytext|fck_detail|afcbc-body|(?:detail|singular|knc|entry|post|article|news)[-_]{{1,2}}"
    r"(?:content|body)|content-detail|article__body)(?:$|\s)",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION = re.compile(
    rf"{_EDGE}(?:photocms_caption|videocms_caption|imagecaption|image-?caption|img-?caption|photo-?caption"
    r"|wp-caption-text|caption|desc_ca(?:p)?tion|chu-?thich(?:-anh)?|fig-?caption|pcaption|image|ck-caption|credit)(?:$|\s)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    rf"{_EDGE}(?:photocms_caption|wp-caption|tplcaption|image|picture|photo|video|slide|fig-picture|item_slide_show"
    r"|vcsortableinpreviewmode)(?:$|[\s_-])",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"{_EDGE}(?:location-?stamp|dateline|location)(?:$|\s)", re.IGNORECASE)
_BOX = re.compile(
    rf"{_EDGE}(?:fact-?box|info-?box|box-?info|box_brief_info|hop-?thong-?tin|note-?box|box-?content|box-?note"
    r"|contentbox|content-?box|alignjustifyfull|boxed)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"{_EDGE}(?:sapo|description|lead|lede|hometext|chapeau|summary|excerpt|standfirst|tomtat|mota|intro)(?:$|\s)"
    rf"|{_EDGE}(?:detail|singular|knc|article|news|post)[-_]?_?(?:sapo|summary|lead|excerpt|description)(?:$|\s)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    rf"{_EDGE}(?:author_mail|author|author-name|author-info|author_name|name-author|detail-author|article-author|tac-?gia)(?:$|\s)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:\p{Lu}[\p{L}.]*)(?:[\s,–-]+\p{Lu}[\p{L}.]*){1,7}")
_SMALL = "p div span strong b em h1 h2 h3 h4 h5 h6 a section header".split()
_INLINE = frozenset("p span a b i em strong font u small h1 h2 h3 h4 h5 h6".split())
_LEAD_WORDS = (8, 150)
_CAPTION_WORDS = 120
#: A heading of other articles is no longer than this, in characters.
_HEADING = 40


def called(element: html.HtmlElement) -> str:
    """The class and id of an element, by which pages say what it is."""
    if not isinstance(element.tag, str):
        return ""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def without_furniture(page: html.HtmlElement) -> list[LeftOut]:
    """Takes out of `page` what is no part of the story, and sets captions and fact boxes apart; returns what of
    it could be seen. What holds the headline or a third of the page's words stays, whatever it is called."""
    left_out: list[LeftOut] = []
    lengths = _lengths(page)
    whole = lengths.get(page, 0)
    holds = set(page.iter("body", "html", "head"))
    for headline in page.iter():
        if headline.tag != "h1" and not _is_body(headline):
            continue
        for above in (headline, *headline.iterancestors()):
            if above in holds:
                break
            holds.add(above)
    gone: set[html.HtmlElement] = set()
    for element in list(page.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.getparent() in gone:
            gone.add(element)
        elif (
            element not in holds
            and 3 * lengths[element] <= whole
            and (_is_hidden(element) or is_around(element))
        ):
            gone.add(element)
            if not _is_hidden(element):
                name = f"{called(element)} {element.get('type') or ''}"
                left_out.append(part(element, name))
            element.drop_tree()
    left_out += _lists_of_links(page, holds)
    _stamps(page)
    _boxes(page)
    _captions(page)
    return left_out


def lead(page: html.HtmlElement) -> str | None:
    """The story's first paragraph where its class says so: it often stands outside of what holds the rest."""
    for element in page.iter("p", "div", "h2", "h3"):
        if _LEAD.search((element.get("class") or "")[:300]) and not _all_links(element):
            line = " ".join(element.text_content().split())
            if _LEAD_WORDS[0] <= len(line.split()) <= _LEAD_WORDS[1]:
                return line
    return None


def signed(page: html.HtmlElement) -> str | None:
    """Who signs the story, where exactly one name stands in the place for it."""
    found = set()
    for element in page.iter("p", "div", "span", "a", "strong"):
        if _AUTHOR.search((element.get("class") or "")[:300]) and _is_short(element):
            line = " ".join(element.text_content().split())
            found |= {line} if _PERSON.fullmatch(line) else set()
    return found.pop() if len(found) == 1 else None


def _lengths(page: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """How much text each element holds, counted once from below."""
    found: dict[html.HtmlElement, int] = {}
    for element in reversed(list(page.iter())):
        own = len(element.text or "") if isinstance(element.tag, str) else 0
        if element.tag in ("script", "style", "noscript", "template"):
            own = 0
        found[element] = found.get(element, 0) + own
        above = element.getparent()
        if above is not None:
            found[above] = found.get(above, 0) + found[element] + len(element.tail or "")
    return found


def _is_body(element: html.HtmlElement) -> bool:
    return element.get("itemprop") == "articleBody" or bool(_BODY.search(called(element)[:500]))


def _is_hidden(element: html.HtmlElement) -> bool:
    return (
        element.get("hidden") is not None
        or bool(_HIDDEN & set((element.get("class") or "").lower().split()))
        and not _SHOWN_WIDE.search(element.get("class") or "")
        or bool(_NOT_SHOWN.search(element.get("style") or ""))
    )


def is_around(element: html.HtmlElement) -> bool:
    """Whether an element is called something that stands around a story."""
    return bool(_AROUND.search(called(element)[:500])) or (
        (element.get("type") or "").lower() in _TYPE_AROUND
    )


def _lists_of_links(page: html.HtmlElement, holds: set[html.HtmlElement]) -> list[LeftOut]:
    """Takes out the lists that a heading announces as other articles, with it, and returns them."""
    left_out = []
    for heading in list(page.iter(*_SMALL)):
        if heading in holds or len(heading) > 2 or heading.getparent() is None:
            continue
        line = " ".join("".join(heading.itertext()).split()) if _is_short(heading) else ""
        if not line or not is_heading_of_more(line):
            continue
        top = heading
        while top.getnext() is None and top.getparent() is not None:
            above = top.getparent()
            if above in holds or above.tag in ("body", "td", "article") or above[0] is not top:
                break
            top = above
        lists = []
        while (behind := top.getnext()) is not None and _all_links(behind):
            lists.append(behind)
            behind.drop_tree()
        left_out.append(part(top, "related", lists))
        if top.getparent() is not None and not (top.tail or "").strip():
            top.drop_tree()
    return left_out


def _is_short(element: html.HtmlElement) -> bool:
    total = 0
    for piece in element.itertext():
        total += len(piece)
        if total > 2 * _HEADING:
            return False
    return total > 0


def _all_links(element: html.HtmlElement) -> bool:
    """Whether nearly all words of a list or block lie in links."""
    if element.tag not in ("ul", "ol", "div", "p", "dl", "section", "nav"):
        return False
    linked = total = 0
    for link in element.iter("a"):
        linked += len(link.text_content())
    total = len(" ".join(element.text_content().split()))
    dates = 14 * len(list(element.iter("li")))
    return linked > 0 and linked + dates >= 0.8 * total


def _stamps(page: html.HtmlElement) -> None:
    """A place before the lead, which the page sets apart by its look only, is set apart by a dash."""
    for stamp in page.iter("span", "strong", "b", "em"):
        tail = stamp.tail or ""
        if _STAMP.search(called(stamp)) and tail[:1].isalpha():
            stamp.tail = f" – {tail}"


def _boxes(page: html.HtmlElement) -> None:
    """Fact boxes inside a story become plain blocks, which stay in it."""
    stories = set()
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        above = element.getparent()
        if above in stories or element.tag == "article" or "article" in called(element).lower():
            stories.add(element)
        if element.tag not in ("aside", "div", "section", "blockquote"):
            continue
        boxed = _BOX.search(called(element)[:500])
        if (boxed or (element.tag == "aside" and element in stories)) and not _all_links(element):
            element.tag = "div"
            for part in element:  # a line that is no block of its own
                if part.tag == "div" and len(part) == 0 and (part.text or "").strip():
                    part.tag = "p"


def _captions(page: html.HtmlElement) -> None:
    """Every caption becomes a paragraph of its own, behind the one it stood in."""
    captions = [one for one in page.iter() if _is_caption(one)]
    inside: set[html.HtmlElement] = set()
    for caption in captions:
        above = caption.getparent()
        if above is None or above in inside or any(up in inside for up in _near(caption)):
            inside.add(caption)
            continue
        inside.add(caption)
        line = " ".join(caption.text_content().split())
        if not line or len(line.split()) > _CAPTION_WORDS:
            continue
        anchor = caption
        for up in _near(caption):
            if up.tag in _INLINE or up.tag == "figure" or _PICTURE.search(called(up)):
                anchor = up
        paragraph = html.Element("p")
        paragraph.text = line
        if anchor is caption:
            paragraph.tail, caption.tail = caption.tail, None
            above.replace(caption, paragraph)
            continue
        anchor.addnext(paragraph)
        caption.drop_tree()


def _is_caption(element: html.HtmlElement) -> bool:
    if element.tag == "figcaption":
        return True
    return (
        element.tag in ("p", "div", "span", "em", "td")
        and bool(_CAPTION.search((element.get("class") or "")[:300]))
        and (element.tag != "td" or not any(True for _ in element.iter("img")))
        and not any(True for _ in element.iter("img"))
    )


def _near(element: html.HtmlElement) -> list[html.HtmlElement]:
    """The blocks right above an element: a caption lies no deeper in its picture."""
    found: list[html.HtmlElement] = []
    for above in element.iterancestors():
        if len(found) == 6 or above.tag in ("body", "article", "td", "section", "main"):
            break
        found.append(above)
    return found
