"""Model files are loaded in a child process once, before this one: a broken file can end a process."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

from index import config
from index.aside import settings, texts
from index.errors import ModelError
from index.models import processor, registry
from index.models.trial import TrialFailed, TrialTimeout, attempt
from index.models.tuning import machine

_FILE = "proven.json"


def prove(path: Path, load: Callable[[Path], object], anew: bool = False) -> None:
    """Returns where `load(path)` went well in a child process, now or at an earlier time. The result is
    remembered for this file, as it is now, on this machine; `anew` tries again what failed.

    Raises:
        ModelError: it did not go well.
    """
    require_build()
    reason = _known().get(_key(path))
    if reason is None or (reason and anew):
        reason = _tried(path, load)
        remember(path, reason)
    if reason:
        raise ModelError(reason)


def require_build() -> None:
    """Before llama.cpp is touched.

    Raises:
        ModelError: it was compiled for instructions that this processor lacks.
    """
    missing = processor.lacking(processor.built_for())
    if missing:
        raise ModelError(
            f"llama.cpp was compiled for another processor (this one lacks {', '.join(missing[:3])}); compile "
            "it for this one: make chat, or for every one since 2013: make chat PORTABLE=1"
        )


def require_whole(folder: Path) -> None:
    """Before a model is loaded in this process: compared with what was installed, once for the files as they
    are now. One of the user's own is taken as it is.

    Raises:
        ModelError: a file is missing, cut short or another one.
    """
    reason = _known().get(_key(folder))
    if reason is None:
        reason = next(iter(registry.differing(folder)), "")
        remember(folder, reason)
    if reason:
        raise ModelError(reason)


def remember(path: Path, reason: str = "") -> None:
    """Keeps the result of a trial: "" for a file that is sound, else why it cannot be used. Nothing is kept on
    a full or read-only disk."""
    known = {**_known(), _key(path): reason}
    folder = config.models_dir()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{_FILE}"
        part.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
        part.replace(folder / _FILE)


def _tried(path: Path, load: Callable[[Path], object]) -> str:
    if differing := registry.differing(path):
        return differing[0]
    try:
        attempt(load, path, seconds=config.TRIALS.model)
    except ModelError as error:
        return str(error)
    except TrialTimeout as late:  # of a busy machine, perhaps: not remembered
        raise ModelError(f"{path} cannot be used: loading it was {late}; try again") from None
    except TrialFailed as failed:
        return (
            f"{path} cannot be used: loading it, in a trial, {failed}; choose another model: "
            "hoibao models use NAME|PATH (is it sound? compile llama.cpp anew: make chat PORTABLE=1)"
        )
    return ""


def _known() -> dict[str, str]:
    return settings(config.models_dir() / _FILE, texts, {})


def _key(path: Path) -> str:
    """The file, or the folder's, as they are now, on this machine."""
    try:
        files = [path, *sorted(path.rglob("*"))] if path.is_dir() else [path]
        states = [file.stat() for file in files]
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None
    size, latest = sum(one.st_size for one in states), max(one.st_mtime_ns for one in states)
    return f"{path} {size} {latest} {machine()}"
