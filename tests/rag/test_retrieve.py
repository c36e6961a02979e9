"""Passages, found and told from their copies."""

from pathlib import Path

import pytest

from index.library import Library
from index.types import Filter
from rag import retrieve
from rag.config import RETRIEVAL
from tests.conftest import FakeEmbedder


def test_of_a_long_article_a_bounded_part_is_compared(
    library: Library,
    fake_embedder: FakeEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    story = " ".join(f"Xã số {n} đã thu {n * 7} tấn lúa trong vụ này." for n in range(12_000))
    for outlet in ("a", "b"):
        (tmp_path / f"{outlet}.txt").write_text(f"Vụ lúa báo {outlet}\n\n{story}", "utf-8")
    library.add([tmp_path / "a.txt", tmp_path / "b.txt"])
    compared: list[int] = []

    def runs(text: str) -> frozenset[str]:
        compared.append(len(text))
        return frozenset(text.split(". "))

    monkeypatch.setattr(retrieve, "runs", runs)
    assert retrieve.retrieve(library, fake_embedder, "tấn lúa xã số 40", 8, Filter())
    assert len(story) > 4 * RETRIEVAL.letters and max(compared) == RETRIEVAL.letters
