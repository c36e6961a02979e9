"""Words of an article that somebody marked, found again after the article was read anew: the same words where
they stand now, or what stands in their place, never other words for them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.find.words import spans, words
from index.language.text import fold
from index.types import Anchor

#: How much of what stands around marked words is kept, in characters, and compared, in words.
_AROUND, _NEXT = 120, 8
#: From which likeness (0 to 1) of what stands around on the same words are those that were marked.
_LIKE = 0.5
#: So many words that are the same are those that were marked, whatever stands around.
_LONG = 8
#: By so many words on each side the place of changed words is known, the surer first.
_EDGES = (3, 2)
#: Of the marked words so many stand where they were changed, where they are at least so many.
_SHARED, _FEW = 0.6, 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Where marked words stand now: `body[start:end]`; where they are not the `same`, what stands in their
    place."""

    start: int
    end: int
    same: bool


def anchored(body: str, start: int, end: int) -> Anchor:
    """The words `body[start:end]`, marked: with what they can be found by again."""
    before, after = body[max(0, start - _AROUND) : start], body[end : end + _AROUND]
    return Anchor(start, end, body[start:end], before, after)


def located(body: str, quote: str, before: str = "") -> tuple[int, int] | None:
    """Where words that were typed or selected stand in a body, in whatever case and spacing; of several places
    the first that is preceded by the words of `before`, else the first; None where they do not stand there."""
    text = _Text(body)
    found = text.places(quote)
    last = words(before).keys[-_NEXT:]
    return max(found, key=lambda at: text.ratio(last, text.before(at[0]))) if found else None


def standing(body: str, anchor: Anchor) -> Standing | None:
    """Where marked words stand in a body now; None where neither they nor anything in their place does."""
    if anchored(body, anchor.start, anchor.end) == anchor:
        return Standing(anchor.start, anchor.end, True)
    text = _Text(body)
    sought = words(anchor.quote).keys
    around = words(anchor.before).keys, words(anchor.after).keys
    changed = text.between(*around, 2 * len(sought) + _NEXT)
    fits = text.likeness(changed, *around) if changed else 0.0
    found = [
        (text.likeness(place, *around), -abs(place[0] - anchor.start), place)
        for place in text.places(anchor.quote)
    ]
    if found:
        like, _, place = max(found)
        # The same words may also stand elsewhere, and those that were marked be others now.
        if like >= fits and (like >= _LIKE or len(sought) >= _LONG):
            return Standing(*place, True)
    other = changed or text.nearest(sought)
    return Standing(*other, False) if other else None


class _Text:
    """A body's words."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._keys = words(body).keys
        at = spans(body)
        self._starts = [start for start, _ in at]
        self._ends = [end for _, end in at]

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Where the words of a quote stand, with the signs between them, in whatever case and spacing."""
        at = spans(quote)
        if not at:
            return []
        lead, tail = at[0][0], len(quote) - at[-1][1]
        whole = _same(quote[lead : at[-1][1]])
        found = []
        for start, end in (self._span(i, i + len(at)) for i in self._runs(words(quote).keys)):
            if self._body[max(0, start - lead) : end + tail] == quote:
                found.append((start - lead, end + tail))
            elif _same(self._body[start:end]) == whole:
                found.append((start, end))
        return found

    def before(self, offset: int) -> list[str]:
        """The last words before an offset."""
        at = bisect_right(self._ends, offset)
        return self._keys[max(0, at - _NEXT) : at]

    def _after(self, offset: int) -> list[str]:
        at = bisect_left(self._starts, offset)
        return self._keys[at : at + _NEXT]

    @staticmethod
    def ratio(one: Sequence[str], other: Sequence[str]) -> float:
        """How like each other two runs of words are, 0 to 1; two empty ones are the same."""
        return SequenceMatcher(None, one, other, autojunk=False).ratio()

    def likeness(
        self, place: tuple[int, int], before: Sequence[str], after: Sequence[str]
    ) -> float:
        """How like what stands around a place is to what stood around the marked words, 0 to 1."""
        sides = (
            self.ratio(before[-_NEXT:], self.before(place[0])),
            self.ratio(after[:_NEXT], self._after(place[1])),
        )
        return sum(sides) / 2

    def between(
        self, before: Sequence[str], after: Sequence[str], most: int
    ) -> tuple[int, int] | None:
        """What stands between the words before and the words after, where it is something and not too much."""
        for size in _EDGES:
            first, last = list(before[-size:]), list(after[:size])
            if len(first) < size or len(last) < size:
                continue
            ends = self._runs(last)
            for begin in (start + size for start in self._runs(first)):
                end = next((one for one in ends if one >= begin), None)
                if end is not None and 0 < end - begin <= most:
                    return self._span(begin, end)
        return None

    def nearest(self, sought: Sequence[str]) -> tuple[int, int] | None:
        """The words that share the most with those that are sought, where that is enough."""
        size = len(sought)
        if size < _FEW or len(self._keys) < size:
            return None
        wanted, left = Counter(sought), Counter(sought)
        best, shared, at = 0, 0, 0
        for i, key in enumerate(self._keys):
            shared += left[key] > 0
            left[key] -= 1
            if i >= size:
                gone = self._keys[i - size]
                left[gone] += 1
                shared -= left[gone] > 0
            if shared > best:
                best, at = shared, max(0, i - size + 1)
        return self._span(at, at + size) if best >= _SHARED * sum(wanted.values()) else None

    def _runs(self, sought: Sequence[str]) -> list[int]:
        size = len(sought)
        return [
            i
            for i, key in enumerate(self._keys)
            if key == sought[0] and self._keys[i : i + size] == list(sought)
        ]

    def _span(self, first: int, last: int) -> tuple[int, int]:
        return self._starts[first], self._ends[last - 1]


def _same(text: str) -> str:
    """What is left of words where case, spacing and the place of tone marks do not count."""
    return "".join(fold(text).split())
