"""Near-copies: the same story in several papers, shortened, edited or with another title.

MinHash over runs of three words finds candidates (datasketch; Broder 1997), in bands so that few
unrelated articles are looked at: at a likeness of 0.4 a pair is found with 94%, at 0.05 with 0.5%. The
words themselves then decide.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.language.text import words

#: Rows of a band and how many bands: see above.
_ROWS, _BANDS = 3, 42
_RUN = 3
_BATCH = 4_000
#: Characters of a longer text that are looked at: the longest of 20,000 news articles has 11,416. A million
#: would hold up whoever searches meanwhile for half a second, each time that another is compared with it.
LETTERS = 20_000
#: Shorter texts are alike by chance.
_LEAST = 20
#: Share of the shorter text's runs that the other must have, and of all runs of both.
_CONTAINED, _ALIKE = 0.55, 0.25


def runs(body: str) -> frozenset[str]:
    """The runs of three words of a body, of its beginning where it is very long; empty for a text too short to
    be told from others."""
    said = words(body[:LETTERS])
    found = {" ".join(said[i : i + _RUN]) for i in range(len(said) - _RUN + 1)}
    return frozenset(found) if len(found) >= _LEAST else frozenset()


def bands(found: Iterable[str]) -> list[int]:
    """One number a band (64 bits, signed, as SQLite keeps them); near-copies share at least one.
    Empty for no runs."""
    from datasketch import MinHash

    encoded = [run.encode() for run in sorted(found)]
    if not encoded:
        return []
    signature = MinHash(num_perm=_ROWS * _BANDS, seed=1)
    for first in range(0, len(encoded), _BATCH):  # each run takes a kilobyte while it is hashed
        signature.update_batch(encoded[first : first + _BATCH])
    values: NDArray[np.uint64] = signature.hashvalues.reshape(_BANDS, _ROWS).astype(np.uint64)
    # A band's values mixed into one number (FNV-1a's constants), with the band's own in it.
    mixed = np.arange(_BANDS, dtype=np.uint64) + np.uint64(14695981039346656037)
    with np.errstate(over="ignore"):
        for column in values.T:
            mixed = (mixed ^ column) * np.uint64(1099511628211)
    return [int(value) for value in mixed.astype(np.int64)]


def are_copies(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, given as their runs, tell the same story in the same words."""
    if not one or not other:
        return False
    both = len(one & other)
    return both >= _CONTAINED * min(len(one), len(other)) and both >= _ALIKE * len(one | other)
