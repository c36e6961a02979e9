"""Model files are loaded in a child process once, before this one: a broken file can end a process."""

import json
from collections.abc import Callable
from pathlib import Path

from index import config
from index.errors import ModelError
from index.models import processor
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


def remember(path: Path, reason: str = "") -> None:
    """Keeps the result of a trial: "" for a file that is sound, else why it cannot be used."""
    folder = config.models_dir()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{_FILE}"
    part.write_text(json.dumps({**_known(), _key(path): reason}, indent=1) + "\n", "utf-8")
    part.replace(folder / _FILE)


def _tried(path: Path, load: Callable[[Path], object]) -> str:
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
    try:
        found = json.loads((config.models_dir() / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(path: Path) -> str:
    """The file as it is now, on this machine."""
    try:
        state = path.stat()
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None
    return f"{path} {state.st_size} {state.st_mtime_ns} {machine()}"
