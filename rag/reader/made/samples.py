"""Questions on the project's ten sample articles, and the same asked of the others."""

from dataclasses import dataclass
from functools import cache
from importlib import resources
from random import Random

NAMES = ("Đông Xuân", "Tây Lâm", "An Hòa")


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample article: its longer lines, and its questions as (kind, answer or -, question)."""

    file: str
    title: str
    date: str
    place: str
    paragraphs: tuple[str, ...]
    questions: tuple[tuple[str, str, str], ...]


@cache
def samples() -> tuple[Sample, ...]:
    """The articles of `index/samples` with the questions of `data/samples.txt`."""
    text = resources.files(__package__).joinpath("data/samples.txt").read_text("utf-8")
    out = []
    for block in text.split("\n## ")[1:]:
        head, *lines = block.strip().splitlines()
        file, title, date, place = (part.strip() for part in head.split("|"))
        body = resources.files("index.samples").joinpath(file).read_text("utf-8")
        paragraphs = tuple(line.strip() for line in body.splitlines() if len(line) > 60)
        questions = []
        for line in lines:
            kind, answer, *asked = (part.strip() for part in line.split("|"))
            questions += [(kind, answer, words) for words in asked]
        out.append(Sample(file, title, date, place, paragraphs, tuple(questions)))
    return tuple(out)


def passage(sample: Sample, answer: str, rng: Random) -> tuple[str, int | None]:
    """A part of the article, with the answer's place in it, or without it."""
    parts = list(sample.paragraphs)
    holding = [i for i, part in enumerate(parts) if answer in part]
    if holding and rng.random() < 0.6:
        at = holding[0]
        parts = parts[max(0, at - rng.randint(0, 1)) : at + 1 + rng.randint(0, 1)]
    text = "\n".join(parts)
    start = text.find(answer)
    return text, start if start >= 0 else None


def drawn(rng: Random) -> tuple[Sample, str, int | None, str, str, str]:
    """Article, passage, start of the answer or None, the answer, kind, question.

    In two of five the question, which names its place, meets an article of another place.
    """
    while True:
        asked_of = rng.choice(samples())
        kind, answer, question = rng.choice(asked_of.questions)
        if answer == "-" or rng.random() < 0.6:
            text, start = passage(asked_of, answer, rng)
            return asked_of, text, start, answer, kind, question
        named = [name for name in NAMES if name in question]
        other = rng.choice(samples())
        text, _ = passage(other, answer, rng)
        seen = f"{other.title} {other.place} {text}"
        if named and answer not in text and not any(name in seen for name in named):
            return other, text, None, answer, kind, question
