"""Questions that the articles of an answer can answer next, made from their own sentences.

Vietnamese asks with the question word in the place of what is asked for, so a clause with "bao nhiêu" in the
place of its figure is a question in the article's words. No model writes them: it would invent what no article
tells; the reader must find the figure again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import regex as re

from index.language.figures import Figure, days, figures, readable
from index.language.sentences import clauses, sentences
from index.language.words import FUNCTION_WORDS
from index.types import Article, opening
from rag.decide import told
from rag.scope import TITLE
from rag.types import Answer, Excerpt

if TYPE_CHECKING:
    from rag.reader.read import Reader

#: How many words a question needs beside its figure to be understood, and can have to be read.
_LEAST, _MOST = 3, 26
#: How many are tried at most, and how much of the article the reader sees on each side, in characters.
_TRIED, _AROUND = 8, 300
#: What qualifies a figure is asked for with it.
_QUALIFIER = re.compile(
    r"(?:(?:hơn|trên|gần|dưới|khoảng|chừng|xấp xỉ|ít nhất|tối thiểu|tối đa)\s+)*$",
    re.IGNORECASE,
)
# A span of time, or a name with a number before it: nothing that one would ask for.
_OTHER = re.compile(r"^(?:\p{Lu}|(?:giờ|phút|ngày|tuần|tháng|quý|năm)(?!\p{L}))")
_BROKEN = re.compile(r"[(\[“\"”)\]]")
_JOINED = re.compile(
    r"^(?:và|nhưng|mà|thì|là|còn|trong đó|với|cùng|gồm|do|nên)(?!\p{L})", re.IGNORECASE
)


def suggestions(answer: Answer, reader: "Reader", limit: int = 3) -> list[str]:
    """At most so many questions, of the cited articles, or where there was no answer of the nearest;
    none that the answer has told already, or to which the reader finds another answer in the article than
    the figure that it was made from."""
    articles = list({c.article.id: c.article for c in answer.citations}.values())
    articles = articles or [passage.article for passage in answer.passages[:1]]
    told = {figure.key for statement in answer.statements for figure in figures(statement.text)}
    asked = [
        [one for one in _questions(article) if one.figure.key not in told] for article in articles
    ]
    # Of several articles one each, before a second one of any.
    turns = [one for turn in zip_longest(*asked) for one in turn if one]
    found: list[str] = []
    for one in turns[:_TRIED]:
        if len(found) < limit and one.text not in found and _answered(one, reader):
            found.append(one.text)
    return found


def first_questions(articles: Iterable[Article], limit: int = 3) -> list[str]:
    """At most so many questions, the first of each article. No model is asked whether it finds the answer."""
    made = (next(_questions(article), None) for article in articles)
    return [one.text for one in islice(filter(None, made), limit)]


@dataclass(frozen=True, slots=True)
class _Made:
    """A question, the figure that answers it, and the words around that in its article."""

    text: str
    asked: str
    figure: Figure
    around: Excerpt


def _answered(made: _Made, reader: "Reader") -> bool:
    (reading,) = reader.read(made.asked, [made.around], spans=1)
    if not reading.spans or reading.spans[0].score < 0:
        return False
    best = reading.spans[0]
    said = figures(made.around.text[best.start : best.end])
    return made.figure.key in {figure.key for figure in said}


def _questions(article: Article) -> Iterator[_Made]:
    """One question at most for each sentence, the one with its first usable figure."""
    title = opening(article.title, TITLE)
    for start, end in sentences(article.body):
        sentence = article.body[start:end]
        for first, last in [(0, len(sentence)), *clauses(sentence, 0, _LEAST)]:
            made = _question(sentence[first:last])
            if made:
                around = article.body[max(0, start - _AROUND) : end + _AROUND]
                yield _Made(f"{made[0]} ({title})", made[0], made[1], told(around, article))
                break


def _question(clause: str) -> tuple[str, Figure] | None:
    """A clause with one figure, of something that is counted, as a question for it."""
    text = " ".join(readable(clause).split()).strip(" ,;:.…–-")
    said = figures(text)
    if len(said) != 1 or days(text) or _JOINED.search(text):
        return None
    (figure,) = said
    if not figure.quantity or figure.percent:
        return None
    before = _QUALIFIER.sub("", text[: figure.start])
    rest = text[figure.end :].strip()
    asked = " ".join(f"{before.strip()} bao nhiêu {figure.scale} {rest}".split())
    content = [word for word in asked.split() if word.lower() not in FUNCTION_WORDS]
    if (
        not rest
        or _OTHER.search(rest)
        or _BROKEN.search(text)
        or not before.strip()
        or len(content) < _LEAST
        or len(asked.split()) > _MOST
    ):
        return None
    question = f"{asked[0].upper()}{asked[1:]}?"
    return question, figure
