"""A library, conversations and settings as they are kept, made without a model."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from index.models import registry, tuning
from tests.conftest import ROOT, SAMPLES, FakeEmbedder
from ui.cli.main import main
from ui.history import History

#: Runs a command as somebody whom permissions bind, as they do not bind root.
BOUND = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if not os.geteuid() else []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of the samples with a correction and a conversation, and models that are never loaded."""
    models = tmp_path / "models"
    mine = tmp_path / "mine"
    for folder in (models, mine):
        folder.mkdir()
    (mine / "modules.json").write_text("[]", "utf-8")
    (mine / "writer.gguf").write_bytes(b"GGUF....")
    monkeypatch.setenv("HOIBAO_MODELS", str(models))
    monkeypatch.setenv("HOIBAO_LIBRARY", str(tmp_path / "library"))
    registry.use(str(mine / "writer.gguf"), lambda path: None)
    embedder = FakeEmbedder()
    embedder.identity = registry.use(str(mine), lambda path: None).identity
    library = Library(tmp_path / "library", embedder)
    library.add([SAMPLES])
    library.correct(library.articles()[0].id, {"outlet": "Báo Đông Xuân"})
    library.close()
    history = History(tmp_path / "library")
    for question in ("Cầu An Hòa dài bao nhiêu mét?", "Ai thi công?"):
        history.begin("", question)
    history.close()
    tuning.keep(tuning.Tuning(threads=1, machine=tuning.machine()))
    return tmp_path


@pytest.fixture
def hoibao(home: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs a command line here; gives its status and what it prints on standard output."""

    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = main(arguments)
        out, err = capsys.readouterr()
        assert len(err.strip().splitlines()) <= 1 + err.count(" articles\n"), err
        assert "should not have" not in err and "Traceback" not in err
        return status, out

    return run


@pytest.fixture
def alone(home: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs a command line in a process of its own that permissions bind; it says one line at most."""

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [*BOUND, sys.executable, "-m", "ui.cli", *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            cwd=home,
        )
        assert done.returncode in (0, 1, 2), done.stderr
        assert len(done.stderr.strip().splitlines()) <= 1 + done.stderr.count(" articles\n"), (
            done.stderr
        )
        return done

    return run
