"""A question asked of a served library over HTTP, as programs ask (`/ask_growing`), with the times of what
came; and a server started for it."""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOKEN = "only-for-measuring-0123456789"
#: Seconds after which a question counts as lost.
LOST = 180.0


@dataclass(slots=True)
class Took:
    """Seconds from the question to what came; `waits`: each time that it waited for the writer, what was said
    when it began to, and how long it did. `error` is a line where it failed."""

    evidence: float | None = None
    short: float | None = None
    end: float | None = None
    waits: list[tuple[float, float]] = field(default_factory=list)
    question: str = ""
    outcome: str = ""
    error: str = ""


@dataclass(slots=True)
class Asker:
    """Somebody with a token at an address."""

    address: str
    token: str = TOKEN
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        key = {"authorization": f"Bearer {self.token}"}
        self.client = httpx.Client(base_url=self.address, headers=key, timeout=LOST)

    def ask(self, question: str, to_the_end: bool) -> Took:
        """Asks, and leaves when the short answer is there, or, where none comes, when it waits for the writer
        or is answered; `to_the_end`: only then. A question that has no short answer has no time of one."""
        took, began, promised = Took(question=question), time.monotonic(), None
        try:
            for told in self._documents(question):
                now = time.monotonic() - began
                if told["passages"] and took.evidence is None:
                    took.evidence = now
                if told["short"] and took.short is None:
                    took.short = now
                if told["waits"] and promised is None:
                    promised = float(told["waits"]["seconds"]), now
                elif promised and not told["waits"]:
                    took.waits.append((promised[0], now - promised[1]))
                    promised = None
                if told["done"]:
                    took.end, took.outcome = now, told["outcome"]
                elif not to_the_end and (told["short"] or told["waits"]):
                    took.outcome = "left"
                    return took
        except (httpx.HTTPError, ValueError, KeyError) as error:
            took.error = f"{type(error).__name__}: {error}"[:200]
        if took.end is None and not took.error:
            took.error = "the stream ended without an answer"
        return took

    def _documents(self, question: str) -> Iterator[dict[str, Any]]:
        call = "/gradio_api/call/ask_growing"
        reply = self.client.post(call, json={"data": [question, ""]})
        if reply.status_code != 200:
            raise ValueError(f"{reply.status_code} {reply.text[:100]}")
        event = ""
        with self.client.stream("GET", f"{call}/{reply.json()['event_id']}") as stream:
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: ") and event == "error":
                    raise ValueError(f"error: {line[6:100]}")
                elif line.startswith("data: [{"):
                    yield json.loads(line[6:])[0]


def questions(file: Path | None, seed: int = 1) -> list[str]:
    """Those of a file of JSON Lines, else of the sets on news articles beside this script; shuffled."""
    files = (
        [file]
        if file
        else sorted(HERE.glob("everyday.*.jsonl")) + sorted(HERE.glob("answers.*.jsonl"))
    )
    rows = [
        json.loads(line) for one in files for line in one.read_text("utf-8").splitlines() if line
    ]
    found = [row["question"] for row in rows if row.get("question")]
    random.Random(seed).shuffle(found)
    return found


def share(values: list[float | None], part: float) -> float | None:
    """The value below which a part of them lies; None of none."""
    known = sorted(one for one in values if one is not None)
    return round(known[min(len(known) - 1, int(part * len(known)))], 3) if known else None


@contextmanager
def served(library: Path, *more: str, **environment: str) -> Iterator[tuple[str, int]]:
    """`hoibao serve` over a library, ready to answer: its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--library", str(library), "serve", "--no-browser"]
    all_ = {**os.environ, "PYTHONPATH": str(ROOT), "HOIBAO_TOKEN": TOKEN, **environment}
    process = subprocess.Popen([*command, "--port", str(port), *more], env=all_, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + LOST
        while time.monotonic() < end:
            try:
                httpx.get(f"{address}/healthz")
                break
            except httpx.TransportError:
                assert process.poll() is None, "it ended"
                time.sleep(0.2)
        assert not Asker(address).ask("Có bao nhiêu bài nói về Hà Nội?", True).error
        Asker(address).ask("Ai là chủ tịch?", True)  # the models are loaded
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(LOST)
