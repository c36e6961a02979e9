"""English questions, from what they are searched by to their answer."""

from pathlib import Path

from index.library import EVERYTHING, Library
from rag.retrieve import retrieve
from tests.conftest import FakeEmbedder


def test_english_words_find_nothing_that_only_looks_like_them(
    library: Library, fake_embedder: FakeEmbedder, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("Thể thao\n\nCần cho mai: thể lực, đo tim, hát.", "utf-8")
    (folder / "b.txt").write_text("Khu nghỉ dưỡng\n\nKhách vào casino phải từ 21 tuổi.", "utf-8")
    library.add([folder])
    asked = "In the main, can a man do what he may at the casino?"
    found = retrieve(library, fake_embedder, asked, 8, EVERYTHING)
    ranks = {Path(one.article.source).name: one.keyword_rank for one in found}
    assert ranks == {"a.txt": None, "b.txt": 1}
    bare = retrieve(library, fake_embedder, "can the luc mai", 8, EVERYTHING)  # Vietnamese
    ranks = {Path(one.article.source).name: one.keyword_rank for one in bare}
    assert ranks["a.txt"] == 1
