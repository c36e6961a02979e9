"""The verbs on dossiers and notes, and the files that they write; no model."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from index.errors import InputError
from index.library import Library
from index.types import Filter
from tests.conftest import FakeEmbedder
from ui.api import functions, offer
from ui.cli.main import main
from ui.limits import UnderWay
from ui.page.routes import ROUTES

EVIL = "=HYPERLINK(1) <img src=x> [a](javascript:b) #x"
ONE = "Cầu Nà Lạn dài 212 m, khánh thành sau hai năm. Kinh phí 84 tỷ đồng. " * 2
TWO = "Lũ cuốn trôi chợ Hạ Bình, 40 gian hàng hư hại, tỉnh hỗ trợ 3,5 tỷ đồng. " * 2


@pytest.fixture
def bao(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    (folder / "lũ").mkdir(parents=True)
    for path, title, body in (("a", EVIL, ONE), ("lũ/b", "Lũ ở Hạ Bình", TWO)):
        line = {"title": title, "body": body, "outlet": "Báo Tây Lâm", "published": "2021-03-04"}
        (folder / f"{path}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    return folder


@pytest.fixture
def run(
    tmp_path: Path, bao: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Any]:
    """Runs a command line on a library of two articles; gives the document it prints."""
    model = SimpleNamespace(path=tmp_path, identity="fake@1")
    monkeypatch.setattr("ui.cli.opened.registry.active", lambda kind: model)
    monkeypatch.setattr("ui.cli.opened.SentenceEmbedder", lambda path, identity: FakeEmbedder())

    def ran(*arguments: str, status: int = 0, text: bool = False) -> Any:
        capsys.readouterr()
        assert main(["--library", str(tmp_path / "kho"), *arguments]) == status
        said = capsys.readouterr()
        if status:
            return said.err
        return said.out if text else json.loads(said.out)

    ran("add", str(bao), "--json")
    return ran


def ids(run: Callable[..., Any], *more: str) -> list[str]:
    return [row["id"] for row in run("list", *more, "--json")]


def test_dossiers_and_notes(run: Callable[..., Any], bao: Path, tmp_path: Path) -> None:
    assert run("dossier", "--json") == []
    bridge = next(row["id"] for row in run("list", "--json") if row["title"] != "Lũ ở Hạ Bình")
    made = run("dossier", "new", "Lũ 2021", "--folder", str(bao / "lũ"), "--json")
    assert made == {"name": "Lũ 2021", "articles": 1}
    added = run("dossier", "add", "lũ 2021", bridge, "--find", "cầu", "--json")
    assert added == {"name": "Lũ 2021", "articles": 2, "added": 1}
    assert "nothing to add" in run("dossier", "add", "lũ 2021", status=2)
    dropped = run("dossier", "drop", "Lũ 2021", bridge, "--json")
    assert dropped == {"name": "Lũ 2021", "articles": 1, "dropped": 1}
    (flood,) = ids(run, "--dossier", "Lũ 2021")
    assert flood != bridge
    found = run("search", "cầu lũ", "--dossier", "Lũ 2021", "--json")["results"]
    assert {one["article_id"] for one in found} == {flood}
    counted = run("find", "tỷ", "--dossier", "Lũ 2021", "--json")["count"]
    assert (counted["matching"], counted["of"]) == (1, 1)
    for verb in (("search", "x"), ("find", "x"), ("list",), ("notes",)):
        assert "no dossier 'Gió'; there are: Lũ 2021" in run(*verb, "--dossier", "Gió", status=2)

    note = run(
        "note", bridge, EVIL, "--quote", "KINH PHÍ 84 tỷ", "--tag", "#Tiền", "--star", "--json"
    )
    assert (note["quote"], note["tags"], note["starred"]) == ("Kinh phí 84 tỷ", ["tiền"], True)
    assert ONE[note["start"] : note["end"]] == note["quote"] and note["state"] == "same"
    run("note", flood, "hỏi lại", text=True)
    assert "not in the article" in run("note", flood, "x", "--quote", "không có", status=2)
    for option, left in (
        (("--tag", "tiền"), [bridge]),
        (("--starred",), [bridge]),
        (("--article", flood), [flood]),
        (("--dossier", "lũ 2021"), [flood]),
        ((), [flood, bridge]),
    ):
        assert [one["article_id"] for one in run("notes", *option, "--json")] == left

    line = json.loads((bao / "a.jsonl").read_text("utf-8"))
    line["body"] = line["body"].replace("84 tỷ đồng. Cầu", "96 tỷ đồng. Cầu", 1)
    (bao / "a.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    run("add", str(bao), "--json")
    (changed,) = run("notes", "--starred", "--json")
    assert (changed["state"], changed["start"]) == ("changed", None)
    assert changed["now"]["quote"] == "Kinh phí 96 tỷ"
    assert "đoạn này đã đổi; nay là: “Kinh phí 96 tỷ”" in run("notes", text=True)

    run("dossier", "add", "Lũ 2021", bridge, text=True)
    files = {kind: tmp_path / f"hồ sơ.{kind}" for kind in ("md", "docx", "csv")}
    for file in files.values():
        told = run("dossier", "export", "Lũ 2021", "--to", str(file), "--json")
        assert (told["articles"], told["notes"]) == (2, 2)
    markdown = files["md"].read_text("utf-8")
    assert markdown.startswith("# Lũ 2021") and "★" in markdown and "hỏi lại" in markdown
    assert "\\<img src=x\\>" in markdown and "\\[a\\]" in markdown and "96 tỷ" in markdown
    word = zipfile.ZipFile(files["docx"]).read("word/document.xml").decode()
    assert "&lt;img src=x&gt;" in word and "đoạn này đã đổi" in word
    table = files["csv"].read_bytes().decode("utf-8-sig")
    rows = {row["article_id"]: row for row in csv.DictReader(io.StringIO(table, newline=""))}
    assert rows[bridge]["note"] == f"'{EVIL}" and rows[bridge]["title"].startswith("'=")
    assert (rows[bridge]["state"], rows[bridge]["now"]) == ("changed", "Kinh phí 96 tỷ")
    assert (rows[flood]["note"], rows[flood]["start"]) == ("hỏi lại", "")
    run("notes", "--tag", "tiền", "--to", str(tmp_path / "n.csv"), "--json")
    assert len((tmp_path / "n.csv").read_text("utf-8-sig").splitlines()) == 2
    assert ".md, .docx or .csv" in run("dossier", "export", "Lũ 2021", "--to", "x.pdf", status=2)

    assert run("notes", "--remove", str(note["number"]), "--json") == {"removed": 1}
    assert run("dossier", "rename", "Lũ 2021", "Lũ", "--json") == {"name": "Lũ", "articles": 2}
    assert "2  Lũ" in run("dossier", text=True)
    assert run("dossier", "delete", "Lũ", "--json")["deleted"] and len(ids(run)) == 2


def test_programs_search_and_find_in_a_dossier(run: Callable[..., Any], tmp_path: Path) -> None:
    library = Library(tmp_path / "kho", FakeEmbedder())
    (one, _) = [row.id for row in library.articles()]
    number = library.dossiers.new("Một", [one]).number
    only: list[Filter] = []
    assistant: Any = SimpleNamespace(
        library=library, search=lambda query, limit, among: only.append(among) or [], ask=None
    )  # fmt: skip
    search, find, ask, _ = functions(assistant)
    search("cầu", dossier="một")
    assert only == [Filter(dossier=number)]
    assert find("tỷ", dossier="Một")["count"]["of"] == 1 and find("tỷ")["count"]["of"] == 2
    with pytest.raises(InputError):
        ask("cầu?", dossier="Hai")
    with gr.Blocks() as page:
        offer(assistant, UnderWay())
    given = {e.api_name: len(e.inputs) for e in page.fns.values()}
    assert given == {
        "search": 2, "search_in": 3, "find": 3, "find_in": 4, "ask": 1, "ask_in": 2, "ask_growing": 2,
        "read_article": 1
    }  # fmt: skip
    assert all(ROUTES.fullmatch(f"POST /gradio_api/call/{name}") for name in given)
    library.close()
