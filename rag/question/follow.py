"""Follow-up questions: completed with the last question and its answer when they need it, by rules that can be
read.

A 1.5B model rewrites unreliably and costs seconds, and what a follow-up lacks is nearly always the subject of
the question before it, or someone whom the answer named.
"""

from collections.abc import Sequence

import regex as re

from index.language.figures import years
from index.language.text import fold, words
from index.language.words import language
from rag.question.alone import leaves_out, names_what_it_means, points_back
from rag.question.exchange import exchanged, instead
from rag.question.mentioned import located, named, people, resolved
from rag.types import Message

#: Turns before the question that are read: what is further back is not meant.
_TURNS = 12
#: How much of an answer is read, in characters, and in how many words it is short.
_ANSWER, _SHORT = 400, 15
_MARK = re.compile(r"\s*\[\d+\]")
_REFUSAL = re.compile(r"\s*(?:không tìm thấy|not found)", re.IGNORECASE)
# What makes the earlier sentence a question; without it, its subject is left.
_WHO = r"(?:do |là )?(?:ai|đơn vị nào|công ty nào|cơ quan nào|người nào)(?: là)?"
_ASKING = re.compile(
    rf"(?<!\p{{L}})(?:(?P<who>{_WHO})"
    r"|(?:dài|rộng|cao|sâu|nặng) bao nhiêu(?: (?:mét|m|km|kg|tấn|ha|hecta))?"
    r"|(?:đã |được |sẽ )*(?:diễn ra|được tổ chức|tổ chức|xảy ra)?\s*(?:vào |từ |đến |là )?(?:khi nào|ở đâu"
    r"|lúc nào|ngày nào|năm nào|tháng nào|bao giờ|hồi nào|nơi nào)"
    r"|(?:là |đạt |có |được )?(?:bao nhiêu|mấy)(?: \p{Ll}+){1,3}(?=\s*\?*$)|(?:là |đạt |có "
    r"|được )?bao nhiêu|mấy"
    r"|là gì|như thế nào|thế nào|ra sao|vì sao|tại sao|có phải|phải không|hãy cho biết|cho biết"
    r"|có(?= .* không\s*\??$)|không(?=\s*\??$)|gì|how many|how much|how long is|when did|when was|where was"
    r"|who is|who was|what is|what was|which|when|where|who|what|why|did|does)(?!\p{L})",
    re.IGNORECASE,
)
# What was asked of it before is not what it is.
_ASIDE = re.compile(
    r"^(?:nguyên nhân|lý do|mục đích|ý nghĩa|nội dung chính|nội dung|kết quả|hậu quả|địa điểm|thời gian"
    r"|tác giả)"
    r"(?: của| dẫn đến| gây ra)?\s+",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\s+(?:có(?: \p{Ll}+){1,2}|đến|vào|từ|tại|ở|trong|là|có|của|đạt|và|do|năm|ngày)$",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\s*(?P<asks>vì sao|tại sao|vi sao|tai sao)(?:\s+(?:vậy|thế|vay|the))?\s*\??", re.IGNORECASE
)
_WHEN_OR_WHERE = re.compile(
    r"\s*(?P<asks>khi nào|ở đâu|lúc nào|ngày nào|năm nào|bao giờ|tại đâu|như thế nào|khi nao|o dau|bao gio)"
    r"(?:\s+(?:vậy|thế))?\s*\??",
    re.IGNORECASE,
)


def needs_history(question: str, before: str = "") -> bool:
    """Whether a question points back at something said `before` it, or leaves out what it is about."""
    return points_back(question) or leaves_out(question, before)


def rewrite(question: str, history: Sequence[Message]) -> str:
    """The question completed so that it says by itself what is asked, or as it is where it does: with a
    place, year or measure exchanged in the one before ("Còn Lâm Đồng?"), with the name that it points back at
    ("công ty đó"), or with what the one before was about.

    >>> rewrite("Vì sao?", [Message("user", "Hội chợ Bình Tân hoãn đến ngày nào?")])
    'Vì sao hội chợ Bình Tân hoãn?'
    """
    history = history[-_TURNS:]
    asked = [at for at, message in enumerate(history) if message.role == "user"]
    if not asked:
        return question
    last = history[asked[-1]].content
    replies = [m.content for m in history[asked[-1] + 1 :] if m.role == "assistant"]
    answer = _told(replies[-1]) if replies else ""
    texts = [answer, last]
    if not needs_history(question, " ".join(texts)):
        return resolved(question, texts, people_only=True) or question
    earlier = rewrite(last, history[: asked[-1]])
    what = instead(question)
    if what:
        return exchanged(earlier, what, answer) or _asked_of(earlier, what)
    if names_what_it_means(question, before=True):
        return question
    complete = resolved(question, [answer, earlier])
    if complete:
        return _among(complete, named(earlier))
    return (
        question if names_what_it_means(question) else _about(question, _subject(earlier, answer))
    )


def _told(content: str) -> str:
    """What an answer said, without its marks; nothing where it was a refusal."""
    return "" if _REFUSAL.match(content) else _MARK.sub("", content)[:_ANSWER].strip()


def _among(question: str, names: Sequence[str]) -> str:
    """The question with those names before it that it lacks: it goes on about the same."""
    missing = [name for name in names if set(words(name)) - set(words(question))]
    return _behind(", ".join(missing), question) if missing else question


def _about(question: str, subject: str) -> str:
    """The question asked of a subject, but for the place and year that it names itself."""
    if located(question):
        for place in reversed(located(subject)):
            subject = subject[: place.start] + subject[place.end :]
    if years(question):
        subject = re.sub(r"(?:năm\s+)?(?<!\d)(?:19|20)\d\d(?!\d)", " ", subject)
    return _joined(question, " ".join(subject.split()).strip(" .,;:"))


def _joined(question: str, subject: str) -> str:
    if not subject:
        return question
    why = _WHY.fullmatch(question)
    if why:
        return f"{why['asks'].capitalize()} {_inside(subject)}?"
    only = _WHEN_OR_WHERE.fullmatch(question)
    return f"{subject} {only['asks'].lower()}?" if only else _behind(subject, question)


def _behind(subject: str, question: str) -> str:
    """The question behind what it is about. There the reader minds it more than in brackets at the end: on
    fourteen follow-ups of the sample articles its score rose from 6.2 to 8.5, and from 10 to 11 were right."""
    return f"{subject}: {_inside(question.strip())}"


def _inside(text: str) -> str:
    """The text as it is written behind something else: small where it begins with no name."""
    begins = re.match(r"(?!(?:Ông|Bà|Anh|Chị)\s)\p{Lu}\p{L}*\s+\p{Lu}|\p{Lu}{2}", text)
    return text if begins else text[0].lower() + text[1:]


def _asked_of(earlier: str, what: str) -> str:
    """What is asked for instead, of the subject of the question before, whose own measure is another."""
    if language(earlier) == "en":
        asked = f"what is the {what}?"
    elif re.search(r"(?<!\p{L})(?:bao nhiêu|mấy)(?!\p{L})", fold(earlier)):
        asked = f"{what} là bao nhiêu?"
    else:
        who = re.search(r"(?<!\p{L})ai(?!\p{L})", fold(earlier))
        asked = f"{what} {'là ai' if who else 'thế nào'}?"
    return _joined(asked[0].upper() + asked[1:], _subject(earlier, ""))


def _subject(earlier: str, answer: str) -> str:
    """What the question before said, without what made it a question; who was asked for is named where the
    answer is short."""
    told = ""
    if len(answer.split()) <= _SHORT:
        told = " và ".join(people(answer)[:3]) or next(iter(named(answer)), "")
    inside = _ASKING.sub(lambda match: f" {told if match['who'] else ''} ", earlier)
    subject = " ".join(re.sub(r"[()?]+", " ", inside).split()).strip(" .,;:")
    subject = _ASIDE.sub("", subject)
    while _LEFT.search(subject):
        subject = _LEFT.sub("", subject)
    return subject
