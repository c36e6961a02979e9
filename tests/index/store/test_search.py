from dataclasses import replace

import pytest

from index.config import STORE
from index.library import Library
from tests.conftest import SAMPLES


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
