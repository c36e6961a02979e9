"""The Gradio chat. Nothing on the page comes from the network."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI

from index.errors import HoiBaoError, InputError
from index.language.text import one_line
from index.library import Library
from index.people import OWNER
from index.types import AddReport
from index.watch import watch
from rag.assistant import Assistant
from rag.check.lookup import Checked, check_draft
from ui import api
from ui.changes import changing
from ui.changes import told as counted
from ui.config import DOOR, WAITS
from ui.console import tell, tell_error
from ui.door import Door
from ui.errors import warned
from ui.history import History
from ui.kept import Kept
from ui.keys import Keys
from ui.page import render
from ui.page.articles import ArticlesTab
from ui.page.chat import ChatTab
from ui.page.desk import Desk
from ui.page.dossiers import DossiersPanel
from ui.page.draft import DraftFile
from ui.page.files import gives
from ui.page.find import FindTab
from ui.page.frame import Pieces
from ui.page.lean import Page, lean, settle, stay_lean
from ui.page.names import NamesTab
from ui.page.notes import NotesPanel
from ui.page.overview import OverviewTab
from ui.page.playing import HIDDEN, keep_open, plays
from ui.page.queue import Queue
from ui.page.reports import OwnReports
from ui.page.role import RolePart
from ui.page.routes import ROUTES, Bounded, stay_here
from ui.page.settings import Settings, Use, use_writer
from ui.page.shelf import Shelf
from ui.page.standing import AsksAgain, StandingPart
from ui.page.start import Start
from ui.page.starters import Starters
from ui.page.style import HEAD, channel, drawn
from ui.page.theirs import Theirs
from ui.page.view import Frame, View
from ui.page.wrong import WrongSheet
from ui.serving import Entrance, Serving, address, listen, open_browser, told_where
from ui.templates import filled
from ui.text import Language, say
from ui.trash import Trash

_log = logging.getLogger("hoibao")


def serve(
    make: Callable[[], Assistant],
    at: Entrance,
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
    library, stop = assistant.library, threading.Event()
    desk = Desk(assistant, History(library.folder))
    kept = desk.history.kept
    shelf = Shelf(library, at.is_here, kept)
    keys = at.keys(library.folder, library.people)
    page = build(assistant, desk, shelf, use=lambda choice: use_writer(assistant, choice))
    serving = launch(page, keys, at, library)
    people = keys.asks
    tell(told_where(at, serving.port, keys.token, people), sys.stderr)
    if browser:
        token = "" if people else keys.token
        open_browser(library.folder, address(at.host, serving.port, token))
    # Not sooner: the heavy libraries that these load would hold the page up.
    warmed = threading.Event()
    starters = Starters(assistant, kept, lambda: shelf.given > 0)
    warming = threading.Thread(target=_warm, args=(assistant, starters, warmed, stop), daemon=True)
    watching = [
        threading.Thread(
            target=watch,
            args=(library, folder, stop, partial(_watched, library, kept)),
            daemon=True,
        )
        for folder in watched
    ]
    again = AsksAgain(
        assistant, desk.history.standing, lambda: shelf.given > 0 or not warmed.is_set()
    )
    asking = threading.Thread(target=again.run, args=(stop,), daemon=True)
    giving = threading.Thread(target=stay_lean, args=(stop,), daemon=True)
    for thread in (warming, asking, giving, *watching):
        thread.start()
    serving.wait(lambda: desk.busy or not library.way.quiet or shelf.given > 0)
    stop.set()
    desk.close()
    shelf.close()
    for thread in (asking, *watching):
        thread.join(WAITS.ends)
    desk.history.close()
    library.close()
    if any(thread.is_alive() for thread in (warming, asking, *watching)):
        os._exit(0)  # Python's own end crashes where native code still runs


def launch(page: gr.Blocks, keys: Keys, at: Entrance, library: Library | None = None) -> Serving:
    """Serves a page behind the door, in threads of its own; of a library also the original files.

    Raises:
        HoiBaoError: the port is taken.
    """
    stay_here()
    lean()
    listening = listen(at.host, at.port)
    page.max_threads = DOOR.threads  # of Gradio's queue, and for what it runs
    page.queue(default_concurrency_limit=8, max_size=DOOR.waiting)
    app = gr.mount_gradio_app(
        gives(FastAPI(openapi_url=None), library, at.is_here), page, path="",
        max_file_size=f"{at.upload_mb}mb", enable_monitoring=False, run_history=False, ssr_mode=False,
        pwa=False, mcp_server=False, theme=_theme(), footer_links=["api"], show_error=False,
        root_path=at.root or None,
    )  # fmt: skip
    page.has_launched = True  # else Gradio takes any file of the machine for an upload
    place = at.place(listening.getsockname()[1], ROUTES, (HEAD, filled("early", language="vi")))
    own = Theirs(Bounded(app), library.people if library else None)
    return Serving(Door(own, keys, place), listening)


def build(assistant: Assistant, desk: Desk, shelf: Shelf, use: Use | None = None) -> gr.Blocks:
    """The page over an assistant; not yet served. `use` chooses another writer."""
    library, history = assistant.library, desk.history

    def checks(draft: str, language: Language) -> Iterator[Frame]:
        found: list[Checked] = []
        yield {"checked": render.note_html(say("checking", language))}
        try:
            for one in check_draft(library, assistant.embedder, draft):
                found.append(one)
                yield {"checked": render.checked_html(found, language)}
        except HoiBaoError as error:
            yield {"checked": render.note_html(warned(error.line, language))}
        except Exception:  # as for a question
            _log.exception("a check failed")
            yield {"checked": render.note_html(say("bug", language))}

    def check(view: View, draft: str, language: Language) -> Iterator[Frame]:
        return view.paint(lambda _: checks(draft, language))

    page: gr.Blocks
    kept = (WAITS.clears, WAITS.download)
    with Page(title="Hỏi Báo", analytics_enabled=False, delete_cache=kept) as page:
        # "" until the browser's own language is known. Hidden by CSS, not left out: it passes through the
        # page's script, which keeps what was chosen.
        language = gr.Textbox("", elem_id="hb-speaks", elem_classes="hb-hidden", label="language")
        foreign = channel("foreign")
        pieces = Pieces()
        start = Start(library, history, language, seeks=use is not None)
        standing = StandingPart(library, history, language, asks=use is not None)
        queue = Queue(library, shelf, OwnReports(history.kept), language)
        role = RolePart()
        wrong = WrongSheet(library, history, language)
        settings = Settings(library.folder, use, language, shelf.paths)
        word_draft = DraftFile(library, assistant.embedder, language)
        chat = ChatTab(desk, language, pieces, originals=shelf.paths)
        pieces.place("brand")
        with gr.Column(elem_id="hb-left"):
            chat.place_left()
            role.make()
        pieces.place("left")
        # "wrap": Gradio leaves the tabs alone, and what does not fit is scrolled to (frame.css).
        with gr.Tabs(elem_id="hb-tabs", overflow_behavior="wrap"):
            with gr.Tab(say("ask_tab", "vi"), elem_id="hb-tab-ask") as chat_tab:
                chat.place(start, standing)
            with gr.Tab(say("find", "vi"), elem_id="hb-tab-find") as find_tab:
                find = FindTab(library, history, language)
            with gr.Tab(say("overview", "vi"), elem_id="hb-tab-overview") as overview_tab:
                overview = OverviewTab(assistant, language, chat.filter)
            with gr.Tab(say("names", "vi"), elem_id="hb-tab-names") as names_tab:
                names = NamesTab(library, language, chat.filter)
            with gr.Tab(say("dossiers", "vi"), elem_id="hb-tab-dossiers") as dossiers_tab:
                dossiers = DossiersPanel(library, language, chat.filter[-1])
            with gr.Tab(say("notes", "vi"), elem_id="hb-tab-notes") as notes_tab:
                notes = NotesPanel(library, language)
            with gr.Tab(say("articles", "vi"), elem_id="hb-tab-articles") as articles_tab:
                trash = Trash(library, desk.history)
                articles = ArticlesTab(library, shelf, trash, language)
            with gr.Tab(say("draft_tab", "vi"), elem_id="hb-tab-draft") as check_tab:
                draft = gr.Textbox(
                    label=say("draft", "vi"), placeholder=say("draft_hint", "vi"),
                    lines=8, max_lines=20, submit_btn=False, elem_id="hb-draft",
                )  # fmt: skip
                send_draft = gr.Button(
                    say("check_send", "vi"), variant="primary", elem_id="hb-check"
                )
                checked = drawn("hb-checked")
                word_draft.make()
        pieces.place("right")
        with gr.Column(elem_id="hb-pane"):
            chat.place_pane()
            notes.place_pane(chat.source)
        with gr.Row(elem_id="hb-tools"):
            switch = gr.Button(say("language", "vi"), size="sm", scale=0, elem_id="hb-language")
            configure = gr.Button(
                say("settings", "vi"), size="sm", scale=0, elem_id="hb-settings",
                elem_classes="hb-i hb-i-settings",
            )  # fmt: skip
        queue.make()
        pieces.place("switch")
        chat.place_sheets()
        wrong.make()
        with gr.Column(elem_id="hb-sheet-settings", elem_classes="hb-sheet"):
            settings.make()
        with gr.Column(elem_id="hb-sheet-keys", elem_classes="hb-sheet"):
            pieces.place("keys")

        def speak(current: Language) -> tuple[Any, ...]:
            return (
                current,
                *(gr.update(value=say(key, current)) for key in ("language", "settings")),
                *(gr.update(label=say(key, current)) for key in tabs),
                gr.update(label=say("draft", current), placeholder=say("draft_hint", current)),
                gr.update(value=say("check_send", current)),
                *pieces.speak(current),
                *chat.speak(current),
                *find.speak(current),
                *overview.speak(current),
                *names.speak(current),
                *standing.speak(current),
                *articles.speak(current),
                *wrong.speak(current),
                *dossiers.speak(current),
                *notes.speak(current),
                *word_draft.speak(current),
            )

        tabs = {"ask_tab": chat_tab, "draft_tab": check_tab, "find": find_tab}
        tabs |= {"overview": overview_tab, "names": names_tab, "articles": articles_tab}
        tabs |= {"dossiers": dossiers_tab, "notes": notes_tab}
        spoken = [language, switch, configure, *tabs.values(), draft, send_draft]
        spoken += [*pieces.spoken, *chat.spoken, *find.spoken, *overview.spoken]
        spoken += [*names.spoken, *standing.spoken, *articles.spoken, *wrong.spoken]
        spoken += [*dossiers.spoken, *notes.spoken, *word_draft.spoken]
        plays(send_draft.click, check, [gr.State(View()), draft, language], {"checked": checked})
        api.offer(assistant, desk.under_way)
        switched = switch.click(speak, language, spoken, js=_OTHER, **HIDDEN)
        foreign.click(speak, foreign, spoken, **HIDDEN)
        # In the browser alone: the page is made in Vietnamese, and to give a hundred parts the words that they
        # have takes longer than all else there.
        opened = page.load(None, None, language, js=_OWN, **HIDDEN)
        edits = [*articles.for_editors, *names.for_editors, *dossiers.for_editors]
        role.wire(language, edits, articles.for_owner, opened.then, switched.then)
        queue.wire(opened.then, articles.begun)
        articles.load(articles_tab.select, switched.then, queue.added)
        start.wire(opened.then, switched.then, chat.moved, articles.changed, queue.added)
        again = (chat.moved, articles.changed, find.followed, queue.added)
        standing.wire(opened.then, switched.then, *again)
        names.load(names_tab.select, switched.then, chat.filtered)
        wrong.wire(chat.current)
        settings.wire(switched.then)
        word_draft.wire()
        find.load(switched.then)
        overview.load(overview_tab.select, switched.then, chat.filtered)
        dossiers.load(dossiers_tab.select, switched.then)
        dossiers.marks(chat.filtered)
        dossiers.offers(dossiers_tab.select, find.query)
        notes.load(notes_tab.select, switched.then)
        chat.load(opened.then)
        chat.lists(articles.restored)
        keep_open(page)
        chat.again(switched.then)
    return page


#: What a page asks for when it was loaded waits until a question can be typed, and the browser is idle.
_OWN = """async () => {
  const language = document.documentElement.lang = hoibaoLanguage();
  const speak = () => window.hoibao?.foreign ? window.hoibao.foreign(language) : setTimeout(speak, 20);
  if (language !== 'vi') speak();
  const idle = window.requestIdleCallback || setTimeout;
  await new Promise(go => idle(go, {timeout: 400}));
  idle(hoibaoRest);
  return language;
}"""
_OTHER = """now => {
  const other = now === 'en' ? 'vi' : 'en';
  hoibaoKept.set('language', other);
  return document.documentElement.lang = other;
}"""


def _warm(
    assistant: Assistant, starters: Starters, warmed: threading.Event, stop: threading.Event
) -> None:
    try:
        assistant.warm()
    except HoiBaoError as error:
        tell_error(str(error))
        return
    settle()
    warmed.set()
    starters.run(stop)


def _watched(library: Library, kept: Kept, report: AddReport | HoiBaoError) -> None:
    """One line in the terminal for what a watched folder brought, its report, and a line of the audit."""
    if isinstance(report, HoiBaoError):
        tell_error(str(report))
        return
    kept.report(report)
    with changing(library, OWNER, "add", f"watched: {counted(report)}"):
        pass  # it was added already
    for failure in report.failed:
        tell(one_line(f"{failure.path}: {failure.reason}"), sys.stderr)
    tell(
        f"watched: {report.added} added, {report.updated} updated, {report.renamed} renamed, "
        f"{len(report.failed)} failed"
    )


def _theme() -> gr.Theme:
    fonts = ["system-ui", "Segoe UI", "Noto Sans", "sans-serif"]
    soft = gr.themes.Soft(primary_hue="blue", font=fonts, font_mono=["ui-monospace", "monospace"])
    # Soft's own blues and greys are below the contrast of WCAG AA.
    return soft.set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        block_label_text_color="*primary_800",
        block_title_text_color="*primary_800",
        checkbox_label_background_fill_selected="*primary_700",
        checkbox_label_background_fill_selected_dark="*primary_700",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_800",
    )
