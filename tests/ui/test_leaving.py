"""The end by SIGTERM: what is under way is finished, nothing new is taken, nothing is lost. What was counted
and logged by then has no words in it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.responses import PlainTextResponse

from index.library import Library
from tests.conftest import ROOT, FakeEmbedder
from tests.e2e.browser import TOKEN, answers, free_port
from ui.config import WAITS
from ui.serving import Serving, listen

BEARER = {"Authorization": f"Bearer {TOKEN}"}
BRIDGE = "Cầu An Hòa dài bao nhiêu mét?"
LIMIT = 120.0


class Asked:
    """A question asked through the API, and the documents that come."""

    def __init__(self, client: httpx2.Client) -> None:
        reply = client.post("/gradio_api/call/ask_growing", json={"data": [BRIDGE, ""]})
        self._rest = self._documents(client, reply.raise_for_status().json()["event_id"])

    def _documents(
        self, client: httpx2.Client, event: str
    ) -> Generator[dict[str, Any], None, None]:
        with client.stream("GET", f"/gradio_api/call/ask_growing/{event}") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: [{"):
                    yield json.loads(line.removeprefix("data: "))[0]

    def leave(self) -> None:
        """Closes the stream."""
        self._rest.close()

    def until(self, key: str) -> dict[str, Any]:
        """The first document that has it."""
        return next(one for one in self._rest if one[key])


def test_what_is_under_way_is_finished_and_nothing_new_is_taken(tmp_path: Path) -> None:
    port, metrics = free_port(), free_port()
    library, log = tmp_path / "library", tmp_path / "log.txt"
    go = tmp_path / "go"
    what = [str(port), str(library), str(go), str(metrics)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOIBAO_TOKEN": TOKEN}
    with log.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.slow_server", *what],
            env=environment, cwd=ROOT, stderr=told,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        answers(address, process)
        with httpx2.Client(base_url=address, headers=BEARER, timeout=LIMIT) as client:
            one = Asked(client)
            found = one.until("passages")
            assert not found["done"] and one.until("short")["short"] == "486 m"
            two = Asked(client)
            waits = two.until("waits")
            assert waits["waits"]["place"] == 1 and waits["short"] == "486 m"
            counted = httpx2.get(f"http://127.0.0.1:{metrics}/metrics").text
            assert "hoibao_queue_length 1.0" in counted and "hoibao_articles 1.0" in counted
            process.send_signal(signal.SIGTERM)
            while client.get("/healthz").status_code == 200:
                pass
            refused = client.post("/gradio_api/call/ask", json={"data": [BRIDGE]})
            assert refused.status_code == 503 and "restart" in refused.json()["detail"]
            assert refused.headers["retry-after"]
            go.touch()
            for asked in (one, two):
                final = asked.until("done")
                assert final["answer"] == "Cầu An Hòa dài 486 m. [1]" and not final["waits"]
        assert process.wait(LIMIT) == 0
    finally:
        process.kill()
    again = Library(library, FakeEmbedder())
    assert again.counts()[0] == 1 and not again.check().problems
    again.close()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    ended = [line for line in lines if line.get("event") == "question"]
    assert [one["outcome"] for one in ended] == ["answered", "answered"]
    assert "waited" in ended[1]["seconds"] and ended[0]["verified"]
    for words in ("Cầu", "486", TOKEN):
        assert words not in log.read_text()


def test_it_waits_no_longer_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.serving.WAITS", replace(WAITS, drains=0.3))
    serving = Serving(PlainTextResponse("here"), listen("127.0.0.1", 0))
    go = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM))
    go.start()
    asked = []
    serving.wait(lambda: asked.append(1) is None)  # always busy
    assert asked
    with pytest.raises(httpx2.TransportError):
        httpx2.get(f"http://127.0.0.1:{serving.port}")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
