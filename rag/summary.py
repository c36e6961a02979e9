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
from rag.types import Passage, Source

#: How many sentences: a quarter of the article's, but so many at least and at most.
_LEAST, _MOST, _SHARE = 3, 6, 4
#: Shorter ones are headings, captions and bylines; longer articles are read so far.
_WORDS, _READ = 4, 80
#: What a place at the beginning, and figures, are worth in cosine; how much one like a chosen one loses.
_FIRST, _FIGURES, _AGAIN = 0.05, 0.02, 0.5
#: The share of the words that say which article is meant that it must have.
_COVER = 0.6
_ASKING = frozenset(
    "tóm tắt lược nội dung chính bài viết báo tin nói về hãy giúp tôi mình cho xin ngắn gọn summarize "
    "summarise summary article the about of main points please".split()
)
_BARE_ASKING = frozenset(map(strip_marks, _ASKING))
_PUNCTUATED = re.compile(r"[.!?…”\"]\s*$")


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
    spans = [
        (start, end)
        for start, end in sentences(article.body)
        if len(article.body[start:end].split()) >= _WORDS
        and _PUNCTUATED.search(article.body[start:end])
    ][:_READ]
    if len(spans) <= _LEAST:
        spans = spans or sentences(article.body)[:_LEAST]
        return [Source(article, *span) for span in spans]
    texts = [" ".join(article.body[start:end].split()) for start, end in spans]
    vectors = np.asarray(embedder.documents(texts))
    centre = vectors.mean(axis=0)
    worth = vectors @ (centre / np.linalg.norm(centre))
    worth += [_FIGURES * bool(figures(text) or names(text)) for text in texts]
    worth[0] += 2 * _FIRST
    worth[1] += _FIRST
    wanted = min(_MOST, max(_LEAST, len(spans) // _SHARE))
    kept: list[int] = []
    while len(kept) < wanted:
        again = (vectors @ vectors[kept].T).max(axis=1) if kept else np.zeros(len(spans))
        score = worth - _AGAIN * again
        score[kept] = -np.inf
        kept.append(int(score.argmax()))
    return [Source(article, *spans[n]) for n in sorted(kept)]
