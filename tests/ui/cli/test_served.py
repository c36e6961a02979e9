"""A language model on a server, from the command line: what is said of it, and that none is needed here."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest

from index.errors import ModelError
from rag import decide
from rag.llm.served import ServedModel
from tests.conftest import FakeEmbedder
from tests.rag.llm.fake import Fake, running
from ui.cli.main import main
from ui.cli.opened import open_assistant
from ui.page.settings import Settings


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Fake]:
    def active(kind: str) -> SimpleNamespace:
        if kind == "language":
            raise ModelError("not installed")
        return SimpleNamespace(path=tmp_path, identity=decide.fitted_on())

    monkeypatch.setattr("ui.cli.opened.registry.active", active)
    monkeypatch.setattr(
        "ui.cli.opened.SentenceEmbedder",
        lambda path, identity: SimpleNamespace(
            identity=identity, documents=FakeEmbedder().documents
        ),
    )
    with running() as one:
        monkeypatch.setenv("HOIBAO_LLM", one.url)
        yield one


Opened = Callable[[], list[str]]


@pytest.fixture
def opened(fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Opened:
    """Opens an assistant; the lines that it says."""

    def open_() -> list[str]:
        assistant = open_assistant(tmp_path / "kho")
        assert isinstance(assistant.writer, ServedModel)
        assistant.library.close()
        return capsys.readouterr().err.splitlines()

    return open_


def test_what_it_has_is_one_line(fake: Fake, opened: Opened) -> None:
    fake.first = decide.fitted_writer()
    (line,) = opened()
    assert f"qwen on the server 127.0.0.1:{fake.port}" in line and line.endswith(
        "answers were fitted with"
    )


def test_what_it_lacks_and_that_another_model_was_fitted_is_said(
    fake: Fake, opened: Opened
) -> None:
    fake.grammar = fake.likelihoods = False
    lacks, other = opened()
    assert "no grammar" in lacks and "no log probabilities" in lacks
    assert "fitted on other models than qwen@served" in other


def test_it_opens_where_the_server_is_away(fake: Fake, opened: Opened) -> None:
    fake.stop()
    (line,) = opened()
    assert "cannot be reached" in line and "until it is there" in line


def test_doctor_tells_of_it(
    fake: Fake, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--library", str(tmp_path / "none"), "doctor"]
    main(arguments)
    assert f"language model qwen on the server 127.0.0.1:{fake.port}" in capsys.readouterr().out
    fake.fails = "key"
    main(arguments)
    assert "refuses the key (401)" in capsys.readouterr().out
    monkeypatch.setenv("HOIBAO_LLM", "nowhere")
    main(arguments)
    assert "HOIBAO_LLM is no address of a server" in capsys.readouterr().out


def test_the_settings_name_it_and_offer_no_other(fake: Fake, tmp_path: Path) -> None:
    sheet = Settings(tmp_path, lambda choice: choice, gr.Textbox(""))
    html = sheet.html("vi")
    assert f"127.0.0.1:{fake.port}, trên máy chủ" in html and "data-model" not in html
