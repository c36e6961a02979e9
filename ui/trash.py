"""The trash: what was removed from the library and what was deleted of the conversations, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from index.config import TRASH
from index.errors import InputError
from index.library import Library
from index.types import Trashed
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
    """The trash of one library and its conversations."""

    def __init__(self, library: Library, history: History) -> None:
        self._library = library
        self._history = history

    def items(self) -> list[Item]:
        """What is in it, the last removed first."""
        found = [_item(one, "article") for one in self._library.trash()]
        found += [_item(one, "conversation") for one in self._history.trash()]
        return sorted(found, key=lambda item: item.removed, reverse=True)

    def restore(self, ids: Sequence[str]) -> int:
        """Takes what has these ids out of it; returns how many they are.

        Raises:
            InputError: one of them is not in the trash; then none is.
        """
        kinds = {item.id: item.kind for item in self.items()}
        for one in ids:
            if one not in kinds:
                raise InputError("no {id!r} in the trash; hoibao trash shows what is", id=one)
        articles = [one for one in dict.fromkeys(ids) if kinds[one] == "article"]
        others = [one for one in dict.fromkeys(ids) if kinds[one] == "conversation"]
        return (self._library.restore(articles) if articles else 0) + self._history.restore(others)

    def empty(self) -> int:
        """Erases what is in it from every file; returns how much that was.

        Raises:
            LibraryError: it is gone, but its traces could not be overwritten yet.
        """
        return self._history.empty_trash() + self._library.empty_trash()


def _item(one: Trashed, kind: Literal["article", "conversation"]) -> Item:
    removed = datetime.fromtimestamp(one.removed, UTC)
    until = removed + timedelta(days=TRASH.days)
    return Item(one.id, kind, one.title, one.source, removed, until)
