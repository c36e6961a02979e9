"""What verbs print for programs, JSON documents, and how far they are."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from index.language.text import escaped, one_line
from index.types import AtPage, Progress


def print_json(document: object) -> None:
    """One document on one line of standard output."""
    text = json.dumps(document, ensure_ascii=False)
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        text = json.dumps(document)
    print(escaped(text), flush=True)


def asked(question: str) -> bool:
    """Whether somebody at the terminal says yes; in a script nobody does."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes", "c", "có")


def add_progress() -> Progress | None:
    """A progress line on a terminal, with time left; of a scan its pages and the time left for them. Nothing
    where stderr is a file."""
    if not sys.stderr.isatty():
        return None
    bar = tqdm(unit="file")

    def progress(done: int, total: int, name: str, at: AtPage | None) -> None:
        bar.total = total
        said = one_line(Path(name).name)[-40:]
        if at:
            left = "" if at.left is None else f", {tqdm.format_interval(at.left)} left"
            said += f" (scan, page {at.page}/{at.pages}{left})"
        bar.set_postfix_str(said, refresh=at is not None)
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
