"""Measures whether the page answers while hostile files are read:
`python tests/quality/hostile_page.py PORT LIBRARY FOLDER`, beside `hoibao serve` on PORT over LIBRARY.

FOLDER is added by the page's own path box; meanwhile the health check, an article and a search are asked for,
again and again.
"""

import json
import sys
import threading
import time
import uuid
from functools import partial
from pathlib import Path
from typing import Any

import httpx


def main(port: str, library: str, folder: str) -> None:
    """Prints the longest and the middle wait of both, idle and while it adds."""
    key = {"authorization": f"Bearer {(Path(library) / 'token').read_text().strip()}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=key, timeout=None) as client:
        told("idle", waits(client, threading.Event(), 50))
        done = threading.Event()
        adds = threading.Thread(target=add, args=(client, folder, done))
        adds.start()
        told("adding", waits(client, done, 10**6))
        adds.join()


def waits(client: httpx.Client, done: threading.Event, most: int) -> dict[str, list[float]]:
    """Seconds that each request took."""
    found: dict[str, list[float]] = {"healthz": [], "article": [], "search": []}
    article = search(client).split('"article_id": "')[1].split('"')[0]
    asks = (
        ("healthz", partial(healthy, client)),
        ("article", partial(called, client, "read_article", article)),
        ("search", partial(search, client)),
    )
    for _ in range(most):
        if done.is_set():
            break
        for name, ask in asks:
            began = time.monotonic()
            ask()
            found[name].append(time.monotonic() - began)
        time.sleep(0.1)
    return found


def healthy(client: httpx.Client) -> None:
    """The health check."""
    assert client.get("/healthz").text == "ok\n"


def search(client: httpx.Client) -> str:
    """A search, as programs ask for it."""
    return called(client, "search", "cầu An Hòa", 5)


def called(client: httpx.Client, name: str, *given: Any) -> str:
    """What a function of the page replies."""
    event = client.post(f"/gradio_api/call/{name}", json={"data": given}).json()["event_id"]
    reply = client.get(f"/gradio_api/call/{name}/{event}").text
    assert "event: complete" in reply, reply
    return reply


def add(client: httpx.Client, folder: str, done: threading.Event) -> None:
    """Presses the button beside the path box, as the page does, and prints the report."""
    began = time.monotonic()
    try:
        config = client.get("/config").json()
        ids = {one["props"].get("elem_id"): one["id"] for one in config["components"]}
        (button,) = [one for one in config["dependencies"] if ids["hb-path"] in one["inputs"]]
        given: list[Any] = [folder if one == ids["hb-path"] else None for one in button["inputs"]]
        given[-1] = "en"
        session = uuid.uuid4().hex
        asked = {"data": given, "fn_index": button["id"], "session_hash": session}
        client.post("/gradio_api/queue/join", json=asked).raise_for_status()
        with client.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": session}
        ) as stream:
            for line in stream.iter_lines():
                if '"process_completed"' in line:
                    print(json.loads(line[5:])["success"], len(line))
                    break
        print(f"added in {time.monotonic() - began:.1f} s")
    finally:
        done.set()


def told(when: str, found: dict[str, list[float]]) -> None:
    """One line for each."""
    for name, taken in found.items():
        taken.sort()
        print(
            f"{when} {name}: {len(taken)} times, half within {taken[len(taken) // 2]:.3f} s, "
            f"longest {taken[-1]:.3f} s, over 0.3 s {sum(one > 0.3 for one in taken)}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
