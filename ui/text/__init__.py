"""Every word of the interface, Vietnamese first, English second: one table, a file for each part."""

from typing import Literal

from ui.text import (
    corrections,
    dossiers,
    evidence,
    find,
    frame,
    names,
    page,
    parts,
    people,
    reading,
    scan,
    standing,
    start,
)

Language = Literal["vi", "en"]

_PARTS = (
    *(page, dossiers, frame, find, parts, reading, scan, start, evidence, corrections),
    *(names, standing, people),
)
TEXT: dict[str, tuple[str, str]] = {
    key: words for part in _PARTS for key, words in part.TEXT.items()
}


def say(key: str, language: Language, **values: object) -> str:
    """The words for `key` in a language, with `values` filled in."""
    return TEXT[key][1 if language == "en" else 0].format(**values)


def both(key: str, **values: object) -> str:
    """The words for `key` in both languages, for where nobody's language is known."""
    return f"{say(key, 'vi', **values)} · {say(key, 'en', **values)}"
