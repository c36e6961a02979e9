"""How an article was read, in words: what was left out, where a detail was found, on which page words stand."""

from collections.abc import Sequence

from index.types import Details, LeftOut
from ui.templates import filled
from ui.text import TEXT, Language, say


def left_out_line(parts: Sequence[LeftOut], language: Language) -> str:
    """ "Đã bỏ qua: 3 mục liên quan, 12 bình luận"; "" where nothing was."""
    counts: dict[str, int] = {}
    for one in parts:
        counts[one.kind] = counts.get(one.kind, 0) + one.items
    told = [
        say("left_counted", language, count=count, kind=kind_words(kind, language))
        if count
        else kind_words(kind, language)
        for kind, count in counts.items()
    ]
    return say("left_out", language, parts=", ".join(told)) if told else ""


def kind_words(kind: str, language: Language) -> str:
    """What a kind of part is called."""
    return say(f"left_{kind}" if f"left_{kind}" in TEXT else "left_other", language)


def left_out_html(parts: Sequence[LeftOut], language: Language) -> str:
    """A closed box of it for the foot of an article; "" where nothing was left out."""
    if not parts:
        return ""
    shown = [(kind_words(one.kind, language), one.text.split("\n")) for one in parts]
    return filled("left_out", summary=left_out_line(parts, language), parts=shown)


def found_in(details: Details, field: str, language: Language) -> str:
    """Where a detail was found, for who rests on it; "" where it is not known itself."""
    if not getattr(details, field, None):
        return ""
    return say("found_in", language, origin=origin_words(details, field, language))


def origin_words(details: Details, field: str, language: Language) -> str:
    """Where a detail was found; that it was not noted, of an article that an older version added."""
    key = f"from_{dict(details.origins).get(field, 'unknown')}"
    return say(key if key in TEXT else "from_unknown", language)


def page_words(page: int | None, language: Language) -> str | None:
    """ "tr. 3"; None where the page is not known."""
    return say("page_short", language, page=page) if page else None
