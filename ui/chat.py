"""The tab of the chat: ask, read the sources, stop, ask again; the conversations; export."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError, InputError
from ui import records, render
from ui.desk import Desk, Job, fate
from ui.export import FORMATS, export
from ui.filters import chips_html, choices, chosen
from ui.history import History, Turn
from ui.sidebar import conversations_html
from ui.style import channel
from ui.text import Language, say
from ui.why import why_html

Json = dict[str, Any]
Shown = list[Json]
_FIELDS = ("since", "until", "outlet", "place", "article")
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
        self._opened = channel("open")
        self._talked = channel("talk")
        self._filtered = channel("filter")
        # Hidden by CSS, not left out: their values pass through the page's script.
        self._current = gr.Textbox("", elem_id="hb-current", elem_classes="hb-hidden", label="id")
        self._clip = gr.Textbox("", elem_id="hb-clip", elem_classes="hb-hidden", label="clip")
        self._articles = gr.Textbox("", elem_id="hb-ids", elem_classes="hb-hidden", label="ids")
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
        hidden: Any = {"show_progress": "hidden", "api_visibility": "private"}
        begin(self._opened_at, self._language, [*self._view, self._current], **hidden).then(
            self._followed, [self._current, self._language], self._view[:4], **hidden
        )
        begin(self._listed, [self._search, self._current, self._language], self._list, **hidden)
        begin(self._choices, None, [self._outlet, self._place], **hidden)

    @property
    def _view(self) -> list[Any]:
        """What shows a conversation: the chat, its passages, what to ask next, why; the source, the name."""
        return [self._chat, self._evidence, self._next, self._why, self.source, self._name]

    @property
    def filter(self) -> list[Any]:
        """The fields of the filters, in the order of `ui.filters.Chosen`."""
        return [self._since, self._until, self._outlet, self._place, self._articles]

    def _wire(self) -> None:
        private: Any = {"api_visibility": "private"}
        hidden: Any = {"show_progress": "hidden", **private}
        asked = [*self._view[:4], self._question, self._current]
        listing: Any = (self._listed, [self._search, self._current, self._language], self._list)
        for event in (self._question.submit, self._send.click):
            event(
                self._asked,
                [self._question, self._current, self._language, *self.filter],
                asked,
                **hidden,
            ).then(*listing, **hidden)
        for again in (self._chat.retry, self._chat.edit):
            again(
                self._asked_again, [self._current, self._language, *self.filter], asked, **hidden
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
            self._followed, [self._current, self._language], self._view[:4], **hidden
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
        for part in self.filter:
            part.change(self._chipped, [self._language, *self.filter], self._chips, **hidden)
        self._filtered.click(
            lambda what, *fields: chosen(fields).changed(what).values(),
            [self._filtered, *self.filter], self.filter, **hidden,
        )  # fmt: skip
        self._opened.click(
            self._read, [self._opened, self._current, self._language], self.source, **hidden
        )

    # -- asking ----------------------------------------------------------------------------

    def _asked(
        self,
        question: str,
        conversation: str,
        language: Language,
        *fields: str,
    ) -> Iterator[tuple[Any, ...]]:
        nothing = [gr.skip()] * 4
        if not question.strip():
            yield *nothing, question, gr.skip()
            return
        try:
            filters = chosen(fields)
            said = [f"{say(key, language)}: {v}" for key, v in zip(_FIELDS, filters.values()) if v]
            job = self._desk.ask(conversation, question, filters.only(), said)
        except HoiBaoError as error:
            line = {"role": "assistant", "content": f"⚠ {render.escape(str(error))}"}
            shown = [*self._shown(self._history.turns(conversation), language), line]
            yield shown, *nothing[1:], question, gr.skip()
            return
        first = True
        for view in self._follow(job, language):
            yield *view, "" if first else gr.skip(), job.conversation
            first = False
        if job.error is not None:
            yield *nothing, question, gr.skip()

    def _asked_again(
        self,
        conversation: str,
        language: Language,
        since: str,
        until: str,
        outlet: str,
        place: str,
        articles: str,
        event: gr.EventData,
    ) -> Iterator[tuple[Any, ...]]:
        """Asks from a turn on anew, as it is or as it was edited (`event` is of `retry` or `edit`, and has
        the place in the chat and the message). The turns behind it go."""
        at = event.index // 2
        turns = self._history.turns(conversation)
        if at >= len(turns):
            return
        self._desk.stop(conversation)
        self._history.cut(turns[at].id)
        question = render.unescape(event.value)
        fields = (since, until, outlet, place, articles)
        yield from self._asked(question, conversation, language, *fields)

    def _follow(self, job: Job, language: Language) -> Iterator[tuple[Any, ...]]:
        """The chat, its passages, what to ask next and why, while an answer grows."""
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
            after: tuple[Any, Any] = (gr.skip(), gr.skip())
            if job.document:
                after = _after(job.document, language)
            yield [*shown, {"role": "assistant", "content": text}], passages, *after

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
            return (*self._new(language)[:6], "")
        turns = self._history.turns(conversation)
        last = next((turn.document for turn in reversed(turns) if turn.document), None)
        evidence = render.evidence_html(last, language) if last else gr.skip()
        chat = self._shown(turns, language)
        return (chat, evidence, *_after(last, language), gr.skip(), name, conversation)

    def _followed(self, conversation: str, language: Language) -> Iterator[tuple[Any, ...]]:
        """Goes on with an answer that was not finished when the page was opened."""
        job = self._desk.job(conversation) if conversation else None
        if job:
            yield from self._follow(job, language)
        else:
            yield (gr.skip(),) * 4

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
        found = render.note_html(say("evidence_hint", language))
        source = render.note_html(say("source_hint", language))
        return ([], found, *_after(None, language), source, "", "", "")

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

    def _answered(self, conversation: str) -> list[Turn]:
        """The turns that have an answer."""
        return [turn for turn in self._history.turns(conversation) if turn.document]

    # -- what leaves the page ----------------------------------------------------------------

    def _exported(
        self, conversation: str, what: str, kind: str, language: Language
    ) -> tuple[Any, str]:
        turns = self._answered(conversation)
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
        turns = self._answered(conversation)
        if not turns:
            return "", render.note_html(say("nothing_to_export", language))
        text = export(turns[-1:], turns[-1].question, "md", language).decode()
        return text, render.note_html(say("copied", language))

    # -- reading and filtering ---------------------------------------------------------------

    def _read(self, target: str, conversation: str, language: Language) -> str:
        try:
            article_id, start, end = target.removeprefix("#cite-").rsplit("-", 2)
            article = self._desk.library.article(article_id)
            answered = self._answered(conversation)
            last = answered[-1].document if answered else None
            others = last["passages"] if last else ()
            return render.article_html(article, int(start), int(end), language, others)
        except (HoiBaoError, ValueError) as error:
            return render.note_html(str(error))

    def _choices(self) -> tuple[Any, ...]:
        library = self._desk.library
        return tuple(gr.update(choices=choices(library, field)) for field in ("outlet", "place"))

    def _chipped(self, language: Language, *fields: str) -> str:
        return chips_html(self._desk.library, chosen(fields), language)


def _after(document: Json | None, language: Language) -> tuple[str, str]:
    """What to ask next, and why the answer is what it is."""
    return render.suggestions_html(document, language), why_html(document, language)
