"""Names of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence

from index.language.names import vietnamese_name
from index.language.words import OPENERS
from rag.check.align import Item, Run, names, places
from rag.check.measures import same_figure
from rag.check.telling import absent, differs, misplaced, with_next, written_of


def names_told(
    said: Sequence[Item], source: Sequence[Item], around: Sequence[Item], english: bool
) -> Iterator[str]:
    """Names that the quote does not have, or has in another place."""
    whole = {tuple(i.key for i in around[a:b]) for a, b in names(around)}
    runs = [run for run in names(source) if run[1] - run[0] > 1 or not source[run[0]].opens]
    for start, end in names(said):
        if english:  # in English also "Party Committee" has capitals: a name is what looks like one
            written = written_of(said, (start, end))
            if vietnamese_name(written) and not _parts_found(said, (start, end), around, whole):
                yield absent(written)
            continue
        if said[start].opens and end - start == 1:
            key = said[start].key
            if not places(around, [key]) and key not in OPENERS:
                yield absent(said[start].written)
            continue
        if not _parts_found(said, (start, end), around, whole):
            yield absent(written_of(said, (start, end)))
            continue
        same = places(source, [item.key for item in said[start:end]])
        if same and misplaced(said, (start, end), source, same, runs):
            yield differs(written_of(said, (start, end)))


def _parts_found(
    said: Sequence[Item], run: Run, around: Sequence[Item], whole: set[tuple[str, ...]]
) -> bool:
    """Whether a run of capitals is in the quote: in one piece (in small letters only with a
    neighbour), or in pieces which are names by themselves there."""
    start, end = run
    if (
        said[start].opens
        and end - start > 1
        and _parts_found(said, (start + 1, end), around, whole)
    ):
        first = said[start].key
        if first in OPENERS or places(around, [first]):
            return True
    keys = [item.key for item in said[start:end]]
    found = places(around, keys)
    if found and end - start > 1:
        return True
    if any(around[a].capital for a, _ in found):
        return True
    if found:  # one word, small in the quote: the same word only where it has the same neighbour
        with_before = [item.key for item in said[max(0, start - 1) : end]]
        with_next = [item.key for item in said[start : end + 1]]
        return any(len(k) > 1 and places(around, k) for k in (with_before, with_next))
    for cut in range(end - 1, start, -1):
        head = tuple(item.key for item in said[start:cut])
        known = head in whole or (len(head) > 1 and places(around, head))
        if known and _parts_found(said, (cut, end), around, whole):
            return True
    return False


def joined(said: Sequence[Item], source: Sequence[Item], around: Sequence[Item]) -> Iterator[str]:
    """A name and a figure told in one sentence must stand in one sentence of the quote; a name that
    is shown beside the quote (the title, the place) goes with every figure."""
    if not source or source[-1].sentence == 0:
        return
    beside = around[len(source) :]
    for start, end in names(said):
        if said[start].opens and said[start].key in OPENERS:
            start += 1
        keys = [item.key for item in said[start:end]]
        if end - start < 2 or places(beside, keys):
            continue
        near = {source[a].sentence for a, _ in places(source, keys)}
        for at, item in enumerate(said):
            if item.kind != "figure" or item.sentence != said[start].sentence:
                continue
            same = {o.sentence for o in source if same_figure(item, o)}
            if near and same and not near & same:
                yield (
                    f"“{written_of(said, (start, end))}” và “{with_next(said, at)}” không cùng một câu / "
                    "do not stand in one sentence"
                )
