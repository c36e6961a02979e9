"""Interrupted and unplugged: the real program, the real models."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import Library
from index.types import CheckReport
from tests.conftest import ROOT, SAMPLES
from tests.e2e.browser import STRACE, left_the_machine

pytestmark = pytest.mark.model
FILES = 160


def run(*arguments: str, environment: dict[str, str], **options: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "ui.cli", *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )  # type: ignore[call-overload]


def contents(library: Path) -> list[tuple[object, ...]]:
    """All that `library.db` holds of articles, chunks, vectors and keywords."""
    db = sqlite3.connect(library / "library.db")
    rows = [
        *db.execute("SELECT * FROM article ORDER BY id"),
        *db.execute("SELECT article_id, start, end, text, vector FROM chunk ORDER BY id"),
        *db.execute("SELECT * FROM keyword ORDER BY rowid"),
    ]
    db.close()
    return rows


def committed(library: Path) -> int:
    try:
        db = sqlite3.connect(f"file:{library / 'library.db'}?mode=ro", uri=True)
        count: int = db.execute("SELECT count(*) FROM article").fetchone()[0]
        db.close()
    except sqlite3.OperationalError:
        return 0
    return count


def test_killed_in_the_middle_of_add_ends_as_undisturbed(  # type: ignore[no-untyped-def]
    tmp_path: Path, environment: dict[str, str], embedder
) -> None:
    files = tmp_path / "files"
    files.mkdir()
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    for number in range(FILES):
        text = texts[number % len(texts)]
        (files / f"{number:03}.txt").write_text(f"{text}\n\nNguồn: Bản tin số {number}", "utf-8")
    straight = Library(tmp_path / "straight", embedder)
    assert straight.add([files]).added == FILES
    straight.close()

    disturbed = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "disturbed")}
    counts = []
    for after in (1, 65):  # killed once something was committed, twice at different points
        process = run("add", str(files), "--json", environment=disturbed)
        while committed(tmp_path / "disturbed") < after and process.poll() is None:
            time.sleep(0.01)
        assert process.poll() is None, "it finished before it could be killed"
        process.kill()
        process.wait()
        counts.append(committed(tmp_path / "disturbed"))
    assert 0 < counts[0] <= counts[1] < FILES
    last = run("add", str(files), "--json", environment=disturbed)
    report = json.loads(last.communicate()[0])
    assert report["added"] == FILES - counts[1] and report["unchanged"] == counts[1]
    assert contents(tmp_path / "disturbed") == contents(tmp_path / "straight")
    whole = Library(tmp_path / "disturbed", embedder)
    assert whole.check() == CheckReport()
    whole.close()


#: What is done in one process while its sockets are watched; each "ask" a line of `ask -`. The page's own
#: actions are watched by the fixture `address`, in every browser test.
ACTIONS = (
    *(["add", "{samples}"], ["add", "{samples}", "--json"], ["add", "{samples}", "--prune"]),
    *(["list", "--json"], ["show", "{id}", "--json"], ["correct", "{id}", "outlet=Báo Thử"]),
    *(["correct", "{id}", "--undo", "outlet"], ["search", "cầu An Hòa", "--json"]),
    *(
        ["search", "mưa lũ", "--from", "2018-01-01", "--place", "Hà Nội"],
        ["ask", "Cầu An Hòa dài bao nhiêu mét?"],
    ),
    *(["ask", "Vì sao cầu An Hòa khởi công chậm?"], ["ask", "How long is the An Hòa bridge?"]),
    *(["ask", "Có bao nhiêu bài nói về mưa lũ?"], ["ask", "Cầu An Hòa có bao nhiêu làn xe?"]),
    *(["ask", "Tóm tắt bài Khánh thành cầu An Hòa bắc qua sông Lạc"], ["ask", "Xin chào"]),
    *(
        ["check", "Cầu An Hòa dài 846 m. https://example.com/"],
        ["models", "--json"],
        ["remove", "{id}"],
    ),
    *(["doctor", "--json"], ["doctor", "--repair"]),
)
PLAYED = """
import io, json, sys
from ui.cli.main import main
for arguments, given in json.load(sys.stdin):
    sys.stdin = io.StringIO(given)
    try:
        status = main(arguments)
    except SystemExit as ended:
        status = ended.code
    print(status, arguments, file=sys.stderr)
    assert status in (0, 1), arguments
"""


def test_what_watches_sees_a_connection(tmp_path: Path) -> None:
    trace = tmp_path / "sockets.txt"
    code = (
        "import socket\n"
        "for to in ('127.0.0.1', '192.0.2.1'): socket.socket(type=socket.SOCK_DGRAM).connect_ex((to, 9))"
    )
    subprocess.run([*STRACE, str(trace), sys.executable, "-c", code], check=True)
    (line,) = left_the_machine(trace)
    assert "192.0.2.1" in line and "127.0.0.1" in trace.read_text()


def test_twenty_actions_stay_on_this_machine(
    sample_folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_folder, library)
    (id_, *_) = (row[0] for row in contents(library))
    values = {"samples": str(SAMPLES), "id": str(id_)}
    asked = [action[1] for action in ACTIONS if action[0] == "ask"]
    others = [[part.format(**values) for part in one] for one in ACTIONS if one[0] != "ask"]
    played = [[one, ""] for one in others] + [[["ask", "-", "--json"], "\n".join(asked)]]
    assert len(ACTIONS) >= 20
    trace = tmp_path / "sockets.txt"
    done = subprocess.run(
        [*STRACE, str(trace), sys.executable, "-c", PLAYED],
        input=json.dumps(played), env={**environment, "HOIBAO_LIBRARY": str(library)}, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"outcome"') == len(asked)
    assert left_the_machine(trace) == []


@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode != 0,
    reason="this machine lets nobody make a network namespace",
)
def test_it_answers_with_no_network_at_all(environment: dict[str, str], tmp_path: Path) -> None:
    """A network namespace with nothing in it, not even loopback."""
    environment = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "l")}
    base = ["unshare", "-rn", sys.executable, "-m", "ui.cli"]
    for arguments in (
        ["add", str(SAMPLES), "--json"],
        ["ask", "Cầu An Hòa dài bao nhiêu mét?", "--json"],
    ):
        done = subprocess.run(
            [*base, *arguments],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "486" in json.loads(done.stdout)["answer"]
