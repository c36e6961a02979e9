from pathlib import Path

import pytest

from index.errors import InputError
from index.library import Library
from rag.check.lookup import UNSUPPORTED, check_draft
from tests.conftest import SAMPLES, FakeEmbedder


@pytest.fixture
def samples(library: Library) -> Library:
    library.add([SAMPLES])
    return library


def test_each_sentence_is_said_wrong_or_unsupported(
    samples: Library, fake_embedder: FakeEmbedder
) -> None:
    text = (
        "Cầu dài 486 m, rộng 12 m, gồm 11 nhịp. Cầu dài 486 m, rộng 21 m, gồm 11 nhịp. "
        "Núi lửa phun trào ở Iceland làm hàng không châu Âu tê liệt."
    )
    said, wrong, unsupported = check_draft(samples, fake_embedder, text)
    assert said.verified and "486 m" in said.citations[0].quote
    assert not wrong.verified and any("21" in problem.words for problem in wrong.problems)
    assert Path(wrong.citations[0].article.source).name == "08-cau-an-hoa.txt"
    assert unsupported.problems == (UNSUPPORTED,) and not unsupported.citations
    assert [c.number for one in (said, wrong) for c in one.citations] == [1, 2]
    for one in (said, wrong):
        for citation in one.citations:
            assert citation.quote == citation.article.body[citation.start : citation.end]


@pytest.mark.parametrize("text", ["", " … ", "a " * 20_000])
def test_unusable_drafts_are_one_line(
    samples: Library, fake_embedder: FakeEmbedder, text: str
) -> None:
    with pytest.raises(InputError):
        list(check_draft(samples, fake_embedder, text))
