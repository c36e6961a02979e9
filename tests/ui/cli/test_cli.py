"""The command line as a user meets it, in processes of its own; what a verb is asked beyond that, in this one,
where the models are loaded."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import QUESTIONS, ROOT, SAMPLES
from tests.index.stories import STORIES, page_json_ld
from ui.cli.main import main


def hoibao(
    *arguments: str, environment: dict[str, str], stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.fixture
def here(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    embedder: object,
    language_model: object,
) -> Callable[..., str]:
    """Runs a command line in this process, on a library; gives what it prints."""
    monkeypatch.setattr("ui.cli.opened.SentenceEmbedder", lambda path, identity: embedder)
    monkeypatch.setattr("ui.cli.opened.LlamaModel", lambda path, identity: language_model)

    def run(library: str, *arguments: str) -> str:
        capsys.readouterr()
        assert main(["--library", library, *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_help_answers_and_names_every_verb(environment: dict[str, str]) -> None:
    done = hoibao("--help", environment=environment)
    assert done.returncode == 0
    for verb in (
        "serve",
        "add",
        "list",
        "show",
        "correct",
        "remove",
        "trash",
        "search",
        "find",
        "ask",
        "check",
        "eval",
        "models",
        "doctor",
        "backup",
        "restore",
    ):
        assert verb in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["show", "no-such-id"],
        ["ask", "  "],
        ["ask", "Cầu dài bao nhiêu?", "--article", "no-such-id"],
        ["search", "tỉnh", "--from", "yesterday"],
        ["search", "tỉnh", "-k", "0"],
        ["find", 'tỉnh AND ("đại hội'],
        ["find", "-", "--csv", "x.csv"],
        ["backup", str(ROOT / "LICENSE")],
        ["restore", "/no/such/file.zip"],
        ["restore", str(ROOT / "LICENSE")],
        ["ask", "x", "--history", "/no/such/file"],
        ["check", "  "],
        ["eval", "/no/such/file"],
        ["eval", str(ROOT / "LICENSE")],
        ["models", "use", "nothing"],
        ["search", "tỉnh", "--place", "Atlantis"],
        ["correct", "no-such-id", "place=Bắc Kạn"],
        ["correct", "x"],
        ["remove", "no-such-id", "--erase"],
        ["trash", "--restore", "no-such-id"],
        ["correct", "x", "place"],
        ["add", ".", "--fields", "x=y"],
        ["serve", "--no-browser", "--watch", "/no/such/folder"],
        ["add", "/no/such/file.txt"],
    ],
)
def test_unusable_input_is_one_line_and_status_2(
    arguments: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    if arguments[-1] == "/no/such/file.txt":
        environment = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "l")}
        done = hoibao(*arguments, environment=environment)
        assert done.returncode == 2 and "no such file" in done.stderr
        return
    done = hoibao(*arguments, environment=environment)
    assert done.returncode == 2 and done.stdout == "", done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and done.stderr.startswith("hoibao: ")


@pytest.mark.model
def test_without_models_the_line_names_the_command(
    environment: dict[str, str], tmp_path: Path
) -> None:
    done = hoibao("list", environment={**environment, "HOIBAO_MODELS": str(tmp_path)})
    assert done.returncode == 2 and "hoibao models pull" in done.stderr


@pytest.mark.model
def test_the_documents_of_the_contract(
    environment: dict[str, str], tmp_path: Path, here: Callable[..., str]
) -> None:
    environment = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "l")}
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00")
    added = hoibao("add", str(SAMPLES), str(broken), "--json", environment=environment)
    report = json.loads(added.stdout)
    assert added.returncode == 1 and report["added"] == 10 and len(report["articles"]) == 10
    assert set(report) == {
        "added", "updated", "unchanged", "renamed", "removed", "duplicates", "near_copies", "failed",
        "articles", "seconds", "embedded_chunks",
    }  # fmt: skip
    assert report["failed"][0]["path"] == str(broken) and report["failed"][0]["reason"]

    rows = json.loads(hoibao("list", "--json", environment=environment).stdout)
    assert set(report["articles"][0]) == {"id", "title", "path"}
    assert set(rows[0]) == {
        "id", "title", "outlet", "author", "published", "time", "place", "url", "inferred", "source",
        "chunks", "story", "copies",
    }  # fmt: skip
    shown = json.loads(hoibao("show", rows[0]["id"], "--json", environment=environment).stdout)
    assert (
        set(shown) == {*rows[0], "body", "origins", "pages", "doubtful", "left_out"}
        and {k: shown[k] for k in rows[0]} == rows[0]
    )

    lines = 'cau An Hoa dai bao nhieu\n{"question": "mưa lũ Tây Lâm"}\n'
    found = hoibao("search", "-", "-k", "3", environment=environment, stdin=lines)
    first, second = map(json.loads, found.stdout.splitlines())
    best = first["results"][0]
    assert best["source"].endswith("08-cau-an-hoa.txt") and len(first["results"]) == 3
    assert set(best) == {
        "rank", "score", "article_id", "title", "outlet", "published", "place", "source", "start", "end",
        "text", "copies", "page",
    }  # fmt: skip
    assert second["results"][0]["source"].endswith("07-lu-tay-lam.txt")
    library = environment["HOIBAO_LIBRARY"]
    dated = json.loads(here(library, "search", "mưa lũ", "--from", "2020-10-23", "--json"))
    assert {r["published"] for r in dated["results"]} >= {"2020-10-25"}
    assert all(r["published"] >= "2020-10-23" for r in dated["results"])

    removed = hoibao("remove", rows[0]["id"], rows[1]["id"], "--json", environment=environment)
    assert json.loads(removed.stdout) == {"removed": 2}
    checked = json.loads(hoibao("doctor", "--json", environment=environment).stdout)
    assert checked.pop("tuning")[0].startswith("embedding in ")
    weighs = checked.pop("bytes")
    assert weighs["library"] > 0 and weighs["chroma"] > 0
    assert checked == {"ok": True, "problems": [], "repaired": []}
    models = json.loads(hoibao("models", "--json", environment=environment).stdout)
    assert set(models[0]) == {
        "name", "kind", "installed", "active", "bytes", "licence", "source",
    }  # fmt: skip


@pytest.mark.model
def test_ask_reads_lines_and_histories(environment: dict[str, str], tmp_path: Path) -> None:
    lines = (
        "Cầu An Hòa dài bao nhiêu mét?\n"
        + json.dumps(
            {
                "question": "Đơn vị nào thi công cây cầu đó?",
                "history": [{"role": "user", "content": "Cầu An Hòa khánh thành khi nào?"}],
            }
        )
        + "\nGiá vàng SJC hôm nay là bao nhiêu?\n"
    )
    done = hoibao("ask", "-", environment=environment, stdin=lines)
    assert done.returncode == 0, done.stderr
    bridge, builder, gold = map(json.loads, done.stdout.splitlines())
    assert "486" in bridge["answer"] and "Cầu đường số 7" in builder["answer"]
    assert builder["search_query"] != builder["question"]
    assert not gold["answered"] and gold["citations"] == [] and gold["passages"]
    assert set(bridge) >= {
        "question", "search_query", "kind", "short", "answer", "answered", "probability", "statements",
        "citations", "passages", "seconds", "model",
    }  # fmt: skip
    assert set(bridge["seconds"]) == {
        "retrieve",
        "first_evidence",
        "short",
        "first_token",
        "total",
        "waited",
    }
    assert set(bridge["citations"][0]) >= {
        "number", "article_id", "title", "outlet", "author", "published", "source", "start", "end",
        "quote",
    }  # fmt: skip


def test_check_against_a_quote_needs_no_library_and_no_model(tmp_path: Path) -> None:
    lines = [
        {"statement": "Cầu dài 486 m.", "quote": "Cầu An Hòa dài 486 m, rộng 12 m."},
        {"statement": "Cầu dài 468 m.", "quote": "Cầu An Hòa dài 486 m, rộng 12 m."},
    ]
    nowhere = {"HOIBAO_LIBRARY": str(tmp_path / "l"), "HOIBAO_MODELS": str(tmp_path / "m")}
    environment = {**os.environ, **nowhere}
    stdin = "\n".join(json.dumps(line) for line in lines)
    done = hoibao("check", "-", environment=environment, stdin=stdin)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["verified"] for one in found] == [True, False]
    assert "468" in found[1]["problems"][0] and set(found[0]) == {
        "statement", "verified", "problems", "citations",
    }  # fmt: skip
    assert not list(tmp_path.iterdir())
    bad = hoibao("check", "-", environment=environment, stdin='{"statement": 1}')
    assert bad.returncode == 2 and len(bad.stderr.strip().splitlines()) == 1


@pytest.mark.model
def test_check_looks_a_draft_up(environment: dict[str, str], here: Callable[..., str]) -> None:
    text = "Cầu An Hòa dài 486 m, rộng 12 m. Cầu An Hòa dài 846 m, rộng 12 m."
    done = hoibao("check", text, "--json", environment=environment)
    said, wrong = map(json.loads, done.stdout.splitlines())
    assert said["verified"] and "486 m" in said["citations"][0]["quote"]
    assert not wrong["verified"] and "846" in wrong["problems"][0]
    plain = here(environment["HOIBAO_LIBRARY"], "check", text)
    assert plain.startswith("✓ Cầu An Hòa") and "\n✗ Cầu An Hòa" in plain


@pytest.mark.model
def test_eval_measures_and_draws(tmp_path: Path, here: Callable[..., str]) -> None:
    arguments = ["--articles", str(SAMPLES), "--limit", "4", "--without", "--json"]
    page = tmp_path / "report.html"
    done = here(str(tmp_path / "l"), "eval", str(QUESTIONS), *arguments, "--html", str(page))
    report = json.loads(done)
    assert report["articles"] == 10 and len(report["curve"]) == 51
    assert {"retrieval", "answers", "citations", "refusal", "seconds"} <= set(report["figures"])
    counted = list(report["figures"]["refusal"].values())[1:]
    assert sum(counted) == len(report["questions"]) > 4
    drawn = page.read_text("utf-8")
    assert "<svg" in drawn and "http" not in drawn.split("<svg")[0]


@pytest.mark.model
def test_a_correction_holds_and_is_undone(
    environment: dict[str, str], tmp_path: Path, here: Callable[..., str]
) -> None:
    environment = {**environment, "HOIBAO_LIBRARY": str(tmp_path / "l")}
    page = tmp_path / "tin.html"
    page.write_text(page_json_ld(STORIES[1]), "utf-8")
    here(str(tmp_path / "l"), "add", str(page))
    (row,) = json.loads(hoibao("list", "--json", environment=environment).stdout)
    assert (row["place"], row["time"], row["published"]) == ("Lâm Đồng", "10:05", "2019-02-12")
    set_ = ["correct", row["id"], "outlet=Báo Lâm Viên", "place=dak nong", "--json"]
    corrected = json.loads(hoibao(*set_, environment=environment).stdout)
    assert corrected["corrected"] == {"outlet": "Báo Lâm Viên", "place": "Đắk Nông"}
    # Lâm Đồng has Đắk Nông in it since 2025, but not the other way round.
    for place, count in (("Lâm Đồng", 1), ("Đắk Nông", 1), ("Bình Thuận", 0)):
        found = here(str(tmp_path / "l"), "search", "trồng cây", "--place", place, "--json")
        assert len(json.loads(found)["results"]) == count, place
    undone = hoibao("correct", row["id"], "--undo", "outlet", "place", environment=environment)
    assert "outlet: Lâm Viên Online\n" in undone.stdout and "place: Lâm Đồng\n" in undone.stdout
