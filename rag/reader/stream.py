"""What is trained on, in order: batches that follow from (stage, seed, step) alone, so that training which was
killed goes on as if it had not been."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.reader.data import NEGATIVES, Corpus, Ints

#: Tokens a batch holds at most, filling included: three thousand are as fast as more.
BATCH_TOKENS = 3072
#: How many of a set's samples are read in one round of each stage. Stage 1 learns to read; stage 2 ends it on
#: Vietnamese text and questions of our own kind, with some of the rest so that nothing is forgotten.
SHARES = (
    {"jaquad": 0.5},
    {"jaquad": 0.04, "cmrc2018": 0.1, "piaf": 0.3}
    | {f"squadshifts-{part}": 0.12 for part in ("wiki", "reddit", "amazon")},
)
#: Pairs of a question in one language and its paragraph in another, a question and round.
_PAIRS = (12, 23)
_NOT_HERE = 0.27
_LOWER, _BARE = 0.08, 0.15  # questions without capitals; Vietnamese ones without marks
_HEADER = 0.5
#: Tokens of a row at most: (share of the rows, from, to).
_LENGTHS = ((0.72, 104, 192), (0.2, 192, 256), (0.08, 256, 320))
_LEAST = 48  # tokens of a passage, whatever the question and the header take
_BOS, _EOS = 0, 2


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to read. The passage is tokens `low` to `high` of the context; the answer is its tokens
    `first` to `last`, counted from `low`, in the sentence `begin` to `end` (all -1 for "not here")."""

    question: int
    context: int
    header: int
    low: int
    high: int
    first: int
    last: int
    begin: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Numbers to learn from: `tokens` (rows, tokens), `lengths` (rows,), where the passage begins and ends
    (`passages`, (rows, 2)), first and last token of the answer (`answers`, (rows, 2); 0 and 0 for "not
    here") and of its sentence (`support`, (rows, 2); empty for "not here")."""

    tokens: NDArray[np.int64]
    lengths: NDArray[np.int64]
    passages: NDArray[np.int64]
    answers: NDArray[np.int64]
    support: NDArray[np.int64]


class Stream:
    """The batches of a stage, numbered from 0 without end."""

    def __init__(self, corpus: Corpus, stage: int, seed: int) -> None:
        self._corpus = corpus
        self._stage = stage
        self._seed = seed
        self._rounds: dict[int, list[list[Row]]] = {}

    def round(self, number: int) -> list[list[Row]]:
        """The rows of one round, in batches; the last few are kept."""
        if number not in self._rounds:
            rng = np.random.default_rng((self._seed, self._stage, number))
            rows = [self._row(q, c, rng) for q, c in self._pairs(rng)]
            self._rounds = {number: _batches(rows, rng)}
        return self._rounds[number]

    def batches(self, step: int) -> Iterator[Batch]:
        """The batches from one step on."""
        number = 0
        while step >= len(self.round(number)):
            step -= len(self.round(number))
            number += 1
        while True:
            for rows in self.round(number)[step:]:
                yield self._filled(rows)
            number, step = number + 1, 0

    def _pairs(self, rng: np.random.Generator) -> list[tuple[int, int]]:
        """Samples whose question is read over (another or the same) sample's paragraph, in any order."""
        corpus = self._corpus
        pairs: list[tuple[int, int]] = []
        for source, name in enumerate(corpus.names):
            if name == "xquad-12":
                continue
            members = np.flatnonzero(corpus.sources == source)
            share = SHARES[self._stage - 1].get(name, 1.0)
            some = rng.permutation(members)[: round(share * len(members))]
            pairs += [(int(i), int(i)) for i in some]
        for same in corpus.parallel:
            vietnamese = int(same[0])
            mixed = [(vietnamese, int(x)) for x in same] + [(int(x), vietnamese) for x in same[1:]]
            for pick in rng.permutation(len(mixed))[: _PAIRS[self._stage - 1]]:
                pairs.append(mixed[pick])
            other = int(same[rng.integers(len(same))])
            pairs.append((other, other))
        return pairs

    def _row(self, question: int, context: int, rng: np.random.Generator) -> Row:
        corpus = self._corpus
        asked, lower, stripped = corpus.questions[question]
        chance = rng.random()
        words = asked if chance > _LOWER + _BARE else lower if chance < _LOWER else stripped
        header = int(corpus.headers[context]) if rng.random() < _HEADER else -1
        around = len(corpus.text(words)) + 4
        if header >= 0:
            around += len(corpus.text(header)) + 1
        room = max(_LEAST, _length(rng) - around)
        text = int(corpus.contexts[context])
        first, last = int(corpus.first[context]), int(corpus.last[context])
        if first >= 0 and rng.random() < _NOT_HERE:
            text, first, last = self._without(context, first, last, room, rng)
        total = len(corpus.text(text))
        begins = corpus.sentence_begins(text)
        low = _window(total, begins, first, last, room, rng)
        high = min(total, low + room)
        begin = end = -1
        if first >= 0:
            last = min(last, high - 1)
            at = int(np.searchsorted(begins, first, side="right"))
            begin = max(int(begins[at - 1]), low) - low
            end = min(int(begins[at]) if at < len(begins) else total, high) - 1 - low
            first, last = first - low, last - low
        length = around + high - low
        return Row(int(words), text, header, low, high, first, last, begin, end, length)

    def _without(
        self, sample: int, first: int, last: int, room: int, rng: np.random.Generator
    ) -> tuple[int, int, int]:
        """A paragraph that does not answer; the sample itself where there is none."""
        others = self._corpus.others[sample]
        count = int((others >= 0).sum())
        if not count:
            return int(self._corpus.contexts[sample]), first, last
        # Nearest most often.
        pick = min(int(rng.exponential(1.2)), NEGATIVES - 1, count - 1)
        return int(others[pick]), -1, -1

    def _filled(self, rows: list[Row]) -> Batch:
        corpus = self._corpus
        tokens = np.full((len(rows), max(row.length for row in rows)), 1, np.int64)
        passages = np.zeros((len(rows), 2), np.int64)
        answers = np.zeros((len(rows), 2), np.int64)
        support = np.tile(np.asarray([1, 0], np.int64), (len(rows), 1))
        for n, row in enumerate(rows):
            header = [*corpus.text(row.header), _EOS] if row.header >= 0 else []
            before = [_BOS, *corpus.text(row.question), _EOS, _EOS, *header]
            passage = corpus.text(row.context)[row.low : row.high]
            at = len(before)
            tokens[n, : row.length] = [*before, *passage, _EOS]
            passages[n] = at, at + len(passage) - 1
            if row.first >= 0:
                answers[n] = at + row.first, at + row.last
                support[n] = at + row.begin, at + row.end
        lengths = np.asarray([row.length for row in rows], np.int64)
        return Batch(tokens, lengths, passages, answers, support)


def _length(rng: np.random.Generator) -> int:
    chance = rng.random()
    for share, low, high in _LENGTHS:
        if chance < share:
            return int(rng.integers(low, high + 1))
        chance -= share
    return _LENGTHS[-1][2]


def _window(
    total: int, begins: Ints, first: int, last: int, room: int, rng: np.random.Generator
) -> int:
    """The first token of the part that is read: the beginning of a sentence from which the answer is within
    reach, any of them; else any token from which it is."""
    if total <= room:
        return 0
    if first < 0:
        fit = begins[begins <= total - room // 2]
        return int(rng.choice(fit)) if len(fit) else 0
    fit = begins[(begins <= first) & (begins > last - room)]
    if len(fit):
        return int(rng.choice(fit))
    return int(rng.integers(max(0, last - room + 1), max(first, last - room + 1) + 1))


def _batches(rows: list[Row], rng: np.random.Generator) -> list[list[Row]]:
    """Rows of like length together, in a random order of batches."""
    order = [rows[i] for i in rng.permutation(len(rows))]
    found: list[list[Row]] = []
    pool = 1024  # rows that are sorted at once: enough for even lengths, few enough to stay mixed
    for at in range(0, len(order), pool):
        batch: list[Row] = []
        for row in sorted(order[at : at + pool], key=lambda r: r.length):
            if (len(batch) + 1) * row.length > BATCH_TOKENS:
                found.append(batch)
                batch = []
            batch.append(row)
        found.append(batch)
    return [found[i] for i in rng.permutation(len(found))]
