"""Chromium and a served library, for the browser tests and the screenshot."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.conftest import ROOT

CHROMIUM = os.environ.get("HOIBAO_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Sites of this name are this machine, as one is that comes back under another address (DNS rebinding).
ARGUMENTS += ["--host-resolver-rules=MAP *.example 127.0.0.1"]
LOCALE = "vi-VN"
#: Milliseconds within which whatever is waited for comes, also on a loaded machine.
LIMIT = 180_000
expect.set_options(timeout=LIMIT)
#: Milliseconds by which what is done on the page reaches the server later, as on a machine that is busy: what a
#: test does not wait for fails then each time (`HOIBAO_LATE=1500 python -m pytest tests/e2e`).
LATE = os.environ.get("HOIBAO_LATE")
_COMES_LATE = """const fetched = window.fetch; window.fetch = async (what, ...how) => {
  if (String(what.url ?? what).includes('/queue/join')) await new Promise(go => setTimeout(go, %s));
  return fetched.call(window, what, ...how);
};"""
#: The first citation of an answer that is finished: that of a short answer does not show its quote yet.
CITATION = '#hb-chat a[href*="#cite-"][title]'
#: What stands on it: its number, then the outlet and day.
FIRST = re.compile(r"^1\b")
#: The secret of every page that is served for a test.
TOKEN = "only-for-the-tests-0123456789"
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


def with_token(address: str) -> str:
    """The address that lets a browser in."""
    return f"{address}{'&' if '?' in address else '/?'}token={TOKEN}"


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


def open_tab(page: Page, name: str) -> None:
    """Opens a tab; on a narrow page it is scrolled to."""
    page.get_by_role("tab", name=name).click()


def still(page: Page) -> None:
    """Nothing moves any more: no animation runs, and two frames look alike."""
    page.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          const look = () => [...document.querySelectorAll('*')].map(e => {
            const box = e.getBoundingClientRect();
            return [box.x, box.y, box.width, box.height].map(Math.round).join();
          }).join(';');
          const ends = a => a.effect && a.effect.getComputedTiming().endTime !== Infinity;
          for (let before = '', now = look(); before !== now; before = now, now = look()) {
            await Promise.allSettled(document.getAnimations().filter(ends).map(a => a.finished));
            await frame();
            await frame();
          }
        }"""
    )


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 1400, locale: str = LOCALE
) -> Iterator[Page]:
    """The page, opened in a window of its own; when it is closed, it asked nobody but its server for
    anything, and none of its scripts failed."""
    # Windows share the user's cache: without it each compiles Gradio's scripts anew. What one keeps for its
    # server, and what it was allowed, ends with it.
    user = browser.contexts[0]
    page = user.new_page() if locale == LOCALE else browser.new_page(locale=locale)
    page.set_viewport_size({"width": width, "height": 900})
    page.set_default_timeout(LIMIT)
    if LATE:
        page.add_init_script(_COMES_LATE % int(LATE))
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url))
    policy = "Content Security Policy"
    page.on("console", lambda said: policy in said.text and told.append(f"policy: {said.text}"))
    page.on("pageerror", lambda error: told.append(f"error: {error}"))
    page.on("dialog", lambda dialog: told.append(f"dialog: {dialog.message}") or dialog.dismiss())
    try:
        page.goto(with_token(address))
        page.wait_for_selector("#hb-question textarea")
        yield page
    finally:
        with suppress(Error):  # it may have broken down
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.close()
        user.clear_cookies(name=re.compile("^(?!hoibao-)"))  # other windows stay let in
        user.clear_permissions()
    own = address.partition("/?")[0]
    assert [one for one in told if not one.startswith((own, "data:", "blob:"))] == []


@contextmanager
def served(environment: dict[str, str], trace: Path | None = None) -> Iterator[str]:
    """`hoibao serve` in a process of its own; gives the page's address, without the token. What it does on
    sockets is written to `trace`."""
    port = free_port()
    command = [sys.executable, "-m", "ui.cli", "serve", "--no-browser", "--port", str(port)]
    if trace:
        command = [*STRACE, str(trace), *command]
    environment = {**environment, "HOIBAO_TOKEN": TOKEN}
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        answers(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(LIMIT / 1000)
        except subprocess.TimeoutExpired:
            process.kill()


def answers(address: str, process: "subprocess.Popen[Any]") -> None:
    """Returns when the process answers at an address."""
    end = time.monotonic() + LIMIT / 1000
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=LIMIT / 1000).close()
            return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            assert process.poll() is None, "it ended"
            time.sleep(0.1)  # between two looks
    raise AssertionError(f"nothing answers at {address}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium with one Vietnamese user, who has a cache on disk."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        user = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=ARGUMENTS, locale=LOCALE
        )
        assert user.browser
        user.set_default_timeout(LIMIT)
        yield user.browser
        user.close()
