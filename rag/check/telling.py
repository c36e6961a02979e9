"""Whether words stand in the same place in statement and quote, and how a problem is told: one line,
Vietnamese and English."""

from collections.abc import Sequence

from rag.check.align import Item, Run, agreement, places

#: Another figure's surroundings must agree this much better before a figure counts as misplaced.
#: Measured by tests/quality/checker.py: below 0.5 reordered true statements begin to fail.
_MARGIN = 0.6


def misplaced(
    said: Sequence[Item],
    run: Run,
    source: Sequence[Item],
    same: Sequence[Run],
    others: Sequence[Run],
) -> bool:
    """Whether the surroundings of `run` agree clearly better with those of another one in the
    source than with those of its own; where the statement tells it more often than the source, as
    well is enough."""
    mine = max(agreement(said, run, source, at) for at in same)
    other = (agreement(said, run, source, at) for at in others if not _overlaps(at, same))
    keys = [item.key for item in said[run[0] : run[1]]]
    more = len(places(said, keys)) > len(same)
    return max(other, default=0.0) > (mine - _MARGIN if more else mine + _MARGIN)


def _overlaps(at: Run, runs: Sequence[Run]) -> bool:
    return any(at[0] < end and start < at[1] for start, end in runs)


def written_of(row: Sequence[Item], run: Run) -> str:
    """The words of a run, as written."""
    return " ".join(item.written for item in row[run[0] : run[1]])


def with_next(row: Sequence[Item], at: int) -> str:
    """An item with the two behind it."""
    return written_of(row, (at, min(at + 3, len(row))))


def with_before(row: Sequence[Item], at: int) -> str:
    """An item with the one before it."""
    return written_of(row, (max(0, at - 1), at + 1))


def absent(written: str) -> str:
    """The problem that words are not in the quote."""
    return f"“{written}” không có trong đoạn trích / is not in the quote"


def differs(written: str) -> str:
    """The problem that the quote says it otherwise."""
    return f"“{written}” không đúng như đoạn trích / is not what the quote says"
