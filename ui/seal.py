"""What every answer carries out: headers that keep other pages out, and what the page itself may load."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
#: The page's own files only. Gradio writes styles into the page as it goes, and makes functions of the texts
#: that `js=` and `js_on_load=` hand it: for these it needs 'unsafe-inline' (styles) and 'unsafe-eval'.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: Of a file that is not ours: nothing in it runs or loads, should a browser show it after all.
SANDBOX = "default-src 'none'; sandbox"
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)


def sealed(send: Send, scripts: Iterable[str] = ()) -> Send:
    """Sends with those headers, and none that lets another page read along; streams pass as they come."""
    named = "".join(f" 'sha256-{one}'" for one in scripts)

    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if headers.get("content-security-policy") != SANDBOX:
                headers["content-security-policy"] = _POLICY.format(scripts=named)
        await send(message)

    return sends


async def send_page(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    own: tuple[str, str],
    more: Mapping[str, str],
) -> None:
    """The page itself, with what is our `own` at the end of its head and of its body, and `more` headers. It is
    whole before it is sent: its policy names the scripts in it by their hashes."""
    plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    start: Message = {}
    body = b""

    async def keep(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
        else:
            body += message.get("body", b"")

    await app({**scope, "headers": plain}, receive, keep)
    for end, part in zip((b"</head>", b"</body>"), own):
        body = body.replace(end, part.encode() + end, 1)
    sends = sealed(send, dict.fromkeys(map(_digest, _INLINE.findall(body))))
    headers = MutableHeaders(scope=start)
    headers["content-length"] = str(len(body))
    headers["cache-control"] = "no-store"
    headers.update(more)
    await sends(start)
    await sends({"type": "http.response.body", "body": body})


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()
