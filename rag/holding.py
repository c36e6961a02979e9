"""Whether an article holds a topic, and where: its title and every sentence are looked at."""

from collections.abc import Iterator, Sequence

import regex as re

from index.language.sentences import Span, sentences
from index.language.text import fold, strip_marks
from index.types import Article
from rag.question.topic import Run, Topic

_TITLE = (0, 0)


def place(topic: Topic, article: Article) -> Span | None:
    """The first sentence of the body that holds the topic, or of its runs the one that says the most where
    sentences or the title hold it together; None where the article does not hold it.

    >>> from index.types import Details
    >>> from rag.question.topic import topic
    >>> housing = topic("nhà ở xã hội")
    >>> place(housing, Article("1", "", Details(), "Đồng bào có nhà ở. Mạng xã hội đưa tin."))
    >>> place(housing, Article("1", "", Details(), "Tỉnh xây 200 căn nhà ở xã hội."))
    (0, 30)
    """
    lines = _lines(article.body, topic.bare)
    for way in topic.ways:
        found: list[tuple[bool, int, Span]] = []
        for run in way:
            where = (
                _anywhere(run, topic, article) if run.wide else _first(run, topic, article, lines)
            )
            if where is None:
                break
            found.append((bool(run.glued), len(run.needed), where))
        else:
            inside = [one for one in found if one[2] != _TITLE]
            best = max(inside, key=lambda one: one[:2], default=None)
            return best[2] if best else sentences(article.body)[0]
    return None


def begins(topic: Topic, sentence: str) -> int | None:
    """Where in a sentence the topic's first words stand, None where none do."""
    key = _key(sentence, topic.bare)
    if len(key) != len(sentence):
        return None
    found = []
    for run in (run for way in topic.ways for run in way):
        pairs = {pair for at in run.needed for pair in run.pairs(at)}
        for rows in (pairs, {(run.words[at],) for at in run.needed}):
            if at := [match.start() for row in rows if (match := _row(row).search(key))]:
                found.append(min(at))
                break
    return min(found, default=None)


def _key(text: str, bare: bool) -> str:
    return strip_marks(fold(text)) if bare else fold(text)


def _row(row: Sequence[str]) -> "re.Pattern[str]":
    between = r"[^\p{L}\d]+"
    return re.compile(rf"(?<![\p{{L}}\d]){between.join(map(re.escape, row))}(?![\p{{L}}\d])")


def _lines(body: str, bare: bool) -> list[tuple[int, str, str]]:
    """The paragraphs: where each begins, as it is, and folded."""
    found, at = [], 0
    for line in body.split("\n"):
        found.append((at, line, _key(line, bare)))
        at += len(line) + 1
    return found


def _first(
    run: Run, topic: Topic, article: Article, lines: Sequence[tuple[int, str, str]]
) -> Span | None:
    """The first sentence that holds a run, else the title."""
    letters = [run.words[at] for at in run.needed if run.words[at].isalpha()]
    for at, line, key in lines:
        if not all(one in key for one in letters):
            continue
        for start, end in sentences(line):
            if run.stands_in(topic.words(line[start:end]), line[start:end]):
                return at + start, at + end
    title = article.details.title or ""
    return _TITLE if run.stands_in(topic.words(title), title) else None


def _anywhere(run: Run, topic: Topic, article: Article) -> Span | None:
    """The sentence with the most words of a run that an article holds as a whole."""
    body, title = article.body, article.details.title or ""
    said = {span: topic.words(body[slice(*span)]) for span in sentences(body)}
    if not run.stands_in(list(_rows([*said.values(), topic.words(title)])), f"{body}\n{title}"):
        return None
    wanted = {run.words[at] for at in run.needed}
    return max(said, key=lambda span: len(wanted.intersection(said[span])))


def _rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The words of all, no two neighbours that are in different ones."""
    for row in rows:
        yield from (*row, "")
