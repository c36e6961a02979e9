"""What a library weighs, by part."""

from pathlib import Path

import pytest

from index.weigh import Part, weigh


def test_every_byte_of_a_library_is_in_one_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, models = tmp_path / "library", tmp_path / "models"
    sizes = {
        "library.db": 500, "library.db-wal": 50, "library.db.2": 30, "history.db": 20,
        "chroma/a/data.bin": 300, "chroma.seal": 1, "files/báo.txt": 7, "token": 2,
    }  # fmt: skip
    for name, size in sizes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(bytes(size))
    (folder / "elsewhere").symlink_to(tmp_path)
    monkeypatch.setenv("HOIBAO_MODELS", str(models))
    parts = weigh(folder)
    assert sum(part.bytes for part in parts) == sum(sizes.values())
    assert parts == [
        Part("library", 550), Part("chroma", 301), Part("copies", 30), Part("history", 20),
        Part("files", 7), Part("other", 2),
    ]  # fmt: skip
    (models / "states").mkdir(parents=True)
    (models / "states" / "a").write_bytes(bytes(9))
    assert Part("states", 9) in weigh(folder)
    assert weigh(tmp_path / "nowhere") == [Part("states", 9)]


def test_what_may_not_be_looked_at_weighs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOIBAO_MODELS", str(tmp_path / "models"))
    (tmp_path / "library.db").write_bytes(bytes(5))

    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "lstat", refused)
    assert weigh(tmp_path) == []
