"""Questions that the articles of an answer can answer next, made from their own sentences (`rag.asking`). No
model writes them: it would invent what no article tells; the reader must find the answer again.
"""

from collections.abc import Iterable
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

import regex as re

from index.language.figures import days, figures
from index.language.text import fold, words
from index.types import Article
from rag.asking import Made, questions
from rag.cold import asked_cold_of
from rag.decide import told
from rag.types import Answer, Suggestion

if TYPE_CHECKING:
    from rag.reader.read import Reader

#: How many are tried at most, and how much of the article the reader sees on each side, in characters.
_TRIED, _AROUND = 10, 500


def suggestions(answer: Answer, reader: "Reader", limit: int = 3) -> list[Suggestion]:
    """At most so many questions, of the cited articles, or where there was no answer of the nearest; none that
    the answer has told already, or to which the reader finds another answer in the article than the words that
    it was made from."""
    articles = list({c.article.id: c.article for c in answer.citations}.values())
    articles = articles or [passage.article for passage in answer.passages[:1]]
    told_ = fold(" ".join([answer.question, *(statement.text for statement in answer.statements)]))
    asked = [[one for one in questions(article) if not _told(one, told_)] for article in articles]
    # Of several articles one each, before a second one of any.
    turns = [one for turn in zip_longest(*asked) for one in turn if one]
    found: dict[str, Suggestion] = {}
    for one in turns[:_TRIED]:
        if len(found) < limit and one.text not in found and _answered(one, reader):
            found[one.text] = Suggestion(one.text, one.article.id)
    return list(found.values())


def _told(made: Made, said: str) -> bool:
    figure = {figure.key for figure in figures(made.answer)}
    if figure:
        return bool(figure & {figure.key for figure in figures(said)})
    return re.search(rf"(?<!\p{{L}}){re.escape(fold(made.answer))}(?!\p{{L}})", said) is not None


def first_questions(articles: Iterable[Article], limit: int = 3) -> list[Suggestion]:
    """At most so many questions, of each article the first that a stranger asks. No model is asked whether it
    finds the answer."""
    made = (next(filter(asked_cold_of, questions(article)), None) for article in articles)
    return [Suggestion(one.text, one.article.id) for one in islice(filter(None, made), limit)]


def _answered(made: Made, reader: "Reader") -> bool:
    """Whether the reader finds in the words around, and not only there, what the question was made from."""
    body = made.article.body
    around = body[max(0, made.start - _AROUND) : made.end + _AROUND]
    (reading,) = reader.read(made.text, [told(around, made.article)], spans=1)
    if not reading.spans or reading.spans[0].score < 0:
        return False
    best = reading.spans[0]
    return agree(made.answer, around[best.start : best.end])


def agree(expected: str, said: str) -> bool:
    """Whether what was found says what is expected: its day, one of its figures, else its words."""
    if mine := days(expected):
        return any((day.day, day.month) == (mine[0].day, mine[0].month) for day in days(said))
    if keys := {figure.key for figure in figures(expected)}:
        return bool(keys & {figure.key for figure in figures(said)})
    return set(words(expected)) <= set(words(said))
