"""A question goes first: what adds articles waits for it, and bites small while the library is in use."""

import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.config import GIVING_WAY, STORE
from index.giving_way import GivingWay
from index.library import Library
from index.store.database import Database
from tests.conftest import FakeEmbedder
from tests.index.stories import STORIES, copied_text

LIMIT = 60.0

pytestmark = pytest.mark.usefixtures("both_indexes")


class Bites(FakeEmbedder):
    """Notes how many texts it is given at once."""

    def __init__(self) -> None:
        super().__init__()
        self.bites: list[int] = []
        self.first = threading.Event()

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        self.bites.append(len(texts))
        self.first.set()
        return super().documents(texts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bao"
    made.mkdir()
    for number in range(20):
        story = STORIES[number % len(STORIES)]
        (made / f"{number}.txt").write_text(f"Bài số {number}. {copied_text(story)}", "utf-8")
    return made


def test_an_add_waits_for_a_question_and_goes_on_behind_it(tmp_path: Path, folder: Path) -> None:
    embedder = Bites()
    library = Library(tmp_path / "l", embedder)
    with library.way.asked():
        adds = threading.Thread(target=library.add, args=([folder],))
        adds.start()
        assert library.way.quiet == 0.0
        assert not embedder.first.wait(3 * GIVING_WAY.beat)
    adds.join(LIMIT)
    assert library.counts()[0] == 20
    library.close()


def test_bites_are_small_while_the_library_is_in_use(tmp_path: Path, folder: Path) -> None:
    embedder = Bites()
    library = Library(tmp_path / "l", embedder)
    library.add([folder])
    assert max(embedder.bites) == STORE.batch_texts
    embedder.bites.clear()
    library.remove([row.id for row in library.articles()], erase=True)
    library.search_keywords("cầu", 3)
    library.add([folder])
    assert max(embedder.bites) == GIVING_WAY.texts
    library.close()


def test_a_correction_does_not_wait_for_a_question(tmp_path: Path, folder: Path) -> None:
    library = Library(tmp_path / "l", Bites())
    library.add([folder / "1.txt"])
    (row,) = library.articles()
    with library.way.asked():
        assert library.correct(row.id, {"title": "Tên khác"}).details.title == "Tên khác"
    library.close()


def test_stop_ends_the_wait() -> None:
    way, stop = GivingWay(), threading.Event()
    stop.set()
    with way.asked():
        way.wait(stop)  # else this test would take a minute


def test_who_reads_does_not_wait_for_who_writes(tmp_path: Path) -> None:
    made = Database(tmp_path / "a.db", ["CREATE TABLE a (b INTEGER);\n"], "-")
    read: list[object] = []
    with made.transaction():
        made.execute("INSERT INTO a VALUES (1)")
        reads = threading.Thread(target=lambda: read.append(made.rows("SELECT b FROM a")))
        reads.start()
        reads.join(LIMIT)
        assert read == [[]]  # only what was confirmed
        assert made.rows("SELECT b FROM a") == [(1,)]
    assert made.rows("SELECT b FROM a") == [(1,)]
    with pytest.raises(sqlite3.OperationalError):
        made.rows("INSERT INTO a VALUES (2)")  # a reader cannot write
    made.close()


def test_a_search_goes_on_while_a_change_is_written(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = FakeEmbedder()
    library = Library(tmp_path / "l", embedder)
    library.add([folder / "1.txt"])
    from index.vectors.chroma import ChromaIndex

    written, go_on = threading.Event(), threading.Event()
    apply = ChromaIndex.apply

    def slow(self: ChromaIndex, added: Sequence[int], dropped: Sequence[int]) -> None:
        written.set()
        assert go_on.wait(LIMIT)
        apply(self, added, dropped)

    monkeypatch.setattr(ChromaIndex, "apply", slow)
    adds = threading.Thread(target=library.add, args=([folder],))
    adds.start()
    assert written.wait(LIMIT)
    (before,) = {row.id for row in library.articles()} & {
        library.chunks([hit.chunk_id])[hit.chunk_id].article_id
        for hit in library.search_vectors(embedder.query("bài số 1"), 1)
    }
    assert before and library.counts()[0] == 20
    go_on.set()
    adds.join(LIMIT)
    assert len(library.search_vectors(embedder.query("bài số"), 40)) >= 20
    assert library.check().ok
    library.close()
