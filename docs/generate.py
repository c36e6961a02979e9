"""Writes docs/cli.md from the parser, and the map in docs/architecture.md from what each module says of itself:
`python docs/generate.py`. A test compares them."""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from ui.cli.parser import parser  # noqa: E402

CLI, ARCHITECTURE = ROOT / "docs" / "cli.md", ROOT / "docs" / "architecture.md"
_MAP = "## The map"


def cli() -> str:
    """Every verb with its options, as Markdown."""
    top = parser()
    (verbs,) = (a for a in top._actions if isinstance(a, argparse._SubParsersAction))
    told = {action.dest: action.help for action in verbs._choices_actions}
    parts = [
        "# The command line\n",
        "Made by `python docs/generate.py` from the parser.\n",
        "`hoibao [--library DIR] VERB …`: without a verb, `serve`. `--library` is the library's folder, "
        "else `$HOIBAO_LIBRARY`. Exit status: 0 done, 1 done in part, 2 unusable input, with a line that "
        "says what to do.\n",
    ]
    for name, made in verbs.choices.items():
        parts.append(f"## hoibao {name}\n\n{told[name]}\n")
        rows = list(_options(made))
        if rows:
            parts.append("\n".join(["| | |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _options(made: argparse.ArgumentParser) -> Iterator[str]:
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {one.dest: one.help for one in action._choices_actions}
            for name, part in action.choices.items():
                named = [a.metavar for a in part._actions if not a.option_strings]
                usage = " ".join([name, *(f"[{n}]" if name == "pull" else str(n) for n in named)])
                yield _row(usage, told[name])
        elif not isinstance(action, argparse._HelpAction):
            names = ", ".join(action.option_strings) or str(action.metavar)
            value = action.metavar or ("|".join(action.choices) if action.choices else "")
            shown = f"{names} {value}" if action.option_strings and value else names
            yield _row(shown, action.help)


def _row(usage: str, said: str | None) -> str:
    cells = [cell.replace("|", "\\|") for cell in (f"`{usage}`", said or "")]
    return f"| {' | '.join(cells)} |"


def the_map() -> str:
    """A line a file: what its first sentence says."""
    lines = [f"{_MAP}\n"]
    for top in ("index", "rag", "ui"):
        folders = sorted({path.parent for path in (ROOT / top).rglob("*.py")})
        for folder in folders:
            here = folder.relative_to(ROOT)
            lines.append(f"**{here}/**: {_said(folder / '__init__.py')}\n")
            files = [p for p in sorted(folder.glob("*.py")) if p.name != "__init__.py"]
            lines += [f"- `{path.name}` {_said(path)}" for path in files]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _said(path: Path) -> str:
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    first = " ".join(doc.split("\n\n")[0].split())
    sentence = re.match(r".+?[.](?=\s|$)", first)
    return sentence[0] if sentence else first


def architecture() -> str:
    """The page with its map made anew."""
    text = ARCHITECTURE.read_text("utf-8")
    return text.split(_MAP)[0] + the_map()


if __name__ == "__main__":
    CLI.write_text(cli(), "utf-8")
    ARCHITECTURE.write_text(architecture(), "utf-8")
