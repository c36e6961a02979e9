"""Exact search done the plain way, to compare it with: every article is read for every query. Queries are made
from the words of articles, each with what it means."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.language.text import fold, number_key, strip_marks
from index.types import Article

#: True, False, or None where a detail of the article would say and is not known.
Says = Callable[[Article], bool | None]
Word = Callable[[tuple[str, str]], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is typed, and which articles it means."""

    typed: str
    says: Says


@cache
def read(text: str) -> list[tuple[str, str]]:
    """The words of a text, with and without diacritics."""
    found = []
    for word in re.findall(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+", text):
        key = number_key(word) if word[0].isdigit() else fold(word)
        found.append((key, strip_marks(key)))
    return found


def word(typed: str, star: bool = False) -> Word:
    """Whether a word is the one that was typed; honouring its marks, where it has any."""
    ((key, bare),) = read(typed)
    marked = key != bare
    if star:
        begins = (key, typed.lower()) if marked else (bare,)
        return lambda one: one[not marked].startswith(begins)
    return lambda one: one[not marked] == (key if marked else bare)


def follow(sought: Sequence[Word], among: list[tuple[str, str]]) -> list[int]:
    """Where words stand one behind the other."""
    last = len(among) - len(sought)
    return [
        at for at in range(last + 1) if all(is_it(among[at + n]) for n, is_it in enumerate(sought))
    ]


def near(one: Sequence[Word], other: Sequence[Word], distance: int) -> Callable[[str], bool]:
    """Whether two phrases stand near each other in a text, in any order."""

    def says(text: str) -> bool:
        among = read(text)
        lengths = (len(one), len(other))
        for a in follow(one, among):
            for b in follow(other, among):
                last = max(a, b)
                starts = zip((a, b), lengths)
                if all(last - start - length <= distance for start, length in starts):
                    return True
        return False

    return says


def texts(article: Article) -> tuple[str, str]:
    """What is searched."""
    return article.details.title or "", article.body


class Maker:
    """Makes queries from the words of articles; the same for the same `chance`."""

    def __init__(self, articles: Sequence[Article], chance: random.Random) -> None:
        self._articles = articles
        self._chance = chance

    def query(self, deep: int = 2) -> Query:
        """A query of words, details and operators."""
        kind = self._chance.randrange(10)
        if not deep or kind < 5:
            return self._leaf()
        a, b = self.query(deep - 1), self.query(deep - 1)
        if kind < 7:
            between = self._chance.choice((" ", " AND "))
            return Query(f"({a.typed}){between}({b.typed})", lambda x: both(a.says(x), b.says(x)))
        if kind < 9:
            return Query(
                f"({a.typed}) OR ({b.typed})",
                lambda x: negated(both(negated(a.says(x)), negated(b.says(x)))),
            )
        return Query(f"({a.typed}) NOT ({b.typed})", lambda x: both(a.says(x), negated(b.says(x))))

    def _leaf(self) -> Query:
        makers = (
            self._word,
            self._phrase,
            self._phrase,
            self._near,
            self._beginning,
            self._title,
            self._detail,
            self._date,
        )
        return self._chance.choice(makers)()

    def _some(self, count: int, title: bool = False) -> list[str]:
        """Neighbouring words of an article, each as somebody may type it."""
        found: list[str] = []
        while len(found) < count:
            article = self._chance.choice(self._articles)
            among = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", texts(article)[not title])
            at = self._chance.randrange(max(1, len(among) - count + 1))
            found = among[at : at + count]
        return [self._typed(one) for one in found]

    def _typed(self, one: str) -> str:
        way = self._chance.randrange(4)
        if way == 0:
            return strip_marks(one)
        if way == 1:
            return fold(one)
        return (
            one.upper()
            if way == 2 and one.upper() not in ("AND", "OR", "NOT", "NEAR")
            else one.lower()
        )

    def _word(self) -> Query:
        (typed,) = self._some(1)
        is_it = word(typed)
        return Query(f'"{typed}"', lambda x: any(follow([is_it], read(t)) for t in texts(x)))

    def _phrase(self) -> Query:
        typed = self._some(self._chance.randint(2, 4))
        sought = [word(one) for one in typed]
        return Query(
            f'"{" ".join(typed)}"', lambda x: any(follow(sought, read(t)) for t in texts(x))
        )

    def _near(self) -> Query:
        apart = self._chance.randint(2, 8)
        some = self._some(apart)
        distance = self._chance.randint(0, 8)
        says = near([word(some[0])], [word(some[-1])], distance)
        typed = f'NEAR("{some[-1]}" "{some[0]}", {distance})'
        return Query(typed, lambda x: any(says(t) for t in texts(x)))

    def _beginning(self) -> Query:
        while True:
            (one,) = self._some(1)
            typed = fold(one)[: self._chance.randint(2, 4)]
            if (
                len(typed) > 1
                and typed.isalpha()
                and not typed.endswith(("oa", "oe", "uy"))
                and fold(typed) == typed
            ):
                break
        older = {
            b: a
            for a, b in zip(
                "oà oá oả oã oạ uỳ uý uỷ uỹ uỵ".split(), "òa óa ỏa õa ọa ùy úy ủy ũy ụy".split()
            )
        }
        is_it = word(typed, star=True)
        other = older.get(typed[-2:])
        if other:
            also = word(typed[:-2] + other, star=True)
            return Query(
                f"{typed}*", lambda x: any(is_it(w) or also(w) for t in texts(x) for w in read(t))
            )
        return Query(f"{typed}*", lambda x: any(is_it(w) for t in texts(x) for w in read(t)))

    def _title(self) -> Query:
        typed = self._some(self._chance.randint(1, 2), title=True)
        sought = [word(one) for one in typed]
        return Query(
            f'title:"{" ".join(typed)}"', lambda x: bool(follow(sought, read(texts(x)[0])))
        )

    def _detail(self) -> Query:
        field = self._chance.choice(("outlet", "author"))
        known = [v for one in self._articles if (v := getattr(one.details, field))]
        typed = self._typed(self._chance.choice(self._chance.choice(known).split()))
        is_it = word(typed)

        def says(article: Article) -> bool | None:
            value = getattr(article.details, field)
            return None if value is None else bool(follow([is_it], read(value)))

        return Query(f'{field}:"{typed}"', says)

    def _date(self) -> Query:
        known = [day for one in self._articles if (day := one.details.published)]
        first, last = sorted(self._chance.choices(known, k=2))
        if self._chance.random() < 0.5:
            year = first.year
            return Query(
                f"date:{year}", lambda x: x.details.published and x.details.published.year == year
            )
        return Query(
            f"date:{first}..{last}",
            lambda x: x.details.published and first <= x.details.published <= last,
        )


def both(a: bool | None, b: bool | None) -> bool | None:
    """And, of what may not be known."""
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def negated(a: bool | None) -> bool | None:
    """Not, of what may not be known."""
    return None if a is None else not a


def detailed(articles: Sequence[Article], chance: random.Random) -> list[Article]:
    """Articles with invented details, of which some have none."""
    import datetime

    outlets = ["Báo Đông Xuân", "Tây Lâm Online", "Tin chiều", "Hoà Bình Mới", None]
    authors = ["Trần Văn Hòa", "Lê Thuỷ", "Nguyễn An", None]
    made = []
    for article in articles:
        day = datetime.date(2016, 1, 1) + datetime.timedelta(days=chance.randrange(1400))
        details = replace(
            article.details,
            outlet=chance.choice(outlets),
            author=chance.choice(authors),
            published=day if chance.random() < 0.9 else None,
        )
        made.append(replace(article, details=details))
    return made
