"""Questions that the articles of an answer can answer next, made from their own sentences.

Vietnamese asks with the question word in the place of what is asked for, so a clause with "bao nhiêu" in the
place of its figure is a question in the article's words. No model is asked: it would invent what no article
tells.
"""

from collections.abc import Iterator
from itertools import chain, zip_longest

import regex as re

from index.chunk import clauses, sentences
from index.types import Article, opening
from rag.expect import expected
from rag.figures import Figure, days, figures, readable
from rag.language import FUNCTION_WORDS
from rag.scope import TITLE
from rag.types import Answer

#: How many words a question needs beside its figure to be understood, and can have to be read.
_LEAST, _MOST = 3, 26
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


def suggestions(answer: Answer, limit: int = 3) -> list[str]:
    """At most so many questions, of the cited articles, or where there was no answer of the nearest;
    none that the answer has told already."""
    articles = list({c.article.id: c.article for c in answer.citations}.values())
    articles = articles or [passage.article for passage in answer.passages[:1]]
    told = {figure.key for statement in answer.statements for figure in figures(statement.text)}
    asked = [
        [question for question, figure in _questions(article) if figure.key not in told]
        for article in articles
    ]
    # Of several articles one each, before a second one of any.
    turns = chain.from_iterable(zip_longest(*asked))
    return list(dict.fromkeys(question for question in turns if question))[:limit]


def _questions(article: Article) -> Iterator[tuple[str, Figure]]:
    """One question at most for each sentence, the one with its first usable figure."""
    for start, end in sentences(article.body):
        sentence = article.body[start:end]
        for first, last in [(0, len(sentence)), *clauses(sentence, 0, _LEAST)]:
            made = _question(sentence[first:last])
            if made:
                yield f"{made[0]} ({opening(article.title, TITLE)})", made[1]
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
    # What counts nothing by the noun behind it would not be found again.
    return (question, figure) if figure.key in expected(question, text) else None
