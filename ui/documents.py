"""What the verbs print with `--json`, but answers (`ui.answers`)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any

from index.find.found import Found
from index.models.registry import ModelRow
from index.named import Name, Office, Seen
from index.notes import Noted
from index.people import Did, Person
from index.types import AddReport, Article, ArticleRow, Details, LeftOut
from rag.check.lookup import Checked
from rag.check.problem import Problem
from rag.types import Citation, Passage
from ui.kept import Wrong
from ui.problems import both
from ui.standing import Standing
from ui.trash import Item

Json = dict[str, Any]


def article_row(row: ArticleRow) -> Json:
    """An article of `list`."""
    return {
        **_head(row.id, row.details),
        "source": row.source,
        "chunks": row.chunks,
        "story": row.story,
        "copies": row.copies,
    }


def article(found: Article, row: ArticleRow, left_out: Sequence[LeftOut]) -> Json:
    """The article of `show`, whole: with where its details were found, its pages, what was left out."""
    unsure = [
        {
            "start": one.start,
            "end": one.end,
            "text": found.body[one.start : one.end],
            "confidence": round(one.confidence),
            "page": one.page,
        }
        for one in found.doubts
    ]
    return {
        **article_row(row),
        "origins": dict(found.details.origins),
        "pages": [{"page": number or None, "start": start} for start, number in found.pages],
        "left_out": [asdict(one) for one in left_out],
        "body": found.body,
        "doubtful": unsure,
    }


def corrected(found: Article, corrections: Mapping[str, str | None]) -> Json:
    """An article of `correct`: its fields, and which of them the user set."""
    return {**_head(found.id, found.details), "corrected": dict(corrections)}


def add_report(report: AddReport) -> Json:
    """What `add` did."""
    found = {**asdict(report), "seconds": round(report.seconds, 3)}
    del found["stopped"]  # Ctrl+C says so by itself
    for article_ in found["articles"]:
        del article_["outcome"]
    return found


def name(one: Name) -> Json:
    """A name of `names`."""
    return {**asdict(one), "first": _iso(one.first), "last": _iso(one.last)}


def seen(one: Seen) -> Json:
    """Words of an article that say something."""
    return {**asdict(one), "published": _iso(one.published)}


def office(one: Office) -> Json:
    """A row of `offices`."""
    return {**asdict(one), "first": seen(one.first), "last": seen(one.last)}


def standing(one: Standing) -> Json:
    """A standing question, with what is new."""
    at = datetime.fromtimestamp(one.asked).isoformat(timespec="seconds") if one.asked else None
    news_ = [{"kind": new.kind, **asdict(new.told), "before": new.before} for new in one.news]
    return {"id": one.id, "question": one.question, "exact": one.exact, "asked": at, "new": news_}


def span(first: date | None, last: date | None) -> str:
    """From one day to another, "" where none is known."""
    return " … ".join(dict.fromkeys(day.isoformat() for day in (first, last) if day))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def trashed(item: Item) -> Json:
    """Something in the trash."""
    times = {"removed": item.removed.isoformat(), "until": item.until.isoformat()}
    return {**asdict(item), **times}


def wrong(one: Wrong) -> Json:
    """An answer that was marked wrong."""
    return asdict(one)


def model_row(row: ModelRow) -> Json:
    """A line of `models`."""
    return asdict(row)


def search(query: str, passages: list[Passage], seconds: float) -> Json:
    """The document of `search`."""
    results = [
        {
            "rank": passage.rank,
            "score": round(passage.score, 4),
            "article_id": passage.article.id,
            "title": passage.article.details.title,
            "outlet": passage.article.details.outlet,
            "published": _day(passage.article.details),
            "place": passage.article.details.place,
            "source": passage.article.source,
            "copies": passage.copies,
            "page": passage.article.page(passage.start),
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
        }
        for passage in passages
    ]
    return {"query": query, "results": results, "seconds": round(seconds, 3)}


def find(query: str, found: Found, seconds: float) -> Json:
    """The document of `find`."""
    results = [
        {
            "rank": rank,
            "article_id": one.id,
            "title": one.title,
            "outlet": one.outlet,
            "author": one.author,
            "published": one.published.isoformat() if one.published else None,
            "place": one.place,
            "source": one.source,
            "titled": one.titled,
            "places": [
                {
                    "start": at.start,
                    "end": at.end,
                    "before": at.before,
                    "quote": at.quote,
                    "after": at.after,
                }
                for at in one.places
            ],
            "more": one.more,
        }
        for rank, one in enumerate(found.articles, 1)
    ]
    counts = asdict(replace(found, articles=(), groups=()))
    del counts["articles"], counts["groups"]
    by = {
        group.field: {"counts": [asdict(one) for one in group.facets], "unknown": group.unknown}
        for group in found.groups
    }
    return {
        "query": query,
        "count": counts,
        "by": by,
        "results": results,
        "seconds": round(seconds, 3),
    }


def noted(one: Noted) -> Json:
    """A note: where its words stand now; where they were changed, what stands in their place."""
    note, at = one.note, one.standing
    place = at if at and at.same else None
    return {
        "number": note.number,
        "article_id": note.article_id,
        "title": one.article.details.title,
        "outlet": one.article.details.outlet,
        "published": _day(one.article.details),
        "text": note.text,
        "tags": list(note.tags),
        "starred": note.starred,
        "made": datetime.fromtimestamp(note.made, UTC).isoformat(timespec="seconds"),
        "state": one.state,
        "trashed": one.trashed,
        "quote": note.anchor.quote if note.anchor else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "now": {"start": at.start, "end": at.end, "quote": one.now} if at and not at.same else None,
    }


def not_found(query: str, why: str) -> Json:
    """A line of a batch that is no query, and why."""
    return {"query": query, "count": None, "by": {}, "results": [], "seconds": 0.0, "error": why}


def not_searched(query: str, why: str) -> Json:
    """A line of a batch that could not be searched for, and why."""
    return {"query": query, "results": [], "seconds": 0.0, "error": why}


def not_checked(statement: str, why: str) -> Json:
    """A line of a batch that could not be checked, and why."""
    return {
        "statement": statement,
        "verified": False,
        "problems": [],
        "citations": [],
        "error": why,
    }


def checked(found: Checked) -> Json:
    """A line of `check`."""
    return {
        "statement": found.statement,
        "verified": found.verified,
        "problems": [both(one) for one in found.problems],
        "citations": [_citation(citation) for citation in found.citations],
        "corrections": [_citation(citation) for citation in found.corrections],
    }


def checked_quote(statement: str, problems: tuple[Problem, ...]) -> Json:
    """A line of `check -` for a statement with its quote."""
    return {
        "statement": statement,
        "verified": not problems,
        "problems": [both(one) for one in problems],
        "citations": [],
    }


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "article_id": citation.article.id,
        "title": citation.article.details.title,
        "outlet": citation.article.details.outlet,
        "author": citation.article.details.author,
        "published": _day(citation.article.details),
        "source": citation.article.source,
        "page": citation.article.page(citation.start),
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def person(one: Person) -> Json:
    """Somebody who may come in."""
    return {"name": one.name, "role": one.role}


def did(one: Did) -> Json:
    """A line of the audit; the owner of the machine has no name."""
    return {
        "at": datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds"),
        "name": one.name,
        "did": one.did,
        "what": one.what,
        "state": one.state,
    }


def _head(article_id: str, details: Details) -> Json:
    return {
        "id": article_id,
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "published": _day(details),
        "time": details.time,
        "place": details.place,
        "url": details.url,
        "inferred": list(details.inferred),
    }


def _day(details: Details) -> str | None:
    return details.published.isoformat() if details.published else None
