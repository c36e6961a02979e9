"""Which texts are correction notices, and what they say: which article they correct, and what in it. A report
about somebody's correction is none: a notice speaks for its own paper."""

from dataclasses import dataclass

import regex as re

from index.language.figures import Day, days, readable
from index.language.sentences import sentences
from index.language.text import fold, words
from index.language.words import FUNCTION_WORDS
from index.notice.values import Pair, pairs

_HEAD = (
    r"(?:(?:(?:thông tin|tin|lời|thư|mục|góc|xin|được)\s+|báo\s+(?:(?!phải|yêu cầu|bị|đề nghị|không|chưa|đã)"
    r"[^\s,.:;]+\s+){1,5}?)*(?:(?:xin|cáo) lỗi(?:\s+bạn đọc)?(?:\s+và|,)?\s+)?"
    r"(?:đính chính|cải chính|nói lại cho (?:rõ|đúng))"
    r"|(?:corrections?|corrigend(?:um|a)|errat(?:um|a)|clarifications?)(?!\p{L}))"
)
_TITLE = re.compile(rf"\W*{_HEAD}(?P<rest>.*)", re.IGNORECASE)
# "Đính chính: …" at the foot of an article, or on a line of its own.
_LINE = re.compile(rf"^\W*{_HEAD}[^\n:.]{{0,40}}?\W*(?:[:.–—]|$)", re.IGNORECASE | re.MULTILINE)
_VOICE = re.compile(
    r"xin (?:được )?(?:lỗi|cáo lỗi|đọc|sửa|đính|cải|điều chỉnh)|cáo lỗi|t(?:òa|oà) soạn|ban biên tập|chúng tôi"
    r"|bạn đọc|độc giả|mong .{0,20}(?:thông cảm|lượng thứ)|(?:we|editors?) (?:apologi[sz]e|regret|are sorry)"
    r"|(?:the|this|an earlier version of this|our) (?:article|story|report)|xin lỗi",
    re.IGNORECASE,
)
_OF = r"(?:bài(?: báo| viết)?|bản tin|mẩu tin|tin|phóng sự|tít|tựa|article|story|report)"
_NAMES = re.compile(
    rf"(?<!\p{{L}})(?:{_OF}|số báo|số ra|chú thích|ảnh|caption|headline)(?!\p{{L}})", re.I
)
_QUOTED = re.compile(r"[“\"«‘]([^“”\"«»\n]{8,250})[”\"»’]")
_CALLED = re.compile(
    rf"(?<!\p{{L}}){_OF}(?:(?!nội dung|đoạn|câu|ghi|viết|nêu|dòng)[^“\"«‘.;:\n¤]){{0,40}}:?\s*$",
    re.I,
)
# Without quotation marks: "trong bài Cháy kho gỗ … đăng ngày"
_BARE = re.compile(
    r"(?<!\p{L})(?i:bài(?: báo| viết)?|bản tin|tin)\s+(\p{Lu}(?:[^“”\"\n.;]|(?<=\d)\.(?=\d)){15,200}?)"
    r"(?=,? (?:đăng|ra ngày|ngày|trên báo|số ra|có sai|do |chúng tôi)|, | \(|$)"
)
_ISSUED = re.compile(
    r"(?:(?<!\p{L})(?:đăng|ra|phát hành|xuất bản|published|dated|số|trên báo|báo \p{Lu}[^,.;]{0,30}"
    r"|bài báo|bản tin|bài viết|bài|tin)|¤)[\s(,]*"
    r"(?:(?:on|of|vào|lúc|hồi|hôm|sáng|trưa|chiều|tối|đêm|ngày|ra|báo|[\d:h]+)[\s,]*)*$",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"(?<!\p{L})[Bb]áo\s+(\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*)*)")
#: Words of every notice; they tell nothing of the article that it corrects.
_USUAL = FUNCTION_WORDS | frozenset(
    """đính chính cải xin lỗi cáo đọc bạn sửa lại đúng bài báo tin bản đăng ngày số trang dòng tòa soạn chúng
    tôi nhầm sai ghi viết nêu in nay thay phải không chứ con thông sơ suất phóng viên thành thật chân trân
    trọng mong cảm quý độc giả liên quan correction article published the a of on is it not we apologise
    error was""".split()
)
#: A longer text is no notice, in words; an appended one is shorter; "cùng bạn đọc" ends a headline.
_LONG, _APPENDED, _SHORT = 700, 160, 4


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction, `body[start:end]` of the article that holds it. `title`: of the article that it names;
    `days`: when that came; `outlet`: whose it is; `words`: what it tells of; `appended`: it stands at an
    article that tells something else."""

    start: int
    end: int
    title: str | None
    days: tuple[Day, ...]
    outlet: str | None
    pairs: tuple[Pair, ...]
    words: frozenset[str]
    appended: bool


def notices(title: str | None, outlet: str | None, body: str) -> tuple[Notice, ...]:
    """The corrections that an article holds, one for each article that they correct; () where it is no notice
    and has none appended."""
    head = _TITLE.match(title or "")
    if head and fold(head.group()).startswith("báo ") and not _QUOTED.search(head["rest"]):
        # "Báo Mai cải chính tin bộ trưởng có biệt thự" is another paper's news.
        head = head if len(words(head["rest"])) <= _SHORT else None
    if head and len(words(body)) <= _LONG:
        return _read(body, 0, len(body), outlet, _headline(head["rest"]), False)
    found: list[Notice] = []
    for line in _LINE.finditer(body):
        end = body.find("\n", line.end())
        end = len(body) if end < 0 else end
        alone = len(words(body[line.start() : end])) <= 6
        if alone:  # a heading: what it says stands below
            end = body.find("\n", end + 1) if end < len(body) else end
            end = len(body) if end < 0 or line.start() == 0 else end
        if len(words(body[line.start() : end])) <= _APPENDED or line.start() == 0:
            found += _read(body, line.start(), end, outlet, None, line.start() > 0)
    return tuple(found)


def _headline(rest: str) -> str | None:
    """The title that a headline names: "Đính chính bài “…”", "Đính chính: …"."""
    if quoted := _QUOTED.search(rest):
        return quoted[1]
    text = rest.lstrip(" :–—-")
    return text if rest.lstrip().startswith((":", "-", "–")) and len(text.split()) >= 4 else None


def _read(
    body: str, start: int, end: int, outlet: str | None, title: str | None, appended: bool
) -> tuple[Notice, ...]:
    text = body[start:end]
    if not _VOICE.search(text) or not _NAMES.search(text):
        return ()
    parts = _parts(body, start, end)
    found = []
    for a, b in parts:
        named, hidden = _titles(body, a, b)
        issued = _days(hidden, a, b)
        for day in issued:
            hidden = hidden[: day.start] + "¤" * (day.end - day.start) + hidden[day.end :]
        told = tuple(pairs(body, a, b, hidden))
        paper = _OUTLET.search(hidden, a, b)
        if told or named:
            content = frozenset(words(re.sub("¤+", " ", hidden[a:b])))
            one = Notice(
                *(a, b, named or title, issued, paper[1] if paper else outlet, told),
                *(content - _USUAL - _right(told), appended),
            )
            found.append(one)
    return tuple(found)


def _right(told: tuple[Pair, ...]) -> set[str]:
    return {word for one in told if one.right for word in words(one.right.text)}


def _parts(body: str, start: int, end: int) -> list[tuple[int, int]]:
    """A part for each article that is named; what stands before the first one goes with it."""
    cuts = []
    for a, b in sentences(body[start:end]):
        if _titles(body, start + a, start + b)[0]:
            cuts.append(start + a)
    # "Bài “A” … Bài “A” …" is one.
    kept: list[int] = []
    before: str | None = None
    for at, behind in zip(cuts, [*cuts[1:], end], strict=False):
        named = fold(_titles(body, at, behind)[0] or "")
        if named != before:
            kept.append(at)
        before = named
    if len(kept) < 2:
        return [(start, end)]
    firsts = [start, *kept[1:]]
    return list(zip(firsts, [*kept[1:], end], strict=True))


def _titles(body: str, start: int, end: int) -> tuple[str | None, str]:
    """The first title that is named in `body[start:end]`, and the body with all of them blanked out."""
    first: str | None = None
    hidden = body
    for found in _QUOTED.finditer(body, start, end):
        if _CALLED.search(body[max(start, found.start() - 60) : found.start()]) and (
            len(words(found[1])) >= 3
        ):
            first = first or found[1]
            hidden = _blank(hidden, *found.span())
    for found in _BARE.finditer(hidden, start, end):
        if len(words(found[1])) >= 4:
            first = first or found[1]
            hidden = _blank(hidden, *found.span(1))
    return first, hidden


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "¤" * (end - start) + text[end:]


def _days(hidden: str, start: int, end: int) -> tuple[Day, ...]:
    """The days on which the named article came, with spans of the body."""
    text = hidden[start:end]
    if len(readable(text)) != len(text):
        return ()
    found = []
    for day in days(text):
        if _ISSUED.search(text[max(0, day.start - 60) : day.start]):
            found.append(
                Day(day.written, day.day, day.month, day.year, start + day.start, start + day.end)
            )
    return tuple(found)
