"""What reaches the terminal and other programs, whatever an article, a file name or a question holds; and a
batch of which one line fails."""

import ast
import io
import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.library import Library
from index.types import Article, Details
from rag.assistant import Assistant
from rag.check.lookup import Checked
from rag.check.problem import Problem
from rag.types import Answer, Citation, Passage, Statement, Suggestion
from tests.conftest import ROOT, SAMPLES, FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from tests.ui.hostile import HOSTILE, seen
from ui.cli.inputs import lines, query, statement
from ui.cli.main import main
from ui.cli.output import print_json
from ui.console import ready, tell, tell_error
from ui.terminal import answer_lines, checked_lines, passage_lines, reference

CASES = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
#: What a terminal obeys, or turns the words around with.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def article(text: str) -> Article:
    return Article(
        "a1", text, Details(text, text, text, date(2019, 11, 20), None, text, text), text
    )


@CASES
def test_nothing_is_a_control_sequence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    one = article(text)
    cited = (Citation(1, one, 0, len(text)),)
    passage = Passage(1, 1.0, 1.0, 1, one, 0, len(text))
    answers = [
        Answer(text, text, text=text, outcome=outcome, citations=cited, passages=(passage,),
               suggestions=(Suggestion(text, "a1"),), statements=(Statement(text, (1,)),))
        for outcome in ("answered", "refused")
    ]  # fmt: skip
    checked = Checked(text, (Problem("unsupported"),), cited)
    for shown in (*map(answer_lines, answers), passage_lines(passage), checked_lines(checked)):
        tell("\n".join(shown))
    tell_error(text)
    printed = capsys.readouterr()
    assert not CONTROL.search(printed.out) and not CONTROL.search(printed.err)
    assert seen(text) in printed.out.replace("\n", " ") or "\n" in text or "\t" in text
    assert printed.err == f"hoibao: {seen(text)}".rstrip() + "\n" or not seen(text)
    assert "\n" not in reference(one) and passage_lines(passage)[0].count("\n") == 0


@CASES
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1258"])
def test_json_is_read_back_as_it_was(
    text: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, newline="\n"))
    ready()
    print_json({"title": text})
    sys.stdout.flush()
    printed = raw.getvalue().decode(encoding)
    assert json.loads(printed) == {"title": text} and printed.count("\n") == 1
    assert not CONTROL.search(printed)


@pytest.mark.parametrize("encoding", ["ascii", "cp1258"])
def test_a_terminal_of_few_letters_gets_escapes(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    ready()
    tell("Cầu 🌉")
    sys.stdout.flush()
    assert b"\\U0001f309" in raw.getvalue()


def test_warnings_of_the_log_are_visible_text(capsys: pytest.CaptureFixture[str]) -> None:
    ready()
    assert logging.lastResort
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "Cầu\x1b[2J %s", ("\x9b1m",), None)
    assert logging.lastResort.format(record) == "Cầu[2J 1m"


def test_every_line_of_a_verb_goes_through_it() -> None:
    """`tell` and `print_json` are the way to the terminal: a bare `print` would pass control characters on."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted((ROOT / "ui" / "cli").glob("*.py"))
        if path.name != "output.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert found == []


def test_mistakes_of_the_command_line_are_one_visible_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for arguments in (["\x1b[2Jfly"], ["ask", "x", "--history", f"{tmp_path}/\x1b[2J\nhoibao: ok"]):
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        printed = capsys.readouterr().err
        assert status == 2 and not CONTROL.search(printed) and printed.count("\n") == 1


# -- a batch -----------------------------------------------------------------------------------


class FailingWriter(ScriptedWriter):
    def copy(self, *arguments, **named):  # type: ignore[no-untyped-def]
        raise RuntimeError("a\x1b[2J bug")

    def write(self, *arguments, **named):  # type: ignore[no-untyped-def]
        raise RuntimeError("a\x1b[2J bug")


@pytest.fixture
def batch(
    library: Library,
    fake_embedder: FakeEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, list[dict[str, object]], list[str]]]:
    library.add([SAMPLES])

    def run(
        verb: str, stdin: bytes, writer: ScriptedWriter | None = None
    ) -> tuple[int, list[dict[str, object]], list[str]]:
        writer = writer or ScriptedWriter("486 m", "Cầu An Hòa dài 486 m.")
        reader = ScriptedReader("486 m")
        made = Assistant(library, fake_embedder, reader, writer, threshold=0.01)  # type: ignore[arg-type]
        monkeypatch.setattr("ui.cli.asking.open_assistant", lambda folder: made)
        monkeypatch.setattr("ui.cli.asking.open_library", lambda folder: (library, fake_embedder))
        monkeypatch.setattr(library, "close", lambda: None)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        capsys.readouterr()
        status = main([verb, "-"])
        printed = capsys.readouterr()
        assert not CONTROL.search(printed.out + printed.err)
        return (
            status,
            [json.loads(one) for one in printed.out.splitlines()],
            printed.err.splitlines(),
        )

    return run


BRIDGE = "Cầu An Hòa dài bao nhiêu mét?"
WRONG = [
    ("x" * 2_001).encode(),
    "🌉?!".encode(),
    b'{"question": "a"',
    b'{"query": "a"}',
    b'{"question": "a", "history": [1]}',
    b'{"question": "a", "history": 7}',
    b'{"a":' * 100_000,
    b'{"question": "' + b"a" * 100_000 + b'"}',
    b"\xff\xfe\x1b[",
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_with_a_question_is_its_lines_failure_only(
    wrong: bytes, batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]]
) -> None:
    stdin = b"\n".join([BRIDGE.encode(), wrong, b"", BRIDGE.encode()])
    status, (first, failed, last), told = batch("ask", stdin)
    assert status == 1 and first["answered"] and last["answer"] == first["answer"]
    assert failed["outcome"] == "failed" and failed["answered"] is False and failed["error"]
    assert set(failed) == {*first, "error"} and failed["statements"] == failed["citations"] == []
    assert len(told) == 1 and told[0].startswith("hoibao: text 2 of standard input: ")


def test_a_bug_is_its_lines_failure_too(
    batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]],
) -> None:
    talk = "Xin chào"
    status, (failed, answered), told = batch(
        "ask", f"{BRIDGE}\n{talk}\n".encode(), FailingWriter("486 m")
    )
    assert status == 1 and failed["outcome"] == "failed" and answered["outcome"] == "talk"
    assert "RuntimeError" in str(failed["error"]) and len(told) == 1


@pytest.mark.parametrize("verb", ["ask", "search", "check"])
def test_a_batch_of_which_every_line_fails_is_unusable(
    verb: str, batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]]
) -> None:
    status, found, told = batch(verb, b"{\n?!\n")
    assert status == 2 and len(found) == len(told) == 2 and all(one["error"] for one in found)


def test_searches_and_checks_go_on_too(
    batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]],
) -> None:
    status, (failed, found), _ = batch("search", f"{'x' * 2_001}\ncầu An Hòa\n".encode())
    assert status == 1 and failed["results"] == [] and found["results"] and "error" not in found
    stdin = (
        b'{"statement": 1}\n{"statement": "C\xe1\xba\xa7u 1 m.", "quote": "C\xe1\xba\xa7u 1 m."}\n'
    )
    status, (failed, checked), _ = batch("check", stdin)
    assert status == 1 and not failed["verified"] and checked["verified"]


@pytest.mark.parametrize("arguments", [
    ["search", "cầu", "--outlet", "\udcff"], ["show", "\udcff"], ["ask", BRIDGE, "--article", "\udcff"],
    ["check", "Cầu\udcff An Hòa dài 486 m."], ["ask", "Cầu\udcff An Hòa dài bao nhiêu?"], ["search", "\udcff"],
])  # fmt: skip
def test_bytes_that_are_no_text_are_no_traceback(
    arguments: list[str],
    batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]],
    library: Library,
    fake_embedder: FakeEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    batch("ask", b"")
    monkeypatch.setattr("ui.cli.articles.open_library", lambda folder: (library, fake_embedder))
    status = main(arguments)
    printed = capsys.readouterr()
    assert status in (0, 2) and not CONTROL.search(printed.out + printed.err)
    assert status == 0 or printed.err.count("\n") == 1


def test_an_empty_batch_is_done(
    batch: Callable[..., tuple[int, list[dict[str, object]], list[str]]],
) -> None:
    assert batch("ask", b"\n \n") == (0, [], [])


def test_a_line_is_a_text_or_an_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" a \n\n{\n"))
    assert list(lines("-")) == ["a", "{"] and list(lines("{")) == ["{"]
    asked, history = query('{"question": "Dài?", "history": ["Cầu", {"role": "x", "content": 1}]}')
    assert asked == "Dài?" and [one.content for one in history] == ["Cầu", "1"]
    assert statement('{"statement": "a", "quote": "b"}') == ("a", "b") and statement("a") == (
        "a",
        None,
    )
