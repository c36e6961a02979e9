"""People: names, passwords, roles, sessions, tokens, limits, the audit; what members may not do; a proxy."""

import argparse
import io
import json
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from index.errors import InputError
from index.library import Library
from index.people import OWNER, Person
from tests.conftest import SAMPLES, FakeEmbedder
from tests.e2e.browser import TOKEN
from tests.ui.room import PASSWORDS, Room, Visitor, as_json
from ui.changes import changing
from ui.cli.parser import parser
from ui.config import DOOR, EACH
from ui.history import History
from ui.keys import Keys, digest, hashed
from ui.limits import UnderWay
from ui.proxied import seen
from ui.serving import Entrance


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library", FakeEmbedder())
    yield made
    made.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("room") / "library")
    yield made
    made.close()


# -- who gets in -----------------------------------------------------------------------------------


def test_a_name_is_known_in_each_of_its_spellings_and_once(library: Library) -> None:
    people = library.people
    assert not people.any() and people.all() == []
    made = people.add("  Hoà  Bình ", hashed("mật khẩu dài"), "member")
    assert made.name == "Hoà Bình" and people.named("hòa bình") == made and people.any()
    for name, said in (
        ("HÒA BÌNH", "somebody is called"),
        (" \u200b", "1 to 60"),
        ("x" * 61, "1 to 60"),
    ):
        with pytest.raises(InputError, match=said):
            people.add(name, "x", "member")
    with pytest.raises(InputError, match="hoibao users list"):
        people.named("Bình")
    people.remove(made)
    again = people.add("Hòa Bình", hashed("mật khẩu khác"), "editor")
    assert again.id != made.id  # what was the first one's is not the second one's


@pytest.mark.parametrize("password", ["", "1234567", "x" * 201])
def test_a_password_must_be_one(password: str) -> None:
    with pytest.raises(InputError, match="8 to 200 characters"):
        hashed(password)


def test_nothing_that_lets_in_is_kept_as_it_is(library: Library) -> None:
    person = library.people.add("An", hashed("mật khẩu của An"), "member")
    keys = Keys("the owner's token, long", library.people)
    cookie = keys.log_in("an", "mật khẩu của An", "1.2.3.4")
    assert cookie and keys.who("", cookie) == person
    library.people.give_token(person, digest("a-token-of-an"))
    assert keys.who("a-token-of-an", "") == person
    with sqlite3.connect(library.folder / "library.db") as db:
        kept = "\n".join(
            str(row)
            for table in ("person", "session")
            for row in db.execute(f"SELECT * FROM {table}")
        )
    assert "$argon2id$" in kept
    for secret in ("mật khẩu của An", cookie, "a-token-of-an"):
        assert secret not in kept


def test_sessions_end(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    people, keys = library.people, Keys(TOKEN, library.people)
    an = people.add("An", hashed("mật khẩu của An"), "member")
    binh = people.add("Bình", hashed("mật khẩu của Bình"), "member")

    def session(person: Person) -> str:
        cookie = keys.log_in(person.name, f"mật khẩu của {person.name}", "")
        assert cookie and keys.who("", cookie) == person
        return cookie

    mine, others = session(an), session(binh)
    keys.log_out(mine)
    assert keys.who("", mine) is None and keys.who("", others) == binh
    people.give_token(an, digest("token"))
    ends = [session(an), session(an)]
    people.change_password(an, hashed("một mật khẩu khác"))
    assert [keys.who("", one) for one in ends] == [None, None] and keys.who("token", "") is None
    assert keys.log_in("An", "mật khẩu của An", "") == "" and keys.who("", others) == binh
    people.remove(binh)
    assert keys.who("", others) is None and keys.log_in("Bình", "mật khẩu của Bình", "") == ""
    cookie = keys.log_in("An", "một mật khẩu khác", "")
    assert cookie
    later = time.time() + EACH.days * 86_400 + 1
    monkeypatch.setattr("index.store.people.time.time", lambda: later)
    assert keys.who("", cookie) is None


def test_wrong_passwords_have_to_wait_by_name_and_by_address(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.keys.DOOR", replace(DOOR, tries=2, names=2))
    keys = Keys(TOKEN, library.people)
    library.people.add("An", hashed("mật khẩu của An"), "member")
    for _ in range(2):
        assert keys.log_in("An", "sai", "1.1.1.1") == ""
    assert keys.log_in("AN", "mật khẩu của An", "1.1.1.1") is None
    assert keys.log_in("An", "mật khẩu của An", "2.2.2.2")
    for number in range(2):  # many names from one address
        assert keys.log_in(f"ai{number}", "sai", "1.1.1.1") == ""
    assert keys.log_in("ai khác", "sai", "1.1.1.1") is None


def test_where_there_are_people_nobody_gets_in_without_a_key(library: Library) -> None:
    open_ = Keys("", library.people)
    assert open_.who("", "") == OWNER
    library.people.add("An", hashed("mật khẩu của An"), "member")  # while it is served
    assert open_.who("", "") is None and open_.who("x", "x") is None
    with pytest.raises(InputError, match="lets everybody in"):
        Entrance(token=False).keys(library.folder, library.people)


@pytest.mark.parametrize(
    "at", [Entrance("0.0.0.0"), Entrance(name="bao.example.vn", proxies=("127.0.0.1",))]
)
def test_a_library_without_people_is_not_opened_to_others(library: Library, at: Entrance) -> None:
    with pytest.raises(InputError, match="nobody is in it yet; first: hoibao users add NAME"):
        at.keys(library.folder, library.people)
    library.people.add("An", hashed("mật khẩu của An"), "member")
    assert at.keys(library.folder, library.people).asks


def test_one_logs_out_of_the_page(room: Room) -> None:
    page = room.of("An")
    assert page.client.get("/config").status_code == 200
    cookie = dict(page.client.cookies)
    reply = page.client.post("/logout")
    assert reply.status_code == 200 and "Max-Age=0" in reply.headers["set-cookie"]
    assert httpx2.get(f"{room.address}/config", cookies=cookie).status_code == 401
    assert httpx2.post(f"{room.address}/logout").status_code == 401


def test_a_token_of_one_s_own_is_for_programs(room: Room) -> None:
    people = room.library.people
    people.give_token(people.named("An"), digest("token-of-an"))
    page = Visitor(room.address, {"authorization": "Bearer token-of-an"})
    assert page.client.post("/gradio_api/call/search", json={"data": ["cầu", 3]}).status_code == 200
    people.give_token(people.named("An"), digest("another"))
    assert page.client.get("/config").status_code == 401
    assert (
        page.client.get("/?token=another").status_code == 401
    )  # the address is for the owner's only


# -- roles -----------------------------------------------------------------------------------------


def _add(page: Visitor) -> str:
    path = page.upload("bài.txt", "Bài mới\n\nCầu mới dài 20 m, rộng 4 m, xong năm 2020.".encode())
    return page.fire("hb-add-send", hb_files=[page.file(path)], hb_path="")


def _drop(page: Visitor) -> str:
    path = page.upload("bài.txt", "Bài mới\n\nCầu mới dài 20 m, rộng 4 m, xong năm 2020.".encode())
    return page.fire("hb-drop", "upload", hb_drop=[page.file(path)])


def _dossier(page: Visitor, event: str, **values: Any) -> str:
    for one in page.events("hb-tab-dossiers", "select"):
        page.run(one, {})
    return page.fire(event, **values)


def _notes(page: Visitor, article: str) -> str:
    return page.fire("hb-noted", hb_noted=as_json(article=article, do="file", dossier="Cầu"))


#: Events of editors; {article} is one that is opened in the form first.
CHANGES: dict[str, Any] = {
    "add": _add,
    "drop": _drop,
    "add the samples": lambda page: page.fire("hb-queued", hb_queued="samples"),
    "add a folder": lambda page: page.fire("hb-add-send", hb_path=str(SAMPLES)),
    "make a dossier": lambda page: _dossier(page, "hb-dossier-new", hb_dossier_name="Mới"),
    "fill a dossier": lambda page: _dossier(
        page, "hb-dossier-add", hb_dossier_pick="Cầu", hb_dossier_query="cầu"
    ),
    "rename a dossier": lambda page: _dossier(
        page, "hb-dossier-rename", hb_dossier_pick="Cầu", hb_dossier_name="Mới"
    ),
    "delete a dossier": lambda page: _dossier(page, "hb-dossier-sure", hb_dossier_pick="Cầu"),
    "merge names": lambda page: page.fire("hb-names-do", hb_names_into="An", hb_names_other="Hòa"),
    "part names": lambda page: page.fire("hb-names-part", hb_names_into="An"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_members_change_nothing(room: Room, name: str) -> None:
    library = room.library
    if not library.dossiers.all():
        library.dossiers.new("Cầu", [library.articles()[0].id])
    before = _state(library)
    told = CHANGES[name](room.of("An"))
    assert "Chỉ biên tập viên mới được thay đổi" in told or name in ("drop", "add the samples")
    assert room.shelf.given == 0 and _state(library) == before
    assert [one for one in library.people.audit(100) if one.name == "An"] == []


def test_members_neither_correct_nor_remove(room: Room) -> None:
    library, page = room.library, room.of("An")
    article, before = library.articles()[0], _state(library)
    for (event,) in (page.events("hb-save"), page.events("hb-sure")):
        _with_state(page, event, article.id)
        assert "Chỉ biên tập viên" in page.run(event, {"hb-field-title": "Tên khác"})
    library.remove([article.id])
    page.fire("hb-trash", "expand")
    page.fire("hb-erase-sure")
    assert [one.id for one in library.trash()] == [article.id]
    assert article.details.title and article.details.title not in page.fire("hb-trash", "expand")
    library.restore([article.id])
    assert _state(library) == before


def test_an_editor_adds_and_it_is_written_down(room: Room) -> None:
    page, library = room.of("Chi"), room.library
    count = library.counts()[0]
    assert "bài" in _add(page) and library.counts()[0] == count + 1
    (line, *_) = library.people.audit(1)
    assert (line.name, line.did, line.state) == ("Chi", "add", "done") and "1 added" in line.what
    # whose upload it was sees what came of it, nobody else
    assert [len(room.history.of(room.person(name)).kept.reports()) for name in ("Chi", "An")] == [
        1,
        0,
    ]
    (added,) = (one.id for one in library.articles() if "Cầu mới" in library.article(one.id).body)
    library.remove([added], erase=True)


def test_the_page_shows_each_what_they_can_do(room: Room) -> None:
    def shown(page: Visitor) -> str:
        (event,) = (
            one for one in page.loads()
            if page.component("hb-who")["id"] in one["outputs"]
        )  # fmt: skip
        return page.run(event, {})

    member, editor, owner = (shown(page) for page in (room.of("An"), room.of("Chi"), room.owner()))
    assert "Đăng xuất" in member and '"visible":false' in member
    assert "Chi" in editor and editor.count('"visible":false') == 1  # the box for paths
    assert "Đăng xuất" not in owner and '"visible":false' not in owner


def _state(library: Library) -> list[object]:
    rows = library.articles()
    dossiers = [(one.name, one.articles) for one in library.dossiers.all()]
    return [[(one.id, one.details) for one in rows], dossiers, [one.id for one in library.trash()]]


def _with_state(page: Visitor, event: dict[str, Any], article: str) -> None:
    """Puts an article into the form, as a click on its row does."""
    (selected,) = page.events("hb-articles", "select")
    asked = {"fn_index": selected["id"], "session_hash": page.session}
    asked["data"] = page.data(selected, {})
    asked["event_data"] = {"index": [0, 0], "value": "", "row_value": [article], "selected": True}
    joined = page.client.post("/gradio_api/queue/join", json=asked)
    assert article in page.heard(joined.json()["event_id"])


# -- limits ----------------------------------------------------------------------------------------


def test_each_has_so_many_questions_under_way(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.limits.EACH", argparse.Namespace(questions=2))
    desk = room.desk.of(room.person("An"))
    jobs = [desk.ask("", f"Câu hỏi số {number}?") for number in range(2)]
    with pytest.raises(InputError, match="you have 2 questions under way"):
        desk.ask("", "Câu thứ ba?")
    assert len(desk.history.conversations()) == 2  # nothing was begun
    other = room.desk.of(room.person("Bình")).ask("", "Của Bình?")
    owner = [room.desk.ask("", f"Của chủ {number}?") for number in range(3)]
    for job in (*jobs, other, *owner):
        job.break_off()
        for _ in job.follow():
            pass
    third = desk.ask("", "Câu thứ ba?")
    third.break_off()


def test_a_place_is_free_again_whatever_happens() -> None:
    places = UnderWay()
    for _ in range(3 * EACH.questions):
        with pytest.raises(ZeroDivisionError), places.one("a"):
            raise ZeroDivisionError
    for _ in range(EACH.questions):
        places.begin("a")
    with pytest.raises(InputError), places.one("a"):
        pass
    places.end("a")
    with places.one("a"), places.one("b"):
        pass


def test_each_uploads_so_much_a_day(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.page.theirs.EACH", argparse.Namespace(upload_mb=0.001))
    page = room.of("Bình")
    page.upload("một.txt", b"x" * 500)
    reply = page.client.post("/gradio_api/upload", files={"files": ("hai.txt", b"x" * 900)})
    assert reply.status_code == 429 and "Hôm nay bạn đã gửi quá" in reply.json()["detail"]
    room.of("Chi").upload("ba.txt", b"x" * 500)
    room.owner().upload("bốn.txt", b"x" * 5000)


# -- the audit and the command line ------------------------------------------------------------------


def test_a_change_is_written_before_it_and_behind_it(library: Library) -> None:
    editor = library.people.add("Chi", "x", "editor")
    with changing(library, editor, "remove", "a") as line:
        assert [one.state for one in library.people.audit(5)] == ["begun"]
        line.what = "a b"
    with pytest.raises(InputError), changing(library, editor, "remove", "nothing"):
        raise InputError("no such article")
    with pytest.raises(OSError, match="disk"), changing(library, OWNER, "add", "x"):
        raise OSError("disk")
    with (
        pytest.raises(InputError, match="only editors"),
        changing(library, Person("m", "An", "member"), "add", "x"),
    ):
        raise AssertionError
    found = [(one.name, one.did, one.what, one.state) for one in library.people.audit(5)]
    assert found == [("", "add", "x", "failed"), ("Chi", "remove", "a b", "done")]


def test_the_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ui.cli import articles, users

    folder = tmp_path / "library"
    for module in (users, articles):
        monkeypatch.setattr(
            module, "open_library", lambda _: (Library(folder, FakeEmbedder()), FakeEmbedder())
        )

    def run(*given: str, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        options = parser().parse_args([*given])
        module = articles if options.verb[0] == "articles" else users
        assert getattr(module, options.verb[1])(options) in (0, None)
        return capsys.readouterr().out

    assert json.loads(run("users", "--json")) == []
    run("users", "add", "An", typed=f"{PASSWORDS['An']}\n")
    file = tmp_path / "password"
    file.write_text("mật khẩu trong tệp\nkhông đọc dòng này\n", "utf-8")
    run("users", "add", "Chi", "--role", "editor", "--password-file", str(file))
    assert json.loads(run("users", "list", "--json")) == [
        {"name": "An", "role": "member"}, {"name": "Chi", "role": "editor"},
    ]  # fmt: skip
    library = Library(folder, FakeEmbedder())
    keys = Keys(TOKEN, library.people)
    assert keys.log_in("Chi", "mật khẩu trong tệp", "")
    token = run("users", "token", "An").strip()
    found = keys.who(token, "")
    assert found and found.name == "An" and not found.edits
    run("users", "role", "An", "editor")
    found = keys.who(token, "")
    assert found and found.edits
    run("users", "password", "An", typed="một mật khẩu khác\n")
    assert keys.who(token, "") is None and keys.log_in("An", "một mật khẩu khác", "")
    for given in (["users", "add", "An"], ["users", "role", "An", "chủ"], ["users", "xóa"]):
        with pytest.raises(InputError):
            run(*given, typed="một mật khẩu khác\n")
    person = library.people.named("An")
    history = History(folder)
    history.of(person.id).begin("", "Câu hỏi riêng?")
    library.add([next(SAMPLES.glob("08*"))])
    library.notes.of(person.id).add(library.articles()[0].id, "ghi chú riêng")
    history.close()
    run("users", "remove", "An", "--erase")
    assert library.notes.of(person.id).find() == [] and len(library.people.all()) == 1
    library.close()
    for name in ("history.db", "library.db"):
        assert "riêng".encode() not in (folder / name).read_bytes()
    run("add", str(next(SAMPLES.glob("05*"))))
    lines = json.loads(run("audit", "--json"))
    assert [(one["did"], one["what"].split()[0]) for one in lines][-2:] == [
        ("users", "remove"),
        ("add", f"{next(SAMPLES.glob('05*'))}:"),
    ]
    assert all(one["name"] == "" and one["state"] == "done" for one in lines)
    assert "owner  users  add An member" in run("audit")


# -- behind a proxy ----------------------------------------------------------------------------------

OUTSIDE = "bao.example.vn"


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    at = Entrance(port=0, name=OUTSIDE, proxies=("127.0.0.1",), root="/bao")
    made = Room(tmp_path_factory.mktemp("proxied") / "library", at)
    yield made
    made.close()


@pytest.mark.parametrize("prefix", ["", "/bao"])
def test_the_name_outside_and_a_path_are_known(behind: Room, prefix: str) -> None:
    passed = {"host": OUTSIDE, "x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6, 9.9.9.9"}
    client = httpx2.Client(base_url=behind.address, headers=passed)
    form = client.get(f"{prefix}/")
    assert form.status_code == 401 and 'action="/bao/login"' in form.text
    given = {"name": "An", "password": PASSWORDS["An"]}
    foreign = client.post(f"{prefix}/login", data=given, headers={"origin": f"http://{OUTSIDE}"})
    assert foreign.status_code == 403  # the page is https there
    reply = client.post(f"{prefix}/login", data=given, headers={"origin": f"https://{OUTSIDE}"})
    assert reply.status_code == 303 and reply.headers["location"] == "/bao/"
    kept = reply.headers["set-cookie"]
    assert "; Secure" in kept and "Path=/bao/" in kept
    cookie = {"cookie": kept.partition(";")[0]}
    config = client.get(f"{prefix}/config", headers=cookie).json()
    assert config["root"] == f"https://{OUTSIDE}/bao"
    page = client.get(f"{prefix}/", headers=cookie)
    assert page.status_code == 200 and "evil" not in page.text
    assert (
        client.get(f"{prefix}/config", headers={**cookie, "host": "evil.example"}).status_code
        == 403
    )
    assert (
        client.get(
            "/healthz", headers={"host": f"127.0.0.1:{behind.address.rpartition(':')[2]}"}
        ).text
        == "ok\n"
    )


def test_what_is_said_by_others_than_the_proxy_does_not_count() -> None:
    said = [
        (b"host", b"x"), (b"x-forwarded-proto", b"https"), (b"x-forwarded-for", b"6.6.6.6, 9.9.9.9"),
        (b"x-forwarded-host", b"evil.example"), (b"forwarded", b"for=6.6.6.6"), (b"x-real-ip", b"6.6.6.6"),
        (b"x-gradio-server", b"http://evil.example"),
    ]  # fmt: skip
    scope = {"type": "http", "client": ("10.0.0.1", 1), "headers": said, "path": "/bao/config"}
    other = seen(scope, ("127.0.0.1",), "/bao")
    assert (
        other["client"] == ("10.0.0.1", 1)
        and other["scheme"] == "http"
        and not other["hoibao.passed"]
    )
    assert other["headers"] == [(b"host", b"x")] and other["path"] == "/config"
    named = seen(scope, ("10.0.0.1",), "/bao")
    assert (
        named["client"] == ("9.9.9.9", 0) and named["scheme"] == "https" and named["hoibao.passed"]
    )
    assert named["headers"] == [(b"host", b"x")]
    assert seen({**scope, "client": ("::ffff:10.0.0.1", 1)}, ("10.0.0.1",))["hoibao.passed"]
    assert seen({**scope, "path": "/baoX"}, (), "/bao")["path"] == "/baoX"
    assert seen({**scope, "path": "/bao"}, (), "/bao")["path"] == "/"


def test_a_program_is_told_that_it_asks_too_much(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.limits.EACH", argparse.Namespace(questions=1))
    page = room.of("Bình")
    asked = {"data": ["Đang chờ?"]}
    first = page.client.post("/gradio_api/call/ask", json=asked).json()["event_id"]
    while "Đang chờ?" not in room.assistant.asked:
        time.sleep(0.01)
    second = page.client.post("/gradio_api/call/ask", json=asked).json()["event_id"]
    assert "wait for one of them" in page.client.get(f"/gradio_api/call/ask/{second}").text
    room.assistant.finish("Đang chờ?")
    assert "wait for one of them" not in page.client.get(f"/gradio_api/call/ask/{first}").text
