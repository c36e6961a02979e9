"""What of Gradio's own server is used: its routes, the kinds that may be uploaded, and what it says when it is
busy."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from gradio import processing_utils
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import InputError
from index.reading import SUFFIXES
from ui.text import both

_CALL = r"call/((?:search|find|ask)(?:_in)?|ask_growing|read_article)"
#: Of its more than eighty. Left out are those that fetch from elsewhere, watch, record or edit.
ROUTES = re.compile(
    r"(GET|HEAD) /"
    r"|GET /(assets|static)/[\w./@~-]+"
    r"|GET /fonts/[\w-]+\.woff2"
    r"|GET /original/[0-9a-f]{12}"
    r"|GET /(theme\.css|favicon\.ico|config/?)"
    r"|GET /gradio_api/(theme\.css|info/?|app_id/?|queue/data|heartbeat/\w+|upload_progress)"
    rf"|GET /gradio_api/(file=/(?!/).+|{_CALL}/\w+)"
    rf"|POST /gradio_api/(queue/join|run/\w+|cancel|reset/?|upload|{_CALL})"
)
_UPLOAD = "/gradio_api/upload"
_QUEUED = re.compile(r"/gradio_api/(queue/join|call/\w+)")


class Bounded:
    """Gradio's application, within bounds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on, and changes what comes back where it has to."""
        if scope["type"] == "http" and scope["path"] == _UPLOAD:
            plain = [
                (name, value) for name, value in scope["headers"] if name != b"accept-encoding"
            ]
            scope, send = {**scope, "headers": plain}, _Whole(send, _only_our_kinds).send
        elif scope["type"] == "http" and _QUEUED.fullmatch(scope["path"]):
            send = _Whole(send, _busy).send
        await self._app(scope, receive, send)


class _Whole:
    """A reply that is read before it is sent on: it is small. `other`: gives what is said in its place."""

    def __init__(self, send: Send, other: Callable[[int, bytes], tuple[int, str] | None]) -> None:
        self._send = send
        self._other = other
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        """Keeps it until it is whole."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        if other := self._other(self._start["status"], self._body):
            status, said = other
            self._body = json.dumps({"detail": said}, ensure_ascii=False).encode()
            headers = [(b"content-type", b"application/json"), (b"retry-after", b"5")]
            headers.append((b"content-length", str(len(self._body)).encode()))
            self._start = {**self._start, "status": status, "headers": headers}
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})


def _only_our_kinds(status: int, body: bytes) -> tuple[int, str] | None:
    """Uploads that nothing here reads are gone again."""
    paths = [Path(path) for path in json.loads(body)] if status == 200 else []
    if all(path.suffix.lower() in SUFFIXES for path in paths):
        return None
    for path in paths:
        path.unlink(missing_ok=True)
    return 415, both("upload_kind", kinds=" ".join(sorted(SUFFIXES)))


def _busy(status: int, body: bytes) -> tuple[int, str] | None:
    """Its 503 for a queue that is full as 429 with our own line, which its page shows."""
    return (429, both("busy")) if status == 503 else None


def stay_here() -> None:
    """Gradio fetches addresses that stand where it expects files; here it says that it does not."""

    async def refuse(url: str) -> NoReturn:
        raise InputError("an address is not fetched; save the page and add its file")

    processing_utils.async_ssrf_protected_get = refuse
