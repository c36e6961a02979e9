from dataclasses import replace
from pathlib import Path

import pytest

from index.config import STORE
from index.library import Library
from tests.conftest import SAMPLES

pytestmark = pytest.mark.usefixtures("each_store")


def test_common_words_are_left_out_of_a_long_search_rare_ones_never(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([SAMPLES])
    query = "tỉnh đảng hội nghị cầu An Hòa"
    best = library.search_keywords(query, 1)
    monkeypatch.setattr("index.store.search.STORE", replace(STORE, postings=4))
    assert [h.chunk_id for h in library.search_keywords(query, 1)] == [h.chunk_id for h in best]
    assert len(library.search_keywords(query, 50)) <= 4
    monkeypatch.setattr("index.store.search.STORE", replace(STORE, postings=1))
    assert library.search_keywords("tỉnh", 50)  # at least one is looked for


def test_a_word_is_found_in_either_spelling(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Tin\n\nBác sỹ quản lí kĩ thuật ở phòng khám nước Mĩ.", "utf-8")
    library.add([tmp_path])
    for query in ("kỹ thuật", "nước Mỹ", "bác sĩ", "quản lý", "ky thuat"):
        assert library.search_keywords(query, 1), query
        assert library.first_articles(5, text=query)[1] == 1, query
    assert not library.search_keywords("thúy", 1)
