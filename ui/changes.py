"""How people change a library: who may, and what they did. A line is written before a change begins and again
when it has ended, so that one that was killed in the middle is in the audit, too."""

import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import InputError, LibraryError
from index.library import Library
from index.people import Person
from index.types import AddReport

_log = logging.getLogger("hoibao")


class Line:
    """A line that is being written; `what` may be told better when the change has ended."""

    def __init__(self, what: str) -> None:
        self.what = what


@contextmanager
def changing(library: Library, person: Person, did: str, what: str = "") -> Iterator[Line]:
    """Writes down that a person does something to the library. Where it turns out to be unusable, nothing was
    changed and nothing is written.

    Raises:
        InputError: they may not.
    """
    require_editor(person)
    line, audit = Line(what), library.people
    try:
        number = audit.write(person, did, what)
    except LibraryError as error:  # on a full disk something may be erased all the same
        _log.warning("hoibao: the audit is not written: %s", error)
        number = 0
    state = "done"
    try:
        yield line
    except BaseException as error:
        state = "" if isinstance(error, InputError) else "failed"
        raise
    finally:
        with contextlib.suppress(LibraryError):
            audit.end_line(number, line.what, state) if state else audit.strike(number)


def require_editor(person: Person) -> None:
    """Nothing, for who may change the library.

    Raises:
        InputError: they may not.
    """
    if not person.edits:
        raise InputError("only editors change the library; ask one of them")


def told(report: AddReport) -> str:
    """What was added, in a line."""
    counts = {
        "added": report.added,
        "updated": report.updated,
        "removed": report.removed,
        "failed": len(report.failed),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing new"
