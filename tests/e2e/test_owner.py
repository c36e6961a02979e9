"""Attempts to get in from the owner's own browser, which has the cookie: a site that comes back under another
name (DNS rebinding), and a page of another server of this machine. And the owner, who gets in."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SAMPLES
from tests.e2e.browser import FIRST, TOKEN, ask, opened, with_token
from tests.e2e.told import Served
from ui.config import DOOR
from ui.keys import Keys
from ui.serving import Entrance

pytestmark = pytest.mark.browser
#: What a page of another server tries; each gives what it got, or "".
TRIES = {
    "fetch": "fetch(A + '/config', {credentials: 'include'}).then(r => r.text())",
    "fetch without asking": (
        "fetch(A + '/config', {mode: 'no-cors', credentials: 'include'}).then(r => r.text())"
    ),
    "post": (
        "fetch(A + '/gradio_api/queue/join', {method: 'POST', mode: 'no-cors', credentials: 'include', "
        "body: '{}'}).then(r => r.text())"
    ),
    "events": (
        "new Promise(done => { const e = new EventSource(A + '/gradio_api/queue/data?session_hash=a', "
        "{withCredentials: true}); e.onmessage = m => done(m.data || 'message'); "
        "e.onopen = () => done('open'); e.onerror = () => done(''); })"
    ),
    "web socket": (
        "new Promise(done => { const s = new WebSocket(A.replace('http', 'ws') + '/gradio_api/queue/join'); "
        "s.onopen = () => done('open'); s.onerror = () => done(''); })"
    ),
    "script": (
        "new Promise(done => { const s = document.createElement('script'); s.src = A + '/gradio_api/info'; "
        "s.onload = () => done('loaded'); s.onerror = () => done(''); document.head.append(s); })"
    ),
    "picture": (
        "new Promise(done => { const i = new Image(); i.src = A + '/static/img/logo.svg'; "
        "i.onload = () => done('loaded'); i.onerror = () => done(''); })"
    ),
    "style": (
        "new Promise(done => { const s = document.createElement('link'); s.rel = 'stylesheet'; "
        "s.href = A + '/theme.css'; s.onload = () => done('loaded'); s.onerror = () => done(''); "
        "document.head.append(s); })"
    ),
    "opener": (
        "new Promise(done => { const w = window.open(A + '/'); setTimeout(() => { "
        "try { done(w.document.body.innerText) } catch { done('') } }, 1500); })"
    ),
}


class Elsewhere(BaseHTTPRequestHandler):
    """A server of somebody else: every page of it is empty, but the one with a form and a frame."""

    target = ""

    def do_GET(self) -> None:
        page = (
            f'<form method="post" action="{self.target}/gradio_api/upload" enctype="multipart/form-data">'
            '<input name="files" value="x"><button>send</button></form>'
            f'<iframe src="{self.target}/" name="inside"></iframe>'
        )
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode() if self.path == "/form" else b"<p>elsewhere</p>")

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("owner") / "library")
    made.library.add([next(SAMPLES.glob("08*"))])
    yield made
    made.close()


@pytest.fixture(scope="module")
def elsewhere(told: Served) -> Iterator[str]:
    Elsewhere.target = told.address
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, told: Served) -> Iterator[Page]:
    with opened(browser, told.address) as page:
        yield page


@pytest.mark.parametrize("site", ["127.0.0.1", "localhost"])
def test_another_page_of_the_same_browser_gets_nothing(
    page: Page, told: Served, elsewhere: str, site: str
) -> None:
    got = {}
    for name, how in TRIES.items():
        before = set(page.context.pages)
        with page.context.new_page() as stranger:
            stranger.goto(elsewhere.replace("127.0.0.1", site))
            code = f"async () => {{ const A = '{told.address}'; return await ({how}); }}"
            try:
                got[name] = stranger.evaluate(code)
            except Exception as error:  # the browser lets it read nothing
                assert "Failed to fetch" in str(error)
                got[name] = ""
        for opener in set(page.context.pages) - before:
            opener.close()  # its streams would take the connections of the next
    assert got == dict.fromkeys(TRIES, "")


def test_a_form_and_a_frame_of_another_page_reach_nothing(
    page: Page, told: Served, elsewhere: str
) -> None:
    with page.context.new_page() as stranger:
        stranger.goto(f"{elsewhere}/form")
        inside = stranger.frame("inside")
        assert inside and "Hỏi Báo" not in inside.content()
        with stranger.expect_navigation() as sent:
            stranger.click("button")
        assert sent.value.status == 403
    expect(page.locator("#hb-question textarea")).to_be_visible()


def test_a_site_that_comes_back_as_this_machine_gets_nothing(
    browser: Browser, told: Served
) -> None:
    port = told.address.rpartition(":")[2]
    context = browser.new_context()
    page = context.new_page()
    for host in ("evil.example", "127.0.0.1.evil.example"):
        for path in ("/", f"/?token={TOKEN}", "/healthz", "/gradio_api/info"):
            reply = page.goto(f"http://{host}:{port}{path}")
            assert reply and reply.status == 403 and "An Hòa" not in reply.text()
        got = page.evaluate("fetch('/config').then(async r => [r.status, await r.text()])")
        assert got[0] == 403 and "components" not in got[1]
        name, value = f"hoibao-{port}", Keys(TOKEN).cookie
        context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
        assert page.evaluate("fetch('/config').then(r => r.status)") == 403
    context.close()


def test_the_owner_comes_back_without_the_token(page: Page, told: Served) -> None:
    assert "token" not in page.url
    told.assistant.finish("Của ai?")
    ask(page, "Của ai?")
    expect(page.locator("#hb-chat .bot a")).to_have_text(FIRST)
    expect(page).to_have_url(re.compile(r"\?c="))
    bookmark = page.url
    page.reload()
    expect(page.locator("#hb-chat .bot a")).to_have_text(FIRST)
    with page.context.new_page() as second:
        second.goto(bookmark)
        expect(second.locator("#hb-chat .bot a")).to_have_text(FIRST)
        assert TOKEN not in second.evaluate(
            "document.cookie + performance.now() + document.referrer"
        )
    page.context.clear_cookies()
    with page.context.new_page() as third:
        reply = third.goto(bookmark)
        assert reply and reply.status == 401
        third.goto(with_token(bookmark))
        expect(third.locator("#hb-chat .bot a")).to_have_text(FIRST)
        assert third.url == bookmark


def test_a_link_from_elsewhere_and_a_file_open_the_page(
    page: Page, told: Served, elsewhere: str, tmp_path: Path
) -> None:
    with page.context.new_page() as stranger:
        stranger.goto(elsewhere.replace("127.0.0.1", "localhost"))
        stranger.evaluate("a => { location.href = a }", f"{told.address}/")
        expect(stranger.locator("#hb-question textarea")).to_be_visible()
    page.context.clear_cookies()
    file = tmp_path / "open.html"  # as it is opened by the program itself
    file.write_text(f'<meta http-equiv="refresh" content="0; url={with_token(told.address)}">')
    with page.context.new_page() as other:
        other.goto(file.as_uri())
        expect(other.locator("#hb-question textarea")).to_be_visible()
        assert other.url == f"{told.address}/"


def test_a_restarted_server_knows_its_cookies(browser: Browser, tmp_path: Path) -> None:
    first = Served(tmp_path / "library")
    first.library.add([next(SAMPLES.glob("08*"))])
    with browser.contexts[0].new_page() as page:
        page.goto(with_token(first.address))
        expect(page.locator("#hb-question textarea")).to_be_visible()
        first.close()
    again = Served(tmp_path / "library", Entrance(port=int(first.address.rpartition(":")[2])))
    with browser.contexts[0].new_page() as page:  # the one before may just load itself anew
        page.goto(again.address)
        expect(page.locator("#hb-question textarea")).to_be_visible()
    again.close()


def test_a_page_is_told_that_it_is_busy(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.page.app.DOOR", replace(DOOR, waiting=20))
    monkeypatch.setattr("ui.api.DOOR", replace(DOOR, asking=2))
    served = Served(tmp_path / "library")
    served.library.add([next(SAMPLES.glob("08*"))])
    with opened(browser, served.address) as page:
        expect(page.locator("#hb-talks")).to_contain_text("Chưa có cuộc trò chuyện nào")
        asked = {"data": ["Cầu dài bao nhiêu?"]}
        allowed, statuses = {"Authorization": f"Bearer {TOKEN}"}, [200]
        while statuses[-1] == 200 and len(statuses) < 30:  # two are answered, twenty may wait
            reply = httpx2.post(
                f"{served.address}/gradio_api/call/ask", json=asked, headers=allowed
            )
            statuses.append(reply.status_code)
        assert statuses[-1] == 429
        ask(page, "Còn tôi?")
        expect(page.get_by_test_id("toast-body").first).to_contain_text("Đang bận")
        served.assistant.finish("Cầu dài bao nhiêu?")
    served.close()
