"""What the program keeps is its owner's alone: folders 0700, files 0600, temporary files inside the library."""

import atexit
import os
import shutil
import stat
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

#: Where temporary files lie in a library's folder. That it is there also says that the permissions of what an
#: earlier version made were taken back: what its owner opens to others on purpose later stays open.
_TEMPORARY = "tmp"
#: What the names of the program's own files in a library's folder begin with.
_OURS = ("library.db", "history.db", "chroma", "files", "token", "open.html", _TEMPORARY)
_OTHERS = 0o077
_held: dict[str, FileLock] = {}


def only_owner() -> None:
    """From now on nobody else can read what this process and its children make."""
    os.umask(_OTHERS)


def shut(library: Path) -> None:
    """Takes back, once, the permissions that an earlier version left to others in a library's folder; those of
    the folder itself only where nothing else lies in it. Nothing happens on a read-only disk."""
    try:
        if (library / _TEMPORARY).is_dir():
            return
        ours = [path for path in library.iterdir() if path.name.startswith(_OURS)]
        for path in ours:
            for one in (path, *path.rglob("*")):
                _close(one)
        if len(ours) == len(list(library.iterdir())):
            _close(library)
        (library / _TEMPORARY).mkdir(mode=0o700)
    except OSError:
        return


def keep_temporary(library: Path) -> None:
    """From now on temporary files of this process and its children, and what a browser hands over, are made in
    the library's folder, in a place that is gone when the process ends; where one was killed, the next one
    clears up. Where the folder cannot be written, they are made where the system wants them."""
    place = library.absolute() / _TEMPORARY
    if str(place) in _held:
        return
    try:
        library.mkdir(mode=0o700, parents=True, exist_ok=True)
        shut(library)
        place.mkdir(mode=0o700, exist_ok=True)
        with FileLock(place / "lock", timeout=5):
            _sweep(place)
            own = Path(tempfile.mkdtemp(prefix="p", dir=place))
            mine = FileLock(own.with_suffix(".lock"), thread_local=False)
            mine.acquire(timeout=0)
    except (OSError, Timeout):
        return
    _held[str(place)] = mine
    atexit.register(_clear, own, mine)
    tempfile.tempdir = os.environ["TMPDIR"] = os.environ["GRADIO_TEMP_DIR"] = str(own)


def used_up(path: Path) -> None:
    """Removes a temporary file of this process after its use; nothing else."""
    if any(path.is_relative_to(Path(place)) for place in _held):
        path.unlink(missing_ok=True)


def _close(path: Path) -> None:
    """A link and what it leads to are left as they are, and so is a folder that is everybody's (/tmp)."""
    state = path.lstat()
    if stat.S_ISLNK(state.st_mode) or state.st_mode & stat.S_ISVTX:
        return
    if state.st_mode & _OTHERS and state.st_uid == os.geteuid():
        path.chmod(state.st_mode & 0o700)


def _sweep(place: Path) -> None:
    """Removes what processes left that are no more: nobody holds their locks."""
    for file in place.glob("p*.lock"):
        lock = FileLock(file)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        _clear(file.with_suffix(""), lock)


def _clear(own: Path, lock: FileLock) -> None:
    shutil.rmtree(own, ignore_errors=True)
    lock.release()
    Path(lock.lock_file).unlink(missing_ok=True)
