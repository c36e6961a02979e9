"""Dossiers: named sets of articles inside a library, made by hand, of what exact search finds, by the
folder that files came from. An article may be in several."""

import os
from collections.abc import Sequence
from pathlib import Path

from index.errors import InputError
from index.language.text import nfc, one_line
from index.store.protocol import Store
from index.types import Dossier

#: How long a name may be, in characters.
_NAME = 120


class Dossiers:
    """The dossiers of a library."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = store.dossiers

    def all(self) -> list[Dossier]:
        """All of them, by name."""
        return self._kept.all()

    def of(self, article_id: str) -> list[Dossier]:
        """Those that an article is in."""
        return self._kept.of(article_id)

    def members(self, dossier: Dossier) -> list[str]:
        """The ids of its articles that are in the library, by day."""
        return self._kept.members(dossier.number)

    def named(self, name: str) -> Dossier:
        """The one of this name.

        Raises:
            InputError: there is none; the line names those that there are.
        """
        found = self._kept.named(_name(name))
        if not found:
            raise InputError(
                "no dossier {name!r}; there are: {names}",
                name=_name(name),
                names=", ".join(one.name for one in self.all()) or "-",
            )
        return found

    def new(self, name: str, article_ids: Sequence[str] = ()) -> Dossier:
        """Makes one of these articles.

        Raises:
            InputError: there is one of this name, the name is empty, or one of the articles is not in the
                library; then none is made.
        """
        name = _name(name)
        self._require_free(name)
        self._require(article_ids)
        self._kept.new(name)
        return self.add(name, article_ids)

    def add(self, name: str, article_ids: Sequence[str]) -> Dossier:
        """Puts articles into one; returns it as it is then.

        Raises:
            InputError: there is none of this name, or one of the articles is not in the library; then none is
                put in.
        """
        found = self.named(name)
        self._require(article_ids)
        self._kept.add(found.number, article_ids)
        return self.named(name)

    def drop(self, name: str, article_ids: Sequence[str]) -> Dossier:
        """Takes articles out of one, in which they need not be; returns it as it is then.

        Raises:
            InputError: there is none of this name.
        """
        self._kept.drop(self.named(name).number, article_ids)
        return self.named(name)

    def rename(self, name: str, new: str) -> Dossier:
        """Gives one another name; returns it as it is then.

        Raises:
            InputError: there is none of this name, or another has the new one.
        """
        found, new = self.named(name), _name(new)
        other = self._kept.named(new)
        if not other or other.number != found.number:  # else it is only written otherwise
            self._require_free(new)
        self._kept.rename(found.number, new)
        return self.named(new)

    def delete(self, name: str) -> Dossier:
        """Deletes one, whose articles stay in the library; returns what it was.

        Raises:
            InputError: there is none of this name.
        """
        found = self.named(name)
        self._kept.delete(found.number)
        return found

    def below(self, folder: Path) -> list[str]:
        """The ids of the articles whose files were added from a folder, or from one in it.

        Raises:
            InputError: there are none.
        """
        place = Path(os.path.abspath(folder.expanduser()))
        found = [
            known.id
            for file in self._store.files()
            if Path(file).is_relative_to(place)
            for known in self._store.known(file=file)
        ]
        if not found:
            raise InputError("no article of the library came from {folder}", folder=str(place))
        return found

    def _require(self, article_ids: Sequence[str]) -> None:
        for one in article_ids:
            if not self._store.article(one):
                raise InputError("no article {id!r} here; hoibao list shows the ids", id=one)

    def _require_free(self, name: str) -> None:
        if self._kept.named(name):
            raise InputError("there is a dossier {name!r} already; choose another name", name=name)


def _name(name: str) -> str:
    """A name as it is kept.

    Raises:
        InputError: it is empty, or too long.
    """
    name = one_line(nfc(name))
    if not name or len(name) > _NAME:
        raise InputError("a dossier's name has 1 to {most} characters", most=_NAME)
    return name
