"""Two people never see each other's conversations, notes, questions, exports or uploads: attempts through the
page, the API and MCP, by another member, by an editor and by the owner of the machine. Everything of An's has
the mark in it, and is as it was behind each attempt."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from index.types import Filter
from tests.ui.room import Room, Visitor, as_json
from ui.api import launch_http
from ui.keys import Keys, digest
from ui.serving import Entrance

MARK = "zqx"
QUESTION, RUNNING = f"Cầu {MARK} dài bao nhiêu mét?", f"Cầu {MARK} nào còn đang làm?"
TEXT = f"Bài của An {MARK}\n\nCầu {MARK} dài 20 m, rộng 4 m, xong năm 2020.".encode()


@dataclass
class Things:
    """What An has, by name, and who tries to get at it."""

    room: Room
    an: Visitor
    other: Visitor
    has: dict[str, Any] = field(default_factory=dict)

    def snapshot(self) -> list[object]:
        """All of An's, as it is kept."""
        person = self.room.person("An")
        history, notes = self.room.history.of(person), self.room.library.notes.of(person)
        talks = [one for one in history.conversations() if MARK in one.name]
        return [
            [(one.id, one.name, [t.question for t in history.turns(one.id)]) for one in talks],
            [one.id for one in history.trash()],
            [one.value for one in history.kept.wrong()],
            [(one.id, one.question) for one in history.standing.list()],
            [(one.note.number, one.note.text) for one in notes.find()],
            [self.has["export"].exists(), self.has["upload"].exists()],
        ]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = Room(tmp_path_factory.mktemp("apart") / "library")
    made.assistant.finish(QUESTION)
    yield made
    made.assistant.finish(RUNNING)
    made.close()


@pytest.fixture(scope="module")
def an(room: Room) -> dict[str, Any]:
    """What An has, made by An's own page."""
    from pathlib import Path

    page, person = room.of("An"), room.person("An")
    mine, article = room.history.of(person), room.library.articles()[0].id
    assert MARK in page.fire("hb-send", hb_question=QUESTION)
    (talk,) = mine.conversations()
    (turn,) = mine.turns(talk.id)
    page.fire("hb-rename", hb_talk_name=f"Tên {MARK}", hb_current=talk.id)
    exported = page.fire("hb-export", hb_current=talk.id, hb_export_kind="md", hb_export_what="all")
    page.fire(
        "hb-noted", hb_noted=as_json(article=article, do="keep", text=MARK, tags=f"thẻ{MARK}")
    )
    page.fire("hb-noted", hb_noted=as_json(article=article, do="star"))
    (note, _star) = (one.note.number for one in room.library.notes.of(person).find()[::-1])
    page.fire("hb-mark", hb_mark=str(turn.id), hb_current=talk.id)
    wrong = room.history.of(person).kept
    page.fire("hb-wrong-save", hb_wrong_value=MARK, hb_current=talk.id)
    if not wrong.wrong():  # the sheet's state is the browser's own
        from ui.kept import Wrong

        wrong.mark(Wrong(QUESTION, MARK, MARK))
    page.fire("hb-follow-add", hb_follow_question=f"Câu hỏi thường trực {MARK}?")
    (standing,) = mine.standing.list()
    gone, _ = mine.begin("", f"Đã xóa {MARK}")
    page.fire("hb-delete-sure", hb_current=gone)
    upload = page.upload(f"{MARK}.txt", TEXT)
    under_way = page.client.post("/gradio_api/call/ask", json={"data": [RUNNING]}).json()[
        "event_id"
    ]
    (one,) = (d for d in page.events("hb-send") if d["inputs"])
    page.join(one, {"hb_question": RUNNING})
    return {
        "page": page, "talk": talk.id, "turn": turn.id, "note": note, "article": article,
        "standing": standing.id, "wrong": wrong.wrong()[0].id, "gone": gone, "upload": Path(upload),
        "export": Path(page.path_in(exported)), "event": under_way,
    }  # fmt: skip


@pytest.fixture(scope="module", params=["Bình", "Chi", "owner"])
def things(request: pytest.FixtureRequest, room: Room, an: dict[str, Any]) -> Things:
    other = room.owner() if request.param == "owner" else room.of(request.param)
    return Things(room, an["page"], other, an)


def get(path: str) -> Callable[[Things], str]:
    return lambda it: it.other.client.get(path.format(**it.has, session=it.an.session)).text


def fire(elem_id: str, trigger: str = "click", **values: str) -> Callable[[Things], str]:
    def fired(it: Things) -> str:
        filled = {name: value.format(**it.has) for name, value in values.items()}
        return it.other.fire(elem_id, trigger, **filled)

    return fired


def clicked(name: str, **what: Any) -> Callable[[Things], str]:
    """A click in the notes, or on an answer."""

    def fired(it: Things) -> str:
        told = {key: it.has.get(value, value) for key, value in what.items()}
        here = {"hb_current": it.has["talk"]} if name == "hb-ask" else {}
        return it.other.fire(name, **{name.replace("-", "_"): as_json(**told)}, **here)

    return fired


def loaded(it: Things) -> str:
    """The page is loaded with the address of An's conversation."""
    return "\n".join(
        it.other.run(one, {"hb_current": it.has["talk"]}, f"?c={it.has['talk']}")
        for one in it.other.loads()
        if len(one["outputs"]) != 2 or "hb-queue" not in json.dumps(one)
    )


def asked_in(it: Things) -> str:
    question = "Ở đây dài bao nhiêu?"
    it.room.assistant.finish(question)
    told = it.other.fire("hb-send", hb_question=question, hb_current=it.has["talk"])
    assert question in told  # it begins a conversation of their own
    return told


def with_session(it: Things) -> str:
    """As if it were An's page: what that has in memory would be theirs."""
    other = Visitor(it.room.address)
    other.client, other.session = it.other.client, it.an.session
    event = it.other.events("hb-new")[0]
    reply = other.join(event, {})
    assert reply.status_code == 404
    return reply.text


def with_upload(elem_id: str, button: str) -> Callable[[Things], str]:
    def fired(it: Things) -> str:
        given = it.other.file(str(it.has["upload"]))
        value: Any = [given] if elem_id == "hb-files" else given
        values: dict[str, Any] = {elem_id.replace("-", "_"): value}
        said = it.other.fire(button, **values)
        assert it.room.library.counts()[0] == 2
        return said

    return fired


def cancelled(it: Things) -> str:
    asked = {"session_hash": it.an.session, "fn_index": 1, "event_id": it.has["event"]}
    texts = [it.other.client.post("/gradio_api/cancel", json=asked).text]
    asked["session_hash"] = it.other.session
    reply = it.other.client.post("/gradio_api/cancel", json=asked)
    assert reply.status_code == 404
    return "".join([*texts, reply.text])


def stopped(it: Things) -> str:
    (running,) = (
        one.id
        for one in it.room.history.of(it.room.person("An")).conversations()
        if one.name == RUNNING
    )
    said = it.other.fire("hb-stop", hb_current=running)
    job = it.room.desk.of(it.room.person("An")).job(running)
    assert job is not None and not job.stop.is_set()
    return said


def called(name: str, *data: Any) -> Callable[[Things], str]:
    def calls(it: Things) -> str:
        given = [it.has.get(str(one), one) for one in data]
        begun = it.other.client.post(f"/gradio_api/call/{name}", json={"data": given}).json()
        with it.other.client.stream(
            "GET", f"/gradio_api/call/{name}/{begun['event_id']}"
        ) as stream:
            told = "".join(stream.iter_lines())
        return told.replace(f'"query": "{MARK}"', "")

    return calls


ATTEMPTS: dict[str, Callable[[Things], str]] = {
    # the page
    "list the conversations": fire("hb-find-talk", "change", hb_find_talk=""),
    "find one by its words": fire("hb-find-talk", "change", hb_find_talk=MARK),
    "load the page at its address": loaded,
    "open it by a link": fire("hb-talk", hb_talk="/?c={talk}"),
    "ask in it": asked_in,
    "ask its question again": clicked("hb-ask", again="turn", question=""),
    "put another question in its place": clicked("hb-ask", again="turn", question="Ai?"),
    "delete it": fire("hb-delete-sure", hb_current="{talk}"),
    "rename it": fire("hb-rename", hb_current="{talk}", hb_talk_name="Của tôi"),
    "export it": fire("hb-export", hb_current="{talk}", hb_export_kind="md", hb_export_what="all"),
    "export its last answer": fire(
        "hb-export", hb_current="{talk}", hb_export_kind="docx", hb_export_what="last"
    ),
    "copy its answer": fire("hb-copy", hb_copy="{turn}", hb_current="{talk}"),
    "ask why": fire("hb-reasons", hb_reasons="{turn}", hb_current="{talk}"),
    "read an article with what it cites": fire(
        "hb-open", hb_open="#cite-{article}-0-5", hb_current="{talk}"
    ),
    "stop its answer": stopped,
    "list the standing questions": fire("hb-standing", hb_standing=""),
    "drop a standing question": fire("hb-standing", hb_standing="remove {standing}"),
    "read what is new of one": fire("hb-standing", hb_standing="seen {standing}"),
    "list the notes": fire("hb-notes-starred", "change"),
    "see them beside an article": clicked("hb-noted", article="article", do="none"),
    "delete a note": clicked("hb-noted", article="article", do="remove", number="note"),
    "export the notes": fire("hb-notes-export", hb_notes_kind="md"),
    "mark its answer wrong": fire("hb-mark", hb_mark="{turn}", hb_current="{talk}"),
    "forget what was marked": fire("hb-unmark", hb_unmark="{wrong}"),
    "export what was marked": fire("hb-wrong-export"),
    "look into the trash": fire("hb-trash", "expand"),
    "erase the trash": fire("hb-erase-sure"),
    "read the reports": fire("hb-queued", hb_queued="hide"),
    # the API
    "fetch the export": get("/gradio_api/file={export}"),
    "fetch the upload": get("/gradio_api/file={upload}"),
    "fetch it by another way": get("/gradio_api/file=/./{upload}"),
    "add the upload": with_upload("hb-files", "hb-add-send"),
    "check the upload": with_upload("hb-draft-file", "hb-draft-check"),
    "hear the page's stream": get("/gradio_api/queue/data?session_hash={session}"),
    "be the page": with_session,
    "keep its session": get("/gradio_api/heartbeat/{session}"),
    "hear the answer that a program waits for": get("/gradio_api/call/ask/{event}"),
    "cancel what a program waits for": cancelled,
    "search": called("search", MARK, 5),
    "find": called("find", MARK, 5, "date"),
    "read an article": called("read_article", "article"),
    "read what the page is made of": get("/config"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_nobody_sees_or_changes_what_is_another_s(things: Things, name: str) -> None:
    before = things.snapshot()
    told = ATTEMPTS[name](things)
    assert MARK not in told
    assert things.snapshot() == before
    assert "zqx" not in json.dumps(
        [one.name for one in things.room.history.of(things.room.person("Bình")).conversations()]
    )


READS = [
    *(
        "list the conversations",
        "find one by its words",
        "load the page at its address",
        "open it by a link",
    ),
    *("export it", "copy its answer", "ask why", "read an article with what it cites"),
    *(
        "list the standing questions",
        "list the notes",
        "see them beside an article",
        "export the notes",
    ),
    *("mark its answer wrong", "export what was marked", "look into the trash", "fetch the export"),
    "fetch the upload",
]


@pytest.mark.parametrize("name", READS)
def test_whose_it_is_sees_it_in_the_same_way(room: Room, an: dict[str, Any], name: str) -> None:
    told = ATTEMPTS[name](
        Things(room, an["page"], an["page"] if "fetch" in name else room.of("An"), an)
    )
    if '"path":"' in told:
        told = an["page"].client.get(f"/gradio_api/file={an['page'].path_in(told)}").text
    assert MARK in told


def test_a_dossier_that_is_exported_has_one_s_own_notes(room: Room, an: dict[str, Any]) -> None:
    made = room.library.dossiers.new("Cầu", [an["article"]])
    try:
        for name, mine in (("An", True), ("Chi", False), ("Bình", False)):
            page = room.of(name)
            for one in page.events("hb-tab-dossiers", "select"):
                page.run(one, {})
            told = page.fire("hb-dossier-export", hb_dossier_pick="Cầu", hb_dossier_kind="md")
            got = page.client.get(f"/gradio_api/file={page.path_in(told)}")
            assert got.status_code == 200 and (MARK in got.text) == mine
    finally:
        room.library.dossiers.delete(made.name)
    own = room.library.notes.of(room.person("An")).find(Filter(article_ids=(an["article"],)))
    assert len(own) == 2


def test_one_gets_one_s_own_files_and_streams(room: Room, an: dict[str, Any]) -> None:
    page = an["page"]
    for path in (an["export"], an["upload"]):
        assert MARK in page.client.get(f"/gradio_api/file={path}").text
    assert MARK in page.fire("hb-find-talk", "change", hb_find_talk=MARK)
    assert "Đã xóa" in page.fire("hb-trash", "expand")
    again = room.of("An")  # another browser of the same person
    assert MARK in again.client.get(f"/gradio_api/file={an['upload']}").text


@pytest.mark.parametrize("who", ["Bình", "Chi", "owner"])
def test_a_session_of_the_tools_is_one_person_s(room: Room, who: str) -> None:
    people = room.library.people
    tokens = {name: f"token-of-{digest(name)}" for name in ("An", "Bình", "Chi")}
    for name, token in tokens.items():
        people.give_token(people.named(name), digest(token))
    owner = "the-owner-s-own-token-0123"
    serving = launch_http(room.assistant, Keys(owner, people), Entrance(port=0))  # type: ignore[arg-type]
    hello: dict[str, Any] = {"protocolVersion": "2025-06-18", "capabilities": {}}
    hello["clientInfo"] = {"name": "t", "version": "1"}

    def send(token: str, method: str, session: str = "", **params: Any) -> httpx2.Response:
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        headers |= {"accept": "application/json, text/event-stream"}
        headers |= {"mcp-session-id": session} if session else {}
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return httpx2.post(f"http://127.0.0.1:{serving.port}/mcp", json=asked, headers=headers)

    try:
        begun = send(tokens["An"], "initialize", **hello)
        session = begun.headers["mcp-session-id"]
        assert send(tokens["An"], "tools/list", session).status_code == 200
        theirs = tokens.get(who, owner)
        assert send(theirs, "tools/list", session).status_code in (403, 404)
        own = send(theirs, "initialize", **hello).headers["mcp-session-id"]
        for tool in ("search", "find"):
            given: dict[str, Any] = {
                "name": tool,
                "arguments": {"query": "thẻ" if tool == "find" else "cầu"},
            }
            assert MARK not in send(theirs, "tools/call", own, **given).text
        people.give_token(people.named("An"), digest("another, the first has ended"))
        assert send(tokens["An"], "tools/list", session).status_code == 401
    finally:
        serving.close()
