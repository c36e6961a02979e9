"""Answers marked wrong: what is asked when one is, and the list of those that were, a person's own test set."""

import contextlib
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from index.library import Library
from ui.errors import warned
from ui.history import History, Turn
from ui.kept import Wrong, as_file
from ui.page import render
from ui.page.desk import messages
from ui.page.playing import HIDDEN
from ui.page.style import channel, drawn, later
from ui.page.taken import saved
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say

#: Turns before a question that are kept with it.
_BEFORE = 2


class WrongSheet:
    """The sheet. It is opened by the channel "mark" with the id of a turn, or with "" for the last answer of
    the conversation `current`; the script shows it."""

    def __init__(self, library: Library, history: History, language: gr.Textbox) -> None:
        self._library = library
        self._everybody = history
        self._language = language

    def make(self) -> None:
        """Makes it where it stands on the page."""
        self._marked = channel("mark")
        self._dropped = channel("unmark")
        self._turn = gr.State(0)
        with gr.Column(elem_id="hb-sheet-wrong", elem_classes="hb-sheet"), later():
            self._asked = drawn("hb-wrong-asked")
            self._value = gr.Textbox(
                label=say("wrong_value", "vi"), max_lines=3, elem_id="hb-wrong-value"
            )
            self._article = gr.Dropdown(
                label=say("wrong_article", "vi"), allow_custom_value=True,
                elem_id="hb-wrong-article",
            )  # fmt: skip
            self._absent = gr.Checkbox(
                label=say("wrong_absent", "vi"), elem_id="hb-wrong-absent", container=False
            )
            self._save = gr.Button(
                say("wrong_save", "vi"), variant="primary", elem_id="hb-wrong-save"
            )
            self._said = drawn("hb-wrong-said")
            self._list = drawn("hb-wrong-list")
            self._export = gr.Button(
                say("wrong_export", "vi"), size="sm", elem_id="hb-wrong-export", visible=False
            )
            self._file = gr.File(
                interactive=False, visible=False, show_label=False, elem_id="hb-wrong-file"
            )

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._value, self._article, self._absent, self._save, self._export]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        labels = ("wrong_value", "wrong_article", "wrong_absent")
        return (
            *(gr.update(label=say(key, language)) for key in labels),
            *(gr.update(value=say(key, language)) for key in ("wrong_save", "wrong_export")),
        )

    def wire(self, current: gr.Textbox) -> None:
        """Wires it to the component that has the id of the conversation that is shown."""
        fields = [self._value, self._article, self._absent]
        listed = [self._said, self._list, self._export, self._file]
        self._marked.click(
            self._open, [self._marked, current, self._language],
            [self._turn, self._asked, *fields, *listed], **HIDDEN,
        )  # fmt: skip
        self._save.click(
            self._keep, [self._turn, *fields, current, self._language], listed, **HIDDEN
        )
        self._dropped.click(self._forget, [self._dropped, self._language], listed, **HIDDEN)
        self._export.click(self._exported, None, self._file, **HIDDEN)

    @property
    def _history(self) -> History:
        return self._everybody.of(here().id)

    def _open(self, turn: str, conversation: str, language: Language) -> tuple[Any, ...]:
        found = self._answered(turn, conversation)
        asked = filled(
            "wrong",
            piece="asked",
            language=language,
            question=found.question if found else "",
            answered=_answered(found) if found else "",
        )
        return (
            found.id if found else 0,
            asked,
            "",
            gr.update(choices=self._choices(found) if found else [], value=""),
            False,
            *self._listed("", language),
        )

    def _keep(
        self,
        turn: int,
        value: str,
        article: str,
        absent: bool,
        conversation: str,
        language: Language,
    ) -> tuple[Any, ...]:
        found = self._answered(str(turn), conversation) if turn else None
        if not found:
            return self._listed(say("wrong_none", language), language)
        earlier = [one for one in self._history.turns(conversation) if one.id < found.id]
        said = messages(earlier)[-2 * _BEFORE :]
        wrong = Wrong(
            found.question, _answered(found), value or "", article or "", absent, tuple(said)
        )
        try:
            self._history.kept.mark(wrong)
        except HoiBaoError as error:
            return self._listed(warned(error.line, language), language)
        return self._listed(say("wrong_saved", language), language)

    def _forget(self, marked: str, language: Language) -> tuple[Any, ...]:
        with contextlib.suppress(HoiBaoError, ValueError):  # forgotten in another window
            self._history.kept.unmark([int(marked)])
        return self._listed("", language)

    def _exported(self) -> Any:
        data = as_file(self._history.kept.wrong()).encode()
        return gr.update(value=saved("hoibao-sai.jsonl", data), visible=True)

    def _listed(self, said: str, language: Language) -> tuple[Any, ...]:
        marked = self._history.kept.wrong()
        listed = filled("wrong", piece="set", language=language, marked=marked)
        note = render.note_html(said) if said else ""
        return note, listed, gr.update(visible=bool(marked)), gr.update(visible=False)

    def _answered(self, turn: str, conversation: str) -> Turn | None:
        """The turn of this id, else the last, that says something."""
        turns = self._history.turns(conversation) if conversation else []
        said = [one for one in turns if one.record and one.record.says_something]
        return next((one for one in reversed(said) if turn in ("", str(one.id))), None)

    def _choices(self, turn: Turn) -> list[tuple[str, str]]:
        """The articles that were looked at, by title; what is kept is a file's name, as `hoibao eval` has
        it."""
        assert turn.record
        found: dict[str, str] = {}
        for passage in turn.record.passages:
            try:
                source = self._library.article(passage.article_id).source
            except HoiBaoError:  # gone since
                continue
            found.setdefault(Path(source).name, passage.title)
        return [(title, name) for name, title in found.items()]


def _answered(turn: Turn) -> str:
    assert turn.record
    said = turn.record.short or turn.record.answer
    line = " ".join(said.split())
    return line if len(line) <= 200 else f"{line[:200]}…"
