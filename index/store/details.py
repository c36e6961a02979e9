"""An article's details as columns, and the condition that a filter is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from index.types import Details, Filter

#: The columns of an article's details, in the order of `Details`.
DETAILS = ("title", "outlet", "author", "published", "time", "place", "url", "inferred")


def corrected(details: Details, corrections: Mapping[str, str | None]) -> Details:
    """The details with the user's corrections in their places; what the user says is not inferred."""
    values = dict(zip(DETAILS, columns(details), strict=True)) | dict(corrections)
    found = details_of([values[field] for field in DETAILS])
    left = tuple(field for field in details.inferred if field not in corrections)
    return replace(found, inferred=left)


def columns(details: Details) -> tuple[str | None, ...]:
    """Details as SQLite keeps them, in the order of `DETAILS`."""
    day = details.published
    return (
        *(details.title, details.outlet, details.author, day.isoformat() if day else None),
        *(details.time, details.place, details.url, " ".join(details.inferred) or None),
    )


def details_of(row: Sequence[str | None], origins: tuple[tuple[str, str], ...] = ()) -> Details:
    """What `columns` made of."""
    title, outlet, author, published, time, place, url, inferred = row
    day = date.fromisoformat(published) if published else None
    concluded = tuple((inferred or "").split())
    return Details(title, outlet, author, day, time, place, url, concluded, origins)


def where(only: Filter, before: str = " WHERE ") -> tuple[str, list[str]]:
    """The SQL condition for a filter over `article a`, "" where it admits everything. An article
    without a date is in no date range."""
    parts: list[str] = []
    values: list[str] = []
    for condition, value in (
        ("a.published >= ?", only.since and only.since.isoformat()),
        ("a.published <= ?", only.until and only.until.isoformat()),
        ("a.outlet = ?", only.outlet),
        (
            "a.id IN (SELECT article_id FROM dossier_article WHERE dossier = ?)",
            only.dossier and str(only.dossier),
        ),
    ):
        if value:
            parts.append(condition)
            values.append(value)
    for column, ids in (
        ("a.place IN", only.places),
        ("a.id IN", only.article_ids),
        ("a.id NOT IN", only.without),
    ):
        if ids:
            parts.append(f"{column} ({', '.join('?' * len(ids))})")
            values.extend(ids)
    return (before + " AND ".join(parts) if parts else ""), values
