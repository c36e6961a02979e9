"""Embeddings from a real server with `/v1/embeddings` on this machine: proved, refused, away, back."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import config, embed_served
from index.embed import SentenceEmbedder
from index.embed_served import ServedEmbedder, served
from index.errors import Away, InputError
from index.library import EVERYTHING, Library
from index.models import registry
from rag.retrieve import retrieve
from tests.conftest import SAMPLES, FakeEmbedder
from tests.index.embeddings_server import EmbeddingsServer


class Otherwise(FakeEmbedder):
    """Another model of as many dimensions."""

    def query(self, text: str) -> np.ndarray:
        return super().query(text[::-1])


class Shorter(FakeEmbedder):
    def query(self, text: str) -> np.ndarray:
        vector = super().query(text)[:32]
        return vector / np.linalg.norm(vector)


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    made = EmbeddingsServer(FakeEmbedder())
    yield made
    made.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    soon = replace(config.EMBEDDING, patience=(0.5, 1), adding=(0.5, 3))
    monkeypatch.setattr(embed_served, "EMBEDDING", soon)
    monkeypatch.setattr(embed_served, "SERVER", replace(config.SERVER, retry=0.1, pause=0.01))


def embedder(server: EmbeddingsServer) -> ServedEmbedder:
    return ServedEmbedder(server.url, "m", "m@served", None)


def made(folder: Path) -> int:
    """A library made with the same model on this machine; returns how many chunks it has."""
    library = Library(folder, FakeEmbedder())
    library.add([SAMPLES])
    count = library.counts()[1]
    library.close()
    return count


def test_it_gives_the_vectors_that_the_model_gives_here(server: EmbeddingsServer) -> None:
    here, there = FakeEmbedder(), embedder(server)
    texts = [f"Cầu số {number} dài {number} m" for number in range(70)]
    assert np.allclose(there.documents(texts), here.documents(texts), atol=1e-6)
    assert np.allclose(there.query("cầu"), here.query("cầu"), atol=1e-6)
    assert max(len(asked["input"]) for asked in server.asked) <= 33
    assert {asked["model"] for asked in server.asked} == {"m"}


def test_a_library_goes_on_with_a_server_that_has_its_model_and_back(
    tmp_path: Path, server: EmbeddingsServer
) -> None:
    count = made(tmp_path / "l")
    library = Library(tmp_path / "l", embedder(server))
    assert library.embedding == "fake@1" and library.counts()[1] == count
    (tmp_path / "new.txt").write_text("Cầu mới\n\nCầu mới dài 40 m.", "utf-8")
    assert library.add([tmp_path / "new.txt"]).added == 1
    library.close()
    library = Library(tmp_path / "l", FakeEmbedder())
    nearest = library.search_vectors(FakeEmbedder().query("Cầu mới Cầu mới dài 40 m."), 1)
    assert nearest[0].score == pytest.approx(1, abs=1e-3)
    library.close()


@pytest.mark.parametrize("other", [Otherwise, Shorter])
def test_another_model_is_refused_when_the_library_opens(
    tmp_path: Path, server: EmbeddingsServer, other: type[FakeEmbedder]
) -> None:
    made(tmp_path / "l")
    server.embedder = other()
    with pytest.raises(Away, match=r"gives other vectors than fake@1.*cosine 0\.\d"):
        Library(tmp_path / "l", embedder(server))


def test_another_model_in_the_same_place_embeds_nothing_later(
    tmp_path: Path, server: EmbeddingsServer
) -> None:
    count = made(tmp_path / "l")
    library = Library(tmp_path / "l", embedder(server))
    server.embedder = Otherwise()  # started again with another one, and nobody noticed
    (tmp_path / "new.txt").write_text("Cầu mới\n\nCầu mới dài 40 m.", "utf-8")
    with pytest.raises(Away, match="gives other vectors"):
        library.add([tmp_path / "new.txt"])
    assert library.counts()[1] == count and "other vectors" in str(library.away)
    library.close()


def test_a_new_library_is_compared_with_the_model_here(
    tmp_path: Path, server: EmbeddingsServer
) -> None:
    server.embedder = Otherwise()
    there = ServedEmbedder(server.url, "m", "fake@1", FakeEmbedder())
    library = Library(tmp_path / "l", there)
    with pytest.raises(Away, match="gives other vectors than fake@1"):
        library.add([SAMPLES])
    assert library.counts() == (0, 0)
    library.close()


def closed(server: EmbeddingsServer) -> None:
    server.close()


def silent(server: EmbeddingsServer) -> None:
    server.silent = True


def locked(server: EmbeddingsServer) -> None:
    server.key = "other"


def failing(server: EmbeddingsServer) -> None:
    server.fail = [500] * 99


def without(server: EmbeddingsServer) -> None:
    server.fail = [404] * 99


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (closed, "does not answer .ConnectError.*start it and add again"),
        (silent, "does not answer .*Timeout"),
        (failing, "does not answer .status 500"),
        (locked, "refuses the key.*HOIBAO_EMBEDDINGS_KEY_FILE"),
        (without, "refuses the model m.*404.*HOIBAO_EMBEDDINGS_MODEL"),
    ],
)
def test_away_questions_are_answered_by_words_and_adding_says_what_to_do(
    tmp_path: Path,
    server: EmbeddingsServer,
    change: Callable[[EmbeddingsServer], None],
    says: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    count = made(tmp_path / "l")
    there = embedder(server)
    library = Library(tmp_path / "l", there)
    question = "Cầu An Hòa dài bao nhiêu mét?"
    best = retrieve(library, there, question, 3, EVERYTHING)[0]
    change(server)
    for _ in range(2):
        found = retrieve(library, there, question, 3, EVERYTHING)
        assert found[0].article.id == best.article.id and "486 m" in found[0].text
        assert re.search(says, str(library.away))
        time.sleep(0.12)
    (tmp_path / "new.txt").write_text("Cầu mới\n\nCầu mới dài 40 m.", "utf-8")
    with pytest.raises(Away, match=says):
        library.add([tmp_path / "new.txt"])
    assert library.counts()[1] == count
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1 and re.search(says, lines[0])
    if change is closed:
        back = EmbeddingsServer(FakeEmbedder(), port=server.port)
    else:
        back, server.silent, server.key, server.fail = server, False, None, []
    time.sleep(0.12)
    assert np.allclose(there.query("cầu"), FakeEmbedder().query("cầu"), atol=1e-6)
    assert library.away is None and library.add([tmp_path / "new.txt"]).added == 1
    library.close()
    back.close()


def test_a_library_opens_while_the_server_is_away_and_is_proved_when_it_is_back(
    tmp_path: Path, server: EmbeddingsServer
) -> None:
    made(tmp_path / "l")
    server.fail = [503] * 2
    there = embedder(server)
    library = Library(tmp_path / "l", there)
    assert "does not answer" in str(library.away)
    server.embedder = Otherwise()
    time.sleep(0.12)
    with pytest.raises(Away, match="gives other vectors"):
        there.query("cầu")
    library.close()


def test_a_busy_server_is_asked_again(server: EmbeddingsServer) -> None:
    server.fail = [429, 503, 500]
    assert len(embedder(server).documents(["cầu"])) == 1 and len(server.asked) == 4


@pytest.mark.parametrize("rows", [[], [{"index": 0}], [{"index": 0, "embedding": [0.0, 0.0]}]])
def test_what_is_no_vector_is_one_line(
    server: EmbeddingsServer, rows: Sequence[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "document", lambda texts: {"data": rows})
    with pytest.raises(Away, match="gives no vectors"):
        embedder(server).query("cầu")


def test_the_environment_names_server_model_and_key(
    server: EmbeddingsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path))  # none is installed
    assert served() is None
    server.key = "123"
    (tmp_path / "key").write_text("123\n")
    for name, value in (("", server.url), ("_MODEL", "bge"), ("_KEY_FILE", str(tmp_path / "key"))):
        monkeypatch.setenv(f"HOIBAO_EMBEDDINGS{name}", value)
    there = served()
    assert there and there.identity == "bge@served"
    there.query("cầu")
    assert server.asked[-1]["model"] == "bge"
    monkeypatch.setenv("HOIBAO_EMBEDDINGS_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(InputError, match="HOIBAO_EMBEDDINGS_KEY_FILE names cannot be read"):
        served()


@pytest.mark.model
def test_the_real_model_on_a_server_is_the_one_in_use_here(
    embedder: SentenceEmbedder, sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed_served, "EMBEDDING", config.EMBEDDING)
    server = EmbeddingsServer(embedder)
    monkeypatch.setenv("HOIBAO_EMBEDDINGS", server.url)
    there = served()
    assert there and there.identity == registry.active("embedding").identity
    library = Library(sample_folder, there)
    assert library.away is None
    vector = there.query("Cầu An Hòa dài bao nhiêu mét?")
    assert vector @ embedder.query("Cầu An Hòa dài bao nhiêu mét?") > 0.999
    (best,) = retrieve(library, there, "Cầu An Hòa dài bao nhiêu mét?", 1, EVERYTHING)
    assert "486 m" in best.text
    library.close()
    server.close()
