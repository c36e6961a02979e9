"""What programs can ask for, read-only: `search`, `find`, `ask`, `read_article`; through Gradio's own API,
there also an answer as it grows, and through the Model Context Protocol (MCP), by which language models'
desktop programs call tools."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any

from gradio.events import api as endpoint
from gradio.exceptions import Error
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import HoiBaoError, InputError
from index.find.found import Order
from index.types import Filter
from rag.assistant import Assistant
from ui import documents
from ui.answers import document, record
from ui.config import DOOR, EACH
from ui.console import tell
from ui.door import Door, who
from ui.growing import growing
from ui.keys import Keys
from ui.limits import UnderWay
from ui.page.who import here
from ui.serving import Entrance, Serving, address, listen
from ui.text import both

if TYPE_CHECKING:
    from mcp.server import MCPServer

Json = dict[str, Any]
_ROUTES = re.compile("(GET|POST|DELETE) /mcp/?")
_INSTRUCTIONS = (
    "Hỏi Báo answers from the user's own collection of (Vietnamese) news articles. `ask` gives a short answer "
    "whose citations quote the articles word for word, or says that none tells it; it counts articles, too. "
    "`search` gives passages; `find` every article that has words exactly; `read_article` a "
    "whole one. Quote figures only with their citations."
)


def functions(
    assistant: Assistant, turn: Callable[[], AbstractContextManager[object]] = nullcontext
) -> tuple[Callable[..., Json], ...]:
    """The functions over an assistant; a question lasts for a `turn`. They raise `InputError` for what cannot
    be used."""
    library = assistant.library

    def among(dossier: str) -> Filter:
        return Filter(dossier=library.dossiers.named(dossier).number if dossier else None)

    def search(query: str, limit: int = 8, dossier: str = "") -> Json:
        """Passages for a query, best first: the document of `hoibao search --json`. `dossier`: the name of a
        set of articles, of which only is searched."""
        passages = assistant.search(query, max(1, min(int(limit), 100)), among(dossier))
        return documents.search(query, passages, 0.0)

    def find(query: str, limit: int = 20, by: str = "date", dossier: str = "") -> Json:
        """Every whole article that a query matches exactly, counted, with its words in context: the document of
        `hoibao find --json`. The query: words, "a phrase", AND OR NOT, NEAR(a b, 5), parentheses, title:
        outlet: author: place: date:2019..2021, từ*; marks that are typed are honoured, a word without any
        matches all. `by`: "date" (the newest first) or "relevance"; `dossier` as for search."""
        began = time.monotonic()
        order: Order = "relevance" if by == "relevance" else "date"
        found = library.find(query, among(dossier), order, max(1, min(int(limit), 1000)))
        return documents.find(query, found, time.monotonic() - began)

    def ask(question: str, dossier: str = "") -> Json:
        """An answer with its citations, each quoting its article word for word, or a refusal ("answered" is
        false): the document of `hoibao ask --json`. It is not kept among the conversations. `dossier` as for
        search."""
        with turn(), library.way.asked():
            *_, answer = assistant.ask(question, only=among(dossier))
        return document(record(answer))

    def read_article(article_id: str) -> Json:
        """One article, whole: the document of `hoibao show --json`."""
        found = assistant.library.article(article_id)
        (row,) = assistant.library.articles(Filter(article_ids=(article_id,)))
        return documents.article(found, row, assistant.library.left_out(article_id))

    return search, find, ask, read_article


def offer(assistant: Assistant, under_way: UnderWay) -> None:
    """Adds the endpoints to the page that is being built: `/search`, `/find`, `/ask`, `/read_article`; with
    the name of a dossier as the last value `/search_in`, `/find_in`, `/ask_in`, and, in growing documents,
    `/ask_growing`."""

    @contextmanager
    def turn() -> Iterator[None]:
        try:
            under_way.begin(person := here().id)
        except InputError:  # of others Gradio says nothing
            raise Error(
                both("too_many_questions", limit=EACH.questions), print_exception=False
            ) from None
        try:
            yield
        finally:
            under_way.end(person)

    for function in functions(assistant, turn):
        name = function.__name__
        limit = DOOR.asking if name == "ask" else 2
        endpoint(_everywhere(function), api_name=name, concurrency_limit=limit)
        if "dossier" in signature(function).parameters:
            endpoint(function, api_name=f"{name}_in", concurrency_limit=limit)
    endpoint(growing(assistant, turn), api_name="ask_growing", concurrency_limit=DOOR.asking)


def _everywhere(function: Callable[..., Json]) -> Callable[..., Json]:
    """The function without its `dossier`: who calls an endpoint of Gradio's has to give every value."""
    asked = signature(function)
    others = [one for one in asked.parameters.values() if one.name != "dossier"]

    @wraps(function)
    def everywhere(*values: Any) -> Json:
        return function(*values)

    everywhere.__signature__ = asked.replace(parameters=others)  # type: ignore[attr-defined]
    return everywhere


def serve_stdio(assistant: Assistant) -> None:
    """Offers the functions as MCP tools on standard input and output, to the program that started it, until
    that closes them."""
    _server(assistant).run("stdio")


def serve_http(assistant: Assistant, at: Entrance) -> None:
    """Offers the functions as MCP tools at `http://HOST:PORT/mcp` until it is stopped.

    Raises:
        HoiBaoError: the port is taken.
    """
    keys = at.keys(assistant.library.folder, assistant.library.people)
    serving = launch_http(assistant, keys, at)
    token = "TOKEN" if keys.asks else keys.token or "-"
    tell(
        f"Hỏi Báo: {address(at.host, serving.port)}mcp  "
        f"(Authorization: Bearer {token}; Ctrl+C: stop)",
        sys.stderr,
    )
    serving.wait(lambda: not assistant.library.way.quiet)


def launch_http(assistant: Assistant, keys: Keys, at: Entrance) -> Serving:
    """Serves them behind the door, in a thread of their own.

    Raises:
        HoiBaoError: the port is taken.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    listening = listen(at.host, at.port)
    # The door looks at Host and Origin.
    open_ = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = _server(assistant).streamable_http_app(transport_security=open_)
    place = at.place(listening.getsockname()[1], _ROUTES)
    return Serving(Door(_EachOwn(app), keys, place), listening)


class _EachOwn:
    """The tools, whose sessions are a person's each; so many calls of one are under way at once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._under_way = UnderWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Names the person as the protocol's own library compares it with whose the session is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser
        from mcp.server.auth.provider import AccessToken

        person = who(scope)
        known = AccessToken(token="", client_id=person.id or "owner", scopes=[], subject=person.id)
        scope = {**scope, "user": AuthenticatedUser(known)}
        if scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            with self._under_way.one(person.id):
                await self._app(scope, receive, send)
        except InputError:
            said = both("too_many_questions", limit=EACH.questions)
            await JSONResponse({"detail": said}, 429)(scope, receive, send)


def _server(assistant: Assistant) -> "MCPServer":
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp_types import ToolAnnotations

    server = MCPServer("hoibao", instructions=_INSTRUCTIONS, log_level="WARNING")
    hints = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
    for function in functions(assistant):
        server.add_tool(_telling(function, ToolError), annotations=hints)
    return server


def _telling(function: Callable[..., Json], told: type[Exception]) -> Callable[..., Json]:
    """The function, with our errors' lines for the caller to read."""

    @wraps(function)
    def telling(**values: Any) -> Json:
        try:
            return function(**values)
        except HoiBaoError as error:
            raise told(str(error)) from None

    return telling
