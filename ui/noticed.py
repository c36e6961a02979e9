"""Correction notices of a library, as the command line and the page tell them."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import InputError
from index.library import Library
from index.store.notices import Link, Put
from index.types import Article


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice, the article that it corrects or may correct, and what it puts right there."""

    link: Link
    notice: Article
    article: Article
    puts: tuple[Put, ...]

    @property
    def at(self) -> tuple[int, int]:
        """Where the notice stands in its article."""
        return (self.puts[0].start, self.puts[0].end) if self.puts else (0, 0)


def noticed(library: Library, article_ids: Sequence[str] | None = None) -> list[Noticed]:
    """The notices that correct or may correct these articles, or are them; all without ids."""
    found = []
    for link in library.notices.links(article_ids):
        try:
            notice, article = library.article(link.notice), library.article(link.article)
        except InputError:  # removed in this moment
            continue
        found.append(Noticed(link, notice, article, tuple(library.notices.puts(link))))
    return found
