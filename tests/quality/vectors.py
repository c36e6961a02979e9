"""Chroma beside a scan: `python tests/quality/vectors.py FOLDER [COUNT...]`.

1,000, 10,000 and 100,000 made-up vectors that lie in groups and share a direction, as those of sentences do;
each has a day of 2008 to 2024 and one of ten outlets. 200 queries near some of them, without a filter, of a
tenth by date, and of one outlet. Prints how many of a scan's five nearest Chroma has among its first five, and
its seconds at the median and the 95th percentile.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.library import EVERYTHING  # noqa: E402
from index.store.protocol import Entry, Store  # noqa: E402
from index.types import Filter  # noqa: E402
from index.vectors.chroma import open_index  # noqa: E402
from index.vectors.protocol import scan  # noqa: E402

_QUERIES, _LIMIT, _COMPARED = 200, 60, 5
_FIRST, _DAYS = date(2008, 1, 1), 17 * 365
#: By name: every chunk, a tenth of the days, one outlet of ten.
FILTERS = {
    "no filter": EVERYTHING,
    "a tenth by date": Filter(since=date(2012, 1, 1), until=date(2013, 9, 12)),
    "one outlet": Filter(outlet="Báo 3"),
}


class Held:
    """As much of a store as an index asks for, in memory; numbers count from 1."""

    def __init__(self, count: int) -> None:
        chance = np.random.default_rng(1)
        groups = chance.standard_normal((max(20, count // 50), 384))
        own = groups[chance.integers(len(groups), size=count)]
        made = 2.0 * chance.standard_normal(384) + own + 0.7 * chance.standard_normal((count, 384))
        self.made = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        self.days = chance.integers(_DAYS, size=count)
        self.outlets = chance.integers(10, size=count)

    def generation(self) -> int:
        """Nothing changes."""
        return 1

    def erasures(self) -> int:
        """Nothing is erased."""
        return 0

    def counts(self) -> tuple[int, int]:
        """A chunk an article."""
        return len(self.made), len(self.made)

    def chunk_ids(self) -> set[int]:
        """All of them."""
        return set(range(1, len(self.made) + 1))

    def vectors_after(self, last: int) -> Iterator[tuple[list[int], Any]]:
        """All behind a number."""
        yield list(range(last + 1, len(self.made) + 1)), self.made[last:]

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """Those of some."""
        return [
            Entry(
                i,
                self.made[i - 1],
                str(i),
                _FIRST + timedelta(int(self.days[i - 1])),
                f"Báo {self.outlets[i - 1]}",
                "Huế",
            )
            for i in ids
        ]

    def admitted(self, only: Filter) -> list[int]:
        """What a filter of `FILTERS` admits."""
        kept = np.ones(len(self.made), bool)
        if only.since and only.until:
            kept &= self.days >= (only.since - _FIRST).days
            kept &= self.days <= (only.until - _FIRST).days
        if only.outlet:
            kept &= self.outlets == int(only.outlet[-1])
        return [int(i) for i in np.flatnonzero(kept) + 1]


def measured(folder: Path, count: int) -> None:
    """A line for each filter."""
    held = Held(count)
    store = cast(Store, held)
    index = open_index(folder / str(count) / "chroma", store)
    assert index
    if not index.in_step():
        began = time.perf_counter()
        index.sync()
        print(f"{count} vectors: Chroma made in {time.perf_counter() - began:.0f} s", flush=True)
    chance = np.random.default_rng(2)
    near = held.made[chance.integers(count, size=_QUERIES)]
    queries = near + 0.03 * chance.standard_normal(near.shape)
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    index.search(queries[0], _LIMIT, EVERYTHING)
    for name, only in FILTERS.items():
        seconds, found = [], []
        for query in queries:
            began = time.perf_counter()
            hits = index.search(query, _LIMIT, only)
            seconds.append(time.perf_counter() - began)
            right = {hit.chunk_id for hit in scan(store, query, _COMPARED, only)}
            found.append(len(right & {hit.chunk_id for hit in hits[:_COMPARED]}) / len(right))
        p50, p95 = np.percentile(seconds, (50, 95))
        print(
            f"{count} vectors, {name}: recall@{_COMPARED} {np.mean(found):.3f}, "
            f"{1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms", flush=True,
        )  # fmt: skip
    index.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    for count_ in options.counts:
        measured(options.folder, count_)
