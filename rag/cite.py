"""From what the model would copy to checked statements with citations."""

from collections.abc import Sequence

import regex as re

from index.types import Article
from rag.check import problems
from rag.config import CHOOSING
from rag.copying import Copy, Reading
from rag.evidence import shown
from rag.expect import asks_person, asks_unit, expected, is_about, parts, plausible
from rag.figures import figures
from rag.names import mentions, people
from rag.scope import own_places
from rag.types import Citation, Evidence, Statement

# What a copy must not leave out at its edges: it changes what is said.
_BEFORE_FIGURE = re.compile(
    r"(?<!\p{L})(?:hơn|trên|gần|dưới|khoảng|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa|nhiều nhất|chưa đến|chưa tới"
    r"|không quá)\s+$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(r"(?<!\p{L})(?:không|chưa|chẳng)\s+$", re.IGNORECASE)
_SCALE_BEHIND = re.compile(r"\s*(?:%|(?:phần trăm|nghìn|ngàn|triệu|tỷ|tỉ)(?!\p{L}))", re.IGNORECASE)
_TITLE = 3  # words of a title before a name
#: A statement to be: its label, its text, the sentences that it stands in.
Said = tuple[str, str, Sequence[Evidence]]


def context(article: Article) -> str:
    """What is shown beside a quote: title, outlet, author, date and the article's own places, one a
    line."""
    details = article.details
    published = f"{details.published:%d/%m/%Y}" if details.published else None
    head = (article.title, details.outlet, details.author, published)
    return "\n".join(filter(None, (*head, *sorted(own_places(article)))))


def statement(
    question: str, readings: Sequence[tuple[Evidence, Reading]], whole: bool = True
) -> tuple[str, Evidence] | None:
    """What the model copied from the best of the sentences that it read, if it says only what the
    sentence says and what was asked; else (with `whole`) the best sentence itself, which is true by
    construction; None where that does not answer either, or the model would refuse every one. The
    best has the highest sum of the sentence's own score and the likelihood of the copy."""
    readings = [one for one in readings if one[1].refusal < CHOOSING.read_refusal]
    evidence = [item for item, _ in readings]
    counting = [item for item in evidence if expected(question, item.text)]
    found: list[tuple[float, str, Evidence]] = []
    for item, reading in readings:
        for copy in reading.copies:
            text = copied(shown(item), copy)
            if (not counting or item in counting) and sound(question, text, item):
                found.append((item.score + copy.likelihood, text, item))
    if found:
        _, text, item = max(found, key=lambda one: one[0])
        text = _person(text) if asks_person(question) else text
        return text[0].upper() + text[1:], item
    best = [*counting, *evidence][:1] if whole else []
    if best and plausible(question, best[0].text) and (counting or not asks_unit(question)):
        return " ".join(best[0].text.split()), best[0]
    return None


def enough(question: str, item: Evidence, copy: Copy) -> bool:
    """Whether a copy of a sentence can stand as the answer, so that no other need be tried."""
    return sound(question, copied(shown(item), copy), item)


def copied(source: str, copy: Copy) -> str:
    """The words of a copy, with what they must not lose: "hơn" before a figure, "không", "triệu"."""
    start, end = copy.start, copy.end
    if source[start : start + 1].isdigit():
        before = _BEFORE_FIGURE.search(source, 0, start)
        start = before.start() if before else start
    before = _NOT_BEFORE.search(source, 0, start)
    start = before.start() if before else start
    if source[end - 1 : end].isdigit():
        behind = _SCALE_BEHIND.match(source, end)
        end = behind.end() if behind else end
    return source[start:end].strip(" ,;:…")


def sound(question: str, text: str, item: Evidence) -> bool:
    """Whether a statement says only what its sentence says, and what was asked."""
    return (
        bool(text)
        and plausible(question, text)
        and not _misses(text, item, question)
        and not problems(text, [item.text], context(item.article))
    )


def _person(text: str) -> str:
    """The name alone where a longer text has one person: a copy may begin in the middle of a word, at
    any of its syllables."""
    found = people(text)
    long = len(found) == 1 and len(text.split()) > len(found[0].split()) + _TITLE
    return found[0] if long else text


def _misses(text: str, cited: Evidence, question: str) -> bool:
    """Whether a statement leaves out the figures, or names another person than the clause, that the
    question asks for."""
    said = {figure.key for figure in figures(text)}
    wanted = expected(question, cited.text)
    if wanted and not wanted & said:
        return True
    if not wanted and asks_unit(question):
        return True
    if asks_person(question):  # of several people that of the clause with the asked office or deed
        clause = cited.text[slice(*cited.focus)]
        near = people(clause) if is_about(question, clause) else []
        if near and not any(mentions(name, text) or mentions(text, name) for name in near):
            return True
    asked = parts(question)
    return asked > 1 and len(said) < min(asked, len(figures(cited.text)))


def cite(
    said: Sequence[Said],
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Statements, each checked against its sentences, and the citations, numbered in the order of
    their first use."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    for label, text, sources in said:
        numbers = tuple(dict.fromkeys(_number(item, citations) for item in sources))
        around = "\n".join(context(item.article) for item in sources)
        found = problems(text, [item.text for item in sources], around)
        statements.append(Statement(text, numbers, found, label))
    return tuple(statements), tuple(citations)


def render(statements: Sequence[Statement], lead: str = "") -> str:
    """The statements as one text, each with its numbers; more than one stand as a list below the
    lead."""
    lines = [f"{s.whole} {' '.join(f'[{n}]' for n in s.citations)}".strip() for s in statements]
    if len(lines) == 1 and not lead:
        return lines[0]
    return "\n".join([*([lead] if lead else []), *(f"- {line}" for line in lines)])


def _number(item: Evidence, citations: list[Citation]) -> int:
    for known in citations:
        if (known.article.id, known.start, known.end) == (item.article.id, item.start, item.end):
            return known.number
    citations.append(Citation(len(citations) + 1, item.article, item.start, item.end))
    return len(citations)
