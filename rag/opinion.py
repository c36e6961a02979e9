"""The writer's own reading: what it is shown of what the reader chose, and what it would answer from that."""

from collections.abc import Callable, Generator, Sequence
from threading import Event

import regex as re

from index.language.sentences import sentences
from rag import prompts
from rag.config import WRITING
from rag.llm.copying import Copy
from rag.llm.failures import Away
from rag.llm.local import LanguageModel, TooLong
from rag.question import Question
from rag.types import Candidate, Message, Opinion, Shown

# What words must not lose at their edges: it changes what they say.
_BEFORE_FIGURE = re.compile(
    r"(?<!\p{L})(?:hơn|trên|gần|dưới|khoảng|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa|nhiều nhất|chưa đến|chưa tới"
    r"|không quá)\s+$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?<!\p{L})(?:không|chưa|chẳng)\s+$", re.IGNORECASE)
_LOWERED = re.compile(r"(?<!\p{L})(?:(?:nguyên|cựu|quyền|phó|tổng)\s+)+$", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:chủ tịch|bí thư|giám đốc|chủ nhiệm|thủ tướng|tổng giám|biên tập|\p{L}+ trưởng|trưởng)(?!\p{L})",
    re.IGNORECASE,
)
_SCALE_BEHIND = re.compile(
    r"\s*(?:%|(?:phần trăm|nghìn|ngàn|triệu|tỷ|tỉ)(?!\p{L})(?! (?:lệ|số|trọng|giá|suất)))",
    re.IGNORECASE,
)


def shown(candidate: Candidate) -> Shown:
    """The candidate's sentence with the one before it in the same paragraph, which says who "he" is; of a
    long sentence its beginning and what stands around the candidate, with … where words are left out."""
    body = candidate.article.body
    start, end = candidate.sentence
    before = body[body.rfind("\n", 0, start) + 1 : start]
    spans = sentences(before)
    lead = before[slice(*spans[-1])].split() if spans else []
    words = body[start:end].split()
    if len(words) > WRITING.whole:
        at = len(body[start : candidate.start].split())
        first = max(WRITING.lead, at - WRITING.around)
        last = at + len(candidate.text.split()) + WRITING.around
        words = [
            *words[: WRITING.lead],
            *(["…"] if first > WRITING.lead else []),
            *words[first:last],
            *(["…"] if last < len(words) else []),
        ]
    if len(lead) + len(words) <= WRITING.words:
        words = [*lead, *words]
    title = " ".join(candidate.article.title.split())
    return Shown(cut(title, WRITING.title), cut(" ".join(words), WRITING.text))


def cut(text: str, limit: int) -> str:
    """A text of at most `limit` characters, with … where it was longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def sources(candidates: Sequence[Candidate]) -> list[Shown]:
    """What the writer is shown: the sentences of the likeliest candidates, none twice."""
    found = dict.fromkeys(shown(candidate) for candidate in candidates)
    return list(found)[: WRITING.sentences]


def opinion_of(
    model: LanguageModel,
    question: Question,
    shown_: Sequence[Shown],
    stop: Event,
    enough: Callable[[Copy], bool] = lambda copy: True,
) -> Generator[str, None, Opinion]:
    """What the writer copies from the sources as its answer, a refusal where it has no room for them; yields it
    as it grows. Where it is on a server that cannot be asked, that is told in it.

    Raises:
        ModelError: the model cannot be loaded.
    """
    messages: list[Message] = prompts.answer(question.query, shown_, question.language)
    texts = [source.text for source in shown_]
    refusal = prompts.REFUSAL[question.language]
    try:
        found = yield from model.copy(messages, texts, refusal, enough, stop)
    except TooLong:  # what it has not read it does not answer
        return Opinion(messages[-1].content, (), 0.0)
    except Away as away:
        return Opinion(messages[-1].content, (), None, away.line)
    copies = tuple((whole(texts[c.source], c.start, c.end), c.likelihood) for c in found.copies)
    return Opinion(messages[-1].content, copies, found.refusal)


def brief(candidate: Candidate, opinion: Opinion | None) -> str:
    """The brief answer: the writer's words where they hold the reader's in their place in the cited sentence
    ("215 đại biểu" for "215"), else the reader's."""
    mine = whole(candidate.article.body, candidate.start, candidate.end)
    if opinion and opinion.copies:
        written = r"\s+".join(map(re.escape, opinion.copies[0][0].split()))
        first, last = (at - candidate.sentence[0] for at in (candidate.start, candidate.end))
        found = re.finditer(
            rf"(?<![\p{{L}}\d]){written}(?![\p{{L}}\d])", candidate.source.text, re.IGNORECASE
        )
        if any(match.start() <= first and last <= match.end() for match in found):
            return opinion.copies[0][0]
    return mine


def whole(text: str, start: int, end: int) -> str:
    """`text[start:end]` with what it must not lose: "hơn" before a figure, "Phó" before an office, "không",
    "triệu".

    >>> whole("Đã trồng hơn 5 triệu cây", 13, 14)
    'hơn 5 triệu'
    """
    if text[start : start + 1].isdigit():
        before = _BEFORE_FIGURE.search(text, 0, start)
        start = before.start() if before else start
    if _OFFICE.match(text, start):
        before = _LOWERED.search(text, 0, start)
        start = before.start() if before else start
    before = _NOT_BEFORE.search(text, 0, start)
    start = before.start() if before else start
    if text[end - 1 : end].isdigit():
        behind = _SCALE_BEHIND.match(text, end)
        end = behind.end() if behind else end
    return " ".join(text[start:end].split()).strip(" ,;:…")
