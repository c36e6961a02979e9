"""What `add --prune` would drop: articles whose files are gone. A drive that is not mounted is no deletion: a
folder that is gone or empty drops nothing, and more than half of a library goes only where somebody says so."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from index.errors import Line
from index.store.protocol import Store
from index.types import FailedFile

#: Asked whether so many articles of so many may go.
Sure = Callable[[int, int], bool]
_EMPTY = "gone or empty (a drive that is not mounted?); nothing was dropped for it"
_MANY = (
    "{gone} of {count} articles would go, more than half of the library; nothing was dropped; if they are to "
    "go: hoibao add --prune --yes"
)


def pruned(
    paths: Sequence[Path], files: Iterable[Path], store: Store, sure: Sure
) -> tuple[list[str], list[FailedFile]]:
    """The ids of the articles to drop: those whose files were below the given folders and are there no
    more; and a line for each folder that drops nothing because it is empty, or for all where they
    would drop more than half of the library and nobody is sure. `files` are those that were found."""
    found = list(files)
    lines: list[FailedFile] = []
    whole: list[Path] = []
    for path in paths:
        folder = Path(os.path.abspath(path.expanduser()))
        if any(file.is_relative_to(folder) and not is_gone(file) for file in found):
            whole.append(folder)
        else:
            lines.append(FailedFile(str(folder), Line.of(_EMPTY)))
    gone = [
        known.id
        for file in store.files()
        if any(Path(file).is_relative_to(folder) for folder in whole) and is_gone(Path(file))
        for known in store.known(file=file)
    ]
    count = store.counts()[0]
    if 2 * len(gone) > count and not sure(len(gone), count):
        said = Line.of(_MANY, gone=len(gone), count=count)
        lines += [FailedFile(str(folder), said) for folder in whole[:1]]
        gone = []
    return gone, lines


def is_gone(file: Path) -> bool:
    """Whether there is no such file; one in a folder that is closed to us is not gone."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def nobody(_gone: int, _count: int) -> bool:
    """Nobody is there to be asked."""
    return False
