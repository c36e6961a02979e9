"""Names of a statement, compared with what it cites."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.language.names import is_syllable
from index.language.places import PROVINCES
from index.language.text import fold, strip_marks
from index.language.words import OPENERS, STARTERS
from rag.check.align import Item, Run, misplaced, names, places, with_next, written_of
from rag.check.measures import same_figure
from rag.check.problem import Problem, absent, differs

#: English words with a capital that are shaped like a Vietnamese syllable.
_ENGLISH = frozenset(
    "a an the in on at to by it he she we no so do may bay dam co but not up out each me my you him team sea "
    "tea men man and then than that".split()
)
#: "Hanoi", "Danang": provinces as English writes them.
_EXONYMS = {
    "".join(parts): parts
    for parts in (strip_marks(fold(name)).split() for name in PROVINCES)
    if len(parts) == 2
}
#: Who is meant is said in the sentence before.
_PRONOUNS = frozenset("ông bà anh chị cô họ ong ba".split())
#: Of two letters also other words are made.
_SHORT = {"tp": ["thành", "phố"], "tx": ["thị", "xã"]}


def written_alike(said: Sequence[Item], around: Sequence[Item]) -> list[Item]:
    """A statement with abbreviations as the quote has them: "UBND" where it says so, "Ủy ban nhân dân"
    where it says that."""
    row = [spelled for item in said for spelled in _spelled_out(item, around)]
    for short in {item.key: item for item in around if _is_short(item)}.values():
        run = _initials(row, short.key)
        if run and not places(around, [item.key for item in row[run[0] : run[1]]]):
            row[run[0] : run[1]] = [_as(short, row[run[0]], first=True)]
    return row


def _spelled_out(item: Item, around: Sequence[Item]) -> list[Item]:
    if not _is_short(item) or places(around, [item.key]):
        return [item]
    start, end = _initials(around, item.key) or (0, 0)
    return [_as(one, item, first=not n) for n, one in enumerate(around[start:end])] or [item]


def _as(word: Item, there: Item, first: bool) -> Item:
    """A word put where another one stands; `first`: of those that are put there."""
    return replace(
        word,
        opens=there.opens and first,
        joined=there.joined or not first,
        sentence=there.sentence,
        clause=there.clause,
    )


def _is_short(item: Item) -> bool:
    letters = item.written
    return item.kind == "word" and letters.isupper() and (len(letters) > 2 or item.key in _SHORT)


def _initials(row: Sequence[Item], letters: str) -> Run | None:
    """Where words stand that begin with these letters, one behind the other."""
    wanted = strip_marks(letters)
    firsts = "".join(strip_marks(item.key)[:1] if item.kind == "word" else "0" for item in row)
    at = firsts.find(wanted)
    while at >= 0:
        run = (at, at + len(wanted))
        words = [item.full for item in row[at : run[1]]]
        meant = words == _SHORT[letters] if letters in _SHORT else row[at].capital
        if meant and all(item.joined for item in row[at + 1 : run[1]]):
            return run
        at = firsts.find(wanted, at + 1)
    return None


def names_told(
    said: Sequence[Item], source: Sequence[Item], around: Sequence[Item], english: bool
) -> Iterator[Problem]:
    """Names that the quote does not have, or has in another place."""
    whole = {tuple(i.key for i in around[a:b]) for a, b in names(around)}
    runs = [run for run in names(source) if run[1] - run[0] > 1 or not source[run[0]].opens]
    for start, end in names(said):
        if english:
            yield from _in_english(said, (start, end), around, whole)
            continue
        if said[start].opens and end - start == 1:
            key = said[start].key
            if not places(around, [key]) and said[start].full not in STARTERS:
                yield absent(said[start].written)
            continue
        if not _parts_found(said, (start, end), around, whole):
            yield absent(written_of(said, (start, end)))
            continue
        same = places(source, [item.key for item in said[start:end]])
        # "Sở Giáo dục" is nobody whom a person could be taken for.
        others = [run for run in runs if abs(run[1] - run[0] - end + start) < 2]
        if same and misplaced(said, (start, end), source, same, others):
            yield differs(written_of(said, (start, end)))


def _in_english(
    said: Sequence[Item], run: Run, around: Sequence[Item], whole: set[tuple[str, ...]]
) -> Iterator[Problem]:
    """In English also "Party Committee" has capitals: a name is what is shaped like Vietnamese."""
    start, end = run
    while start < end:
        last = start
        while last < end and is_syllable(said[last].key):
            last += 1
        # "The An Hoa", "Ha Long Bay": an English word may stand before or behind.
        first = start + (said[start].opens and said[start].key in _ENGLISH)
        shorter = last - (last > first and said[last - 1].key in _ENGLISH)
        tried = [(start, last), (first, last), (start, shorter), (first, shorter)]
        alone = shorter - first < 1 or said[start].opens and last - start == 1
        if not alone and not any(
            a < b and _parts_found(said, (a, b), around, whole) for a, b in tried
        ):
            yield absent(written_of(said, (start, last)))
        province = _EXONYMS.get(said[start].key)
        if province and not places(around, province):
            yield absent(said[start].written)
        start = max(last, start + 1)


def _parts_found(
    said: Sequence[Item], run: Run, around: Sequence[Item], whole: set[tuple[str, ...]]
) -> bool:
    """Whether a run of capitals is in the quote: in one piece (in small letters only with a
    neighbour), or in pieces which are names by themselves there."""
    start, end = run
    if said[start].opens and end - start > 1:
        opener = said[start].full in OPENERS or places(around, [said[start].key])
        if opener and _parts_found(said, (start + 1, end), around, whole):
            return True
    keys = [item.key for item in said[start:end]]
    found = places(around, keys)
    if found and end - start > 1:
        return True
    if any(around[a].capital for a, _ in found):
        return True
    if found:  # one word, small in the quote: the same word only where it has the same neighbour
        with_before = [item.key for item in said[max(0, start - 1) : end]]
        with_behind = [item.key for item in said[start : end + 1]]
        return any(len(k) > 1 and places(around, k) for k in (with_before, with_behind))
    for cut in range(end - 1, start, -1):
        head = tuple(item.key for item in said[start:cut])
        known = head in whole or (len(head) > 1 and places(around, head))
        if known and _parts_found(said, (cut, end), around, whole):
            return True
    return False


def joined(
    said: Sequence[Item], source: Sequence[Item], around: Sequence[Item]
) -> Iterator[Problem]:
    """A name and a figure told in one sentence must stand in one sentence of the quote; a name that
    is shown beside the quote (the title, the place) goes with every figure."""
    if not source or source[-1].sentence == 0:
        return
    beside = around[len(source) :]
    for start, end in names(said):
        if said[start].opens and said[start].full in OPENERS:
            start += 1
        keys = [item.key for item in said[start:end]]
        if end - start < 2 or places(beside, keys):
            continue
        near = {source[a].sentence for a, _ in places(source, keys)}
        near |= {number + 1 for number in near if _goes_on(source, number + 1)}
        for at, item in enumerate(said):
            if item.kind != "figure" or item.sentence != said[start].sentence:
                continue
            same = {o.sentence for o in source if same_figure(item, o)}
            if near and same and not near & same:
                yield Problem("apart", (written_of(said, (start, end)), with_next(said, at)))


def _goes_on(source: Sequence[Item], number: int) -> bool:
    """Whether a sentence begins with who is meant in the one before, and names nobody itself."""
    row = [item for item in source if item.sentence == number]
    named = any(end - start > 1 or start > 0 for start, end in names(row))
    return bool(row) and row[0].key in _PRONOUNS and not named
