"""The articles that match by month, outlet and province, each count with how many articles there are of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.find.found import Facet, Group
from index.find.running import Row

FIELDS = ("month", "outlet", "place")


def groups(rows: Mapping[int, Row], matching: Iterable[int]) -> tuple[Group, ...]:
    """A group for each of `FIELDS`: months in order, the others by how many match."""
    found = [rows[number] for number in matching]
    return tuple(_group(field, found, rows.values()) for field in FIELDS)


def _group(field: str, found: Sequence[Row], every: Iterable[Row]) -> Group:
    counts, of = Counter(_values(found, field)), Counter(_values(every, field))
    unknown = counts.pop(None, 0)
    values = {value: n for value, n in counts.items() if value is not None}
    ordered = sorted(values, key=lambda v: (0, v) if field == "month" else (-values[v], v))
    return Group(field, tuple(Facet(v, values[v], of[v]) for v in ordered), unknown)


def _values(rows: Iterable[Row], field: str) -> list[str | None]:
    if field == "month":
        return [row.published and row.published[:7] for row in rows]
    return [row.outlet if field == "outlet" else row.place for row in rows]
