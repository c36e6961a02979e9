"""What holds the page together and has no state of its own: the head, the dividers, the switch of a phone, the
sheet of keys."""

from typing import Any

import gradio as gr

from ui.page.style import drawn
from ui.templates import filled
from ui.text import Language

#: What each key does, for the sheet: keys as they are written on them, the word for what they do.
_KEYS = (
    (("/",), "key_focus"),
    (("Enter",), "key_send"),
    (("Shift", "Enter"), "key_line"),
    (("↑",), "key_last"),
    (("Esc",), "key_stop"),
    (("Ctrl", "K"), "key_new"),
    (("J", "K"), "key_next"),
    (("Y",), "key_copy"),
    (("T",), "key_talks"),
    (("B",), "key_fold"),
    (("←", "→"), "key_divider"),
    (("?",), "key_sheet"),
)


class Pieces:
    """Fixed pieces of the page, each placed where it stands; `spoken` are those on the page, and `speak`
    gives their words in a language."""

    def __init__(self) -> None:
        self._placed: dict[str, gr.HTML] = {}

    def place(self, name: str) -> None:
        """Makes a piece of `frame.html` here."""
        self._placed[name] = drawn(f"hb-piece-{name}", _html(name, "vi"))

    @property
    def spoken(self) -> list[Any]:
        """The pieces on the page."""
        return list(self._placed.values())

    def speak(self, language: Language) -> tuple[str, ...]:
        """Their words in a language, in the same order."""
        return tuple(_html(name, language) for name in self._placed)


def _html(name: str, language: Language) -> str:
    return filled("frame", piece=name, language=language, keys=_KEYS)
