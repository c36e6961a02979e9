"""The door before the page and the tools: every request is looked at before anything behind it is asked, and
what is not known to belong there is turned away in one line. Whoever gets in is named to what is behind it."""

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

from index.people import Person
from ui.config import DOOR, EACH
from ui.keys import Keys
from ui.proxied import seen
from ui.seal import sealed, send_page
from ui.templates import filled
from ui.text import both

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_ANY = ("0.0.0.0", "::", "")
_LOGIN, _LOGOUT, _HEALTH, _UPLOAD = "/login", "/logout", "/healthz", "/gradio_api/upload"
#: What replies in JSON, and its errors, too.
_CALLED = ("/gradio_api/", "/mcp", "/config")
#: Where a request's person stands in its scope.
_WHO = "hoibao.person"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is served: on which host and port, by its names there, and which routes exist, as a pattern
    for the method and the path ("GET /"). `own`: what is ours at the end of the page's head and of its body.
    `name`: what it is called outside, `proxies`: the addresses of who passes requests on from there, `root`:
    under which path."""

    host: str
    port: int
    routes: re.Pattern[str]
    upload_mb: int = DOOR.upload_mb
    own: tuple[str, str] = ("", "")
    name: str = ""
    proxies: tuple[str, ...] = ()
    root: str = ""

    def known(self, name: str, passed: bool = False) -> bool:
        """Whether a Host header names this place; `passed` on by a proxy it has the name outside, with the port
        there. Another site's page can be made to reach it under the site's name (DNS rebinding), but not under
        an address."""
        name = name.lower()
        if passed and self.name and name == self.name:
            return True
        host, _, port = name.rpartition(":") if re.search(r":\d+$", name) else (name, "", "80")
        if port != str(self.port):
            return False
        if host in (*_LOCAL, _written(self.host)) or (self.name and host == self.name):
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
            await self._asked(
                Request(seen(scope, self._place.proxies, self._place.root), receive), send
            )
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
            owner = self._keys.token and who(scope).id == ""
            lives_on = {"set-cookie": self._let_in(request, self._keys.cookie)} if owner else {}
            await send_page(self._app, scope, receive, send, self._place.own, lives_on)
        else:
            await self._app(scope, receive, sealed(send))

    # -- who comes ----------------------------------------------------------------------------

    async def _reply(self, request: Request) -> Response | None:
        """What is answered at the door; None where it opens."""
        headers, path = request.headers, request.scope["path"]
        hosts = headers.getlist("host")
        passed = request.scope["hoibao.passed"]
        if len(hosts) != 1 or not self._place.known(hosts[0], passed):
            return _line(request, 403, "door_host")
        if not self._of_ours(request):
            return _line(request, 403, "door_origin")
        if path == _HEALTH and request.method in ("GET", "HEAD"):
            return PlainTextResponse("ok\n")
        if path == _LOGIN and request.method == "POST" and await self._asks():
            return await self._login(request)
        bearer, cookie = _bearer(headers), request.cookies.get(self._cookie, "")
        person = await run_in_threadpool(self._keys.who, bearer, cookie)
        if path == _LOGOUT and request.method == "POST" and person:
            await run_in_threadpool(self._keys.log_out, cookie)
            gone = self._let_in(request, "", 0)
            return PlainTextResponse("ok\n", headers={"set-cookie": gone})
        if person is None:
            given = request.query_params.get("token", "")
            if path == "/" and request.method in ("GET", "HEAD") and self._keys.is_token(given):
                return self._welcome(request)
            return await self._unknown(request)
        request.scope[_WHO] = person
        if path == "/" and request.method == "GET" and "token" in request.query_params:
            return self._welcome(request, person)  # it leaves the address all the same
        if not self._place.routes.fullmatch(f"{request.method} {path}") or _climbs(path):
            return _line(request, 404, "door_route")
        size = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        if not size.isdecimal() or int(size) > self._limit(path):
            return _line(request, 413, "door_large", limit=self._limit(path) // 10**6)
        return None

    async def _asks(self) -> bool:
        return await run_in_threadpool(lambda: self._keys.asks)

    def _of_ours(self, request: Request) -> bool:
        """Whether the page that sent it, if a page did, is ours."""
        headers, scope = request.headers, request.scope
        for origin in headers.getlist("origin"):
            scheme, _, host = origin.partition("://")
            if scheme != scope["scheme"] or not self._place.known(host, scope["hoibao.passed"]):
                return False
        # A link from elsewhere may lead here; a picture, script or form of another page may not.
        visits = headers.get("sec-fetch-mode", "navigate") == "navigate"
        framed = headers.get("sec-fetch-dest", "document") in ("iframe", "frame", "object", "embed")
        site = headers.get("sec-fetch-site", "none")
        return site in ("none", "same-origin") or (visits and not framed)

    async def _unknown(self, request: Request) -> Response:
        """Without a key: the form where there are people, one line elsewhere."""
        headers = request.headers
        if request.scope["path"] == "/" and headers.get("sec-fetch-site") == "cross-site":
            # After a link on another page the browser keeps our cookie back (SameSite=Strict); it sends it
            # when the page is asked for by itself, which is tried once.
            return self._again(request, 401)
        asks = await self._asks()
        if request.scope["path"] == "/" and asks and request.method == "GET":
            return self._form(401)
        reply = _line(request, 401, "door_person" if asks else "door_token")
        reply.headers["www-authenticate"] = "Bearer"
        return reply

    def _welcome(self, request: Request, person: Person | None = None) -> Response:
        """Lets the owner's browser in: the cookie, and the page's address without the token. Who is in already
        stays who they are."""
        if request.headers.get("sec-fetch-site") == "cross-site":
            reply = self._again(request, 200)  # a redirect would come from there as well
        else:
            reply = Response(status_code=303, headers={"location": self._address(request)})
        if self._keys.token and not (person and person.id):
            reply.headers["set-cookie"] = self._let_in(request, self._keys.cookie)
        return reply

    def _again(self, request: Request, status: int) -> Response:
        page = filled("again", address=self._address(request), said=both("door_token"))
        return HTMLResponse(page, status, {"cache-control": "no-store"})

    def _address(self, request: Request) -> str:
        """The page's own address as it was asked for, without the token."""
        rest = [
            (name, value) for name, value in request.query_params.multi_items() if name != "token"
        ]
        return f"{self._place.root}/" + (f"?{urlencode(rest)}" if rest else "")

    def _let_in(self, request: Request, cookie: str, lives: int = DOOR.cookie) -> str:
        secure = "; Secure" if request.scope["scheme"] == "https" else ""
        path = f"{self._place.root}/"
        return f"{self._cookie}={cookie}; Path={path}; Max-Age={lives}; HttpOnly; SameSite=Strict{secure}"

    # -- a name and a password ------------------------------------------------------------------

    async def _login(self, request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > 10_000:
                return _line(request, 413, "door_large", limit=0)
        given = dict(parse_qsl(body.decode("utf-8", "replace")))
        sender = request.client.host if request.client else ""
        name, password = given.get("name", ""), given.get("password", "")
        cookie = await run_in_threadpool(self._keys.log_in, name, password, sender)
        if cookie:
            let_in = self._let_in(request, cookie, EACH.days * 86_400)
            return Response(
                status_code=303, headers={"location": f"{self._place.root}/", "set-cookie": let_in}
            )
        if cookie is None:
            reply = self._form(429, "door_wait", name)
            reply.headers["retry-after"] = str(int(DOOR.wait))
            return reply
        return self._form(401, "door_wrong", name)

    def _form(self, status: int, key: str = "", name: str = "") -> Response:
        said = both(key) if key else ""
        page = filled(
            "login", label=both("password"), named=both("person_name"), send=both("log_in"), said=said,
            person=name[:100], action=f"{self._place.root}{_LOGIN}",
        )  # fmt: skip
        # With "no-referrer" a browser would not say that the form is ours.
        headers = {"cache-control": "no-store", "referrer-policy": "same-origin"}
        return HTMLResponse(page, status, headers)

    def _limit(self, path: str) -> int:
        return 10**6 * (self._place.upload_mb if path == _UPLOAD else DOOR.request_mb)


def who(scope: Scope) -> Person:
    """Whose request it is, behind the door."""
    person: Person = scope[_WHO]
    return person


def is_local(host: str) -> bool:
    """Whether a host is this machine's own, which no other reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bearer(headers: Headers) -> str:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


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


def _line(request: Request, status: int, key: str, **values: Any) -> Response:
    """One line in both languages: as JSON where programs call."""
    said = both(key, **values)
    if request.scope["path"].startswith(_CALLED):
        return JSONResponse({"detail": said}, status)
    return PlainTextResponse(f"{said}\n", status)
