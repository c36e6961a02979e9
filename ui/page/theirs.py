"""What Gradio keeps for a page is its person's alone: the stream on which a page hears, what it has in memory,
a file that was uploaded or made. Gradio gives each to whoever names it; here who came first has it, and nobody
else, whatever they know."""

import json
import os
import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from gradio.utils import get_upload_folder
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import HoiBaoError
from index.people import Person
from index.store.people import People
from ui.config import EACH
from ui.door import who
from ui.page.taken import is_for
from ui.text import both

#: Names of pages, events and files that are kept in mind, of each.
_KEPT = 20_000
#: Bodies that are looked into: all but uploads are JSON.
_ASKS = re.compile(r"/gradio_api/(queue/join|run/\w+|call/\w+|cancel|reset/?)")
_JOINS = re.compile(r"/gradio_api/(queue/join|call/\w+)")
_HEARS = re.compile(r"/gradio_api/call/\w+/(\w+)")
_LIVES = re.compile(r"/gradio_api/heartbeat/(\w+)")
_FILE, _UPLOAD = "/gradio_api/file=", "/gradio_api/upload"
_STREAMS = {"/gradio_api/queue/data": "session_hash", "/gradio_api/upload_progress": "upload_id"}


class Theirs:
    """Gradio's application, each of whose things is one person's. What people upload in a day is bounded."""

    def __init__(self, app: ASGIApp, people: People | None = None) -> None:
        self._app = app
        self._people = people
        self._of: OrderedDict[str, str] = OrderedDict()
        self._events: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on what is the person's own; the rest is not there."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, person = scope["path"], who(scope)
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["method"] == "POST" and _ASKS.fullmatch(path):
            body = await _read(receive)
            if not self._asks(body, person.id, _JOINS.fullmatch(path) is not None):
                await _gone(scope, receive, send)
                return
            hears = _Heard(send, lambda told: self._joined(told, person.id))
            await self._app(scope, _again(body, receive), hears.send)
        elif path == _UPLOAD and scope["method"] == "POST":
            await self._uploads(scope, receive, send, person, query)
        elif not self._own(path, query, person.id):
            await _gone(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _own(self, path: str, query: dict[str, list[str]], person: str) -> bool:
        if path in _STREAMS:
            name = _STREAMS[path]
            return all(self._is(f"{name} {one}", person) for one in query.get(name, []))
        if lives := _LIVES.fullmatch(path):
            return self._is(f"session_hash {lives[1]}", person)
        if heard := _HEARS.fullmatch(path):
            return self._events.get(heard[1]) == person
        if path.startswith(_FILE):
            return self._is_file(path[len(_FILE) :], person)
        return True

    def _is(self, name: str, person: str) -> bool:
        """Whether something is a person's; it is from now on where it was nobody's."""
        _keep(self._of, name, person)
        return self._of.get(name) == person

    def _is_file(self, path: str, person: str) -> bool:
        """Whether a file among those that Gradio keeps was uploaded by a person or made for them."""
        real, folder = os.path.realpath(path), os.path.realpath(get_upload_folder())
        if not real.startswith(folder + os.sep):
            return True  # Gradio gives none of these out
        first = Path(real).relative_to(folder).parts[0]
        return is_for(first, person) or self._of.get(f"file {person} {real}") == person

    def _asks(self, body: bytes, person: str, joins: bool) -> bool:
        """Whether an event is of a page of the person's, and names files of theirs only."""
        try:
            asked = json.loads(body or b"{}")
            texts = list(_paths(asked))
        except (ValueError, RecursionError):
            return False
        if not isinstance(asked, dict):
            return False
        session, event = asked.get("session_hash"), asked.get("event_id")
        if session is not None and not self._is(f"session_hash {session}", person):
            return False
        if event is not None and not joins and self._events.get(str(event)) != person:
            return False
        return all(self._is_file(text, person) for text in texts)

    def _joined(self, told: Any, person: str) -> None:
        if isinstance(told, dict) and (event := told.get("event_id")):
            _keep(self._events, str(event), person)

    async def _uploads(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        person: Person,
        query: dict[str, list[str]],
    ) -> None:
        if not all(self._is(f"upload_id {one}", person.id) for one in query.get("upload_id", [])):
            await _gone(scope, receive, send)
            return
        size = int(dict(scope["headers"]).get(b"content-length", b"0"))
        if person.id and self._people:
            before = await run_in_threadpool(self._people.uploaded, person)
            if before + size > EACH.upload_mb * 10**6:
                said = both("door_uploads", limit=EACH.upload_mb)
                await JSONResponse({"detail": said}, 429)(scope, receive, send)
                return
            with suppress(HoiBaoError):  # the disk is full, and says so elsewhere
                await run_in_threadpool(self._people.upload, person, size)

        def keep(told: Any) -> None:
            for path in told if isinstance(told, list) else ():
                real = os.path.realpath(str(path))
                self._is(f"file {person.id} {real}", person.id)

        await self._app(scope, receive, _Heard(send, keep).send)


def _keep(known: OrderedDict[str, str], name: str, person: str) -> None:
    """Whose something is, where that is not known yet; what was not asked for longest goes."""
    known.setdefault(name, person)
    known.move_to_end(name)
    while len(known) > _KEPT:
        known.popitem(last=False)


class _Heard:
    """Passes a small reply in JSON on, and tells it when it is whole, where it went well."""

    def __init__(self, send: Send, told: Any) -> None:
        self._send = send
        self._told = told
        self._well = False
        self._body = b""

    async def send(self, message: Message) -> None:
        """Before its last part is sent, it was told: whoever reads the reply may come back at once."""
        if message["type"] == "http.response.start":
            self._well = message["status"] == 200
        elif self._well:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                with suppress(ValueError):
                    self._told(json.loads(self._body))
        await self._send(message)


async def _gone(scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({"detail": both("door_route")}, 404)(scope, receive, send)


async def _read(receive: Receive) -> bytes:
    """A body, whole: the door bounds it."""
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Receives a body that was read, and then what comes behind it."""
    left = [body]

    async def receives() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return receives


def _paths(asked: Any) -> Iterator[str]:
    """Texts that may be paths, wherever they stand."""
    if isinstance(asked, str):
        if os.sep in asked and len(asked) < 4096 and "\0" not in asked:
            yield asked
    elif isinstance(asked, dict):
        for one in asked.values():
            yield from _paths(one)
    elif isinstance(asked, list):
        for one in asked:
            yield from _paths(one)
