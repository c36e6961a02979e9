"""Which articles are asked: the filters as they stand on the page, as chips, and as the search takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.errors import HoiBaoError, InputError
from index.language.places import admitted
from index.library import Library
from index.metadata import moment
from index.types import Filter
from ui.config import SHOWN
from ui.page.render import shown_day
from ui.templates import filled
from ui.text import Language, say


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters in words, in the order of their fields on the page; "" where there is none.
    `articles` are ids, parted by spaces; `dossier` is a number."""

    since: str = ""
    until: str = ""
    outlet: str = ""
    place: str = ""
    articles: str = ""
    dossier: str = ""

    def values(self) -> tuple[str, str, str, str, str, str]:
        """The fields' values, in their order."""
        return self.since, self.until, self.outlet, self.place, self.articles, self.dossier

    def only(self) -> Filter:
        """What the search takes.

        Raises:
            InputError: a day is none.
        """
        places = admitted(self.place) if self.place else ()
        ids = tuple(self.articles.split())
        since, until = day(self.since), day(self.until)
        return Filter(since, until, self.outlet or None, places, ids, dossier=self._dossier)

    @property
    def _dossier(self) -> int | None:
        return int(self.dossier) if self.dossier.isdecimal() else None

    def dossier_in(self, library: Library) -> str | None:
        """The name of the dossier; None where none is chosen.

        Raises:
            InputError: it was deleted since.
        """
        if self._dossier is None:
            return None
        names = {one.number: one.name for one in library.dossiers.all()}
        if self._dossier not in names:
            raise InputError("the chosen dossier was deleted; take it out of the filters")
        return names[self._dossier]

    def changed(self, what: str) -> "Chosen":
        """With what was clicked on the page: "outlet=Báo X", "place=Đông Xuân", "month=2019-06",
        "year=2019", "article=ID", "dossier=3"; what is there already goes, and so does a field behind
        "drop="."""
        field, _, value = what.partition("=")
        if field == "drop":
            field, _, value = value.partition(":")
            if field != "articles" or not value:
                return replace(self, **{field: ""})
        if field in ("article", "articles"):
            ids = self.articles.split()
            ids = [i for i in ids if i != value] if value in ids else [*ids, value]
            return replace(self, articles=" ".join(ids))
        if field in ("month", "year"):
            first, last = (value, value) if field == "month" else (f"{value}-01", f"{value}-12")
            span = {"since": _as_day(f"{first}-01"), "until": shown_day(_last_day(last))}
            same = [_as_day(self.since), _as_day(self.until)] == [*span.values()]
            return replace(self, **(dict.fromkeys(span, "") if same else span))
        if field not in ("outlet", "place", "dossier"):
            return self
        return replace(self, **{field: "" if getattr(self, field) == value else value})

    def only_of(self, ids: Sequence[str]) -> "Chosen":
        """With these articles only; without them where they are the chosen ones."""
        same = set(ids) == set(self.articles.split())
        return replace(self, articles="" if same else " ".join(ids))


def worded(library: Library, filters: Chosen, language: Language) -> list[str]:
    """The filters in force, each a line.

    Raises:
        InputError: the dossier was deleted since.
    """
    named = {"since": _as_day(filters.since), "until": _as_day(filters.until)}
    named |= {"outlet": filters.outlet, "place": filters.place, "article": filters.articles}
    said = [f"{say(key, language)}: {value}" for key, value in named.items() if value]
    name = filters.dossier_in(library)
    return [*said, f"{say('dossier', language)}: {name}"] if name else said


def chosen(values: Sequence[str | None]) -> Chosen:
    """The filters from the fields' values."""
    return Chosen(*((value or "").strip() for value in values))


def choices(library: Library, field: str) -> list[tuple[str, str]]:
    """What a list of outlets or provinces offers: no restriction, then each with how many articles it has."""
    return [("", ""), *((f"{name} ({n})", name) for name, n in library.values(field).items())]


def day(text: str) -> date | None:
    """A day that the reader wrote, None where nothing is written.

    Raises:
        InputError: it is no date.
    """
    if not (text or "").strip():
        return None
    found, _ = moment(text)
    if found is None:
        raise InputError("{value!r} is no date; write YYYY-MM-DD or DD/MM/YYYY", value=text)
    return found


def _as_day(text: str) -> str:
    """A day as it is read; what is none as it was typed."""
    try:
        return shown_day(day(text))
    except InputError:
        return text


def chips_html(library: Library, filters: Chosen, language: Language) -> str:
    """The filters in force, each a chip with a button that takes it away."""
    chips = [
        (field, say(field, language), _as_day(value) if field in ("since", "until") else value)
        for field in ("since", "until", "outlet", "place")
        if (value := getattr(filters, field))
    ]
    if filters.dossier:
        try:
            name = filters.dossier_in(library) or ""
        except HoiBaoError:
            name = say("dossier_gone", language)
        chips.append(("dossier", say("dossier", language), name))
    ids = filters.articles.split()
    if len(ids) > SHOWN.chosen:
        chips.append(("articles", say("article", language), str(len(ids))))
        ids = []
    for article_id in ids:
        try:
            title = library.article(article_id).title
        except HoiBaoError:
            title = say("article_gone_short", language)
        chips.append((f"articles:{article_id}", say("article", language), title))
    return filled("chips", chips=chips, language=language)


def _last_day(month: str) -> date:
    year, number = map(int, month.split("-"))
    following = (year + number // 12, number % 12 + 1)
    return date(*following, 1) - timedelta(days=1)
