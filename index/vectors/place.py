"""Where a Chroma server is, which of its collections is ours, and what is said to it first."""

import json
import logging
import re
from dataclasses import dataclass

import httpx2

from index.config import SERVER
from index.errors import IndexBroken, IndexRefused, InputError, Line
from index.servers import address, exposed, secret

_VARIABLE, _TOKEN = "HOIBAO_VECTORS", "HOIBAO_VECTORS_KEY_FILE"
_log = logging.getLogger("hoibao")
_LINES = {
    "token": "the Chroma server {url} refuses the token; write the right one into the file that {token} names",
    "version": "{url} is no Chroma server that this program can speak with (version {version}, not 1); install "
    "Chroma 1.5",
    "embedding": "the collection {name} on {url} was made with the embedding model {theirs}, this library with "
    "{mine}; name another one ({variable}={url}/NAME), or make it anew: hoibao doctor --repair",
    "library": "the collection {name} on {url} is another library's, or a later state of this one; name "
    "another one ({variable}={url}/NAME), or make it anew: hoibao doctor --repair",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A collection on a Chroma server: `$HOIBAO_VECTORS`, "http://host:port", "http://host:port/COLLECTION" or
    "https://host:port/TENANT/DATABASE/COLLECTION"."""

    url: str
    host: str
    port: int
    ssl: bool
    collection: str = "hoibao"
    tenant: str = "default_tenant"
    database: str = "default_database"

    def headers(self) -> dict[str, str]:
        """What the server is told with each request; the token is read anew, as it may have been put right.

        Raises:
            IndexRefused: its file cannot be read.
        """
        try:
            token = secret(_TOKEN)
        except InputError as error:
            raise IndexRefused(error.line) from None
        # The first is what proxies before a server look at, the second what Chroma's cloud does.
        return {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}

    def greet(self) -> None:
        """Asks which version it is.

        Raises:
            IndexRefused: it is another one, or refuses the token.
            IndexBroken: it does not answer.
        """
        wait = httpx2.Timeout(SERVER.answer, connect=SERVER.connect)
        try:
            said = httpx2.get(f"{self.url}/api/v2/version", headers=self.headers(), timeout=wait)
        except httpx2.HTTPError as error:
            raise IndexBroken(type(error).__name__) from None
        if said.status_code in (401, 403):
            raise self.refused("token")
        if said.status_code >= 500:
            raise IndexBroken(f"status {said.status_code}")
        try:
            version = str(json.loads(said.text)) if said.status_code == 200 else "none"
        except ValueError:
            version = "none"
        if not re.match(r"1\.\d", version):
            raise self.refused("version", version=version[:20])

    def refused(self, why: str, **values: str) -> IndexRefused:
        """The error for one of the lines."""
        told = {"url": self.url, "name": self.collection, "variable": _VARIABLE, "token": _TOKEN}
        return IndexRefused(Line.of(_LINES[why], **{**told, **values}))


def served() -> Place | None:
    """The place that the environment names, None where it names none.

    Raises:
        InputError: it is none.
    """
    found = address(_VARIABLE)
    if found is None:
        return None
    assert found.hostname
    if line := exposed(found, _TOKEN):
        _log.warning("hoibao: %s", line)
    ssl = found.scheme == "https"
    port = found.port or (443 if ssl else 8000)
    host = f"[{found.hostname}]" if ":" in found.hostname else found.hostname
    place = Place(f"{found.scheme}://{host}:{port}", host, port, ssl)
    parts = [part for part in found.path.split("/") if part]
    if not parts:
        return place
    name = r"[A-Za-z0-9][A-Za-z0-9._-]{1,500}[A-Za-z0-9]"
    if len(parts) not in (1, 3) or not all(re.fullmatch(name, part) for part in parts):
        raise InputError(
            "{name} names no collection; write http://host:port/NAME, of 3 or more letters, digits, . _ -",
            name=_VARIABLE,
        )
    rest = parts[:2] if len(parts) == 3 else [place.tenant, place.database]
    return Place(place.url, host, port, ssl, parts[-1], *rest)
