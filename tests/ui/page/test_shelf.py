"""Whoever clicks what in the articles' tab while something is under way. The embedder of these tests waits
until it is let; so a test says what happens meanwhile."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.library import Library
from tests.conftest import FakeEmbedder
from tests.index.stories import STORIES, copied_text
from tests.ui.page.told import LIMIT, Beside
from ui.page.shelf import FIELDS, Shelf
from ui.page.view import Frame, View
from ui.text import say

LOCK = threading.Lock


class Gate(FakeEmbedder):
    """Embeds while it is open; `reached` is set when something waits before it."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()

    def shut(self) -> None:
        self.open.clear()
        self.reached.clear()

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        if not self.open.is_set():
            self.reached.set()
        assert self.open.wait(LIMIT)
        return super().documents(texts)


class Contended:
    """A lock that says when somebody waits for it."""

    def __init__(self, waits: threading.Event) -> None:
        self.waits = waits
        self.lock = LOCK()

    def __enter__(self) -> None:
        if not self.lock.acquire(blocking=False):
            self.waits.set()
            self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()


class Page:
    """What the tab shows of the frames that it is sent."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.view = View()
        self.shown: Frame = {"current": "", "report": "", "said": ""}

    def play(self, frames: Iterator[Frame]) -> None:
        for frame in frames:
            self.shown |= frame

    def open(self, article_id: str) -> None:
        self.play(self.shelf.open(self.view, article_id, "vi"))

    def save(self, **changed: str) -> Iterator[Frame]:
        values = [changed.get(name, self.shown[name]) for name in FIELDS]
        return self.shelf.save(self.view, self.shown["current"], "vi", *values)

    def remove(self) -> Iterator[Frame]:
        return self.shelf.remove(self.view, self.shown["current"], "vi")

    def add(self, path: Path) -> Iterator[Frame]:
        return self.shelf.add(self.view, None, None, str(path), "vi")

    def takes(self, part: str) -> bool:
        return bool(self.shown[part]["interactive"])


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def library(tmp_path: Path, gate: Gate) -> Iterator[Library]:
    made = Library(tmp_path / "l", gate)
    yield made
    made.close()


@pytest.fixture
def page(library: Library) -> Page:
    return Page(Shelf(library))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bao"
    made.mkdir()
    for number, story in enumerate(STORIES):
        (made / f"{number}.txt").write_text(copied_text(story), "utf-8")
    return made


@pytest.fixture
def ids(library: Library, folder: Path) -> list[str]:
    library.add([folder])
    return [row.id for row in library.articles()]


def beside(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_what_is_given_stays_in_its_fields_until_it_was_added(
    page: Page, folder: Path, gate: Gate, library: Library
) -> None:
    page.play(page.shelf.add(page.view, None, None, " ", "vi"))
    assert say("nothing_to_add", "vi") in page.shown["report"]
    gate.shut()
    adding = Beside(page, page.add(folder))
    adding.next()
    assert not any(page.takes(part) for part in ("files", "folder", "path", "add"))
    assert gate.reached.wait(LIMIT)
    gate.open.set()
    adding.rest()
    assert all(page.takes(part) for part in ("files", "folder", "path", "add"))
    assert page.shown["path"]["value"] == "" and page.shown["files"]["value"] is None
    assert f"<b>{len(STORIES)}</b>" in page.shown["report"] and library.counts()[0] == len(STORIES)


def test_what_could_not_be_added_can_be_sent_again(tmp_path: Path) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    page = Page(Shelf(type("Broken", (), {"add": broken})()))
    for _ in range(2):
        page.play(page.add(tmp_path))
        assert say("bug", "vi") in page.shown["report"] and page.takes("path")
        assert "value" not in page.shown["path"]


def test_one_add_at_a_time_and_the_other_waits_for_it(
    page: Page, folder: Path, gate: Gate, library: Library, tmp_path: Path
) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "a.txt").write_text("Tin mới\n\n" + "Tỉnh vừa mở thêm một bến xe. " * 5, "utf-8")
    gate.shut()
    first, other = Beside(page, page.add(folder)), Page(page.shelf)
    assert gate.reached.wait(LIMIT)
    second = Beside(other, other.add(more))
    second.next()
    second.next()
    assert say("add_waits", "vi") in other.shown["report"]
    gate.open.set()
    first.rest()
    second.rest()
    assert "<b>1</b>" in other.shown["report"] and library.counts()[0] == len(STORIES) + 1


def test_stop_stops_what_is_added_and_what_waits_also_from_a_page_loaded_anew(
    page: Page, folder: Path, gate: Gate, library: Library
) -> None:
    gate.shut()
    left = page.add(folder)
    next(left)
    next(left)  # it has begun, and nobody looks any more
    assert gate.reached.wait(LIMIT)
    left.close()
    other = Page(page.shelf)
    waiting = Beside(other, other.add(folder))
    waiting.next()
    waiting.next()
    page.shelf.stop()
    waiting.rest()
    assert say("add_dropped", "vi") in other.shown["report"] and other.takes("path")
    gate.open.set()
    page.play(page.add(folder))  # when the first has ended, which keeps what it had
    assert library.counts()[0] == len(STORIES)


def test_a_correction_that_comes_back_late_does_not_fill_the_form_of_another_article(
    page: Page, ids: list[str], gate: Gate, library: Library
) -> None:
    page.open(ids[0])
    gate.shut()
    saving = Beside(page, page.save(title="Tên mới"))
    assert gate.reached.wait(LIMIT)
    page.open(ids[1])
    form = {name: page.shown[name] for name in (*FIELDS, "reader", "current")}
    gate.open.set()
    saving.rest()
    assert {name: page.shown[name] for name in form} == form and form["current"] == ids[1]
    assert say("saved", "vi", count=1) in page.shown["said"]
    assert library.article(ids[0]).details.title == "Tên mới"
    page.play(page.save(outlet="Báo X"))
    assert library.article(ids[1]).details.outlet == "Báo X" == page.shown["outlet"]
    assert library.article(ids[0]).details.outlet != "Báo X"


def test_the_form_has_days_as_the_page_shows_them(
    page: Page, library: Library, ids: list[str]
) -> None:
    library.correct(ids[0], {"published": "2021-03-12"})
    page.open(ids[0])
    assert page.shown["published"] == "12/03/2021"
    page.play(page.save())
    assert say("saved", "vi", count=0) in page.shown["said"]  # as it stands, nothing is changed


def test_what_is_removed_during_a_correction_stays_removed(
    ids: list[str], gate: Gate, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(threading, "Lock", lambda: Contended(waits))
        shelf = Shelf(library)
    page, other = Page(shelf), Page(shelf)
    page.open(ids[0])
    other.open(ids[0])
    gate.shut()
    saving = Beside(page, page.save(title="Tên mới"))
    assert gate.reached.wait(LIMIT)
    removing = Beside(other, other.remove())
    assert waits.wait(LIMIT)
    gate.open.set()
    saving.rest()
    removing.rest()
    assert ids[0] not in [row.id for row in library.articles()] and library.check().ok
    assert other.shown["current"] == "" and say("removed", "vi") in other.shown["said"]
    # This page still shows it, or, where it was painted after that, nothing.
    told = ("Bài này không còn trong kho", say("choose_row", "vi"))
    for again in (page.remove, page.save):
        page.play(again())
        assert any(one in page.shown["said"] for one in told)


def test_removing_needs_an_article_and_leaves_the_one_opened_meanwhile(
    page: Page, ids: list[str], gate: Gate, library: Library
) -> None:
    page.play(page.shelf.ask_to_remove(page.view, "", "vi"))
    assert say("choose_row", "vi") in page.shown["said"] and "sure" not in page.shown
    page.open(ids[0])
    page.play(page.shelf.ask_to_remove(page.view, ids[0], "vi"))
    assert page.shown["sure"]["visible"]
    removing = page.remove()
    page.open(ids[1])
    assert not page.shown["sure"]["visible"]  # "really" was meant for the first
    page.play(removing)
    page.play(page.shelf.remove(page.view, ids[2], "vi"))
    assert page.shown["current"] == ids[1] and page.shown["reader"]
    assert say("removed", "vi") in page.shown["said"]
    page.open(ids[2])  # a row that the table still has
    assert page.shown["current"] == "" and "không còn" in page.shown["reader"]


def test_corrected_and_removed_while_articles_are_added(
    page: Page, ids: list[str], gate: Gate, library: Library, folder: Path
) -> None:
    for path in folder.iterdir():
        path.write_text(path.read_text("utf-8") + "\n\nTin thêm trong ngày.", "utf-8")
    (folder / "mới.txt").write_text("Tin mới\n\n" + "Tỉnh mở một bến xe. " * 9, "utf-8")
    gate.shut()
    adding = Beside(page, page.add(folder))
    assert gate.reached.wait(LIMIT)
    page.open(ids[0])
    page.play(page.save(outlet="Báo X"))
    assert say("saved", "vi", count=1) in page.shown["said"]
    page.open(ids[1])
    page.play(page.remove())
    gate.open.set()
    adding.rest()
    assert library.article(ids[0]).details.outlet == "Báo X" and library.check().ok


def test_at_the_end_what_is_added_is_stopped_and_waited_for(
    page: Page, folder: Path, gate: Gate, library: Library
) -> None:
    gate.shut()
    adding, other = Beside(page, page.add(folder)), Page(page.shelf)
    assert gate.reached.wait(LIMIT)
    waiting = Beside(other, other.add(folder))
    waiting.next()
    ending = threading.Thread(target=page.shelf.close)
    ending.start()
    gate.open.set()
    ending.join(LIMIT)
    adding.rest()
    waiting.rest()
    assert say("add_dropped", "vi") in other.shown["report"]
