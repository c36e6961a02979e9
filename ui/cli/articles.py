"""Verbs on the articles: add, list, show, correct, remove."""

import argparse
import sys

from index.errors import InputError
from index.language.text import one_line
from index.types import Filter
from ui import documents
from ui.cli.opened import open_library
from ui.cli.output import add_progress, print_json
from ui.cli.parser import PART_DONE, UNUSABLE
from ui.console import tell


def add(options: argparse.Namespace) -> int:
    """Indexes files and folders."""
    library, _ = open_library(options.library)
    report = library.add(options.paths, options.prune, add_progress(), fields=options.fields)
    library.close()
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
    rows = library.articles()
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
    if options.json:
        (row,) = library.articles(Filter(article_ids=(found.id,)))
        print_json(documents.article(found, row))
    else:
        details = found.details
        for name in ("title", "outlet", "author", "published", "time", "place", "url"):
            mark = " (inferred)" if name in details.inferred else ""
            tell(f"{name}: {one_line(str(getattr(details, name) or '-'))}{mark}")
        tell(f"source: {one_line(found.source)}\n\n{found.body}")
    return 0


def correct(options: argparse.Namespace) -> int:
    """Puts an article's details right."""
    library, _ = open_library(options.library)
    values: dict[str, str | None] = dict(options.values)
    if not values and not options.undo:
        raise InputError("nothing to correct; write FIELD=VALUE, as in: place='Bắc Kạn'")
    if options.undo:
        library.undo_corrections(options.id, options.undo)
    if values:
        library.correct(options.id, values)
    found, corrections = library.article(options.id), library.corrections(options.id)
    library.close()
    if options.json:
        print_json(documents.corrected(found, corrections))
    else:
        for name in ("title", "outlet", "author", "published", "time", "place", "url"):
            mark = " (corrected)" if name in corrections else ""
            tell(f"{name}: {one_line(str(getattr(found.details, name) or '-'))}{mark}")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Forgets articles."""
    library, _ = open_library(options.library)
    count = library.remove(options.ids)
    library.close()
    if options.json:
        print_json({"removed": count})
    else:
        tell(f"{count} removed")
    return 0
