"""The trash: what was removed from the library and what was deleted of the conversations, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from index.config import TRASH
from index.errors import InputError
from index.library import Library
from index.people import OWNER, Person, listed
from index.types import Trashed
from ui.changes import changing
from ui.history import History


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the trash: since when, and when it is erased; `source` is an article's, else ""."""

    id: str
    kind: Literal["article", "conversation"]
    title: str
    source: str
    removed: datetime
    until: datetime


class Trash:
    """The trash of one library and the conversations of one person: the owner, or with `of` another. Articles
    are the editors' to put back and to erase."""

    def __init__(self, library: Library, history: History, person: Person = OWNER) -> None:
        self._library = library
        self._history = history.of(person.id)
        self._person = person

    def of(self, person: Person) -> "Trash":
        """The trash of a person."""
        return Trash(self._library, self._history, person)

    def items(self) -> list[Item]:
        """What is in it, the last removed first; to members their own conversations."""
        if not self._person.edits:
            return [_item(one, "conversation") for one in self._history.trash()]
        found = [_item(one, "article") for one in self._library.trash()]
        found += [_item(one, "conversation") for one in self._history.trash()]
        return sorted(found, key=lambda item: item.removed, reverse=True)

    def restore(self, found: Sequence[str]) -> int:
        """Takes what has these ids out of it; returns how many they are.

        Raises:
            InputError: one of them is not in the trash; then none is.
        """
        kinds = {item.id: item.kind for item in self.items()}
        for one in found:
            if one not in kinds:
                raise InputError("no {id!r} in the trash; hoibao trash shows what is", id=one)
        articles = [one for one in dict.fromkeys(found) if kinds[one] == "article"]
        others = [one for one in dict.fromkeys(found) if kinds[one] == "conversation"]
        count = 0
        if articles:
            with changing(self._library, self._person, "restore", listed(articles)):
                count = self._library.restore(articles)
        return count + self._history.restore(others)

    def empty(self) -> int:
        """Erases what is in it from every file; returns how much that was.

        Raises:
            LibraryError: it is gone, but its traces could not be overwritten yet.
        """
        count = self._history.empty_trash()
        if self._person.edits:
            with changing(self._library, self._person, "erase", "the trash") as line:
                articles = self._library.empty_trash()
                line.what = f"the trash: {articles} articles"
            count += articles
        return count


def _item(one: Trashed, kind: Literal["article", "conversation"]) -> Item:
    removed = datetime.fromtimestamp(one.removed, UTC)
    until = removed + timedelta(days=TRASH.days)
    return Item(one.id, kind, one.title, one.source, removed, until)
