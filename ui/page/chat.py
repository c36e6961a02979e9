"""The conversation: its components, and which of them does what (`ui.page.talk`)."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from ui.config import DOOR
from ui.errors import warned
from ui.export import FORMATS
from ui.page import render
from ui.page.desk import Desk
from ui.page.filters import chips_html, choices, chosen
from ui.page.frame import Pieces
from ui.page.playing import HIDDEN, LAST, plays
from ui.page.reading import opened_html
from ui.page.sidebar import conversations_html
from ui.page.standing import StandingPart
from ui.page.start import Start
from ui.page.style import channel, drawn, later
from ui.page.talk import Talk
from ui.page.turns import conversation_html
from ui.page.view import Frame, View
from ui.page.who import here
from ui.page.why import why_html
from ui.text import Language, say

#: The address of the page names the conversation, so that a reload and a bookmark find it again.
_ADDRESS = """id => { history.replaceState(null, '', id ? '?c=' + id : location.pathname); }"""
#: The field is emptied by the click, not when the answer begins: what is typed meanwhile stays.
_SENT = "(...values) => hoibaoSent(values)"
_COPY = "async (text, language) => [await hoibaoCopy(text), language]"


class ChatTab:
    """The conversation and all that belongs to it, wired to a desk. Its parts are made where they stand on
    the page, by the `place` methods; the last of them is `place_sheets`. `originals`: whether the files that
    articles came from are given out."""

    def __init__(self, desk: Desk, language: gr.Textbox, pieces: Pieces, originals: bool) -> None:
        self._desk = desk
        self._originals = originals
        self._language = language
        self._talk = Talk(desk)
        self._view = gr.State(View())
        self._pieces = pieces
        self._make_channels()

    def _make_channels(self) -> None:
        self._opened = channel("open")
        self._talked = channel("talk")
        self._filtered = channel("filter")
        self._asked = channel("ask")
        self._copied = channel("copy")
        self._why_asked = channel("reasons")
        # Hidden by CSS, not left out: their values pass through the page's script.
        self._current = gr.Textbox("", elem_id="hb-current", elem_classes="hb-hidden", label="id")
        self._clip = gr.Textbox("", elem_id="hb-clip", elem_classes="hb-hidden", label="clip")
        self._articles = gr.Textbox("", elem_id="hb-ids", elem_classes="hb-hidden", label="ids")
        self._dossier = gr.Textbox(
            "", elem_id="hb-within", elem_classes="hb-hidden", label="within"
        )

    def place_left(self) -> None:
        """Makes the list of conversations where it stands on the page."""
        with gr.Row(elem_id="hb-left-head"):
            self._fresh = gr.Button(
                say("new_chat", "vi"), elem_id="hb-new", elem_classes="hb-i hb-i-new"
            )
            self._pieces.place("fold")
        self._search = gr.Textbox(
            placeholder=say("find_talk", "vi"), label=say("find_talk", "vi"), show_label=False,
            container=False, max_lines=1, elem_id="hb-find-talk",
        )  # fmt: skip
        self._list = drawn("hb-talks")

    def place(self, start: Start, standing: StandingPart) -> None:
        """Makes the conversation, where it begins, and the question's box, in their tab."""
        with gr.Column(elem_id="hb-middle"):
            with gr.Column(elem_id="hb-scroll"):
                with gr.Column(elem_id="hb-start"):
                    start.make()
                    self._pieces.place("hint")
                    standing.make()
                self._chat = drawn("hb-chat")
                self._next = drawn("hb-next")
            with gr.Column(elem_id="hb-foot"):
                self._note = drawn("hb-note")
                with later(), gr.Row(elem_id="hb-filters"):
                    self._since = gr.Textbox(
                        label=say("since", "vi"), placeholder=say("since_hint", "vi"), max_lines=1,
                        elem_id="hb-since", min_width=120,
                    )  # fmt: skip
                    self._until = gr.Textbox(
                        label=say("until", "vi"), placeholder=say("until_hint", "vi"), max_lines=1,
                        elem_id="hb-until", min_width=120,
                    )  # fmt: skip
                    self._outlet = gr.Dropdown(
                        label=say("outlet", "vi"), elem_id="hb-outlet", min_width=140
                    )
                    self._place = gr.Dropdown(
                        label=say("place", "vi"), elem_id="hb-place", min_width=140
                    )
                with gr.Row(elem_id="hb-restrict"):
                    self._chips = drawn("hb-chips", elem_classes="hb-chips")
                    self._pieces.place("tools")
                with gr.Row(elem_id="hb-box"):
                    self._question = gr.Textbox(
                        label=say("question", "vi"), show_label=False, container=False,
                        placeholder=say("placeholder", "vi"),
                        lines=1,  # with more, Enter would begin a line and not ask
                        max_lines=6, autofocus=True, submit_btn=False, elem_id="hb-question",
                    )  # fmt: skip
                    self._send = gr.Button(
                        say("send", "vi"), elem_id="hb-send", elem_classes="hb-i hb-i-ask"
                    )
                    self._halt = gr.Button(
                        say("stop", "vi"), elem_id="hb-stop", elem_classes="hb-i hb-i-stop"
                    )

    def place_pane(self) -> None:
        """Makes what is read beside the conversation: the article, and the passages found."""
        self._pieces.place("pane")
        self.source = drawn("hb-source", render.note_html(say("source_hint", "vi")))
        self._evidence = drawn("hb-evidence", render.note_html(say("evidence_hint", "vi")))

    def place_sheets(self) -> None:
        """Makes the sheets of the conversation and of the reasons, and wires all."""
        with gr.Column(elem_id="hb-sheet-talk", elem_classes="hb-sheet"), later():
            self._pieces.place("talk")
            with gr.Row():
                self._name = gr.Textbox(
                    label=say("talk_name", "vi"), max_lines=1, elem_id="hb-talk-name"
                )
                self._rename = gr.Button(
                    say("save", "vi"), size="sm", scale=0, min_width=80, elem_id="hb-rename"
                )
            self._what = gr.Radio(
                [(say("last_answer", "vi"), "last"), (say("whole_talk", "vi"), "all")],
                value="all", label=say("export", "vi"), elem_id="hb-export-what",
            )  # fmt: skip
            with gr.Row():
                self._kind = gr.Dropdown(
                    _formats("vi"), value="docx", label=say("format", "vi"), elem_id="hb-export-kind",
                )  # fmt: skip
                self._export = gr.Button(
                    say("export", "vi"), size="sm", scale=0, min_width=80, elem_id="hb-export"
                )
            self._file = gr.File(
                interactive=False, visible=False, show_label=False, elem_id="hb-export-file"
            )
            self._said = drawn("hb-talk-said")
            with gr.Row():
                self._delete = gr.Button(say("delete", "vi"), size="sm", elem_id="hb-delete")
                self._sure = gr.Button(
                    say("delete_sure", "vi"), size="sm", variant="stop", visible=False,
                    elem_id="hb-delete-sure",
                )  # fmt: skip
        with gr.Column(elem_id="hb-sheet-why", elem_classes="hb-sheet hb-wide"):
            self._pieces.place("why")
            self._why = drawn("hb-why", why_html(None, "vi"))
        self._wire()

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._question, self._send, self._halt, self._fresh, self._search),
            *(self._name, self._rename, self._delete, self._sure, self._what, self._kind),
            *(self._export, self._since, self._until, self._outlet, self._place),
        ]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""

        def label(key: str) -> Any:
            return gr.update(label=say(key, language))

        def value(key: str) -> Any:
            return gr.update(value=say(key, language))

        def field(key: str, placeholder: str) -> Any:
            return gr.update(label=say(key, language), placeholder=say(placeholder, language))

        what = [(say("last_answer", language), "last"), (say("whole_talk", language), "all")]
        return (
            field("question", "placeholder"),
            *(value("send"), value("stop"), value("new_chat"), field("find_talk", "find_talk")),
            *(label("talk_name"), value("save"), value("delete"), value("delete_sure")),
            gr.update(label=say("export", language), choices=what),
            gr.update(label=say("format", language), choices=_formats(language)),
            *(value("export"), label("since"), label("until")),
            *(label("outlet"), label("place")),
        )

    def load(self, begin: Any) -> None:
        """Opens, at the event `begin`, the conversation that the page's address names, and goes on following
        its answer."""
        self._on(begin, self._opened_at, [self._language])
        begin(*self._listing, **HIDDEN)
        begin(self._choices, None, [self._outlet, self._place], **HIDDEN)

    def lists(self, begin: Any) -> None:
        """Lists the conversations anew at the event `begin`."""
        begin(*self._listing, **HIDDEN)

    def again(self, begin: Any) -> None:
        """Shows at the event `begin`, in the language chosen by then, what is there."""
        self._on(begin, self._talk.redraw, [self.source, self._current, self._language])
        begin(*self._listing, **HIDDEN)

    @property
    def current(self) -> gr.Textbox:
        """What has the id of the conversation that is shown."""
        return self._current

    @property
    def filter(self) -> list[Any]:
        """The fields of the filters, in the order of `ui.page.filters.Chosen`."""
        return [
            *(self._since, self._until, self._outlet, self._place),
            self._articles,
            self._dossier,
        ]

    @property
    def _listing(self) -> tuple[Any, ...]:
        return self._listed, [self._search, self._current, self._language], self._list

    def _on(
        self, event: Any, action: Callable[..., Iterator[Frame]], inputs: list[Any], **how: Any
    ) -> Any:
        @wraps(action)  # Gradio reads its signature
        def drawn(*values: Any) -> Iterator[Frame]:
            for frame in action(*values):
                chat = {"chat": conversation_html(frame["chat"])} if "chat" in frame else {}
                yield {**frame, **chat}

        how = {"concurrency_limit": DOOR.asking, **how}  # each may follow an answer to its end
        return plays(event, drawn, [self._view, *inputs], self._parts, **how)

    def _wire(self) -> None:
        self._parts = {
            "chat": self._chat, "evidence": self._evidence, "next": self._next, "why": self._why,
            "source": self.source, "name": self._name, "current": self._current, "sure": self._sure,
            "file": self._file, "said": self._said, "note": self._note, "question": self._question,
            "clip": self._clip,
        }  # fmt: skip
        talk, current = self._talk, [self._current, self._language]
        asked = [self._question, *current, *self.filter]
        changes = [
            self._on(self._question.submit, talk.ask, asked, js=_SENT),
            self._on(self._send.click, talk.ask, asked, js=_SENT),
            self._on(self._asked.click, talk.ask_so, [self._asked, *current, *self.filter]),
            self._on(self._fresh.click, talk.new, [self._language]),
            self._on(self._talked.click, self._linked, [self._talked, self._language]),
            self._on(self._sure.click, talk.delete, current),
            self._on(self._rename.click, talk.rename, [self._name, *current]),
        ]
        for begin in (*(change.then for change in changes), self._search.change):
            begin(*self._listing, **HIDDEN)
        self._current.change(None, self._current, None, js=_ADDRESS, **HIDDEN)
        self.moved = self._current.change(*self._listing, **LAST).then
        self._halt.click(talk.stop, [self._view, self._current], None, queue=False, **HIDDEN)
        self._delete.click(lambda: gr.update(visible=True), None, self._sure, **HIDDEN)
        exported = [self._current, self._what, self._kind, self._language]
        self._on(self._export.click, talk.export, exported, trigger_mode="once")
        copied = self._on(self._copied.click, self._copies, [self._copied, *current])
        self._why_asked.click(
            lambda turn, *now: talk.why(now[0], int(turn or 0), now[1]),
            [self._why_asked, *current], self._why, **HIDDEN,
        )  # fmt: skip
        copied.then(self._clipped, [self._clip, self._language], self._note, js=_COPY, **HIDDEN)
        # The last change counts, also where it comes before the one before it is done: one event for all
        # fields, since the answers of several may come in another order.
        self.filtered = gr.on(
            [part.change for part in self.filter],
            self._chipped, [self._language, *self.filter], self._chips, **LAST,
        ).then  # fmt: skip
        self._filtered.click(
            lambda what, *fields: chosen(fields).changed(what).values(),
            [self._filtered, *self.filter], self.filter, **LAST,
        )  # fmt: skip
        self._opened.click(self._read, [self._opened, *current], self.source, **LAST)

    def _copies(
        self, view: View, turn: str, conversation: str, language: Language
    ) -> Iterator[Frame]:
        return self._talk.copy(
            view, conversation, language, int(turn) if turn.isdecimal() else None
        )

    def _linked(self, view: View, link: str, language: Language) -> Iterator[Frame]:
        return self._talk.open(view, link.rpartition("?c=")[2], language)

    def _opened_at(self, request: gr.Request, view: View, language: Language) -> Iterator[Frame]:
        conversation = dict(request.query_params or {}).get("c", "")
        return self._talk.open_at(view, conversation, language)

    def _clipped(self, said: str, language: Language) -> Any:
        return render.note_html(say(said, language)) if said else gr.skip()

    def _listed(self, query: str, current: str, language: Language) -> str:
        found = self._desk.history.of(here().id).conversations(query or "")
        return conversations_html(found, current, language, bool((query or "").strip()))

    # -- reading and filtering ---------------------------------------------------------------

    def _read(self, target: str, conversation: str, language: Language) -> str:
        try:
            turns = self._talk.answered(conversation)
            originals = self._originals and not here().id
            return opened_html(self._desk.library, turns, target, language, originals)
        except HoiBaoError as error:
            return render.note_html(warned(error.line, language))
        except ValueError:  # no link of ours
            return render.note_html(say("source_hint", language))

    def _choices(self) -> tuple[Any, ...]:
        library = self._desk.library
        return tuple(gr.update(choices=choices(library, field)) for field in ("outlet", "place"))

    def _chipped(self, language: Language, *fields: str) -> str:
        return chips_html(self._desk.library, chosen(fields), language)


def _formats(language: Language) -> list[tuple[str, str]]:
    """What a conversation can be exported as, by the names that are shown."""
    return [
        (say("evidence_zip", language) if kind == "zip" else name, kind)
        for kind, name in FORMATS.items()
    ]
