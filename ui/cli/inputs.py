"""What is typed and what comes on standard input, read; each mistake one line."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.errors import InputError
from index.language.places import admitted, province
from rag.types import Message


def queries(argument: str) -> Iterator[tuple[str, list[Message]]]:
    """The one query, or those on standard input: a line of text or a JSON object each."""
    if argument != "-":
        yield argument, []
        return
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield line.strip(), []
            continue
        try:
            item = json.loads(line)
            yield str(item["question"]), _messages(item.get("history") or [])
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise InputError(
                f'line {number} of standard input is no {{"question", "history"}} object'
            ) from None


def statements(argument: str) -> Iterator[tuple[str, str | None]]:
    """A text to check; on standard input a line of it each, or {"statement", "quote"} objects."""
    if argument != "-":
        yield argument, None
        return
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield line.strip(), None
            continue
        try:
            item = json.loads(line)
            statement, quote = item["statement"], item["quote"]
        except (json.JSONDecodeError, KeyError, TypeError):
            statement = quote = None
        if not isinstance(statement, str) or not isinstance(quote, str):
            raise InputError(
                f'line {number} of standard input is no {{"statement", "quote"}} object of two texts'
            )
        yield statement, quote


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
    except (ValueError, KeyError, TypeError):
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
