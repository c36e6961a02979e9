"""A page that several people share, each as a program sees it: what the page sends, and what it is told."""

import json
import secrets
import threading
from pathlib import Path
from typing import Any

import httpx2

from index.people import Role
from tests.conftest import SAMPLES
from tests.e2e.browser import TOKEN
from tests.e2e.told import Served
from ui.serving import Entrance

PASSWORDS = {"An": "mật khẩu của An", "Bình": "mật khẩu của Bình", "Chi": "mật khẩu của Chi"}
ROLES: dict[str, Role] = {"An": "member", "Bình": "member", "Chi": "editor"}


#: By address; it is the same for everybody.
_CONFIGS: dict[str, dict[str, Any]] = {}


class Room(Served):
    """A served page with people, over two articles."""

    def __init__(self, folder: Path, at: Entrance | None = None) -> None:
        people = {name: (PASSWORDS[name], role) for name, role in ROLES.items()}
        super().__init__(folder, at or Entrance(port=0), people)
        self.library.add([next(SAMPLES.glob("08*")), next(SAMPLES.glob("05*"))])

    def person(self, name: str) -> str:
        """Somebody's id."""
        return self.library.people.named(name).id

    def of(self, name: str) -> "Visitor":
        """The page as somebody has it who logged in."""
        visitor = Visitor(self.address)
        given = {"name": name, "password": PASSWORDS[name]}
        reply = visitor.client.post("/login", data=given)
        assert reply.status_code == 303, reply.text
        return visitor

    def owner(self) -> "Visitor":
        """The page as its owner has it."""
        return Visitor(self.address, {"authorization": f"Bearer {TOKEN}"})


class Visitor:
    """One page of somebody's browser."""

    def __init__(self, address: str, headers: dict[str, str] | None = None) -> None:
        self.client = httpx2.Client(base_url=address, headers=headers or {}, timeout=60)
        self.session = secrets.token_hex(6)
        self.address = address

    @property
    def config(self) -> dict[str, Any]:
        """The page's components and events."""
        if self.address not in _CONFIGS:
            _CONFIGS[self.address] = self.client.get("/config").json()
        return _CONFIGS[self.address]

    def component(self, elem_id: str) -> dict[str, Any]:
        """The component of an id."""
        (found,) = (c for c in self.config["components"] if c["props"].get("elem_id") == elem_id)
        return dict(found)

    def events(self, elem_id: str, trigger: str = "click") -> list[dict[str, Any]]:
        """What the server does when that happens."""
        target = [self.component(elem_id)["id"], trigger]
        return [
            one for one in self.config["dependencies"]
            if one["backend_fn"] and any(list(t) == target for t in one["targets"])
        ]  # fmt: skip

    def loads(self) -> list[dict[str, Any]]:
        """What the server does when the page was loaded, or behind that."""
        every = self.config["dependencies"]
        begun = {one["id"] for one in every if any(t[1] == "load" for t in one["targets"])}
        return [one for one in every if one["backend_fn"] and one["trigger_after"] in begun]

    def fire(self, elem_id: str, trigger: str = "click", **values: Any) -> str:
        """All that the page is told when that happens; `values` stand in the fields of these ids."""
        said = [self.run(one, values) for one in self.events(elem_id, trigger)]
        assert said, elem_id
        return "\n".join(said)

    def data(self, event: dict[str, Any], values: dict[str, Any]) -> list[Any]:
        """What the page sends along."""
        given = {name.replace("_", "-"): value for name, value in values.items()}
        known = {one["id"]: one for one in self.config["components"]}
        found = []
        for number in event["inputs"]:
            one = known[number]
            elem_id = one["props"].get("elem_id")
            if elem_id in given:
                found.append(given[elem_id])
            elif one["type"] == "browserstate":
                found.append("vi")
            else:
                found.append(None if one["type"] == "state" else one["props"].get("value"))
        return found

    def join(
        self, event: dict[str, Any], values: dict[str, Any], query: str = ""
    ) -> httpx2.Response:
        """Asks for an event."""
        asked = {"fn_index": event["id"], "session_hash": self.session}
        asked["data"] = self.data(event, values)
        return self.client.post(f"/gradio_api/queue/join{query}", json=asked)

    def run(self, event: dict[str, Any], values: dict[str, Any], query: str = "") -> str:
        """The same, with all that comes of it."""
        joined = self.join(event, values, query)
        if joined.status_code != 200:
            return joined.text
        return self.heard(joined.json()["event_id"])

    def heard(self, event: str) -> str:
        """All that the page is told until an event has ended."""
        told = ""
        with self.client.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": self.session}
        ) as stream:
            for line in stream.iter_lines():
                told += f"{line}\n"
                if event in line and "process_completed" in line:
                    break
        return told

    def path_in(self, told: str) -> str:
        """The file that the page was told of."""
        found = [part.partition('"')[0] for part in told.split('"path":"')[1:]]
        assert found, told
        return found[-1]

    def upload(self, name: str, content: bytes) -> str:
        """Where an uploaded file lies."""
        reply = self.client.post("/gradio_api/upload", files={"files": (name, content)})
        assert reply.status_code == 200, reply.text
        (path,) = reply.json()
        return str(path)

    def file(self, path: str) -> dict[str, Any]:
        """A file as the page names it in an event."""
        return {"path": path, "meta": {"_type": "gradio.FileData"}}


def behind(call: Any) -> threading.Thread:
    """Runs something beside the test."""
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def as_json(**values: Any) -> str:
    """What a click tells."""
    return json.dumps(values)
