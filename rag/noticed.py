"""The words of a correction notice, and whether other words are those that it corrects."""

from collections.abc import Mapping

from index.language.figures import in_place
from index.language.sentences import sentences
from index.library import Library
from index.notice.values import stands
from index.store.notices import Put
from rag.types import Source


def notice_of(library: Library, put: Put) -> Source:
    """The sentences of a notice that say what is wrong and what is right.

    Raises:
        InputError: it was removed in this moment.
    """
    article = library.article(put.notice)
    values = [one for one in (put.pair.wrong, put.pair.right) if one]
    spans = [
        (start, end)
        for start, end in sentences(article.body)
        if any(start <= one.start < end for one in values)
    ]
    if not spans:  # changed in this moment
        return Source(article, 0, 0)
    return Source(article, max(spans[0][0], put.start), min(spans[-1][1], put.end))


def rests(source: Source, put: Put, stories: Mapping[str, tuple[str, ...]], wrong: str) -> bool:
    """Whether words are those that a notice corrects, or have what was `wrong` in another paper's copy of them;
    `stories`: by article, those of its story."""
    if source.article.id == put.article:
        return any(start < source.end and source.start < end for start, end in put.spots)
    if source.article.id == put.notice or put.article not in stories.get(source.article.id, ()):
        return False
    return stands(wrong, source.text)


def overlap(one: Source, other: Source) -> bool:
    """Whether two runs of words of an article share some."""
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end


def exchanged(text: str, wrong: str, right: str) -> str:
    """A text with the right value in the place of the wrong one.

    >>> exchanged("tiêm cho 119 người", "119 người", "191 người")
    'tiêm cho 191 người'
    """
    if not stands(wrong, text):
        return text
    values = in_place(right), in_place(wrong)
    if all(len(one) == 1 for one in values):
        for figure in in_place(text):
            if figure.value == values[1][0].value:
                value = right[values[0][0].start : values[0][0].end]
                return text[: figure.start] + value + text[figure.end :]
    return text.replace(wrong, right) if wrong in text else right
