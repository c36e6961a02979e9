"""What is answered to talk: a fixed sentence, and questions that the latest articles answer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.library import Library
from index.types import Article, Filter
from rag import prompts, suggest
from rag.question import Question
from rag.types import Answer

#: Articles that are looked at for a question each.
_LATEST = 8


def answer(asked: Question, library: Library, only: Filter) -> Answer:
    """The answer to `asked.talk`, which must be there."""
    assert asked.talk
    extent = library.extent(only)
    latest = replace(only, since=extent.last) if extent.last else only
    return Answer(
        asked.text,
        asked.query,
        "talk",
        text=prompts.talked(asked.talk, extent.articles, date.today()),
        outcome="talk",
        suggestions=tuple(suggest.first_questions(_articles(library, [latest, only]))),
        done=True,
    )


def _articles(library: Library, filters: list[Filter]) -> Iterator[Article]:
    """The first articles of each filter, each once."""
    met: set[str] = set()
    for only in filters:
        for row in library.first_articles(_LATEST, only)[0]:
            if row.id not in met:
                met.add(row.id)
                yield library.article(row.id)
