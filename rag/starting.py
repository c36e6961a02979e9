"""Questions to start with: of different articles and kinds, each such as somebody asks who has read nothing,
asked of the whole library and answered as it should be before it is told. No writer takes part."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from index.language.text import words
from index.library import EVERYTHING, Library
from index.types import Article, Filter
from rag import decide
from rag.asking import questions
from rag.assistant import Assistant
from rag.cold import asked_cold_of, head
from rag.question import parse
from rag.question.mentioned import located
from rag.suggest import agree
from rag.types import Suggestion

#: Outlets whose articles are looked at, how many articles of each, and how many of all.
_GROUPS, _OF_EACH, _OF_ALL = 6, 8, 40
#: Questions of one article that are tried, and questions of one kind that are told.
_TRIED, _OF_KIND = 3, 2
#: Articles that a place needs to be counted by.
_COUNTED = 2
#: Words that may stand in the answer beside a name: "ông", an office.
_BESIDE = 3


def starting(assistant: Assistant, limit: int = 6) -> Iterator[Suggestion | None]:
    """At most so many questions, a summary and a count among them, and None after each that was tried in
    vain: who asks for them goes on when the machine is idle. The same for the same articles."""
    found = 0
    kinds: dict[str, int] = {}
    chance = random.Random(assistant.library.generation())
    articles = list(_chosen(assistant.library, chance))
    used: set[str] = set()  # articles and questions
    for one in (_summary(assistant, articles), _count(assistant, articles)):
        found += one is not None
        used |= {one.article_id, _asks(one.text)} if one else set()
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
            used |= {article_id, _asks(one.text)} if one else set()
            yield one
    for article_id in articles:  # at the worst, more summaries
        if found >= limit:
            return
        one = None if article_id in used else _summary(assistant, [article_id])
        found += one is not None
        yield one


def _chosen(library: Library, chance: random.Random) -> Iterator[str]:
    """Articles of many outlets and times, none twice."""
    outlets = list(library.values("outlet"))[:_GROUPS]
    groups = [_some(library, Filter(outlet=one), chance) for one in outlets]
    groups.append(_some(library, EVERYTHING, chance, _OF_ALL))
    turns = [one for turn in zip_longest(*groups) for one in turn if one]
    yield from dict.fromkeys(turns)


def _some(library: Library, only: Filter, chance: random.Random, most: int = _OF_EACH) -> list[str]:
    rows, _ = library.first_articles(10 * most, only)
    ids = [row.id for row in rows]
    return chance.sample(ids, min(len(ids), most))


def _asks(question: str) -> str:
    """What it asks for, of whomever: two that ask for the same are dull."""
    _, how_many, of_what = question.partition("bao nhiêu")
    return how_many + of_what or question


def _asked(
    assistant: Assistant, article: Article, kinds: dict[str, int], most: int, used: set[str]
) -> Suggestion | None:
    """A question that the reader answers from this article, asked of all of them; of a kind of which there are
    fewer than `most`, and not one of the `used`."""
    for made in islice(filter(asked_cold_of, questions(article)), _TRIED):
        asked = parse(made.text)
        if _asks(made.text) in used or kinds.get(asked.kind, 0) >= most:
            continue
        passages = assistant.search(made.text)
        found = assistant.read(asked, passages)
        if not decide.is_said(found, asked.kind):
            continue
        best = found[0]
        said = best.article.body[best.start : best.end]
        wordy = asked.kind == "person" and len(words(said)) > len(words(made.answer)) + _BESIDE
        if best.article.id == article.id and agree(made.answer, said) and not wordy:
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


def _count(assistant: Assistant, articles: Sequence[str]) -> Suggestion | None:
    """How many articles speak of the place that most are about."""
    for place in _places(assistant.library, articles)[:_TRIED]:
        if _answered(text := f"Có bao nhiêu bài nói về {place}?", assistant):
            return Suggestion(text, "")
    return None


def _places(library: Library, articles: Sequence[str]) -> list[str]:
    """The places that most articles name, as they are written; where names tell of none, those at the head of
    these articles."""
    if known := [one.name for one in library.names.names("place")[:_TRIED]]:
        return known
    told = (located(head(library.article(article_id))) for article_id in articles)
    here = Counter(name for places in told for name in {place.name for place in places})
    return [name for name, count in here.most_common() if count >= _COUNTED]


def _answered(text: str, assistant: Assistant) -> bool:
    *_, answer = assistant.ask(text, who=None)
    counted = answer.kind == "count" and answer.count and answer.count.matching >= _COUNTED
    return answer.answered and (answer.kind == "summary" or bool(counted))
