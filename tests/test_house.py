"""The rules of the house: one-way imports, one heavy library a file, no private names in tests, light start,
two languages."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest

from tests.conftest import ROOT
from ui.errors import VIETNAMESE
from ui.text import TEXT

MODULES = [p for folder in ("index", "rag", "ui") for p in sorted((ROOT / folder).rglob("*.py"))]
BELOW = {"index": {"rag", "ui"}, "rag": {"ui"}, "ui": set()}
HEAVY = {
    "chromadb": "index/vectors/chroma.py",
    "sentence_transformers": "index/embed.py",
    "llama_cpp": "rag/llm/runtime.py",
    "openai": "rag/llm/client.py",
    "psycopg": "index/store/postgres.py",
    "prometheus_client": "ui/metrics.py",
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports(path: Path) -> None:
    names = imported(path)
    here = path.relative_to(ROOT)
    assert not names & BELOW[here.parts[0]]
    heavy = {name for name, home in HEAVY.items() if home == str(here)}
    assert names.intersection(HEAVY) <= heavy
    assert "gradio" not in names or here.parts[0] == "ui"


def test_what_measures_is_no_test() -> None:
    assert not list((ROOT / "tests" / "quality").glob("test_*"))


def private(path: Path) -> set[str]:
    """The private names that a module defines, also those of its objects."""
    return {name for name in defined(ast.parse(path.read_text("utf-8"))) if is_private(name)}


def defined(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name != "_"


def touched(path: Path) -> Iterator[str]:
    """The private names that a test reaches for: of a module, of another object than its own, by a string."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in BELOW:
            yield from filter(is_private, (alias.name for alias in node.names))
        elif isinstance(node, ast.Attribute) and is_private(node.attr):
            if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
                yield node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith("attr"):
            strings = (one.value for one in node.args if isinstance(one, ast.Constant))
            named = (str(one).rpartition(".")[2] for one in strings)
            yield from filter(is_private, named)


def test_no_test_reaches_for_a_private_name_of_ours() -> None:
    ours = set().union(*map(private, MODULES))
    assert {"_index", "_store", "_turns"} <= ours
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "tests").rglob("*.py")
        for name in touched(path)
        if name in ours
    }
    assert found == set()


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from ui.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([n for n in ('chromadb','sentence_transformers','torch','transformers','llama_cpp',"
        "'gradio','numpy','huggingface_hub','openai') if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr.strip() == "[]"


def test_every_line_of_the_interface_is_in_both_languages() -> None:
    for key, (vietnamese, english) in TEXT.items():
        assert vietnamese.strip() and english.strip(), key
        named = [
            sorted(name for _, name, _, _ in Formatter().parse(words) if name)
            for words in (vietnamese, english)
        ]
        assert named[0] == named[1], key


def test_every_key_used_is_in_the_table() -> None:
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    assert first.value in TEXT


def test_both_prompts_have_the_same_turns() -> None:
    from rag.prompts import constant

    vietnamese, english = constant("vi"), constant("en")
    assert [m.role for m in vietnamese] == [m.role for m in english]
    assert resources.files("prompts").joinpath("answer.vi.md").is_file()


def test_the_comparison_has_the_measured_tasks() -> None:
    text = (ROOT / "docs" / "comparison.md").read_text("utf-8")
    for one in json.loads((ROOT / "docs" / "tasks.json").read_text("utf-8")):
        assert f"| {one['clicks']}, {one['typed']} | {one['seconds']} |" in text


SHOWN = (
    "index/reading",
    "index/language/encodings.py",
    "index/corrections.py",
    "ui/page",
    "ui/history.py",
)


def test_every_line_that_the_page_may_show_is_in_vietnamese() -> None:
    told = set()
    for path in (p for top in ("index", "rag", "ui") for p in (ROOT / top).rglob("*.py")):
        shown = str(path.relative_to(ROOT)).startswith(SHOWN)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in VIETNAMESE:
                told.add(node.value)
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0] if node.args else None
                if (
                    shown
                    and name in ("InputError", "NoText", "of")
                    and isinstance(first, ast.Constant)
                ):
                    assert first.value in VIETNAMESE, f"{path}: {first.value}"
    assert told == set(VIETNAMESE)


def test_a_translation_has_no_value_that_the_line_has_not() -> None:
    for english, vietnamese in VIETNAMESE.items():
        names = {name for _, name, _, _ in Formatter().parse(vietnamese) if name}
        assert names <= {name for _, name, _, _ in Formatter().parse(english) if name}, english
