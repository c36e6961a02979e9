"""The process that reads files: whatever ends, blocks or fills it is one line, and the next file is read."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.library import Library
from index.types import AddReport
from tests.hostile.parts import STORY, packed

#: What a parser does that is found instead of python-docx, and what is told of its file.
FATES = {
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)": "crashed (SIGSEGV)",
    "import os; os.abort()": "crashed (SIGABRT)",
    "import os; os._exit(3)": "crashed (status 3)",
    "import signal, os; os.kill(os.getpid(), signal.SIGKILL)": "crashed (SIGKILL)",
    "while True: pass": "takes more than 2 s",
    "import time; time.sleep(1000)": "takes more than 2 s",
    "held = [b'a' * 10**8 for _ in range(10**6)]": "needs more memory than a file may take",
    "raise SystemExit(0)": "SystemExit",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "def again(): again()\nagain()": "RecursionError",
    "print('x' * 10**6); raise ValueError('two\\nlines')": "ValueError",
    "import os\nfor n in os.listdir('/proc/self/fd'):\n"
    " try: os.write(int(n), b'x' * 99)\n except OSError: pass": "crashed",
}


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program starts it, not forked."""
    monkeypatch.setattr("index.reading.process.subprocess", subprocess)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIBAO_FILE_SECONDS", "2")
    monkeypatch.setenv("HOIBAO_FILE_MEMORY", "800")


def instead_of_docx(folder: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = folder / "parsers"
    made.mkdir()
    (made / "docx.py").write_text(does)
    monkeypatch.setattr(sys, "path", [str(made), *sys.path])


def articles(folder: Path, *names: str) -> Path:
    made = folder / "bao"
    made.mkdir()
    for name in names:
        (made / name).write_text(f"{STORY}Bài {name}.\n", "utf-8")
    return made


def ends(report: AddReport) -> list[str]:
    return sorted(Path(one.path).name for one in report.articles)


@pytest.mark.parametrize("does", FATES, ids=lambda does: FATES[does])
def test_what_ends_a_parser_is_one_line_and_the_rest_is_read(
    does: str, library: Library, tmp_path: Path, limits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_docx(tmp_path, does, monkeypatch)
    folder = articles(tmp_path, "a.txt", "b.docx", "c.txt")
    (folder / "d.zip").write_bytes(
        packed(
            {name: f"{STORY}Trong zip: {name}.".encode() for name in ("1.txt", "2.docx", "3.txt")}
        )
    )
    for expected in (4, 0):  # and again
        report = library.add([folder])
        names = [Path(one.path).name for one in report.failed]
        assert names == ["b.docx", "d.zip#2.docx"], report.failed
        assert all(FATES[does] in one.reason for one in report.failed), report.failed
        assert report.added == expected
    assert ends(report) == ["a.txt", "c.txt", "d.zip#1.txt", "d.zip#3.txt"]


def test_too_much_text_is_cut_off_in_a_line(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_FILE_OUTPUT", "1")
    folder = articles(tmp_path, "b.txt")
    many = [[f"Huyện {n} có {one} xã mới." for one in range(25_000)] for n in range(4)]
    rows = [{"body": " ".join(one)} for one in many]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = library.add([folder])
    assert [one.reason for one in report.failed] == [
        "it holds more than 1 million characters; the rest is not read: split it"
    ]
    assert ends(report) == ["a.jsonl#1", "b.txt"]


def test_it_stops_at_once_while_a_file_hangs(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_docx(tmp_path, "while True: pass", monkeypatch)
    folder = articles(tmp_path, "a.txt", "b.docx", "c.txt")
    stop = threading.Event()
    late = threading.Timer(1.0, stop.set)

    def progress(done: int, total: int, name: str, at: object) -> None:
        if name.endswith("b.docx") and not late.is_alive():
            late.start()

    report = library.add([folder], progress=progress, stop=stop)
    assert report.stopped and ends(report) == ["a.txt"] and not report.failed


def test_settings_that_are_no_numbers_are_not_taken(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SECONDS", "-1"), ("MEMORY", "0"), ("OUTPUT", "²")):
        monkeypatch.setenv(f"HOIBAO_FILE_{name}", value)
    assert library.add([articles(tmp_path, "a.txt")]).added == 1


def test_it_loads_nothing_that_only_answering_needs() -> None:
    code = (
        "import sys, index.reading.child\n"
        "print([n for n in ('torch', 'chromadb', 'gradio', 'transformers', 'llama_cpp', 'lxml', 'pdfminer')"
        " if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
