"""The verb `dossier`: named sets of articles."""

import argparse
import sys
from contextlib import closing

from index.errors import InputError
from index.language.text import one_line
from index.library import Library
from index.people import OWNER, listed
from index.types import Dossier
from ui.changes import changing
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.console import tell
from ui.documents import Json
from ui.dossiers import exported, kind_of, of_dossier


def dossier(options: argparse.Namespace) -> int:
    """Lists the dossiers, makes and changes them."""
    library, _ = open_library(options.library)
    with closing(library):
        if options.action == "list":
            _list(library, options.json)
            return 0
        done = _ACTIONS[options.action](library, options)
    if options.json:
        print_json(done)
    else:
        tell(one_line(", ".join(f"{name}: {value}" for name, value in done.items())))
    return 0


def _list(library: Library, as_json: bool) -> None:
    every = library.dossiers.all()
    if as_json:
        print_json([_told(one) for one in every])
        return
    for one in every:
        tell(f"{one.articles:6}  {one_line(one.name)}")
    tell(f"{len(every)} dossiers", sys.stderr)


def _new(library: Library, options: argparse.Namespace) -> Json:
    ids = _named(library, options)
    with changing(library, OWNER, "dossier", f"new {options.name}: {listed(ids)}"):
        return _told(library.dossiers.new(options.name, ids))


def _add(library: Library, options: argparse.Namespace) -> Json:
    before = library.dossiers.named(options.name)
    ids = _named(library, options)
    if not ids and not options.find:
        raise InputError("nothing to add; name articles (ID), --find QUERY or --folder DIR")
    with changing(library, OWNER, "dossier", f"{options.name}: + {listed(ids)}"):
        after = library.dossiers.add(options.name, ids)
    return {**_told(after), "added": after.articles - before.articles}


def _drop(library: Library, options: argparse.Namespace) -> Json:
    before = library.dossiers.named(options.name)
    with changing(library, OWNER, "dossier", f"{options.name}: - {listed(options.ids)}"):
        after = library.dossiers.drop(options.name, options.ids)
    return {**_told(after), "dropped": before.articles - after.articles}


def _rename(library: Library, options: argparse.Namespace) -> Json:
    with changing(library, OWNER, "dossier", f"{options.name} → {options.new}"):
        return _told(library.dossiers.rename(options.name, options.new))


def _delete(library: Library, options: argparse.Namespace) -> Json:
    with changing(library, OWNER, "dossier", f"delete {options.name}"):
        return {**_told(library.dossiers.delete(options.name)), "deleted": True}


def _export(library: Library, options: argparse.Namespace) -> Json:
    found, kind = library.dossiers.named(options.name), kind_of(options.to)
    entries = of_dossier(library, found)
    options.to.write_bytes(exported(entries, found.name, kind, "vi"))
    notes = sum(len(entry.notes) for entry in entries)
    return {**_told(found), "notes": notes, "file": str(options.to)}


_ACTIONS = {
    "new": _new,
    "add": _add,
    "drop": _drop,
    "rename": _rename,
    "delete": _delete,
    "export": _export,
}


def _named(library: Library, options: argparse.Namespace) -> list[str]:
    """The ids that a command line names: themselves, by an exact search, by a folder."""
    ids = list(options.ids)
    if options.find:
        ids += [one.id for one in library.find(options.find, limit=None, places=0).articles]
    if options.folder:
        ids += library.dossiers.below(options.folder)
    return ids


def _told(one: Dossier) -> Json:
    return {"name": one.name, "articles": one.articles}
