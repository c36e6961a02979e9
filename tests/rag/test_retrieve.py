"""Passages, found and told from their copies."""

from pathlib import Path

import pytest

from index.language import text
from index.library import Library
from index.near_copies import LETTERS
from index.types import Filter
from rag import retrieve
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
    fold = text.fold

    def folded(one: str) -> str:
        compared.append(len(one))
        return fold(one)

    monkeypatch.setattr(text, "fold", folded)
    assert retrieve.retrieve(library, fake_embedder, "tấn lúa xã số 40", 8, Filter())
    assert len(story) > 4 * LETTERS and max(compared) == LETTERS
