"""Chromium and a served library, for the browser tests and the screenshot."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT

CHROMIUM = os.environ.get("HOIBAO_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


ANSWER = 120_000  # milliseconds: a loaded machine also finishes
#: What a process does on sockets, for `left_the_machine`. With -D the process itself is our child.
STRACE = [
    "strace",
    "-D",
    "-f",
    "--seccomp-bpf",
    "-e",
    "trace=connect,sendto,sendmsg,sendmmsg",
    "-o",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def left_the_machine(trace: Path) -> list[str]:
    """The lines of a trace that address another machine than this one."""
    addressed = re.compile(r"sin6?_addr|inet_addr|inet_pton|sll_addr")
    own = re.compile(
        r'inet_addr\("127\.[\d.]+"\)|inet_pton\(AF_INET6, "(?:::1|::ffff:127\.[\d.]+)"'
    )
    lines = trace.read_text().splitlines()
    return [line for line in lines if addressed.search(line) and not own.search(line)]


def ask(page: Page, question: str) -> None:
    page.fill("#hb-question textarea", question)
    page.click("#hb-send")


@contextmanager
def served(environment: dict[str, str], trace: Path | None = None) -> Iterator[str]:
    """`hoibao serve` in a process of its own; gives the page's address. What it does on sockets is
    written to `trace`."""
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-browser", "--port", str(port)]
    if trace:
        command = [*STRACE, str(trace), *command]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, "hoibao serve ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
