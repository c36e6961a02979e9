"""Questions while the servers that search by meaning are killed: none goes wrong or is lost; each is told."""

import time
from pathlib import Path

import pytest

from index import config
from index.embed_served import ServedEmbedder
from index.library import Library
from rag.assistant import Assistant
from tests.conftest import SAMPLES, FakeEmbedder
from tests.index.embeddings_server import EmbeddingsServer
from tests.index.vectors.server import ChromaServer
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from ui.answers import from_json, record, to_json
from ui.page.turns import answer_html
from ui.terminal import answer_lines

QUESTIONS = (
    "Cầu An Hòa dài bao nhiêu mét?",
    "Tóm tắt bài về cầu An Hòa",
    "Có bao nhiêu bài nói về cầu An Hòa?",
)


def test_each_is_answered_as_before_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chroma, embeddings = ChromaServer(tmp_path / "chroma"), EmbeddingsServer(FakeEmbedder())
    chroma.start()
    monkeypatch.setenv("HOIBAO_VECTORS", chroma.url)
    embedder = ServedEmbedder(embeddings.url, "m", "m@served", None)
    library = Library(tmp_path / "l", embedder)
    library.add([SAMPLES])
    reader, writer = ScriptedReader("486 m"), ScriptedWriter("486 m", "Cầu An Hòa dài 486 m.")
    assistant = Assistant(library, embedder, reader, writer, threshold=0.3)  # type: ignore[arg-type]
    assistant.warm()

    def asked() -> list[tuple[str, str, tuple[str, ...]]]:
        found = []
        for question in QUESTIONS:
            *_, last = assistant.ask(question)
            cited = tuple(one.article.id for one in last.citations)
            found.append((last.outcome, last.text, cited))
        return found

    def told() -> bool:
        *_, last = assistant.ask(QUESTIONS[0])
        kept = from_json(to_json(record(last)))
        shown = "được tìm không có nó" in answer_html(1, kept, "vi")
        assert shown == bool(kept.unsearched) == any("! " in line for line in answer_lines(last))
        return shown

    before = asked()
    assert [outcome for outcome, _, _ in before] == ["answered"] * 3 and not told()
    chroma.kill()
    assert asked() == before and told()
    embeddings.close()
    first, summary, count = asked()
    # A summary is made of the first sentences then.
    assert (first, count) == (before[0], before[2]) and summary[0] == "answered" and told()
    chroma.start()
    back = EmbeddingsServer(FakeEmbedder(), port=embeddings.port)
    end = time.monotonic() + 10
    while told() and time.monotonic() < end:
        time.sleep(config.SERVER.retry / 4)
    assert asked() == before and not told() and library.check().ok
    library.close()
    back.close()
    chroma.kill()
