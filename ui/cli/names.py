"""Verbs on names: names, offices."""

import argparse
import sys
from contextlib import closing

from index.errors import InputError
from index.language.text import one_line
from index.library import Library
from index.named import Name
from index.people import OWNER
from ui import documents, spreadsheet
from ui.changes import changing
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.console import tell
from ui.text import both


def names(options: argparse.Namespace) -> int:
    """Prints the names, or the articles of one; merges, parts or confirms."""
    library, _ = open_library(options.library)
    with closing(library):
        match options.what:
            case []:
                _list(library.names.names(options.kind, options.find), options.json)
            case ["merge", into, other]:
                with changing(library, OWNER, "names", f"merge {into} ← {other}"):
                    merged = library.names.merge(into, other)
                _one(merged, options.json)
            case ["confirm", name]:
                with changing(library, OWNER, "names", f"confirm {name}"):
                    confirmed = library.names.confirm(name)
                _one(confirmed, options.json)
            case ["part", name]:
                with changing(library, OWNER, "names", f"part {name}"):
                    count = library.names.part(name)
                if options.json:
                    print_json({"parted": count})
                else:
                    tell(f"{count} parted")
            case ["merge" | "part" | "confirm", *_]:
                raise InputError("write: names merge A B, names part A, or names confirm A")
            case words:
                _standing(library, " ".join(words), options.json)
    return 0


def offices(options: argparse.Namespace) -> int:
    """Prints who held which office; writes it as CSV."""
    library, _ = open_library(options.library)
    with closing(library):
        found = library.names.offices(options.office, options.person)
    if options.csv:
        options.csv.write_bytes(spreadsheet.offices(found))
    if options.json:
        print_json([documents.office(one) for one in found])
    elif not options.csv:
        for one in found:
            days = documents.span(one.first.published, one.last.published)
            held = one_line(f"{one.office} {one.organisation}: {one.person}")
            tell(f"{days:23}  {held} ({one.articles})")
            for seen in dict.fromkeys((one.first, one.last)):
                tell(f"    [{seen.article} {seen.start}:{seen.end}] »{one_line(seen.quote)}«")
    tell(f"{len(found)} · {both('names_say')}", sys.stderr)
    return 0


def _list(found: list[Name], as_json: bool) -> None:
    if as_json:
        print_json([documents.name(one) for one in found])
        return
    for one in found:
        tell(_line(one))
    tell(f"{len(found)} · {both('names_say')}", sys.stderr)


def _one(name: Name, as_json: bool) -> None:
    if as_json:
        print_json(documents.name(name))
    else:
        tell(_line(name))


def _line(one: Name) -> str:
    also = f" (= {', '.join(one.merged)})" if one.merged else ""
    days = documents.span(one.first, one.last)
    said = one_line(f"{both(f'name_{one.kind}')}: {one.name}{also}")
    return f"{one.id}  {one.articles:5}  {days:23}  {said}"


def _standing(library: Library, name: str, as_json: bool) -> None:
    one = library.names.one(name)
    found = library.names.standing(one)
    if as_json:
        articles = [
            {**documents.seen(seen), "title": library.article(seen.article).title} for seen in found
        ]
        print_json({**documents.name(one), "articles_with_it": articles})
        return
    for seen in found:
        day = seen.published.isoformat() if seen.published else "          "
        tell(f"{seen.article}  {day}  {one_line(library.article(seen.article).title)}")
    tell(_line(one), sys.stderr)
