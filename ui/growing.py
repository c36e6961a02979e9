"""An answer as it grows, for programs that show it as the page does."""

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any

import gradio as gr

from index.types import Filter
from rag.assistant import Assistant
from rag.types import Answer
from ui.answers import document, record
from ui.config import WAITS
from ui.page.who import here

Json = dict[str, Any]


def growing(
    assistant: Assistant, turn: Callable[[], AbstractContextManager[object]]
) -> Callable[..., Iterator[Json]]:
    """The function that answers in growing documents; a question lasts for a `turn`. It asks in a thread of
    its own, so that who leaves is noticed, and stops it, whatever it is at."""

    def ask_growing(question: str, dossier: str, asked: gr.Request) -> Iterator[Json]:
        """An answer as it grows, each time the document of `ask` so far: first with its passages, then with the
        short answer. "waits" is its place in the writer's queue and about how many seconds it will be, null
        where it does not wait; "done": whether it is the whole answer. The same comes again where nothing is
        new for a second. Who leaves gives the place up. `dossier`: as for search, "" for all."""
        library, stop = assistant.library, threading.Event()
        only = Filter(dossier=library.dossiers.named(dossier).number if dossier else None)
        who = here().id or asked.session_hash or ""
        news: queue.Queue[Answer | Exception] = queue.Queue()

        def answer() -> None:
            try:
                with library.way.asked():
                    for one in changed(assistant.ask(question, (), only, stop, who)):
                        news.put(one)
            except Exception as error:  # told to who asked
                news.put(error)

        with turn():
            threading.Thread(target=answer, daemon=True).start()
            told: Json = {}
            try:
                while not told.get("done"):
                    try:
                        told = _told(news.get(timeout=WAITS.hears))
                    except queue.Empty:
                        if not told:
                            continue
                    yield told
            finally:
                stop.set()

    return ask_growing


def changed(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Those of which programs are told another document than of the one before: the draft, which grows word by
    word, is not in it."""
    before = None
    for one in answers:
        now = replace(one, draft="")
        if now != before:
            yield now
        before = now


def _told(news: Answer | Exception) -> Json:
    if isinstance(news, Exception):
        raise news
    waits = asdict(news.waits) if news.waits else None
    return {**document(record(news)), "waits": waits, "done": news.done}
