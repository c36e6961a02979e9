"""Files on disk: which there are, and their bytes. Every refusal is one line that says what to do."""

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.errors import InputError, Line
from index.reading import PICTURES, SUFFIXES, kind, limit_of, too_large

#: What a browser puts behind a page's name for the folder of its pictures.
_OF_PAGE = re.compile(r"(?:_files|\.files|_tệp|-filer|_fichiers)$")
#: What opening a socket, or a device that is not there, ends with.
_NO_FILE = (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP)


class Found(NamedTuple):
    """A path, absolute, and why it is not to be opened, where it is not."""

    path: Path
    refusal: Line | None = None


def find_files(paths: list[Path]) -> Iterator[Found]:
    """The files to read, in a fixed order, each once: a file as it is named, a folder with everything readable
    below it (hidden files and other kinds left out). What is there and cannot or should not be followed is
    given back with the reason: links that lead out of the folder, closed folders, names that are not UTF-8. So
    is, without one, a path that does not exist, for `read_bytes` to refuse."""
    seen: set[Path] = set()
    for path in paths:
        absolute = Path(os.path.abspath(path))
        for found in _walk(absolute) if _is_folder(absolute) else [_named(absolute)]:
            if found.path not in seen:
                seen.add(found.path)
                yield found


def read_bytes(path: Path) -> tuple[str, bytes]:
    """The SHA-256 of a file, in hex, and its bytes, from one opening: what is compared is what is read.

    Raises:
        InputError: it is missing, not a file, of another kind, too large or not readable.
    """
    if kind(path.name) is None:
        kinds = ", ".join(sorted(SUFFIXES))
        raise InputError(
            "not a kind that can be read ({kinds}); save it as one of these", kinds=kinds
        )
    limit = limit_of(path.name)
    try:
        # A pipe without a writer would not open, a device give without end.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError("neither a file nor a folder; not read")
            data = b"" if status.st_size > limit else file.read(limit + 1)
    except OSError as error:
        raise InputError(_refused(error)) from None
    size = max(status.st_size, len(data))
    if size > limit:
        raise too_large(size, limit)
    return hashlib.sha256(data).hexdigest(), data


def shown(name: str) -> str:
    """A path as it can be shown and sent: on one line, bytes that are not UTF-8 and control characters as
    "\\xb5".

    >>> shown("Bi\\udcb5n\\n b\\x1bn.txt")
    'Bi\\\\xb5n b\\\\x1bn.txt'
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in " ".join(text.split()))


def _is_folder(path: Path) -> bool:
    """Also of what may not be looked at, which `Path.is_dir` raises for: it is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _named(path: Path) -> Found:
    """A path as it is, but for a name that cannot be kept."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return Found(path, Line.of("its name, or a folder's, is not UTF-8; rename it"))
    return Found(path)


def _refused(error: OSError) -> Line:
    if isinstance(error, FileNotFoundError):
        return Line.of("no such file or folder; check the path")
    if isinstance(error, PermissionError):
        return Line.of("no permission to read it; change its permissions")
    if error.errno in _NO_FILE:
        return Line.of("neither a file nor a folder; not read")
    return Line.of("cannot be read: {why}", why=error.strerror or type(error).__name__)


def _walk(folder: Path) -> Iterator[Found]:
    """What is below a folder, by name, each folder's files before its folders."""
    root = os.path.realpath(folder)
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(here, _refused(error))
            continue
        inner: list[Path] = []
        pictures = _saved_with(here)
        for entry in found:
            if entry.name.startswith("."):
                continue
            path = here / entry.name
            if entry.is_symlink():
                yield from _link(path, root)
            elif entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif kind(entry.name) and not (pictures and path.suffix.lower() in PICTURES):
                yield _named(path)
        waiting += reversed(inner)


def _saved_with(folder: Path) -> bool:
    """Whether it is the folder that a browser puts beside a saved page, with the page's pictures: no scans."""
    name = _OF_PAGE.sub("", folder.name)
    return name != folder.name and any(
        folder.with_name(name + ending).exists() for ending in (".html", ".htm")
    )


def _link(path: Path, root: str) -> Iterator[Found]:
    """A link below `root`: to a file in it, that file; to a folder in it, nothing: it is read where it is."""
    target = os.path.realpath(path)
    if os.path.commonpath([root, target]) != root:
        yield Found(
            path, Line.of("a link that leads out of the folder; not followed: add what it leads to")
        )
    elif kind(path.name) and not _is_folder(path):
        yield _named(path)
