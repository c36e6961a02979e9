"""How text and details of the seeds and the samples read beside another version, as a unified difference:
`python -m tests.quality.seeds OTHER_TREE`."""

import difflib
import sys
from pathlib import Path

from index.config import corpus_dir
from tests.quality.versions import ROOT, run


def main() -> None:
    """Prints the difference, and how many files are the same."""
    other = Path(sys.argv[1])
    folders = (corpus_dir().parent / "articles", ROOT / "index" / "samples")
    files = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    before, now = run(other, "texts", files), run(ROOT, "texts", files)
    same = 0
    for path in files:
        old, new = _lines(before, path.name), _lines(now, path.name)
        same += old == new
        for line in difflib.unified_diff(old, new, f"before/{path.name}", f"now/{path.name}", n=0):
            print(line.rstrip())
    print(f"{same} of {len(files)} files the same")


def _lines(read: dict[str, tuple[dict[str, str], str]], name: str) -> list[str]:
    if name not in read:
        return ["not read"]
    details, body = read[name]
    return [*(f"{key}: {value}" for key, value in details.items()), *body.split("\n")]


main()
