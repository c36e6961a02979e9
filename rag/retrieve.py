"""From a question to passages: keywords and vectors, fused, near-copies dropped."""

from collections.abc import Sequence

import numpy as np

from index.embed import Embedder
from index.library import Library
from index.text import words
from index.types import Chunk, Filter, Hit
from rag.config import RETRIEVAL
from rag.types import Passage


def retrieve(
    library: Library, embedder: Embedder, query: str, limit: int, only: Filter
) -> list[Passage]:
    """At most `limit` passages, best first, with the fused score (comparable within one query)."""
    keywords = library.search_keywords(query, RETRIEVAL.candidates, only)
    vector = embedder.query(query)
    nearest = library.search_vectors(vector, RETRIEVAL.candidates, only)
    ids = list(dict.fromkeys([hit.chunk_id for hit in (*nearest, *keywords)]))
    if not ids:
        return []
    near = dict(zip(ids, map(float, library.chunk_vectors(ids) @ vector), strict=True))
    scored = fuse(keywords, [Hit(chunk_id, cosine) for chunk_id, cosine in near.items()])
    chunks = library.chunks(ids)
    kept = _without_copies([(chunks[hit.chunk_id], hit.score) for hit in scored], limit)
    articles = {chunk.article_id: library.article(chunk.article_id) for chunk, _ in kept}
    return [
        Passage(
            rank,
            score,
            near[chunk.id],
            chunk.id,
            articles[chunk.article_id],
            chunk.start,
            chunk.end,
        )
        for rank, (chunk, score) in enumerate(kept, 1)
    ]


def fuse(keywords: Sequence[Hit], vectors: Sequence[Hit]) -> list[Hit]:
    """The sum of both scores, each standardised (z-score) over the candidates, best first.

    `vectors` has every candidate. One that the keyword search did not return counts there as its
    last one did. Measured on XQuAD-vi, the sum put the right paragraph first in 95.2%, reciprocal
    rank fusion in 93.4% (DESIGN.md).
    """
    if not vectors:
        return []
    ids = [hit.chunk_id for hit in vectors]
    near = np.array([hit.score for hit in vectors])
    by_words = {hit.chunk_id: hit.score for hit in keywords}
    floor = min(by_words.values(), default=0.0)
    worded = np.array([by_words.get(i, floor) for i in ids])
    total = standardised(near) + standardised(worded)
    order = sorted(range(len(ids)), key=lambda i: (-total[i], ids[i]))
    return [Hit(ids[i], float(total[i])) for i in order]


def standardised(scores: np.ndarray) -> np.ndarray:
    """The scores less their mean, in standard deviations; zeros where all are the same."""
    deviation = scores.std()
    return (scores - scores.mean()) / deviation if deviation > 1e-9 else np.zeros_like(scores)


def _without_copies(scored: Sequence[tuple[Chunk, float]], limit: int) -> list[tuple[Chunk, float]]:
    """Drops a chunk that says, word for word, what a better one says."""
    kept: list[tuple[Chunk, float]] = []
    met: set[tuple[str, ...]] = set()
    for chunk, score in scored:
        key = tuple(words(chunk.text))
        if key not in met:
            met.add(key)
            kept.append((chunk, score))
            if len(kept) == limit:
                break
    return kept
