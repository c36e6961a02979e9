"""What is made while the machine is idle, and adding and asking never wait for: questions to start with, and
the counts of names, for which who looks first would wait."""

import logging
import threading
from collections.abc import Callable

from index.types import Article
from rag.assistant import Assistant
from rag.starting import starting
from ui.config import WAITS
from ui.kept import Kept, Starter, as_starter
from ui.page.render import shown_day

_log = logging.getLogger("hoibao")


class Starters:
    """Looks for them anew whenever the articles are others; `busy` says that something is being added."""

    def __init__(self, assistant: Assistant, kept: Kept, busy: Callable[[], bool]) -> None:
        self._assistant = assistant
        self._library = assistant.library
        self._kept = kept
        self._busy = busy

    def run(self, stop: threading.Event) -> None:
        """Goes on until `stop` is set."""
        counted = -1
        with self._library.way.apart():
            while self._idle(stop):
                generation = self._library.generation()
                try:
                    if counted != generation:
                        self._library.names.count()
                        counted = generation
                    if self._kept.starters(generation) is None:
                        self.look(generation, stop)
                except Exception:  # nothing that anybody waits for
                    _log.exception("no questions to start with")
                    return
                stop.wait(WAITS.starters)

    def look(self, generation: int, stop: threading.Event) -> None:
        """Looks for the questions of the library as it is, and keeps them; nothing where it changes
        meanwhile."""
        found: list[Starter] = []
        for one in starting(self._assistant):
            if one:
                article = self._library.article(one.article_id) if one.article_id else None
                found.append(as_starter(one, _told(article) if article else ""))
            if not self._idle(stop) or self._library.generation() != generation:
                return
        self._kept.start_with(generation, found)

    def _idle(self, stop: threading.Event) -> bool:
        """Waits until nobody asks and nothing is added; False where it is to stop."""
        while self._busy() or self._library.way.quiet < WAITS.idle:
            if stop.wait(WAITS.starters):
                return False
        return not stop.is_set()


def _told(article: Article) -> str:
    """Whose answer it is: outlet and day, else the title."""
    details = article.details
    said = filter(None, (details.outlet, shown_day(details.published)))
    return ", ".join(said) or (article.title or article.id)
