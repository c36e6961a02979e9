"""Chroma's files, damaged in real ways: nothing ends the process, and what was found before is found again."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexBroken
from index.library import Library
from index.store.protocol import Entry
from index.types import Filter
from index.vectors.chroma import ChromaIndex, open_index
from tests.conftest import ROOT, FakeEmbedder

COUNT = 1200  # Chroma writes its graph out from a thousand vectors on


class Vectors:
    """As much of a store as the index asks for."""

    def __init__(self) -> None:
        made = np.random.default_rng(1).normal(size=(COUNT, 32)).astype(np.float32)
        self.made = made / np.linalg.norm(made, axis=1, keepdims=True)

    def generation(self) -> int:
        return 7

    def erasures(self) -> int:
        return 0

    def counts(self) -> tuple[int, int]:
        return 1, COUNT

    def chunk_ids(self) -> set[int]:
        return set(range(COUNT))

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        return [Entry(i, self.made[i], f"a{i % 9}", None, None, None) for i in ids]


def find_again(folders: Sequence[str]) -> None:
    """Opens each folder, repairs it and searches; over some, Chroma's native code would end the process."""
    store = Vectors()
    for folder in folders:
        index = open_index(Path(folder) / "chroma", store)  # type: ignore[arg-type]
        assert index
        if not index.in_step():
            index.sync()
        for number in (0, 599, 1199):
            assert index.search(store.made[number], 3, Filter())[0].chunk_id == number, folder
        index.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vectors")
    index = open_index(folder / "chroma", Vectors())  # type: ignore[arg-type]
    assert index
    index.sync()
    index.close()
    return folder


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "noise": lambda data: bytes(b ^ 90 if i * 7919 % 100 == 0 else b for i, b in enumerate(data)),
    "ones": lambda data: b"\xff" * len(data),
}
#: Half a header, noise and ones in the vectors end a process that opens them unawares.
CASES = [
    ("header.bin", "half"), ("header.bin", "empty"), ("header.bin", "noise"),
    ("data_level0.bin", "noise"), ("data_level0.bin", "ones"), ("data_level0.bin", "half"),
    ("link_lists.bin", "noise"), ("length.bin", "half"), ("index_metadata.pickle", "noise"),
    ("chroma.sqlite3", "noise"),
]  # fmt: skip


@pytest.mark.parametrize("sealed", [True, False])
def test_damaged_files_are_noticed_and_made_anew(made: Path, tmp_path: Path, sealed: bool) -> None:
    """Without its seal, as after a kill, only a trial tells."""
    folders = []
    for file, damage in CASES if sealed else CASES[::3]:
        folder = tmp_path / f"{file}-{damage}"
        shutil.copytree(made, folder)
        (path,) = (folder / "chroma").rglob(file)
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
        if not sealed:
            (folder / "chroma.seal").unlink()
        folders.append(str(folder))
    code = f"from tests.index.vectors.test_chroma import find_again; find_again({folders})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert all((Path(folder) / "chroma.seal").is_file() for folder in folders)


def test_sound_files_are_not_made_anew(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(made, folder)
    before = {path.name: path.stat().st_ino for path in (folder / "chroma").rglob("*.bin")}
    find_again([str(folder)])
    (folder / "chroma.seal").unlink()  # as after kill -9
    find_again([str(folder)])
    assert {p.name: p.stat().st_ino for p in (folder / "chroma").rglob("*.bin")} == before


def test_a_file_in_the_place_of_the_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "chroma").write_text("x")
    find_again([str(tmp_path)])


def test_what_cannot_be_repaired_is_made_anew(
    library: Library,
    fake_embedder: FakeEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.txt").write_text("Cầu An Hòa\n\nCầu An Hòa dài 486 m.", "utf-8")
    library.add([tmp_path / "a.txt"])
    made_anew: list[bool] = []
    sync = ChromaIndex.sync

    def broken_once(index: ChromaIndex) -> None:
        made_anew.append(True)
        if len(made_anew) == 1:
            raise IndexBroken("as over a damaged file")
        sync(index)

    monkeypatch.setattr(ChromaIndex, "sync", broken_once)
    monkeypatch.setattr(ChromaIndex, "in_step", lambda index: False)
    assert library.search_vectors(fake_embedder.query("cầu"), 1) and len(made_anew) == 2
    monkeypatch.undo()
    assert library.check().ok
