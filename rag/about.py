"""Questions about an article itself: who wrote it, where and when it was published.

These are answered from the article's details, without a model; the citation points at the byline or
source line where the body has one, else at the article's first sentence.
"""

from collections.abc import Sequence

import regex as re

from index.language.names import mentions
from index.language.sentences import sentences
from index.language.text import has_marks, strip_marks, words
from index.language.words import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from index.types import Article, opening
from rag import prompts
from rag.check.checker import problems
from rag.cite import Said, context
from rag.config import ASKING
from rag.question import Question
from rag.scope import TITLE
from rag.types import Passage, Source

# Words that speak of articles in general; the rest of the question says which one.
_GENERAL = frozenset(
    """tác giả bài viết báo bản tin nói đăng xuất ngày tờ phóng viên nhà nguồn trang article articles the about
    author published wrote who when which paper newspaper""".split()
)
_BARE_GENERAL = frozenset(map(strip_marks, _GENERAL))


def answer(
    question: Question, passages: Sequence[Passage], certain: bool = False
) -> tuple[str, Source] | None:
    """The asked detail of the best passage's article as a statement, with the words to cite; None where it
    is not the article that is meant (where it is not `certain` that it is), or does not tell it."""
    if not passages or not question.field:
        return None
    article = passages[0].article
    value = getattr(article.details, question.field)
    if value is None or not (certain or _meant(question, passages[0])):
        return None
    text = f"{value:%d/%m/%Y}" if question.field == "published" else str(value)
    return text, Source(article, *_place(article, text))


def sentence(question: Question, value: str, at: Source) -> Said:
    """The detail as a sentence on its article, or alone where the article's title has a figure that the cited
    words lack."""
    assert question.field
    text = prompts.DETAIL[question.field][question.language].format(
        title=opening(at.article.title, TITLE), value=value
    )
    return "", value if problems(text, [at.text], context(at.article)) else text, [at]


def _meant(question: Question, passage: Passage) -> bool:
    bare = not has_marks(question.query)
    stop = (_BARE_GENERAL | BARE_FUNCTION_WORDS) if bare else (_GENERAL | FUNCTION_WORDS)
    text = f"{passage.article.title}\n{passage.article.body}"
    have = set(words(strip_marks(text) if bare else text))
    asked = [word for word in words(question.query) if word not in stop]
    return bool(asked) and sum(word in have for word in asked) >= ASKING.detail * len(asked)


def _place(article: Article, text: str) -> tuple[int, int]:
    """The last sentence that has the text, else the first sentence."""
    spans = sentences(article.body)
    for start, end in reversed(spans):
        if re.search(r"\w", text) and mentions(article.body[start:end], text):
            return start, end
    return spans[0]
