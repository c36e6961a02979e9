"""Verbs on notes: note, notes."""

import argparse
import sys
from contextlib import closing

from index.language.text import one_line
from index.types import Filter
from ui import documents
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.console import tell
from ui.dossiers import exported, kind_of, note_line, of_notes, quoted, state_line
from ui.text import say


def note(options: argparse.Namespace) -> int:
    """Keeps a note, a tag or a star on an article, or on words of it."""
    library, _ = open_library(options.library)
    with closing(library):
        number = library.notes.add(
            options.id, options.text, options.quote, options.tag, options.star
        )
        found = library.notes.find(Filter(article_ids=(options.id,)))
    (kept,) = [one for one in found if one.note.number == number]
    print_json(documents.noted(kept)) if options.json else tell(f"note {number} is kept")
    return 0


def notes(options: argparse.Namespace) -> int:
    """Lists notes, writes them to a file, or deletes some."""
    library, _ = open_library(options.library)
    with closing(library):
        if options.remove:
            count = library.notes.remove(options.remove)
            print_json({"removed": count}) if options.json else tell(f"{count} removed")
            return 0
        number = library.dossiers.named(options.dossier).number if options.dossier else None
        ids = (library.article(options.article).id,) if options.article else ()
        only = Filter(article_ids=ids, dossier=number)
        found = library.notes.find(only, options.tag, options.starred)
    if options.to:
        name = options.dossier or say("notes", "vi")
        options.to.write_bytes(exported(of_notes(found), name, kind_of(options.to), "vi"))
    if options.json:
        print_json([documents.noted(one) for one in found])
        return 0
    for one in found:
        tell(f"{one.note.number:5}  {one.note.article_id}  {note_line(one, 'vi')}")
        about = [quoted(one) and f"»{quoted(one)}«", state_line(one, "vi")]
        tell(f"       {one_line(one.article.title)}" + "".join(f"\n       {x}" for x in about if x))
    tell(f"{len(found)} notes", sys.stderr)
    return 0
