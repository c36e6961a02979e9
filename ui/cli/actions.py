"""Options of the verbs that do several things."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index.language.text import one_line
from index.people import ROLES
from ui.cli.inputs import positive


def add_people(verb: Callable[..., Any]) -> None:
    """The verbs on people: users, audit."""
    users = verb("users", "users", "users", "who may come in where several people ask")
    users.add_argument(
        "what", nargs="*", metavar="DO",
        help="list (or nothing); add NAME; remove NAME; password NAME; role NAME member|editor; token NAME: "
        "one for this person's programs. The password is asked for, or is the first line of standard input",
    )  # fmt: skip
    users.add_argument(
        "--role", choices=ROLES, default="member", help="add: members ask and have their notes; editors "
        "change the articles, too (member)",
    )  # fmt: skip
    users.add_argument(
        "--password-file", metavar="FILE", help="the password is its first line; -: standard input"
    )
    users.add_argument(
        "--erase", action="store_true",
        help="remove: with their conversations, notes and questions, from every file",
    )  # fmt: skip
    audit = verb("audit", "users", "audit", "what was changed in the library, when and by whom")
    audit.add_argument("-n", type=positive, default=100, metavar="N", help="the last N (100)")


def add_dossiers(made: Any) -> None:
    """What `dossier` does; nothing named is a list."""
    made.set_defaults(action="list")
    actions = made.add_subparsers(
        metavar="list | new | add | drop | rename | delete | export", parser_class=type(made)
    )

    def action(name: str, help: str) -> Any:
        part = actions.add_parser(name, help=help)
        part.set_defaults(action=name)
        # Also behind the action; without a default of its own, which would undo the one before it.
        part.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        if name != "list":
            part.add_argument("name", metavar="NAME")
        return part

    action("list", "all of them, with how many articles each has")
    for name, help in (
        ("new", "make one: of articles, what `find` finds (--find QUERY), a folder (--folder DIR)"),
        ("add", "put articles in: their ids, --find QUERY, --folder DIR"),
    ):
        part = action(name, help)
        part.add_argument("ids", nargs="*", type=one_line, metavar="ID")
        part.add_argument("--find", metavar="QUERY", help="every article that the query matches")
        part.add_argument(
            "--folder", type=Path, metavar="DIR", help="every article that came from this folder"
        )
    drop = action("drop", "take articles out; they stay in the library")
    drop.add_argument("ids", nargs="+", type=one_line, metavar="ID")
    action("rename", "give it another name").add_argument("new", metavar="NEW")
    action("delete", "delete it; its articles stay in the library")
    export = action("export", "its articles with their notes, --to FILE.md, .docx or .csv")
    export.add_argument("--to", type=Path, required=True, metavar="FILE")
