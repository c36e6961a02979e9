"""The verb `find`: exact search in every whole article."""

import argparse
import sys
import time
from contextlib import closing

from index.config import FIND
from index.errors import InputError
from index.find.found import Found
from index.language.text import one_line
from ui import documents, spreadsheet
from ui.cli.asking import each
from ui.cli.inputs import query
from ui.cli.opened import dossier, open_library
from ui.cli.output import print_json
from ui.console import tell
from ui.finding import count_line, group_lines


def find(options: argparse.Namespace) -> int:
    """Prints what a query finds, or each line of standard input; writes all of it as CSV."""
    batch = options.query == "-"
    if batch and options.csv:
        raise InputError("--csv takes one query; write it instead of -")
    library, _ = open_library(options.library)

    def one(line: str) -> None:
        asked = query(line)[0] if batch else line
        began = time.monotonic()
        found = library.find(asked, only, options.by, options.k)
        if options.csv:
            every = library.find(asked, only, options.by, None, places=FIND.exported)
            options.csv.write_bytes(spreadsheet.places(every))
        if options.json or batch:
            print_json(documents.find(asked, found, time.monotonic() - began))
        else:
            _tell(found)

    with closing(library):
        only = dossier(options, library)
        return each(options.query, one, documents.not_found)


def _tell(found: Found) -> None:
    for one in found.articles:
        day = one.published.isoformat() if one.published else "          "
        about = " · ".join(one_line(part) for part in (one.title, one.outlet) if part)
        tell(f"{one.id}  {day}  {about}")
        for at in one.places:
            tell(f"    [{at.start}:{at.end}] {at.before}»{one_line(at.quote)}«{at.after}")
        if one.more:
            tell(f"    … +{one.more}")
    for line in group_lines(found):
        tell(line)
    tell(count_line(found, "vi") + " / " + count_line(found, "en"), sys.stderr)
