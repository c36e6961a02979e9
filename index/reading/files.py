"""Files on disk: which there are, and their bytes. Every refusal is one line that says what to do."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from index.errors import InputError
from index.reading import SUFFIXES, kind, limit_of, too_large


def find_files(paths: list[Path]) -> Iterator[Path]:
    """The files to read, absolute, in a fixed order, each once: a file as it is named, a folder
    with everything readable below it (hidden files, links to folders and other kinds left out).
    A path that does not exist is given back too, for `read_bytes` to refuse."""
    seen: set[Path] = set()
    for path in paths:
        for found in _walk(path) if path.is_dir() else [path]:
            absolute = Path(os.path.abspath(found))
            if absolute not in seen:
                seen.add(absolute)
                yield absolute


def read_bytes(path: Path) -> tuple[str, bytes]:
    """The SHA-256 of a file, in hex, and its bytes, from one opening: what is compared is what is read.

    Raises:
        InputError: it is missing, not a file, of another kind, too large or not readable.
    """
    _check(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(error) from None
    return hashlib.sha256(data).hexdigest(), data


def _check(path: Path) -> None:
    """Refuses what need not be read to be refused."""
    if kind(path.name) is None:
        kinds = ", ".join(sorted(SUFFIXES))
        raise InputError(
            "not a kind that can be read ({kinds}); save it as one of these", kinds=kinds
        )
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _refused(error) from None
    if not path.is_file():
        raise InputError("neither a file nor a folder; not read")
    if size > limit_of(path.name):
        raise too_large(size, limit_of(path.name))


def _refused(error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return InputError("no permission to read it; change its permissions")
    return InputError("cannot be read: {why}", why=error.strerror)


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and kind(name):
                yield Path(root) / name
