"""A server that speaks as much of OpenAI's interface as is asked of it, and fails as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rag.llm.served import TRIAL

#: The likeliest first tokens behind the trial, as the fitted model has them.
FIRST = {f"t{n}": -1.0 - n / 10 for n in range(12)}


class Fake:
    """A server on a port of its own. `fails`: how, "" where it does not; `once`: for so many requests only."""

    def __init__(self) -> None:
        self.models = ["qwen"]
        self.grammar = self.likelihoods = True
        self.strict = False  # refuses what OpenAI's interface does not have
        self.reply, self.refusal = "486 m", -8.0
        self.sentence = "Cầu An Hòa dài 486 m."
        self.first = dict(FIRST)
        self.fails, self.once = "", 0
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.left = threading.Event()  # a client went in the middle of a stream
        self.began = threading.Event()
        self._http: ThreadingHTTPServer | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The chats that were asked for."""
        return [body for path, _, body in self.asked if path.endswith("/chat/completions")]

    def start(self) -> None:
        """Serves, on the port that it had."""
        handler = type("Handler", (_Handler,), {"fake": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Is gone, until it is started again."""
        if self._http:
            self._http.shutdown()
            self._http.server_close()
            self._http = None


@contextmanager
def running() -> Iterator[Fake]:
    fake = Fake()
    fake.start()
    try:
        yield fake
    finally:
        fake.stop()


class _Handler(BaseHTTPRequestHandler):
    fake: Fake

    def log_message(self, *arguments: object) -> None: ...

    def do_GET(self) -> None:
        self.fake.asked.append((self.path, dict(self.headers), {}))
        self._send(200, {"object": "list", "data": [{"id": one} for one in self.fake.models]})

    def do_POST(self) -> None:
        fake = self.fake
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fake.asked.append((self.path, dict(self.headers), body))
        fails = fake.fails
        if fails and fake.once:
            fake.once -= 1
            fake.fails = fails if fake.once else ""
        if fails in _STATUS:
            status, said, headers = _STATUS[fails]
            self._send(
                status,
                {"error": {"message": f"{said}, was sent {self.headers['authorization']}"}},
                headers,
            )
        elif fails == "nonsense":
            self._raw(200, b"<html>welcome</html>", {"content-type": "text/html"})
        elif fails == "broken json":
            self._raw(200, b'data: {"choices": [\n\n', {"content-type": "text/event-stream"})
        elif fails == "hangs":
            fake.began.set()
            self.connection.recv(1)  # until the client goes
            fake.left.set()
        elif fails == "rules" and "a0x1" in body.get("grammar", ""):
            self._send(400, {"error": {"message": "failed to parse grammar"}})
        elif fake.strict and {"grammar", "logprobs", "repeat_penalty"} & body.keys():
            self._send(400, {"error": {"message": "Unrecognized request argument"}})
        elif "logprobs" in body and not fake.likelihoods:
            self._send(500, {"error": {"message": "logprobs is not supported"}})
        elif body.get("stream"):
            self._stream(body, fails)
        else:
            self._whole(body)

    def _whole(self, body: dict[str, Any]) -> None:
        fake = self.fake
        forced = body.get("grammar", "") if fake.grammar else ""
        trial = body["messages"][-1]["content"] == TRIAL[-1].content
        text = "486 m" if forced else "Hoa sen" if trial else fake.reply
        choice: dict[str, Any] = {"index": 0, "message": {"role": "assistant", "content": text}}
        if body.get("logprobs"):
            first = fake.first if trial else {"4": -0.01, "Không": fake.refusal}
            top = [{"token": t, "logprob": p, "bytes": None} for t, p in first.items()]
            choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top}]}
        self._send(
            200, {"object": "chat.completion", "choices": [choice | {"finish_reason": "stop"}]}
        )

    def _stream(self, body: dict[str, Any], fails: str) -> None:
        told = "Trả lời ngắn" in body["messages"][-1]["content"]
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        try:
            for letter in self.fake.sentence if told else self.fake.reply:
                self._piece({"content": letter})
            if fails == "breaks":
                return
            while fails == "goes on":
                self.fake.began.set()
                self._piece({"content": " m"})
            self._piece({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            self.fake.left.set()

    def _piece(self, delta: dict[str, str], ended: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": ended}
        self.wfile.write(f"data: {json.dumps({'choices': [choice]})}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, document: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(
            status,
            json.dumps(document).encode(),
            {"content-type": "application/json", **(headers or {})},
        )

    def _raw(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


_STATUS: dict[str, tuple[int, str, dict[str, str]]] = {
    "key": (401, "wrong key", {}),
    "model": (404, "no such model", {}),
    "long": (400, "This model's maximum context length is 4096 tokens", {}),
    "broken": (502, "bad gateway", {}),
    "loading": (503, "loading model", {}),
    "busy": (429, "slow down", {"retry-after": "30"}),
    "redirects": (307, "", {"location": "http://127.0.0.1:9/v1/chat/completions"}),
}
