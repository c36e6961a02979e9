"""The Gradio chat. Nothing on the page comes from the network; fonts are the system's own."""

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index.errors import HoiBaoError, InputError
from index.types import AddReport
from index.watch import watch
from rag.draft import Checked, check_draft
from rag.pipeline import Assistant
from rag.types import Message
from ui import render
from ui.articles import ArticlesTab
from ui.style import CSS, JS, OPENER
from ui.text import Language, say

Turns = list[dict[str, Any]]
_log = logging.getLogger("hoibao")


def serve(
    make: Callable[[], Assistant],
    host: str,
    port: int,
    browser: bool,
    watched: Sequence[Path] = (),
) -> None:
    """Opens the chat and stays until it is stopped. The page is there at once; the models load
    behind it. What changes in the watched folders is added while it is open.

    Raises:
        HoiBaoError: the library or a model is missing, or the port is taken.
    """
    for folder in watched:
        if not folder.is_dir():
            raise InputError(f"{folder} is no folder; name one to watch")
    assistant = make()
    stop = threading.Event()
    threading.Thread(target=_warm, args=(assistant,), daemon=True).start()
    for folder in watched:
        threading.Thread(
            target=watch, args=(assistant.library, folder, stop, _watched), daemon=True
        ).start()
    page = build(assistant)
    page.queue(default_concurrency_limit=8)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            inbrowser=browser,
            share=False,
            quiet=True,
            ssr_mode=False,
            theme=_theme(),
            css=CSS,
            head=f"<script>{JS}</script>",
            footer_links=["api"],
            prevent_thread_lock=True,
        )
    except OSError:
        raise HoiBaoError(
            f"port {port} on {host} is taken; is hoibao already running? Or choose: "
            "hoibao serve --port N"
        ) from None
    print(f"Hỏi Báo: http://{host}:{port}  (Ctrl+C: stop)", flush=True)
    page.block_thread()
    stop.set()
    assistant.library.close()


def build(assistant: Assistant) -> gr.Blocks:
    """The page over an assistant; not yet served."""
    stops: dict[str, threading.Event] = {}
    library = assistant.library

    def ask(
        question: str, turns: Turns, language: Language, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        stop = threading.Event()
        stops[request.session_hash or ""] = stop
        history = [Message(turn["role"], render.plain(_text(turn))) for turn in turns]
        shown: Turns = [*turns, {"role": "user", "content": render.escape(question)}]

        def turn(content: str) -> Turns:
            return [*shown, {"role": "assistant", "content": content}]

        if not question.strip():
            yield gr.skip(), gr.skip(), question
            return
        yield turn(f"*{say('searching', language)}*"), gr.skip(), ""
        try:
            with contextlib.closing(assistant.ask(question, history, stop=stop)) as answers:
                evidence = None
                for answer in answers:
                    first = evidence is None
                    evidence = render.evidence_html(answer, language) if first else evidence
                    text = render.chat_text(answer, language)
                    if stop.is_set():
                        text = f"{text}\n\n*{say('stopped', language)}*"
                    yield turn(text), evidence if first else gr.skip(), gr.skip()
        except HoiBaoError as error:
            yield turn(f"⚠ {render.escape(str(error))}"), gr.skip(), question
        except Exception:  # a bug: the reader gets one line, the terminal the rest
            _log.exception("a question failed")
            yield turn(f"⚠ {say('bug', language)}"), gr.skip(), question

    def stop(request: gr.Request) -> None:
        event = stops.get(request.session_hash or "")
        if event:
            event.set()

    def forget(request: gr.Request) -> None:
        stop(request)
        stops.pop(request.session_hash or "", None)

    def new_chat(language: Language, request: gr.Request) -> tuple[Turns, str, str, str]:
        stop(request)
        evidence_hint = render.note_html(say("evidence_hint", language))
        return [], evidence_hint, render.note_html(say("source_hint", language)), ""

    def open_source(target: str, language: Language) -> str:
        try:
            article_id, start, end = target.removeprefix("#cite-").rsplit("-", 2)
            article = library.article(article_id)
            return render.article_html(article, int(start), int(end), language)
        except (HoiBaoError, ValueError) as error:
            return render.note_html(str(error))

    def check(draft: str, language: Language) -> Iterator[str]:
        found: list[Checked] = []
        yield render.note_html(say("checking", language))
        try:
            for one in check_draft(library, assistant.embedder, draft):
                found.append(one)
                yield render.checked_html(found, language)
        except HoiBaoError as error:
            yield render.note_html(str(error))
        except Exception:  # as for a question
            _log.exception("a check failed")
            yield render.note_html(say("bug", language))

    page: gr.Blocks
    with gr.Blocks(title="Hỏi Báo", analytics_enabled=False) as page:
        language = gr.BrowserState("vi", storage_key="hoibao-language", secret="hoibao")
        opened = gr.HTML("", html_template=" ", js_on_load=OPENER, elem_id="hb-open")
        with gr.Row(elem_classes="hb-head"):
            heading = gr.Markdown(_heading("vi"), elem_id="hb-heading")
            switch = gr.Button(say("language", "vi"), size="sm", scale=0, elem_id="hb-language")
        with gr.Tabs():
            with gr.Tab(say("chat", "vi")) as chat_tab, gr.Row(equal_height=False):
                with gr.Column(scale=3, min_width=320):
                    chat = gr.Chatbot(
                        label=say("conversation", "vi"),
                        height="54vh",
                        allow_tags=False,
                        latex_delimiters=[],
                        buttons=["copy"],
                        feedback_options=None,
                        elem_id="hb-chat",
                    )
                    question = gr.Textbox(
                        label=say("question", "vi"),
                        placeholder=say("placeholder", "vi"),
                        lines=2,
                        max_lines=6,
                        autofocus=True,
                        submit_btn=False,
                        elem_id="hb-question",
                    )
                    with gr.Row():
                        send = gr.Button(say("send", "vi"), variant="primary", elem_id="hb-send")
                        halt = gr.Button(say("stop", "vi"), elem_id="hb-stop")
                        fresh = gr.Button(say("new_chat", "vi"), elem_id="hb-new")
                with gr.Column(scale=2, min_width=320):
                    with gr.Accordion(say("source", "vi"), open=True) as source_box:
                        source = gr.HTML(
                            render.note_html(say("source_hint", "vi")), elem_id="hb-source"
                        )
                    with gr.Accordion(say("evidence", "vi"), open=True) as evidence_box:
                        evidence = gr.HTML(
                            render.note_html(say("evidence_hint", "vi")),
                            elem_id="hb-evidence",
                        )
            with gr.Tab(say("check", "vi")) as check_tab, gr.Row(equal_height=False):
                with gr.Column(scale=3, min_width=320):
                    draft = gr.Textbox(
                        label=say("draft", "vi"),
                        placeholder=say("draft_hint", "vi"),
                        lines=8,
                        max_lines=20,
                        submit_btn=False,
                        elem_id="hb-draft",
                    )
                    send_draft = gr.Button(
                        say("check_send", "vi"), variant="primary", elem_id="hb-check"
                    )
                    checked = gr.HTML(elem_id="hb-checked")
                with gr.Column(scale=2, min_width=320):
                    check_source = gr.HTML(elem_id="hb-check-source")
            with gr.Tab(say("articles", "vi")) as articles_tab:
                articles = ArticlesTab(library, language)

        def speak(current: Language) -> tuple[Any, ...]:
            return (
                _heading(current),
                gr.update(value=say("language", current)),
                gr.update(label=say("chat", current)),
                gr.update(label=say("articles", current)),
                gr.update(label=say("conversation", current)),
                gr.update(label=say("question", current), placeholder=say("placeholder", current)),
                gr.update(value=say("send", current)),
                gr.update(value=say("stop", current)),
                gr.update(value=say("new_chat", current)),
                gr.update(label=say("source", current)),
                gr.update(label=say("evidence", current)),
                gr.update(label=say("check", current)),
                gr.update(label=say("draft", current), placeholder=say("draft_hint", current)),
                gr.update(value=say("check_send", current)),
                *articles.speak(current),
            )

        spoken = [heading, switch, chat_tab, articles_tab, chat, question, send, halt, fresh]
        spoken += [source_box, evidence_box, check_tab, draft, send_draft, *articles.spoken]
        gr.on(
            [question.submit, send.click],
            ask,
            [question, chat, language],
            [chat, evidence, question],
            concurrency_id="model",
            concurrency_limit=1,
            show_progress="hidden",
            api_name="ask",
        )
        halt.click(stop, queue=False, api_visibility="private")
        fresh.click(
            new_chat, language, [chat, evidence, source, question], queue=False,
            api_visibility="private",
        )  # fmt: skip
        opened.click(
            open_source, [opened, language], source, show_progress="hidden", api_name="read"
        ).then(lambda shown: shown, source, check_source, api_visibility="private")
        send_draft.click(
            check, [draft, language], checked, show_progress="hidden", api_name="check"
        )
        articles.load(articles_tab.select, page.load)
        switch.click(
            lambda now: "en" if now == "vi" else "vi", language, language, api_visibility="private"
        ).then(speak, language, spoken, api_visibility="private")
        page.load(speak, language, spoken, api_visibility="private")
        page.unload(forget)
    return page


def _warm(assistant: Assistant) -> None:
    try:
        assistant.warm()
    except HoiBaoError as error:
        print(f"hoibao: {error}", flush=True)


def _watched(report: AddReport | HoiBaoError) -> None:
    """One line in the terminal for what a watched folder brought."""
    if isinstance(report, HoiBaoError):
        print(f"hoibao: {report}", file=sys.stderr, flush=True)
        return
    for failure in report.failed:
        print(f"{failure.path}: {failure.reason}", file=sys.stderr, flush=True)
    print(
        f"watched: {report.added} added, {report.updated} updated, {report.renamed} renamed, "
        f"{len(report.failed)} failed",
        flush=True,
    )


def _text(turn: dict[str, Any]) -> str:
    """A turn's words: Gradio gives blocks from the browser, strings from its API."""
    content = turn["content"]
    if isinstance(content, str):
        return content
    return "".join(block.get("text", "") for block in content if isinstance(block, dict))


def _heading(language: Language) -> str:
    return f"# {say('title', language)}\n{say('tagline', language)}"


def _theme() -> gr.Theme:
    fonts = ["system-ui", "Segoe UI", "Noto Sans", "sans-serif"]
    return gr.themes.Soft(primary_hue="blue", font=fonts, font_mono=["ui-monospace", "monospace"])
