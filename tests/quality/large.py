"""Large libraries to measure on: real articles and, where these end, new ones of their sentences; keywords.

python tests/quality/large.py DIR CHUNKS [--articles N] [--like LIBRARY ...]

A library of that many chunks in DIR, or of N articles (up to 20,000 all are real ones). THE VECTORS ARE MADE
UP: each is a unit vector of its chunk's own, the same at every run, under the name of the real model, which
takes more than half an hour for 20,000 articles. So it is good to measure load, speed and moving on, and says
nothing about how well vectors find. `--like`: chunks that these libraries have, too, get their real vectors.
"""

import argparse
import hashlib
import random
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
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
    """A vector of each text's own, under the name of the real model, which then opens the library; those in
    `known` are taken from there."""

    def __init__(self, identity: str, known: Mapping[str, np.ndarray] | None = None) -> None:
        self.identity = identity
        self._known = known or {}

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._known.get(text, _own(text)) for text in texts])

    def query(self, text: str) -> np.ndarray:
        return _own(text)


def _own(text: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
    found = np.random.default_rng(seed).standard_normal(384).astype(np.float32)
    return found / np.linalg.norm(found)


def known(libraries: Sequence[Path]) -> dict[str, np.ndarray]:
    """By text the vectors of the chunks of some libraries that were made with the model in use."""
    found: dict[str, np.ndarray] = {}
    identity = registry.active("embedding").identity
    for folder in libraries:
        with closing(sqlite3.connect(f"file:{folder / 'library.db'}?mode=ro", uri=True)) as db:
            if dict(db.execute("SELECT key, value FROM meta"))["embedding"] != identity:
                print(f"{folder} was made with another model", file=sys.stderr)
                continue
            rows = db.execute("SELECT text, vector FROM chunk")
            found |= {text: np.frombuffer(vector, "<f4") for text, vector in rows}
    return found


def made(folder: Path, count: int, articles: int = 0, like: Sequence[Path] = ()) -> None:
    """Makes the library where it is not there, or goes on: news articles first, then articles of sentences
    that are mixed from three of them each, so that none is a copy of another. Each has a day of its own in
    2008 to 2024. It ends at so many chunks or, where it is told, articles."""
    embedder = MadeUp(registry.active("embedding").identity, known(like))
    Library(folder, embedder).close()  # made with the right settings
    store = SqliteStore(folder / "library.db", {})
    chance = random.Random(count)
    items = news(20_000)
    number, there = store.counts()
    began = time.perf_counter()
    while number < articles if articles else there < count:
        batch: list[NewArticle] = []
        for _ in range(min(_BATCH, articles - number) if articles else _BATCH):
            item = items[number % len(items)]
            body = item["body"] if number < len(items) else _mixed(items, chance)
            day = _day(chance)
            title = f"{item['title']} ({number})" if number >= len(items) else item["title"]
            article = Article(f"{number:012x}", f"/made/{number}", _details(title, day), body)
            spans = tuple(chunks(body))
            number += 1
            if spans and (articles or there < count):
                there += len(spans)
                vectors = embedder.documents([body[a:b] for a, b in spans])
                batch.append(NewArticle(article, article.source, f"made {number}", spans, vectors))
        store.write(Change(articles=tuple(batch)))
    store.close()
    print(f"{number} articles, {there} chunks in {time.perf_counter() - began:.0f} s", flush=True)
    if there > CHROMA:
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
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("chunks", type=int)
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--like", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    made(options.folder, options.chunks, options.articles, options.like)
