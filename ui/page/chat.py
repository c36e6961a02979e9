"""The tab of the chat: its components, and which of them does what (`ui.page.talk`)."""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from index.errors import HoiBaoError
from ui.errors import told
from ui.export import FORMATS
from ui.page import render
from ui.page.desk import Desk
from ui.page.filters import chips_html, choices, chosen
from ui.page.playing import HIDDEN, plays
from ui.page.sidebar import conversations_html
from ui.page.style import channel
from ui.page.talk import Talk
from ui.page.view import Frame, View
from ui.page.why import why_html
from ui.text import Language, say

#: The address of the page names the conversation, so that a reload and a bookmark find it again.
_ADDRESS = """id => { history.replaceState(null, '', id ? '?c=' + id : location.pathname); }"""
#: The field is emptied by the click, not when the answer begins: what is typed meanwhile stays.
_SENT = "(...values) => { hoibaoSent(); return values; }"
_COPY = "async (text, language) => [await hoibaoCopy(text), language]"


class ChatTab:
    """The list of conversations, made at once, and the chat, made by `place` in its tab; wired to a desk."""

    def __init__(self, desk: Desk, language: gr.BrowserState) -> None:
        self._desk = desk
        self._history = desk.history
        self._language = language
        self._talk = Talk(desk)
        self._view = gr.State(View())
        self._make_sidebar()

    def _make_sidebar(self) -> None:
        self._opened = channel("open")
        self._talked = channel("talk")
        self._filtered = channel("filter")
        self._asked = channel("ask")
        # Hidden by CSS, not left out: their values pass through the page's script.
        self._current = gr.Textbox("", elem_id="hb-current", elem_classes="hb-hidden", label="id")
        self._clip = gr.Textbox("", elem_id="hb-clip", elem_classes="hb-hidden", label="clip")
        self._articles = gr.Textbox("", elem_id="hb-ids", elem_classes="hb-hidden", label="ids")
        self._dossier = gr.Textbox(
            "", elem_id="hb-within", elem_classes="hb-hidden", label="within"
        )
        with gr.Sidebar(open=False, width=300, elem_id="hb-sidebar"):
            self._search = gr.Textbox(
                label=say("find_talk", "vi"), max_lines=1, elem_id="hb-find-talk"
            )
            self._list = gr.HTML(elem_id="hb-talks")
            with gr.Accordion(say("this_talk", "vi"), open=False) as self._this:
                self._name = gr.Textbox(
                    label=say("talk_name", "vi"), max_lines=1, elem_id="hb-talk-name"
                )
                with gr.Row():
                    self._rename = gr.Button(say("save", "vi"), size="sm", elem_id="hb-rename")
                    self._delete = gr.Button(say("delete", "vi"), size="sm", elem_id="hb-delete")
                    self._sure = gr.Button(
                        say("delete_sure", "vi"), size="sm", variant="stop", visible=False,
                        elem_id="hb-delete-sure",
                    )  # fmt: skip
                self._what = gr.Radio(
                    [(say("last_answer", "vi"), "last"), (say("whole_talk", "vi"), "all")],
                    value="all", label=say("export", "vi"), elem_id="hb-export-what",
                )  # fmt: skip
                self._kind = gr.Dropdown(
                    [(name, kind) for kind, name in FORMATS.items()],
                    value="docx", label=say("format", "vi"), elem_id="hb-export-kind",
                )  # fmt: skip
                self._export = gr.Button(say("export", "vi"), size="sm", elem_id="hb-export")
                self._file = gr.File(interactive=False, visible=False, elem_id="hb-export-file")
            self._said = gr.HTML(elem_id="hb-talk-said")

    def place(self) -> None:
        """Makes the chat where it stands on the page (its list of conversations is there already)."""
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=320):
                self._chat = gr.Chatbot(
                    label=say("conversation", "vi"),
                    show_label=False,
                    height="54vh",
                    allow_tags=False,
                    latex_delimiters=[],
                    buttons=["copy"],
                    feedback_options=None,
                    editable="user",
                    elem_id="hb-chat",
                )
                self._note = gr.HTML(elem_id="hb-note")
                self._next = gr.HTML(elem_id="hb-next")
                self._question = gr.Textbox(
                    label=say("question", "vi"),
                    placeholder=say("placeholder", "vi"),
                    lines=1,  # with more, Enter would begin a line and not ask
                    max_lines=6,
                    autofocus=True,
                    submit_btn=False,
                    elem_id="hb-question",
                )
                self._chips = gr.HTML(elem_id="hb-chips", elem_classes="hb-chips")
                with gr.Row():
                    self._send = gr.Button(
                        say("send", "vi"), variant="primary", elem_id="hb-send", min_width=130
                    )
                    self._halt = gr.Button(say("stop", "vi"), elem_id="hb-stop", min_width=130)
                    self._fresh = gr.Button(say("new_chat", "vi"), elem_id="hb-new", min_width=130)
                    self._copy = gr.Button(
                        say("copy_cited", "vi"), elem_id="hb-copy", min_width=130
                    )
                with gr.Accordion(say("filters", "vi"), open=False, elem_id="hb-filters") as box:
                    self._filter_box = box
                    with gr.Row():
                        self._since = gr.Textbox(
                            label=say("since", "vi"), placeholder="2020-01-31", max_lines=1,
                            elem_id="hb-since",
                        )  # fmt: skip
                        self._until = gr.Textbox(
                            label=say("until", "vi"), placeholder="2020-12-31", max_lines=1,
                            elem_id="hb-until",
                        )  # fmt: skip
                        self._outlet = gr.Dropdown(label=say("outlet", "vi"), elem_id="hb-outlet")
                        self._place = gr.Dropdown(label=say("place", "vi"), elem_id="hb-place")
            with gr.Column(scale=2, min_width=320):
                with gr.Accordion(say("source", "vi"), open=True) as self._source_box:
                    self.source = gr.HTML(
                        render.note_html(say("source_hint", "vi")), elem_id="hb-source"
                    )
                with gr.Accordion(say("evidence", "vi"), open=True) as self._evidence_box:
                    self._evidence = gr.HTML(
                        render.note_html(say("evidence_hint", "vi")), elem_id="hb-evidence"
                    )
                with gr.Accordion(say("why", "vi"), open=False) as self._why_box:
                    self._why = gr.HTML(why_html(None, "vi"), elem_id="hb-why")
        self._wire()

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._chat, self._question, self._send, self._halt, self._copy, self._fresh),
            *(self._search, self._this, self._name, self._rename, self._delete, self._sure),
            *(self._what, self._kind, self._export, self._filter_box, self._since, self._until),
            *(self._outlet, self._place, self._source_box, self._evidence_box, self._why_box),
        ]

    def speak(self, language: Language) -> tuple[Any, ...]:
        """Their updates for a language, in the same order."""

        def label(key: str) -> Any:
            return gr.update(label=say(key, language))

        def value(key: str) -> Any:
            return gr.update(value=say(key, language))

        what = [(say("last_answer", language), "last"), (say("whole_talk", language), "all")]
        return (
            label("conversation"),
            gr.update(label=say("question", language), placeholder=say("placeholder", language)),
            *(value("send"), value("stop"), value("copy_cited"), value("new_chat")),
            *(label("find_talk"), label("this_talk"), label("talk_name"), value("save")),
            *(value("delete"), value("delete_sure")),
            gr.update(label=say("export", language), choices=what),
            *(label("format"), value("export"), label("filters"), label("since"), label("until")),
            *(label("outlet"), label("place"), label("source"), label("evidence"), label("why")),
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
        return plays(event, action, [self._view, *inputs], self._parts, **how)

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
            self._on(self._chat.retry, self._retried, [*current, *self.filter]),
            self._on(self._chat.edit, self._edited, [*current, *self.filter]),
            self._on(self._fresh.click, talk.new, [self._language]),
            self._on(self._chat.clear, talk.new, [self._language]),
            self._on(self._talked.click, self._linked, [self._talked, self._language]),
            self._on(self._sure.click, talk.delete, current),
            self._on(self._rename.click, talk.rename, [self._name, *current]),
        ]
        for begin in (*(change.then for change in changes), self._search.change):
            begin(*self._listing, **HIDDEN)
        self._current.change(None, self._current, None, js=_ADDRESS)
        self._current.change(*self._listing, **HIDDEN)
        self._halt.click(talk.stop, [self._view, self._current], None, queue=False, **HIDDEN)
        self._delete.click(lambda: gr.update(visible=True), None, self._sure, **HIDDEN)
        exported = [self._current, self._what, self._kind, self._language]
        self._on(self._export.click, talk.export, exported, trigger_mode="once")
        copied = self._on(self._copy.click, talk.copy, current, trigger_mode="once")
        copied.then(self._clipped, [self._clip, self._language], self._note, js=_COPY, **HIDDEN)
        # The last change counts, also where it comes before the one before it is done: one event for all
        # fields, since the answers of several may come in another order.
        last: Any = {"trigger_mode": "always_last", **HIDDEN}
        gr.on(
            [part.change for part in self.filter],
            self._chipped, [self._language, *self.filter], self._chips, **last,
        )  # fmt: skip
        self._filtered.click(
            lambda what, *fields: chosen(fields).changed(what).values(),
            [self._filtered, *self.filter], self.filter, **last,
        )  # fmt: skip
        self._opened.click(self._read, [self._opened, *current], self.source, **last)

    def _retried(
        self, event: gr.RetryData, view: View, conversation: str, language: Language, *fields: str
    ) -> Iterator[Frame]:
        at, asked = int(str(event.index)), event.value
        return self._talk.ask_again(view, at, asked, asked, conversation, language, *fields)

    def _edited(
        self, event: gr.EditData, view: View, conversation: str, language: Language, *fields: str
    ) -> Iterator[Frame]:
        at, before, now = int(str(event.index)), event.previous_value, event.value
        return self._talk.ask_again(view, at, before, now, conversation, language, *fields)

    def _linked(self, view: View, link: str, language: Language) -> Iterator[Frame]:
        return self._talk.open(view, link.rpartition("?c=")[2], language)

    def _opened_at(self, request: gr.Request, view: View, language: Language) -> Iterator[Frame]:
        conversation = dict(request.query_params or {}).get("c", "")
        return self._talk.open_at(view, conversation, language)

    def _clipped(self, said: str, language: Language) -> Any:
        return render.note_html(say(said, language)) if said else gr.skip()

    def _listed(self, query: str, current: str, language: Language) -> str:
        found = self._history.conversations(query or "")
        return conversations_html(found, current, language, bool((query or "").strip()))

    # -- reading and filtering ---------------------------------------------------------------

    def _read(self, target: str, conversation: str, language: Language) -> str:
        try:
            article_id, start, end = target.removeprefix("#cite-").rsplit("-", 2)
            article = self._desk.library.article(article_id)
            answered = self._talk.answered(conversation)
            last = answered[-1].record if answered else None
            others = last.passages if last else ()
            left = self._desk.library.left_out(article_id)
            return render.article_html(article, int(start), int(end), language, others, left)
        except HoiBaoError as error:
            return render.note_html(told(error.line, language))
        except ValueError:  # no link of ours
            return render.note_html(say("source_hint", language))

    def _choices(self) -> tuple[Any, ...]:
        library = self._desk.library
        return tuple(gr.update(choices=choices(library, field)) for field in ("outlet", "place"))

    def _chipped(self, language: Language, *fields: str) -> str:
        return chips_html(self._desk.library, chosen(fields), language)
