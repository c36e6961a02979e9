"""What exact search found, in words: how many of how many, and what could not be counted."""

from collections.abc import Iterator

from index.find.found import Found
from ui.text import Language, both, say

#: Values of a group told in the terminal.
_TOLD = 5


def count_line(found: Found, language: Language) -> str:
    """ "37 trong 412 bài; 12 bài không rõ ngày"."""
    counts = (
        ("undated", found.undated),
        ("unknown", found.unknown),
        ("unreadable", found.unreadable),
    )
    first = say("find_count", language, matching=found.matching, of=found.of)
    uncounted = [say(f"find_{key}", language, count=n) for key, n in counts if n]
    return f"{first}; {', '.join(uncounted)}" if uncounted else first


def group_lines(found: Found) -> Iterator[str]:
    """A line for each month, outlet or province with the most matches, each with how many it has in all."""
    for group in found.groups if found.matching else ():
        best = sorted(group.facets, key=lambda one: -one.matching)[:_TOLD]
        told = [f"{one.value} {one.matching}/{one.of}" for one in best]
        told += ["…"] if len(group.facets) > _TOLD else []
        if group.unknown:
            told.append(f"{both('find_group_unknown')} {group.unknown}")
        yield f"{both(f'find_by_{group.field}')}: {', '.join(told)}"
