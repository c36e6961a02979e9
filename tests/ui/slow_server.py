"""A served library whose writer writes when a file is there, as a process of its own: `python -m
tests.ui.slow_server PORT LIBRARY FILE METRICS`; its log is JSON."""

import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.library import Library
from index.private import keep_temporary
from rag.assistant import Assistant
from rag.types import Message
from tests.conftest import SAMPLES, FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from ui import logs
from ui.console import ready
from ui.metrics import Metrics
from ui.page.app import serve
from ui.serving import Entrance


class Slow(ScriptedWriter):
    """Writes when the file is there."""

    def __init__(self, go: Path) -> None:
        super().__init__("486 m", "Cầu An Hòa dài 486 m.")
        self._go = go

    def write(self, messages: Sequence[Message], stop: threading.Event) -> Iterator[str]:
        while not self._go.exists() and not stop.wait(0.05):
            pass
        yield self.sentence


def made(folder: Path, go: Path, metrics: int) -> Assistant:
    library = Library(folder, FakeEmbedder())
    library.add([next(SAMPLES.glob("08*"))])
    reader: Any = ScriptedReader("486 m")
    assistant = Assistant(library, FakeEmbedder(), reader, Slow(go), threshold=0.3)
    counted = Metrics(assistant)
    counted.serve(metrics)
    assistant.observers += [logs.Logged(), counted]
    return assistant


def main(port: str, folder: str, go: str, metrics: str) -> None:
    ready()
    logs.begin()
    keep_temporary(Path(folder))
    make = lambda: made(Path(folder), Path(go), int(metrics))  # noqa: E731
    serve(make, Entrance(port=int(port)), browser=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
