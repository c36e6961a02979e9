"""Verbs on people: users (who may come in), audit (what was changed, by whom)."""

import argparse
import getpass
import secrets
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from index.errors import InputError
from index.language.text import one_line
from index.library import Library
from index.people import OWNER, ROLES, Person
from ui import documents
from ui.changes import changing
from ui.cli.opened import open_library
from ui.cli.output import print_json
from ui.console import tell, tell_error
from ui.history import History
from ui.keys import digest, hashed

#: Bytes of a token, before they are written in letters.
_TOKEN = 32


def users(options: argparse.Namespace) -> int:
    """Lists people, lets somebody in or out, or changes what lets them in."""
    library, _ = open_library(options.library)
    with closing(library):
        match options.what:
            case [] | ["list"]:
                _list(library, options.json)
            case ["add", name]:
                password = hashed(_password(options.password_file))
                with changing(library, OWNER, "users", f"add {one_line(name)} {options.role}"):
                    made = library.people.add(name, password, options.role)
                _told(made, options.json, f"{made.name} may come in, as {made.role}")
            case ["remove", name]:
                _remove(library, name, options)
            case ["password", name]:
                person = library.people.named(name)
                password = hashed(_password(options.password_file))
                with changing(library, OWNER, "users", f"password {person.name}"):
                    library.people.change_password(person, password)
                said = f"{person.name} logs in anew; the token of before has ended, too"
                _told(person, options.json, said)
            case ["role", name, role] if role in ROLES:
                person = library.people.named(name)
                with changing(library, OWNER, "users", f"role {person.name} {role}"):
                    library.people.change_role(person, role)
                _told(library.people.named(name), options.json, f"{person.name} is {role}")
            case ["token", name]:
                _token(library, name, options.json)
            case _:
                raise InputError(
                    "write: users list, users add NAME, users remove NAME, users password NAME, "
                    "users role NAME member|editor, or users token NAME"
                )
    return 0


def audit(options: argparse.Namespace) -> int:
    """Lists what was changed, the latest last."""
    library, _ = open_library(options.library)
    with closing(library):
        found = library.people.audit(options.n)[::-1]
    if options.json:
        print_json([documents.did(one) for one in found])
        return 0
    for one in found:
        state = "" if one.state == "done" else f"  ({one.state})"
        day = f"{datetime.fromtimestamp(one.at):%Y-%m-%d %H:%M:%S}"
        tell(f"{day}  {one.name or 'owner'}  {one.did}  {one_line(one.what)}{state}")
    tell(f"{len(found)} changes", sys.stderr)
    return 0


def _list(library: Library, as_json: bool) -> None:
    found = library.people.all()
    if as_json:
        print_json([documents.person(one) for one in found])
        return
    for one in found:
        tell(f"{one.role:8}  {one.name}")
    tell(
        f"{len(found)} people" if found else "nobody; the library is its owner's alone", sys.stderr
    )


def _told(person: Person, as_json: bool, said: str) -> None:
    print_json(documents.person(person)) if as_json else tell(said)


def _remove(library: Library, name: str, options: argparse.Namespace) -> None:
    person = library.people.named(name)
    what = f"remove {person.name}{' --erase' if options.erase else ''}"
    with changing(library, OWNER, "users", what):
        library.people.remove(person)
        if options.erase:
            library.people.erase_notes(person)
            with closing(History(library.folder)) as history:
                history.of(person.id).erase()
    said = (
        "what was theirs is erased"
        if options.erase
        else "what was theirs stays, and nobody sees it"
    )
    _told(person, options.json, f"{person.name} is removed; {said}")


def _token(library: Library, name: str, as_json: bool) -> None:
    person = library.people.named(name)
    token = secrets.token_urlsafe(_TOKEN)
    with changing(library, OWNER, "users", f"token {person.name}"):
        library.people.give_token(person, digest(token))
    if as_json:
        print_json({**documents.person(person), "token": token})
    else:
        tell(token)
        tell_error(
            f"for {person.name}'s programs; it is not shown again, and the one before has ended"
        )


def _password(file: str | None) -> str:
    """The password that was typed twice without being shown; else the first line of a file, or of standard
    input where nobody sits there.

    Raises:
        InputError: it was typed differently, or cannot be read.
    """
    if file is None and sys.stdin.isatty():
        password = getpass.getpass("Mật khẩu / password: ")
        if getpass.getpass("Một lần nữa / again: ") != password:
            raise InputError("these were two different passwords; try again")
        return password
    try:
        if file in (None, "-"):
            return sys.stdin.readline().rstrip("\r\n")
        with Path(file or "").open(encoding="utf-8") as reading:
            return reading.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the password cannot be read ({error}); name another file") from None
