"""Who paints a page: an answer that grows, a conversation that was opened, a language that was chosen all
write to the same places, and only what the user asked for last may."""

import secrets
import threading
from collections.abc import Callable, Iterator
from typing import Any

from ui.config import WAITS
from ui.page.desk import Job

#: New values of the page's parts, by their names; those left out stay.
Frame = dict[str, Any]


class Painter:
    """One who paints a page until another does."""

    def __init__(self) -> None:
        self.gone = False
        self.late = False  # another paints, without having waited for the end of this one
        self.ended = threading.Event()
        self.frame: Frame = {}  # all that was painted, a new one with each frame
        self._job: Job | None = None

    def follow(self, job: Job) -> Iterator[Any]:
        """The job's snapshots until it is finished, or another paints."""
        self._job = job
        return job.follow(lambda: self.gone)

    def stop(self) -> None:
        """Stops the answer that is followed."""
        if self._job:
            self._job.break_off()

    def leave(self) -> None:
        """Ends it, and waits until its last frame has left for the page, so that the next one comes
        behind it; for a while only, since one whose page is gone may never come back."""
        self.gone = True
        if self._job:
            self._job.wake()
        self.late = not self.ended.wait(WAITS.painter)


class View:
    """One place of a page, where the chat stands or an article; `shown` says which (a frame's "current"),
    None before the first; `session` tells it from other pages."""

    def __init__(self) -> None:
        self.session = secrets.token_hex(8)
        self.shown: str | None = None
        self._painter: Painter | None = None
        self._lock = threading.Lock()

    def __deepcopy__(self, _: object) -> "View":
        """A view of its own for each page: Gradio copies a state's first value."""
        return View()

    def paint(self, frames: Callable[[Painter], Iterator[Frame]]) -> Iterator[Frame]:
        """Frames for the page, until they end or the page is painted by a later call."""
        painter = Painter()
        with self._lock:
            before, self._painter = self._painter, painter
        if before:
            before.leave()
        try:
            for frame in frames(painter):
                if painter.gone:
                    break
                self.shown = frame.get("current", self.shown)
                painter.frame = {**painter.frame, **frame}
                yield frame
            if painter.late:  # its last frame may have come behind those of the next
                yield from self._once_more()
        finally:
            painter.ended.set()

    def _once_more(self) -> Iterator[Frame]:
        """What whoever paints now has painted, until that is what was sent last."""
        sent: Frame = {}
        while (painter := self._painter) and painter.frame is not sent and painter.frame:
            sent = painter.frame
            yield sent

    def stop(self) -> None:
        """Stops the answer that is shown growing."""
        painter = self._painter
        if painter:
            painter.stop()
