"""What verbs print: JSON documents, lines for a person, and how far they are. Nothing that an article, a file
name or a question holds reaches the terminal as a control sequence."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from index.language.text import escaped, one_line, visible


def ready() -> None:
    """Makes the standard streams take any text: what they cannot show is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    if logging.lastResort:  # what prints warnings where nobody set up another
        logging.lastResort.setFormatter(_Visible())


class _Visible(logging.Formatter):
    """A log line without control characters."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def print_json(document: object) -> None:
    """One document on one line of standard output."""
    text = json.dumps(document, ensure_ascii=False)
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = json.dumps(document)
    print(escaped(text), flush=True)


def tell(text: str = "", file: TextIO | None = None) -> None:
    """Text for a person, without control characters, on standard output or another stream."""
    print(visible(text), file=file or sys.stdout)


def tell_error(line: str) -> None:
    """What went wrong, in one line on standard error."""
    tell(f"hoibao: {one_line(line)}", sys.stderr)


def add_progress() -> Callable[[int, int, str], None] | None:
    """A progress line on a terminal, with time left; nothing where stderr is a file."""
    if not sys.stderr.isatty():
        return None
    bar = tqdm(unit="file")

    def progress(done: int, total: int, name: str) -> None:
        bar.total = total
        bar.set_postfix_str(one_line(Path(name).name)[-40:], refresh=False)
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return progress


def question_progress() -> Callable[[int, int], None]:
    """A progress line on standard error."""
    bar = tqdm(unit="question", disable=not sys.stderr.isatty())

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done == total:
            bar.close()

    return progress
