"""The settings, in one sheet: the language model, the language, how the page looks, and the library's place and
weight. What is chosen of the model goes for the next question."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from index.models import registry
from index.models.proof import prove
from index.weigh import weigh
from rag.assistant import Assistant
from rag.llm import address
from rag.llm.local import LlamaModel, load_once
from ui.errors import warned
from ui.page import render
from ui.page.playing import HIDDEN
from ui.page.style import channel, drawn
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say

#: What a model takes beside its weights: its context, and what it computes with.
_BESIDE = 500_000_000

#: Makes a model of this name or path the one in use, and returns what it calls itself.
Use = Callable[[str], str]


class Settings:
    """The sheet of the library in a folder; `use` chooses another language model. `paths`: whether who sits
    at the page may see where things lie on the machine, and choose what runs on it."""

    def __init__(
        self, folder: Path, use: Use | None, language: gr.Textbox, paths: bool = True
    ) -> None:
        self._folder = folder
        self._served = address.named()
        self._use = use if paths and not self._served else None
        self._paths = paths
        self._language = language

    def make(self) -> None:
        """Makes what stands in the sheet."""
        self._chosen = channel("model")
        self._opened = channel("configure")
        self._html = drawn("hb-settings-in")
        self._said = drawn("hb-settings-said")

    def wire(self, *again: Any) -> None:
        """Fills it when it is opened, and at each event of `again`."""
        shown = [self._html, self._said]
        for event in (self._opened.click, *again):
            event(lambda language: (self.html(language), ""), [self._language], shown, **HIDDEN)
        trying = self._chosen.click(
            lambda language: render.note_html(say("set_trying", language)),
            [self._language], self._said, **HIDDEN,
        )  # fmt: skip
        trying.then(self._choose, [self._chosen, self._language], shown, **HIDDEN)

    def html(self, language: Language) -> str:
        """What it says."""
        language = language or "vi"
        parts = weigh(self._folder)
        whole = sum(part.bytes for part in parts) or 1
        return filled(
            "settings",
            language=language,
            served=_name(self._served) if self._served else "",
            models=[_model(row, self._sits, language) for row in registry.rows() if _usable(row)],
            may_use=self._use is not None and self._sits,
            folder=self._folder if self._sits else "",
            weighs=_size(sum(part.bytes for part in parts), language),
            parts=[
                (part.name, _size(part.bytes, language), max(1, round(100 * part.bytes / whole)))
                for part in parts
            ],
        )

    @property
    def _sits(self) -> bool:
        return self._paths and not here().id

    def _choose(self, choice: str, language: Language) -> tuple[str, str]:
        known = {row.name for row in registry.rows() if _usable(row)}
        if self._use is None or not self._sits or choice not in known:  # no click of ours
            return self.html(language), ""
        try:
            name = self._use(choice)
        except HoiBaoError as error:
            return self.html(language), render.note_html(warned(error.line, language))
        return self.html(language), render.note_html(say("set_used", language, name=name))


def use_writer(assistant: Assistant, choice: str) -> str:
    """Makes an installed language model the one in use, also of this assistant: what is being written is
    finished by the one before. Returns what it calls itself.

    Raises:
        HoiBaoError: it cannot be used; the one before stays.
    """
    model = registry.use(choice, lambda file: prove(file, load_once, anew=True))
    assistant.writer = LlamaModel(model.path, model.identity)
    threading.Thread(target=assistant.warm, daemon=True).start()
    return model.name


def _name(server: address.Server) -> str:
    return " · ".join(filter(None, (server.model, server.where)))


def _usable(row: registry.ModelRow) -> bool:
    return row.kind == "language" and row.installed


def _model(row: registry.ModelRow, paths: bool, language: Language) -> dict[str, object]:
    weight = row.bytes or 0
    there = (
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    )
    needs = weight + _BESIDE
    return {
        "name": Path(row.name).name,
        "choice": row.name,
        "active": row.active,
        "size": _size(weight, language),
        "needs": _size(needs, language),
        "over": _size(there, language) if there and needs > there else "",
    }


def _size(count: int, language: Language) -> str:
    units = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
    per, unit = next((one for one in units if count >= one[0] / 2), units[-1])
    value = count / per
    said = f"{value:.1f}" if value < 100 else f"{value:.0f}"
    return f"{said if language == 'en' else said.replace('.', ',')} {unit}"
