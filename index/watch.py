"""A watched folder: what is put into it, changed or renamed in it is taken over while the chat is open."""

import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as changes_in

from index.config import WATCH
from index.errors import HoiBaoError, InputError
from index.library import Library
from index.types import AddReport


def watch(
    library: Library,
    folder: Path,
    stop: threading.Event,
    tell: Callable[[AddReport | HoiBaoError], None],
) -> None:
    """Adds a folder, then whatever changes in it, until `stop` is set; `tell` is given each report in
    which something was done, or the error. Articles whose files are gone stay (a drive that is not
    mounted is no deletion): `hoibao add --prune` drops them.

    Raises:
        InputError: there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name one to watch")

    def take() -> None:
        try:
            report = library.add([folder], stop=stop)
        except HoiBaoError as error:
            tell(error)
            return
        if report.added or report.updated or report.removed or report.renamed or report.failed:
            tell(report)

    begun = False
    for changes in changes_in(
        folder,
        stop_event=stop,
        debounce=WATCH.quiet,
        step=200,
        rust_timeout=WATCH.idle,
        yield_on_timeout=True,
    ):
        # First of all once it is watched: what comes while that is read is not missed.
        if changes or not begun:
            take()
        begun = True
