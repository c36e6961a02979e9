"""A question, parsed once: everything behind it reads this value and not the words again."""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.places import places
from index.text import fold, has_marks, nfc, strip_marks
from rag.compare import Comparison, comparison
from rag.figures import figures, years
from rag.follow import rewrite
from rag.language import Language, language
from rag.names import names
from rag.types import Kind, Message

#: Kinds whose answer is a few words: what the reader's span is for.
SHORT: tuple[Kind, ...] = ("figure", "person", "time", "place", "thing")

# The first that is found counts. A list and "who" can look alike: what is told apart first comes first.
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("compare", r"so sánh|đối chiếu|compare"),
    ("summary", r"tóm tắt|tóm lược|nội dung chính|summari[sz]e|summary"),
    (
        "reason",
        r"(?:vì|tại) sao|vì lý do gì|do đâu|vì đâu|(?:nguyên nhân|lý do) (?:gì|nào|là gì)|why",
    ),
    (
        "said",
        r"(?:nói|phát biểu|khẳng định|cho biết|nhấn mạnh|đánh giá|nhận xét|chia sẻ)"
        r" (?:gì|như thế nào|thế nào|ra sao|những gì)|what did .{1,60} say",
    ),
    (
        "list",
        r"(?:những|gồm) (?:ai|gì|(?:\p{L}+ ){1,4}(?:nào|gì))|các (?:\p{L}+ ){1,4}nào|gồm những|kể tên"
        r"|liệt kê|nêu (?:các|tên)|list (?:the|all)|(?:which|what) (?:two|three|four|five)",
    ),
    (
        "time",
        r"khi nào|bao giờ|hồi nào|chừng nào|mấy giờ|năm bao nhiêu|when"
        r"|(?:năm|ngày|tháng|lúc|thời gian|thời điểm|giờ|hôm|thứ|mùa|buổi) nào"
        r"|(?:what|which) (?:year|day|date|time|month)",
    ),
    (
        "figure",
        r"bao nhiêu|mấy|bao (?:lâu|xa|cao|dài|rộng|nặng)|số lượng|tỷ lệ|tỉ lệ|phần trăm|percentage"
        r"|how (?:many|much|long|far|high|tall|wide|old|large|big)",
    ),
    (
        "place",
        r"ở đâu|đến đâu|tại đâu|đi đâu|(?:nơi|chỗ) nào|where"
        r"|(?:tỉnh|thành phố|huyện|quận|xã|phường|nước|quốc gia|làng|thôn) nào"
        r"|(?:which|what) (?:province|city|country|district|place|town|village)",
    ),
    ("manner", r"thế nào|ra sao|bằng cách (?:nào|gì)|how"),
    (
        "yes_no",
        r"có phải|phải không|đúng không|có .{1,80} không\s*\??$"
        r"|(?<=^)(?:is|are|was|were|did|does|do|has|have|can)",
    ),
    (
        "person",
        r"ai|(?:người|ông|bà|anh|chị|đồng chí|cầu thủ|nghệ sĩ|tác giả) nào|who|whom|whose",
    ),
)
# Without marks "may" is also to sew and a machine ("công ty may"): it counts only before what is counted.
_HOW_MANY = (
    r"|may(?= (?:nguoi|con|cai|tinh|xa|huyen|nam|lan|ngay|thang|em|chiec|truong|ho|dua)(?!\p{L}))|"
)


def _asking(pattern: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})")


_MARKED = [(kind, _asking(pattern)) for kind, pattern in _KINDS]
_BARE = [(kind, _asking(strip_marks(p).replace("|may|", _HOW_MANY))) for kind, p in _KINDS]


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as asked; `query`, complete without the history, is searched with and read. What it names:
    places (each spelling of a province as one), years, numbered events ("lần 8", "khóa 12"), names and
    figures as written. `field`: the detail of an article itself that it asks for; `comparison`: what it
    compares."""

    text: str
    query: str
    language: Language
    kind: Kind
    places: frozenset[str]
    years: frozenset[int]
    events: frozenset[str]
    names: tuple[str, ...]
    figures: tuple[str, ...]
    field: str | None = None
    comparison: Comparison | None = None


def parse(text: str, history: Sequence[Message] = ()) -> Question:
    """What a question asks; one that points back at the history is completed from it.

    >>> parse("Ứng dụng AI nào được dùng ở Sở Kế hoạch?").kind
    'thing'
    >>> parse("cong ty may nao o Hue co 300 cong nhan").kind
    'thing'
    """
    query = rewrite(text, history)
    return Question(
        text,
        query,
        language(text),
        kind(query),
        frozenset(places(query)),
        frozenset(years(query)),
        frozenset(events(query)),
        tuple(names(query)),
        tuple(figure.key for figure in figures(query)),
        asked_field(query),
        comparison(query),
    )


def kind(question: str) -> Kind:
    """What a question asks for; "thing" where nothing says otherwise. "AI" in capitals is no "who"."""
    text = nfc(question)
    asked = fold(text if text.isupper() else _AI.sub("_", text))
    forms = _MARKED if has_marks(question) else _BARE
    return next((found for found, pattern in forms if pattern.search(asked)), "thing")


_AI = re.compile(r"(?<!\p{L})AI(?!\p{L})")
_NUMBERED = re.compile(r"(?<!\p{L})(lan thu|lan|khoa|quy)\s+(\d{1,2}|[ivx]{1,5})(?![\p{L}\d])")
_ROMAN = {
    numeral: str(value)
    for value, numeral in enumerate(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1
    )
}


def events(text: str) -> set[str]:
    """Numbers that tell one event from the next, Roman or not: "lần thứ VIII" is "lần 8"."""
    found = set()
    for label, number in _NUMBERED.findall(strip_marks(fold(text))):
        value = _ROMAN.get(number.upper(), number)
        found.add(f"{label.split()[0]} {value.lstrip('0')}")
    return found


# Only where the question speaks of the article: "ai viết bài báo này", not "ai viết bài hát này".
_ARTICLE = r"(?:bài báo|bài viết|bản tin|mẩu tin|tin bài|article|news report)"
_FIELDS = {
    "author": r"tác giả|ai (?:đã )?viết|(?:người|phóng viên|nhà báo) nào (?:đã )?viết|who wrote|author",
    "outlet": r"(?:báo|tờ báo|trang|toà soạn|tòa soạn) nào|đăng ở đâu|nguồn|which (?:news)?paper|which outlet",
    "published": r"(?:đăng|xuất bản|đưa tin|phát hành) .{0,30}(?:ngày|khi|lúc|hôm|bao giờ)"
    r"|(?:ngày|khi nào|bao giờ) .{0,30}đăng|ngày đăng|when was .{0,80}published",
}


def asked_field(question: str) -> str | None:
    """ "author", "outlet" or "published" where the question asks for it of an article, else None."""
    asked = fold(question)
    patterns = [(_ARTICLE, _FIELDS)]
    if not has_marks(question):
        patterns.append(
            (strip_marks(_ARTICLE), {name: strip_marks(p) for name, p in _FIELDS.items()})
        )
    for article, fields in patterns:
        if not re.search(rf"(?<!\p{{L}}){article}(?!\p{{L}})", asked):
            continue
        for name, pattern in fields.items():
            if re.search(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", asked):
                return name
    return None
