"""What is generated in docs/ is as it would be generated now."""

import runpy
import subprocess
import sys

from tests.conftest import ROOT

MADE = runpy.run_path(str(ROOT / "docs" / "generate.py"))


def test_the_command_line_is_documented_as_it_is() -> None:
    assert MADE["CLI"].read_text("utf-8") == MADE["cli"](), "run: python docs/generate.py"


def test_the_map_has_every_file() -> None:
    assert MADE["ARCHITECTURE"].read_text("utf-8") == MADE["architecture"](), (
        "run: python docs/generate.py"
    )


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 130
    for page in ROOT.glob("docs/*.md"):
        assert f"docs/{page.name}" in text or page.name in ("accidents.md", "comparison.md"), page


def test_every_example_in_a_docstring_holds() -> None:
    modules = [
        str(p.relative_to(ROOT)).removesuffix(".py").replace("/", ".")
        for folder in ("index", "rag")
        for p in sorted((ROOT / folder).rglob("*.py"))
        if ">>> " in p.read_text("utf-8")
    ]
    code = (
        "import doctest, importlib, sys\n"
        "failed = sum(doctest.testmod(importlib.import_module(m)).failed for m in sys.argv[1:])\n"
        "sys.exit(bool(failed))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *modules], capture_output=True, text=True, cwd=ROOT
    )
    assert modules and done.returncode == 0, done.stdout
