"""What is typed and what comes on standard input, read; each mistake one line."""

import argparse
import ipaddress
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.language.places import admitted, province
from rag.types import Message

#: What reading a JSON text of somebody else's, and looking into it, can raise.
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def lines(argument: str) -> Iterator[str]:
    """The one text, or with "-" the lines of standard input; blank ones are left out. Bytes that are no UTF-8
    become a mark."""
    if argument != "-":
        yield argument
        return
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(errors="replace")
    yield from (line.strip() for line in sys.stdin if line.strip())


def query(line: str) -> tuple[str, list[Message]]:
    """The question of a line of standard input, a text or a JSON object, and what was said before.

    Raises:
        InputError: it begins like an object, and is no such one.
    """
    if not line.startswith("{"):
        return line, []
    try:
        item = json.loads(line)
        return str(item["question"]), _messages(item.get("history") or [])
    except _MALFORMED:
        raise InputError('this is no {"question", "history"} object') from None


def statement(line: str) -> tuple[str, str | None]:
    """What a line of standard input has to check: a text, or {"statement", "quote"}.

    Raises:
        InputError: it begins like an object, and is no such one.
    """
    if not line.startswith("{"):
        return line, None
    try:
        item = json.loads(line)
        said, quote = item["statement"], item["quote"]
    except _MALFORMED:
        said = quote = None
    if not isinstance(said, str) or not isinstance(quote, str):
        raise InputError('this is no {"statement", "quote"} object of two texts')
    return said, quote


def _messages(raw: Any) -> list[Message]:
    """A history: {"role","content"} objects; a bare string counts as a question of the user's."""
    messages = []
    for item in raw:
        if isinstance(item, str):
            messages.append(Message("user", item))
        else:
            role = "assistant" if item["role"] == "assistant" else "user"
            messages.append(Message(role, str(item["content"])))  # type: ignore[arg-type]
    return messages


def history_file(path: Path) -> list[Message]:
    """The earlier turns in a file."""
    try:
        return _messages(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except _MALFORMED:
        raise InputError(f'{path} is no JSON list of {{"role","content"}} objects') from None


def day(text: str) -> date:
    """A date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD") from None


def places(text: str) -> tuple[str, ...]:
    """The names under which a province may be filed."""
    found = province(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no province; write its name: Bắc Kạn")
    return admitted(found)


def assigned(text: str) -> tuple[str, str]:
    """FIELD=VALUE."""
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no FIELD=VALUE")
    return name.strip(), value.strip()


def fields(text: str) -> dict[str, str]:
    """OURS=THEIRS,…"""
    found = dict(assigned(part) for part in text.split(","))
    ours = {"title", "body", "summary", "outlet", "author", "published", "place", "url"}
    for name in found.keys() - ours:
        raise argparse.ArgumentTypeError(
            f"{name!r} is no field; these are: {', '.join(sorted(ours))}"
        )
    return found


def positive(text: str) -> int:
    """A number from 1 to 1000."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1000")
    return int(text)


def count(text: str) -> int:
    """A number from 1 up."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 up")
    return int(text)


def address(text: str) -> str:
    """An address of a machine, as "127.0.0.1"."""
    try:
        return str(ipaddress.ip_address(text.strip("[]")))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address; write one as 127.0.0.1"
        ) from None


def below(text: str) -> str:
    """A path of a site, "/bao" or "" for all of it."""
    path = text.rstrip("/")
    if path and not re.fullmatch(r"(/[\w.~-]+)+", path):
        raise argparse.ArgumentTypeError(f"{text!r} is no path; write one as /bao")
    return path
