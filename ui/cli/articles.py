"""Verbs on the articles: add, list, show, correct, remove, trash."""

import argparse
import sys
from contextlib import closing, suppress

from index.errors import HoiBaoError, InputError
from index.language.text import one_line
from index.people import OWNER, listed
from index.types import FIELDS, Filter
from ui import documents
from ui.changes import changing
from ui.changes import told as counted
from ui.cli.opened import dossier, open_library
from ui.cli.output import add_progress, asked, print_json
from ui.cli.parser import PART_DONE, UNUSABLE
from ui.console import tell
from ui.history import History
from ui.parts import kind_words, left_out_line, origin_words
from ui.trash import Trash


def add(options: argparse.Namespace) -> int:
    """Indexes files and folders."""
    library, _ = open_library(options.library)
    paths = " ".join(map(str, options.paths))
    with (
        closing(library),
        changing(library, OWNER, "prune" if options.prune else "add", paths) as line,
    ):
        report = library.add(
            options.paths,
            options.prune,
            add_progress(),
            fields=options.fields,
            sure=lambda gone, count: (
                options.yes
                or asked(
                    f"{gone} of {count} articles have no file any more. Put them into the trash?"
                )
            ),
        )
        line.what = f"{paths}: {counted(report)}"
    with suppress(HoiBaoError), closing(History(library.folder)) as history:
        history.kept.report(report)
    if options.json:
        print_json(documents.add_report(report))
    else:
        for failure in report.failed:
            tell(one_line(f"{failure.path}: {failure.reason}"), sys.stderr)
        tell(
            f"{report.added} added ({report.near_copies} near-copies), {report.updated} updated, "
            f"{report.unchanged} unchanged ({report.renamed} renamed), {report.removed} removed, "
            f"{report.duplicates} duplicates, {len(report.failed)} failed in {report.seconds:.1f} s"
        )
    if report.failed:
        return PART_DONE if report.articles else UNUSABLE
    return 0


def list_articles(options: argparse.Namespace) -> int:
    """Prints a line an article."""
    library, _ = open_library(options.library)
    rows = library.articles(dossier(options, library))
    if options.json:
        print_json([documents.article_row(row) for row in rows])
    else:
        for row in rows:
            day = row.details.published.isoformat() if row.details.published else "          "
            tell(f"{row.id}  {day}  {one_line(row.details.title or row.opening)}")
        tell(f"{len(rows)} articles", sys.stderr)
    return 0


def show(options: argparse.Namespace) -> int:
    """Prints an article, whole."""
    library, _ = open_library(options.library)
    found = library.article(options.id)
    left_out = library.left_out(found.id)
    if options.json:
        (row,) = library.articles(Filter(article_ids=(found.id,)))
        print_json(documents.article(found, row, left_out))
    elif options.left_out:
        for part in left_out:
            tell(f"## {kind_words(part.kind, 'vi')} · {kind_words(part.kind, 'en')}\n{part.text}\n")
    else:
        details = found.details
        for name in FIELDS:
            mark = " (inferred)" if name in details.inferred else ""
            value = getattr(details, name)
            where = f"  [{origin_words(details, name, 'vi')}]" if value else ""
            tell(f"{name}: {one_line(str(value or '-'))}{mark}{where}")
        tell(f"source: {one_line(found.source)}\n\n{found.body}")
        if left_out:
            tell(f"\n{left_out_line(left_out, 'vi')} · {left_out_line(left_out, 'en')}")
        if found.doubts:
            tell(f"\n{len(found.doubts)} words were read from a picture and are not sure:")
            for one in found.doubts:
                sure = f"{one.confidence:.0f}%" if one.confidence else "put together"
                tell(f"  “{found.body[one.start : one.end]}”  page {one.page}, {sure}")
    return 0


def correct(options: argparse.Namespace) -> int:
    """Puts an article's details right."""
    library, _ = open_library(options.library)
    values: dict[str, str | None] = dict(options.values)
    if not values and not options.undo:
        raise InputError("nothing to correct; write FIELD=VALUE, as in: place='Bắc Kạn'")
    fields = " ".join((*values, *options.undo))
    with changing(library, OWNER, "correct", f"{options.id} {fields}"):
        found = library.correct(options.id, values, options.undo)
    corrections = library.corrections(options.id)
    library.close()
    if options.json:
        print_json(documents.corrected(found, corrections))
    else:
        for name in FIELDS:
            mark = " (corrected)" if name in corrections else ""
            tell(f"{name}: {one_line(str(getattr(found.details, name) or '-'))}{mark}")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Puts articles into the trash, or erases them."""
    library, _ = open_library(options.library)
    did = "erase" if options.erase else "remove"
    with closing(library), changing(library, OWNER, did, listed(options.ids)):
        count = library.remove(options.ids, options.erase)
    if options.json:
        print_json({"removed": count})
    elif options.erase:
        tell(f"{count} erased")
    else:
        tell(f"{count} removed; to put back: hoibao trash --restore {' '.join(options.ids)}")
    return 0


def trash(options: argparse.Namespace) -> int:
    """Prints what is in the trash, puts some of it back, or erases all."""
    library, _ = open_library(options.library)
    with closing(library), closing(History(library.folder)) as history:
        found = Trash(library, history)
        if options.restore:
            count = found.restore(options.restore)
            print_json({"restored": count}) if options.json else tell(f"{count} restored")
        elif options.empty:
            count = found.empty()
            print_json({"erased": count}) if options.json else tell(f"{count} erased")
        elif options.json:
            print_json([documents.trashed(item) for item in found.items()])
        else:
            for item in found.items():
                tell(f"{item.id}  {item.kind:12}  until {item.until:%Y-%m-%d}  {item.title}")
            tell(f"{len(found.items())} in the trash", sys.stderr)
    return 0
