"""Quotes that can stand alone."""

from random import Random

import pytest

from index.chunk import chunks
from index.config import ChunkSettings
from index.language.sentences import sentences
from index.types import Article, Details
from rag import decide
from rag.cite import cite
from rag.question import parse
from rag.quote import standing
from rag.types import Passage, Reading, Source, Span

BODY = """Lễ khai mạc đông vui. Bà Trần Thị Gạo nêu kết quả. Bà đề ra các chỉ tiêu:
- Trồng 60 ha rừng;
- Mở 4 lớp nghề;
- Xóa 12 nhà tạm.
Ba xã được khen là An Hải, An Phú và An Lộc. Trong đó, An Hải nhận 50 triệu đồng. Tuy nhiên, giá lúa giảm. \
Công ty Lúa Vàng mua 90 tấn lúa. Công ty này trả 9.000 đồng một kg.
– Sửa cái dù hết bao nhiêu? – bà khách hỏi.
– 35.000 đồng thôi – ông Lèo đáp.
Ông Lèo năm nay 78 tuổi. Mỗi ngày ông sửa 20 cây dù. Ông có 4 con. Ông nói: “Con tôi học giỏi. Tôi mừng.”
Tỉnh hỗ trợ mỗi hộ:
5 triệu đồng mua giống;
2 triệu đồng mua phân.
Chủ tịch là bà Gạo."""


@pytest.mark.parametrize(
    ("cited", "quote"),
    [
        ("Ba xã được khen", "Ba xã được khen là An Hải, An Phú và An Lộc."),
        (
            "50 triệu",
            "Ba xã được khen là An Hải, An Phú và An Lộc. Trong đó, An Hải nhận 50 triệu đồng.",
        ),
        ("giá lúa giảm", "Tuy nhiên, giá lúa giảm."),
        ("9.000", "Công ty Lúa Vàng mua 90 tấn lúa. Công ty này trả 9.000 đồng một kg."),
        ("20 cây", "Ông Lèo năm nay 78 tuổi. Mỗi ngày ông sửa 20 cây dù."),
        ("4 con", "Ông Lèo năm nay 78 tuổi. Mỗi ngày ông sửa 20 cây dù. Ông có 4 con."),
        (
            "Tôi mừng",
            "Mỗi ngày ông sửa 20 cây dù. Ông có 4 con. Ông nói: “Con tôi học giỏi. Tôi mừng.”",
        ),
        (
            "4 lớp",
            "Bà Trần Thị Gạo nêu kết quả. Bà đề ra các chỉ tiêu:\n- Trồng 60 ha rừng;\n- Mở 4 lớp nghề;\n"
            "- Xóa 12 nhà tạm.",
        ),
        (
            "Bà đề ra",
            "Bà Trần Thị Gạo nêu kết quả. Bà đề ra các chỉ tiêu:\n- Trồng 60 ha rừng;\n- Mở 4 lớp nghề;\n"
            "- Xóa 12 nhà tạm.",
        ),
        (
            "2 triệu",
            "Tỉnh hỗ trợ mỗi hộ:\n5 triệu đồng mua giống;\n2 triệu đồng mua phân.",
        ),
        (
            "35.000",
            "– Sửa cái dù hết bao nhiêu? – bà khách hỏi.\n– 35.000 đồng thôi – ông Lèo đáp.",
        ),
        ("bà khách hỏi", "– Sửa cái dù hết bao nhiêu? – bà khách hỏi."),
        ("Chủ tịch là", "Chủ tịch là bà Gạo."),
    ],
)
def test_a_quote_has_what_it_needs_to_be_understood(cited: str, quote: str) -> None:
    at = BODY.index(cited)
    assert BODY[slice(*standing(BODY, at, at + len(cited)))] == quote


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Ông Lê Văn A về hưu.", True),
        ("Bà con được mùa.", True),
        ("Anh em đoàn kết.", True),
        ("Cô giáo Lan dạy giỏi.", True),
        ("Hiện nay giá tăng.", True),
        ("Bên cạnh đó, giá gạo tăng.", True),
        ("Ngoài ra, tỉnh hỗ trợ phân bón.", True),
        ("“Tôi rất vui”, ông Hà nói.", True),
        ("Năm nay, bà con được mùa.", True),
        ("Theo ông Hà, giá tăng.", True),
        ("Ông cho biết giá tăng.", False),
        ("Ông ấy về hưu.", False),
        ("Bà, 78 tuổi, sống một mình.", False),
        ("Họ đã về nhà.", False),
        ("Người này bị bắt.", False),
        ("Dự án này lãi 5 tỷ đồng.", False),
        ("Đây là cây cầu dài nhất.", False),
        ("Điều này gây ngập.", False),
        ("Theo đó, phí tăng 5%.", False),
        ("Do đó, trường nghỉ học.", False),
        ("Sau đó, tàu chìm.", False),
        ("Theo ông, giá tăng.", False),
        ("Hiện ông sống ở Huế.", False),
        ("Con trai bà đậu đại học.", False),
        ("“Tôi rất vui”, ông nói.", False),
        ("He left at noon.", False),
    ],
)
def test_what_points_back_brings_the_one_before(sentence: str, alone: bool) -> None:
    before = "Lễ hội đông vui. "
    body = f"{before}{sentence}"
    assert standing(body, len(before), len(body)) == (len(before) if alone else 0, len(body))
    other = f"{before}\n{sentence}"  # nothing from another paragraph
    assert standing(other, len(before) + 1, len(other)) == (len(before) + 1, len(other))


def test_of_a_list_that_is_too_long_a_quote_has_what_there_is_room_for() -> None:
    items = [f"- Việc số {n}: " + "làm đường bê tông " * 5 for n in range(20)]
    body = "\n".join(["Xã có các việc sau:", *(item.strip() for item in items), "Hết."])
    third, last = body.index("- Việc số 2:"), body.index("- Việc số 19:")
    start, end = standing(body, third + 2, third + 9)
    assert start == 0 and end == body.index("\n", third)
    start, end = standing(body, last, last + 9)
    assert start == last and end == body.index("\nHết.")
    start, end = standing(body, 0, 5)
    assert start == 0 and body[end] == "\n" and 500 < end <= 800


def test_a_quote_is_whole_sentences_also_where_a_chunk_begins_within_one() -> None:
    body = "Hội họp. Ông Lê An nói: “Tôi vui. Cả nhà mừng.” Khách về."
    at = body.index("Cả nhà")
    assert body[slice(*standing(body, at, at + 5))] == "Ông Lê An nói: “Tôi vui. Cả nhà mừng.”"


@pytest.mark.parametrize("seed", range(100))
def test_a_quote_holds_what_is_cited_and_whole_sentences(seed: int) -> None:
    rng = Random(seed)
    lines = BODY.split("\n")
    body = "\n".join(rng.choice(lines) for _ in range(rng.randint(1, 12)))
    for a, b in sentences(body):
        start, end = standing(body, a, b)
        assert start <= a and b <= end
        assert start in {s for s, _ in sentences(body)} and end in {e for _, e in sentences(body)}


def test_the_quote_is_widened_where_it_is_cited_and_the_statement_is_not() -> None:
    article = Article("a" * 12, "/a.txt", Details(title="Người sửa dù"), BODY)
    at = BODY.index("Mỗi ngày")
    (statement,), (citation,) = cite([("", "20 cây dù", [Source(article, at, at + 28)])])
    assert citation.quote == "Ông Lèo năm nay 78 tuổi. Mỗi ngày ông sửa 20 cây dù."
    assert citation.quote == BODY[citation.start : citation.end]
    assert statement.text == "20 cây dù" and not statement.problems


def test_items_of_one_list_have_one_number() -> None:
    article = Article("a" * 12, "/a.txt", Details(), BODY)
    said = []
    for text in ("60 ha", "12 nhà"):
        line = next(s for s in sentences(BODY) if text in BODY[slice(*s)])
        said.append(("", text, [Source(article, *line)]))
    statements, citations = cite(said)
    assert [s.citations for s in statements] == [(1,), (1,)] and len(citations) == 1


def test_a_chunk_that_was_cut_otherwise_is_read_and_cited() -> None:
    body = "Hội họp đông. Bà Gạo nói: “Xã có 60 ha rừng. Tôi vui lắm.” Khách về."
    article = Article("a" * 12, "/a.txt", Details(), body)
    start = body.index("Tôi vui")  # a chunk of other rules begins within today's sentence
    assert all(start != a for a, _ in chunks(body, ChunkSettings(words=3)))
    passage = Passage(1, 1.0, 0.5, 1, article, start, len(body))
    where = tuple(sentences(passage.text))
    reading = Reading(5.0, 0.0, (Span(0, 7, 9.0),), where, tuple(1.0 for _ in where))
    (found,) = decide.candidates(parse("Ai vui?"), [passage], [reading])
    _, (citation,) = cite([("", found.text, [found.source])])
    assert citation.quote == "Bà Gạo nói: “Xã có 60 ha rừng. Tôi vui lắm.”"
