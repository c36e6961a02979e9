"""The end of a served application: from when it is told to go, nothing new is taken, and what is under way is
finished."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.text import both


class Leaving:
    """An ASGI application before all others. Once it has `begun` to leave it answers whoever comes anew, and
    who asks for its health, with 503; streams that are open, and those of what was asked before, go on."""

    def __init__(self, app: ASGIApp) -> None:
        self.begun = False
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turns a request away, or hands it on."""
        if self.begun and scope["type"] == "http" and _new(Request(scope)):
            reply = JSONResponse({"detail": both("leaving")}, 503, {"retry-after": "10"})
            await reply(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _new(request: Request) -> bool:
    return request.method == "POST" or request.scope["path"] in ("/", "/healthz")
