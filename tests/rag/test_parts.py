"""Parts of answering: citations, scope, fusion."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from index.library import EVERYTHING, Library
from index.types import Article, Details, Filter, Hit
from rag.cite import cite, render
from rag.opinion import whole
from rag.question import parse
from rag.retrieve import fuse, retrieve
from rag.scope import admits, own_places
from rag.types import Source
from tests.conftest import SAMPLES, FakeEmbedder


def article(body: str, **details: object) -> Article:
    return Article("a" * 12, "/x.txt", Details(**details), body)  # type: ignore[arg-type]


def source(text: str) -> Source:
    return Source(article(text), 0, len(text))


def test_citations_are_numbered_in_the_order_of_use() -> None:
    first, second = source("Có 12 xã."), source("Có 45 xã tham gia.")
    second = replace(second, article=replace(second.article, id="b" * 12))
    statements, citations = cite(
        [("", "45 xã", [second]), ("Huế", "12 xã", [first]), ("", "45 xã", [second, first])]
    )
    assert [s.citations for s in statements] == [(1,), (2,), (1, 2)]
    assert [c.quote for c in citations] == ["Có 45 xã tham gia.", "Có 12 xã."]
    assert render(statements[:2], "Khác nhau:") == "Khác nhau:\n- 45 xã [1]\n- Huế: 12 xã [2]"
    assert all(s.verified for s in statements)
    assert not cite([("", "46 xã", [second])])[0][0].verified


def test_a_numbered_event_is_a_condition() -> None:
    about = article("Đại hội lần thứ VIII, khóa XII, quý I năm 2020.")
    for question, admitted in (
        ("Đại hội lần thứ 8 bầu ai?", True),
        ("Đại hội lần thứ IX bầu ai?", False),
        ("Quý 1 kết nạp bao nhiêu?", True),
        ("Quý II kết nạp bao nhiêu?", False),
    ):
        assert admits(parse(question), about, 0, len(about.body)) is admitted


def test_a_sentence_of_another_event_does_not_answer() -> None:
    about = article("Đợt 1 thi tại Huế. Đợt 2 thi tại Vinh. Đợt 2 đông hơn đợt 1.")
    asked = parse("Đợt 2 thi ở đâu?")
    told = [admits(asked, about, *span) for span in ((0, 18), (19, 38), (39, len(about.body)))]
    assert told == [False, True, True]


def test_last_year_is_the_one_before_the_articles_own() -> None:
    this = article("Xã trồng 120 ha rừng.", published=date(2022, 5, 1))
    before = article("Năm 2021, xã trồng 100 ha rừng.", published=date(2022, 5, 1))
    called = article("Năm ngoái, xã trồng 100 ha rừng.")
    compared = article("Xã trồng 120 ha, tăng 20 ha so với năm ngoái.", published=date(2022, 5, 1))
    for question in (
        "Năm ngoái xã trồng bao nhiêu ha rừng?",
        "nam ngoai xa trong bao nhieu ha rung",
    ):
        asked = parse(question)
        told = [admits(asked, one, 0, len(one.body)) for one in (this, before, called, compared)]
        assert told == [False, True, True, False]
    asked = parse("Diện tích rừng tăng bao nhiêu so với năm ngoái?")
    assert admits(asked, compared, 0, len(compared.body))


def test_copies_keep_what_changes_their_sense() -> None:
    text = "Đã trồng hơn 5.200 cây, chi gần 1,5 tỷ đồng; chưa hoàn thành 2 km đường."
    for part, kept in (
        ("5.200", "hơn 5.200"),
        ("1,5", "gần 1,5 tỷ"),
        ("hoàn thành 2 km", "chưa hoàn thành 2 km"),
        ("trồng hơn 5.200 cây", "trồng hơn 5.200 cây"),
    ):
        at = text.index(part)
        assert whole(text, at, at + len(part)) == kept


def test_scope_knows_places_and_years() -> None:
    about = article(
        "Năm 2015, tỉnh Lâm Đồng có 3 lớp. Kết nạp 40 người.", published=date(2016, 1, 5)
    )
    second = about.body.index("Kết")
    assert admits(parse("Năm 2015 Lâm Đồng kết nạp bao nhiêu?"), about, second, len(about.body))
    assert not admits(parse("Năm 2016 kết nạp bao nhiêu?"), about, second, len(about.body))
    assert not admits(parse("Gia Lai kết nạp bao nhiêu?"), about, second, len(about.body))
    assert own_places(article("Huyện Ba Tri có mưa.", place="Bến Tre")) == {"Ba Tri", "Bến Tre"}


def test_fusion_adds_standardised_scores() -> None:
    vectors = [Hit(1, 0.9), Hit(2, 0.8), Hit(3, 0.1)]
    assert [hit.chunk_id for hit in fuse([Hit(2, 9.0)], vectors)][0] in (1, 2)
    assert [hit.chunk_id for hit in fuse([], vectors)] == [1, 2, 3]
    assert fuse([], []) == []


def test_a_chunk_that_goes_during_a_search_is_left_out(
    library: Library, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([SAMPLES])
    before = retrieve(library, fake_embedder, "mưa lũ", 8, EVERYTHING)
    nearest = library.search_vectors

    def with_one_gone(vector: np.ndarray, limit: int, only: Filter) -> list[Hit]:
        return [Hit(99_999, 1.0), *nearest(vector, limit, only)]

    monkeypatch.setattr(library, "search_vectors", with_one_gone)
    after = retrieve(library, fake_embedder, "mưa lũ", 8, EVERYTHING)
    assert [one.chunk_id for one in after] == [one.chunk_id for one in before]
