"""Another version of the reading side, in a process of its own, for `seeds.py` and `reading_speed.py`.

The other version is a checkout (`git worktree add --detach /tmp/old bc2f19f` for 0.5)."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent

# Runs in either version: their modules have other names.
_WORKER = """
import json, sys, tempfile, time
from pathlib import Path
try:
    from index.reading import Document, read
except ImportError:
    from index.formats import Document, read
from index.metadata import parse

def texts(paths):
    found = {}
    for path in paths:
        for one in read(Path(path).name, Path(path).read_bytes(), {}):
            if isinstance(one, Document):
                details, body = parse(one.text, one.details)
                fields = ("title", "outlet", "author", "published", "time", "place", "url")
                found[Path(path).name] = [{f: str(getattr(details, f) or "") for f in fields}, body]
    return found

def timed(paths):
    texts(paths[:5])  # what loads late is loaded
    began = time.perf_counter()
    read_ = texts(paths)
    return [len(read_), time.perf_counter() - began]

work = json.load(sys.stdin)
print("\\n" + json.dumps({"texts": texts, "timed": timed}[work[0]](work[1])))
"""


def run(tree: Path, what: str, paths: list[Path]) -> Any:
    """What a version says of files: "texts" (by name: details, body); "timed" (articles, seconds)."""
    done = subprocess.run(
        [sys.executable, "-c", _WORKER],
        input=json.dumps([what, [str(path) for path in paths]]),
        env={**os.environ, "PYTHONPATH": str(tree)},
        cwd=tree, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def added(tree: Path, folder: Path) -> tuple[int, float]:
    """How many articles of a folder a version added to a new library by its command, with the real models, and
    the seconds that it says it took."""
    with tempfile.TemporaryDirectory() as library:
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", "--library", library, "add", str(folder)],
            env={**os.environ, "PYTHONPATH": str(tree)},
            cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True,
        )  # fmt: skip
    count, seconds = re.findall(r"(\d+) added .* in ([\d.]+) s", done.stdout)[-1]
    return int(count), float(seconds)
