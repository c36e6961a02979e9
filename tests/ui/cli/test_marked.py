"""hoibao wrong."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from ui.cli.main import main
from ui.history import History
from ui.kept import Wrong


def test_marked_answers_are_listed_exported_and_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, file = str(tmp_path / "l"), tmp_path / "sai.jsonl"
    assert main(["--library", library, "wrong"]) == 0
    assert "no answer is marked wrong" in capsys.readouterr().out
    (tmp_path / "l").mkdir()
    with closing(History(tmp_path / "l")) as history:
        history.kept.mark(Wrong("Cầu dài bao nhiêu?", "12 m", "486 m"))
        history.kept.mark(Wrong("Ai xây?", "Ông Tám", absent=True))
    assert main(["--library", library, "wrong", "--export", str(file), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["question"] for one in listed] == ["Ai xây?", "Cầu dài bao nhiêu?"]
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [(one["kind"], one.get("must")) for one in lines] == [
        ("fact", ["486 m"]),
        ("unanswerable", None),
    ]
    assert main(["--library", library, "wrong", "--remove", str(listed[0]["id"])]) == 0
    assert "Cầu dài bao nhiêu?  [486 m]" in capsys.readouterr().out
    assert main(["--library", library, "wrong", "--remove", "99"]) == 2
    assert main(["--library", library, "wrong", "--export", str(tmp_path / "no" / "x")]) == 2
