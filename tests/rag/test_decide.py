"""Candidates: whole words, one list, what is the same, what is told apart."""

from dataclasses import replace
from datetime import date

import pytest

from index.types import Article, Details
from rag import decide, differ
from rag.opinion import brief, shown
from rag.question import parse
from rag.types import Candidate, Opinion, Passage, Reading, Signals, Span

BODY = (
    "Sáng 5/1, vụ nổ ở xã Bình An làm 15 người chết và 5 người bị thương. "
    "Thiệt hại ước tính 3.400 tỷ đồng, 98,4% là nhà cửa."
)


def article(body: str = BODY, number: int = 1, **details: object) -> Article:
    return Article(f"{number:012}", f"/{number}.txt", Details(**details), body)  # type: ignore[arg-type]


def candidate(
    text: str, body: str = BODY, at: int = 0, number: int = 1, p: float = 0.9
) -> Candidate:
    from index.language.sentences import sentences

    start = body.index(text, at)
    sentence = next((a, b) for a, b in sentences(body) if a <= start < b)
    signals = Signals(1.0, 0.0, 0.0)
    return Candidate(article(body, number), start, start + len(text), sentence, signals, p)


def passage(body: str = BODY, number: int = 1, **details: object) -> Passage:
    return Passage(1, 1.0, 0.5, number, article(body, number, **details), 0, len(body))


def reading(body: str, *words: str) -> Reading:
    from index.language.sentences import sentences

    spans = tuple(Span(body.index(w), body.index(w) + len(w), 9.0 - n) for n, w in enumerate(words))
    where = tuple(sentences(body))
    return Reading(5.0, 0.0, spans, where, tuple(1.0 for _ in where))


@pytest.mark.parametrize(
    ("pointed", "whole"),
    [
        ("400 tỷ", "3.400 tỷ"),
        ("98", "98,4%"),
        ("hiệt hại", "Thiệt hại"),
        ("5/1, vụ n", "5/1, vụ nổ"),
    ],
)
def test_a_candidate_is_made_of_whole_words_and_figures(pointed: str, whole: str) -> None:
    (found,) = decide.candidates(parse("Vụ nổ gây ra gì?"), [passage()], [reading(BODY, pointed)])
    assert found.text == whole


def test_a_candidate_stands_in_one_sentence() -> None:
    (found,) = decide.candidates(
        parse("Vụ nổ gây ra gì?"), [passage()], [reading(BODY, "thương. Thiệt hại ước tính")]
    )
    assert found.text == "Thiệt hại ước tính" and found.source.text.startswith("Thiệt hại")


def test_a_province_is_there_in_whatever_spelling() -> None:
    asked = parse("How many people of Hùng Phong school in Ho Chi Minh City died at Bình An?")
    for body, gone in ((BODY, 2 / 3), (f"{BODY} Các em học tại TP.HCM.", 1 / 3)):
        (found,) = decide.candidates(asked, [passage(body)], [reading(body, "15")])
        assert found.signals.missing == pytest.approx(gone)


@pytest.mark.parametrize(
    ("question", "first"),
    [("How much damage did the blast at Bình An do?", "3.400 tỷ"), ("Thiệt hại bao nhiêu?", "15")],
)
def test_names_that_english_shares_tell_the_article_not_its_passage(
    question: str, first: str
) -> None:
    cut = BODY.index("Thiệt")
    told = [passage(), replace(passage(), chunk_id=2, score=-4.0, start=cut)]
    told[0] = replace(told[0], score=3.0, end=cut - 1)
    read = [reading(BODY[: cut - 1], "15"), reading(BODY[cut:], "3.400 tỷ")]
    read[0] = replace(read[0], spans=(replace(read[0].spans[0], score=6.0),))
    found = decide.candidates(parse(question), told, read)
    assert [one.text for one in found][0] == first


def test_what_cannot_be_an_amount_is_none() -> None:
    asked, read = parse("Thiệt hại bao nhiêu?"), [reading(BODY, "Thiệt hại ước tính", "3.400 tỷ")]
    assert [one.text for one in decide.candidates(asked, [passage()], read)] == ["3.400 tỷ"]


@pytest.mark.parametrize(
    ("question", "body", "pointed", "found"),
    [
        ("Vụ nổ làm mấy người chết?", BODY, "5 người bị", False),
        ("Vụ nổ làm mấy người chết?", BODY, "15 người", True),
        ("Vụ nổ làm bao nhiêu người mất tích?", BODY, "5 người bị thương", False),
        ("Anh Thanh bao nhiêu tuổi?", "Anh Thanh lái xe 10 năm nay.", "10 năm", False),
        ("Anh Thanh bao nhiêu tuổi?", "Anh Thanh (31 tuổi) lái xe.", "31", True),
        ("Cháy bao nhiêu mét vuông?", "Xưởng rộng 300 m2 bị cháy.", "300 m2", True),
        ("Cháy bao nhiêu mét vuông?", "Xưởng dài 300 m bị cháy.", "300 m", False),
    ],
)
def test_another_unit_or_fate_is_no_candidate(
    question: str, body: str, pointed: str, found: bool
) -> None:
    read = [reading(body, pointed)]
    assert bool(decide.candidates(parse(question), [passage(body)], read)) == found


SPAN = "Cầu dài 486 m, rộng 12 m, do Chủ tịch UBND tỉnh Lê Văn An cắt băng khánh thành."


@pytest.mark.parametrize(
    ("question", "said", "there"),
    [
        ("Cầu An Hòa cao bao nhiêu mét?", "486 m", False),
        ("Cầu An Hòa dài bao nhiêu mét?", "486 m", True),
        ("How wide is the bridge?", "486 m", False),
        ("How long is the bridge?", "486 m", True),
        ("Ai là Chủ tịch UBND huyện An Hòa?", "Lê Văn An", False),
        ("Chủ tịch UBND tỉnh là ai?", "Lê Văn An", True),
        ("Chủ tịch UBND là ai?", "Lê Văn An", True),
    ],
)
def test_another_dimension_or_rank_is_no_candidate(question: str, said: str, there: bool) -> None:
    read = [reading(SPAN, said)]
    assert bool(decide.candidates(parse(question), [passage(SPAN)], read)) == there


def test_another_place_or_year_is_no_candidate() -> None:
    read = [reading(BODY, "15 người")]
    told = [passage(place="Huế", title="Nổ ở tỉnh Thừa Thiên Huế", published=date(2019, 1, 6))]
    assert decide.candidates(parse("Vụ nổ ở Huế năm 2019 làm mấy người chết?"), told, read)
    assert not decide.candidates(parse("Vụ nổ ở Gia Lai làm mấy người chết?"), told, read)
    assert not decide.candidates(parse("Vụ nổ năm 2011 làm mấy người chết?"), told, read)


def test_the_same_words_of_an_article_count_once() -> None:
    body = "Chết 5 người. Nổ làm 5 người chết, 3 người bị thương."
    read = reading(body, "5 người", "3 người")
    again = Span(body.rindex("5 người"), body.rindex("5 người") + 7, 8.0)
    read = replace(read, spans=(read.spans[0], again, read.spans[1]))
    found = decide.candidates(parse("Bao nhiêu người gặp nạn?"), [passage(body)], [read])
    assert [one.text for one in found] == ["5 người", "3 người"]


def test_an_article_that_lacks_what_is_named_answers_for_no_other() -> None:
    best, other, alike = (
        candidate(text, number=n, p=p)
        for n, (text, p) in enumerate((("15 người", 0.9), ("5 người", 0.8), ("3.400 tỷ", 0.7)))
    )
    other = replace(other, signals=replace(other.signals, missing=1.0))
    assert decide.each([best, other, alike]) == [best, alike]


def test_the_writer_chooses_among_what_is_near() -> None:
    likely, near, far = (
        candidate(text, p=p) for text, p in (("98,4%", 0.6), ("3.400 tỷ", 0.4), ("15 người", 0.01))
    )
    assert decide.near([likely, near, far]) == [likely, near]
    said = Opinion("", (("3.400 tỷ đồng", -0.1),), -9.0)
    best, other = decide.reconsidered([likely, near], "figure", said)
    assert (best.text, other.text) == ("3.400 tỷ", "98,4%")
    first, _ = decide.reconsidered([likely, near], "reason", said)
    assert first.text == likely.text
    for kind, one in (("figure", best), ("reason", first)):
        doubted, *_ = decide.reconsidered([likely, near], kind, replace(said, refusal=-0.1))
        unasked, *_ = decide.reconsidered([likely], kind, None)
        assert doubted.text == one.text and doubted.probability < one.probability
        assert doubted.probability < unasked.probability


def test_a_sentence_that_holds_the_answer_makes_it_likelier() -> None:
    one = candidate("98,4%", p=0.2)
    other = replace(one, signals=replace(one.signals, support=4.0))
    few, many = (decide.reconsidered([c], "figure", None)[0].probability for c in (one, other))
    assert few < decide.threshold() < many
    assert not decide.is_said([one], "figure") and decide.is_said([other], "figure")


def test_what_is_read_in_two_languages_needs_less_sureness() -> None:
    found, said = [candidate("15 người", p=0.35)], Opinion("", (("15 người", -0.1),), -3.0)
    vi, en = (decide.reconsidered(found, "figure", said, one)[0] for one in ("vi", "en"))
    assert vi.probability < en.probability


@pytest.mark.parametrize(
    ("question", "one", "other", "alike"),
    [
        ("Ai chủ trì?", "Ông Nguyễn Văn An", "Đồng chí Nguyễn Văn An", True),
        ("Ai chủ trì?", "Nguyễn Văn An", "Trần Thị Bình", False),
        ("Khi nào khai mạc?", "14-1-2016", "sáng 14-1", True),
        ("Khi nào khai mạc?", "14-1-2016", "ngày 15/1", False),
        ("Bao nhiêu người chết?", "5 người chết", "3 người", False),
        ("Bao nhiêu tiền?", "3,5 tỷ đồng", "3.500 triệu đồng", True),
        ("Công ty nào?", "Công ty Hải Vân", "Hải Vân", True),
    ],
)
def test_what_says_the_same(question: str, one: str, other: str, alike: bool) -> None:
    asked = parse(question)
    a, b = (candidate(text, f"Theo tin, {text}, như đã đưa.") for text in (one, other))
    assert differ.same(asked, a, b) is differ.same(asked, b, a) is alike


def test_the_writers_words_count_only_in_their_place() -> None:
    hurt = candidate("5 người", at=BODY.index("và"))
    for written, said in (
        ("15 người chết", "5 người"),  # another figure, in which the reader's stands
        ("5 người bị thương", "5 người bị thương"),
        ("5 NGƯỜI BỊ THƯƠNG", "5 NGƯỜI BỊ THƯƠNG"),
        ("nowhere", "5 người"),
    ):
        assert brief(hurt, Opinion("", ((written, -0.1),), -9.0)) == said
    assert brief(hurt, Opinion("", (), -9.0)) == "5 người"


def test_a_long_sentence_is_shown_around_the_candidate() -> None:
    items = "; ".join(f"xã số {n} trồng {n}00 cây xanh dọc các tuyến đường" for n in range(1, 12))
    body = f"Huyện đoàn tổng kết. Theo báo cáo của Huyện đoàn trong năm qua: {items}."
    text = shown(candidate("900 cây", body)).text
    assert "xã số 9" in text and "Theo báo cáo" in text and "xã số 3 " not in text and "…" in text
    short = shown(candidate("3.400 tỷ")).text
    assert short.startswith("Sáng 5/1") and short.endswith(
        "nhà cửa."
    )  # with the sentence before it


@pytest.mark.parametrize("joins", ["do trời mưa", "vì mưa", "nên phải hoãn", "để tránh mưa"])
def test_of_reasons_a_sentence_that_tells_a_cause_comes_first(joins: str) -> None:
    body = f"Lễ hội hoãn hôm 5/1. Ban tổ chức hoãn lễ hội {joins}."
    told = candidate(joins, body, p=0.6)
    alike = candidate("Lễ hội", body, p=0.7)
    found = decide.reconsidered([alike, told], "reason", None)
    assert [one.text for one in found] == [joins, "Lễ hội"]
    assert found[0].probability > found[1].probability
    manner = decide.reconsidered([alike, told], "manner", None)
    assert [one.text for one in manner] == ["Lễ hội", joins]
