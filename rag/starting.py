"""Questions to start with: of different articles and kinds, each asked of the whole library and answered as it
should be before it is told. No writer takes part."""

import random
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from index.library import EVERYTHING, Library
from index.types import Article, Filter
from rag import decide
from rag.asking import questions
from rag.assistant import Assistant
from rag.question import parse
from rag.suggest import agree
from rag.types import Suggestion

#: Outlets and months whose articles are looked at, and how many articles of each.
_GROUPS, _OF_EACH = 6, 8
#: Questions of one article that are tried, and questions of one kind that are told.
_TRIED, _OF_KIND = 3, 2
#: Articles that a place needs to be counted by.
_COUNTED = 2


def starting(assistant: Assistant, limit: int = 6) -> Iterator[Suggestion | None]:
    """At most so many questions, a summary and a count among them, and None after each that was tried in
    vain: who asks for them goes on when the machine is idle. The same for the same articles."""
    found = 0
    kinds: dict[str, int] = {}
    chance = random.Random(assistant.library.generation())
    articles = list(_chosen(assistant.library, chance))
    used: set[str] = set()  # articles and questions
    for one in (_summary(assistant, articles), _count(assistant)):
        found += one is not None
        used |= {one.article_id, one.text} if one else set()
        yield one
    # More of one kind, and of one article, only where there are no others.
    for most, again in ((_OF_KIND, False), (limit, False), (limit, True)):
        for article_id in articles:
            if found >= limit:
                return
            if article_id in used and not again:
                continue
            article = assistant.library.article(article_id)
            one = _asked(assistant, article, kinds, most, used)
            found += one is not None
            used |= {article_id, one.text} if one else set()
            yield one


def _chosen(library: Library, chance: random.Random) -> Iterator[str]:
    """Articles of many outlets and times, none twice."""
    outlets = list(library.values("outlet"))[:_GROUPS]
    groups = [_some(library, Filter(outlet=one), chance) for one in outlets]
    groups.append(_some(library, EVERYTHING, chance))
    turns = [one for turn in zip_longest(*groups) for one in turn if one]
    yield from dict.fromkeys(turns)


def _some(library: Library, only: Filter, chance: random.Random) -> list[str]:
    rows, _ = library.first_articles(10 * _OF_EACH, only)
    ids = [row.id for row in rows]
    return chance.sample(ids, min(len(ids), _OF_EACH))


def _asked(
    assistant: Assistant, article: Article, kinds: dict[str, int], most: int, used: set[str]
) -> Suggestion | None:
    """A question that the reader answers from this article, asked of all of them; of a kind of which there are
    fewer than `most`, and not one of the `used`."""
    for made in questions(article)[:_TRIED]:
        asked = parse(made.text)
        if made.text in used or kinds.get(asked.kind, 0) >= most:
            continue
        passages = assistant.search(made.text)
        found = assistant.read(asked, passages)
        if not decide.is_said(found, asked.kind):
            continue
        best = found[0]
        said = best.article.body[best.start : best.end]
        if best.article.id == article.id and agree(made.answer, said):
            kinds[asked.kind] = kinds.get(asked.kind, 0) + 1
            return Suggestion(made.text, article.id)
    return None


def _summary(assistant: Assistant, articles: Sequence[str]) -> Suggestion | None:
    """The summary of an article by its title."""
    for article_id in articles[:_TRIED]:
        title = assistant.library.article(article_id).details.title
        if title and '"' not in title and _answered(text := f"Tóm tắt bài “{title}”", assistant):
            return Suggestion(text, article_id)
    return None


def _count(assistant: Assistant) -> Suggestion | None:
    """How many articles speak of the place that most are about."""
    for place, count in list(assistant.library.values("place").items())[:_TRIED]:
        text = f"Có bao nhiêu bài nói về {place}?"
        if count >= _COUNTED and _answered(text, assistant):
            return Suggestion(text, "")
    return None


def _answered(text: str, assistant: Assistant) -> bool:
    *_, answer = assistant.ask(text, who=None)
    return answer.answered and answer.kind in ("summary", "count")
