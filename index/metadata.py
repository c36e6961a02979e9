"""What an article's text tells of itself: title, outlet, author, published date.

Nothing is invented: a field is None where the text has no convention that tells it. No date
library is used: they find a date in any sentence, and most dates in a story are not the date on
which it was published. What counts as one is the product's own knowledge, below.
"""

from datetime import date

import regex as re  # \p{Lu}: `re` has no class for a capital letter

from index.clean import clean_lines, viewed_title, without_repeats
from index.text import words
from index.types import Details

_TIME = r"\d{1,2}\s*[:hg]\s*\d{2}(?:\s*[:']\s*\d{2})?(?:\s*[AP]M)?"
_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})"
# "16:17 06/11/2020", "08:08, 11/08/2020", "Thứ Ba, ngày 11-8-2020, 08:08", "Cập nhật: 11/8/2020"
_DATE_LINE = re.compile(
    rf"(?:(?:ngày đăng|đăng ngày|đăng lúc|cập nhật|cập nhật lúc|xuất bản)\s*:?\s*)?"
    rf"(?:(?:thứ [^\W\d]+|chủ nhật)\s*,?\s*)?(?:{_TIME}\s*[,|–-]?\s*)?(?:ngày\s*)?"
    rf"{_DAY}\s*[/.-]\s*(?P<year>\d{{4}})\s*(?:[,|–-]?\s*{_TIME})?(?:\s*\(?gmt\s*\+7\)?)?\.?",
    re.IGNORECASE,
)
# "(LĐ online) – Sáng 7/4, …", "BBK - Chiều 10/5, …": who reports, then when.
_DATELINE = re.compile(
    r"(?:\((?P<named>[^()]{2,40})\)|(?P<code>[A-ZĐ]{2,8}(?:\.[A-Z]+)?))\s*[-–—:]\s*(?=[^\W\d_])"
)
_SAME_DAY = re.compile(
    rf"\s*(?:sáng|trưa|chiều|tối|đêm)\s*(?:nay\s*)?,?\s*\(?(?:ngày\s*)?{_DAY}"
    r"(?:\s*[/.-]\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:nguồn(?: tin)?|theo)\s*:?\s+(?P<name>.+)", re.IGNORECASE)
_URL = re.compile(r"https?://(?:www\.)?(?P<host>[^/\s]+)\S*", re.IGNORECASE)
_URL_MONTH = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-]?(?P<month>0[1-9]|1[0-2])(?:/|\d{2}/)")
_NAME = r"\p{Lu}\p{L}*"
_INITIALS = r"[A-ZĐ]{1,2}(?:\.[A-ZĐ]{1,2}){1,3}\.?"
_PERSON = rf"(?:{_INITIALS}|{_NAME}(?:\s{_NAME}){{1,4}})"
_BYLINE = re.compile(
    r"(?:(?i:tác giả|thực hiện|bài|bài viết|tin|bài, ảnh|tin, ảnh|tin và ảnh|bài và ảnh)\s*:\s*)?"
    rf"(?P<author>{_PERSON}(?:\s*(?:[-–,&;]|và)\s*{_PERSON}){{0,3}})\s*(?:\([^()]*\))?"
)
_TITLE_WORDS = 45
_PLACES_NOT_OUTLETS = re.compile(r"(?i)hà nội|tp\.? ?hcm|tphcm|việt nam|vn|ubnd|hđnd")


def parse(text: str) -> tuple[Details, str]:
    """The details and the clean body of an article given as plain text.

    The body has one paragraph a line; it is "" where nothing but furniture stood in the text.
    """
    lines = clean_lines(text)
    title = viewed_title(text)
    published, rest = None, []
    for number, line in enumerate(lines):
        dated = _date_of_line(line) if number < 6 or number >= len(lines) - 4 else None
        if dated and not published:
            published = dated
        elif not dated:
            rest.append(line)
    if title is None and len(rest) > 1 and _is_title(rest[0]):
        title = rest[0]
    if title:
        rest = [line for line in rest if words(line) != words(title)]
    paragraphs = without_repeats(rest)
    url = _url(paragraphs)
    outlet = _outlet(paragraphs, url)
    details = Details(
        title=title,
        outlet=outlet,
        author=_author(paragraphs),
        published=published or _dateline_date(paragraphs, url),
        url=url,
    )
    return details, "\n".join(paragraphs)


def _is_title(line: str) -> bool:
    return (
        len(words(line)) <= _TITLE_WORDS
        and not line.endswith((".", ":", ";", ","))
        and not _DATELINE.match(line)
        and line[0] not in "-–•*."
    )


def _date_of_line(line: str) -> date | None:
    found = _DATE_LINE.fullmatch(line)
    return _date(found["year"], found["month"], found["day"]) if found else None


def _dateline_date(paragraphs: list[str], url: str | None) -> date | None:
    """A same-day report behind an outlet's mark ("(LĐ online) – Sáng 7/4") is dated by it. Its
    year comes from the text or from the month in the article's own URL, never from elsewhere."""
    for line in paragraphs[:2]:
        mark = _DATELINE.match(line)
        said = _SAME_DAY.match(line, mark.end()) if mark else None
        if not said:
            continue
        if said["year"]:
            return _date(said["year"], said["month"], said["day"])
        month = _URL_MONTH.search(url or "")
        if month and int(month["month"]) == int(said["month"]):
            return _date(month["year"], said["month"], said["day"])
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= date.today().year else None


def _url(paragraphs: list[str]) -> str | None:
    for line in reversed(paragraphs[-5:]):
        source = _SOURCE.fullmatch(line)
        found = _URL.search(source["name"] if source else line)
        if found and (source or found.group() == line):
            return found.group()
    return None


def _outlet(paragraphs: list[str], url: str | None) -> str | None:
    """The host of the article's URL, else who a source line names, else the dateline's mark."""
    host = _URL.match(url or "")
    if host:
        return host["host"].lower()
    for line in reversed(paragraphs[-4:]):
        named = _SOURCE.fullmatch(line)
        if named and 1 <= len(words(named["name"])) <= 6 and not line.endswith("."):
            return named["name"].strip(" .()")
    for line in paragraphs[:2]:
        mark = _DATELINE.match(line)
        if mark:
            name: str = mark["named"] or mark["code"]
            return None if _PLACES_NOT_OUTLETS.fullmatch(name) else name
    return None


def _author(paragraphs: list[str]) -> str | None:
    for line in [*reversed(paragraphs[-4:]), *paragraphs[:2]]:
        byline = _BYLINE.fullmatch(line)
        if byline and len(line) <= 120:
            return _tidy(byline["author"])
    return None


def _tidy(author: str) -> str:
    """A byline in capitals ("DUY DANH") is written as a name; initials stay."""
    name = author.strip()
    if "." in name or not name.isupper() or len(name.split()) < 2:
        return name
    return name.title()
