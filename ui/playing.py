"""Frames (`ui.view`) on Gradio's components."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

import gradio as gr

from ui.view import Frame

#: For events that no program calls and that no progress bar is shown for.
HIDDEN: Any = {"show_progress": "hidden", "api_visibility": "private"}


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
