"""Real model files that are broken in real ways: each gives one line, and none ends this process."""

import json
import os
import struct
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import proof, registry
from index.models.trial import TrialFailed
from rag.llm.local import LlamaModel, load_once

pytestmark = pytest.mark.model


def gguf(version: int = 3, tensors: int = 0, pairs: int = 1, architecture: str = "llama") -> bytes:
    """The head of a GGUF file, with one key and a value: its architecture."""
    key, value = b"general.architecture", architecture.encode()
    head = b"GGUF" + struct.pack("<IQQ", version, tensors, pairs)
    return head + struct.pack("<Q", len(key)) + key + struct.pack("<IQ", 8, len(value)) + value


@pytest.fixture(scope="module")
def start() -> bytes:
    """The head of the real model: all its metadata, and the first weights."""
    with registry.active("language").path.open("rb") as file:
        return file.read(8_000_000)


BROKEN = {
    "only its magic": lambda start: b"GGUF",
    "cut in its metadata": lambda start: start[:100_000],
    "cut in its weights": lambda start: start,
    "an unknown architecture": lambda start: gguf(architecture="hoibao"),
    "a newer format": lambda start: gguf(version=99),
    "a format of the other byte order": lambda start: b"GGUF" + struct.pack(">IQQ", 3, 0, 0),
    "more keys than memory": lambda start: gguf(pairs=2**60),
    "more tensors than memory": lambda start: gguf(tensors=2**60),
    "a string longer than memory": lambda start: start[:24] + b"\xff" * 8 + start[32:],
    "noise behind its magic": lambda start: b"GGUF" + bytes(i * 37 % 251 for i in range(9999)),
    "noise in its metadata": lambda start: start[:3000] + os.urandom(3000) + start[6000:],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_gguf_is_one_line(
    name: str, start: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path / "models"))
    path = tmp_path / "model.gguf"
    path.write_bytes(BROKEN[name](start))
    with pytest.raises(ModelError, match="hoibao models use") as error:
        LlamaModel(path, "broken").warm([])
    assert "\n" not in str(error.value) and str(path) in str(error.value)
    with pytest.raises(ModelError, match="hoibao models use"):
        registry.use(str(path), lambda gguf: proof.prove(gguf, load_once, anew=True))
    assert not (tmp_path / "models" / "active.json").exists()  # what was in use stays


def test_a_result_is_remembered_for_the_file_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path))
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    tried: list[Path] = []

    def attempt(load: object, path: Path, seconds: float) -> None:
        tried.append(path)
        if path.read_bytes() == b"GGUF":
            raise TrialFailed("ended with SIGSEGV")

    monkeypatch.setattr(proof, "attempt", attempt)
    for _ in range(2):
        with pytest.raises(ModelError, match="ended with SIGSEGV"):
            proof.prove(path, load_once)
    assert len(tried) == 1
    with pytest.raises(ModelError):
        proof.prove(path, load_once, anew=True)
    path.write_bytes(b"GGUF....")  # another file now
    for _ in range(2):
        proof.prove(path, load_once)
    assert len(tried) == 3
    for broken in ("{", "[]", '{"a": 1}', "[" * 99_999):
        (tmp_path / "proven.json").write_text(broken, "utf-8")
        proof.prove(path, load_once)
    assert len(json.loads((tmp_path / "proven.json").read_text("utf-8"))) == 1
