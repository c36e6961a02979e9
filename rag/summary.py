"""A summary of one article: its own sentences, the few that say most of what it says, in its order.

The sentences are chosen as in centroid-based extraction (Radev et al., 2004) with maximal marginal relevance
(Carbonell and Goldstein, 1998), over the installed embedding; what stands near the beginning of a report and
what has figures counts more. The weights were chosen by how many of the words of 130 news articles' own
abstracts four sentences have, and tried on 129 others: 0.616; 0.602 for the first four sentences.
"""

from collections.abc import Sequence

import numpy as np
import regex as re

from index.embed import Embedder
from index.errors import Away
from index.language.figures import figures
from index.language.names import mentions, names
from index.language.places import places
from index.language.sentences import sentences
from index.language.text import has_marks, strip_marks, words
from index.language.words import BARE_FUNCTION_WORDS, FUNCTION_WORDS
from index.types import Article
from rag.config import ASKING, SUMMARISING
from rag.question import Question
from rag.quote import points_back, quoted
from rag.types import Passage, Source

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
    foreign = question.language == "en" and question.names  # the article has its names only
    have_most = sum(word in have for word in asked) >= ASKING.summary * len(asked)
    if not foreign and not (asked and have_most):
        return None
    known = places(text)
    return article if all(mentions(text, n) or n in known for n in question.names) else None


def summary(article: Article, embedder: Embedder) -> list[Source]:
    """Three to six sentences of the article (all of a shorter one), in its order."""
    told = [span for span in sentences(article.body) if _tells(Source(article, *span))]
    told = told[: SUMMARISING.read]
    spans = (
        told if len(told) > SUMMARISING.least else sentences(article.body)[: SUMMARISING.least + 1]
    )
    if len(spans) <= SUMMARISING.least:
        return [Source(article, *span) for span in spans]
    texts = [" ".join(article.body[start:end].split()) for start, end in spans]
    wanted = min(SUMMARISING.most, max(SUMMARISING.least, len(spans) // SUMMARISING.share))
    try:
        vectors = embedder.documents([*texts, article.title])
    except Away:  # an article's first sentences are nearly as good
        return [Source(article, *span) for span in spans[:wanted]]
    vectors, title = vectors[:-1], vectors[-1]
    centre = vectors.mean(axis=0)
    worth = vectors @ (centre / np.linalg.norm(centre)) + SUMMARISING.title * vectors @ title
    worth += [SUMMARISING.figures * bool(figures(text) or names(text)) for text in texts]
    worth -= SUMMARISING.later * np.arange(len(spans)) / len(spans)
    kept: list[int] = []
    while len(kept) < wanted:
        again = (vectors @ vectors[kept].T).max(axis=1) if kept else np.zeros(len(spans))
        score = worth - SUMMARISING.again * again
        score[kept] = -np.inf
        kept.append(int(score.argmax()))
    return [_alone(Source(article, *spans[n]), n - 1 in kept) for n in sorted(kept)]


def _alone(source: Source, follows: bool) -> Source:
    """A sentence of the summary, which follows the one before it or not: if not, one that points back is told
    with what it points to."""
    return source if follows or not points_back(source.text) else quoted(source)


def _tells(source: Source) -> bool:
    """Whether a sentence can stand in a summary: no caption, question or heading, nor one that points back out
    of its paragraph."""
    text = source.text
    return (
        len(text.split()) >= SUMMARISING.words
        and _STATEMENT.match(text) is not None
        and (not points_back(text) or quoted(source).start < source.start)
    )
