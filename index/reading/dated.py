"""The date that stands at a page's headline, where the page's own data give none."""

from datetime import date

import regex as re
from lxml import html

from index.metadata import date_line
from index.reading.furniture import called, is_around

#: A date stands no farther from the headline than this, in elements, and is no longer, in characters.
_NEAR = 25
_LONGEST = 80
#: How far up the headline's own blocks go.
_UP = 3
_LISTED = frozenset("a li td th figure nav footer aside".split())
_NOW = re.compile(r"(?i)(?:^|[-_ ])(?:now|today|current|clock|homnay)(?:$|[-_ ])")
_DATED = re.compile(r"(?i)(?:^|[-_ ])(?:date|time|datetime|published?|ngay)(?:$|[-_ ])")
_HEAD = re.compile(r"(?i)(?:^|[-_ ])(?:head|header|top|topbar|masthead|menu)(?:$|[-_ ])")


def dated(page: html.HtmlElement) -> tuple[date | None, str | None]:
    """Day and time of a line nearest to the one headline that is nothing but a date; (None, None) where there
    is none. A site's head shows today's, lists those of other articles."""
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    at = [number for number, one in enumerate(elements) if one.tag == "h1"]
    if len(at) != 1:
        return None, None
    blocks = [up for up in elements[at[0]].iterancestors() if up.tag not in ("body", "html")][:_UP]
    near = range(max(0, at[0] - _NEAR), min(len(elements), at[0] + _NEAR))
    for number in sorted(near, key=lambda number: abs(number - at[0])):
        one = elements[number]
        line = " ".join("".join(one.itertext()).split()) if len(one) <= 2 else ""
        if not line or len(line) > _LONGEST:
            continue
        day, clock = date_line(line)
        if day and _is_the_articles(one, number > at[0], blocks):
            return day, clock
    return None, None


def _is_the_articles(
    element: html.HtmlElement, behind: bool, blocks: list[html.HtmlElement]
) -> bool:
    above = [element, *element.iterancestors()]
    if any(up.tag in _LISTED or is_around(up) for up in above):
        return False
    if any(_NOW.search(called(one)) for one in element.iter()):
        return False
    if behind or any(up in blocks for up in above):
        return True
    # Before the headline and apart from it: only what is called a date, outside of the site's head.
    return any(_DATED.search(called(up)) for up in above[:2]) and not any(
        up.tag == "header" or _HEAD.search(called(up)) for up in above
    )
