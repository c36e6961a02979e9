"""A small server with `/v1/embeddings` for tests, on a free port of this machine, over any embedder."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from index.embed import Embedder


class EmbeddingsServer:
    """Answers as OpenAI's does with what an embedder gives; asked for `key`, where there is one. `fail` is the
    status of the next answers, one for each; `silent` takes requests and never answers."""

    def __init__(self, embedder: Embedder, key: str | None = None, port: int = 0) -> None:
        self.embedder, self.key = embedder, key
        self.fail: list[int] = []
        self.silent = False
        self.asked: list[dict[str, Any]] = []
        self._over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        self.asked.append(body)
        if self.silent:
            self._over.wait()
            return
        status, document = 200, self.document(body["input"])
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            status = 401
        if self.fail:
            status = self.fail.pop(0)
        data = json.dumps(document if status == 200 else {"error": {"message": "no"}}).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def document(self, texts: list[str]) -> dict[str, Any]:
        """The rows in another order than asked for, as their `index` says; the prefixes are cut off, as the
        embedder puts its own."""
        rows = []
        for number, text in enumerate(texts):
            kind, _, rest = text.partition(": ")
            assert kind in ("query", "passage"), text
            vector = (
                self.embedder.query(rest) if kind == "query" else self.embedder.documents([rest])[0]
            )
            rows.append(
                {"object": "embedding", "index": number, "embedding": (3 * vector).tolist()}
            )
        return {"object": "list", "data": rows[::-1], "model": "any"}
