"""A summary of one article: its own sentences, the few that say most of what it says, in its order.

The sentences are chosen as in centroid-based extraction (Radev et al., 2004) with maximal marginal relevance
(Carbonell and Goldstein, 1998), over the installed embedding; what a report begins with and what has figures
counts more.
"""

from collections.abc import Sequence

import numpy as np
import regex as re

from index.embed import Embedder
from index.language.figures import figures
from index.language.names import mentions, names
from index.language.sentences import sentences
from index.language.text import has_marks, strip_marks, words
from index.language.words import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from index.types import Article
from rag.question import Question
from rag.quote import points_back
from rag.types import Passage, Source

#: How many sentences: a quarter of the article's, but so many at least and at most.
_LEAST, _MOST, _SHARE = 3, 6, 4
#: Shorter ones are headings, captions and bylines; longer articles are read so far.
_WORDS, _READ = 8, 80
#: What being like the title is worth beside being like all; the first and the second sentence; figures and
#: names (in cosine); how much one like a chosen one loses. Set by reading: there is nothing to fit them on.
_TITLE, _FIRST, _FIGURES, _AGAIN = 0.5, 0.1, 0.03, 0.3
#: The share of the words that say which article is meant that it must have.
_COVER = 0.6
_ASKING = frozenset(
    "tóm tắt lược nội dung chính bài viết báo tin nói về hãy giúp tôi mình cho xin ngắn gọn summarize "
    "summarise summary article the about of main points please".split()
)
_BARE_ASKING = frozenset(map(strip_marks, _ASKING))
_STATEMENT = re.compile(r"^[^?“\"–-](?!.*(?:\?|(?<!\p{L})Ảnh:)).*[.!…”\"]\s*$", re.DOTALL)


def meant(question: Question, passages: Sequence[Passage], chosen: bool) -> Article | None:
    """The article that a summary is asked of: the best passage's, where it has what the question names or was
    chosen (by its title, or by hand)."""
    if not passages:
        return None
    article = passages[0].article
    if chosen:
        return article
    text = f"{article.details.title or ''}\n{article.body}"
    bare = not has_marks(question.query)
    stop = (_BARE_ASKING | BARE_FUNCTION_WORDS) if bare else (_ASKING | FUNCTION_WORDS)
    have = set(words(strip_marks(text) if bare else text))
    asked = [word for word in words(question.query) if word not in stop]
    if not asked or sum(word in have for word in asked) < _COVER * len(asked):
        return None
    return article if all(mentions(text, name) for name in question.names) else None


def summary(article: Article, embedder: Embedder) -> list[Source]:
    """Three to six sentences of the article (all of a shorter one), in its order."""
    told = [(a, b) for a, b in sentences(article.body) if _tells(article.body[a:b])][:_READ]
    spans = told if len(told) > _LEAST else sentences(article.body)[: _LEAST + 1]
    if len(spans) <= _LEAST:
        return [Source(article, *span) for span in spans]
    texts = [" ".join(article.body[start:end].split()) for start, end in spans]
    vectors = embedder.documents([*texts, article.title])
    vectors, title = vectors[:-1], vectors[-1]
    centre = vectors.mean(axis=0)
    worth = vectors @ (centre / np.linalg.norm(centre)) + _TITLE * vectors @ title
    worth += [_FIGURES * bool(figures(text) or names(text)) for text in texts]
    worth[:2] += [2 * _FIRST, _FIRST]
    wanted = min(_MOST, max(_LEAST, len(spans) // _SHARE))
    kept: list[int] = []
    while len(kept) < wanted:
        again = (vectors @ vectors[kept].T).max(axis=1) if kept else np.zeros(len(spans))
        score = worth - _AGAIN * again
        score[kept] = -np.inf
        kept.append(int(score.argmax()))
    return [Source(article, *spans[n]) for n in sorted(kept)]


def _tells(sentence: str) -> bool:
    """Whether a sentence can stand in a summary: no caption, question or heading, nor one that points back."""
    return (
        len(sentence.split()) >= _WORDS
        and _STATEMENT.match(sentence) is not None
        and not points_back(sentence)
    )
