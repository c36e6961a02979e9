"""How often the right paragraph is found, by keywords, by vectors and by their fusion.

XQuAD-vi's paragraphs, each an article, hidden among 2,000 news articles. The three
are measured in one run on the same candidates; the times are of this machine at this moment.

    python tests/quality/recall.py DIR   a library in DIR, made in some minutes
"""

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.types import Filter, Hit  # noqa: E402
from rag.config import RETRIEVAL  # noqa: E402
from rag.retrieve import fuse  # noqa: E402
from tests.quality.corpus import DATA, build, gold_ids  # noqa: E402

NEWS = 2000


def main(folder: Path) -> None:
    """Prints a table."""
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not here; the benchmark needs its real text")
    library, embedder, questions = build(folder, NEWS)
    gold = gold_ids(library)
    ranks: dict[str, list[int]] = {"keywords": [], "vectors": [], "fused": []}
    seconds: list[float] = []
    for question in questions:
        began = time.perf_counter()
        keywords = library.search_keywords(question.text, RETRIEVAL.candidates, Filter())
        vector = embedder.query(question.text)
        nearest = library.search_vectors(vector, RETRIEVAL.candidates, Filter())
        ids = list(dict.fromkeys(hit.chunk_id for hit in (*nearest, *keywords)))
        cosines = library.chunk_vectors(ids) @ vector
        fused = fuse(keywords, [Hit(i, float(c)) for i, c in zip(ids, cosines, strict=True)])
        seconds.append(time.perf_counter() - began)
        for name, hits in (("keywords", keywords), ("vectors", nearest), ("fused", fused)):
            chunks = library.chunks([hit.chunk_id for hit in hits[:10]])
            articles = [chunks[hit.chunk_id].article_id for hit in hits[:10]]
            wanted = gold.get(question.file, "")
            ranks[name].append(articles.index(wanted) if wanted in articles else 10)
    table = {
        name: {f"recall@{k}": sum(r < k for r in found) / len(found) for k in (1, 5, 10)}
        for name, found in ranks.items()
    }
    articles, chunks_ = library.counts()
    print(f"\n{len(questions)} questions, {articles} articles, {chunks_} chunks")
    print(f"{'':10} recall@1  recall@5  recall@10")
    for name, figures in table.items():
        print(f"{name:10} " + "  ".join(f"{value:8.4f}" for value in figures.values()))
    median = statistics.median(seconds)
    print(f"time to fused candidates: median {1000 * median:.0f} ms")
    library.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
