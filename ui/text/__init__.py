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


class _Number(int):
    """A number in words of one language: `{count:,}` in groups of three, `{count:article|articles}` so, and
    behind it the word for one or for more."""

    language: Language = "vi"

    def __format__(self, form: str) -> str:
        grouped = f"{int(self):,}" if self.language == "en" else f"{int(self):,}".replace(",", ".")
        if "|" in form:
            return f"{grouped} {form.split('|')[self != 1]}"
        return grouped if form == "," else format(int(self), form)


def say(key: str, language: Language, **values: object) -> str:
    """The words for `key` in a language, with `values` filled in.

    >>> say("names_articles", "en", count=1), say("names_articles", "en", count=20008)
    ('1 article', '20,008 articles')
    >>> say("names_articles", "vi", count=20008)
    '20.008 bài'
    """
    for name, value in values.items():
        if type(value) is int:
            values[name] = number = _Number(value)
            number.language = language
    return TEXT[key][1 if language == "en" else 0].format(**values)


def both(key: str, **values: object) -> str:
    """The words for `key` in both languages, for where nobody's language is known."""
    return f"{say(key, 'vi', **values)} · {say(key, 'en', **values)}"
