"""The start, what is found for it while nobody asks, and the reports of what was added."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import Library
from index.store.offices import Held, held
from rag.types import Suggestion
from tests.conftest import SAMPLES
from tests.ui.page.told import LIMIT, Told
from tests.ui.test_history import answer
from ui.history import History
from ui.kept import Starter
from ui.page import starters
from ui.page.shelf import Shelf
from ui.page.start import Start
from ui.page.starters import Starters
from ui.page.view import View


@pytest.fixture
def start(library: Library, history: History) -> Start:
    return Start(library, history, language=None)  # type: ignore[arg-type]


def test_an_empty_library_asks_for_articles(start: Start) -> None:
    html = start.html("vi")
    assert "Kho báo đang trống" in html and 'data-queue="samples"' in html
    assert "data-ask" not in html


def test_it_says_what_the_library_holds(start: Start, library: Library, history: History) -> None:
    shelf = Shelf(library, kept=history.kept)
    files = sorted(str(path) for path in SAMPLES.glob("*.txt"))
    for _ in shelf.add(View(), files, None, "", "vi"):
        pass
    talk, _ = history.begin("", "Cầu nào <dài> nhất?")
    html = start.html("vi")
    undated = sum(row.details.published is None for row in library.articles())
    assert "Hỏi 10 bài báo của bạn" in html and f"{len(library.values('outlet'))} báo" in html
    assert ("không rõ ngày" in html) == bool(undated) and "thêm gần nhất" in html
    assert f'href="?c={talk}"' in html and "Cầu nào &lt;dài&gt; nhất?" in html
    assert "Đang đọc thử" in html  # the questions are not found yet
    history.kept.start_with(library.generation(), [Starter("Có bao nhiêu bài?", "", "")])
    html = start.html("en")
    assert 'data-ask="Có bao nhiêu bài?"' in html and "counted over all 10 articles" in html
    assert "Ask your 10 articles" in html


def test_what_was_added_is_kept_and_told(
    library: Library, history: History, tmp_path: Path
) -> None:
    shelf = Shelf(library, kept=history.kept)
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.7 broken")
    for _ in shelf.add(View(), None, None, str(tmp_path / "hỏng.pdf"), "vi"):
        assert shelf.given == 1 or shelf.ended[0] == 1
    (one,) = history.kept.reports()
    assert [Path(file.path).name for file in one.report.failed] == ["hỏng.pdf"]
    assert shelf.given == 0 and shelf.now is None and shelf.ended[0] == 1


def test_questions_wait_until_nothing_is_added_and_nobody_asks(
    library: Library, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([SAMPLES])
    (first, *_) = library.articles()
    looked = threading.Event()

    def found(assistant: object) -> Iterator[Suggestion | None]:
        looked.set()
        yield None
        yield Suggestion("Cầu dài bao nhiêu?", first.id)

    monkeypatch.setattr(starters, "starting", found)
    stop, busy = threading.Event(), threading.Event()
    busy.set()
    at = Starters(Told(library, answer), history.kept, busy.is_set)  # type: ignore[arg-type]
    stopped = threading.Thread(target=at.run, args=(stop,))
    stopped.start()
    stop.set()
    stopped.join(LIMIT)
    assert not looked.is_set()  # something was being added all the while
    busy.clear()
    with library.way.apart():
        at.look(library.generation(), threading.Event())
    (one,) = history.kept.starters(library.generation()) or []
    assert one.question == "Cầu dài bao nhiêu?" and one.told


def test_questions_of_a_library_that_changes_meanwhile_are_not_kept(
    library: Library, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([SAMPLES])
    (first, *_) = library.articles()

    def found(assistant: object) -> Iterator[Suggestion | None]:
        library.correct(first.id, {"outlet": "Báo Khác"})
        yield Suggestion("Cầu dài bao nhiêu?", first.id)

    monkeypatch.setattr(starters, "starting", found)
    before = library.generation()
    at = Starters(Told(library, answer), history.kept, lambda: False)  # type: ignore[arg-type]
    with library.way.apart():
        at.look(before, threading.Event())
    assert history.kept.starters(before) is None
    assert history.kept.starters(library.generation()) is None


def test_names_are_counted_before_anybody_looks(
    library: Library, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([SAMPLES])
    counted: list[int] = []
    stop = threading.Event()

    def read(*given: object) -> list[Held]:
        counted.append(library.generation())
        return held(*given)  # type: ignore[arg-type]

    def found(assistant: object) -> Iterator[Suggestion | None]:
        stop.set()
        yield None

    monkeypatch.setattr("index.store.names.held", read)
    monkeypatch.setattr(starters, "starting", found)
    monkeypatch.setattr(starters, "WAITS", replace(starters.WAITS, idle=0.0))
    Starters(Told(library, answer), history.kept, lambda: False).run(stop)  # type: ignore[arg-type]
    assert counted == [library.generation()]
    library.names.first_offices(5)
    assert counted == [library.generation()]  # who looks waits for no counting
