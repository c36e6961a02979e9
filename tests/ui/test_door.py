"""Attempts to get in, against the served page and the served tools: each is turned away, and nothing of the
library is in what it is told. Those in a real browser are in `tests/e2e/test_owner.py`."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from index.errors import InputError
from tests.conftest import ROOT, SAMPLES
from tests.e2e.browser import TOKEN
from tests.e2e.told import Served
from ui.api import launch_http
from ui.config import DOOR
from ui.keys import Keys, kept_token
from ui.serving import Entrance, Serving

BEARER = {"authorization": f"Bearer {TOKEN}"}
OTHER = "the-token-of-another-library-42"
NAME, PASSWORD = "Hoà", "mật khẩu dài"
#: Words of the article in it, and of a file of this machine.
MARKS = ("An Hòa", "root:x:0:0")


@dataclass(frozen=True)
class Place:
    """A served page, or served tools."""

    port: int
    library: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> "Reply":
        """A request as it is written here, which a client library would put right."""
        names = {name.lower() for name in headers}
        lines = [f"{method} {path} HTTP/1.1", "Connection: close"]
        lines += [] if "host" in names else [f"Host: 127.0.0.1:{self.port}"]
        lines += [f"Content-Length: {len(body)}"] if body or method == "POST" else []
        lines += [
            f"{name}: {value.format(port=self.port)}" for name, value in headers.items() if value
        ]
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + body)
            got = b""
            while part := line.recv(65536):
                got += part
        head, _, text = got.partition(b"\r\n\r\n")
        return Reply(
            int(head.split()[1]), head.decode("latin-1").lower(), text.decode("utf-8", "replace")
        )


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    head: str
    text: str


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page on this machine only."""
    made = Served(tmp_path_factory.mktemp("here") / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(here: Served) -> Place:
    return Place(int(here.address.rpartition(":")[2]), here.library.folder)


@pytest.fixture(scope="module")
def afar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page that other machines reach."""
    at = Entrance("0.0.0.0", 0, upload_mb=1)
    made = Served(tmp_path_factory.mktemp("afar") / "library", at, {NAME: (PASSWORD, "editor")})
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


@pytest.fixture(scope="module")
def tools(here: Served) -> Iterator[Place]:
    serving: Serving = launch_http(here.assistant, Keys(TOKEN), Entrance(port=0))  # type: ignore[arg-type]
    yield Place(serving.port, here.library.folder)
    serving.close()


# -- without a key ---------------------------------------------------------------------------------

ROUTES = [
    *(
        "GET /",
        "HEAD /",
        "GET /?c=abc",
        "GET /?token=",
        "GET /?token=wrong",
        f"GET /?token={OTHER}",
    ),
    *("GET /config", "GET /theme.css", "GET /favicon.ico", "GET /static/img/logo.svg", "GET /docs"),
    *(
        "GET /gradio_api/info",
        "GET /gradio_api/queue/data?session_hash=a",
        "GET /gradio_api/heartbeat/a",
    ),
    *("POST /gradio_api/queue/join", "POST /gradio_api/upload", "POST /gradio_api/cancel"),
    *(
        "POST /gradio_api/call/search",
        "GET /gradio_api/call/search/a",
        "POST /gradio_api/run/search",
    ),
    *(
        "GET /gradio_api/file=/etc/passwd",
        "GET /monitoring",
        "POST /login",
        "GET /nothing",
        "OPTIONS /",
    ),
    f"GET /config?token={TOKEN}",
]
KEYS = {
    "none": {},
    "a wrong one": {"Authorization": "Bearer wrong"},
    "of another library": {"Authorization": f"Bearer {OTHER}"},
    "a beginning": {"Authorization": f"Bearer {TOKEN[:-1]}"},
    "more": {"Authorization": f"Bearer {TOKEN}x"},
    "empty": {"Authorization": "Bearer "},
    "basic": {"Authorization": f"Basic {TOKEN}"},
    "a header of another name": {"X-Token": TOKEN},
    "the token as a cookie": {"Cookie": f"hoibao-{{port}}={TOKEN}"},
    "a cookie of another library": {"Cookie": f"hoibao-{{port}}={Keys(OTHER).cookie}"},
    "a cookie of another port": {"Cookie": f"hoibao-1={Keys(TOKEN).cookie}"},
}


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_token_every_route_is_closed(page: Place, route: str) -> None:
    method, path = route.split(" ", 1)
    turned_away(page.send(method, path, {}), 401)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_no_key_opens_nothing(page: Place, tools: Place, key: str) -> None:
    turned_away(page.send("GET", "/config", KEYS[key]), 401)
    body = b'{"data": ["An H\xc3\xb2a", 3]}'
    turned_away(page.send("POST", "/gradio_api/call/search", KEYS[key], body), 401)
    turned_away(tools.send("POST", "/mcp", KEYS[key], b"{}"), 401)


def turned_away(reply: Reply, *statuses: int) -> None:
    """It was told nothing but one line in two languages, and given nothing to come back with."""
    assert reply.status in statuses, reply
    assert "set-cookie" not in reply.head and "access-control" not in reply.head
    assert len(reply.text.strip().splitlines()) <= 1 and "Traceback" not in reply.text
    assert not any(mark in reply.text for mark in MARKS)


def test_whoever_asks_is_told_how_it_is(page: Place) -> None:
    assert "Trang này chỉ dành cho chủ máy" in page.send("GET", "/", {}).text
    assert "Authorization: Bearer" in page.send("GET", "/config", {}).text
    healthy = page.send("GET", "/healthz", {})
    assert (healthy.status, healthy.text) == (200, "ok\n")


# -- with the key, from the wrong place ------------------------------------------------------------

HOSTS = [
    *("evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "localhost", "[::1]:1"),
    *("localhost.evil.example:{port}", "127.0.0.1.nip.io:{port}", "127.0.0.1:{port}.evil.example"),
    *(
        "evil.example@127.0.0.1:{port}",
        "evil.example, 127.0.0.1:{port}",
        "192.168.1.2:{port}",
        "0.0.0.0:{port}",
    ),
]
ORIGINS = [
    *(
        "http://evil.example",
        "https://evil.example",
        "null",
        "http://127.0.0.1:1",
        "https://127.0.0.1:{port}",
    ),
    *(
        "http://localhost",
        "file://",
        "http://127.0.0.1:{port}.evil.example",
        "http://evil.example:{port}",
    ),
    *("http://127.0.0.1:{port}@evil.example", "chrome-extension://abc", "127.0.0.1:{port}"),
]
FETCHED = [
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
]
COOKIE = {"Cookie": f"hoibao-{{port}}={Keys(TOKEN).cookie}"}


@pytest.mark.parametrize("host", HOSTS)
def test_another_host_is_not_served(page: Place, tools: Place, host: str) -> None:
    for path in ("/", "/healthz", f"/?token={TOKEN}", "http://127.0.0.1:{port}/"):
        turned_away(
            page.send("GET", path.format(port=page.port), {"Host": host, **BEARER}), 400, 403
        )
    turned_away(tools.send("POST", "/mcp", {"Host": host, **BEARER}, b"{}"), 403)


def test_no_host_and_two_are_not_served(page: Place) -> None:
    for headers in (
        {"Host": "", **BEARER},
        {"Host": f"127.0.0.1:{page.port}", "HOST": "evil.example", **BEARER},
    ):
        turned_away(page.send("GET", "/", headers), 400, 403)
    forwarded = {"X-Forwarded-Host": f"127.0.0.1:{page.port}", "Host": "evil.example", **BEARER}
    turned_away(page.send("GET", "/", forwarded), 403)
    turned_away(
        page.send("GET", f"http://evil.example:{page.port}/", {"Host": "evil.example"}), 400, 403
    )
    turned_away(page.send("GET", f"http://evil.example:{page.port}/", {}), 400, 401, 404)


@pytest.mark.parametrize("origin", ORIGINS)
def test_another_page_is_not_served(page: Place, tools: Place, origin: str) -> None:
    for key in (BEARER, COOKIE):
        turned_away(page.send("GET", "/config", {"Origin": origin, **key}), 403)
        turned_away(
            page.send("POST", "/gradio_api/queue/join", {"Origin": origin, **key}, b"{}"), 403
        )
    turned_away(tools.send("POST", "/mcp", {"Origin": origin, **BEARER}, b"{}"), 403)


@pytest.mark.parametrize(
    "fetched", FETCHED, ids=lambda f: f["Sec-Fetch-Dest"] + f["Sec-Fetch-Site"]
)
def test_nothing_is_embedded_elsewhere(page: Place, fetched: dict[str, str]) -> None:
    for path in ("/", "/gradio_api/info", "/gradio_api/queue/data?session_hash=a"):
        turned_away(page.send("GET", path, {**fetched, **COOKIE}), 403)


@pytest.mark.parametrize("origin", ["", "http://127.0.0.1:{port}", "http://evil.example"])
def test_nobody_gets_a_web_socket(page: Place, tools: Place, origin: str) -> None:
    asked = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Origin": origin,
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", **BEARER,
    }  # fmt: skip
    for place in (page, tools):
        for path in ("/", "/gradio_api/queue/join", "/mcp"):
            assert place.send("GET", path, asked).status == 403


# -- with the key, to what is not offered ----------------------------------------------------------

CLOSED = [
    *("GET /gradio_api/file=http://example.com/", "GET /gradio_api/file=https://example.com/a.png"),
    *(
        "GET /gradio_api/file=//example.com/",
        "GET /gradio_api/file=ftp://example.com/",
        "GET /gradio_api/file=a",
    ),
    *("GET /gradio_api/proxy=https://a.hf.space/", "GET /gradio_api/stream/a/b/c/playlist.m3u8"),
    *("POST /gradio_api/stream/a", "GET /login", "POST /login", "GET /logout", "GET /monitoring"),
    *(
        "GET /monitoring/summary",
        "GET /monitoring/a",
        "GET /gradio_api/deep_link",
        "GET /gradio_api/vibe-code",
    ),
    *("POST /gradio_api/vibe-edit", "GET /gradio_api/dev/reload", "GET /gradio_api/token"),
    *(
        "POST /gradio_api/process_recording",
        "POST /gradio_api/component_server",
        "GET /gradio_api/runs",
    ),
    *("GET /gradio_api/run-history/buckets", "POST /gradio_api/run-history/connect", "GET /docs"),
    *(
        "GET /gradio_api/custom_component/a/client/a/index.js",
        "GET /openapi.json",
        "GET /gradio_api/openapi.json",
    ),
    *("POST /gradio_api/api/search", "GET /gradio_api/run/search", "POST /gradio_api/call/on_ask"),
    *(
        "GET /gradio_api/mcp/sse",
        "GET /mcp",
        "PUT /",
        "DELETE /config",
        "GET /gradio_api/queue/status",
    ),
    *(
        "GET /static/../../../../etc/passwd",
        "GET /static/%2e%2e/%2e%2e/routes.py",
        "GET /assets/..%2f..%2fa.py",
    ),
    *(
        "GET /static//etc/passwd",
        "GET /static/%5c..%5c..%5cetc",
        "GET /svelte/../routes.py",
        "GET /%00",
    ),
]
FILES = [
    "/etc/passwd",
    "/etc/../etc/passwd",
    "{library}/library.db",
    "{library}/token",
    "{library}/history.db",
]


@pytest.mark.parametrize("route", CLOSED)
def test_what_is_not_used_is_closed_to_the_owner_too(page: Place, route: str) -> None:
    method, path = route.split(" ", 1)
    turned_away(page.send(method, path, BEARER, b"{}" if method == "POST" else b""), 403, 404)


@pytest.mark.parametrize("file", FILES)
def test_no_file_of_the_machine_is_handed_out(page: Place, file: str) -> None:
    path = f"/gradio_api/file={file.format(library=page.library)}"
    turned_away(page.send("GET", path, BEARER), 403, 404)


def press_add(place: Place, files: list[str], path: str = "") -> str:
    """What the page is told when its button "add" is clicked with these."""
    with httpx2.Client(base_url=place.address, headers=BEARER, timeout=60) as client:
        config = client.get("/config").json()
        (button,) = (c for c in config["components"] if c["props"].get("elem_id") == "hb-add-send")
        begun = (d for d in config["dependencies"] if [button["id"], "click"] in d["targets"])
        event = max(begun, key=lambda one: len(one["inputs"]))  # the others only follow it
        given = [{"path": f, "meta": {"_type": "gradio.FileData"}} for f in files]
        asked = {
            "fn_index": event["id"],
            "session_hash": "s",
            "data": [None, given or None, None, path, "vi"],
        }
        assert client.post("/gradio_api/queue/join", json=asked).status_code == 200
        told = ""
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "s"}) as stream:
            for line in stream.iter_lines():
                told += line
                if "process_completed" in line:
                    return told
    return told


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "http://example.com/a.html", "https://127.0.0.1/", "file:///etc/passwd"]
)
def test_the_page_takes_no_file_that_was_not_uploaded(page: Place, here: Served, file: str) -> None:
    told = press_add(page, [file])
    assert '"success":false' in told.replace(" ", "") and not any(mark in told for mark in MARKS)
    assert here.library.counts()[0] == 1 and not (page.library / "files").exists()


def test_the_path_box_is_for_who_sits_at_the_machine(
    afar: Served, here: Served, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "Một bài\n\nCầu mới dài 20 m, rộng 4 m, xong năm 2020.", "utf-8"
    )
    place = Place(int(afar.address.rpartition(":")[2]), afar.library.folder)
    assert "Từ máy khác không thêm được" in json.dumps(
        press_add(place, [], str(tmp_path)), ensure_ascii=False
    )
    assert afar.library.counts()[0] == 1
    config = httpx2.get(f"{afar.address}/config", headers=BEARER).json()
    (box,) = (c for c in config["components"] if c["props"].get("elem_id") == "hb-path")
    assert box["props"]["visible"] is False


# -- uploads ---------------------------------------------------------------------------------------

TEXT = "Một bài\n\nCầu mới dài 20 m.".encode()
NAMES = [
    "../../evil.txt",
    "/etc/evil.txt",
    "..\\..\\evil.txt",
    "a\0b.txt",
    "a" * 3000 + ".txt",
    "..",
    "",
    "a\r\nb.txt",
]


def upload(place: Place, *files: tuple[str, bytes], headers: dict[str, str] = BEARER) -> Reply:
    body = b""
    for name, content in files:
        head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    return place.send("POST", "/gradio_api/upload", {**kind, **headers}, body + b"--b--\r\n")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_leads_nowhere(page: Place, name: str) -> None:
    reply = upload(page, (name, TEXT))
    assert reply.status in (200, 400, 413, 415), reply
    if reply.status == 200:
        (path,) = json.loads(reply.text)
        assert (
            ".." not in Path(path).parts
            and len(Path(path).name) < 256
            and Path(path).read_bytes() == TEXT
        )
        assert Path(path).name.isprintable() and len(Path(path).parent.name) == 64  # its hash
    assert not Path("/etc/evil.txt").exists() and not (page.library.parent / "evil.txt").exists()


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html.js", "a", ".txt", "a.txt.lnk", "a.py"])
def test_other_kinds_are_not_kept(page: Place, name: str) -> None:
    reply = upload(page, ("tốt.txt", TEXT), (name, b"#! " + TEXT))
    assert reply.status == 415 and ".docx" in reply.text


def test_what_is_too_large_or_too_much_is_not_read(afar: Served, page: Place) -> None:
    place = Place(int(afar.address.rpartition(":")[2]), afar.library.folder)
    assert upload(place, ("a.txt", TEXT)).status == 200
    kind = {"Content-Type": "multipart/form-data; boundary=b", **BEARER}
    said = place.send("POST", "/gradio_api/upload", {**kind, "Content-Length": "1000001"})
    assert said.status in (400, 413)
    for size in ("-1", "1e9", "99999999999999999999"):
        turned_away(
            place.send("POST", "/gradio_api/upload", {**kind, "content-length": size}), 400, 413
        )
    with httpx2.Client(headers=kind) as client:
        many = client.post(f"{afar.address}/gradio_api/upload", content=iter([b"x" * 2_000_000]))
        assert many.status_code == 413
        large = client.post(f"{page.address}/gradio_api/queue/join", content=b"x" * 9_000_000)
        assert large.status_code == 413
    assert upload(page, *[(f"{n}.txt", b"x") for n in range(1001)]).status == 400


# -- a password ------------------------------------------------------------------------------------


def test_a_name_and_password_let_in_and_wrong_ones_have_to_wait(afar: Served) -> None:
    port = int(afar.address.rpartition(":")[2])
    place = Place(port, afar.library.folder)
    form = place.send("GET", "/", {})
    assert form.status == 401 and 'type="password"' in form.text and "An Hòa" not in form.text
    turned_away(place.send("GET", "/config", {}), 401)

    def log_in(password: str, name: str = "hòa ", **headers: str) -> httpx2.Response:
        given = {"name": name, "password": password}
        return httpx2.post(f"{afar.address}/login", data=given, headers=headers)

    assert log_in(PASSWORD, origin="http://evil.example").status_code == 403
    right = log_in(PASSWORD)
    assert right.status_code == 303 and right.headers["location"] == "/"
    kept = right.headers["set-cookie"]
    assert kept.startswith(f"hoibao-{port}=") and "HttpOnly" in kept and "SameSite=Strict" in kept
    assert "Max-Age=1209600" in kept and "Secure" not in kept  # it came without TLS
    cookie = {"cookie": kept.partition(";")[0]}
    assert httpx2.get(f"{afar.address}/config", headers=cookie).status_code == 200
    assert httpx2.get(f"{afar.address}/config", headers=BEARER).status_code == 200  # the owner
    for host in ("evil.example", f"evil.example:{port}"):
        turned_away(place.send("GET", "/config", {"Host": host, **cookie}), 403)
    assert (
        place.send("GET", "/healthz", {"Host": f"192.168.1.2:{port}"}).status == 200
    )  # its address there
    for wrong in ("", "x", PASSWORD[:-1], PASSWORD + "x", "'; --"):
        tried = log_in(wrong)
        assert tried.status_code == 401 and "set-cookie" not in tried.headers
    assert log_in(PASSWORD).status_code == 429
    assert log_in(PASSWORD, "Ai đó").status_code == 401  # others at this address do not wait
    assert httpx2.get(f"{afar.address}/config", headers=cookie).status_code == 200


# -- the owner -------------------------------------------------------------------------------------


def test_the_token_is_exchanged_for_a_cookie_and_leaves_the_address(page: Place) -> None:
    reply = page.send("GET", f"/?c=abc&token={TOKEN}", {})
    assert reply.status == 303 and "location: /?c=abc\r\n" in reply.head + "\r\n"
    said = "httponly; samesite=strict"
    assert (
        f"set-cookie: hoibao-{page.port}={Keys(TOKEN).cookie}; path=/; max-age=2592000; {said}"
        in reply.head
    )
    shown = page.send("GET", "/", COOKIE)
    assert shown.status == 200 and f"hoibao-{page.port}=" in shown.head  # it lives on
    assert "referrer-policy: no-referrer" in shown.head and "nosniff" in shown.head
    for part in ("frame-ancestors 'none'", "default-src 'none'", "script-src 'self'"):
        assert part in shown.head
    policy = shown.head.partition("content-security-policy:")[2].partition("\r\n")[0]
    assert (
        "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        and "*" not in policy
    )


def test_a_link_from_elsewhere_opens_the_page_by_a_second_request(page: Place) -> None:
    linked = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    reply = page.send("GET", "/?c=%22%3E%3Cscript%3E", linked)
    assert reply.status == 401 and 'content="0; url=/?c=%22%3E%3Cscript%3E"' in reply.text
    entered = page.send("GET", f"/?token={TOKEN}", linked)
    assert entered.status == 200 and 'url=/"' in entered.text and TOKEN not in entered.text


def test_the_token_is_kept_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOIBAO_TOKEN", raising=False)
    token = kept_token(tmp_path)
    file = tmp_path / "token"
    assert len(token) == 43 and file.stat().st_mode & 0o777 == 0o600
    assert kept_token(tmp_path) == token == file.read_text().strip()
    assert Keys(token).cookie == Keys(kept_token(tmp_path)).cookie  # also after a restart
    file.chmod(0o644)  # who knows who read it
    assert kept_token(tmp_path) != token and file.stat().st_mode & 0o777 == 0o600
    for damaged in (b"", b"short", b"\xff\xfe"):
        file.write_bytes(damaged)
        assert len(kept_token(tmp_path)) == 43
    file.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("a" * 43)
    elsewhere.chmod(0o600)
    file.symlink_to(elsewhere)
    assert kept_token(tmp_path) != "a" * 43 and elsewhere.read_text() == "a" * 43
    monkeypatch.setenv("HOIBAO_TOKEN", OTHER)
    assert kept_token(tmp_path) == OTHER
    for bad in ("short", "ngắn-nhưng-đủ-mười-sáu-chữ", "with blanks and more of them"):
        monkeypatch.setenv("HOIBAO_TOKEN", bad)
        with pytest.raises(InputError, match="HOIBAO_TOKEN"):
            kept_token(tmp_path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--host", "0.0.0.0"], "nobody is in it yet; first: hoibao users add NAME"),
        (["--host", "::"], "hoibao users add NAME"),
        (["--host", "192.168.1.2", "--mcp", "http"], "hoibao users add NAME"),
        (["--name", "bao.example.vn", "--proxy", "127.0.0.1"], "hoibao users add NAME"),
        (["--proxy", "127.0.0.1"], "--name bao.example.vn"),
        (["--host", "0.0.0.0", "--no-token"], "--no-token is for this machine only"),
    ],
)
def test_it_is_not_opened_to_other_machines_by_oversight(
    given: list[str], said: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "ui.cli", "--library", str(tmp_path / "l"), "serve", *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "l").exists()


def test_without_a_token_the_machine_gets_in_and_no_other_page(
    tmp_path: Path, here: Served
) -> None:
    serving = launch_http(here.assistant, Keys(""), Entrance(port=0, token=False))  # type: ignore[arg-type]
    place = Place(serving.port, tmp_path)
    accepts = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    hello: dict[str, Any] = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"},
    }}  # fmt: skip
    body = json.dumps(hello).encode()
    answered = httpx2.post(f"{place.address}/mcp", content=body, headers=accepts)
    assert answered.status_code == 200 and "hoibao" in answered.text
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        turned_away(place.send("POST", "/mcp", {**accepts, **headers}, body), 403)
    serving.close()


def test_when_too_much_waits_it_says_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("ui.page.app", "ui.api"):
        monkeypatch.setattr(f"{module}.DOOR", replace(DOOR, waiting=2, asking=2))
    made = Served(tmp_path / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    statuses = []
    with httpx2.Client(base_url=made.address, headers=BEARER) as client:
        for _ in range(6):  # two are answered, two may wait
            reply = client.post("/gradio_api/call/ask", json={"data": ["Cầu dài bao nhiêu?"]})
            statuses.append(reply.status_code)
        assert statuses[:2] == [200, 200] and statuses[-1] == 429
        assert "Đang bận" in reply.json()["detail"] and "Busy" in reply.json()["detail"]
        assert reply.headers["retry-after"]
        made.assistant.finish("Cầu dài bao nhiêu?")
    made.close()
