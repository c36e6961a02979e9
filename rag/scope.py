"""Which place and which year a question is about, and whether a sentence is about them.

Many articles tell the same story of another province or another year. Whatever a question names is a
condition, not a hint: a sentence of an article about another place is no evidence.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex as re

from index.language.figures import years
from index.language.names import mentions
from index.language.places import places, playing
from index.language.sentences import sentences
from index.language.text import fold, has_marks, words
from index.language.words import FUNCTION_WORDS
from index.types import Article, Filter, opening
from rag.question import Question, events

# "tăng 12,3% so với cùng kỳ năm 2022" tells of another year.
_COMPARED = re.compile(
    r"(?<!\p{L})(?:so với|so cùng kỳ|compared (?:with|to))\s+"
    r"(?:\p{L}+\s+){0,5}(?:\d{1,2}[/-])?(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
# "Năm ngoái bao nhiêu …?", but not what is only compared with it.
_LAST_YEAR = re.compile(
    r"(?<!\p{L})(?<!(?:so với|so cùng kỳ|với|hơn|cùng kỳ|than|with|to) )(?:năm ngoái|last year)(?!\p{L})"
)
_LAST_YEAR_BARE = re.compile(r"(?<!\p{L})(?<!(?:so voi|voi|hon|cung ky) )nam ngoai(?!\p{L})")
_HEADING_WORDS = 12
_HEAD_WORDS = 8
_LABEL = 80  # characters
#: How much of a long title names its article, in characters, and how short none may be, in words.
TITLE = 90
_TITLE_WORDS = 4


def admits(asked: Question, article: Article, start: int, end: int) -> bool:
    """Whether the words `body[start:end]` can answer for the asked places, years and events."""
    return (
        asked.events <= _told(article)
        and not _other_event(asked.events, article.body[start:end])
        and _in_place(asked.places, article, start, end)
        and _in_time(asked.years, article, start, end)
        and (bool(asked.comparison) or _in_last_year(asked.query, article, start, end))
    )


def _other_event(asked: frozenset[str], words: str) -> bool:
    """Whether words name another event of the asked one's kind ("đợt 1") and not that one."""
    told = events(words)
    return any(
        one not in told and any(other.split()[0] == one.split()[0] for other in told)
        for one in asked
    )


def _told(article: Article) -> set[str]:
    return events(f"{article.details.title or ''}\n{article.body}")


def titled(question: str, articles: Sequence[Article]) -> tuple[str, tuple[str, ...]]:
    """The ids of the articles whose title stands in the question, and the question without it (whole, where
    nothing would be left to ask of): a title says which article is meant, whatever else looks like it.
    Without one, the question and ()."""
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
        about = [word for word in words(rest) if word not in FUNCTION_WORDS]
        return rest if about else question, tuple(dict.fromkeys(same))
    return question, ()


def chosen(asked: Question, only: Filter) -> Filter:
    """Which articles are asked: for "this article" the one that is chosen or that the last answer cited."""
    if asked.this and not only.article_ids and len(asked.cited) == 1:
        return replace(only, article_ids=asked.cited)
    return only


def _in_place(asked: frozenset[str], article: Article, start: int, end: int) -> bool:
    """Whether the article plays at the asked places, or at least names each."""
    if not asked:
        return True
    known = own_places(article) | places(article.body)
    return all(one in known or mentions(article.body, one) for one in asked)


def own_places(article: Article) -> set[str]:
    """Where an article plays (see `index.language.places.playing`), and the province that its details say."""
    details = article.details
    own = playing(details.title, details.outlet, details.url, article.body)
    return own | {details.place} if details.place else own


def paragraph(body: str, start: int, end: int) -> str:
    """The paragraph around `body[start:end]` as far as it goes on to there, with the heading above it."""
    first = body.rfind("\n", 0, start) + 1
    above = body[: max(0, first - 1)].rpartition("\n")[2].strip()
    is_heading = len(above.split()) <= _HEADING_WORDS and not above.endswith(
        (".", "!", "?", ";", ",")
    )
    return f"{above}\n{body[first:end]}" if is_heading else body[first:end]


def _in_time(asked: frozenset[int], article: Article, start: int, end: int) -> bool:
    own = when(article, start, end)
    return not asked or not own or bool(asked & own)


def _in_last_year(query: str, article: Article, start: int, end: int) -> bool:
    """Whether the words tell of the year before the article's own where the question asks for last year:
    today's date says nothing of what an article calls so."""
    asked = fold(query)
    if not (_LAST_YEAR.search(asked) or not has_marks(asked) and _LAST_YEAR_BARE.search(asked)):
        return True
    published = article.details.published
    own = when(article, start, end)
    if published and published.year - 1 in own:
        return True
    return bool(_LAST_YEAR.search(fold(paragraph(article.body, start, end))))


def when(article: Article, start: int, end: int) -> set[int]:
    """The years that `body[start:end]` tells of. The nearest count: those in the sentence (but not one that
    something is only compared with), else at the head of a sentence before it ("Năm 2015, …"), else that of
    publication, else any in the article."""
    own = years(_COMPARED.sub(" ", article.body[start:end]))
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
