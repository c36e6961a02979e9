"""Exact search over the vectors of a library, held in memory as one byte a number.

For a library of some hundred thousand chunks, and for any part of one that a filter admits, comparing all of
them is sooner done than a graph search under conditions (Chroma took 338 ms for a tenth of 100,000 vectors by
date), and it misses nothing. The bytes choose the candidates; the numbers themselves, from `library.db`, order
them.
"""

import contextlib
import threading

import numpy as np
from numpy.typing import NDArray

from index.store.protocol import Store, Vectors
from index.types import Filter, Hit

#: A library of more chunks is searched by Chroma where no filter applies: the scan takes some 10 ms per
#: 100,000 chunks.
LARGEST = 1_000_000
#: Candidates by bytes for each result by numbers: rounding moves a vector by a few ranks only.
_CANDIDATES = 4
_TRIES = 3
_BLOCK = 4096  # rows that are widened to float32 at a time: 6 MB, which a processor's cache holds


class ExactIndex:
    """The vectors of a store; read from it at the first search, and what changed before each other one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # Not the library's: Chroma may be catching up under that one.
        self._lock = threading.RLock()
        self._generation = -1
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)  # ascending: numbers only grow
        self._codes: NDArray[np.int8] = np.empty((0, 0), np.int8)
        self._scales: NDArray[np.float32] = np.empty(0, np.float32)

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """The nearest chunks that the filter admits, by cosine (-1 to 1), best first."""
        with self._lock:
            for _ in range(_TRIES):
                self.refresh()
                # Another process may drop a chunk between the bytes and the numbers.
                with contextlib.suppress(KeyError):
                    return self._search(vector, limit, only)
            return []

    def _search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        rows: NDArray[np.int64] | None = None
        if only:
            admitted = np.array(self._store.admitted(only), np.int64)
            rows = np.flatnonzero(np.isin(self._ids, admitted, assume_unique=True))
        count = len(self._ids) if rows is None else len(rows)
        if not count:
            return []
        scores = np.empty(count, np.float32)
        for first in range(0, count, _BLOCK):
            block = slice(first, first + _BLOCK)
            part = block if rows is None else rows[block]
            codes = self._codes[part].astype(np.float32)
            scores[block] = (codes @ vector) * self._scales[part]
        wanted = min(_CANDIDATES * limit, count)
        best = np.argpartition(-scores, wanted - 1)[:wanted]
        ids = [int(i) for i in self._ids[best if rows is None else rows[best]]]
        cosines = self._store.vectors(ids) @ vector
        order = sorted(range(len(ids)), key=lambda i: (-cosines[i], ids[i]))[:limit]
        return [Hit(ids[i], float(cosines[i])) for i in order]

    def refresh(self) -> None:
        """Takes over what changed in the store, by this process or another one."""
        with self._lock:
            generation = self._store.generation()
            if generation != self._generation:
                self._take_over()
                self._generation = generation

    def _take_over(self) -> None:
        last = int(self._ids[-1]) if len(self._ids) else 0
        # Numbers only grow: as many as before up to the last one means that none went.
        if len(self._ids) and self._store.count_to(last) != len(self._ids):
            there = np.array(sorted(self._store.chunk_ids()), np.int64)
            kept = np.isin(self._ids, there, assume_unique=True)
            self._ids, self._codes = self._ids[kept], self._codes[kept]
            self._scales = self._scales[kept]
        ids, codes, scales = [self._ids], [self._codes], [self._scales]
        for numbers, vectors in self._store.vectors_after(last):
            coded, scale = _coded(vectors)
            ids.append(np.array(numbers, np.int64))
            codes.append(coded)
            scales.append(scale)
        if not codes[0].size:
            codes = codes[1:] or codes
        self._ids, self._codes = np.concatenate(ids), np.concatenate(codes)
        self._scales = np.concatenate(scales)


def _coded(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each vector as whole numbers from -127 to 127, and what one of them is worth."""
    scale: NDArray[np.float32] = np.abs(vectors).max(axis=1) / 127
    return np.rint(vectors / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def few(count: int, only: Filter) -> bool:
    """Whether a search is sooner done here than in Chroma's graph."""
    return count <= LARGEST or bool(only)
