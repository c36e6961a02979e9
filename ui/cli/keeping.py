"""Verbs that keep a library: backup, restore, move."""

import argparse
from dataclasses import asdict

from index import config
from index.backup import backup as written
from index.backup import restore as put_back
from index.errors import InputError
from index.moving import move as taken
from index.store.place import is_address
from index.store.schema import STEPS
from ui.cli.output import print_json
from ui.console import tell
from ui.schema import STEPS as TALKS

#: All databases of a library.
PARTS = (("library.db", STEPS), ("history.db", TALKS))


def backup(options: argparse.Namespace) -> int:
    """Writes the library to one file."""
    _require_files()
    kept = written(options.library or config.library_dir(), options.file)
    if options.json:
        print_json(asdict(kept))
    else:
        tell(
            f"{kept.articles} articles and {kept.files} files in {options.file} ({kept.bytes / 1e6:.1f} MB)"
        )
    return 0


def restore(options: argparse.Namespace) -> int:
    """Puts a backup into the library's folder, where nothing lies yet."""
    _require_files()
    folder = options.library or config.library_dir()
    kept = put_back(options.file, folder)
    if options.json:
        print_json(asdict(kept))
    else:
        tell(f"{kept.articles} articles and {kept.files} files in {folder}")
    return 0


def move(options: argparse.Namespace) -> int:
    """Copies the library to a PostgreSQL server, or from there to a folder; nothing is embedded again."""
    moved = taken(options.library or config.library_dir(), options.to, PARTS)
    if options.json:
        print_json(asdict(moved))
    else:
        use = "HOIBAO_STORE=ADDRESS" if is_address(options.to) else f"--library {options.to}"
        rows = sum(moved.rows.values())
        tell(
            f"{moved.articles} articles moved, {rows} rows compared; the old one is as it was. To use the new "
            f"one: {use}"
        )
    return 0


def _require_files() -> None:
    if config.store_address():
        raise InputError(
            "the library is on PostgreSQL: back it up there (pg_dump, pg_restore) with the folder's files, or "
            "take it to a folder first: hoibao move FOLDER"
        )
