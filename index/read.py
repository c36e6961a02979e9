"""Files to text. UTF-8 to begin with; every refusal is one line that says what to do."""

import os
from collections.abc import Iterator
from pathlib import Path

from index.config import LIMITS
from index.errors import InputError, NoText

#: What is taken from a folder. A file named on its own must be one of these too.
SUFFIXES = frozenset({".txt"})


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


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        InputError: it is missing, not a file, of another kind, too large or not readable.
    """
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(sorted(SUFFIXES))
        raise InputError(f"not a kind that can be read ({kinds}); save it as a UTF-8 text file")
    try:
        size = path.stat().st_size
        if size > LIMITS.file_bytes:
            limit = LIMITS.file_bytes // 1_000_000
            raise InputError(
                f"{size / 1e6:.0f} MB is over the limit of {limit} MB a file; split it"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file or folder; check the path") from None
    except PermissionError:
        raise InputError("no permission to read it; change its permissions") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None


def decode(data: bytes) -> str:
    """The text of a UTF-8 file, without its byte order mark.

    Raises:
        InputError: it is not UTF-8.
        NoText: it is empty.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 (byte {error.start}); open it in an editor and save it as UTF-8"
        ) from None
    if not text.strip():
        raise NoText("the file is empty; nothing to index")
    if "\0" in text:
        raise InputError("binary data, not text; export it as text")
    return text


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(root) / name
