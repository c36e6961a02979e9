"""Which models there are, which are installed, which are used. The catalogue is a data file.

A model is a folder `<models>/<name>/` that appears whole, by a rename, with `hoibao.json` in it:
what it is and what its files hash to. `active.json` beside them says which ones are in use.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from index import config
from index.aside import settings, texts
from index.errors import InputError, ModelError

Kind = Literal["language", "embedding"]
_ACTIVE = "active.json"
_RECORD = "hoibao.json"


@dataclass(frozen=True, slots=True)
class WheelPart:
    """A file in a Python wheel."""

    package: str
    version: str
    member: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that `models pull` can get. A field that no public source states is None and is
    checked against what the hub says instead. With `wheels` it comes from a package index, else
    from the hub repository `source`."""

    name: str
    kind: Kind
    default: bool
    licence: str
    source: str
    note: str
    file: str | None
    revision: str | None
    bytes: int | None
    sha256: str | None
    wheels: tuple[WheelPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A model in use: where it is and what it calls itself."""

    name: str
    kind: Kind
    path: Path  # the GGUF file, or the sentence-transformers folder
    identity: str  # name@revision


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A line of `hoibao models`."""

    name: str
    kind: Kind
    installed: bool
    active: bool
    bytes: int | None
    licence: str
    source: str


def catalogue() -> list[CatalogueEntry]:
    """The models that `models pull` knows."""
    raw = json.loads(resources.files("index").joinpath("catalogue.json").read_text("utf-8"))
    return [
        CatalogueEntry(**{**item, "wheels": tuple(WheelPart(**w) for w in item.get("wheels", ()))})
        for item in raw
    ]


def entry(name: str) -> CatalogueEntry:
    """The catalogue's entry of that name.

    Raises:
        InputError: there is none.
    """
    for known in catalogue():
        if known.name == name:
            return known
    names = ", ".join(known.name for known in catalogue())
    raise InputError(f"no model {name!r} in the catalogue; it has: {names}")


def installed(name: str) -> bool:
    """Whether a catalogue model is there, whole."""
    return _record(name) is not None


def rows() -> list[ModelRow]:
    """The catalogue, and whatever else is in use, with what is installed and active."""
    active = {kind: _chosen(kind) for kind in ("language", "embedding")}
    found = []
    for known in catalogue():
        record = _record(known.name)
        size = record["bytes"] if record else known.bytes
        found.append(
            ModelRow(
                known.name,
                known.kind,
                record is not None,
                active[known.kind] == known.name,
                size,
                known.licence,
                known.source,
            )
        )
    for kind, chosen in active.items():
        if os.sep in chosen:
            path = Path(chosen)
            size = sum(f.stat().st_size for f in _files(path)) if path.exists() else None
            found.append(ModelRow(chosen, kind, path.exists(), True, size, "?", chosen))  # type: ignore[arg-type]
    return found


def use(choice: str, prove: Callable[[Path], None]) -> Model:
    """Makes a catalogue model, a GGUF file or a sentence-transformers folder the one in use. A language model's
    file is given to `prove` first, which raises where it cannot be used.

    Raises:
        InputError: it is neither, or not installed.
        ModelError: `prove` refused it; what was in use stays.
    """
    path = Path(choice).expanduser()
    if path.is_file() and _is_gguf(path):
        kind: Kind = "language"
        value = str(path.resolve())
    elif (path / "modules.json").is_file():
        kind, value = "embedding", str(path.resolve())
    elif path.exists():
        raise InputError(
            f"{choice} is neither a GGUF file nor a sentence-transformers folder (no modules.json)"
        )
    else:
        known = entry(choice)
        if not installed(choice):
            raise InputError(f"{choice} is not installed; run: hoibao models pull {choice}")
        kind, value = known.kind, choice
        path = config.models_dir() / choice / (known.file or "")
    if kind == "language":
        prove(path)
    folder = config.models_dir()
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {**_settings(), kind: value}
    partial = folder / f".{_ACTIVE}"
    partial.write_text(json.dumps(chosen, indent=1) + "\n", "utf-8")
    partial.replace(folder / _ACTIVE)
    return active(kind)


def active(kind: Kind) -> Model:
    """The model in use.

    Raises:
        ModelError: it is not there.
    """
    chosen = _chosen(kind)
    if os.sep in chosen:
        path = Path(chosen)
        if not path.exists():
            raise ModelError(f"{chosen} is gone; run: hoibao models use NAME|PATH")
        return Model(path.stem, kind, path, f"{path.stem}@{_fingerprint(path)}")
    record = _record(chosen)
    if record is None:
        raise ModelError(
            "the {kind} model {name} is not installed; run: hoibao models pull",
            kind=kind,
            name=chosen,
        )
    folder = config.models_dir() / chosen
    path = folder / record["file"] if kind == "language" else folder
    return Model(chosen, kind, path, f"{chosen}@{record['revision']}")


def install(folder: Path, known: CatalogueEntry, revision: str) -> None:
    """Records what a finished folder holds and moves it to its place, in one step."""
    files = {
        str(path.relative_to(folder)): {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in _files(folder)
    }
    record = {
        "name": known.name,
        "kind": known.kind,
        "revision": revision,
        "licence": known.licence,
        "source": known.source,
        "file": known.file,
        "bytes": sum(path.stat().st_size for path in _files(folder)),
        "files": files,
    }
    (folder / _RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    target = config.models_dir() / known.name
    if target.exists():
        shutil.rmtree(target)
    folder.replace(target)


def broken(name: str) -> list[str]:
    """What differs from the record of an installed catalogue model, one line a file."""
    folder = config.models_dir() / name
    record = _record(name)
    if record is None:
        return [f"{folder} has no record of what is in it; run: hoibao models pull {name}"]
    lines = []
    for file, expected in record["files"].items():
        path = folder / file
        try:
            if path.stat().st_size != expected["bytes"] or sha256(path) != expected["sha256"]:
                lines.append(f"{path} is damaged; run: hoibao models pull {name}")
        except FileNotFoundError:
            lines.append(f"{path} is missing; run: hoibao models pull {name}")
        except OSError as error:
            lines.append(f"{path} cannot be read ({error.strerror}); change its permissions")
    return lines


def differing(path: Path) -> list[str]:
    """`broken` of the catalogue model that a file or folder belongs to; nothing of one of the user's own."""
    folder = path if path.is_dir() else path.parent
    known = folder.parent == config.models_dir() and (folder / _RECORD).is_file()
    return broken(folder.name) if known else []


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_gguf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"GGUF"


def _settings() -> dict[str, str]:
    return settings(config.models_dir() / _ACTIVE, texts, {})


def _chosen(kind: str) -> str:
    default = next(known.name for known in catalogue() if known.kind == kind and known.default)
    return _settings().get(kind, default)


def _record(name: str) -> dict[str, Any] | None:
    """What is written down of an installed model; None where there is none or it is damaged: then the model has
    to be fetched again, for nothing says what its files should be."""
    return settings(config.models_dir() / name / _RECORD, _recorded, None)


def _recorded(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict) or not isinstance(raw["revision"], str):
        raise TypeError("no record")
    if not isinstance(raw["bytes"], int) or not isinstance(raw["file"], str | None):
        raise TypeError("no record")
    for file, expected in raw["files"].items():
        if Path(file).is_absolute() or ".." in Path(file).parts:
            raise ValueError("a file elsewhere")
        if not isinstance(expected["bytes"], int) or not isinstance(expected["sha256"], str):
            raise TypeError("no record")
    return raw


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(f for f in path.rglob("*") if f.is_file() and f.name != _RECORD)


def _fingerprint(path: Path) -> str:
    """Tells one file or folder of the user's from another without reading gigabytes: names, sizes
    and the small configuration files."""
    digest = hashlib.sha256()
    for file in _files(path):
        digest.update(f"{file.name} {file.stat().st_size}\n".encode())
        if file.suffix == ".json" and file.stat().st_size < 100_000:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
