"""A question, parsed once: everything behind it reads this value and not the words again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex as re

from index.language.figures import figures, years
from index.language.names import names
from index.language.places import places
from index.language.text import fold, has_marks, strip_marks
from index.language.words import OPENERS, Language, language
from rag.question.compare import Comparison, comparison
from rag.question.counting import Counting, counting, counting_on
from rag.question.english import named, numbers_apart
from rag.question.exchange import instead
from rag.question.follow import rewrite
from rag.question.kinds import is_talk, kind
from rag.question.shorthand import plainly, written_out
from rag.question.talk import Talk, chat, parted, without
from rag.types import Kind, Message

#: Kinds whose answer is a few words: what the reader's span is for.
SHORT: tuple[Kind, ...] = ("figure", "person", "time", "place", "thing")


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as asked; `query`, complete without the history, is searched with and read. What it names:
    places (each spelling of a province as one), years, numbered events ("lần 8", "khóa 12"), names and
    figures as written. `field`: the detail of an article itself that it asks for; `comparison`: what it
    compares; `counting`: which articles themselves it asks for; `talk`: what it says where it is no question
    (what only leads to or from one is left out of the query). `cited`: the articles of the answer that it goes
    on from; `this`: it asks of "this article"."""

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
    cited: tuple[str, ...] = ()
    this: bool = False
    counting: Counting | None = None
    talk: Talk | None = None


def parse(text: str, history: Sequence[Message] = ()) -> Question:
    """What a question asks; one that points back at the history is completed from it.

    >>> parse("Ứng dụng AI nào được dùng ở Sở Kế hoạch?").kind
    'thing'
    >>> parse("cong ty may nao o Hue co 300 cong nhan").kind
    'thing'
    """
    said, rest = parted(text)
    rest = rest or text
    # Who names somebody or some place asks of it ("hôm nay thời tiết ở Huế thế nào").
    if said is None and not places(rest) and not set(_names(rest)) - {"Hỏi Báo"}:
        said = chat(text) if is_talk(written_out(text)) and is_talk(written_out(rest)) else None
    asked = written_out(rest)
    before = without(history)
    query = asked if said else counting_on(asked, before) or rewrite(asked, before)
    counted = None if said else counting(query)
    # What is asked for is said by the question itself, unless it only names another thing ("Còn Huế thì sao?").
    asking = query if query != asked and instead(asked) else asked
    this = asks_of_this(asked)
    goes_on = this or query != asked
    cited = next((m.cited for m in reversed(history) if m.role == "assistant"), ())
    compared = None if kind(asking) == "reason" else comparison(query)
    asks = "talk" if said else "count" if counted else compared.kind if compared else kind(asking)
    spoken = language(asked)
    query = plainly(query) if spoken == "vi" else query
    names_, counted_in = _names(query), query
    if language(query) == "en":
        names_, counted_in = named(query), numbers_apart(query)
    return Question(
        text,
        query,
        spoken,
        asks,
        frozenset(places(query)),
        frozenset(years(query)),
        frozenset(events(query)),
        tuple(names_),
        tuple(figure.key for figure in figures(counted_in)),
        asked_field(asking),
        compared,
        cited if goes_on else (),
        this,
        counted,
        said,
    )


def plain(question: Question) -> Question:
    """The question as one that compares nothing."""
    if not question.comparison:
        return question
    return replace(question, kind=kind(question.query), comparison=None)


def _names(question: str) -> list[str]:
    """The names, without the word with which the question begins ("Theo Bộ Y tế")."""
    first = question.split()[:1]
    return [
        name.removeprefix(first[0]).strip()
        if fold(first[0]) in OPENERS and question.startswith(name)
        else name
        for name in names(question)
    ]


_NUMBERED = re.compile(
    r"(?<!\p{L})(lan thu|lan|khoa|quy|dot|vong|giai doan)\s+(\d{1,2}|[ivx]{1,5})(?![\p{L}\d])"
)
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


# Only where the question asks it of the article: "ai viết bài báo này", not "ai viết bài hát này", nor "theo
# bài báo, sách xuất bản khi nào".
_ARTICLE = (
    r"(?<!(?:theo|trong|nêu trong|according to|in|according to the|in the|according to this|in this)\s)"
    r"(?:bài báo|bài viết|bản tin|mẩu tin|tin bài|bài(?= (?:này|đó|ấy|trên|(?:nói |viết )?về)(?!\p{L}))"
    r"|article|news report)"
)
_THIS = re.compile(
    r"(?<!\p{L})(?:bài|bài báo|bài viết|bản tin|mẩu tin|tin) (?:này|đó|ấy|trên|nói trên)(?!\p{L})"
    r"|\b(?:this|that) (?:article|report|story)\b"
)
_THIS_BARE = re.compile(
    r"(?<!\p{L})(?:bai|bai bao|bai viet|ban tin|mau tin) (?:nay|do|ay|tren)(?!\p{L})"
)
_FIELDS = {
    "author": r"tác giả (?:nào )?(?:của |là ai của )?(?:cái )?ARTICLE"
    r"|(?:ai|(?:người|phóng viên|nhà báo) nào) (?:đã |là người )?viết (?:ra )?ARTICLE"
    r"|ARTICLE .{0,120}(?:do ai viết|của (?:tác giả|phóng viên) nào|tác giả là ai|ai viết)"
    r"|(?:who wrote|author of) (?:the|this|that) ARTICLE",
    "outlet": r"(?:báo|tờ báo|trang|tòa soạn) nào (?:đã )?đăng (?:tải )?ARTICLE|nguồn (?:của )?ARTICLE"
    r"|ARTICLE .{0,120}(?:(?:đăng|ở|trên|của) (?:ở |trên )?(?:tờ )?báo nào|đăng ở đâu)"
    r"|which (?:news)?paper published (?:the|this) ARTICLE",
    "published": r"ARTICLE .{0,120}(?:đăng|xuất bản|đưa) (?:vào |lúc )?"
    r"(?:ngày|hôm|khi|lúc|bao|năm) (?:nào|giờ|mấy)"
    r"|(?:khi nào|bao giờ|ngày nào) .{0,20}đăng ARTICLE|ngày đăng (?:của )?ARTICLE"
    r"|when was (?:the|this) ARTICLE .{0,80}published",
}


def _of_article(pattern: str, article: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\p{{L}})(?:{pattern.replace('ARTICLE', article)})(?!\p{{L}})")


_ASKED = {name: _of_article(pattern, _ARTICLE) for name, pattern in _FIELDS.items()}
_ASKED_BARE = {
    name: _of_article(strip_marks(pattern), strip_marks(_ARTICLE))
    for name, pattern in _FIELDS.items()
}


def asked_field(question: str) -> str | None:
    """ "author", "outlet" or "published" where the question asks for it of an article, else None."""
    asked = fold(question)
    fields = _ASKED if has_marks(question) else _ASKED_BARE
    return next((name for name, pattern in fields.items() if pattern.search(asked)), None)


def asks_of_this(question: str) -> bool:
    """Whether a question says "this article".

    >>> asks_of_this("bai bao nay noi gi"), asks_of_this("Bài hát này của ai?")
    (True, False)
    """
    asked = fold(question)
    return bool(_THIS.search(asked) or (not has_marks(asked) and _THIS_BARE.search(asked)))
