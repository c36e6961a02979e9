"""Measures what is told of reprints: `python tests/quality/reprints.py [ARTICLES]` (200; the real text must be
there; a minute). The edits are those of `tests/quality/adding.py`, each written down as it is made.

A change is a sentence that was left out or added, or a word that was exchanged; it is listed where what is told
covers it. What is told and covers none of them is no change."""

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.language.sentences import sentences  # noqa: E402
from index.language.text import nfc, words  # noqa: E402
from index.reprints import Span, compared  # noqa: E402
from tests.quality.corpus import news  # noqa: E402

COUNT, WAYS = 200, 4


@dataclass
class Edited:
    """A reprint, and what was changed: spans of the original that were left out or exchanged (each with those
    that say the same: of a sentence that stands twice nobody can tell which one went), and spans of the reprint
    that are new."""

    text: str
    of: list[list[Span]] = field(default_factory=list)
    by: list[Span] = field(default_factory=list)


def edited(chance: random.Random, body: str, way: int, lead: str) -> Edited:
    """A body as another paper prints it: cut by a quarter here and there; its first half; one word in ten
    another; its sentences in another order under a new lead."""
    spans = sentences(body)
    if way < 2:
        half = max(3, len(spans) // 2)
        kept = [chance.random() > 0.25 if way == 0 else n < half for n in range(len(spans))]
        text = " ".join(body[a:b] for (a, b), keep in zip(spans, kept, strict=True) if keep)
        gone = [span for span, keep in zip(spans, kept, strict=True) if not keep]
        return Edited(
            text, [_twins(body, span, spans) for span in gone if words(body[slice(*span)])]
        )
    made = Edited("")
    if way == 2:
        said = body.split()
        at, parts = 0, []
        length = 0
        for word in said:
            at = body.index(word, at)
            other = chance.choice(said) if chance.random() < 0.1 else word
            if words(other) != words(word):
                made.of.append([(at, at + len(word))])
                made.by.append((length, length + len(other)))
            at += len(word)
            parts.append(other)
            length += len(other) + 1
        made.text = " ".join(parts)
        return made
    first, *rest = spans
    chance.shuffle(rest)
    made.text = " ".join([lead, *(body[a:b] for a, b in rest)])
    made.of = [_twins(body, first, spans)]
    made.by = sentences(lead)
    return made


def _twins(body: str, span: Span, spans: list[Span]) -> list[Span]:
    said = words(body[slice(*span)])
    return [one for one in spans if words(body[slice(*one)]) == said]


def _overlaps(span: Span | None, others: list[Span]) -> bool:
    return span is not None and any(span[0] < b and a < span[1] for a, b in others)


def main(count: int) -> None:
    """Prints, by edit, how many changes are listed and how much of what is told is none."""
    items = news(2000)
    chance = random.Random(6)
    chosen = chance.sample(items, count)
    sums: Counter[tuple[int, str]] = Counter()
    for item in chosen:
        body = nfc(item["body"])
        for way in range(WAYS):
            made = edited(chance, body, way, nfc(chance.choice(items)["summary"]))
            told_of: list[Span] = []
            told_by: list[Span] = []
            for one in compared(body, made.text)[0]:
                parts = [(piece.of, piece.by) for piece in one.pieces] or [(one.of, one.by)]
                for of, by in parts:
                    sums[way, "told"] += 1
                    right = _overlaps(of, [*chain(*made.of)]) or _overlaps(by, made.by)
                    sums[way, "right"] += right
                    told_of += [of] if of else []
                    told_by += [by] if by else []
            changes = (
                [
                    _overlaps(a, told_of) or _overlaps(b, told_by)
                    for (a,), b in zip(made.of, made.by)
                ]
                if way == 2
                else [any(_overlaps(one, told_of) for one in twins) for twins in made.of]
                + [_overlaps(b, told_by) for b in made.by]
            )
            sums[way, "changes"] += len(changes)
            sums[way, "listed"] += sum(changes)
    for way in (*range(WAYS), None):
        total = {
            what: sum(n for (w, k), n in sums.items() if k == what and way in (w, None))
            for what in ("changes", "listed", "told", "right")
        }
        none = total["told"] - total["right"]
        name = "all" if way is None else f"edit {way}"
        listed, changes, told = total["listed"], total["changes"], total["told"]
        print(
            f"{name}: {listed} of {changes} changes listed ({listed / changes:.3f}); "
            f"{none} of {told} told are none ({none / told:.3f})"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
