"""A damaged file of our own is moved aside under a name that says so, never deleted, and told in one line."""

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
_log = logging.getLogger("hoibao")
_told: set[str] = set()


def aside(path: Path) -> Path:
    """A name beside a damaged file that says so, and is free: `active.json.damaged-20261126-140501`."""
    stem = f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    target, number = path.with_name(stem), 1
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}-{number}")
    return target


def settings(path: Path, shape: Callable[[object], T], without: T) -> T:
    """What a JSON file holds, as `shape` gives it; `without` it where there is none, or where reading it or
    `shape` raises: then the file is damaged, and moved aside."""
    try:
        return shape(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return without
    except OSError as error:
        _tell(path, f"cannot be read ({error.strerror}); it counts for nothing")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        try:
            _tell(path, f"is damaged; moved to {path.rename(aside(path)).name}")
        except (OSError, ValueError):
            _tell(path, "is damaged; it counts for nothing")
    return without


def _tell(path: Path, said: str) -> None:
    """Once in a process: settings are read again and again."""
    if (line := f"{path} {said}") not in _told:
        _told.add(line)
        _log.warning("hoibao: %s", line)


def texts(raw: object) -> dict[str, str]:
    """A JSON object of texts, as it is.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise TypeError("no object of texts")
    return raw
