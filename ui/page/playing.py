"""Frames (`ui.page.view`) on Gradio's components."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

import gradio as gr

from ui.config import WAITS
from ui.page.view import Frame

#: For events that no program calls and that no progress bar is shown for; nor are the parts that they change
#: told how far they are, which Gradio would tell each of them again and again.
HIDDEN: Any = {"show_progress": "hidden", "show_progress_on": [], "api_visibility": "private"}
#: The same for what is done once more at its end where it was asked for meanwhile. Only one listener of an
#: event may be so: Gradio then begins all listeners of that event anew, and two would keep each other at work
#: for ever. What else is to be done at the event comes behind it (`.then`).
LAST: Any = {"trigger_mode": "always_last", **HIDDEN}


def plays(
    event: Any,
    action: Callable[..., Iterator[Frame]],
    inputs: Sequence[Any],
    parts: Mapping[str, Any],
    **how: Any,
) -> Any:
    """Plays an action's frames on the parts of their names whenever the event comes, also while those of an
    earlier one still come: the view decides who paints. Returns Gradio's dependency."""

    @wraps(action)  # Gradio reads its signature
    def played(*values: Any) -> Iterator[Any]:
        frame: Frame = {}
        for frame in action(*values):
            yield {parts[name]: value for name, value in frame.items()}
        if not frame:  # Gradio would empty everything
            yield gr.skip()

    # Gradio names endpoints after functions, and "ask" is the one that programs call.
    played.__name__ = f"on_{played.__name__}"
    how = {"trigger_mode": "multiple", **HIDDEN, **how}
    return event(played, list(inputs), list(parts.values()), **how)


def keep_open(page: gr.Blocks) -> None:
    """Keeps the stream open on which a page hears of all its events, for as long as the page is there.

    Gradio ends it whenever no event is under way, and what is clicked in that moment can be lost: where the
    page reads the reply to the click before the end of the stream, it opens none anew."""
    page.load(_waits, None, None, concurrency_limit=None, **HIDDEN)


async def _waits() -> AsyncIterator[None]:
    """Ends with the page: Gradio asks on only while somebody listens."""
    while True:
        await asyncio.sleep(WAITS.beat)
        yield
