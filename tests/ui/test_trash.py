"""The trash of articles and conversations, on the command line and on the page."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import InputError
from index.library import Library
from tests.conftest import FakeEmbedder
from tests.index.stories import STORIES, copied_text
from ui.cli.main import main
from ui.cli.output import asked
from ui.history import History
from ui.trash import Trash

pytestmark = pytest.mark.usefixtures("each_store")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    folder.mkdir()
    for number, story in enumerate(STORIES[:4]):
        (folder / f"{number}.txt").write_text(copied_text(story), "utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line on a library whose vectors are made up; gives its status and what it prints."""

    def opened(folder: Path) -> tuple[Library, FakeEmbedder]:
        return Library(folder, FakeEmbedder()), FakeEmbedder()

    monkeypatch.setattr("ui.cli.articles.open_library", opened)

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["--library", str(tmp_path / "l"), *arguments])
        return status, *capsys.readouterr()

    return run


def test_removed_listed_restored_and_emptied(run: Run, bao: Path, tmp_path: Path) -> None:
    run("add", str(bao))
    ids = [row["id"] for row in json.loads(run("list", "--json")[1])]
    history = History(tmp_path / "l")
    talk, _ = history.begin("", "Cầu dài bao nhiêu?")
    history.delete(talk)
    history.close()
    assert json.loads(run("remove", *ids[:2], "--json")[1]) == {"removed": 2}
    items = json.loads(run("trash", "--json")[1])
    assert {item["id"]: item["kind"] for item in items} == {
        talk: "conversation", ids[0]: "article", ids[1]: "article",
    }  # fmt: skip
    assert set(items[0]) == {"id", "kind", "title", "source", "removed", "until"}
    assert items[0]["removed"] < items[0]["until"]
    told = run("trash")
    assert "Cầu dài bao nhiêu?" in told[1] and "3 in the trash" in told[2]
    status, out, said = run("trash", "--restore", talk, ids[0], "unknown")
    assert (status, out, said.count("\n")) == (2, "", 1) and "'unknown'" in said
    assert len(json.loads(run("trash", "--json")[1])) == 3
    assert json.loads(run("trash", "--restore", talk, ids[0], "--json")[1]) == {"restored": 2}
    assert "hoibao trash --restore" in run("remove", ids[0])[1]
    assert json.loads(run("trash", "--empty", "--json")[1]) == {"erased": 2}
    assert json.loads(run("trash", "--json")[1]) == []
    assert run("remove", ids[2], "--erase")[1] == "1 erased\n"
    assert json.loads(run("trash", "--json")[1]) == []
    assert [row["id"] for row in json.loads(run("list", "--json")[1])] == [ids[3]]
    status, out, said = run("remove", ids[3], "unknown", "--json")
    assert (status, out, said.count("\n")) == (2, "", 1)
    with pytest.raises(SystemExit):
        run("trash", "--empty", "--restore", ids[0])


def test_prune_asks_and_tells_in_a_line(
    run: Run, bao: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", str(bao))
    for number in range(3):
        (bao / f"{number}.txt").unlink()
    status, out, said = run("add", str(bao), "--prune", "--json")
    assert status == 1 and json.loads(out)["removed"] == 0 and "3 of 4" in out and said == ""
    status, _, said = run("add", str(bao), "--prune")
    assert status == 1 and said.count("\n") == 1 and "--yes" in said
    monkeypatch.setattr("ui.cli.articles.asked", lambda question: "3 of 4" in question)
    assert "3 removed" in run("add", str(bao), "--prune")[1]
    assert len(json.loads(run("trash", "--json")[1])) == 3


def test_yes_prunes_in_a_script(run: Run, bao: Path) -> None:
    run("add", str(bao))
    for number in range(3):
        (bao / f"{number}.txt").unlink()
    report = json.loads(run("add", str(bao), "--prune", "--yes", "--json")[1])
    assert report["removed"] == 3 and report["failed"] == []
    (bao / "3.txt").unlink()  # nothing is left: the drive may be gone
    status, out, said = run("add", str(bao), "--prune", "--yes")
    assert status == 2 and said.count("\n") == 1 and "nothing was dropped" in said
    assert "0 removed" in out and len(json.loads(run("list", "--json")[1])) == 1


def test_of_articles_and_conversations_all_are_restored_or_none(tmp_path: Path, bao: Path) -> None:
    library, history = Library(tmp_path / "l", FakeEmbedder()), History(tmp_path / "l")
    library.add([bao])
    trash = Trash(library, history)
    ids = [row.id for row in library.articles()]
    library.remove(ids[:1])
    talk, _ = history.begin("", "Một?")
    history.delete(talk)
    assert [item.id for item in trash.items()] == [talk, ids[0]]
    with pytest.raises(InputError):
        trash.restore([talk, ids[0], ids[1]])
    assert len(trash.items()) == 2 and trash.restore([talk, ids[0]]) == 2
    assert trash.items() == [] and history.turns(talk) and library.article(ids[0])
    history.close()
    library.close()


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "yes"), [("y\n", True), ("có\n", True), ("\n", False), ("", False)]
)
def test_at_a_terminal_somebody_is_asked(
    typed: str, yes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stderr", said := Terminal())
    assert asked("Put them into the trash?") == yes
    assert said.getvalue() == "Put them into the trash? [y/N] "
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))  # a script
    assert not asked("Put them into the trash?")
