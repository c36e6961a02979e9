"""What a paper changed in a story that another one printed: sentences left out, added and worded otherwise,
with the figures and names that differ. Sentences in another order are no change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from index.language.figures import days, in_place
from index.language.names import mentions, names
from index.language.sentences import sentences
from index.language.text import WORD, fold, number_key
from index.naming.found import found as named
from index.types import Article

#: From which character or word to behind which one.
Span = tuple[int, int]
Run = tuple[int, int]

#: Share of a sentence's pairs of words that make another one its other wording, and how many at least.
_SHARED, _LEAST = 0.4, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence that were worded otherwise: `of[start:end]` of the first article, `by` of the other;
    an empty span where words were only added or left out."""

    of: Span
    by: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is told otherwise: sentences of the first article and of the other, as spans of
    their bodies (None where there is none), what of them differs, and the figures, days and names of these
    sentences that the other article has nowhere."""

    kind: Literal["changed", "left_out", "added"]
    of: Span | None
    by: Span | None
    pieces: tuple[Piece, ...] = ()
    lost: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reprint:
    """An article of a story and what differs in it from the first one, in the first one's order."""

    article: Article
    differences: tuple[Difference, ...]
    #: Whether its sentences stand in another order.
    reordered: bool


@dataclass(frozen=True, slots=True)
class Reprints:
    """A story: the article that came first (the longest where that is not known), and the others."""

    first: Article
    others: tuple[Reprint, ...]


def reprints(articles: Sequence[Article]) -> Reprints:
    """What the papers of a story changed, against the one that came first; where one of them has no date,
    against the longest. There is at least one article."""
    dated = all(one.details.published for one in articles)

    def order(one: Article) -> tuple[str, int, str]:
        day = one.details.published
        when = f"{day} {one.details.time or '24'}" if day and dated else ""
        return when, -len(one.body), one.id

    first, *rest = sorted(articles, key=order)
    return Reprints(first, tuple(_reprint(first, one) for one in rest))


def _reprint(first: Article, other: Article) -> Reprint:
    found, reordered = compared(first.body, other.body)
    return Reprint(other, tuple(found), reordered)


def compared(first: str, other: str) -> tuple[list[Difference], bool]:
    """What differs between two bodies, and whether sentences that both have stand in another order."""
    mine, theirs = Told.of(first), Told.of(other)
    same = [*_same(mine, theirs), *_within(mine, theirs)]
    same += [(a, b) for b, a in _within(theirs, mine)]
    same.sort()
    moved: list[tuple[int, int]] = []
    found: list[tuple[int, Difference]] = []
    for of, by in _groups(mine, theirs):
        a, b = mine.span(of), theirs.span(by)
        if of and by:
            pieces = _pieces(mine, of, theirs, by)
            moved.append((of[0][0], by[0][0]))
            if pieces:
                lost, new = _but(first[slice(*a)], other), _but(other[slice(*b)], first)
                found.append((of[0][0], Difference("changed", a, b, pieces, lost, new)))
        elif of:
            lost = _but(first[slice(*a)], other)
            found.append((of[0][0], Difference("left_out", a, None, lost=lost)))
        else:
            new = _but(other[slice(*b)], first)
            place = max((at for at, behind in same if behind < by[0][0]), default=-1)
            found.append((place, Difference("added", None, b, new=new)))
    found.sort(key=lambda one: (one[0], one[1].kind == "added"))
    order = [b for _, b in sorted([*same, *moved])]
    return [difference for _, difference in found], order != sorted(order)


@dataclass
class Told:
    """A body's words, each with its place, and the runs of them that are not found in the other body
    yet: whole sentences first."""

    words: list[tuple[str, int, int]]
    sentences: dict[Run, Span]
    left: list[Run]

    @classmethod
    def of(cls, body: str) -> "Told":
        """Of a body, with nothing found yet."""
        said: list[tuple[str, int, int]] = []
        runs: dict[Run, Span] = {}
        for start, end in sentences(body):
            begin = len(said)
            said += [(_key(one.group()), *one.span()) for one in WORD.finditer(body, start, end)]
            if len(said) > begin:
                runs[begin, len(said)] = (start, end)
        return cls(said, runs, list(runs))

    def keys(self, run: Run) -> list[str]:
        """A run's words as they are compared."""
        return [key for key, *_ in self.words[slice(*run)]]

    def span(self, runs: Sequence[Run]) -> Span:
        """Where neighbouring runs stand in the body; of whole sentences with their full stops."""
        if not runs:
            return 0, 0
        first, last = runs[0], runs[-1]
        start = self.sentences[first][0] if first in self.sentences else self.words[first[0]][1]
        end = self.sentences[last][1] if last in self.sentences else self.words[last[1] - 1][2]
        return start, end


def _same(mine: Told, theirs: Told) -> list[tuple[int, int]]:
    """Takes the sentences that both have in the same words; returns where each begins in both."""
    where: dict[tuple[str, ...], list[Run]] = {}
    for run in theirs.left:
        where.setdefault(tuple(theirs.keys(run)), []).append(run)
    found = []
    for run in list(mine.left):
        if waiting := where.get(tuple(mine.keys(run))):
            other = waiting.pop(0)
            mine.left.remove(run)
            theirs.left.remove(other)
            found.append((run[0], other[0]))
    return found


def _within(mine: Told, theirs: Told) -> list[tuple[int, int]]:
    """Takes the sentences of the one that stand within runs of the other, whose sentences end elsewhere;
    returns where each begins in both."""
    found = []
    for run in sorted(mine.left, key=lambda run: run[0] - run[1]):
        keys = mine.keys(run)
        if len(keys) < _LEAST:
            continue
        wanted = f" {' '.join(keys)} "
        for other in theirs.left:
            text = f" {' '.join(theirs.keys(other))} "
            at = text.find(wanted)
            if at >= 0:
                begin = other[0] + text[:at].count(" ")
                end = begin + len(keys)
                mine.left.remove(run)
                here = theirs.left.index(other)
                parts = [(other[0], begin), (end, other[1])]
                theirs.left[here : here + 1] = [part for part in parts if part[0] < part[1]]
                found.append((run[0], begin))
                break
    return found


def _groups(mine: Told, theirs: Told) -> list[tuple[list[Run], list[Run]]]:
    """What is left, put together with its other wording: a run with a run, or with several neighbours where
    they were joined or parted; and each of the rest alone."""
    of = {run: _pairs(mine.keys(run)) for run in mine.left}
    by = {run: _pairs(theirs.keys(run)) for run in theirs.left}
    alike = []
    for a, pairs_a in of.items():
        for b, pairs_b in by.items():
            shared = (pairs_a & pairs_b).total()
            if shared >= max(_LEAST, _SHARED * min(pairs_a.total(), pairs_b.total())):
                alike.append((-shared / max(pairs_a.total(), pairs_b.total()), a, b))
    groups: list[tuple[list[Run], list[Run]]] = []
    of_group: dict[Run, int] = {}
    by_group: dict[Run, int] = {}
    for _, a, b in sorted(alike):
        if a not in of_group and b not in by_group:
            of_group[a] = by_group[b] = len(groups)
            groups.append(([a], [b]))
        elif a not in of_group and _beside(a, groups[by_group[b]][0]):
            of_group[a] = by_group[b]
            groups[by_group[b]][0].append(a)
        elif b not in by_group and a in of_group and _beside(b, groups[of_group[a]][1]):
            by_group[b] = of_group[a]
            groups[of_group[a]][1].append(b)
    groups = [(sorted(one), sorted(other)) for one, other in groups]
    groups += [([run], []) for run in mine.left if run not in of_group]
    groups += [([], [run]) for run in theirs.left if run not in by_group]
    return groups


def _beside(run: Run, others: Sequence[Run]) -> bool:
    return any(run[0] == other[1] or run[1] == other[0] for other in others)


def _pieces(mine: Told, of: Sequence[Run], theirs: Told, by: Sequence[Run]) -> tuple[Piece, ...]:
    """What differs, word for word."""
    a = mine.words[of[0][0] : of[-1][1]]
    b = theirs.words[by[0][0] : by[-1][1]]
    matcher = SequenceMatcher(None, [key for key, *_ in a], [key for key, *_ in b], autojunk=False)
    return tuple(
        Piece(_span(a, i, j), _span(b, k, n))
        for tag, i, j, k, n in matcher.get_opcodes()
        if tag != "equal"
    )


def _span(told: Sequence[tuple[str, int, int]], i: int, j: int) -> Span:
    if i < j:
        return told[i][1], told[j - 1][2]
    at = told[i - 1][2] if i else told[0][1]
    return at, at


def _key(word: str) -> str:
    return number_key(word) + "%" * word.endswith("%") if word[0].isdigit() else fold(word)


def _pairs(said: Sequence[str]) -> Counter[str]:
    return Counter(f"{one} {other}" for one, other in zip(said, said[1:], strict=False))


def _figures(text: str) -> dict[str, str]:
    found = {f"{day.year}-{day.month}-{day.day}": day.written for day in days(text)}
    return found | {figure.value: text[figure.start : figure.end] for figure in in_place(text)}


def _names(text: str) -> list[str]:
    known = [text[one.start : one.end] for one in named(text)]
    others = [n for n in names(text) if not any(n in one or one in n for one in known)]
    return list(dict.fromkeys((*known, *others)))


def _but(text: str, other: str) -> tuple[str, ...]:
    """The figures, days and names of a text that another one has nowhere."""
    there = _figures(other)
    figures = [written for key, written in _figures(text).items() if key not in there]
    return (*figures, *(name for name in _names(text) if not mentions(other, name)))
