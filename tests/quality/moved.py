"""A library taken to PostgreSQL and back, compared row for row with what it was; and what searches find before,
there and back. Nothing may be embedded.

    python tests/quality/moved.py LIBRARY ADDRESS FOLDER [COUNT]

`ADDRESS` names an empty database, or is "-": then a server is started for it. `FOLDER` is made.
COUNT questions (50) are the articles' titles.
"""

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.library import Library  # noqa: E402
from index.moving import move  # noqa: E402
from index.store.catalogue import tables  # noqa: E402
from tests.postgres import running  # noqa: E402
from ui.cli.keeping import PARTS  # noqa: E402

#: What was found for a title: chunks by keywords and by vector, articles exactly.
Found = tuple[list[object], list[object], list[object]]


class Nothing:
    """Stands for the embedding model that a library was made with, and embeds nothing."""

    def __init__(self, identity: str, dimensions: int) -> None:
        self.identity = identity
        self._dimensions = dimensions

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        raise AssertionError("nothing is embedded again")

    def query(self, text: str) -> np.ndarray:
        found = np.random.default_rng(len(text)).standard_normal(self._dimensions)
        return (found / np.linalg.norm(found)).astype(np.float32)


def rows(folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """All rows of a library's tables, hashed; also of the words that its full-text indexes keep."""
    for name, steps in PARTS:
        words = ["said"] if name == "history.db" else ["keyword", "full_text_docsize"]
        if not (folder / name).exists():
            continue
        with closing(sqlite3.connect(folder / name)) as db:
            for table in [*tables(steps), *words, "sqlite_sequence"]:
                hidden = "rowid, " if table in ("article", "keyword", "said") else ""
                every = db.execute(f"SELECT {hidden}* FROM {table}")
                yield (
                    f"{name} {table}",
                    sorted(hashlib.blake2b(repr(row).encode()).digest() for row in every),
                )


def asked(folder: Path, embedder: Nothing, count: int) -> list[Found]:
    """What searches find."""
    found: list[Found] = []
    seconds: dict[str, list[float]] = {"keywords": [], "exact": []}
    with closing(Library(folder, embedder)) as library:
        listed = library.articles()
        some = listed[:: max(1, len(listed) // count)][:count]
        for title in (row.details.title or row.opening for row in some):
            began = time.perf_counter()
            hits = library.search_keywords(title, 10)
            seconds["keywords"].append(time.perf_counter() - began)
            near = library.search_vectors(embedder.query(title), 10)
            began = time.perf_counter()
            words = [word for word in title.split() if word.isalpha()]
            exact = library.find(f'"{" ".join(words[:2])}" OR "{" ".join(words[-3:])}"', places=0)
            seconds["exact"].append(time.perf_counter() - began)
            found.append(
                (
                    [hit.chunk_id for hit in hits],
                    [hit.chunk_id for hit in near],
                    [one.id for one in exact.articles],
                )
            )
        for what, took in seconds.items():
            low, high = (1000 * float(np.quantile(took, q)) for q in (0.5, 0.95))
            print(f"  {what}: median {low:.0f} ms, 95% within {high:.0f} ms")
        print(f"  {'; '.join(library.check().problems) or 'sound'}", flush=True)
    return found


def main(library: Path, address: str, folder: Path, count: int) -> int:
    """Prints figures; 1 where anything differs."""
    os.environ.pop("HOIBAO_STORE", None)
    with closing(sqlite3.connect(library / "library.db")) as db:
        identity = dict(db.execute("SELECT key, value FROM meta"))["embedding"]
        dimensions = len(db.execute("SELECT vector FROM chunk LIMIT 1").fetchone()[0]) // 4
    embedder = Nothing(identity, dimensions)
    wanted = asked(library, embedder, count)
    before = dict(rows(library))
    began = time.perf_counter()
    moved = move(library, address, PARTS)
    print(f"{moved.articles} articles there in {time.perf_counter() - began:.0f} s", flush=True)
    os.environ["HOIBAO_STORE"] = address
    served = asked(library, embedder, count)
    began = time.perf_counter()
    move(library, str(folder), PARTS)
    print(f"and back in {time.perf_counter() - began:.0f} s", flush=True)
    del os.environ["HOIBAO_STORE"]
    after = dict(rows(folder))
    differing = [name for name in before if before[name] != after.get(name)]
    total = sum(map(len, before.values()))
    print(f"{total} rows; tables that differ: {', '.join(differing) or 'none'}")
    again = asked(folder, embedder, count)
    for name, found in (("there", served), ("back", again)):
        for part, what in enumerate(("keywords", "vectors", "exact")):
            pairs = [(a[part], b[part]) for a, b in zip(wanted, found, strict=True)]
            same, first = (sum(a[:n] == b[:n] for a, b in pairs) for n in (None, 1))
            print(f"{name}, {what}: {same} of {len(pairs)} the same, {first} with the same first")
    return 1 if differing else 0


if __name__ == "__main__":
    there, address, back, *more = sys.argv[1:]
    many = int((more or ["50"])[0])
    if address != "-":
        sys.exit(main(Path(there), address, Path(back), many))
    with running() as server:
        sys.exit(main(Path(there), server.database(), Path(back), many))
