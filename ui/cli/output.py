"""What verbs print for programs, JSON documents, and how far they are."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from index.language.text import escaped, one_line


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
