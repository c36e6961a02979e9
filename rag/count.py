"""How many articles hold what was asked for, exactly: the keyword index says which may, each is read whole.

No model is needed. None at all is an answer, too: every article was looked at, so nothing is left to be found.
"""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.errors import InputError
from index.language.figures import figures, numerals, readable
from index.language.names import mentions
from index.language.places import PROVINCES
from index.language.sentences import Span, sentences
from index.language.text import fold, has_marks, nfc, strip_marks, words
from index.library import Library
from index.types import Article, Filter
from rag import prompts
from rag.cite import render
from rag.config import COUNTING
from rag.holding import begins, place
from rag.question import Question
from rag.question.counting import Counting
from rag.question.topic import Topic, topic
from rag.scope import own_places
from rag.types import Answer, Citation, Count, Passage, Statement

#: What stands around a newspaper's name.
_OUTLET = frozenset(
    "báo tờ trang tạp chí điện tử online bao to trang tap chi dien tu com vn net".split()
)
_BEHIND = re.compile(
    r"\s+(?:trên|của|on|tren|cua)\s+(?P<outlet>(?:\S+\s+){0,4}\S+)$", re.IGNORECASE
)
#: A figure so few words before what is counted would be taken for the count: "xây 4 cầu dân sinh".
_NEAR = 2


def answer(asked: Question, library: Library, only: Filter, stop: threading.Event) -> Answer:
    """The count, with the newest of the articles, each cited by the sentence that holds what was asked for
    (`asked.counting`)."""
    assert asked.counting
    counting, filters = _of_outlets(asked.counting, library, only)
    typed = (not has_marks(asked.query), asked.language == "en")
    about, without = (topic(text, *typed) for text in (counting.about, counting.without))
    sought = _Sought(counting, about, without)
    count, held = _counted(sought, library, filters, stop)
    count = replace(count, of=library.extent(only).articles)
    citations = tuple(
        Citation(number, article, *_quote(article, span, sought.about))
        for number, (article, span) in enumerate(held, 1)
    )
    text = prompts.counted(count, counting, len(held), asked.language)
    statements = tuple(Statement(_named(one.article), (one.number,)) for one in citations)
    return Answer(
        asked.text,
        asked.query,
        "count",
        short=str(count.matching),
        text=render(statements, text) if statements else text,
        outcome="stopped" if stop.is_set() else "answered",
        statements=statements,
        citations=citations,
        passages=tuple(
            Passage(n, 1.0, 0.0, 0, article, *span, keyword_rank=n)
            for n, (article, span) in enumerate(held, 1)
        ),
        lead=text,
        count=count,
        done=True,
    )


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is counted, with the topics that articles must hold and must not."""

    counting: Counting
    about: Topic
    without: Topic

    @property
    def listed(self) -> bool:
        """Whether the store's own list of articles says all: nothing is looked for in them."""
        counting = self.counting
        return not (counting.about or counting.without or counting.places or counting.author)

    def within(self, article: Article) -> Span | None:
        """Where an article within all limits holds what was asked for."""
        author = self.counting.author
        if author and not mentions(article.details.author or "", author):
            return None
        if not all(_plays(article, one) for one in self.counting.places):
            return None
        if self.without.ways and place(self.without, article):
            return None
        return place(self.about, article) if self.about.ways else sentences(article.body)[0]


def _counted(
    sought: _Sought, library: Library, filters: Sequence[Filter], stop: threading.Event
) -> tuple[Count, list[tuple[Article, Span]]]:
    """The count, and the newest of the articles with the sentences that hold what was asked for."""
    dated = sought.counting.dated
    matching = undated = unreadable = 0
    held: list[tuple[Article, Span]] = []
    for article_id, day in _candidates(sought, library, filters):
        if stop.is_set():
            break
        shown = len(held) < COUNTING.listed and bool(day or not dated)
        if shown or not sought.listed:
            try:
                article = library.article(article_id)
            except InputError:  # removed meanwhile
                unreadable += 1
                continue
            span = sought.within(article)
            if span is None:
                continue
            if shown:
                held.append((article, span))
        undated += day is None
        matching += bool(day or not dated)
    return Count(matching, 0, undated, unreadable), held


def _candidates(
    sought: _Sought, library: Library, filters: Sequence[Filter]
) -> Iterator[tuple[str, date | None]]:
    """The articles that may match, the newest first; those without a day among them."""
    found: dict[str, date | None] = {}
    for only in filters:
        for way in sought.about.needs() or [[]]:
            found |= library.holding(way, sought.about.bare, only)
    since, until = sought.counting.since or date.min, sought.counting.until or date.max
    for article_id in sorted(found, key=lambda one: (found[one] or date.min, one), reverse=True):
        day = found[article_id]
        if day is None or since <= day <= until:
            yield article_id, day


def _plays(article: Article, where: str) -> bool:
    """Whether an article plays in a province; of other places, whether it names it."""
    if where in PROVINCES:
        return where in own_places(article) or where == article.details.place
    return mentions(f"{article.details.title or ''}\n{article.body}", where)


def _of_outlets(
    counting: Counting, library: Library, only: Filter
) -> tuple[Counting, list[Filter]]:
    """The filters by which the articles of the outlet that is meant are found; just the one where none was
    named. An outlet at the end of the topic ("… trên VnExpress") is told by the library."""
    known = {outlet: _outlet(outlet) for outlet in library.values("outlet")}
    if counting.outlet:
        meant = _same(counting.outlet, known)
    else:
        behind = _BEHIND.search(counting.about)
        meant = _same(behind["outlet"], known) if behind else []
        if not behind or not meant:
            return counting, [only]
        limits = (behind.group().strip(), *counting.limits)
        counting = replace(counting, about=counting.about[: behind.start()], limits=limits)
    return counting, [replace(only, outlet=o) for o in meant if only.outlet in (None, o)]


def _outlet(name: str) -> str:
    return " ".join(word for word in words(name) if word not in _OUTLET)


def _same(asked: str, known: Mapping[str, str]) -> list[str]:
    key = _outlet(asked)
    form = nfc if has_marks(asked) else strip_marks
    return [outlet for outlet, name in known.items() if key and key == form(name)]


def _quote(article: Article, span: Span, about: Topic) -> Span:
    """The sentence to be cited, from what was asked for on where a figure stands before it."""
    start, end = span
    sentence = article.body[start:end]
    at = begins(about, sentence)
    if at and len(readable(sentence)) == len(fold(sentence)) == len(sentence):
        before = sentence[:at]
        told = max((one.end for one in (*figures(before), *numerals(before))), default=None)
        if told is not None and len(before[told:].split()) <= _NEAR:
            return start + at, end
    return span


def _named(article: Article) -> str:
    """An article in the list: title, outlet and day."""
    details = article.details
    day = f"{details.published:%d/%m/%Y}" if details.published else None
    known = ", ".join(filter(None, (details.outlet, day)))
    return " ".join(article.title.split()) + (f" ({known})" if known else "")
