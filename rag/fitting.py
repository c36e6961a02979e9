"""The words that can be what a question's own words ask for, near those that the reader marked: an hour is no
day, a number plate no rank, and of an office all of its name counts, and whose it is."""

from collections.abc import Sequence

import regex as re

from index.language.figures import days, readable
from index.language.sentences import sentences
from index.language.text import fold
from rag.check.offices import held
from rag.question import Question
from rag.types import Kind

_ASKS_DAY = re.compile(
    r"(?<!\p{L})(?:(?:ngày|hôm|bữa) (?:nào|mấy)|thứ mấy|(?:what|which) (?:day|date))(?!\p{L})"
)
_ASKS_HOUR = re.compile(r"(?<!\p{L})(?:mấy giờ|giờ nào|(?:what|which) (?:time|hour))(?!\p{L})")
_HOUR = re.compile(
    r"\W*(?:(?:khoảng|lúc|hơn|gần|vào|đến|từ) )*\d{1,2} ?(?:h|g|giờ|:) ?\d{0,2}(?: ?phút)?"
    r"(?: (?:rạng sáng|sáng|trưa|chiều|tối|đêm))?\W*"
)
_DAY = re.compile(r"(?!.*\d ?(?:h|g|giờ|:)).*\d{1,2} ?[/.-] ?\d{1,2}.*")
_ASKS_AGE = re.compile(r"(?<!\p{L})(?:(?:bao nhiêu|mấy) tuổi|how old (?:is|was) (?:he|she|\p{Lu}))")
_AGE = re.compile(r"(?<!\p{L})(?:tuổi|sn|sinh|born|aged?)(?!\p{L})")
_ASKS_RANK = re.compile(
    r"(?<!\p{L})(?:quân hàm|cấp hàm|cấp bậc|hàm) (?:gì|nào)|(?:what|which|s) rank(?!\p{L})"
)
_RANK = r"(?:đại|thượng|trung|thiếu|chuẩn) (?:tướng|tá|úy|uý)|(?:thượng|trung|hạ) (?:sĩ|sỹ)|binh (?:nhất|nhì)"
_ASKS_OFFICE = re.compile(
    r"(?<!\p{L})(?:(?:chức vụ|chức danh|chức|cương vị) (?:gì|nào|chi)|(?:what|which) (?:post|position|office)"
    r"|what (?:is|was) .{1,60} (?:post|position|office|job))(?!\p{L})"
)
_LOWERED = r"(?:(?:nguyên|cựu|quyền|phó|tổng) )*"
_OFFICE = (
    rf"{_LOWERED}(?:chủ tịch|bí thư|giám đốc|chủ nhiệm|thủ tướng|tổng thống|đại sứ|thống đốc|tư lệnh|thư ký"
    r"|biên tập|chính (?:uỷ|ủy)|chính trị viên|(?:uỷ|ủy) viên|người phát ngôn|chánh \p{L}+(?: phòng| tra)?"
    r"|trợ lý|\p{L}+ (?:trưởng|phó)|(?:trưởng|phó)(?: \p{Ll}+){1,2})"
)
_OFFICES = re.compile(
    rf"(?<!\p{{L}})(?:{_OFFICE}|\p{{L}}+ (?:viên|sĩ|sỹ)|trụ trì|lãnh đạo|chỉ huy|quản đốc)"
)
_RANKS = re.compile(rf"(?<!\p{{L}})(?:{_RANK})(?!\p{{L}})")
_LOWER = re.compile(r"(?<!\p{L})(?:(?:nguyên|cựu|quyền|phó|tổng)\s+)+$", re.IGNORECASE)
# "tỉnh ủy viên, phó chủ tịch UBND tỉnh": who holds two is told with both.
_MORE = re.compile(
    rf",\s+(?i:{_OFFICE})(?!\p{{L}})(?:\s+(?:\p{{Lu}}[\p{{L}}.]*|tỉnh|huyện|xã|phường|quận|thành phố))*"
)
_POSTS = {_OFFICES: _OFFICE, _RANKS: _RANK}
#: How many sentences back the day of an hour may be told.
_BACK = 3


def fitting(
    question: Question, body: str, sentence: tuple[int, int], span: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The sentence and the words in it that can answer, for those that the reader marked; None where none can.

    >>> from rag.question import parse
    >>> body = "Ông An - Chủ nhiệm Ủy ban Pháp luật - nói."
    >>> _, (start, end) = fitting(parse("Ông An giữ chức vụ gì?"), body, (0, 43), (19, 35))
    >>> body[start:end]
    'Chủ nhiệm Ủy ban Pháp luật'
    """
    kind, asked, told = question.kind, fold(question.query), body[slice(*span)]
    if kind == "time" and _ASKS_DAY.search(asked) and not _ASKS_HOUR.search(asked):
        return _on_day(body, sentence) if _HOUR.fullmatch(fold(told)) else (sentence, span)
    if kind == "time" and _ASKS_HOUR.search(asked) and not _ASKS_DAY.search(asked):
        return None if _DAY.fullmatch(fold(told)) else (sentence, span)
    if kind == "figure" and _ASKS_AGE.search(asked):
        return (sentence, span) if _AGE.search(fold(body[slice(*sentence)])) else None
    post = _post_asked(kind, asked)
    return _with_post(post, question.names, body, sentence, span) if post else (sentence, span)


def _on_day(body: str, sentence: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The last day that is told in a sentence or before it, with its sentence: an hour without one is of it."""
    near = [one for one in sentences(body[: sentence[1]]) if one[0] <= sentence[0]]
    for start, end in reversed(near[-_BACK:]):
        text = body[start:end]
        found = days(text)
        if found and len(readable(text)) == len(text):
            last = max(found, key=lambda day: day.start)
            return (start, end), (start + last.start, start + last.end)
    return None


def _post_asked(kind: Kind, asked: str) -> "re.Pattern[str] | None":
    """What the words must have, where an office or a rank is asked for."""
    if kind != "thing":
        return None
    if _ASKS_RANK.search(asked):
        return _RANKS
    return _OFFICES if _ASKS_OFFICE.search(asked) else None


def _with_post(
    post: "re.Pattern[str]",
    names: Sequence[str],
    body: str,
    sentence: tuple[int, int],
    span: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The words with the office or rank right before them, else the one before the person's name."""
    first, (start, end) = sentence[0], span
    words, one = body[slice(*sentence)], _POSTS[post]
    before = re.search(rf"(?<!\p{{L}})(?i:{one})\s+$", words, endpos=start - first)
    if post.match(fold(body[start:end])):
        before = _LOWER.search(words, endpos=start - first)
    start = first + before.start() if before else start
    if not post.search(fold(body[start:end])):
        people = "|".join(map(re.escape, names))
        titled = people and re.search(
            rf"(?<!\p{{L}})(?P<post>(?i:{one}))\s+(?i:(?:ông|bà) )?(?:{people})", words
        )
        if not titled:
            return None
        start, end = (first + at for at in titled.span("post"))
    while more := _MORE.match(body, end, sentence[1]):
        end = more.end()
    return (sentence, (start, end)) if held(names, words, body[start:end]) else None
