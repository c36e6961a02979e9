"""The reading pane: an article with all that a conversation cites of it, as safe HTML. Article text is never
markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import urlsplit

from markupsafe import Markup

from index.clean import is_source_line
from index.language.text import fold, one_line
from index.library import Library
from index.types import Article, Details, LeftOut
from ui.answers import Seen
from ui.history import Turn
from ui.page.cells import cells_html, citing
from ui.page.correction import correction_html
from ui.page.desk import fate
from ui.page.files import original_of
from ui.page.render import href, shown_day, target
from ui.page.reprints import reprints_html
from ui.page.scan import body_html
from ui.parts import found_in, left_out_html
from ui.templates import filled
from ui.text import Language, say

Span = tuple[int, int]
#: How much stands beside a writer's name in a line of its own ("Bài, ảnh: "), in characters.
_BESIDE = 20
#: What stands above every article, known or not, in this order.
_DETAILS = ("outlet", "published", "author", "place")


@dataclass(frozen=True, slots=True)
class Cited:
    """Words `body[start:end]` that answers of the conversation cite, and the questions that they answer."""

    start: int
    end: int
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph's words from `body[start]` on that all belong to the same citations (their numbers,
    from 1), and to what was opened (`now`) or not."""

    start: int
    text: str
    cites: tuple[int, ...] = ()
    now: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, `body[start:end]`: its pieces one after the other."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def opened_html(
    library: Library, turns: Sequence[Turn], link: str, language: Language, originals: bool
) -> str:
    """The article that a link (`ui.page.render.target`) leads to, opened there; `turns` are those of the
    conversation that have an answer, `originals` says whether the files that articles came from are given out.

    Raises:
        HoiBaoError: there is no such article.
        ValueError: it is no link of ours.
    """
    article_id, start, end = link.removeprefix("#cite-").rsplit("-", 2)
    article = library.article(article_id)
    last = turns[-1].record if turns else None
    said = citing(last, article_id, int(start)) if last else ""
    return article_html(
        article,
        language,
        (int(start), int(end)),
        cited_in(library, article, turns),
        last.passages if last else (),
        originals,
        library.left_out(article_id),
        said,
        correction_html(library, article, language),
        reprints_html(library, article, language),
    )


def cited_in(library: Library, article: Article, turns: Sequence[Turn]) -> list[Cited]:
    """What answers cite of an article, where it stands now, in the order of the text; what no longer stands in
    it is left out."""
    found: dict[Span, list[str]] = {}
    for turn in turns:
        quotes = (
            [q for q in turn.record.citations if q.article_id == article.id] if turn.record else []
        )
        if not turn.record or not quotes:
            continue
        now, gone = fate(library, replace(turn.record, citations=tuple(quotes)))
        for quote in now.citations:
            if quote.number not in gone and quote.start < quote.end:
                asked = found.setdefault((quote.start, quote.end), [])
                if turn.question not in asked:
                    asked.append(turn.question)
    return [Cited(*span, tuple(asked)) for span, asked in sorted(found.items())]


def blocks(body: str, cited: Sequence[Cited] = (), at: Span = (0, 0)) -> Iterator[Block]:
    """The paragraphs of a body, cut where a citation, or what was opened, begins or ends. Blank lines are
    left out; of all else nothing is lost or changed."""
    cuts = sorted({*at, *(cut for one in cited for cut in (one.start, one.end))})
    start = 0
    for line in body.split("\n"):
        end = start + len(line)
        edges = [start, *(cut for cut in cuts if start < cut < end), end]
        if line.strip():
            yield Block(
                start, end, tuple(_piece(body, cited, at, *edge) for edge in pairwise(edges))
            )
        start = end + 1


def _piece(body: str, cited: Sequence[Cited], at: Span, start: int, end: int) -> Piece:
    numbers = [n for n, one in enumerate(cited, 1) if one.start <= start and end <= one.end]
    return Piece(start, body[start:end], tuple(numbers), at[0] <= start and end <= at[1])


def article_html(
    article: Article,
    language: Language,
    at: Span = (0, 0),
    cited: Sequence[Cited] = (),
    others: Sequence[Seen] = (),
    originals: bool = False,
    left_out: Sequence[LeftOut] = (),
    said: str = "",
    above: str = "",
    below: str = "",
) -> str:
    """A whole article, opened at `body[at[0]:at[1]]`, all cited of it marked; above it the table of which
    that is a row, with the cells marked that `said` (the statements that cite it) takes; under it what of its
    file it lacks, and the other articles that were consulted, one link each. `above` and `below`: HTML of
    the same article's corrections and reprints."""
    known, unknown = _details(article, language, article.page(at[0]) if at[1] > at[0] else None)
    links: dict[str, tuple[str, str]] = {}
    for other in others:
        if other.article_id != article.id:
            links.setdefault(other.article_id, (href(other), other.title))

    def shown(piece: Piece) -> Markup:
        return body_html(article, piece.start, piece.start + len(piece.text), language)

    spans = [(one.start, one.end) for one in cited]
    original = originals and original_of(article)
    return filled(
        "article",
        language=language,
        id=article.id,
        title=article.details.title,
        title_from=found_in(article.details, "title", language),
        details=known,
        unknown=unknown,
        source=reference(article),
        quotes=[_quoted(article, one, language) for one in cited],
        current=spans.index(at) + 1 if at in spans else 0,
        opened=target(article.id, *at),
        blocks=list(blocks(article.body, *_unsigned(article, cited, at))),
        shown=shown,
        cells=Markup(cells_html(article.body, *at, language, said) if at[1] > at[0] else ""),
        left_out=Markup(left_out_html(left_out, language)),
        above=Markup(above),
        below=Markup(below),
        original=PurePath(original).name if original else "",
        address=_address(article.details.url),
        consulted=list(links.values()),
    )


def _unsigned(article: Article, cited: Sequence[Cited], at: Span) -> tuple[list[Cited], Span]:
    """What is cited, and what was opened, but for the lines under the story that say who wrote it, or where it
    was taken from, where they are cited with what stands above them."""
    body = article.body.rstrip()
    author = fold(article.details.author or "")
    while body:
        above, _, line = body.rpartition("\n")
        signed = author and author in fold(line) and len(line) <= len(author) + _BESIDE
        if not signed and (not is_source_line(line) or line.endswith(".")):
            break
        body = above.rstrip()
    over = len(body)

    def cut(start: int, end: int) -> int:
        return min(end, over) if start < over else end

    kept = [replace(one, end=cut(one.start, one.end)) for one in cited]
    return kept, (at[0], cut(*at))


def reference(article: Article) -> str:
    """Outlet, day and title, as they stand behind a quote."""
    details = article.details
    day = shown_day(details.published)
    return one_line(", ".join(filter(None, (details.outlet, day, article.title))))


def _quoted(article: Article, one: Cited, language: Language) -> dict[str, str]:
    """A citation as it is copied, and what it answers."""
    return {
        "copied": f"“{one_line(article.body[one.start : one.end])}” — {reference(article)}",
        "title": say("cited_for", language, questions=" · ".join(one.questions)),
    }


def _details(
    article: Article, language: Language, page: int | None
) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    """What is known of an article, each (key, value, a note: "" where the article says it, where it was found),
    and the names of what is not."""
    details = article.details
    values = {key: getattr(details, key) for key in _DETAILS} | {"published": _published(details)}
    known = [
        (
            key,
            value,
            say("inferred", language) if key in details.inferred else "",
            found_in(details, key, language),
        )
        for key, value in values.items()
        if value
    ]
    pages = [("page_of", str(page), "", "")] if page else []
    return [*known, *pages], [
        say(key, language).lower() for key, value in values.items() if not value
    ]


def _published(details: Details) -> str | None:
    """Day and time."""
    if not details.published:
        return None
    return shown_day(details.published) + (f", {details.time}" if details.time else "")


def _address(url: str | None) -> tuple[str, str] | None:
    """An address that a browser may open, and its host."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    return (url or "", host) if parts.scheme in ("http", "https") and host else None
