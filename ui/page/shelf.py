"""What the controls of the articles' tab do, as frames for the page: add, open, correct, remove. One `add`
is under way at a time, whichever page began it; an article is changed by one at a time; what comes back late
does not fill the form of an article that was opened meanwhile."""

import logging
import queue
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from index.errors import HoiBaoError
from index.library import Library
from index.people import Person
from index.private import used_up
from index.types import AddReport, AtPage, Details
from ui.changes import changing, require_editor
from ui.changes import told as counted
from ui.config import DOOR, WAITS
from ui.errors import warned
from ui.kept import Kept
from ui.page import render
from ui.page.correction import correction_html
from ui.page.reading import article_html
from ui.page.reprints import reprints_html
from ui.page.view import Frame, View
from ui.page.who import here
from ui.text import Language, say

#: The fields of an article that can be put right.
FIELDS = ("title", "outlet", "author", "published", "time", "place", "url")
_GIVEN = ("files", "folder", "path", "add")
_log = logging.getLogger("hoibao")
_Report = AddReport | HoiBaoError | Exception


@dataclass(frozen=True, slots=True)
class Now:
    """How far what is being added is, in articles; `began`: at which second of the clock; `at`: of a scan."""

    done: int
    total: int
    began: float
    at: AtPage | None = None


class Shelf:
    """The articles of a library, for all pages; only editors change them. `paths`: whether folders of this
    machine are added by their path, which is for its owner. `now` is what is being added, whichever page began
    it, `ended` how often something was and what came of it last; reports are `kept`."""

    def __init__(self, library: Library, paths: bool = True, kept: Kept | None = None) -> None:
        self.paths = paths
        self.now: Now | None = None
        self.ended: tuple[int, AddReport | Exception | None] = (0, None)
        self._kept_reports = kept
        self._library = library
        self._adds = threading.Lock()
        self._stops: list[threading.Event] = []  # of what is added, or waits for it
        self._changes = threading.Lock()

    # -- adding ----------------------------------------------------------------------------

    def add(
        self,
        _: View,
        files: Sequence[str] | None,
        folder: Sequence[str] | None,
        path: str,
        language: Language,
    ) -> Iterator[Frame]:
        """Adds while the page shows how far it is, by article, with the time left. What was given stands
        in its fields, which take nothing meanwhile, until it was added."""
        person = here()
        try:
            require_editor(person)
        except HoiBaoError as error:
            yield {"report": _warning(error, language)}
            return
        uploads = [*(files or []), *(folder or [])]
        if not uploads and not path.strip():
            yield {"report": render.note_html(say("nothing_to_add", language))}
            return
        if path.strip() and (person.id or not self.paths):
            yield {"report": render.note_html(say("no_paths", language))}
            return
        if len(uploads) > DOOR.files:
            yield {"report": render.note_html(say("too_many", language, limit=DOOR.files))}
            return
        stop = threading.Event()
        self._stops.append(stop)
        begun = False
        try:
            yield {
                "report": render.progress_html(0, 0, "", 0.0, language),
                **{part: gr.update(interactive=False) for part in _GIVEN},
            }
            while not stop.is_set() and not (begun := self._adds.acquire(timeout=0.2)):
                yield {"report": render.note_html(say("add_waits", language))}
            if begun and stop.is_set():
                self._adds.release()
                begun = False
            if begun:
                yield from self._added(person, uploads, path, stop, language)
            else:
                yield {**_free(), "report": render.note_html(say("add_dropped", language))}
        finally:
            if not begun:
                self._stops.remove(stop)

    @property
    def given(self) -> int:
        """How much is being added or waits for its turn."""
        return len(self._stops)

    def stop(self) -> None:
        """Stops what is added, and what waits for it, after the article at hand; members stop nothing."""
        for stop in list(self._stops) if here().edits else ():
            stop.set()

    def close(self) -> None:
        """Stops what is added, and returns when nothing is written any more."""
        self.stop()
        self._adds.acquire(timeout=WAITS.ends)  # for good: what waits must not begin

    def _added(
        self,
        person: Person,
        uploads: Sequence[str],
        path: str,
        stop: threading.Event,
        language: Language,
    ) -> Iterator[Frame]:
        told: queue.Queue[tuple[int, int, str, AtPage | None] | _Report] = queue.Queue()

        began = time.monotonic()

        def tell(done: int, total: int, name: str, at: AtPage | None) -> None:
            self.now = Now(done, total, began, at)
            told.put((done, total, name, at))

        def work() -> None:
            report: _Report
            self.now = Now(0, 0, began)
            try:
                paths = self._kept(uploads)
                if path.strip():
                    paths.append(Path(path.strip().strip('"')).expanduser())
                names = f"{len(paths)} files" if uploads else str(paths[0])
                with changing(self._library, person, "add", names) as line:
                    added = self._library.add(paths, progress=tell, stop=stop)
                    line.what = f"{names}: {counted(added)}"
                if self._kept_reports:
                    self._kept_reports.of(person.id).report(added)
                report = added
            except Exception as error:  # shown below
                report = error
            finally:  # also where nobody looks any more
                self._stops.remove(stop)
                self._adds.release()
                self.now = None
            self.ended = (self.ended[0] + 1, report)
            told.put(report)

        threading.Thread(target=work).start()
        while isinstance(news := told.get(), tuple):
            while not told.empty() and isinstance(told.queue[0], tuple):
                news = told.get()
            assert isinstance(news, tuple)
            done, total, name, at = news
            yield {
                "report": render.progress_html(
                    done, total, name, time.monotonic() - began, language, at
                )
            }
        if isinstance(news, AddReport):
            emptied = {"files": None, "folder": None, "path": ""}
            given = {part: gr.update(interactive=True, value=v) for part, v in emptied.items()}
            yield {**_free(), **given, "report": render.report_html(news, language)}
        elif isinstance(news, HoiBaoError):
            yield {**_free(), "report": _warning(news, language)}
        else:
            _log.error("adding failed", exc_info=news)
            yield {**_free(), "report": render.note_html(say("bug", language))}

    def _kept(self, uploads: Sequence[str]) -> list[Path]:
        """Uploads copied into the library's own folder, where they stay: what the browser gave lies
        among temporary files."""
        folder = self._library.folder / "files"
        kept = []
        for upload in map(Path, uploads):
            folder.mkdir(parents=True, exist_ok=True)
            target, number = folder / upload.name, 1
            while target.exists() and target.read_bytes() != upload.read_bytes():
                number += 1
                target = folder / f"{upload.stem}-{number}{upload.suffix}"
            if not target.exists():
                part = target.with_name(f".{target.name}.part")
                shutil.copyfile(upload, part)
                part.replace(target)
            used_up(upload)
            kept.append(target)
        return kept

    # -- one article -------------------------------------------------------------------------

    def open(self, view: View, article_id: str, language: Language) -> Iterator[Frame]:
        """An article, and its fields in the form."""
        yield from view.paint(lambda _: iter([self._form(article_id, language)]))

    def save(
        self, view: View, article_id: str, language: Language, *values: str
    ) -> Iterator[Frame]:
        """Puts the fields right that were changed in the form."""
        if not article_id:
            yield {"said": render.note_html(say("choose_row", language))}
            return
        try:
            with self._changes:
                details = self._library.article(article_id).details
                changed: dict[str, str | None] = {
                    name: value
                    for name, value in zip(FIELDS, values, strict=True)
                    if (value or "").strip() != _field(details, name)
                }
                if changed:
                    what = f"{article_id} {' '.join(changed)}"
                    with changing(self._library, here(), "correct", what):
                        self._library.correct(article_id, changed)
        except HoiBaoError as error:
            yield {"said": _warning(error, language)}
            return
        said = {"said": render.note_html(say("saved", language, count=len(changed)))}
        if view.shown == article_id:
            form = self._form(article_id, language)
            yield from view.paint(lambda _: iter([form | said]))
        else:
            yield said

    def remove(self, view: View, article_id: str, language: Language) -> Iterator[Frame]:
        """Takes an article out of the library, once it was confirmed."""
        try:
            with self._changes, changing(self._library, here(), "remove", article_id):
                self._library.remove([article_id])
        except HoiBaoError as error:
            yield {"said": _warning(error, language), "sure": gr.update(visible=False)}
            return
        said = {"said": render.note_html(say("removed", language))}
        if view.shown == article_id:
            yield from view.paint(lambda _: iter([{**_empty(), **said}]))
        else:
            yield said

    def ask_to_remove(self, _: View, article_id: str, language: Language) -> Iterator[Frame]:
        """Offers the button that removes."""
        if article_id:
            yield {"sure": gr.update(visible=True)}
        else:
            yield {"said": render.note_html(say("choose_row", language))}

    def _form(self, article_id: str, language: Language) -> Frame:
        try:
            article = self._library.article(article_id)
        except HoiBaoError as error:
            return {**_empty(), "reader": _warning(error, language)}
        values = {name: _field(article.details, name) for name in FIELDS}
        left = self._library.left_out(article_id)
        above = correction_html(self._library, article, language)
        below = reprints_html(self._library, article, language)
        reader = article_html(
            article,
            language,
            originals=self.paths and not here().id,
            left_out=left,
            above=above,
            below=below,
        )
        return {**_empty(), **values, "reader": reader, "current": article_id}


def _field(details: Details, name: str) -> str:
    """What stands in the form's field of a detail."""
    value = getattr(details, name)
    return render.shown_day(value) if name == "published" else str(value or "")


def _free() -> Frame:
    """What was given can be changed again."""
    return {part: gr.update(interactive=True) for part in _GIVEN}


def _empty() -> Frame:
    """No article."""
    return {
        **dict.fromkeys(FIELDS, ""),
        "reader": "",
        "current": "",
        "sure": gr.update(visible=False),
        "said": "",
    }


def _warning(error: HoiBaoError, language: Language) -> str:
    return render.note_html(warned(error.line, language))
