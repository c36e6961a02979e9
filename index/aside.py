"""A damaged file of our own is moved aside under a name that says so, never deleted, and told in one line."""

import json
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from index.errors import ModelError

T = TypeVar("T")
_log = logging.getLogger("hoibao")
_told: set[Path] = set()


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
    `shape` raises: then the file is damaged, and moved aside.

    Raises:
        ModelError: the system does not let it be read.
    """
    try:
        return shape(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return without
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}); change its permissions, or move it away"
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        try:
            said = f"moved to {path.rename(aside(path)).name}"
        except (OSError, ValueError):
            said = "it counts for nothing"
        if path not in _told:  # settings are read again and again
            _told.add(path)
            _log.warning("hoibao: %s is damaged; %s", path, said)
    return without


def texts(raw: object) -> dict[str, str]:
    """A JSON object of texts, as it is.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise TypeError("no object of texts")
    return raw
