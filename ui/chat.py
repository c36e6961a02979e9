"""The tab of the chat: ask, read the sources, stop, ask again; the conversations; export."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError, InputError
from index.places import admitted
from index.types import Filter
from ui import records, render
from ui.articles import day
from ui.desk import Desk, Job, fate
from ui.export import FORMATS, export
from ui.history import History, Turn
from ui.sidebar import conversations_html
from ui.style import OPENER, TALKER
from ui.text import Language, say

Shown = list[dict[str, Any]]
#: The address of the page names the conversation, so that a reload and a bookmark find it again.
_ADDRESS = """id => { history.replaceState(null, '', id ? '?c=' + id : location.pathname); }"""
_COPY = """text => { if (text) navigator.clipboard.writeText(text); }"""


class ChatTab:
    """The list of conversations, made at once, and the chat, made by `place` in its tab; wired to a desk
    and a history."""

    def __init__(self, desk: Desk, history: History, language: gr.BrowserState) -> None:
        self._desk = desk
        self._history = history
        self._language = language
        self._make_sidebar()

    def _make_sidebar(self) -> None:
        self._opened = gr.HTML("", html_template=" ", js_on_load=OPENER, elem_id="hb-open")
        self._talked = gr.HTML("", html_template=" ", js_on_load=TALKER, elem_id="hb-talked")
        # Hidden by CSS, not left out: their values pass through the page's script.
        self._current = gr.Textbox("", elem_id="hb-current", elem_classes="hb-hidden", label="id")
        self._clip = gr.Textbox("", elem_id="hb-clip", elem_classes="hb-hidden", label="clip")
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
                    height="54vh",
                    allow_tags=False,
                    latex_delimiters=[],
                    buttons=["copy"],
                    feedback_options=None,
                    editable="user",
                    elem_id="hb-chat",
                )
                self._question = gr.Textbox(
                    label=say("question", "vi"),
                    placeholder=say("placeholder", "vi"),
                    lines=2,
                    max_lines=6,
                    autofocus=True,
                    submit_btn=False,
                    elem_id="hb-question",
                )
                self._chips = gr.HTML(elem_id="hb-chips")
                with gr.Row():
                    self._send = gr.Button(say("send", "vi"), variant="primary", elem_id="hb-send")
                    self._halt = gr.Button(say("stop", "vi"), elem_id="hb-stop")
                    self._fresh = gr.Button(say("new_chat", "vi"), elem_id="hb-new")
                    self._copy = gr.Button(say("copy_cited", "vi"), elem_id="hb-copy")
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
        self._wire()

    @property
    def spoken(self) -> list[Any]:
        """The components whose words change with the language."""
        return [
            *(self._chat, self._question, self._send, self._halt, self._copy, self._fresh),
            *(self._search, self._this, self._name, self._rename, self._delete, self._sure),
            *(self._what, self._kind, self._export, self._filter_box, self._since, self._until),
            *(self._outlet, self._place, self._source_box, self._evidence_box),
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
            *(label("outlet"), label("place"), label("source"), label("evidence")),
        )

    def load(self, page: gr.Blocks) -> None:
        """Opens the conversation that the page's address names, and goes on following its answer."""
        page.load(
            self._opened_at, self._language, [*self._view, self._current], show_progress="hidden",
            api_visibility="private",
        ).then(
            self._followed, [self._current, self._language], self._view[:2],
            show_progress="hidden", api_visibility="private",
        )  # fmt: skip
        page.load(self._listed, [self._search, self._current, self._language], self._list,
                  api_visibility="private")  # fmt: skip
        page.load(self._choices, None, [self._outlet, self._place], api_visibility="private")

    @property
    def _view(self) -> list[Any]:
        """What shows a conversation: the chat, its passages, the source, the name."""
        return [self._chat, self._evidence, self.source, self._name]

    @property
    def _filter(self) -> list[Any]:
        return [self._since, self._until, self._outlet, self._place]

    def _wire(self) -> None:
        private: Any = {"api_visibility": "private"}
        hidden: Any = {"show_progress": "hidden", **private}
        asked = [self._chat, self._evidence, self._question, self._current]
        listing: Any = (self._listed, [self._search, self._current, self._language], self._list)
        for event in (self._question.submit, self._send.click):
            event(
                self._asked,
                [self._question, self._current, self._language, *self._filter],
                asked,
                **hidden,
            ).then(*listing, **hidden)
        self._chat.retry(
            self._asked_again, [self._current, self._language, *self._filter], asked, **hidden
        ).then(*listing, **hidden)
        self._chat.edit(
            self._edited, [self._current, self._language, *self._filter], asked, **hidden
        ).then(*listing, **hidden)
        self._current.change(None, self._current, None, js=_ADDRESS)
        self._halt.click(self._desk.stop, self._current, None, queue=False, **private)
        for fresh in (self._fresh.click, self._chat.clear):
            fresh(
                self._new, self._language, [*self._view, self._current, self._question],
                queue=False, **private,
            ).then(*listing, **hidden)  # fmt: skip
        self._talked.click(
            self._talk, [self._talked, self._language], [*self._view, self._current], **hidden
        ).then(
            self._followed, [self._current, self._language], self._view[:2], **hidden
        ).then(*listing, **hidden)  # fmt: skip
        self._search.change(*listing, **hidden)
        self._rename.click(
            self._renamed, [self._current, self._name, self._language], self._said, **hidden
        ).then(*listing, **hidden)
        self._delete.click(
            lambda: gr.update(visible=True), None, self._sure, queue=False, **private
        )
        self._sure.click(
            self._deleted, [self._current, self._language],
            [*self._view, self._current, self._question, self._sure], **hidden,
        ).then(*listing, **hidden)  # fmt: skip
        self._export.click(
            self._exported,
            [self._current, self._what, self._kind, self._language],
            [self._file, self._said],
            **hidden,
        )
        self._copy.click(
            self._copied, [self._current, self._language], [self._clip, self._said], **hidden
        ).then(None, self._clip, None, js=_COPY)
        for part in self._filter:
            part.change(self._chipped, [*self._filter, self._language], self._chips, **hidden)
        self._opened.click(
            self._read, [self._opened, self._language], self.source, show_progress="hidden",
            api_name="read",
        )  # fmt: skip

    # -- asking ----------------------------------------------------------------------------

    def _asked(
        self,
        question: str,
        conversation: str,
        language: Language,
        since: str,
        until: str,
        outlet: str,
        place: str,
    ) -> Iterator[tuple[Any, ...]]:
        if not question.strip():
            yield gr.skip(), gr.skip(), question, gr.skip()
            return
        try:
            only = _only(since, until, outlet, place)
            job = self._desk.ask(conversation, question, only)
        except HoiBaoError as error:
            said = {"role": "assistant", "content": f"⚠ {render.escape(str(error))}"}
            shown = [*self._shown(self._history.turns(conversation), language), said]
            yield shown, gr.skip(), question, gr.skip()
            return
        first = True
        for chat, evidence in self._follow(job, language):
            yield chat, evidence, "" if first else gr.skip(), job.conversation
            first = False
        if job.error is not None:
            yield gr.skip(), gr.skip(), question, gr.skip()

    def _asked_again(
        self,
        conversation: str,
        language: Language,
        since: str,
        until: str,
        outlet: str,
        place: str,
        event: gr.RetryData,
    ) -> Iterator[tuple[Any, ...]]:
        filters = (since, until, outlet, place)
        yield from self._from(conversation, event.index, None, language, filters)

    def _edited(
        self,
        conversation: str,
        language: Language,
        since: str,
        until: str,
        outlet: str,
        place: str,
        event: gr.EditData,
    ) -> Iterator[tuple[Any, ...]]:
        filters = (since, until, outlet, place)
        yield from self._from(conversation, event.index, str(event.value), language, filters)

    def _from(
        self,
        conversation: str,
        index: int | tuple[int, int],
        question: str | None,
        language: Language,
        filters: tuple[str, str, str, str],
    ) -> Iterator[tuple[Any, ...]]:
        """Asks from a turn on anew: its own question, or another. The turns behind it go."""
        at = (index if isinstance(index, int) else index[0]) // 2
        turns = self._history.turns(conversation)
        if at >= len(turns):
            return
        self._desk.stop(conversation)
        self._history.cut(turns[at].id)
        asked = question or turns[at].question
        since, until, outlet, place = filters
        yield from self._asked(asked, conversation, language, since, until, outlet, place)

    def _follow(self, job: Job, language: Language) -> Iterator[tuple[Any, Any]]:
        """The chat and its passages while an answer grows."""
        before = [turn for turn in self._history.turns(job.conversation) if turn.id < job.turn]
        shown = self._shown(before, language)
        shown.append({"role": "user", "content": render.escape(job.question)})
        evidence = False
        for answer in job.follow():
            if job.error is not None:
                said = job.error or say("bug", language)
                text = f"⚠ {render.escape(said)}"
            elif job.document:
                text = render.chat_text(job.document, language)
            elif answer:
                text = render.draft_text(answer, language)
            else:
                text = f"*{say('searching', language)}*"
            passages: Any = gr.skip()
            if answer and not evidence:
                evidence = True
                passages = render.evidence_html(records.turn(answer), language)
            yield [*shown, {"role": "assistant", "content": text}], passages

    # -- conversations ---------------------------------------------------------------------

    def _opened_at(self, language: Language, request: gr.Request) -> tuple[Any, ...]:
        conversation = dict(request.query_params or {}).get("c", "")
        if not conversation:  # the page may be in use already
            return tuple(gr.skip() for _ in (*self._view, self._current))
        return self._talk(f"?c={conversation}", language)

    def _talk(self, target: str, language: Language) -> tuple[Any, ...]:
        conversation = target.rpartition("?c=")[2]
        try:
            name = self._history.conversation(conversation).name
        except InputError:
            return (*self._new(language)[:4], "")
        turns = self._history.turns(conversation)
        last = next((turn.document for turn in reversed(turns) if turn.document), None)
        evidence = render.evidence_html(last, language) if last else gr.skip()
        return (self._shown(turns, language), evidence, gr.skip(), name, conversation)

    def _followed(self, conversation: str, language: Language) -> Iterator[tuple[Any, Any]]:
        """Goes on with an answer that was not finished when the page was opened."""
        job = self._desk.job(conversation) if conversation else None
        if job:
            yield from self._follow(job, language)
        else:
            yield gr.skip(), gr.skip()

    def _shown(self, turns: list[Turn], language: Language) -> Shown:
        shown: Shown = []
        for turn in turns:
            shown.append({"role": "user", "content": render.escape(turn.question)})
            if turn.document:
                gone = fate(self._desk.library, turn.document)
                text = render.chat_text(turn.document, language, gone)
            else:
                text = f"*{say('unfinished', language)}*"
            shown.append({"role": "assistant", "content": text})
        return shown

    def _new(self, language: Language) -> tuple[Any, ...]:
        hints = (say("evidence_hint", language), say("source_hint", language))
        return ([], *(render.note_html(hint) for hint in hints), "", "", "")

    def _listed(self, query: str, current: str, language: Language) -> str:
        found = self._history.conversations(query or "")
        return conversations_html(found, current, language, bool((query or "").strip()))

    def _renamed(self, conversation: str, name: str, language: Language) -> str:
        try:
            self._history.rename(conversation, name)
        except HoiBaoError as error:
            return render.note_html(f"⚠ {error}")
        return render.note_html(say("talk_saved", language))

    def _deleted(self, conversation: str, language: Language) -> tuple[Any, ...]:
        self._desk.stop(conversation)
        self._history.delete(conversation)
        return (*self._new(language), gr.update(visible=False))

    # -- what leaves the page ----------------------------------------------------------------

    def _exported(
        self, conversation: str, what: str, kind: str, language: Language
    ) -> tuple[Any, str]:
        turns = [turn for turn in self._history.turns(conversation) if turn.document]
        if not turns:
            return gr.update(visible=False), render.note_html(say("nothing_to_export", language))
        name = self._history.conversation(conversation).name
        data = export(turns[-1:] if what == "last" else turns, name, kind, language)
        ending = "csl.json" if kind == "json" else kind
        stem = re.sub(r"[^\w -]+", "", name).strip()[:60] or "hoibao"
        path = Path(tempfile.mkdtemp(prefix="hoibao-")) / f"{stem}.{ending}"
        path.write_bytes(data)
        return gr.update(value=str(path), visible=True), ""

    def _copied(self, conversation: str, language: Language) -> tuple[str, str]:
        """The last answer as Markdown with its references, for the clipboard."""
        turns = [turn for turn in self._history.turns(conversation) if turn.document]
        if not turns:
            return "", render.note_html(say("nothing_to_export", language))
        text = export(turns[-1:], turns[-1].question, "md", language).decode()
        return text, render.note_html(say("copied", language))

    # -- reading and filtering ---------------------------------------------------------------

    def _read(self, target: str, language: Language) -> str:
        try:
            article_id, start, end = target.removeprefix("#cite-").rsplit("-", 2)
            article = self._desk.library.article(article_id)
            return render.article_html(article, int(start), int(end), language)
        except (HoiBaoError, ValueError) as error:
            return render.note_html(str(error))

    def _choices(self) -> tuple[Any, Any]:
        library = self._desk.library
        every = [("", "")]
        return tuple(
            gr.update(choices=every + [(f"{k} ({n})", k) for k, n in library.values(field).items()])
            for field in ("outlet", "place")
        )  # type: ignore[return-value]

    def _chipped(self, since: str, until: str, outlet: str, place: str, language: Language) -> str:
        chosen = [("since", since), ("until", until), ("outlet", outlet), ("place", place)]
        return render.chips_html([(say(k, language), v) for k, v in chosen if (v or "").strip()])


def _only(since: str, until: str, outlet: str, place: str) -> Filter:
    return Filter(day(since), day(until), outlet or None, admitted(place) if place else ())
