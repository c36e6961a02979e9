"""The catalogue, and what is chosen of it or beside it."""

from pathlib import Path

import pytest

from index.errors import HoiBaoError, InputError
from index.models import registry


def test_use_takes_names_and_files_and_refuses_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path / "models"))
    gguf = tmp_path / "mine.gguf"
    gguf.write_bytes(b"GGUF....")
    proved: list[Path] = []
    assert registry.use(str(gguf), proved.append).path == gguf
    assert registry.active("language").name == "mine" and proved == [gguf]
    assert any(row.name == str(gguf) and row.active for row in registry.rows())
    (tmp_path / "text.txt").write_text("x")
    for wrong in ("qwen3-4b-instruct-2507", "no-such-model", str(tmp_path / "text.txt")):
        with pytest.raises(InputError):
            registry.use(wrong, proved.append)
    assert len(proved) == 1
    gguf.unlink()
    with pytest.raises(HoiBaoError, match="models use"):
        registry.active("language")


def test_the_catalogue_states_no_hash_without_a_size_and_every_licence() -> None:
    for known in registry.catalogue():
        assert known.licence in ("MIT", "Apache-2.0")
        assert not known.sha256 or (known.bytes and len(known.sha256) == 64)
        assert not known.wheels or all(len(part.sha256) == 64 for part in known.wheels)
