"""What is asked of the index of whole articles, told without the language of any index."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Words one behind the other, as they are indexed; `begun`: of the last one only the beginning."""

    words: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Any of some phrases; or, with a distance, all of them, with at most so many words between the end of each
    and the beginning of the last. `bare`: compared without diacritics; `title`: in the title, not in title or
    body."""

    phrases: tuple[Said, ...]
    distance: int | None = None
    bare: bool = False
    title: bool = False
