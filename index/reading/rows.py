"""Articles in rows: JSON Lines and CSV. Fields go by their usual names, or by the user's (--fields)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from index.config import LIMITS, TEXT
from index.errors import InputError, Line
from index.language.encodings import decode, mend
from index.language.places import province
from index.language.text import fold, strip_marks
from index.metadata import moment
from index.reading import Bad, Document, too_long
from index.reading.columns import tell_columns
from index.types import Details

#: What each field of an article is called in files, the first name that is there counts. Compared
#: without case, diacritics, spaces and signs.
NAMES = {
    "title": "title headline tieude name",
    "body": "body text content articlebody noidung maintext fulltext",
    "summary": "summary description sapo abstract lead tomtat mota",
    "outlet": "outlet newspaper publisher sitename site bao toasoan publication source nguon",
    "author": "author authors byline creator tacgia",
    "published": "published date datepublished publishdate publishedat pubdate publicationdate ngaydang"
    " ngay time",
    "place": "place province location tinh tinhthanh diaphuong",
    "url": "url link sourceurl canonicalurl address diachi source nguon",
}
#: A longer name is no name of a field, in characters; values lie no deeper in each other.
_LONGEST_NAME, _DEEPEST = 100, 20


def read_jsonl(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """An article a line, part "1" being the first line.

    Raises:
        InputError: not one line holds an article.
    """
    bad: list[Bad] = []
    good = False
    for one in _jsonl(decode(data), fields):
        if good or isinstance(one, Document):
            yield from bad
            bad, good = [], True
            yield one
        else:
            bad.append(one)
    if bad:
        raise InputError(
            "no articles in its lines; line {number}: {why}", number=bad[0].part, why=bad[0].reason
        )


def _jsonl(text: str, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield Bad(str(number), Line.of("no JSON object on this line; mend it or take it out"))
            continue
        if not isinstance(row, dict):
            yield Bad(
                str(number),
                Line.of(
                    "no JSON object on this line; write {{...}} with the fields", number=number
                ),
            )
            continue
        yield _document(str(number), row, fields)


def read_csv(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """An article a row below the line of names, part "2" being the first one.

    Raises:
        InputError: the first line does not name a field for the text.
    """
    text = decode(data)
    csv.field_size_limit(LIMITS.file_bytes)
    # Not csv.Sniffer: it guesses quotes wrong in texts with quotes, and can take hours.
    head = text[:20_000].partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name for name in rows.fieldnames or [] if name]
        if not _named(names, fields).get("body"):
            raise InputError(
                "no column for the text among {names!r}; name it: --fields body=COLUMN",
                names=", ".join(names)[:120],
            )
        if len(names) > LIMITS.columns:
            raise InputError(
                "a row of more than {limit} columns; export fewer", limit=LIMITS.columns
            )
        for number, row in enumerate(rows, 2):
            yield _document(str(number), row, fields)
    except csv.Error as error:
        raise InputError("broken CSV ({why}); save it again as CSV", why=str(error)) from None


def _document(part: str, row: Mapping[str, Any], fields: Mapping[str, str]) -> Document | Bad:
    names = _named([name for name in row if isinstance(name, str)], fields)
    values = {field: _value(row.get(name)) for field, name in names.items()}
    body = values.get("body") or values.get("summary")
    if not body:
        asked = fields.get("body")
        looked = f"{asked!r}" if asked else "its text (body, text, content, nội dung)"
        return Bad(
            part, Line.of("no field with {looked}; name it: --fields body=NAME", looked=looked)
        )
    if len(body) > TEXT.article:
        return Bad(part, too_long(len(body)).line)
    lead = values.get("summary")
    if lead and values.get("body") and fold(lead[:80]) not in fold(body):
        body = f"{lead}\n{body}"
    return Document(part, tell_columns(mend(body)), _details(values).by("column"))


def details_of(row: Mapping[str, Any], fields: Mapping[str, str]) -> Details:
    """What a row's fields say of its article."""
    names = _named([name for name in row if isinstance(name, str)], fields)
    return _details({field: _value(row.get(name)) for field, name in names.items()})


def _details(values: Mapping[str, str | None]) -> Details:
    url, outlet = values.get("url"), values.get("outlet")
    title, author = values.get("title"), values.get("author")
    if outlet and outlet.startswith(("http://", "https://")):
        url, outlet = url or outlet, None
    if url and not url.startswith(("http://", "https://")):
        url = None
    day, clock = moment(values.get("published") or "")
    return Details(
        title=mend(title) if title else None,
        outlet=mend(outlet) if outlet else None,
        author=mend(author) if author else None,
        published=day,
        time=clock,
        place=province(values.get("place") or ""),
        url=url,
    )


def _named(names: list[str], fields: Mapping[str, str]) -> dict[str, str]:
    """By field of ours: the name that the row has for it."""
    # The first names count, and no name of ours is long.
    keys = {_key(name): name for name in names[: LIMITS.columns] if len(name) < _LONGEST_NAME}
    found = {}
    for field, usual in NAMES.items():
        if field in fields:
            found[field] = fields[field]
            continue
        name = next((keys[one] for one in usual.split() if one in keys), None)
        if name is not None:
            found[field] = name
    return found


@lru_cache(1_000)
def _key(name: str) -> str:
    return "".join(c for c in strip_marks(fold(name)) if c.isalnum())


def _value(raw: Any, depth: int = 0) -> str | None:
    """A field as text: lists are joined, an object gives its name."""
    if depth > _DEEPEST:
        return None
    if isinstance(raw, list):
        parts = [part for part in (_value(one, depth + 1) for one in raw) if part]
        return ("\n" if any(len(part) > 60 for part in parts) else ", ").join(parts) or None
    if isinstance(raw, dict):
        return _value(raw.get("name"), depth + 1)
    text = "" if raw is None or isinstance(raw, bool) else str(raw).strip()
    return text or None
