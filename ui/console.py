"""The way to the terminal: nothing that an article, a file name or a question holds reaches it as a control
sequence."""

import logging
import sys
from typing import TextIO

from index.language.text import one_line, visible


class _Visible(logging.Formatter):
    """A log line without control characters."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def ready() -> None:
    """Makes the standard streams take any text: what they cannot show is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    if logging.lastResort:  # what prints warnings where nobody set up another
        logging.lastResort.setFormatter(_Visible())


def tell(text: str = "", file: TextIO | None = None) -> None:
    """Text for a person, without control characters, on standard output or another stream; what is for
    standard error becomes part of the log where that is kept (`ui.logs`)."""
    log = logging.getLogger("hoibao")
    if file is sys.stderr and log.isEnabledFor(logging.INFO):
        log.info(visible(text))
    else:
        print(visible(text), file=file or sys.stdout, flush=True)


def tell_error(line: str) -> None:
    """What went wrong, in one line on standard error."""
    tell(f"hoibao: {one_line(line)}", sys.stderr)
