"""Large libraries to measure on: real sentences in new articles, made-up vectors, real keywords.

python tests/quality/large.py DIR CHUNKS      a library of that many chunks in DIR
"""

import random
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.chunk import chunks  # noqa: E402
from index.language.sentences import sentences  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.store.protocol import Change, NewArticle  # noqa: E402
from index.store.sqlite import SqliteStore  # noqa: E402
from index.types import Article, Details  # noqa: E402
from tests.quality.corpus import news  # noqa: E402

_BATCH = 200  # articles in a transaction
#: Above, Chroma's graph takes an hour to make.
CHROMA = 200_000


class MadeUp:
    """Vectors from a random generator, under the name of the real model, which then opens the library."""

    def __init__(self, identity: str, seed: int = 1) -> None:
        self.identity = identity
        self._random = np.random.default_rng(seed)

    def documents(self, texts: list[str]) -> np.ndarray:
        found = self._random.standard_normal((len(texts), 384)).astype(np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def query(self, text: str) -> np.ndarray:
        return self.documents([text])[0]


def made(folder: Path, count: int) -> None:
    """Makes the library where it is not there, or goes on: news articles first, then articles of sentences
    that are mixed from three of them each, so that none is a copy of another. Each has a day of its own in
    2008 to 2024."""
    embedder = MadeUp(registry.active("embedding").identity, count)
    Library(folder, embedder).close()  # made with the right settings
    store = SqliteStore(folder / "library.db", {})
    chance = random.Random(count)
    items = news(20_000)
    number, there = store.counts()
    began = time.perf_counter()
    while there < count:
        batch = []
        for _ in range(_BATCH):
            item = items[number % len(items)]
            body = item["body"] if number < len(items) else _mixed(items, chance)
            day = _day(chance)
            title = f"{item['title']} ({number})" if number >= len(items) else item["title"]
            article = Article(f"{number:012x}", f"/made/{number}", _details(title, day), body)
            spans = tuple(chunks(body))
            number += 1
            if spans and there < count:
                there += len(spans)
                batch.append(
                    NewArticle(article, article.source, f"made {number}", spans,
                               embedder.documents([""] * len(spans)))
                )  # fmt: skip
        store.write(Change(articles=tuple(batch)))
    store.close()
    print(f"{there} chunks in {time.perf_counter() - began:.0f} s", flush=True)
    if count > CHROMA:
        return
    library = Library(folder, embedder)
    began = time.perf_counter()
    library.check(repair=True)  # Chroma takes them over
    library.close()
    print(f"Chroma in step after {time.perf_counter() - began:.0f} s", flush=True)


def _day(chance: random.Random) -> str:
    return f"{chance.randint(2008, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _details(title: str, day: str) -> Details:
    return Details(title=title, outlet=f"Báo {day[-1]}", published=date.fromisoformat(day))


def _mixed(items: list[dict[str, str]], chance: random.Random) -> str:
    found = []
    for item in chance.sample(items, 3):
        body = item["body"]
        spans = sentences(body)
        found += [body[a:b] for a, b in chance.sample(spans, max(1, len(spans) // 3))]
    chance.shuffle(found)
    return "\n".join(" ".join(found[i : i + 4]) for i in range(0, len(found), 4))


if __name__ == "__main__":
    made(Path(sys.argv[1]), int(sys.argv[2]))
