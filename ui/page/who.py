"""Whose click it is that is being answered: the door (`ui.door`) says so of the request, never the browser's
own state."""

from gradio.context import LocalContext

from index.people import OWNER, Person
from ui.door import who


def here() -> Person:
    """The person of the event under way, also between two frames of a generator; the owner where there is no
    request, as in what the program does by itself. To be asked within the event, not in a thread of one's own.
    """
    event = LocalContext.request.get(None)
    return OWNER if event is None or event.request is None else who(event.request.scope)
