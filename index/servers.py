"""Servers that the environment names: their addresses, and the secrets that they are told, which lie in
files."""

import ipaddress
import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from index.errors import InputError, Line


def address(variable: str) -> SplitResult | None:
    """The address that a variable of the environment holds, None where it is not set.

    Raises:
        InputError: it is none.
    """
    value = os.environ.get(variable, "").strip()
    if not value:
        return None
    try:
        found = urlsplit(value)
        more = found.username or found.password or found.query or found.fragment
        if found.scheme in ("http", "https") and found.hostname and found.port != 0 and not more:
            return found
    except ValueError:
        pass
    raise InputError(
        "{name} is no address of a server; write http://host:port, its secret into a file of its own",
        name=variable,
    )


def secret(variable: str) -> str | None:
    """The first line of the file that a variable of the environment names, read anew each time; None where it
    is not set.

    Raises:
        InputError: it cannot be read, or holds none.
    """
    name = os.environ.get(variable, "").strip()
    if not name:
        return None
    try:
        lines = Path(name).expanduser().read_text("utf-8").split()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no text"
        raise InputError(
            "the file that {name} names cannot be read ({why})", name=variable, why=why
        ) from None
    if len(lines) != 1 or not lines[0].isascii():
        raise InputError("the file that {name} names holds no secret in one line", name=variable)
    return lines[0]


def exposed(found: SplitResult, variable: str) -> Line | None:
    """A line for the owner where the secret of a file goes off this machine unencrypted."""
    if found.scheme == "https" or variable not in os.environ or _is_here(found.hostname or ""):
        return None
    return Line.of(
        "what {name} names goes to {host} unencrypted: use an https:// address, or a tunnel",
        name=variable,
        host=found.netloc,
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
