"""Where a served language model is: an address that speaks OpenAI's interface, the model's name, a key from a
file.

Without such an address the program opens no connection: it is read from the environment and nowhere else.
"""

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import InputError

_ADDRESS, _MODEL, _KEY = "HOIBAO_LLM", "HOIBAO_LLM_MODEL", "HOIBAO_LLM_KEY_FILE"


@dataclass(frozen=True, slots=True)
class Server:
    """A server and what is asked of it. `model` is "" where the server is to say which one it has."""

    url: str
    model: str = ""
    key: str = field(default="", repr=False)

    @property
    def where(self) -> str:
        """Host and port, as it is told."""
        return urlsplit(self.url).netloc

    @property
    def exposed(self) -> str | None:
        """A line for the owner where the key travels unencrypted off this machine."""
        parts = urlsplit(self.url)
        if not self.key or parts.scheme == "https" or _is_here(parts.hostname or ""):
            return None
        return (
            f"the key of {_KEY} and every prompt go to {self.where} unencrypted: use an https:// address, or a "
            "tunnel"
        )


def named() -> Server | None:
    """The server that `$HOIBAO_LLM`, `$HOIBAO_LLM_MODEL` and `$HOIBAO_LLM_KEY_FILE` name; None where they name
    none.

    Raises:
        InputError: what they say cannot be used.
    """
    url = os.environ.get(_ADDRESS, "").strip().rstrip("/")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment:
        raise InputError(
            f"{_ADDRESS} is no address of a server; write it like http://127.0.0.1:8080/v1"
        )
    if parts.username is not None:
        raise InputError(f"{_ADDRESS} holds a password; put the key into a file: {_KEY}=FILE")
    return Server(url, os.environ.get(_MODEL, "").strip(), _key())


def _key() -> str:
    name = os.environ.get(_KEY, "")
    if not name:
        return ""
    try:
        key = Path(name).expanduser().read_text("ascii").strip()
    except (OSError, ValueError):
        key = ""
    if not key or not key.isprintable() or " " in key:
        raise InputError(f"{_KEY}: no key can be read from {name}; it holds one line, the key")
    return key


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
