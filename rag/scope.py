"""Which place and which year a question is about, and whether a sentence is about them.

Many articles tell the same story of another province or another year. Whatever a question names is a
condition, not a hint: a sentence of an article about another place is no evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import regex as re

from index.chunk import sentences
from index.places import addressed, places
from index.text import fold, strip_marks
from index.types import Article, opening
from rag.figures import years
from rag.names import mentions, names
from rag.types import Evidence

_NUMBERED = re.compile(r"(?<!\p{L})(lan thu|lan|khoa|quy)\s+(\d{1,2}|[ivx]{1,5})(?![\p{L}\d])")
_ROMAN = {
    numeral: str(value)
    for value, numeral in enumerate(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1
    )
}
_HEAD_WORDS = 8
_LABEL = 80  # characters
#: How much of a long title names its article, in characters, and how short none may be, in words.
TITLE = 90
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question names: places (any spelling of provinces as one), years, and the numbers of
    events ("lần thứ 8", "khóa 12", "quý 1")."""

    places: frozenset[str]
    years: frozenset[int]
    numbered: frozenset[str] = frozenset()


def scope(question: str) -> Scope:
    """The places, years and numbered events that a question names."""
    return Scope(
        frozenset(places(question)), frozenset(years(question)), frozenset(_numbered(question))
    )


def _numbered(text: str) -> set[str]:
    """Numbers that tell one event from the next, Roman or not: "lần thứ VIII" is "lần 8"."""
    found = set()
    for label, number in _NUMBERED.findall(strip_marks(fold(text))):
        value = _ROMAN.get(number.upper(), number)
        found.add(f"{label.split()[0]} {value.lstrip('0')}")
    return found


def admits(asked: Scope, article: Article, start: int, end: int) -> bool:
    """Whether the words `body[start:end]` can answer for the asked places, years and events."""
    return (
        asked.numbered <= _numbered(f"{article.details.title or ''}\n{article.body}")
        and _in_place(asked.places, article, start, end)
        and _in_time(asked.years, article, start, end)
    )


def of_named_articles(question: str, ranked: Sequence[Evidence]) -> list[Evidence]:
    """Only the sentences of those articles that have the most of the question's names: a name that
    one article has tells it from its look-alikes."""
    asked = names(question)
    if not asked:
        return list(ranked)
    texts = {e.article.id: _whole(e.article) for e in ranked}
    counts = {i: sum(mentions(text, name) for name in asked) for i, text in texts.items()}
    most = max(counts.values(), default=0)
    return [e for e in ranked if counts[e.article.id] == most]


def titled(question: str, articles: Sequence[Article]) -> tuple[str, tuple[str, ...]]:
    """The ids of the articles whose title stands in the question, and the question without it: a title
    says which article is meant, whatever else looks like it. Without one, the question and ()."""
    asked = fold(question)
    if len(asked) != len(question):
        return question, ()  # what was found in one would lie elsewhere in the other
    for article in articles:
        title = opening(article.title, TITLE).rstrip("…").strip()
        at = asked.find(fold(title))
        if len(title.split()) < _TITLE_WORDS or at < 0:
            continue
        rest = question[:at] + question[at + len(title) :]
        rest = " ".join(re.sub(r"[(“\"]\s*…?\s*[)”\"]", " ", rest).split())
        same = [a.id for a in articles if fold(a.title).startswith(fold(title))]
        if rest.strip(" ?.:,"):
            return rest, tuple(dict.fromkeys(same))
    return question, ()


def _whole(article: Article) -> str:
    details = article.details
    head = (details.title, details.outlet, details.author)
    return "\n".join([*(part for part in head if part), article.body])


def _in_place(asked: frozenset[str], article: Article, start: int, end: int) -> bool:
    if not asked:
        return True
    sentence = article.body[start:end]
    own = own_places(article)
    for place in asked:
        said = mentions(sentence, place) or place in places(sentence)
        if not said and (place not in own if own else not mentions(article.body, place)):
            return False
    return True


def own_places(article: Article) -> set[str]:
    """Where an article plays: named in its title, its first paragraphs, or its outlet's address;
    else, where it is the only province, anywhere in the body."""
    lead = "\n".join(article.body.split("\n")[:3])
    details = article.details
    own = places(f"{details.title or ''}\n{lead}")
    own |= addressed(f"{details.outlet or ''} {details.url or ''}")
    return own or places(article.body)


def _in_time(asked: frozenset[int], article: Article, start: int, end: int) -> bool:
    own = when(article, start, end)
    return not asked or not own or bool(asked & own)


def when(article: Article, start: int, end: int) -> set[int]:
    """The years that `body[start:end]` tells of. The nearest count: those in the sentence, else at
    the head of a sentence before it ("Năm 2015, …"), else that of publication, else any in the
    article."""
    own = years(article.body[start:end])
    for sentence in reversed(sentences(article.body[:start])):
        if own:
            break
        head = article.body[slice(*sentence)].split()[:_HEAD_WORDS]
        own = years(" ".join(head))
    if not own and article.details.published:
        own = {article.details.published.year}
    return own or years(f"{article.details.title or ''}\n{article.body}")


def label(article: Article, start: int, end: int) -> str:
    """What tells an article from its look-alikes: its places, else its title, and the years that
    `body[start:end]` tells of where the label does not name them."""
    own = own_places(article)
    name = ", ".join(sorted(own)) if 1 <= len(own) <= 2 else opening(article.title, _LABEL)
    told = sorted(when(article, start, end))
    if not told or len(told) > 2 or any(str(year) in name for year in told):
        return name
    return f"{name} ({', '.join(map(str, told))})"
