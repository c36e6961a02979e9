"""What searches vectors: the protocol that an index keeps, whatever it is made of; and how it is compared."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from index.store.protocol import Store, Vectors
from index.types import Filter, Hit


class VectorIndex(Protocol):
    """The chunks of a store by their vectors. It holds nothing that it could not be made again from.

    Raises:
        IndexBroken: in every method: it cannot be read or written.
    """

    def current(self) -> bool:
        """Whether this version's program made it; another one's is made anew."""
        ...

    def in_step(self) -> bool:
        """Whether it holds exactly what this generation of the store does."""
        ...

    def behind(self) -> bool:
        """Whether it only has not yet taken over what the store says since: nothing is wrong with it."""
        ...

    def sync(self) -> None:
        """Takes over whatever it lacks, and drops what is gone; nothing is embedded."""
        ...

    def apply(self, added: Sequence[int], dropped: Sequence[int]) -> None:
        """Takes over a change of the store whose chunk numbers are known; it was in step before that."""
        ...

    def search(self, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
        """The nearest chunks that the filter admits, by cosine (-1 to 1), best first."""
        ...

    def close(self) -> None:
        """Lets another process have it."""
        ...


def scan(store: Store, vector: Vectors, limit: int, only: Filter) -> list[Hit]:
    """The same by comparing with every vector that the store has: for a process that finds the index in another
    one's hands (a question in the terminal while the chat is open), and for tests."""
    admitted = set(store.admitted(only)) if only else None
    best: list[Hit] = []
    for numbers, vectors in store.vectors_after(0):
        cosines = vectors @ vector
        order = np.argsort(-cosines, kind="stable")
        found = ((numbers[i], float(cosines[i])) for i in order)
        some = [Hit(n, c) for n, c in found if admitted is None or n in admitted][:limit]
        best = sorted([*best, *some], key=lambda hit: (-hit.score, hit.chunk_id))[:limit]
    return best
