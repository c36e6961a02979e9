"""Who gets in: the owner by the secret that `hoibao serve` keeps in the library, people by their names and
passwords, programs by a token; and the cookies that stand for these in a browser."""

import hashlib
import hmac
import os
import secrets
import threading
import time
from collections import deque
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from index.errors import InputError
from index.people import OWNER, Person, name_key
from index.store.people import People
from ui.config import DOOR, EACH

_VARIABLE = "HOIBAO_TOKEN"
_FILE = "token"
_DAY = 86_400
#: What passwords are kept with.
HASHER = PasswordHasher()


class Keys:
    """What opens the door. Where there are no `people`, the owner gets in by the token, and without a token
    everybody does; where there are, nobody else than they and the owner with the token."""

    def __init__(self, token: str, people: People | None = None) -> None:
        self.token = token
        self._people = people
        # Whoever learns a cookie does not learn the token.
        self.cookie = hmac.new(token.encode(), b"hoibao cookie", "sha256").hexdigest()
        self._wrong: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    @property
    def asks(self) -> bool:
        """Whether there are people, who are asked for name and password."""
        return self._people is not None and self._people.any()

    def is_token(self, given: str) -> bool:
        """Whether it is the owner's token."""
        return _same(given, self.token)

    def who(self, bearer: str, cookie: str) -> Person | None:
        """Who has this token or this cookie; None where that is nobody."""
        if not self.token and not self.asks:
            return OWNER
        if self.is_token(bearer) or (self.token and _same(cookie, self.cookie)):
            return OWNER
        if self._people is None:
            return None
        found = self._people.of_token(digest(bearer)) if bearer else None
        return found or (self._people.of_session(digest(cookie)) if cookie else None)

    def log_in(self, name: str, password: str, sender: str) -> str | None:
        """The cookie of a new session; "" where name or password are wrong, None where the sender was wrong
        too often, and has to wait. One is tried at a time: each costs what argon2 costs."""
        limits = {sender: DOOR.tries * DOOR.names, f"{sender} {name_key(name)}": DOOR.tries}
        with self._lock:
            if self._waits(limits):
                return None
            known = self._people.known(name) if self._people else None
            if is_password(password, known[1] if known else _nobody()) and known and self._people:
                cookie = secrets.token_urlsafe(32)
                self._people.begin(known[0], digest(cookie), time.time() + EACH.days * _DAY)
                self._wrong.pop(f"{sender} {name_key(name)}", None)
                return cookie
            for one in limits:
                self._wrong.setdefault(one, deque()).append(time.monotonic())
            return ""

    def log_out(self, cookie: str) -> None:
        """Ends the session of a cookie."""
        if self._people is not None and cookie:
            self._people.end(digest(cookie))

    def _waits(self, limits: dict[str, int]) -> bool:
        now = time.monotonic()
        if len(self._wrong) > DOOR.senders:
            self._wrong = {s: w for s, w in self._wrong.items() if now - w[-1] < DOOR.wait}
        for sender, most in limits.items():
            wrong = self._wrong.get(sender, deque())
            while wrong and now - wrong[0] > DOOR.wait:
                wrong.popleft()
            if len(wrong) >= most:
                return True
            if not wrong:
                self._wrong.pop(sender, None)
        return len(self._wrong) > DOOR.senders


def hashed(password: str) -> str:
    """A password as it is kept.

    Raises:
        InputError: it is too short or too long.
    """
    if not DOOR.password <= len(password) <= DOOR.longest:
        raise InputError(
            "a password has {least} to {most} characters", least=DOOR.password, most=DOOR.longest
        )
    return HASHER.hash(password)


def is_password(given: str, kept: str) -> bool:
    """Whether it is the password that is kept so."""
    try:
        return len(given) <= DOOR.longest and HASHER.verify(kept, given)
    except (Argon2Error, InvalidHashError):
        return False


def digest(secret: str) -> str:
    """What is kept of a token or cookie: both are too long to be guessed, so no salt is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


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


_made: list[str] = []


def _nobody() -> str:
    """A password that nobody has: a name that is not known takes as long as one that is."""
    if not _made:
        _made.append(HASHER.hash(secrets.token_urlsafe(32)))
    return _made[0]


def _same(given: str, right: str) -> bool:
    return bool(right) and hmac.compare_digest(given.encode("utf-8", "replace"), right.encode())
