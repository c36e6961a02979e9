"""Tables as files for spreadsheets: CSV that Excel reads as UTF-8, and of which no cell is taken for a
formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from index.find.found import Found
from index.language.text import visible
from index.named import Office, Seen

#: What a spreadsheet takes for the beginning of a formula; a mark before it makes it text.
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_PLACES = "article_id title outlet author published place source titled start end before quote after".split()

_OFFICES = (
    "office organisation person articles first first_article first_start first_end first_quote last"
    " last_article last_start last_end last_quote"
).split()


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Rows of values (None is empty) under their headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def places(found: Found) -> bytes:
    """What exact search found: a row for each place, and one for an article that has it in its title or details
    only."""

    def rows() -> Iterable[Sequence[object]]:
        for one in found.articles:
            head = (one.id, one.title, one.outlet, one.author, one.published, one.place, one.source)
            titled = "x" if one.titled else None
            for at in one.places:
                yield *head, titled, at.start, at.end, at.before, at.quote, at.after
            if not one.places:
                yield *head, titled, *(None,) * 5

    return table(_PLACES, rows())


def offices(found: Sequence[Office]) -> bytes:
    """Who held which office: a row each, with the words that say so first and last."""
    rows = (
        (
            one.office,
            one.organisation,
            one.person,
            one.articles,
            *_seen(one.first),
            *_seen(one.last),
        )
        for one in found
    )
    return table(_OFFICES, rows)


def _seen(one: Seen) -> Sequence[object]:
    return one.published, one.article, one.start, one.end, one.quote


def _cell(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    text = visible(str(value))
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) or text.startswith("\t") else text
