"""Stars, tags and notes on articles and on words of them, each with where its words stand now."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from index.anchor import Standing, anchored, located, standing
from index.errors import InputError
from index.language.text import nfc, one_line, visible
from index.store.protocol import Store
from index.types import Article, Filter, Note

#: How long a note, the words that it is on, and a tag may be, in characters.
_TEXT, _QUOTE, _TAG = 20_000, 5_000, 60
EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Noted:
    """A note with its article (`trashed`: which waits in the trash); `standing`: where its words stand now,
    None where nothing like them does, or it is on the article."""

    note: Note
    article: Article
    trashed: bool = False
    standing: Standing | None = None

    @property
    def state(self) -> str:
        """ "article", or of the words it is on: "same", "changed", "gone"."""
        if not self.note.anchor:
            return "article"
        if not self.standing:
            return "gone"
        return "same" if self.standing.same else "changed"

    @property
    def now(self) -> str | None:
        """What stands now where the words were changed."""
        at = self.standing
        return self.article.body[at.start : at.end] if at and not at.same else None


class Notes:
    """The notes of one person in a library: the owner's, or with `of` another's."""

    def __init__(self, store: Store, person: str = "") -> None:
        self._store = store
        self._kept = store.notes
        self._person = person

    def of(self, person: str) -> "Notes":
        """The notes of a person, by id."""
        return Notes(self._store, person)

    def add(
        self,
        article_id: str,
        text: str = "",
        quote: str = "",
        tags: Sequence[str] = (),
        starred: bool = False,
        before: str = "",
    ) -> int:
        """Keeps a note on an article, or on words of it (`quote`, in whatever case and spacing; `before`: what
        precedes them, where they stand in several places); returns its number.

        Raises:
            InputError: there is no such article, the words are not in it, or there is nothing to keep.
        """
        article = self._store.article(article_id)
        if not article:
            raise InputError("no article {id!r} here; hoibao list shows the ids", id=article_id)
        text = visible(nfc(text)).strip()
        tags = tuple(dict.fromkeys(filter(None, (_tag(tag) for tag in tags))))
        if not (text or tags or starred):
            raise InputError("nothing to note; write a text, a tag or a star")
        for said, most in ((text, _TEXT), (quote, _QUOTE), *((tag, _TAG) for tag in tags)):
            if len(said) > most:
                raise InputError(
                    "that is too long: {count} of {most} characters", count=len(said), most=most
                )
        anchor = None
        if quote:
            place = located(article.body, nfc(quote), before)
            if not place:
                raise InputError("these words are not in the article; copy them from it")
            anchor = anchored(article.body, *place)
        made = Note(0, article_id, text, tags, starred, time.time(), anchor)
        return self._kept.add(made, self._person)

    def star(self, article_id: str) -> bool:
        """Gives an article a star, or takes it back; returns whether it has one now."""
        stars = [one.number for one in self._stars(article_id) if _is_star(one)]
        for number in stars:
            self._kept.remove(number)
        if not stars:
            self.add(article_id, starred=True)
        return not stars

    def is_starred(self, article_id: str) -> bool:
        """Whether an article, not words of it, has a star."""
        return any(map(_is_star, self._stars(article_id)))

    def find(
        self, only: Filter = EVERYTHING, tag: str | None = None, starred: bool = False
    ) -> list[Noted]:
        """The notes on a filter's `article_ids` and of its `dossier`, with a tag, with a star, the last
        first."""
        articles: dict[str, tuple[Article, bool] | None] = {}
        found = []
        for note in self._kept.find(only, _tag(tag) if tag else None, starred, self._person):
            if note.article_id not in articles:
                articles[note.article_id] = self._article(note.article_id)
            known = articles[note.article_id]
            if known:  # else it is to be read again after a repair
                article, trashed = known
                at = standing(article.body, note.anchor) if note.anchor else None
                found.append(Noted(note, article, trashed, at))
        return found

    def tags(self) -> dict[str, int]:
        """The tags, and how many notes have each, the most frequent first."""
        return self._kept.tags(self._person)

    def remove(self, numbers: Sequence[int]) -> int:
        """Deletes notes; returns how many they were.

        Raises:
            InputError: there is none of one of these numbers; then none is deleted.
        """
        known = {note.number for note in self._kept.find(EVERYTHING, person=self._person)}
        wanted = tuple(dict.fromkeys(numbers))
        for number in wanted:
            if number not in known:
                raise InputError("no note {number} here; hoibao notes shows them", number=number)
        for number in wanted:
            self._kept.remove(number)
        return len(wanted)

    def _stars(self, article_id: str) -> list[Note]:
        only = Filter(article_ids=(article_id,))
        return self._kept.find(only, starred=True, person=self._person)

    def _article(self, article_id: str) -> tuple[Article, bool] | None:
        if article := self._store.article(article_id):
            return article, False
        thrown = self._store.trashed(article_id)
        return (thrown.article, True) if thrown else None


def _is_star(note: Note) -> bool:
    return not (note.text or note.tags or note.anchor)


def _tag(tag: str) -> str:
    """A tag as it is kept and compared: "#Lũ  lụt" is "lũ lụt"."""
    return one_line(nfc(tag)).lstrip("#").strip().lower()
