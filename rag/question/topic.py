"""What somebody typed for a topic, as words that belong together: names and quoted words as they stand, other
words near each other.

Vietnamese writes in syllables: of 5,000 news articles 459 have the four of "nhà ở xã hội" (social housing)
somewhere, 7 have it. So words that were typed next to each other are a run: they stand near each other in one
sentence, each beside a neighbour that it has in the topic; of three or more one may stand apart ("giá vàng hôm
nay tăng").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex as re

from index.language.names import is_syllable, names
from index.language.places import spelled
from index.language.sentences import Span
from index.language.text import alike, nfc, strip_marks, words
from index.store.protocol import Need

_QUOTED = re.compile(r"[“\"«„](?P<double>[^”\"»“]+)[”\"»“]|(?<!\w)'(?P<single>[^']+)'(?!\w)")
_OR = r"\s+(?:hoặc là|hoặc|hay là|hay|or)\s+"
# Behind these something else begins, which may stand anywhere in the article.
_PARTS = r"[,;:()/]+|(?<!\p{L})(?:và|cùng với|cùng|với|lẫn|của|giữa|and|with|of|between)(?!\p{L})"
# Grammar: an article need not have it, but a word may have it for a neighbour ("nhà ở", "vụ cháy", "bị cáo").
_LIGHT = """các những bị được đã đang sẽ là có cho để mà thì này đó từ đến tới theo vì do bởi khi ở tại
    trong trên về ra vào một cái vụ việc không rằng như"""
_OPENING = "các những mọi vài nhiều cả đồng thời đều về ở tại trong đến tới từ"
_CLOSING = "này đó ấy kia vậy thế ạ nhé nha nhỉ rồi đây ở tại trong về"
#: The same in English, where most are Vietnamese words, too ("an toàn", "in ấn").
_ENGLISH = "the a an in on at to by for from is are was were any some"
_TITLES = "ông bà anh chị em cô chú bác cụ tỉnh mr mrs ms"
_CODE = re.compile(r"(?<![\p{L}\d])(?=[\p{L}-]*\d)\p{L}[\p{L}\d]*(?:[-/][\p{L}\d]+)*(?![\p{L}\d])")
_ACRONYM = re.compile(r"(?<![\p{L}\d-])\p{Lu}{2,}(?![\p{L}\d-])")
#: Of more words than these not all stand in one sentence: anywhere in the article will do.
_SENTENCE = 6
#: How many other words may stand among those of a run.
_AMONG = 3

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that belong together, folded. `needed` are the positions of those that must be there, `glued` the
    spans of positions that stand as they are, `capitals` what must be in capitals."""

    words: Words
    needed: tuple[int, ...]
    glued: tuple[Span, ...] = ()
    capitals: Words = ()

    @property
    def wide(self) -> bool:
        """Whether its words may stand in several sentences."""
        return len(self.needed) > _SENTENCE and not self.glued

    def pairs(self, at: int) -> set[tuple[str, str]]:
        """The word at a position with its neighbours, beside one of which it stands; none where it may stand
        apart: a word of another language, or the only one."""
        if self.words[at].isalpha() and not is_syllable(strip_marks(self.words[at])):
            return set()
        near = [(i, j) for i, j in zip(self.needed, self.needed[1:]) if at in (i, j)]
        near += [(i, i + 1) for i in (at - 1, at) if 0 <= i < len(self.words) - 1]
        return {(self.words[i], self.words[j]) for i, j in near}

    def needs(self) -> list[Need]:
        """What chunks have where an article holds it (and may have where it does not)."""
        groups: list[list[str]] = [[self.words[at]] for at in self.needed]
        for start, end in self.glued:
            groups += [["_".join(self.words[i : i + 2])] for i in range(start, end - 1)]
        sets = [{"_".join(pair) for pair in self.pairs(at)} for at in self._bound]
        if self._apart:  # of any two, one has a neighbour
            sets = [one | other for one, other in zip(sets, sets[1:])]
        groups += [sorted(one) for one in sets]
        return [[group] for group in groups] if self.wide else [groups]

    def stands_in(self, said: Sequence[str], text: str) -> bool:
        """Whether a text holds it; `said` are its words, as this run has them."""
        wanted = {self.words[at] for at in self.needed}
        if not wanted.issubset(said):
            return False
        if any(not re.search(rf"(?<!\w){one}(?!\w)", text) for one in self.capitals):
            return False
        size = len(said) if self.wide else len(self.words) + _AMONG
        near = (said[at : at + size] for at in range(max(1, len(said) - size + 1)))
        return any(wanted.issubset(some) and self._joined(some) for some in near)

    def _joined(self, said: Sequence[str]) -> bool:
        """Whether words that hold all that is needed have it beside each other."""
        beside = set(zip(said, said[1:]))
        alone = [at for at in self._bound if not self.pairs(at) & beside]
        if len(alone) > self._apart or any(self._led(at) for at in alone):
            return False
        rows = [list(self.words[start:end]) for start, end in self.glued]
        return all(any(said[at : at + len(row)] == row for at in range(len(said))) for row in rows)

    def _led(self, at: int) -> bool:
        """Whether grammar stands beside a word, which makes them one ("nhà ở")."""
        return any(
            0 <= beside < len(self.words) and beside not in self.needed
            for beside in (at - 1, at + 1)
        )

    @property
    def _apart(self) -> int:
        return 1 if len(self.needed) > 2 else 0

    @property
    def _bound(self) -> list[int]:
        """The positions of the words that stand beside a neighbour."""
        inside = {at for start, end in self.glued for at in range(start, end)}
        return [at for at in self.needed if at not in inside and self.pairs(at)]


@dataclass(frozen=True, slots=True)
class Topic:
    """A text is about it where it holds every run of one of the `ways`; `bare`: compared without diacritics."""

    bare: bool
    ways: tuple[tuple[Run, ...], ...]

    def words(self, text: str) -> list[str]:
        """The words of a text, as the runs have them."""
        return list(_words(text, self.bare))

    def needs(self) -> list[list[Need]]:
        """For each way: what chunks of an article have that holds it."""
        return [[need for run in way for need in run.needs()] for way in self.ways]


def topic(text: str, bare: bool = False, english: bool = False) -> Topic:
    """The topic that was typed; `bare`: in a question without diacritics, which then do not count; `english`:
    in an English one.

    >>> [run.words for run in topic("sạt lở đèo Bảo Lộc").ways[0]]
    [('sạt', 'lở', 'đèo'), ('bảo', 'lộc')]
    """
    text = nfc(text)
    parts = [text] if _QUOTED.search(text) else _forms(_OR, bare).split(text)
    typed = _Typed(bare, english, shouted=text.isupper() and " " in text)
    # In quotation marks it is meant as it stands.
    parts = parts if _QUOTED.search(text) else [way for part in parts for way in spelled(part)]
    ways = dict.fromkeys(tuple(_runs(part, typed)) for part in parts)
    return Topic(bare, tuple(way for way in ways if way))


@dataclass(frozen=True, slots=True)
class _Typed:
    """How a topic was typed: without diacritics, in English, all in capitals."""

    bare: bool
    english: bool
    shouted: bool

    def among(self, row: Words, kind: str) -> set[int]:
        """The positions of the words of a kind."""
        known = _ENGLISH if self.english else strip_marks(kind) if self.bare else kind
        return {at for at, word in enumerate(row) if word in known.split()}


def _forms(pattern: str, bare: bool) -> "re.Pattern[str]":
    return re.compile(strip_marks(pattern) if bare else pattern, re.IGNORECASE)


def _words(text: str, bare: bool) -> Words:
    return tuple(alike(strip_marks(word) if bare else word) for word in words(text))


def _runs(text: str, typed: _Typed) -> Iterator[Run]:
    for quoted in _QUOTED.finditer(text):
        if row := _words(quoted["double"] or quoted["single"], typed.bare):
            yield Run(row, tuple(range(len(row))), ((0, len(row)),))
    for part in _forms(_PARTS, typed.bare).split(_QUOTED.sub(",", text)):
        yield from _parted(part, typed)


def _parted(text: str, typed: _Typed) -> Iterator[Run]:
    """A name is a run, with a single word beside it; several words beside a name are one of their own."""
    row = _words(text, typed.bare)
    capitals = () if typed.shouted else tuple(_ACRONYM.findall(text))
    light = typed.among(row, _LIGHT)
    glued = _glued(row, [_words(name, typed.bare) for name in (*names(text), *_CODE.findall(text))])
    run: list[Span] = []
    for start, end in _cut(row, glued, typed):
        named = (start, end) in glued
        several = not named and len(set(range(start, end)) - light) > 1
        if run and (several or (named and any(part in glued for part in run))):
            yield _run(row, run, glued, light, capitals)
            run = []
        if several and glued:
            yield _run(row, [(start, end)], glued, light, capitals)
        else:
            run.append((start, end))
    if run:
        yield _run(row, run, glued, light, capitals)


def _glued(row: Words, rows: Sequence[Words]) -> list[Span]:
    """Where names of several words stand, the longest where they overlap."""
    found: list[Span] = []
    for name in sorted(set(rows), key=len, reverse=True):
        for at in range(len(row) - len(name) + 1):
            end = at + len(name)
            if len(name) > 1 and row[at:end] == name and all(end <= a or b <= at for a, b in found):
                found.append((at, end))
    return sorted(found)


def _cut(row: Words, glued: Sequence[Span], typed: _Typed) -> Iterator[Span]:
    """The spans of names and of what stands between them, without words that only lead from or to it."""
    opening, closing = typed.among(row, _OPENING), typed.among(row, _CLOSING)
    titles = typed.among(row, _TITLES)
    begin = 0
    for start, end in (*glued, (len(row), len(row))):
        first, last = begin, start
        while first < last and first in opening:
            first += 1
        while first < last and (last - 1 in closing or (start < end and last - 1 in titles)):
            last -= 1
        if first < last:
            yield first, last
        if start < end:
            yield start, end
        begin = end


def _run(
    row: Words, parts: Sequence[Span], glued: Sequence[Span], light: set[int], capitals: Words
) -> Run:
    first, last = parts[0][0], parts[-1][1]
    whole = [(a - first, b - first) for a, b in parts if (a, b) in glued]
    named = {at for a, b in whole for at in range(a, b)}
    needed = [at for at in range(last - first) if at in named or at + first not in light]
    words_ = row[first:last]
    mine = tuple(one for one in capitals if strip_marks(one.lower()) in map(strip_marks, words_))
    return Run(words_, tuple(needed or range(last - first)), tuple(whole), mine)
