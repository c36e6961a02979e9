"""A draft in Word on the page: a file is dropped, and comes back with a comment at each sentence."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.embed import Embedder
from index.errors import HoiBaoError
from index.language.text import one_line
from index.library import Library
from rag.check.lookup import check_draft
from ui.errors import warned
from ui.page import render
from ui.page.playing import plays
from ui.page.taken import saved
from ui.page.view import Frame, View
from ui.text import Language, say
from ui.word_draft import WordDraft, verdict

_log = logging.getLogger("hoibao")


class DraftFile:
    """The components, for the column of the draft. `spoken` are those with words on them, `speak` gives their
    words in a language; `wire` comes last."""

    def __init__(self, library: Library, embedder: Embedder, language: gr.Textbox) -> None:
        self._library = library
        self._embedder = embedder
        self._language = language

    def make(self) -> None:
        """Places them here."""
        self._file = gr.File(
            label=say("draft_file", "vi"), file_types=[".docx"], height=120, elem_id="hb-draft-file"
        )
        self._send = gr.Button(say("draft_file_send", "vi"), elem_id="hb-draft-check")
        self._said = gr.HTML(elem_id="hb-draft-said")
        self._commented = gr.File(
            label=say("draft_commented", "vi"), interactive=False, visible=False,
            elem_id="hb-draft-commented",
        )  # fmt: skip

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._file, self._send, self._commented]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        return (
            gr.update(label=say("draft_file", language)),
            gr.update(value=say("draft_file_send", language)),
            gr.update(label=say("draft_commented", language)),
        )

    def wire(self) -> None:
        """Checks when it is asked to."""
        asked = [gr.State(View()), self._file, self._language]
        parts = {"said": self._said, "commented": self._commented}
        plays(self._send.click, self._check, asked, parts)

    def _check(self, view: View, path: str | None, language: Language) -> Iterator[Frame]:
        return view.paint(lambda _: checked(self._library, self._embedder, path, language))


def checked(
    library: Library, embedder: Embedder, path: str | None, language: Language
) -> Iterator[Frame]:
    """How far a Word file is checked ("said"), then the file with comments ("commented")."""
    yield {"said": "", "commented": gr.update(visible=False)}
    if not path:
        yield {"said": render.note_html(say("draft_no_file", language))}
        return
    try:
        draft = WordDraft(Path(path).read_bytes())
        counts = {"said": 0, "wrong": 0, "unsaid": 0}
        for done, sentence in enumerate(draft.sentences):
            at = say("draft_at", language, done=done, count=len(draft.sentences))
            yield {"said": render.note_html(at)}
            found = list(check_draft(library, embedder, sentence.text))
            draft.comment(sentence, found, language)
            for one in found:
                counts[verdict(one)[0]] += 1
        stem = one_line(Path(path).stem)[:60] or "hoibao"
        out = saved(f"{stem}.checked.docx", draft.written())
        yield {
            "said": render.note_html(say("draft_done", language, **counts)),
            "commented": gr.update(value=out, visible=True),
        }
    except HoiBaoError as error:
        yield {"said": render.note_html(warned(error.line, language))}
    except Exception:  # as for a question
        _log.exception("a check of a Word file failed")
        yield {"said": render.note_html(say("bug", language))}
