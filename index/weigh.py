"""What a library weighs on the disk, by part."""

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import config

Name = Literal["library", "chroma", "history", "files", "copies", "other", "states"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part, in bytes. "files": what was uploaded; "copies": what was made before an upgrade, and what was
    damaged; "states": what the writer keeps of its prompts, beside the models."""

    name: Name
    bytes: int


def weigh(folder: Path) -> list[Part]:
    """The parts of the library in a folder that are there, the heaviest first."""
    found: dict[Name, int] = {}
    for path in _inside(folder):
        name = _part(path.name)
        found[name] = found.get(name, 0) + _bytes(path)
    if states := _bytes(config.models_dir() / "states"):
        found["states"] = states
    parts = [Part(name, size) for name, size in found.items() if size]
    return sorted(parts, key=lambda part: (-part.bytes, part.name))


def _part(name: str) -> Name:
    for database, part in (("library.db", "library"), ("history.db", "history")):
        if name in (database, f"{database}-wal", f"{database}-shm", f"{database}-journal"):
            return part  # type: ignore[return-value]
        if name.startswith(database):
            return "copies"
    if name == "files":
        return "files"
    return "chroma" if name == "chroma" or name.startswith("chroma.") else "other"


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _bytes(path: Path) -> int:
    """What lies there; what goes away meanwhile, or may not be looked at, counts nothing."""
    try:
        state = path.lstat()
    except OSError:
        return 0
    if stat.S_ISDIR(state.st_mode):
        return sum(map(_bytes, _inside(path)))
    return state.st_size if stat.S_ISREG(state.st_mode) else 0
