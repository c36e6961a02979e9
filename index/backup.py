"""A library as one file, and back: a zip of its two databases, copied by SQLite's own backup while the
program runs, and of the files that the page keeps.

The vectors stand in `library.db`; Chroma is made anew from them. The page's secret is not in it.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from index.errors import Damaged, InputError, LibraryError
from index.sealed import stays_inside

_DATABASES = ("library.db", "history.db")
_TOLD = "hoibao.json"
#: Of the zip's own list, in bytes: the most that is read of it.
_LIST = 50_000_000
_BLOCK = 1 << 20
#: The tables and columns that name files.
_PATHS = (
    ("article", "source"),
    ("article", "file"),
    ("trash", "source"),
    ("trash", "file"),
    ("file", "path"),
)
#: What reading a zip that is broken, protected or another program's can raise.
_NO_BACKUP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds."""

    articles: int
    files: int
    bytes: int


def backup(folder: Path, file: Path) -> Kept:
    """Writes the library in a folder to a new file, whole or not at all, as it is at one moment.

    Raises:
        InputError: there is no library, or the file is there already.
        LibraryError: a database is damaged, or cannot be read.
    """
    if not (folder / "library.db").is_file():
        raise InputError("{folder} holds no library; name it with --library", folder=folder)
    if file.exists():
        raise InputError("{file} is there already; choose another name", file=file)
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".hoibao-", dir=file.absolute().parent) as place:
            copies = {
                name: _copied(folder / name, Path(place) / name)
                for name in _DATABASES
                if (folder / name).is_file()
            }
            kept = folder / "files"
            others = sorted(
                path for path in kept.rglob("*") if path.is_file() and not path.is_symlink()
            )
            copies |= {path.relative_to(folder).as_posix(): path for path in others}
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                hashes = {name: _packed(packed, path, name) for name, path in copies.items()}
                told = {"folder": str(folder.absolute()), "sha256": hashes}
                packed.writestr(_TOLD, json.dumps(told, ensure_ascii=False))
            articles = _count(copies["library.db"])
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return Kept(articles, len(others), file.stat().st_size)


def restore(file: Path, folder: Path) -> Kept:
    """Puts a backup into a folder, where nothing lies yet: all of it, or nothing.

    Raises:
        InputError: the folder is not empty, or the file is no whole backup.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise InputError(
            "{folder} is not empty; a backup is put into a new folder: --library NEW_FOLDER",
            folder=folder,
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with _opened(file) as (packed, told):
            for name, digest in told["sha256"].items():
                if _unpacked(packed, name, part) != digest:
                    raise InputError(
                        "{file}: {name} is not as it was; take another copy of it",
                        file=file,
                        name=name,
                    )
        paths_moved(part / "library.db", told["folder"], str(folder.absolute()))
        _noted(part / "library.db", file.name)
        articles = _count(part / "library.db")
        if folder.is_dir():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Kept(articles, len(told["sha256"].keys() - set(_DATABASES)), file.stat().st_size)


def _copied(source: Path, copy: Path) -> Path:
    """A database as it is at one moment, whatever writes it meanwhile."""
    uri = f"{source.absolute().as_uri()}?mode=rw"
    try:
        with (
            contextlib.closing(sqlite3.connect(uri, uri=True, timeout=30)) as reading,
            contextlib.closing(sqlite3.connect(copy)) as writing,
        ):
            reading.backup(writing)  # in one step: a writer does not make it begin anew
            found = writing.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise LibraryError(
            f"{source} cannot be copied ({error}); free some space, or try again"
        ) from None
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise Damaged(f"{source} is damaged ({found}); run: hoibao doctor --repair")
    return copy


def _packed(packed: zipfile.ZipFile, path: Path, name: str) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as reading, packed.open(name, "w", force_zip64=True) as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
    return digest.hexdigest()


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The zip of a backup, and what it says of itself."""
    try:
        with zipfile.ZipFile(file) as packed:
            with packed.open(_TOLD) as reading:
                told = json.loads(reading.read(_LIST))
            names, folder = told["sha256"], told["folder"]
            if not isinstance(names, dict) or not isinstance(folder, str):
                raise TypeError
            if "library.db" not in names or not all(map(_ours, names)):
                raise ValueError
            yield packed, told
    except _NO_BACKUP:
        raise InputError(
            "{file} is no whole backup of a library; take another copy of it", file=file
        ) from None


def _ours(name: str) -> bool:
    """Whether a name is one that a backup has, and leads nowhere else."""
    parts = PurePosixPath(name).parts
    return name in _DATABASES or (stays_inside(name) and len(parts) > 1 and parts[0] == "files")


def _unpacked(packed: zipfile.ZipFile, name: str, place: Path) -> str:
    target = place / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with packed.open(name) as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
        os.fsync(writing.fileno())
    return digest.hexdigest()


def _noted(path: Path, name: str) -> None:
    """A line of the audit: from here on it is not what it was when the backup was made."""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'").fetchone():
            line = (time.time(), "", "", "backup", f"restored from {name}", "done")
            db.execute(
                "INSERT INTO audit (at, person, name, did, what, state) VALUES (?, ?, ?, ?, ?, ?)",
                line,
            )


def _count(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as db:
        count: int = db.execute("SELECT count(*) FROM article").fetchone()[0]
    return count


def paths_moved(path: Path, old: str, new: str) -> None:
    """Files that the page keeps lie in another folder now; articles say so, so that they are erased there."""
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        for table, column in _PATHS:
            if table in tables:
                db.execute(
                    f"UPDATE {table} SET {column} = ? || substr({column}, ?)"
                    f" WHERE substr({column}, 1, ?) = ?",
                    (new, len(old) + 1, len(old) + 7, f"{old}/files/"),
                )
