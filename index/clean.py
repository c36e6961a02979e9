"""From a copied page to its story: furniture out, what stands twice once, lines mended.

The byline and a "Nguồn: …" line stay in the body: they are words of the article, and a citation
can point at them. The title and a line that is only a date become details, not body.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.config import TEXT
from index.language.text import fold, nfc, one_line, visible, words
from index.types import Details

# Every space that is not a line's end.
_SPACE = re.compile(r"[^\S\n]")

# Whole lines that pages put around a story, folded. Seen on Vietnamese provincial news sites.
_FURNITURE = frozenset(
    fold(line)
    for line in """
    EmailPrintAa|Email|Print|In|In bài|In trang|Aa|A+|A-|A A|A- A+|Gửi email|Chia sẻ|Chia sẻ:|Share|
    Gửi bài viết qua email|In ra|Lưu bài viết này|Bản in|Bản in Gửi email|In bài viết|Cỡ chữ A- A+|
    Facebook|Twitter|Zalo|LinkedIn|Pinterest|Copy link|Sao chép liên kết|Lưu bài|Báo lỗi|Thích|Like|
    Video|Đọc báo in|Đọc tiếp|Về đầu trang|Trang chủ|Quay lại|Quảng cáo|Nghe audio|Nghe đọc bài|
    Theo dõi chúng tôi trên Google News|Mời quý độc giả theo dõi|Từ khóa|Tags|Tag|
    Bình chọn|Gửi bình luận|Viết bình luận|Gửi ý kiến|Đăng nhập|Trả lời|Đóng|Thu gọn|Menu
    """.replace("\n", "").split("|")
    for line in [line.strip()]
)
# Headings of what follows a story: links and readers' comments. They end the body.
_AFTER_STORY = re.compile(
    r"(?:(?:những|các) )?(?:tin|bài|bài viết|tin bài)(?: tức)? (?:(?:mới|cũ)(?: hơn| nhất)?|liên quan|khác"
    r"|đã đưa|cùng chuyên mục|cùng loại|nổi bật|đọc nhiều|xem nhiều)|(?:xem|đọc) thêm|có thể bạn quan tâm"
    r"|(?:đọc|xem) nhiều(?: nhất)?|cùng chuyên mục|theo dòng sự kiện|ý kiến(?: bạn đọc| của bạn)?|bình luận"
)
#: Such a heading is no longer than this, in characters; behind it may stand how many there are.
_HEADING = 40
_COUNT = re.compile(r"[\s:.…(\[\d)\]]+$")
_FURNITURE_START = re.compile(
    r"(?:you are currently viewing |(?:số )?lượt (?:xem|đọc|truy cập)\s*:\s*[\d.,]+$|"
    r"từ khóa\s*:|tags?\s*:|>>+ |xem thêm\s*:|đọc thêm\s*:|"
    r"mời bạn đọc |theo dõi .{0,40} trên google news)"
)
_SEPARATORS = re.compile(r"[\[\]|•·»›]")
_VIEWING = re.compile(r"You are currently viewing (?P<title>.+)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:;”\"')\]]$")


def clean_lines(text: str) -> list[str]:
    """The lines of a copied page without invisible characters and without furniture, composed
    (NFC), in order, no blank ones. A heading such as "Ý kiến bạn đọc" in the second half of the
    page ends it, except for a source line or byline behind it."""
    lines = [piece for line in _unwrap(_visible(text)) for piece in _pieces(line)]
    kept: list[str] = []
    half = sum(map(len, lines)) / 2
    seen = 0
    after_story = False
    for line in lines:
        seen += len(line)
        if is_heading_of_more(line):
            after_story = after_story or seen > half
            continue
        if is_furniture(line) or (after_story and not is_source_line(line)):
            continue
        kept.append(line)
    return kept


def cut_line(text: str, limit: int) -> str:
    """`text` on one line, composed (NFC), without the characters that cannot be seen; what is longer than
    `limit` is cut at a word's end.

    >>> cut_line("Cầu\\x1b[31m An \\ud800\\n Hòa", 20), cut_line("Cầu An Hòa", 8)
    ('Cầu[31m An Hòa', 'Cầu An…')
    """
    line = one_line(nfc(text[: 20 * limit]))
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "…"


def clean_details(details: Details) -> Details:
    """The details as one line each, none longer than its limit; an address that is longer is none."""
    url = cut_line(details.url or "", 10 * TEXT.detail)
    return replace(
        details,
        title=cut_line(details.title or "", TEXT.title) or None,
        outlet=cut_line(details.outlet or "", TEXT.detail) or None,
        author=cut_line(details.author or "", TEXT.detail) or None,
        url=None if url.endswith("…") else url or None,
    )


def without_repeats(lines: list[str]) -> list[str]:
    """The lines, each once: a caption stands twice on a copied page, and so does a first paragraph."""
    kept: list[str] = []
    met: set[str] = set()
    for line in lines:
        key = " ".join(words(line))
        if key not in met or not key:
            kept.append(line)
        met.add(key)
    return kept


def viewed_title(text: str) -> str | None:
    """The title that some sites announce with "You are currently viewing …"."""
    found = _VIEWING.search(text)
    return nfc(found["title"]).strip() if found else None


def is_source_line(line: str) -> bool:
    """Whether the line names where the text was taken from."""
    return bool(re.match(r"(?:nguồn|theo)\s*:?\s+\S", fold(line))) and len(line) < 300


def is_heading_of_more(line: str) -> bool:
    """Whether a line announces links to other articles, or readers' comments.

    >>> is_heading_of_more("Những tin cũ hơn"), is_heading_of_more("Ý kiến (12)"), is_heading_of_more("Tin vui")
    (True, True, False)
    """
    return len(line) <= _HEADING and bool(
        _AFTER_STORY.fullmatch(_COUNT.sub("", fold(line).strip()))
    )


def is_furniture(line: str) -> bool:
    """Whether a line is a button or mark that pages put around a story."""
    key = fold(line)
    parts = [part.strip() for part in _SEPARATORS.split(key) if part.strip()]
    return (
        all(part in _FURNITURE for part in parts)
        or bool(_FURNITURE_START.match(key))
        or not words(line)
    )


def _visible(text: str) -> list[str]:
    """Lines with one kind of space and no bullet, control, zero-width or direction characters;
    blank lines are kept, for `_unwrap`."""
    lines = (re.sub(r" {2,}", " ", line).strip() for line in _seen(nfc(text)).split("\n"))
    return [re.sub(r"^[.•·*]\s+", "", line) for line in lines]


def _seen(text: str) -> str:
    """What is seen of `text`: every space one kind, line ends kept."""
    return _SPACE.sub(" ", visible(text))


def _unwrap(lines: list[str]) -> list[str]:
    """Joins lines that a hard wrap broke: no sentence end before, a small letter behind."""
    joined: list[list[str]] = []
    open_line = False
    for line in lines:
        if open_line and line and line[0].islower():
            joined[-1].append(line)
        elif line:
            joined.append([line])
        open_line = bool(line) and not _SENTENCE_END.search(line, len(line) - 1)
    return [" ".join(parts) for parts in joined]


def _pieces(line: str) -> Iterator[str]:
    """The line, a very long one in pieces: cut at a sentence's end, else between words, else anywhere."""
    begin = 0
    while len(line) - begin > TEXT.line:
        low, high = begin + TEXT.line // 2, begin + TEXT.line
        stop = line.rfind(". ", low, high)
        cut = stop + 1 if stop >= 0 else line.rfind(" ", low, high)
        cut = cut if cut >= 0 else high
        yield line[begin:cut].strip()
        begin = cut
    yield line[begin:].strip()
