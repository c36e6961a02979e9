"""Who is the owner: the secret that `hoibao serve` keeps in the library, the password that is asked for off
this machine, and the cookie that stands for either in a browser."""

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections import deque
from pathlib import Path

from index.errors import InputError
from ui.config import DOOR

_VARIABLE = "HOIBAO_TOKEN"
_FILE = "token"


class Keys:
    """What opens the door. Without a token everybody gets in; a password only ever beside a token."""

    def __init__(self, token: str, password: str = "") -> None:
        self.token = token
        self._salt = secrets.token_bytes(16)
        self._password = self._hashed(password) if password else b""
        # Whoever learns a cookie does not learn the token; another password makes old cookies worthless.
        said = f"hoibao cookie {hashlib.sha256(password.encode()).hexdigest()}"
        self.cookie = hmac.new(token.encode(), said.encode(), "sha256").hexdigest()
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    @property
    def asks(self) -> bool:
        """Whether a password is set."""
        return bool(self._password)

    def is_token(self, given: str) -> bool:
        """Whether it is the token."""
        return _same(given, self.token)

    def is_cookie(self, given: str) -> bool:
        """Whether it is the cookie of who was let in."""
        return _same(given, self.cookie)

    def is_password(self, given: str, sender: str) -> bool | None:
        """Whether it is the password; None where the sender was wrong too often, and has to wait. One
        is tried at a time: each costs what scrypt costs."""
        with self._lock:
            now = time.monotonic()
            if len(self._wrong) > DOOR.senders:
                self._wrong = {s: w for s, w in self._wrong.items() if now - w[-1] < DOOR.wait}
            wrong = self._wrong.get(sender, deque())
            while wrong and now - wrong[0] > DOOR.wait:
                wrong.popleft()
            if len(wrong) >= DOOR.tries or len(self._wrong) > DOOR.senders:
                return None
            if self.asks and hmac.compare_digest(self._hashed(given), self._password):
                self._wrong.pop(sender, None)
                return True
            wrong.append(now)
            self._wrong[sender] = wrong
            return False

    def _hashed(self, password: str) -> bytes:
        return hashlib.scrypt(password.encode(), salt=self._salt, n=2**14, r=8, p=1)


def kept_token(library: Path) -> str:
    """`$HOIBAO_TOKEN`, else the secret of a library, made the first time: 43 characters in a file that
    only its owner may read.

    Raises:
        InputError: the variable holds too little to be a secret, or what has no place in an address.
    """
    if given := os.environ.get(_VARIABLE, ""):
        usable = given.isascii() and given.replace("-", "").replace("_", "").isalnum()
        if len(given) < DOOR.characters or not usable:
            raise InputError(
                f"{_VARIABLE} is no secret; set it to {DOOR.characters} or more letters, digits, - and _"
            )
        return given
    path = library / _FILE
    try:
        private = not path.is_symlink() and not path.stat().st_mode & 0o077
        kept = path.read_text("ascii").strip() if private else ""
    except (OSError, UnicodeDecodeError):
        kept = ""
    if len(kept) >= DOOR.characters:
        return kept
    made = secrets.token_urlsafe(32)  # also where others could have read the one before
    private_file(path, f"{made}\n")
    return made


def private_file(path: Path, text: str) -> None:
    """A file with a text, whole or as it was, which only its owner may read."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())
    part.replace(path)


def read_password(path: Path) -> str:
    """The first line of a password file.

    Raises:
        InputError: it cannot be read, or its password is too short.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the password file {path} cannot be read ({error}); name another"
        ) from None
    password = lines[0].strip() if lines else ""
    if len(password) < DOOR.password:
        raise InputError(
            f"the password in {path} is too short; write {DOOR.password} or more characters on its first line"
        )
    return password


def _same(given: str, right: str) -> bool:
    return bool(right) and hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
