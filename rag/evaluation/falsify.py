"""Statements made out of quoted sentences, true and false, to measure the checker with.

True ones: the sentence itself, some of its clauses in another order, only some of its clauses, a figure of it
spelled otherwise ("12 500", "1,5 triệu", in words). False ones: the sentence with one figure, date or name
made another: a made-up one, or another of the same text, which is the harder lie to see; a figure of another
scale, without its first group of digits ("500" for "12 500"), one end of a range for the range.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex as re

from index.language.figures import days, figures, readable

Sort = Literal[
    "true", "reordered", "shortened", "spelled", "figure", "date", "name", "swapped", "scale", "group", "end",
]  # fmt: skip
#: Sorts of statements that a checker should accept.
HONEST: tuple[Sort, ...] = ("true", "reordered", "shortened", "spelled")
LIES: tuple[Sort, ...] = ("figure", "date", "name", "swapped", "scale", "group", "end")

_CLAUSE = re.compile(r"(?<=[,;])\s+")
_NAME = re.compile(r"(?<=[\p{L},;]\s)\p{Lu}\p{L}*(?:\s+\p{Lu}\p{L}*)*")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.,]*\d)")
_SCALED = re.compile(r"(?<![\d.,])\d+(?:,\d)? (nghìn|triệu|tỷ)(?!\p{L}| phú| lệ)")
_OTHER_SCALE = {"nghìn": "triệu", "triệu": "tỷ", "tỷ": "triệu"}
_RANGE = re.compile(
    r"(?<![\d.,/-])(?P<low>[1-9]\d*)(?: ?[-–] ?| đến )(?P<high>[1-9]\d*)"
    r"(?P<rest>%| (?:người|triệu|tỷ|m|km|kg|tấn))"
)
_LEAST = 5  # words of a clause kept alone


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, the sentence it cites, and how it came about."""

    sort: Sort
    statement: str
    quote: str


def cases(sentences: Sequence[str], seed: int = 1) -> list[Case]:
    """For each sentence one case of each sort that it allows. `seed` fixes the choice."""
    names = all_names(sentences)
    made: list[Case] = []
    for number, sentence in enumerate(map(readable, sentences)):
        for sort in (*HONEST, *LIES):
            chance = random.Random(f"{seed} {sort} {number}")
            # What is quoted is of one spelling and what is said of another.
            quote = _spaced(sentence) if sort in ("spelled", "group") else sentence
            statement = falsified(sort, sentence, names, chance)
            if quote and statement and (sort == "true") == (statement == quote):
                made.append(Case(sort, statement, quote))
    return made


def all_names(texts: Sequence[str]) -> list[str]:
    """The names of texts, of which one may be put for another."""
    return sorted({m.group() for text in texts for m in _NAME.finditer(text)})


def falsified(sort: Sort, sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """A sentence made a statement of a sort, with one of the names where it needs another; None where it has
    nothing to make it of."""
    if sort in ("scale", "group", "end", "spelled"):
        return _other_spelling(sort, sentence, chance)
    return _make(sort, sentence, names, chance)


def _make(sort: Sort, sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    if sort == "true":
        return sentence
    if sort in ("reordered", "shortened"):
        return _rearranged(sort, sentence, chance)
    if sort == "name":
        return _other_name(sentence, names, chance)
    return _other_number(sort, sentence, chance)


def _rearranged(sort: Sort, sentence: str, chance: random.Random) -> str | None:
    end = sentence[-1] if sentence[-1] in ".!?" else ""
    clauses = [clause.rstrip(",;") for clause in _CLAUSE.split(sentence.removesuffix(end))]
    long = [clause for clause in clauses if len(clause.split()) >= _LEAST]
    if len(clauses) < 2 or not long:
        return None
    if sort == "shortened":
        kept = [chance.choice(long)]
    else:
        kept = clauses[1:] + clauses[:1]
    text = ", ".join(kept)
    return f"{text[0].upper()}{text[1:]}{end}"


def _other_name(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    found = list(_NAME.finditer(sentence))
    if not found:
        return None
    name = chance.choice(found)
    width = len(name.group().split())
    folded = sentence.casefold()
    others = [n for n in names if len(n.split()) == width and n.casefold() not in folded]
    if not others:
        return None
    return sentence[: name.start()] + chance.choice(others) + sentence[name.end() :]


def _other_number(sort: Sort, sentence: str, chance: random.Random) -> str | None:
    spans = [(day.start, day.end) for day in days(sentence)] if sort == "date" else []
    if sort != "date":
        spans = [(f.start, f.end) for f in figures(sentence)]
    written = [m for a, b in spans for m in _DIGITS.finditer(sentence, a, b)]
    if sort == "date":  # the day or the month; another year is another figure
        written = [m for m in written if len(m.group()) < 3]
    if not written:
        return None
    one = chance.choice(written)
    if sort == "swapped":
        others = {m.group() for m in written} - {one.group()}
        if not others:
            return None
        return sentence[: one.start()] + chance.choice(sorted(others)) + sentence[one.end() :]
    return sentence[: one.start()] + _changed(one.group(), sort, chance) + sentence[one.end() :]


def _spaced(sentence: str) -> str | None:
    """The sentence with its first figure in groups parted by spaces."""
    found = _GROUPED.search(sentence)
    if not found:
        return None
    return sentence[: found.start()] + found.group().replace(".", " ") + sentence[found.end() :]


def _other_spelling(sort: Sort, sentence: str, chance: random.Random) -> str | None:
    """A figure spelled otherwise, which is true; its last group alone, another scale, one end of a range."""
    if sort in ("spelled", "group"):
        found = _GROUPED.search(sentence)
        if not found:
            return None
        whole = int(found.group().replace(".", ""))
        words = str(whole)
        if sort == "group":
            if not (last := int(found.group().rpartition(".")[2])):
                return None
            words = str(last)
        elif whole % 100_000 == 0 and whole > 1_000_000:
            words = f"{whole / 1_000_000:.1f}".replace(".", ",") + " triệu"
        return sentence[: found.start()] + words + sentence[found.end() :]
    if sort == "scale":
        found = _SCALED.search(sentence)
        if not found:
            return None
        other = _OTHER_SCALE[found[1]]
        return sentence[: found.start(1)] + other + sentence[found.end(1) :]
    found = _RANGE.search(sentence)
    if not found or int(found["low"]) >= int(found["high"]):
        return None
    one = found[chance.choice(("low", "high"))]
    return sentence[: found.start()] + one + found["rest"] + sentence[found.end() :]


def _changed(number: str, sort: Sort, chance: random.Random) -> str:
    """The number with one digit made another; a date stays a date."""
    if sort == "date":
        return str(chance.choice([n for n in range(1, 13) if n != int(number)]))
    at = chance.choice([i for i, c in enumerate(number) if c.isdigit()])
    least = "1" if at == 0 else "0"
    digit = chance.choice([c for c in "0123456789" if c not in (number[at],) and c >= least])
    return number[:at] + digit + number[at + 1 :]
