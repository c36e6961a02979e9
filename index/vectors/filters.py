"""What a chunk is filtered by in Chroma: its fields there, and a filter as Chroma takes it."""

from typing import Any

from index.store.protocol import Entry
from index.types import Filter


def filed(entry: Entry) -> dict[str, str | int]:
    """What a chunk is filtered by; what its article does not tell is left out, and met by no condition."""
    day = int(f"{entry.published:%Y%m%d}") if entry.published else None
    fields = {
        "article": entry.article_id, "day": day, "outlet": entry.outlet, "place": entry.place
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def where(only: Filter) -> Any:
    """A filter as Chroma takes it."""
    conditions: list[dict[str, Any]] = []
    if only.since:
        conditions.append({"day": {"$gte": int(f"{only.since:%Y%m%d}")}})
    if only.until:
        conditions.append({"day": {"$lte": int(f"{only.until:%Y%m%d}")}})
    if only.outlet:
        conditions.append({"outlet": only.outlet})
    for field, operator, values in (
        ("place", "$in", only.places),
        ("article", "$in", only.article_ids),
        ("article", "$nin", only.without),
    ):
        if values:
            conditions.append({field: {operator: list(values)}})
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}
