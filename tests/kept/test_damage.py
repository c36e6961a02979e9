"""Every file of our own, damaged in every way that a disk, a program or a hand damages files: each verb says so
in a line and ends; `doctor` never ends itself, and mends what can be mended; nothing is deleted."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from index.embed import SentenceEmbedder
from index.errors import ModelError
from index.library import Library
from index.models import proof, registry, tuning
from tests.conftest import SAMPLES, FakeEmbedder

OURS = ("library.db", "history.db", "chroma.seal", "active.json", "tuning.json")


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
    if (
        path.suffix != ".seal"
        and damage == "a folder"
        or damage + path.suffix == "of another shape.db"
    ):
        assert status == 1 and any(name in problem for problem in told["problems"])
        assert path.is_dir() or path.read_bytes() == after  # another program's, or the user's
        return
    if name == "active.json" and damage != "one byte short":  # nobody can know what was chosen
        assert status == 1 and list(path.parent.glob("active.json.damaged-*"))
        return
    assert status == 0, told
    if path.suffix == ".db" and damage != "empty":
        assert len(told["problems"]) <= len(told["repaired"])
        assert any(name in line for line in told["repaired"])
        (aside,) = path.parent.glob(f"{name}.damaged-*")
        assert aside.read_bytes() == after
    if path.suffix == ".json" and damage != "one byte short":  # a line end short
        (aside,) = path.parent.glob(f"{name}.damaged-*")
        assert aside.read_bytes() == after
    count = len(json.loads(hoibao("list", "--json")[1]))
    if name != "library.db" or damage == "one byte short":
        assert count == 10
    assert json.loads(hoibao("doctor", "--json")[1])["problems"] == []


def test_of_a_library_cut_in_half_what_is_whole_is_kept_and_the_rest_added_again(
    home: Path, hoibao: Callable[..., tuple[int, str]]
) -> None:
    path = home / "library" / "library.db"
    embedder = FakeEmbedder()
    embedder.identity = registry.active("embedding").identity
    library = Library(home / "library", embedder)
    more = home / "more"
    more.mkdir()
    for number in range(60):
        text = " ".join(f"từ{number}-{word} có {number * word} người." for word in range(200))
        (more / f"{number}.txt").write_text(f"Bài số {number}\n\n{text}\n", "utf-8")
    assert library.add([more]).added == 60
    corrected = [row.id for row in library.articles() if library.corrections(row.id)]
    library.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    told = json.loads(hoibao("doctor", "--repair", "--json")[1])
    assert told["ok"] and "add PATH" in told["repaired"][0]
    library = Library(home / "library", embedder)
    (line,) = [one for one in library.people.audit(99) if one.did == "repair"]
    assert line.what.startswith(told["repaired"][0]) and line.state == "done"
    left = {row.id for row in library.articles()}
    assert 5 < len(left) < 70
    report = library.add([SAMPLES, more])
    assert report.added == 70 - len(left) and report.unchanged == len(left)
    assert [row.id for row in library.articles() if library.corrections(row.id)] == corrected
    assert library.check().ok
    library.close()


def test_a_figure_that_a_disk_changed_is_not_kept(
    home: Path, hoibao: Callable[..., tuple[int, str]]
) -> None:
    path = home / "library" / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE article SET body = replace(body, '486 m', '846 m')")
        db.execute("UPDATE chunk SET text = replace(text, '486 m', '846 m')")
    path.write_bytes(path.read_bytes()[:-1])  # so that it is looked at
    hoibao("doctor", "--repair")
    rows = json.loads(hoibao("list", "--json")[1])
    assert len(rows) == 9 and not any("An Hòa" in (row["title"] or "") for row in rows)


def test_nothing_is_mended_while_another_process_has_the_library(
    home: Path, hoibao: Callable[..., tuple[int, str]]
) -> None:
    path = home / "library" / "library.db"
    path.write_bytes(path.read_bytes()[:-1])
    before = path.read_bytes()
    with FileLock(home / "library" / "chroma.lock"):
        status, out = hoibao("doctor", "--repair")
    assert status == 1 and "another process" in out and path.read_bytes() == before


def test_the_files_of_a_model_are_compared_once(home: Path) -> None:
    folder = home / "models" / "tiny"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    made = home / "made"
    shutil.copytree(folder, made)
    known = registry.catalogue()[1]
    known = replace(known, name="tiny", file="config.json", kind="embedding")
    registry.install(made, known, "1")
    proof.require_whole(folder)
    whole = (folder / "config.json").read_bytes()
    for damage in ("empty", "one byte short", "noise"):
        DAMAGE[damage](folder / "config.json")
        for _ in range(2):
            with pytest.raises(ModelError, match="config.json is damaged; run: hoibao models pull"):
                SentenceEmbedder(folder, "tiny@1").load()
        (folder / "config.json").write_bytes(whole)
    proof.require_whole(folder)
    for damage in ("empty", "cut in half", "noise", "of another shape"):
        DAMAGE[damage](folder / "hoibao.json")
        assert not registry.installed("tiny") and list(folder.glob("hoibao.json.damaged-*"))
        registry.install(shutil.copytree(folder, made), known, "1")


@pytest.mark.parametrize(
    "value",
    [
        {"threads": "many"}, {"threads": -1}, {"threads": 10**9}, {"threads": None}, {"threads": True},
        {"drafted": -3}, {"drafted": 1e9}, {"repack": "yes"}, {"embedding": "int4"}, {"embedding": []},
        {"models": [1]}, {"models": None}, {"tried": [{"setting": 1}]}, {"tried": {"a": 1}}, {"more": 1},
        {"machine": 7},
    ],
)  # fmt: skip
def test_settings_that_cannot_have_been_measured_are_moved_aside(
    value: dict[str, object], home: Path
) -> None:
    path = home / "models" / "tuning.json"
    written = {**json.loads(path.read_text("utf-8")), **value}
    path.write_text(json.dumps(written), "utf-8")
    assert tuning.measured() is None and tuning.kept() == tuning.Tuning()
    (aside,) = path.parent.glob("tuning.json.damaged-*")
    assert json.loads(aside.read_text("utf-8")) == written


@pytest.mark.parametrize(
    "value", ["[]", "null", '{"language": []}', '{"language": 1}', "[" * 99_999]
)
def test_a_choice_of_models_of_another_shape_is_none(value: str, home: Path) -> None:
    path = home / "models" / "active.json"
    path.write_text(value, "utf-8")
    with pytest.raises(ModelError, match="hoibao models pull"):
        registry.active("language")
    assert list(path.parent.glob("active.json.damaged-*"))
