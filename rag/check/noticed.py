"""Statements that rest on an article which its paper has corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import InputError
from index.library import Library
from index.notice.values import stands
from rag.check.checker import problems
from rag.check.problem import Problem
from rag.cite import context
from rag.noticed import exchanged, notice_of, overlap, rests
from rag.types import Citation, Source


@dataclass(frozen=True, slots=True)
class Warned:
    """What notices say of a checked statement: problems, and those that correct the cited article at all."""

    problems: tuple[Problem, ...]
    notices: tuple[Citation, ...]
    #: The statement is what the article says with the right value in it.
    right: bool


def warned(library: Library, statement: str, cited: Sequence[Citation], number: int) -> Warned:
    """What the notices of cited articles say of a statement, numbered from `number` on."""
    sources = [Source(one.article, one.start, one.end) for one in cited]
    ids = [source.article.id for source in sources]
    found: dict[tuple[str, int, int], Source] = {}
    wrong: list[Problem] = []
    right = False
    for put in library.notices.put_right(ids):
        if put.article not in ids or not (put.pair.wrong or put.pair.right):
            continue
        try:
            notice = notice_of(library, put)
        except InputError:
            continue
        if any(overlap(source, notice) for source in sources):
            continue
        found[notice.article.id, notice.start, notice.end] = notice
        if not (put.pair.wrong and put.pair.right):
            continue
        at = [s for s in sources if s.article.id == put.article and rests(s, put, {}, "")]
        if at and stands(put.pair.wrong.text, statement):
            wrong.append(Problem("corrected", (put.pair.wrong.text, put.pair.right.text)))
        elif at and stands(put.pair.right.text, statement):
            quote = exchanged(at[0].text, put.pair.wrong.text, put.pair.right.text)
            right = right or not problems(statement, [quote], context(at[0].article))
    notices = tuple(
        Citation(n, one.article, one.start, one.end) for n, one in enumerate(found.values(), number)
    )
    return Warned(tuple(wrong), notices, right)
