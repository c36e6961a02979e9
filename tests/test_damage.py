"""Every file of our own, damaged in every way that a disk, a program or a hand damages files: each verb says so
in a line and ends; `doctor` never ends itself, and mends what can be mended; nothing is deleted."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from index.models import registry, tuning
from tests.conftest import SAMPLES, FakeEmbedder
from ui.cli.main import main
from ui.history import History

OURS = ("library.db", "history.db", "chroma.seal", "active.json", "tuning.json")
MODEL_FILES = ("hoibao.json", "config.json", "model.safetensors", "tokenizer.json")


def other_shape(path: Path) -> None:
    """Another program's, of the same format."""
    path.unlink()
    if path.suffix == ".db":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE theirs (x)")
    else:
        path.write_text("[]", "utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "one byte short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "noise": lambda path: path.write_bytes(os.urandom(path.stat().st_size)),
    "noise behind its head": lambda path: path.write_bytes(
        path.read_bytes()[:100] + os.urandom(9000)
    ),
    "of another shape": other_shape,
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


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


def place(home: Path, name: str) -> Path:
    folder = "models" if name.endswith(".json") else "library"
    return home / folder / name


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", OURS)
def test_each_verb_says_so_in_a_line_and_doctor_mends(
    name: str, damage: str, home: Path, hoibao: Callable[..., tuple[int, str]]
) -> None:
    path = place(home, name)
    DAMAGE[damage](path)
    after = path.read_bytes() if path.is_file() else b""
    for verb in (["list"], ["models"], ["remove", "no-such-id"], ["doctor"]):
        assert hoibao(*verb)[0] in (0, 1, 2), verb
    status, out = hoibao("doctor", "--repair", "--json")
    told = json.loads(out)
    if path.suffix == ".db" and damage in ("of another shape", "a folder"):
        assert status == 1 and any(name in problem for problem in told["problems"])
        assert path.is_dir() or path.read_bytes() == after  # another program's, or the user's
        return
    if name == "active.json" and damage != "one byte short":  # nobody can know what was chosen
        assert status == 1 and (path.is_dir() or list(path.parent.glob("active.json.damaged-*")))
        return
    assert status == 0, told
    if path.suffix == ".db" and damage != "empty":
        assert len(told["problems"]) <= len(told["repaired"])
        assert any(name in line for line in told["repaired"])
        (aside,) = path.parent.glob(f"{name}.damaged-*")
        assert aside.read_bytes() == after
    if path.suffix == ".json" and damage not in ("one byte short", "a folder"):  # a line end short
        (aside,) = path.parent.glob(f"{name}.damaged-*")
        assert aside.read_bytes() == after
    count = len(json.loads(hoibao("list", "--json")[1]))
    if name != "library.db" or damage == "one byte short":
        assert count == 10
    assert json.loads(hoibao("doctor", "--json")[1])["problems"] == []
