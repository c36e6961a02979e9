"""What tests share: fakes for the units, and the real models, loaded once, for the rest.

`make test` runs them in two processes, each with one thread for the models: two threads that wait for each
other at every layer are slow when they share their core. What needs the same page or the same models is in
one process. These two come first, one for each process, then single files that take long: so neither process
waits long for the other at the end.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.config import corpus_dir, models_dir
from index.library import Library
from index.models import tuning
from tests.forked import Forks
from tests.postgres import Server, running

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "index" / "samples"
#: Real text, where it is.
DATA = corpus_dir()
#: Questions about the samples, with what their answers must say.
QUESTIONS = ROOT / "tests" / "rag" / "samples.jsonl"
ARTIFACTS = ROOT / "tests" / "artifacts"
#: Files of tests with the language model in their own process.
WITH_MODEL = (
    "test_cli", "test_injections", "test_local", "test_samples", "test_server", "test_trend",
)  # fmt: skip
#: What each process begins with, and the files that come next; all others are a matter of seconds.
PAGE, MODELS = "the page", "the models"
LONG = (
    "test_process", "test_pool", "test_kills", "test_properties", "test_served", "test_reader",
    "test_scan", "test_corpus", "test_library", "test_adding", "test_postgres", "test_private", "test_damage",
)  # fmt: skip
ALONE = "PYTEST_XDIST_WORKER" not in os.environ
if not ALONE:
    os.environ["OMP_NUM_THREADS"] = "1"  # before torch is imported


os.environ.pop("HOIBAO_STORE", None)  # somebody's own library


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Which tests go to the same process: those of a file, and those of files that share what is dear."""
    from xdist.scheduler import LoadScopeScheduling

    class ByWhatTheyShare(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return shared(nodeid)

    config.option.loadscopereorder = False  # as they are collected, see below
    return ByWhatTheyShare(config, log)


def shared(nodeid: str) -> str:
    """What a test shares with others: a name, or its file."""
    file = Path(nodeid.partition("::")[0])
    if file.parent.name == "e2e":
        return PAGE
    return MODELS if file.stem in WITH_MODEL else str(file)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, where there are several processes."""
    if ALONE:
        return
    order = [PAGE, MODELS, *LONG]

    def rank(item: pytest.Item) -> int:
        name = Path(what).stem if (what := shared(item.nodeid)).endswith(".py") else what
        return order.index(name) if name in order else len(order)

    items.sort(key=rank)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests counted, which is of interest also where it is enough."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session", autouse=True)
def one_thread(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Beside another process of tests: the models as they are installed, with what was measured here but
    the number of threads."""
    if ALONE or not (found := tuning.measured()):
        yield
        return
    folder = tmp_path_factory.mktemp("models")
    for path in models_dir().iterdir():
        (folder / path.name).symlink_to(path)
    if not (folder / "states").exists():  # what prompts begin with is read once for all processes
        states = tmp_path_factory.getbasetemp().parent / "states"
        states.mkdir(exist_ok=True)
        (folder / "states").symlink_to(states)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOIBAO_MODELS", str(folder))
        tuning.keep(replace(found, threads=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def forked_readers() -> Iterator[None]:
    """What opens files is a process of its own, as always, but forked."""
    forks = Forks()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.reading.process.subprocess", forks)
        yield
    forks.close()


class FakeEmbedder:
    """Words hashed into 64 dimensions: texts that share words are near each other."""

    identity = "fake@1"

    def __init__(self) -> None:
        self.embedded = 0

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += len(texts)
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> np.ndarray:
        vector = np.full(64, 0.01, np.float32)
        for word in text.lower().split():
            vector[hashlib.md5(word.strip(".,?").encode()).digest()[0] % 64] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def fake_embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(params=["embedded", "served"])
def each_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a test with the store in files of its folder, and again with it on PostgreSQL."""
    if request.param == "served":
        if request.node.get_closest_marker("embedded"):
            pytest.skip("of files only")
        monkeypatch.setenv("HOIBAO_STORE", request.getfixturevalue("postgres").database())


@pytest.fixture
def library(tmp_path: Path, fake_embedder: FakeEmbedder) -> Iterator[Library]:
    made = Library(tmp_path / "library", fake_embedder)
    yield made
    made.close()


@pytest.fixture(scope="session")
def embedder():
    from index.embed import SentenceEmbedder
    from index.models import registry

    model = registry.active("embedding")
    return SentenceEmbedder(model.path, model.identity)


@pytest.fixture(scope="session")
def reader():
    from rag.reader.card import shipped
    from rag.reader.read import Reader

    return Reader(shipped())


@pytest.fixture(scope="session")
def language_model():
    from index.models import registry
    from rag.llm.local import LlamaModel

    model = registry.active("language")
    return LlamaModel(model.path, model.identity)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory, embedder) -> Path:
    """A library of the sample articles, made with the real embedding model."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    made = Library(folder, embedder)
    made.add([SAMPLES])
    made.close()
    return folder


@pytest.fixture
def environment(sample_folder: Path) -> dict[str, str]:
    """For subprocesses: this code, the real models, the sample library."""
    return {**os.environ, "HOIBAO_LIBRARY": str(sample_folder), "PYTHONPATH": str(ROOT)}
