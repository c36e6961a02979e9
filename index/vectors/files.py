"""Chroma's files in a library's folder: sealed with their hashes when they are closed, told from damaged ones,
cleared of memory that was written with them."""

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from index.config import TRIALS
from index.models.registry import sha256
from index.models.trial import TrialFailed, attempt


def taken(folder: Path) -> FileLock | None:
    """The folder's lock, held, or None while another process has it or the disk is full."""
    lock = FileLock(folder.parent / "chroma.lock", thread_local=False)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return None
    return lock


def is_sound(folder: Path, probe: Callable[[Path], bool]) -> bool:
    """Whether what is there can be opened without a risk: it is nothing, or as it was closed, or, where it was
    not closed (a kill), it went well in a child process."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    try:
        kept = _seal(folder).read_text("utf-8")
    except OSError:
        try:
            return attempt(probe, folder, seconds=TRIALS.chroma)
        except TrialFailed:
            return False
    except ValueError:
        return False
    try:
        return bool(json.loads(kept) == _hashes(folder))
    except (OSError, ValueError, RecursionError):
        return False


def seal(folder: Path) -> None:
    """Blanks and seals files that were closed; without a seal they are tried first when they are opened
    again."""
    try:
        _blank(folder)
        _seal(folder).write_text(json.dumps(_hashes(folder)), "utf-8")
    except (OSError, struct.error):
        pass


def unseal(folder: Path) -> None:
    """Breaks the seal: the files are about to change."""
    remove(_seal(folder))


def remove(folder: Path) -> None:
    """Deletes a folder, or a file in its place."""
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _blank(folder: Path) -> None:
    """Overwrites with zeros what hnswlib wrote into its files for elements that are not there yet: memory as it
    was, in which the program may have had an article that is erased by now."""
    for header in folder.rglob("header.bin"):
        _, _, room, count, size = struct.unpack_from("<iQQQQ", header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", 4)):
            path = header.with_name(name)
            if count < room and path.stat().st_size == room * each:
                with path.open("r+b") as file:
                    file.seek(count * each)
                    file.write(bytes((room - count) * each))


def _seal(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.seal")


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path) for path in files}
