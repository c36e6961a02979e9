"""What of the page is for whom: members see nothing that only editors can do, nor people what is for who sits
at the machine (the server refuses it, too), and who logged in can log out."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from index.people import Person
from ui.page.playing import HIDDEN
from ui.page.style import drawn
from ui.page.who import here
from ui.templates import filled
from ui.text import Language


class RolePart:
    """The name of who logged in, with the way out; and which components are shown to whom."""

    def make(self) -> None:
        """Makes it where it stands on the page."""
        self._html = drawn("hb-who")

    def wire(
        self,
        language: gr.Textbox,
        for_editors: Sequence[Any],
        for_owner: Sequence[Any],
        *events: Any,
    ) -> None:
        """Shows and hides at each of these events."""

        def shown(language: Language) -> tuple[Any, ...]:
            person = here()
            return (
                who_html(person, language),
                *(gr.update(visible=person.edits) for _ in for_editors),
                *(gr.update(visible=not person.id) for _ in for_owner),
            )

        for event in events:
            event(shown, [language], [self._html, *for_editors, *for_owner], **HIDDEN)


def who_html(person: Person, language: Language) -> str:
    """Who logged in, and the way out; nothing for the owner, who has no name here."""
    return filled("who", language=language or "vi", person=person.name) if person.id else ""
