"""Every word of the interface, Vietnamese first, English second: one table, a file for each part."""

from typing import Literal

from ui.text import evidence, find, page, parts

Language = Literal["vi", "en"]

TEXT: dict[str, tuple[str, str]] = {**page.TEXT, **find.TEXT, **parts.TEXT, **evidence.TEXT}


def say(key: str, language: Language, **values: object) -> str:
    """The words for `key` in a language, with `values` filled in."""
    return TEXT[key][1 if language == "en" else 0].format(**values)


def both(key: str, **values: object) -> str:
    """The words for `key` in both languages, for where nobody's language is known."""
    return f"{say(key, 'vi', **values)} · {say(key, 'en', **values)}"
