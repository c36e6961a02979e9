"""The people of a library, and what is written down of what they change in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from index.errors import InputError
from index.language.text import fold, nfc, one_line, visible

#: A member asks, searches, and has conversations and notes; an editor changes the library, too.
Role = Literal["member", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
#: Characters of a name, at most; ids that a line names, which has the number of more.
_NAME, _LISTED = 60, 20


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the library. `id` is what is theirs is kept under, and never another's; "" is the
    owner of the machine, whose everything is that was kept before there were people."""

    id: str = ""
    name: str = ""
    role: Role = "editor"

    @property
    def edits(self) -> bool:
        """Whether they may change the library."""
        return self.role == "editor"


OWNER = Person()
#: Who does what nobody asks for: it throws away what has waited in the trash for long enough.
PROGRAM = Person("", "hoibao")


@dataclass(frozen=True, slots=True)
class Did:
    """A line of the audit: when (seconds since 1970) who did what to the library. `state`: "begun" where it
    was not heard how it ended (it is under way, or the program was killed), "done", "failed"."""

    number: int
    at: float
    person: str
    name: str
    did: str
    what: str
    state: str


def listed(article_ids: Sequence[str]) -> str:
    """Articles in a line of the audit."""
    found = list(article_ids)
    return " ".join(found) if len(found) <= _LISTED else f"{len(found)} articles"


def usable_name(name: str) -> str:
    """A person's name as it is kept.

    Raises:
        InputError: it is empty or too long.
    """
    name = one_line(visible(nfc(name))).strip()
    if not name or len(name) > _NAME:
        raise InputError("a name has 1 to {most} characters", most=_NAME)
    return name


def name_key(name: str) -> str:
    """What one name is known by: "Hoà " and "hòa" are the same."""
    return fold(one_line(name).strip())
