"""The vectors on a real Chroma server: switched to and from, killed, shared, another's, not ours at all."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import uuid4

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings

from index import config
from index.errors import InputError
from index.library import Library
from index.store.protocol import Entry
from index.types import Filter
from index.vectors import chroma, place
from index.vectors.chroma import ChromaIndex, open_served
from tests.conftest import FakeEmbedder
from tests.index.vectors.server import ChromaServer

QUESTION = FakeEmbedder().query("hội nông dân mở cầu")
#: Seconds within which it must be in step again.
SOON = 10


@pytest.fixture(autouse=True)
def soon_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vectors.served.SERVER", replace(config.SERVER, retry=0.2))


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A server to be killed."""
    server = ChromaServer(tmp_path_factory.mktemp("mortal") / "chroma")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def name(chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """A collection of its own, which libraries use from here on."""
    made = uuid4().hex
    monkeypatch.setenv("HOIBAO_VECTORS", f"{chroma_server.url}/{made}")
    return made


def ids(server: ChromaServer, name: str) -> set[int]:
    client = chromadb.HttpClient(
        "127.0.0.1", server.port, settings=Settings(anonymized_telemetry=False)
    )
    found = client.get_collection(name, embedding_function=None).get(include=[])["ids"]
    client.close()
    return set(map(int, found))


def found(library: Library, only: Filter = Filter()) -> list[int]:  # noqa: B008
    return [hit.chunk_id for hit in library.search_vectors(QUESTION, 20, only)]


def until(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + SOON
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    return holds()


def test_switched_either_way_nothing_is_embedded_again(
    tmp_path: Path, folder: Path, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    embedder = FakeEmbedder()
    library = Library(tmp_path / "l", embedder)
    library.add([folder / "0.txt", folder / "1.txt"])
    library.close()
    name, embedder.embedded = uuid4().hex, 0
    monkeypatch.setenv("HOIBAO_VECTORS", f"{chroma_server.url}/{name}")
    library = Library(tmp_path / "l", embedder)
    before = found(library)
    assert embedder.embedded == 0 and library.check().ok and not library.away
    assert ids(chroma_server, name) == set(before) and len(before) == library.counts()[1]
    library.add([folder / "2.txt"])
    added, embedder.embedded = found(library), 0
    assert len(added) > len(before)
    library.close()
    monkeypatch.delenv("HOIBAO_VECTORS")
    library = Library(tmp_path / "l", embedder)
    assert set(found(library)) == set(added) and embedder.embedded == 0 and library.check().ok
    library.close()


def test_killed_in_the_middle_of_questions_nothing_is_lost(
    tmp_path: Path,
    folder: Path,
    mortal: ChromaServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    name = uuid4().hex
    monkeypatch.setenv("HOIBAO_VECTORS", f"{mortal.url}/{name}")
    embedder = FakeEmbedder()
    library = Library(tmp_path / "l", embedder)
    library.add([folder])
    expected, wrong, asked = set(found(library)), [], [0, 0]
    over = threading.Event()

    def ask(who: int) -> None:
        while not over.is_set():
            said = found(library)
            asked[who] += 1
            if set(said) != expected:
                wrong.append(said)

    people = [threading.Thread(target=ask, args=(who,)) for who in (0, 1)]
    for one in people:
        one.start()
    assert until(lambda: min(asked) > 5)
    mortal.kill()
    assert until(lambda: library.away is not None) and "does not answer" in str(library.away)
    asked[:] = [0, 0]
    assert until(lambda: min(asked) > 5)
    over.set()
    for one in people:
        one.join()
    assert wrong == []
    # What changes while it is away is confirmed, and taken over when it is back.
    (folder / "0.txt").unlink()
    (folder / "new.txt").write_text("Cầu mới\n\nHội nông dân mở cầu mới dài 40 m.", "utf-8")
    embedder.embedded = 0
    report = library.add([folder], prune=True)
    assert (report.added, report.removed, embedder.embedded) == (1, 1, report.embedded_chunks)
    changed = set(found(library))
    assert changed != expected and not library.check().ok
    mortal.start()
    assert until(lambda: library.away is None)
    assert ids(mortal, name) == changed == set(found(library)) and library.check().ok
    assert embedder.embedded == report.embedded_chunks
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2 and "does not answer" in told[0] and "is in step" in told[1]
    library.close()


def test_a_library_too_large_to_compare_is_searched_by_words_alone_meanwhile(
    tmp_path: Path, folder: Path, mortal: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_VECTORS", f"{mortal.url}/{uuid4().hex}")
    small = replace(config.VECTORS, compared=2, soon=2)
    monkeypatch.setattr("index.vectors.served.VECTORS", small)
    library = Library(tmp_path / "l", FakeEmbedder())
    library.add([folder])
    assert until(lambda: library.away is None and len(found(library)) == library.counts()[1])
    mortal.kill()
    assert found(library) == [] and library.search_keywords("hội nông dân", 5)
    mortal.start()
    assert until(lambda: library.away is None and len(found(library)) == library.counts()[1])
    library.close()


def test_two_processes_may_share_it_whatever_comes_between(
    tmp_path: Path,
    folder: Path,
    chroma_server: ChromaServer,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One writes the store; before it writes the server, another one has written the store, too, and dies."""
    first = Library(tmp_path / "l", FakeEmbedder())
    second = Library(tmp_path / "l", FakeEmbedder())
    first.add([folder / "0.txt", folder / "1.txt"])
    assert set(found(second)) == set(found(first))
    gone = next(row.id for row in first.articles() if row.source.endswith("0.txt"))
    apply = ChromaIndex.apply

    def died(index: ChromaIndex, added: Sequence[int], dropped: Sequence[int]) -> None:
        raise KeyboardInterrupt

    def overtaken(index: ChromaIndex, added: Sequence[int], dropped: Sequence[int]) -> None:
        monkeypatch.setattr(ChromaIndex, "apply", died)
        # As many chunks as before: their count would not tell.
        with pytest.raises(KeyboardInterrupt):
            second.correct(gone, {"outlet": "Báo khác"})
        monkeypatch.setattr(ChromaIndex, "apply", apply)
        apply(index, added, dropped)

    monkeypatch.setattr(ChromaIndex, "apply", overtaken)
    first.add([folder / "2.txt"])
    there = set(first.chunks(range(1000)))
    assert set(found(first)) == set(found(second)) == ids(chroma_server, name) == there
    assert first.check().ok and second.check().ok
    # Both at once.
    halves = [sorted(folder.glob("*.txt"))[n::2] for n in (0, 1)]
    adds = [
        threading.Thread(target=library.add, args=(half,))
        for library, half in zip((first, second), halves)
    ]
    for one in adds:
        one.start()
    for one in adds:
        one.join()
    there = set(first.chunks(range(1000)))
    assert set(found(first)) == set(found(second)) == ids(chroma_server, name) == there
    assert first.check().ok and len(first.articles()) == len(list(folder.glob("*.txt")))
    first.close()
    second.close()


def test_erased_it_is_gone_from_the_server_and_from_the_files_used_before(
    tmp_path: Path, folder: Path, chroma_server: ChromaServer, name: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("HOIBAO_VECTORS")
        library = Library(tmp_path / "l", FakeEmbedder())
        library.add([folder])
        found(library)
        library.close()
    assert (tmp_path / "l" / "chroma").exists()
    library = Library(tmp_path / "l", FakeEmbedder())
    before = set(found(library))
    library.remove([library.articles()[0].id], erase=True)
    assert (
        not (tmp_path / "l" / "chroma").exists() and not (tmp_path / "l" / "chroma.seal").exists()
    )
    assert ids(chroma_server, name) == set(found(library)) < before
    library.close()


def test_another_librarys_collection_is_left_alone_until_it_is_to_be_made_anew(
    tmp_path: Path, folder: Path, chroma_server: ChromaServer, name: str
) -> None:
    library = Library(tmp_path / "l", FakeEmbedder())
    library.add([folder])
    kept = ids(chroma_server, name)
    library.close()
    (tmp_path / "b.txt").write_text("Cầu An Hòa\n\nCầu An Hòa dài 486 m.", "utf-8")
    other = Library(tmp_path / "other", FakeEmbedder())
    for number in range(3):  # its generation is no sign
        other.add([tmp_path / "b.txt"])
        other.correct(other.articles()[0].id, {"outlet": f"Báo {number}"})
    assert len(found(other)) == 1 and "is another library's" in str(other.away)
    assert ids(chroma_server, name) == kept
    (problem,) = other.check().problems
    assert "doctor --repair" in problem and name in problem
    assert other.check(repair=True).repaired and other.check().ok
    assert ids(chroma_server, name) == set(found(other))
    other.close()

    class Other(FakeEmbedder):
        identity = "other@1"

    third = Library(tmp_path / "third", Other())
    third.add([folder])
    assert found(third) and "fake@1" in str(third.away) and "other@1" in str(third.away)
    third.close()


ANSWERS = {
    401: "refuses the token.*HOIBAO_VECTORS_KEY_FILE",
    404: "no Chroma server.*version none",
    "0.6.3": "no Chroma server.*version 0.6.3",
    503: "does not answer.*status 503",
    "silent": "does not answer.*Timeout",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_server_that_is_not_to_be_used_is_one_line(
    tmp_path: Path,
    folder: Path,
    answer: int | str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    seen, over = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers["Authorization"])
            if answer == "silent":
                over.wait()
            self.send_response(answer if isinstance(answer, int) else 200)
            self.end_headers()
            self.wfile.write(f'"{answer}"'.encode())

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    token = tmp_path / "token"
    token.write_text("bí mật\n")
    monkeypatch.setenv("HOIBAO_VECTORS", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("HOIBAO_VECTORS_KEY_FILE", str(token))
    monkeypatch.setattr(place, "SERVER", replace(config.SERVER, answer=0.2))
    library = Library(tmp_path / "l", FakeEmbedder())
    assert library.add([folder / "0.txt"]).added and found(library)
    assert "HOIBAO_VECTORS_KEY_FILE names holds no secret" in str(library.away)
    token.write_text("123\n")  # put right: it is read anew
    assert until(lambda: "KEY_FILE names holds" not in str(library.away))
    assert library.away and found(library)
    (line,) = library.check().problems
    assert re.search(ANSWERS[answer], line) and re.search(ANSWERS[answer], str(library.away))
    assert set(seen) == {"Bearer 123"}
    assert len(caplog.records) == 2  # each line once, however often it is tried
    over.set()
    library.close()
    server.shutdown()


@pytest.mark.parametrize("value", ["localhost:8000", "http://", "http://a:b@h:1", "http://h:1/a/b"])
def test_what_is_no_address_is_refused(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_VECTORS", value)
    with pytest.raises(InputError, match="HOIBAO_VECTORS"):
        Library(tmp_path / "l", FakeEmbedder())


@pytest.mark.parametrize(
    ("value", "told"), [("http://10.0.0.9:1", 1), ("https://10.0.0.9:1", 0), ("http://[::1]:1", 0)]
)
def test_a_token_that_goes_off_this_machine_unencrypted_is_one_line(
    value: str, told: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("HOIBAO_VECTORS", value)
    assert place.served() and not caplog.records
    monkeypatch.setenv("HOIBAO_VECTORS_KEY_FILE", "token")
    assert place.served() and len(caplog.records) == told


class Many:
    """As much of a store as the index asks for, with more chunks than a server takes at once."""

    def __init__(self) -> None:
        made = np.random.default_rng(1).normal(size=(6000, 8)).astype(np.float32)
        self.made = made / np.linalg.norm(made, axis=1, keepdims=True)

    def meta(self) -> dict[str, str]:
        return {"embedding": "fake@1"}

    def generation(self) -> int:
        return 1

    def erasures(self) -> int:
        return 0

    def counts(self) -> tuple[int, int]:
        return 1, 6000

    def chunk_ids(self) -> set[int]:
        return set(range(6000))

    def entries(self, numbers: Sequence[int]) -> list[Entry]:
        return [Entry(i, self.made[i], "a", None, None, None) for i in numbers]


def test_no_more_is_sent_at_once_than_the_server_takes(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "VECTORS", replace(config.VECTORS, sent=10**9, page=1000))
    # So much at once takes a busy server longer than it may take over what the program sends.
    monkeypatch.setattr(chroma, "SERVER", replace(config.SERVER, answer=180.0))
    at = place.served()
    assert at
    index = open_served(at, Many())  # type: ignore[arg-type]
    index.sync()
    assert index.in_step()
    index.sync()  # nothing to do: all of the pages are known
    assert index.in_step()
    index.close()
