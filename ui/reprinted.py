"""What papers changed in a story, as the command line and the page tell it."""

from index.library import Library
from index.reprints import Difference, Reprint, Reprints, reprints
from index.types import Article
from ui.text import Language, say

#: Stories of more papers are told without the others: the page has no room for them.
_MOST = 12


def story_of(library: Library, article_id: str) -> Reprints:
    """The articles of an article's story, each against the first one.

    Raises:
        InputError: there is no such article.
    """
    article = library.article(article_id)
    ids = library.stories([article_id]).get(article_id, (article_id,))
    others = [library.article(one) for one in ids if one != article_id][: _MOST - 1]
    return reprints([article, *others])


def summary(one: Reprint, first: Article, language: Language) -> str:
    """ "bỏ 3 câu, 2 chỗ khác chữ"."""
    counts = {"changed": 0, "left_out": 0, "added": 0}
    for difference in one.differences:
        counts[difference.kind] += max(1, len(difference.pieces))
    told = [say(f"reprints_{kind}", language, count=n) for kind, n in counts.items() if n]
    if one.reordered:
        told.append(say("reprints_reordered", language))
    if one.article.details.title != first.details.title:
        told.append(say("reprints_title", language, title=one.article.title))
    return ", ".join(told) or say("reprints_same", language)


def values(one: Reprint) -> tuple[list[str], list[str]]:
    """The figures, days and names that only the first article has, and those that only this one has, in all."""
    lost = list(dict.fromkeys(value for each in one.differences for value in each.lost))
    new = list(dict.fromkeys(value for each in one.differences for value in each.new))
    return [one for one in lost if one not in new], [one for one in new if one not in lost]


def sides(
    one: Difference, first: Article, other: Article
) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """The sentences of both sides, cut at what differs, each piece with whether it does."""
    return (
        _cut(first.body, one.of, [piece.of for piece in one.pieces]),
        _cut(other.body, one.by, [piece.by for piece in one.pieces]),
    )


def _cut(
    body: str, span: tuple[int, int] | None, marked: list[tuple[int, int]]
) -> list[tuple[bool, str]]:
    if span is None:
        return []
    if not marked:
        return [(True, body[slice(*span)])]
    pieces, at = [], span[0]
    for start, end in marked:
        if start < end:
            pieces += [(False, body[at:start]), (True, body[start:end])]
            at = end
    return [(mark, text) for mark, text in (*pieces, (False, body[at : span[1]])) if text]
