"""Whether what the writer wrote is a statement, or a question half made into one: words that only ask are left
in it ("đậu xe chi tại Km672"), a reason is put that nobody told, or words stand in it that were read wrongly
into a question typed without diacritics."""

from collections.abc import Sequence

import regex as re

from index.language.text import alike, fold, has_marks, strip_marks, words
from rag.question import Question
from rag.types import Source

_PHRASES = re.compile(
    r"(?<!\p{L})(?:bao (?:nhiêu|lâu|giờ|xa)|khi nào|lúc nào|vì sao|tại sao|thế nào|ra sao|là gì|những gì|là ai"
    r"|ở đâu)(?!\p{L})"
)
#: These also tell ("không ai", "ngôi sao"): left over where the question has them and the articles not.
_ASKS = re.compile(r"(?<!\p{L})(?:nhiêu|mấy|ai|gì|nào|đâu|sao|chi(?=\W*$)|mô|răng|rứa)(?!\p{L})")
_BEGINS = re.compile(r"^(?:thế|vậy|còn|ủa|à)(?= )")
_ENDS = re.compile(r"(?<!\p{L})(?:vậy|ạ|nhỉ|hả|rứa|z)\W*$")
_BECAUSE = re.compile(r"(?<!\p{L})(?:vì|bởi|nhờ)(?!\p{L})")


def is_statement(text: str, question: Question, sources: Sequence[Source]) -> bool:
    """Whether a written sentence only tells, in words that are the article's or the asker's own."""
    if question.language == "en":
        return True
    said, asked = fold(text), fold(question.query)
    told = [fold(source.text) for source in sources]
    left = {match.group() for match in _PHRASES.finditer(said)}
    left |= {core for core in set(_ASKS.findall(asked)) if _has(said, core)}
    if question.kind != "reason" and not _BECAUSE.search(asked):
        left |= set(_BECAUSE.findall(said))
    if any(not any(_has(one, core) for one in told) for core in left):
        return False
    for edge in (_BEGINS, _ENDS):
        if edge.search(said) and not any(edge.search(one) for one in told):
            return False
    return has_marks(question.text) or not _misread(said, asked, sources)


def _misread(said: str, asked: str, sources: Sequence[Source]) -> bool:
    """Whether a word has diacritics that only the question was given, and no article that is cited has."""
    articles = {source.article.id: source.article for source in sources}.values()
    known = {alike(word) for one in articles for word in words(f"{one.title}\n{one.body}")}
    given = {alike(word) for word in words(asked)} - known
    return any(alike(word) in given for word in words(said) if word != strip_marks(word))


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\p{{L}}){re.escape(word)}(?!\p{{L}})", text) is not None
