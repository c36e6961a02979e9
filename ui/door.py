"""The door before the page and the tools: every request is looked at before anything behind it is asked, and
what is not known to belong there is turned away in one line."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.config import DOOR
from ui.keys import Keys
from ui.seal import sealed, send_page
from ui.templates import filled
from ui.text import both

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_ANY = ("0.0.0.0", "::", "")
_LOGIN, _HEALTH, _UPLOAD = "/login", "/healthz", "/gradio_api/upload"
#: What replies in JSON, and its errors, too.
_CALLED = ("/gradio_api/", "/mcp", "/config")


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is served: on which host and port, by its names there, and which routes exist, as a pattern
    for the method and the path ("GET /"). `scripts`: the page's own inline scripts."""

    host: str
    port: int
    routes: re.Pattern[str]
    upload_mb: int = DOOR.upload_mb
    scripts: tuple[str, ...] = ()

    def known(self, name: str) -> bool:
        """Whether a Host header names this place. Another site's page can be made to reach it under the
        site's name (DNS rebinding), but not under an address."""
        name = name.lower()
        host, _, port = name.rpartition(":") if re.search(r":\d+$", name) else (name, "", "80")
        if port != str(self.port):
            return False
        if host in _LOCAL or host == _written(self.host):
            return True
        return self.host in _ANY and (_is_address(host) or host == socket.gethostname().lower())


class Door:
    """An ASGI application before another one. Streams pass as they come."""

    def __init__(self, app: ASGIApp, keys: Keys, place: Place) -> None:
        self._app = app
        self._keys = keys
        self._place = place
        self._cookie = f"hoibao-{place.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turns a request away, or hands it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._asked(Request(scope, receive), send)
        else:  # nothing behind it speaks WebSocket
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _asked(self, request: Request, send: Send) -> None:
        scope, receive = request.scope, request.receive
        try:
            reply = await self._reply(request)
        except ClientDisconnect:
            return
        if reply is not None:
            await reply(scope, receive, sealed(send))
        elif scope["path"] == "/":
            known = self._keys.token and self._keys.is_cookie(request.cookies.get(self._cookie, ""))
            lives_on = {"set-cookie": self._let_in()} if known else {}
            await send_page(self._app, scope, receive, send, self._place.scripts, lives_on)
        else:
            await self._app(scope, receive, sealed(send))

    # -- who comes ----------------------------------------------------------------------------

    async def _reply(self, request: Request) -> Response | None:
        """What is answered at the door; None where it opens."""
        headers, path = request.headers, request.scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._place.known(hosts[0]):
            return _line(request, 403, "door_host")
        if not self._of_ours(headers):
            return _line(request, 403, "door_origin")
        if path == _HEALTH and request.method in ("GET", "HEAD"):
            return PlainTextResponse("ok\n")
        if path == _LOGIN and self._keys.asks and request.method == "POST":
            return await self._login(request)
        if not self._inside(headers, request.cookies):
            given = request.query_params.get("token", "")
            if path == "/" and request.method in ("GET", "HEAD") and self._keys.is_token(given):
                return self._welcome(request)
            return self._unknown(request)
        if path == "/" and request.method == "GET" and "token" in request.query_params:
            return self._welcome(request)  # it leaves the address all the same
        if not self._place.routes.fullmatch(f"{request.method} {path}") or _climbs(path):
            return _line(request, 404, "door_route")
        size = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        if not size.isdecimal() or int(size) > self._limit(path):
            return _line(request, 413, "door_large", limit=self._limit(path) // 10**6)
        return None

    def _of_ours(self, headers: Headers) -> bool:
        """Whether the page that sent it, if a page did, is ours."""
        for origin in headers.getlist("origin"):
            scheme, _, host = origin.partition("://")
            if scheme != "http" or not self._place.known(host):
                return False
        # A link from elsewhere may lead here; a picture, script or form of another page may not.
        visits = headers.get("sec-fetch-mode", "navigate") == "navigate"
        framed = headers.get("sec-fetch-dest", "document") in ("iframe", "frame", "object", "embed")
        site = headers.get("sec-fetch-site", "none")
        return site in ("none", "same-origin") or (visits and not framed)

    def _inside(self, headers: Headers, cookies: dict[str, str]) -> bool:
        if not self._keys.token:
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._keys.is_token(given.strip()):
            return True
        return self._keys.is_cookie(cookies.get(self._cookie, ""))

    def _unknown(self, request: Request) -> Response:
        """Without a key: the form where a password opens, one line elsewhere."""
        headers = request.headers
        if request.scope["path"] == "/" and headers.get("sec-fetch-site") == "cross-site":
            # After a link on another page the browser keeps our cookie back (SameSite=Strict); it sends it
            # when the page is asked for by itself, which is tried once.
            return self._again(request, 401)
        if request.scope["path"] == "/" and self._keys.asks and request.method == "GET":
            return self._form(401)
        reply = _line(request, 401, "door_token")
        reply.headers["www-authenticate"] = "Bearer"
        return reply

    def _welcome(self, request: Request) -> Response:
        """Lets a browser in: the cookie, and the page's address without the token."""
        if request.headers.get("sec-fetch-site") == "cross-site":
            reply = self._again(request, 200)  # a redirect would come from there as well
        else:
            reply = Response(status_code=303, headers={"location": _address(request)})
        if self._keys.token:
            reply.headers["set-cookie"] = self._let_in()
        return reply

    def _again(self, request: Request, status: int) -> Response:
        page = filled("again", address=_address(request), said=both("door_token"))
        return HTMLResponse(page, status, {"cache-control": "no-store"})

    def _let_in(self) -> str:
        return f"{self._cookie}={self._keys.cookie}; Path=/; Max-Age={DOOR.cookie}; HttpOnly; SameSite=Strict"

    # -- a password ---------------------------------------------------------------------------

    async def _login(self, request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > 10_000:
                return _line(request, 413, "door_large", limit=0)
        given = dict(parse_qsl(body.decode("utf-8", "replace"))).get("password", "")
        sender = request.client.host if request.client else ""
        right = await run_in_threadpool(self._keys.is_password, given, sender)
        if right:
            headers = {"location": "/", "set-cookie": self._let_in()}
            return Response(status_code=303, headers=headers)
        if right is None:
            reply = self._form(429, "door_wait")
            reply.headers["retry-after"] = str(int(DOOR.wait))
            return reply
        return self._form(401, "door_wrong")

    def _form(self, status: int, key: str = "") -> Response:
        said = both(key) if key else ""
        page = filled("login", label=both("password"), send=both("log_in"), said=said)
        # With "no-referrer" a browser would not say that the form is ours.
        headers = {"cache-control": "no-store", "referrer-policy": "same-origin"}
        return HTMLResponse(page, status, headers)

    def _limit(self, path: str) -> int:
        return 10**6 * (self._place.upload_mb if path == _UPLOAD else DOOR.request_mb)


def is_local(host: str) -> bool:
    """Whether a host is this machine's own, which no other reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _written(host: str) -> str:
    """A host as an address has it."""
    host = host.lower()
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _climbs(path: str) -> bool:
    return "\0" in path or "\\" in path or ".." in path.split("/")


def _address(request: Request) -> str:
    """The page's own address as it was asked for, without the token."""
    rest = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
    return f"/?{urlencode(rest)}" if rest else "/"


def _line(request: Request, status: int, key: str, **values: Any) -> Response:
    """One line in both languages: as JSON where programs call."""
    said = both(key, **values)
    if request.scope["path"].startswith(_CALLED):
        return JSONResponse({"detail": said}, status)
    return PlainTextResponse(f"{said}\n", status)
