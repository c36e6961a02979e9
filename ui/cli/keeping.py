"""Verbs that keep a library: backup, restore."""

import argparse
from dataclasses import asdict

from index import config
from index.backup import backup as written
from index.backup import restore as put_back
from ui.cli.output import print_json
from ui.console import tell


def backup(options: argparse.Namespace) -> int:
    """Writes the library to one file."""
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
    folder = options.library or config.library_dir()
    kept = put_back(options.file, folder)
    if options.json:
        print_json(asdict(kept))
    else:
        tell(f"{kept.articles} articles and {kept.files} files in {folder}")
    return 0
