"""`hoibao names`, `offices` and `standing` in the terminal and as JSON."""

import csv
import json
from pathlib import Path

import pytest

from index.library import Library
from tests.conftest import FakeEmbedder
from tests.index.test_names import FIRST, SECOND, THIRD, written
from ui.cli import names
from ui.cli.main import main


@pytest.fixture
def home(tmp_path: Path, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder, bao = tmp_path / "library", tmp_path / "bao"
    bao.mkdir()
    for number, text in enumerate((FIRST, SECOND, THIRD)):
        (bao / f"{number}.txt").write_text(written(text), "utf-8")
    library = Library(folder, fake_embedder)
    library.add([bao])
    library.close()
    monkeypatch.setattr(
        names, "open_library", lambda _: (Library(folder, fake_embedder), fake_embedder)
    )
    return folder


def run(home: Path, *words: str) -> int:
    return main(["--library", str(home), *words])


def told(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_names_are_listed_opened_merged_and_parted(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "names", "--kind", "person") == 0
    shown = capsys.readouterr()
    assert shown.out.count("Lê Văn Tám") == 1 and "trùng tên" in shown.err
    assert "      2  " in shown.out  # in columns
    assert run(home, "names", "le", "van", "tam", "--json") == 0
    one = told(capsys)
    assert isinstance(one, dict) and one["articles"] == len(one["articles_with_it"]) == 2
    assert run(home, "names", "merge", "Lê Văn Tám", "Phạm Văn Hai", "--json") == 0
    merged = told(capsys)
    assert isinstance(merged, dict) and merged["id"] == one["id"] and merged["articles"] == 3
    assert run(home, "names", "--find", "hai", "--json") == 0
    (row,) = told(capsys)  # type: ignore[misc]
    assert (row["name"], row["merged"], row["articles"]) == ("Lê Văn Tám", ["Phạm Văn Hai"], 3)
    assert run(home, "names", "part", one["id"]) == 0 and "1 parted" in capsys.readouterr().out
    assert run(home, "names", "confirm", "Phạm Văn Hai") == 0
    assert "Phạm Văn Hai" in capsys.readouterr().out
    assert run(home, "names", "merge", "Lê Văn Tám") == 2
    assert run(home, "names", "Nguyễn Không Có") == 2


def test_offices_are_told_with_their_words(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "offices", "--office", "so y te") == 0
    shown = capsys.readouterr().out
    assert "Lê Văn Tám (2)" in shown and "»Lê Văn Tám, Giám đốc Sở Y tế tỉnh Khánh Hoà«" in shown
    file = tmp_path / "chuc.csv"
    assert run(home, "offices", "--csv", str(file)) == 0
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    assert len(rows) == 3 and all(row["person"] in row["first_quote"] for row in rows)


def test_standing_questions_are_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "standing", "add", "Ai là giám đốc?") == 0
    assert run(home, "standing", "add", "(lũ", "--find") == 2
    assert run(home, "standing", "add", "--find", '"sở y tế"', "--json") == 0
    capsys.readouterr()
    assert run(home, "standing", "--json") == 0
    found = told(capsys)
    assert isinstance(found, list)
    assert [(one["question"], one["exact"], one["new"]) for one in found] == [
        ("Ai là giám đốc?", False, []), ('"sở y tế"', True, []),
    ]  # fmt: skip
    assert run(home, "standing", "remove", str(found[0]["id"])) == 0
    assert run(home, "standing", "remove", "99") == 2 and run(home, "standing", "remove", "x") == 2
    assert (
        run(home, "standing", "seen", str(found[1]["id"])) == 0 and run(home, "standing", "?") == 2
    )
