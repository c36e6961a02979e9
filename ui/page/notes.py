"""Notes on the page: beside the article that is read (stars, notes on it or on selected words, its dossiers),
and all of them as a list."""

import json
import re
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from index.library import Library
from index.notes import Noted
from index.people import OWNER, Person
from index.types import Filter
from ui.changes import changing
from ui.dossiers import FORMATS, exported, note_line, of_notes, quoted, state_line
from ui.errors import warned
from ui.page import render
from ui.page.playing import HIDDEN
from ui.page.style import channel
from ui.page.taken import saved
from ui.page.who import here
from ui.templates import filled
from ui.text import Language, say

#: How the pane of an article names it.
_ARTICLE = re.compile(r'data-filter="article=([^"]+)"')


class NotesPanel:
    """The list of notes, made at once, and the notes of the article that is read, made by `place_pane` where
    they stand; wired to a library. `spoken` are the components with words on them, `speak` gives their words in
    a language."""

    def __init__(self, library: Library, language: gr.Textbox) -> None:
        self._library = library
        self._language = language
        with gr.Row(equal_height=False):
            self._tag = gr.Dropdown(label=say("notes_tag", "vi"), elem_id="hb-notes-tag")
            self._starred = gr.Checkbox(
                label=say("notes_starred", "vi"), elem_id="hb-notes-starred"
            )
            self._kind = gr.Dropdown(
                [(name, kind) for kind, name in FORMATS.items()],
                value="docx", label=say("format", "vi"), elem_id="hb-notes-kind",
            )  # fmt: skip
            self._export = gr.Button(say("notes_export", "vi"), elem_id="hb-notes-export")
        self._list = gr.HTML(elem_id="hb-notes", apply_default_css=False)
        self._file = gr.File(interactive=False, visible=False, elem_id="hb-notes-file")

    def place_pane(self, source: Any) -> None:
        """Makes the notes of the article that `source`, the reading pane, shows, and wires all."""
        self._pane = gr.HTML(elem_id="hb-pane-notes", apply_default_css=False)
        self._noted = channel(
            "noted"
        )  # not in a tab: what is in one is there when the tab is opened
        last: Any = {"trigger_mode": "always_last", **HIDDEN}
        source.change(self._opened, [source, self._language], self._pane, **last)
        changed = self._noted.click(
            self._changed, [self._noted, self._language], self._pane, **{**last, "trigger_mode": "multiple"}
        )  # fmt: skip
        self.load(changed.then)
        gr.on([self._tag.change, self._starred.change], *self._listing, **last)
        exports = [self._tag, self._starred, self._kind, self._language]
        self._export.click(self._exported, exports, self._file, **last)

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [self._tag, self._starred, self._kind, self._export]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""
        keys = ("notes_tag", "notes_starred", "format")
        labels = (gr.update(label=say(key, language)) for key in keys)
        return (*labels, gr.update(value=say("notes_export", language)))

    def load(self, *listeners: Any) -> None:
        """Lists the notes when one of these events comes."""
        for listener in listeners:
            listener(*self._listing, **HIDDEN)

    @property
    def _listing(self) -> tuple[Any, ...]:
        return self._listed, [self._tag, self._starred, self._language], [self._list, self._tag]

    def _listed(self, tag: str | None, starred: bool, language: Language) -> tuple[Any, ...]:
        mine = self._library.notes.of(here().id)
        found = mine.find(tag=tag or None, starred=starred)
        tags = [(f"{name} ({n})", name) for name, n in mine.tags().items()]
        return notes_html(found, language), gr.update(choices=[("", ""), *tags])

    def _exported(self, tag: str | None, starred: bool, kind: str, language: Language) -> Any:
        found = self._library.notes.of(here().id).find(tag=tag or None, starred=starred)
        data = exported(of_notes(found), say("notes", language), kind, language)
        return gr.update(value=saved(f"hoibao.{kind}", data), visible=True)

    def _opened(self, shown: str, language: Language) -> str:
        found = _ARTICLE.search(shown or "")
        if not found:
            return ""
        return article_notes_html(self._library, found[1], language, person=here())

    def _changed(self, asked: str, language: Language) -> Any:
        try:
            what: dict[str, Any] = json.loads(asked)
            article_id = str(what["article"])
        except (ValueError, KeyError, TypeError):  # no click of ours
            return gr.skip()
        said = ""
        try:
            done(self._library, what, here())
        except HoiBaoError as error:
            said = warned(error.line, language)
        except (ValueError, KeyError, TypeError):
            return gr.skip()
        return article_notes_html(self._library, article_id, language, said, here())


def done(library: Library, what: dict[str, Any], person: Person = OWNER) -> None:
    """Does what a person clicked in an article's notes: "do" is "star", "keep" (with "text", "tags", "star",
    "quote", "before"), "remove" (with "number") or "file" (in or out of the dossier "dossier").

    Raises:
        HoiBaoError: it cannot be done.
    """
    article_id, do = str(what["article"]), what["do"]
    notes = library.notes.of(person.id)
    if do == "star":
        notes.star(article_id)
    elif do == "keep":
        text, quote, before = (str(what.get(key) or "") for key in ("text", "quote", "before"))
        tags = str(what.get("tags") or "").split(",")
        notes.add(article_id, text, quote, tags, bool(what.get("star")), before)
    elif do == "remove":
        notes.remove([int(what["number"])])
    elif do == "file":
        name = str(what["dossier"])
        inside = name in [one.name for one in library.dossiers.of(article_id)]
        change = library.dossiers.drop if inside else library.dossiers.add
        with changing(library, person, "dossier", f"{name}: {'-' if inside else '+'} {article_id}"):
            change(name, [article_id])


def article_notes_html(
    library: Library,
    article_id: str,
    language: Language,
    said: str = "",
    person: Person = OWNER,
) -> str:
    """What belongs beside an article that a person reads: a star, a form for a note, their notes on it, and
    which dossiers it is in. What the script needs (`ui/static/dossiers.js`) stands in data- attributes."""
    mine = library.notes.of(person.id)
    found = mine.find(Filter(article_ids=(article_id,)))
    notes = [note for entry in of_notes(found) for note in entry.notes]
    inside = {one.number for one in library.dossiers.of(article_id)}
    return filled(
        "notes",
        language=language,
        id=article_id,
        starred=mine.is_starred(article_id),
        notes=[_told(one, language) for one in notes],
        dossiers=[(one.name, one.number in inside) for one in library.dossiers.all()],
        edits=person.edits,
        said=said,
    )


def notes_html(found: list[Noted], language: Language) -> str:
    """All notes, by article."""
    entries = [
        {
            "title": entry.article.title,
            "href": render.target(entry.article.id, 0, 0),
            "notes": [_told(one, language) for one in entry.notes],
        }
        for entry in of_notes(found)
    ]
    count = say("notes_count", language, count=len(found)) if found else say("notes_none", language)
    return filled("noted", language=language, count=count, entries=entries)


def _told(one: Noted, language: Language) -> dict[str, Any]:
    """A note in words; a link to its words where they stand, and as they are now where they were changed."""
    at = one.standing
    return {
        "number": one.note.number,
        "line": note_line(one, language),
        "quote": quoted(one),
        "state": state_line(one, language),
        "href": render.target(one.article.id, at.start, at.end) if at and not one.trashed else "",
    }
