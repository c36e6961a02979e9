import threading
import time
from pathlib import Path

import pytest

from index.errors import HoiBaoError, InputError
from index.library import Library
from index.types import AddReport
from index.watch import watch
from tests.conftest import FakeEmbedder
from tests.index import stories
from tests.index.stories import STORIES


def test_a_watched_folder_is_followed(tmp_path: Path, folder: Path) -> None:
    library = Library(tmp_path / "l", FakeEmbedder())
    reports: list[AddReport | HoiBaoError] = []
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(library, folder, stop, reports.append))
    watcher.start()
    try:
        _wait(lambda: library.counts()[0] == len(STORIES))
        (folder / "new.html").write_text(stories.page_json_ld(STORIES[0]), "utf-8")
        (folder / "1.txt").rename(folder / "renamed.txt")
        (folder / "2.txt").unlink()

        def taken(what: str) -> int:
            return sum(getattr(report, what) for report in list(reports))

        first = len(STORIES)
        _wait(lambda: (taken("added"), taken("renamed")) == (first + 1, 1))
        assert library.counts()[0] == first + 1 and taken("removed") == 0
    finally:
        stop.set()
        watcher.join(120)
    assert not watcher.is_alive()
    with pytest.raises(InputError, match="no folder"):
        watch(library, tmp_path / "none", stop, reports.append)
    library.close()


def _wait(true: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
