"""A real Chroma server for tests: `chroma run` on a free port of this machine, its files in a folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

#: Seconds within which it answers, also for the first time on a busy machine.
_STARTS = 180


class ChromaServer:
    """Started and killed as often as a test likes, at one address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        self._folder.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("chroma")),
                *("run", "--path", str(self._folder), "--host", "127.0.0.1"),
                *("--port", str(self.port)),
            ],
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + _STARTS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5):
                    return
            except OSError:
                assert self._process.poll() is None, "chroma run has ended"
                time.sleep(0.05)
        raise AssertionError("chroma run does not answer")

    def kill(self) -> None:
        """Ends it at once, whatever it is at."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None
