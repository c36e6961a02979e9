"""Follow-up questions: rewritten with the history when they need it, by rules that can be read.

A 1.5B model rewrites unreliably and costs seconds, and what a follow-up lacks is nearly always the
subject of the question before it.
"""

from collections.abc import Sequence

import regex as re

from index.language.figures import years
from index.language.names import names
from index.language.places import places
from index.language.text import has_marks, strip_marks
from rag.types import Message

# Words that point back: "tại đó", "hội nghị này", "ông ấy", "họ", "còn … thì sao"; English too.
_BACK = re.compile(
    r"(?<!\p{L})(?:\p{L}+ (?:đó|này|ấy|kia|nói trên)|(?:hội nghị|đại hội|sự kiện|bài|bài báo|bài viết) trên"
    r"|họ|nó|ông ta|bà ta|thì sao|thế còn)(?!\p{L})|^\s*(?:còn|thế|vậy|và)(?!\p{L})"
)
_BACK_BARE = re.compile(
    r"(?<!\p{L})(?:(?:tai|o|khi|luc|trong|viec|noi|nguoi|ong|ba|dong chi|hoi nghi|dai hoi|su kien|bai"
    r"|bai viet|don vi|tinh|co quan) (?:do|nay|ay|tren)|thi sao|the con)(?!\p{L})|^\s*con(?!\p{L})"
)
_BACK_ENGLISH = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|there|then|that|those|this|these)\b"
    r"|^\s*(?:and|what about|how about)\b"
)
# What makes the earlier sentence a question; without it, its subject is left.
_ASKING = re.compile(
    r"(?<!\p{L})(?:diễn ra|được tổ chức|tổ chức|xảy ra)?\s*(?:khi nào|ở đâu|lúc nào|ngày nào|năm nào"
    r"|là bao nhiêu|bao nhiêu|là ai|ai là|là gì|như thế nào|thế nào|ra sao|vì sao|tại sao|có phải"
    r"|phải không|hãy cho biết|cho biết|how many|how much|when did|when was|where was|who is|who was"
    r"|what is|what was|which|when|where|who|what|why)(?!\p{L})",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?:(?:thế|vậy)\s+)?(?:còn|con|what about|how about|and)\s+(?:ở |tại |in )?(?P<what>[^?]+?)"
    r"(?:\s+(?:thì sao|thi sao))?\s*\??",
    re.IGNORECASE,
)
_SHORT_ANSWER_WORDS = 15


def needs_history(question: str) -> bool:
    """Whether the question points back at something said before it."""
    lowered = question.lower()
    if has_marks(question):
        return bool(_BACK.search(lowered))
    return bool(_BACK_BARE.search(strip_marks(lowered)) or _BACK_ENGLISH.search(lowered))


def rewrite(question: str, history: Sequence[Message]) -> str:
    """The question with what it points back at in brackets behind it, or as it is where it stands
    on its own. A place or year that the question names takes the place of the earlier one."""
    if not history or not needs_history(question):
        return question
    asked = [m.content for m in history if m.role == "user"]
    if not asked:
        return question
    earlier = rewrite(asked[-1], _before_last_question(history))
    instead = _INSTEAD.fullmatch(question.strip())
    if instead:
        return _replaced(earlier, instead["what"].strip())
    subject = _ASKING.sub(" ", earlier)
    if places(question):
        for place in places(earlier):
            subject = re.sub(re.escape(place), " ", subject, flags=re.IGNORECASE)
    if years(question):
        subject = re.sub(r"(?:năm\s+)?(?<!\d)(?:19|20)\d\d(?!\d)", " ", subject)
    subject = re.sub(r"[\s()?]+", " ", subject).strip(" .,;:")
    answered = _short_answer(history)
    inside = "; ".join(filter(None, (subject, answered)))
    return f"{question.strip()} ({inside})" if inside else question


def _replaced(earlier: str, what: str) -> str:
    """The earlier question asked of something else: "Còn Lâm Đồng thì sao?"."""
    if places(what):
        for place in places(earlier):
            earlier = re.sub(re.escape(place), what, earlier, flags=re.IGNORECASE)
    elif years(what):
        earlier = re.sub(r"(?:năm\s+)?(?<!\d)(?:19|20)\d\d(?!\d)", what, earlier)
    return earlier if what in earlier else f"{earlier.rstrip(' ?')} ({what})?"


def _before_last_question(history: Sequence[Message]) -> Sequence[Message]:
    last = max(i for i, message in enumerate(history) if message.role == "user")
    return history[:last]


def _short_answer(history: Sequence[Message]) -> str:
    """The names in a short last answer: "ông ấy" is most often one of them."""
    last = history[-1]
    if last.role != "assistant" or len(last.content.split()) > _SHORT_ANSWER_WORDS:
        return ""
    return ", ".join(names(re.sub(r"\[\d+\]", "", last.content))[:2])
