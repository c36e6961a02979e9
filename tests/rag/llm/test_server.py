"""The real language model on llama-cpp-python's own server: the same kinds of answers as here, checked the
same; a stop ends its work."""

import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from index.models import registry
from index.models.tuning import kept
from rag import prompts
from rag.assistant import Assistant
from rag.config import GENERATION, SERVING
from rag.decide import fitted_writer
from rag.llm.address import Server
from rag.llm.served import TRIAL, ServedModel
from rag.types import Message, Shown
from tests.rag.llm.test_local import EXCERPTS, SOURCES, finished
from ui.serving import listen

pytestmark = pytest.mark.model
KEY = "a-key-of-the-test"
SERVE = Path(__file__).with_name("serve.py")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def url(log: Path) -> Iterator[str]:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    model = registry.active("language")
    threads = str(kept(model.identity).threads)
    options = {
        "model": model.path, "model_alias": "qwen", "host": "127.0.0.1", "port": port, "api_key": KEY,
        "n_ctx": 2048, "n_threads": threads, "n_threads_batch": threads, "flash_attn": "true",
        "verbose": "false",
    }  # fmt: skip
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-u", SERVE, *arguments], stdout=out, stderr=subprocess.STDOUT
        )
    try:
        while not _there(port):
            assert server.poll() is None, log.read_text()
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def _there(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/docs", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@pytest.fixture(scope="module")
def served(url: str) -> ServedModel:
    return ServedModel(Server(url, key=KEY), fitted_writer())


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prompts without their examples: a thousand tokens take half a minute here."""

    def answer(question: str, shown: list[Shown], language: str) -> list[Message]:
        lines = "\n".join(f"[{n}] {one.text}" for n, one in enumerate(shown, 1))
        return [*prompts.constant("vi")[:1], Message("user", f"{lines}\nCâu hỏi: {question}")]

    monkeypatch.setattr("rag.prompts.answer", answer)
    monkeypatch.setattr(
        "rag.prompts.sentence", lambda q, shown, short, language: answer(q, shown, language)
    )


def asked(question: str) -> list[Message]:
    return [*prompts.constant("vi")[:1], Message("user", f"{EXCERPTS}\nCâu hỏi: {question}")]


def copied(model, question: str):  # type: ignore[no-untyped-def]
    copying = model.copy(
        asked(question), SOURCES, prompts.REFUSAL["vi"], lambda copy: True, threading.Event()
    )
    return finished(copying)[1]


def test_it_is_known_to_be_the_fitted_model(served: ServedModel, language_model) -> None:  # type: ignore[no-untyped-def]
    has = served.abilities()
    assert has.grammar and has.likelihoods and has.fitted and served.name == "qwen@served"
    here = dict(language_model.likeliest(TRIAL, SERVING.compared))
    assert here == pytest.approx({t: fitted_writer()[t] for t in here}, abs=0.3)


def test_it_copies_what_the_same_model_copies_here(served: ServedModel, language_model) -> None:  # type: ignore[no-untyped-def]
    question = "Cầu dài bao nhiêu mét?"
    there, here = copied(served, question), copied(language_model, question)
    (one,), (other,) = there.copies, here.copies
    assert (one.source, one.start, one.end) == (other.source, other.start, other.end)
    # The server tells twenty tokens: the refusal is at most as likely as the last of them.
    assert here.refusal - 0.5 < there.refusal < -1
    assert copied(served, "Giá vàng hôm nay là bao nhiêu?").refusal > there.refusal


def test_stop_ends_its_work(served: ServedModel, log: Path) -> None:
    stop = threading.Event()
    long = [Message("user", "Hãy đếm từ một đến một nghìn, mỗi số một dòng.")]
    writing = served.write(long, stop)
    pieces = [next(writing)]
    stop.set()
    pieces += writing
    assert len(pieces) < GENERATION.tokens / 4
    said = "Disconnected from client"
    for _ in range(300):
        if said in log.read_text():
            break
        time.sleep(0.1)
    assert said in log.read_text()
    assert "".join(served.write(asked("Cầu rộng bao nhiêu mét?"), threading.Event()))


def test_figures_and_refusals_are_as_with_a_model_here(  # type: ignore[no-untyped-def]
    served: ServedModel, brief: None, sample_folder: Path, embedder, reader
) -> None:
    library = Library(sample_folder, embedder)
    assistant = Assistant(library, embedder, reader, served)
    first, *growing, final = assistant.ask("Cầu An Hòa dài bao nhiêu mét?")
    assert first.passages and growing and final.answered and "486" in final.text
    assert (
        final.short == "486 m" and not final.unwritten and all(s.verified for s in final.statements)
    )
    for citation in final.citations:
        assert citation.quote == citation.article.body[citation.start : citation.end]
    *_, final = assistant.ask("Giá vàng hôm nay là bao nhiêu?")
    assert not final.answered and final.outcome == "refused"
    library.close()
