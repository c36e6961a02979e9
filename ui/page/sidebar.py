"""The list of conversations beside the chat, as HTML: found by words, the open one marked."""

import html
import time
from collections.abc import Sequence
from datetime import datetime

from ui.history import Conversation
from ui.text import Language, say

_DAY = 86_400


def conversations_html(
    found: Sequence[Conversation], current: str, language: Language, searched: bool
) -> str:
    """The conversations as links (`?c=ID`), under "today", "this week", "earlier"."""
    if not found:
        key = "no_match" if searched else "no_conversations"
        return f"<p class='hb-hint'>{html.escape(say(key, language))}</p>"
    parts: list[str] = []
    heading = ""
    for one in found:
        key = _age(one.updated)
        if key != heading:
            heading = key
            parts.append(f"<li class='hb-when'>{html.escape(say(key, language))}</li>")
        mark = " aria-current='page'" if one.id == current else ""
        day = f"{datetime.fromtimestamp(one.updated):%d/%m/%Y %H:%M}"
        parts.append(
            f"<li><a class='hb-talk' href='?c={one.id}' title='{day}'{mark}>{html.escape(one.name)}</a></li>"
        )
    return f"<ul class='hb-talks'>{''.join(parts)}</ul>"


def _age(then: float) -> str:
    midnight = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    if then >= midnight:
        return "today"
    return "this_week" if time.time() - then < 7 * _DAY else "earlier"
