"""Articles as files, and a real Chroma server."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.index.stories import STORIES, copied_text
from tests.index.vectors.server import ChromaServer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bao"
    made.mkdir()
    for number, story in enumerate(STORIES):
        (made / f"{number}.txt").write_text(copied_text(story), "utf-8")
    return made


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """One for all tests, which name collections of their own."""
    server = ChromaServer(tmp_path_factory.mktemp("server") / "chroma")
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["embedded", "served"])
def both_indexes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test runs twice: with the vectors in the library's folder, and with them on a server."""
    kind = str(request.param)
    if kind == "served":
        if request.node.get_closest_marker("embedded"):
            pytest.skip("of the files in the library's folder")
        server = request.getfixturevalue("chroma_server")
        monkeypatch.setenv("HOIBAO_VECTORS", f"{server.url}/{uuid4().hex}")
    return kind


@pytest.fixture(params=["embedded", "store", "vectors"])
def each_part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test runs three times: all in the library's folder, the store on PostgreSQL,
    the vectors on Chroma."""
    if request.param != "embedded" and request.node.get_closest_marker("embedded"):
        pytest.skip("of the files in the library's folder")
    if request.param == "store":
        monkeypatch.setenv("HOIBAO_STORE", request.getfixturevalue("postgres").database())
    if request.param == "vectors":
        server = request.getfixturevalue("chroma_server")
        monkeypatch.setenv("HOIBAO_VECTORS", f"{server.url}/{uuid4().hex}")
