"""Questions that no report of the news answers."""

from functools import cache
from importlib import resources
from random import Random


@cache
def _general() -> tuple[tuple[str, str, bool], ...]:
    text = resources.files(__package__).joinpath("data/general.txt").read_text("utf-8")
    out = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, _, words = line.partition(" ")
            english = words.startswith("en: ")
            out.append((kind, words.removeprefix("en: "), english))
    return tuple(out)


def question(rng: Random) -> tuple[str, str, bool]:
    """Kind, words, and whether they are English."""
    return rng.choice(_general())
