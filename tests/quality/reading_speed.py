"""Articles a second of a folder of pages, PDFs and Word files, by another version and by this one in turn:
`python -m tests.quality.reading_speed OTHER_TREE [FILES] [ROUNDS] [timed] [added]` (2,000 files, one round,
both ways): parsed alone, and added by the command with the real models."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.quality.layouts import KINDS
from tests.quality.layouts.stories import STORIES
from tests.quality.versions import ROOT, added, run

#: Of ten files seven are pages, and of each other sort there are two PDFs and one Word file.
_SORTS = (
    "vnexpress nukeviet latex vccorp word wordpress sharepoint newspaper vnexpress nukeviet".split()
)


def main() -> None:
    """Prints a line a way of reading."""
    other = Path(sys.argv[1])
    numbers = [int(one) for one in sys.argv[2:] if one.isdigit()]
    count, rounds = [*numbers, *(2_000, 1)[len(numbers) :]]
    ways = [one for one in sys.argv[2:] if not one.isdigit()] or ["timed", "added"]
    with tempfile.TemporaryDirectory() as folder:
        files = _made(Path(folder), count)
        for way in ways:
            best: dict[str, float] = {}
            for _ in range(rounds):
                for name, tree in (("before", other), ("now", ROOT)):
                    articles, seconds = (
                        added(tree, Path(folder)) if way == "added" else run(tree, way, files)
                    )
                    assert articles == count, (name, articles)
                    best[name] = max(best.get(name, 0.0), articles / seconds)
            ratio = best["now"] / best["before"]
            told = ", ".join(f"{name} {rate:.1f}/s" for name, rate in best.items())
            print(f"{way}: {told}, ratio {ratio:.2f}", flush=True)


def _made(folder: Path, count: int) -> list[Path]:
    files = []
    for number in range(count):
        story = STORIES[number % len(STORIES)]
        title = f"{story.title}, kỳ {number}"
        own = tuple(
            f"{one[:-1]}, theo sổ {number * k}." for k, one in enumerate(story.paragraphs, 3)
        )
        one = KINDS[_SORTS[number % len(_SORTS)]](
            replace(story, title=title, paragraphs=own), number % 5
        )
        path = folder / f"{number:04}-{one.name}"
        path.write_bytes(one.data)
        files.append(path)
    return files


main()
