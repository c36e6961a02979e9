"""A served application: its socket, its address, and its end."""

import errno
import logging
import os
import re
import signal
import socket
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from index.errors import HoiBaoError, InputError
from index.store.people import People
from ui.config import DOOR, WAITS
from ui.door import Place, is_local
from ui.keys import Keys, kept_token, private_file
from ui.leaving import Leaving
from ui.templates import filled
from ui.text import both


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, on a free port for 0.

    Raises:
        HoiBaoError: the port is taken, or the host is none of this machine.
    """
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        return socket.create_server((bare, port), family=family, backlog=128)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise InputError(f"cannot listen on port {port} of {host} ({error.strerror})") from None
        raise HoiBaoError(
            f"port {port} on {host} is taken; is hoibao already running? Or choose: "
            "hoibao serve --port N"
        ) from None


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where it is to be served (port 0: a free one), and whether the owner's token is asked for. `name`: what
    it is called outside, `proxies`: the addresses of who passes requests on from there, `root`: under which
    path."""

    host: str = "127.0.0.1"
    port: int = 7860
    token: bool = True
    upload_mb: int = DOOR.upload_mb
    name: str = ""
    proxies: tuple[str, ...] = ()
    root: str = ""

    @property
    def is_here(self) -> bool:
        """Whether only this machine gets in."""
        return is_local(self.host) and not (self.name or self.proxies)

    def check(self, library: Path) -> None:
        """Finds out what cannot be, before anything is loaded.

        Raises:
            InputError: others than the owner would get in, or they would not be let in.
        """
        if self.proxies and not self.name:
            raise InputError("--proxy needs the name outside, too: --name bao.example.vn")
        if self.is_here:
            return
        if not self.token:
            raise InputError(f"--no-token is for this machine only; leave out {self._opens}")
        if not (library / "library.db").exists() and not os.environ.get("HOIBAO_STORE"):
            raise self._nobody()

    def keys(self, library: Path, people: People) -> Keys:
        """The keys to it, kept in a library.

        Raises:
            InputError: the token cannot be used, or nobody is there to be let in.
        """
        there = people.any()
        if not there and not self.is_here:
            raise self._nobody()
        if there and not self.token:
            raise InputError(
                "--no-token lets everybody in, and this library has people; leave it out"
            )
        return Keys(kept_token(library) if self.token else "", people)

    def place(self, port: int, routes: re.Pattern[str], own: tuple[str, str] = ("", "")) -> Place:
        """The same for the door, once the port is known."""
        return Place(
            self.host,
            port,
            routes,
            self.upload_mb,
            own,
            self.name.lower(),
            self.proxies,
            self.root,
        )

    @property
    def _opens(self) -> str:
        return f"--name {self.name}" if is_local(self.host) else f"--host {self.host}"

    def _nobody(self) -> InputError:
        return InputError(
            f"{self._opens} opens the library to other machines, and nobody is in it yet; first: "
            "hoibao users add NAME"
        )


class Serving:
    """An application that is served in a thread of its own."""

    def __init__(self, app: ASGIApp, at: socket.socket) -> None:
        self.port: int = at.getsockname()[1]
        self._leaving = Leaving(app)
        config = uvicorn.Config(
            self._leaving,
            log_config=None,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [at]}, daemon=True
        )
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.001)

    def wait(self, busy: Callable[[], bool]) -> None:
        """Returns when it ended: at once with Ctrl+C; with SIGTERM, from which on nothing new is taken, when
        nobody is `busy` any more, after `WAITS.drains` seconds at the latest, or at a second one."""
        before = signal.signal(signal.SIGTERM, self._leave)
        try:
            while self._thread.is_alive() and not self._leaving.begun:
                self._thread.join(0.5)
            end = time.monotonic() + WAITS.drains
            while self._thread.is_alive() and busy() and time.monotonic() < end:
                time.sleep(0.05)
        except KeyboardInterrupt:
            pass
        finally:
            signal.signal(signal.SIGTERM, before)
        self.close()

    def _leave(self, *_: object) -> None:
        if self._leaving.begun:
            raise KeyboardInterrupt
        self._leaving.begun = True

    def close(self) -> None:
        """Ends it, with the pages that are still open, which is no error."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._server.should_exit = True
        self._thread.join(WAITS.closes)


def address(host: str, port: int, token: str = "") -> str:
    """What a browser on this machine opens."""
    bare = host.strip("[]")
    if bare in ("", "0.0.0.0", "::"):
        bare = "127.0.0.1"
    named = f"[{bare}]" if ":" in bare else bare
    return f"http://{named}:{port}/" + (f"?token={token}" if token else "")


def told_where(at: Entrance, port: int, token: str, people: bool = False) -> str:
    """The line that says where it is served; where there are `people`, without the owner's token."""
    if at.name:
        where = (
            f"https://{at.name}{at.root}/" if at.proxies else f"http://{at.name}:{port}{at.root}/"
        )
        where += f"  ({address(at.host, port)})"
    else:
        where = address(at.host, port, "" if people else token)
    line = f"Hỏi Báo: {where}  (Ctrl+C: stop)"
    if not token:
        line += f"\n{both('no_token')}"
    elif not is_local(at.host) and not at.proxies:
        line += f"\n{both('not_local')}"
    return line


def open_browser(library: Path, link: str) -> None:
    """Opens the page in the user's browser, by a file that only the user reads: what a browser is started
    with every user of the machine may read."""
    file = library / "open.html"
    private_file(file, filled("again", address=link, said=""))
    webbrowser.open(file.resolve().as_uri())
