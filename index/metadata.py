"""What an article's text tells of itself: title, outlet, author, when it was published, its province.

Nothing is invented: a field is None where neither the format's own data nor a convention of the text
tells it. A date library reads only fields that are known to hold a date: in a story they find one in
any sentence, and most are not the date on which it was published. What counts as one is the
product's own knowledge, below.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import regex as re  # \p{Lu}: `re` has no class for a capital letter

from index.clean import clean_lines, is_source_line, viewed_title, without_repeats
from index.config import STORY, TEXT
from index.language.places import home
from index.language.text import words
from index.letterhead import day_of, headed, length, names_kind
from index.types import UNKNOWN, Details

_TIME = (
    r"\d{1,2}\s*(?:[:hg]|giờ)\s*\d{2}(?:\s*phút|\s*[:']\s*\d{2})?(?:\s*(?:[AP]M|SA|CH)(?!\p{L}))?"
)
_CLOCK = re.compile(
    r"(?i)(\d{1,2})\s*(?:[:hg]|giờ)\s*(\d{2})(?:\s*phút|\s*[:']\s*\d{2})?\s*([AP]M|SA|CH)?(?!\p{L})"
)
_MONTHS = "một hai ba tư năm sáu bảy tám chín mười mười_một mười_hai".split()
_MONTH = "|".join(["\\d{1,2}", *(name.replace("_", "\\s") for name in reversed(_MONTHS))])
_DAY = r"(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})"
# "16:17 06/11/2020", "Thứ tư - 12/10/2022 08:35", "T6, 03/05/2024 - 12:45", "21 tháng 09 năm 2025",
# "Cập nhật: 11/8/2020"; the day of a change may stand behind.
_DATE_LINE = re.compile(
    rf"(?:(?:ngày (?:đăng|xuất bản|phát hành)|đăng(?: ngày| lúc)?|(?P<changed>cập nhật(?: lúc| ngày)?)"
    rf"|xuất bản|đã đăng|thời gian|lúc)\s*:?\s*)?"
    rf"(?:(?P<first>{_TIME})\s*(?:,|\||–|-|ngày)?\s*)?"
    rf"(?:(?:thứ\s+(?:[^\W\d]+|[2-7])|t\.?\s?(?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|cn)\s*[,|–.-]?\s*)?"
    rf"(?:(?P<before>{_TIME})\s*[,|–-]?\s*)?(?:ngày\s*)?"
    rf"(?:{_DAY}\s*[/.-]\s*|(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>{_MONTH})\s*(?:,|năm|,\s*năm)?\s*)"
    rf"(?P<year>\d{{4}})\s*(?:(?:[,|–-]|lúc)?\s*(?P<behind>{_TIME}))?(?:\s*[(\[]?gmt\s*\+0?7(?::00)?[)\]]?)?\.?"
    rf"(?:\s*[,|–(-]?\s*cập nhật\b[^\p{{L}}]{{0,40}}(?:lúc[^\p{{L}}]{{0,40}})?)?",
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
_FULL_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_SOURCE = re.compile(r"(?:nguồn(?: tin)?|theo)\s*:?\s+(?P<name>.+)", re.IGNORECASE)
_URL = re.compile(r"https?://(?:www\.)?(?P<host>[^/\s]+)\S*", re.IGNORECASE)
_URL_MONTH = re.compile(r"/(?P<year>(?:19|20)\d{2})[/-]?(?P<month>0[1-9]|1[0-2])(?:/|\d{2}/)")
_NAME = r"\p{Lu}\p{L}*"
_INITIALS = r"[A-ZĐ]{1,2}(?:\.[A-ZĐ]{1,2}){1,3}\.?"
_PERSON = rf"(?:{_INITIALS}|{_NAME}(?:\s{_NAME}){{1,4}})"
_BYLINE = re.compile(
    r"(?:(?i:tác giả(?: bài viết)?|thực hiện|bài|bài viết|tin|bài, ảnh|tin, ảnh|tin và ảnh|bài và ảnh)\s*:\s*)?"
    rf"(?P<author>{_PERSON}(?:\s*(?:[-–,&;]|và)\s*{_PERSON}){{0,3}})\s*(?:\([^()]*\))?"
)
# "Bởi Lò Thị Chẻo - 17/05/2023": who, and when it was published.
_CREDIT = re.compile(rf"(?:Bởi|By)\s+(?P<author>{_PERSON})\s*[-–|•]\s*(?P<when>[^\n]{{6,60}})")
_ITEM = re.compile(r"[-–•+]\s|[^.!?:]{2,40}:\s")
#: A longer field is no date, in characters.
_FIELD = 200
_VIETNAM = timezone(timedelta(hours=7))
_PLACES_NOT_OUTLETS = re.compile(r"(?i)hà nội|tp\.? ?hcm|tphcm|việt nam|vn|ubnd|hđnd")


def parse(text: str, known: Details = UNKNOWN) -> tuple[Details, str]:
    """The details and the clean body of an article; what is `known` of it (from the format's own data)
    goes before what its text says.

    The body has one paragraph a line; it is "" where nothing but furniture stood in the text.
    """
    lines = clean_lines(text)
    known = known.by("file")
    title = known.title or viewed_title(text)
    if not title and (title := headed(lines)):
        known = replace(known, title=title).by("letterhead")
    said: re.Match[str] | None = None
    rest = []
    for number, line in enumerate(lines):
        credit = _CREDIT.fullmatch(line) if number < 6 else None
        if credit and date_line(credit["when"])[0]:
            known = replace(known, author=known.author or _tidy(credit["author"]))
            line = credit["when"]
        dated = (
            _DATE_LINE.fullmatch(line.strip("()"))
            if number < 6 or number >= len(lines) - 4
            else None
        )
        day = _day_of(dated) if dated else None
        if not day:
            rest.append(line)
        elif said is None or (dated and said["changed"] and not dated["changed"]):
            said = dated
    if title is None and len(rest) > 1 and _is_title(rest[0]):
        title = rest[0]
    if title:
        said_title = words(title)
        rest = [line for line in rest if words(line) != said_title]
    paragraphs = without_repeats(rest)
    head = lines[: length(lines)]
    url = known.url or _url(paragraphs)
    outlet = known.outlet or _outlet(paragraphs, url)
    author = known.author or _author(paragraphs, head)
    details = replace(known, title=title, author=author, url=url).by("text")
    by_host = outlet is not None and outlet == _host(url)
    details = replace(details, outlet=outlet).by("address" if by_host else "text")
    if not details.published and said:
        details = replace(details, published=_day_of(said), time=_time_of(said))
        details = details.by("text")
    if not details.published and (day := day_of(lines)):
        details = replace(details, published=day).by("letterhead")
    if not details.published:
        day, inferred = _dateline_date(paragraphs, url)
        fields = (*known.inferred, "published") if inferred else known.inferred
        details = replace(details, published=day, inferred=fields)
        details = details.by("concluded" if inferred else "text")
    body = "\n".join(paragraphs)
    place = known.place or home(title, outlet, url, body)
    return replace(details, place=place).by("concluded"), body


def moment(text: str) -> tuple[date | None, str | None]:
    """Day and time ("HH:MM") of a field that holds a date: ISO 8601, as in mails, or as Vietnamese pages
    write it; (None, None) where it holds none. What is given in UTC is told in Vietnam's time."""
    text = text.strip()[:_FIELD]
    if _DATE_LINE.fullmatch(text):
        return date_line(text)
    found = _moment(text)
    if found is None or not 1900 <= found.year <= date.today().year:
        return None, None
    has_clock = bool(re.search(r"\d[:hgT]\s*\d", text))
    if has_clock and found.utcoffset() == timedelta(0):
        found = found.astimezone(_VIETNAM)
    return found.date(), f"{found:%H:%M}" if has_clock else None


def date_line(text: str) -> tuple[date | None, str | None]:
    """Day and time of a line that is nothing but a date, as Vietnamese pages write it; else (None, None)."""
    dated = _DATE_LINE.fullmatch(text[:_FIELD].strip())
    day = _day_of(dated) if dated else None
    return (day, _time_of(dated)) if dated and day else (None, None)


def _day_of(dated: "re.Match[str]") -> date | None:
    said = "_".join(dated["month"].lower().split())
    month = str(_MONTHS.index(said) + 1) if said in _MONTHS else said
    return _date(dated["year"], month, dated["day"])


def _time_of(dated: "re.Match[str]") -> str | None:
    return _clock(dated["first"] or dated["before"] or dated["behind"])


def _moment(text: str) -> datetime | None:
    if not 6 <= len(text) <= 60:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    from dateparser import parse as parse_date  # half a second to import

    try:
        found = parse_date(
            text,
            languages=["vi", "en"],
            settings={
                "DATE_ORDER": "DMY",
                "REQUIRE_PARTS": ["day", "month", "year"],
                "PARSERS": ["absolute-time"],
            },
        )
    except Exception:  # a library of many patterns, with failures of its own: then it is no date
        return None
    return found if isinstance(found, datetime) else None


def _clock(text: str | None) -> str | None:
    """ "HH:MM" of a written time ("8h05", "04:17 PM")."""
    found = _CLOCK.match(text or "")
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if (found[3] or "").upper() in ("PM", "CH") and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _is_title(line: str) -> bool:
    return (
        len(line) <= TEXT.title
        and len(words(line)) <= STORY.title
        and not line.endswith((".", ":", ";", ","))
        and not _DATELINE.match(line)
        and line[0] not in "-–•*."
    )


def _dateline_date(paragraphs: list[str], url: str | None) -> tuple[date | None, bool]:
    """A same-day report behind an outlet's mark ("(LĐ online) – Sáng 7/4") is dated by it. Where it
    has no year, that is inferred (True): from the month in the article's own URL, or from the one year
    with which the text itself names the same day ("ngày 7/4/2022"); never from elsewhere."""
    for line in paragraphs[:2]:
        mark = _DATELINE.match(line)
        said = _SAME_DAY.match(line, mark.end()) if mark else None
        if not said:
            continue
        if said["year"]:
            return _date(said["year"], said["month"], said["day"]), False
        month = _URL_MONTH.search(url or "")
        if month and int(month["month"]) == int(said["month"]):
            return _date(month["year"], said["month"], said["day"]), True
        same = {
            year
            for day, month_, year in _FULL_DATE.findall("\n".join(paragraphs))
            if (int(day), int(month_)) == (int(said["day"]), int(said["month"]))
        }
        if len(same) == 1:
            return _date(same.pop(), said["month"], said["day"]), True
    return None, False


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
    if host := _host(url):
        return host
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


def _host(url: str | None) -> str | None:
    found = _URL.match(url or "")
    return found["host"].lower() if found else None


def _author(paragraphs: list[str], head: list[str]) -> str | None:
    behind = dict(zip(paragraphs, paragraphs[1:]))
    for line in [*reversed(paragraphs[-4:]), *paragraphs[:2]]:
        byline = _BYLINE.fullmatch(line) if len(line) <= 120 else None
        # What heads a list or a fact box is no name of a writer.
        after = behind.get(line, "")
        if (
            byline
            and line not in head
            and not names_kind(line)
            and (not _ITEM.match(after) or is_source_line(after))
        ):
            return _tidy(byline["author"])
    return None


def _tidy(author: str) -> str:
    """A byline in capitals ("DUY DANH") is written as a name; initials stay."""
    name = author.strip()
    if "." in name or not name.isupper() or len(name.split()) < 2:
        return name
    return name.title()
