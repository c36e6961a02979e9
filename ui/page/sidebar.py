"""The list of conversations beside the chat, as HTML: found by words, the open one marked."""

import time
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from ui.history import Conversation
from ui.page.render import note_html
from ui.templates import filled
from ui.text import Language, say

_DAY = 86_400


def conversations_html(
    found: Sequence[Conversation], current: str, language: Language, searched: bool
) -> str:
    """The conversations as links (`?c=ID`), under "today", "this week", "earlier"."""
    if not found:
        said = say("no_match" if searched else "no_conversations", language)
        return note_html(said, live=False)
    talks = [
        {"id": one.id, "name": one.name, "age": _age(one.updated), "day": _minute(one.updated)}
        for one in found
    ]
    groups = [(age, list(some)) for age, some in groupby(talks, lambda one: one["age"])]
    return filled("talks", groups=groups, current=current, language=language)


def _minute(then: float) -> str:
    return f"{datetime.fromtimestamp(then):%d/%m/%Y %H:%M}"


def _age(then: float) -> str:
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    if then >= midnight:
        return "today"
    return "this_week" if time.time() - then < 7 * _DAY else "earlier"
