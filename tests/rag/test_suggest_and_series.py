"""Questions made from an article's own sentences; titles in questions; a quantity's values over articles."""

from datetime import date

import pytest

from index.errors import InputError
from index.language.figures import figures
from index.library import Library
from index.types import Article, Details, Filter
from rag.assistant import Assistant
from rag.scope import titled
from rag.series import series
from rag.suggest import suggestions
from rag.types import Answer, Citation, Statement
from tests.conftest import SAMPLES, FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from tests.rag.test_assistant import last

TITLE = "Khánh thành cầu An Hòa bắc qua sông Lạc"


FOUND = ("203", "31,5 tỷ", "2.500", "3.500", "4.500", "5.500", "6.500", "5 chiếc", "7 chiếc")


def asked(body: str, text: str = "?", title: str = TITLE) -> list[str]:
    article = Article("a", "/a.txt", Details(title=title), body)
    answer = Answer(
        "?", "?", statements=(Statement(text, (1,)),), citations=(Citation(1, article, 0, 5),)
    )
    reader = ScriptedReader(*FOUND)  # finds whatever it is asked for, but for what stands last
    return [one.removesuffix(f" ({title})") for one in suggestions(answer, reader)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Toàn Đảng bộ kết nạp 203 đảng viên.", "Toàn Đảng bộ kết nạp bao nhiêu đảng viên?"),
        ("Có hơn 82,4% tổ chức cơ sở đảng đạt trong sạch vững mạnh.", None),  # a share
        ("Tổng thiệt hại ước tính gần 31,5 tỷ đồng.", "Tổng thiệt hại ước tính bao nhiêu tỷ đồng?"),
        ("Đại hội diễn ra ngày 14-1-2016.", None),  # a date
        ("Nhà số 86 Lê Thánh Tôn được giữ lại nguyên vẹn.", None),  # a name
        ("Hội nghị sơ kết công tác 6 tháng đầu năm của Đảng bộ.", None),  # a span of time
        ("Đoàn có 7 chiếc xe tải, 5 chiếc hỏng.", None),  # the reader finds the other figure
        ("Cầu dài 486 m và rộng 12 m như thiết kế ban đầu.", None),  # which one?
    ],
)
def test_a_clause_with_one_figure_is_a_question(sentence: str, question: str | None) -> None:
    assert asked(sentence) == ([question] if question else [])


def test_what_was_told_is_not_asked_again_and_three_are_enough() -> None:
    apart = "Bà con phấn khởi. " * 30  # the reader sees one of them at a time
    body = apart.join(
        f"Xã {name} trồng {n}.500 cây xanh các loại. " for n, name in enumerate("ABCDE", 2)
    )
    assert len(asked(body)) == 3
    assert all("Xã A " not in one for one in asked(body, "2.500 cây"))


def test_a_title_says_which_article_is_meant() -> None:
    mine = Article("a", "/a.txt", Details(title=TITLE), "…")
    same = Article("b", "/b.txt", Details(title=TITLE), "…")
    short = Article("c", "/c.txt", Details(title="Tin vắn"), "…")
    rest, ids = titled(f"Cầu dài bao nhiêu mét? ({TITLE.upper()})", [short, mine, same])
    assert (rest, ids) == ("Cầu dài bao nhiêu mét?", ("a", "b"))
    assert titled("Tin vắn nói gì?", [short]) == ("Tin vắn nói gì?", ())
    assert titled(f"{TITLE} khi nào?", [mine]) == (
        f"{TITLE} khi nào?",
        ("a",),
    )  # nothing else is left


@pytest.fixture
def reader() -> ScriptedReader:
    return ScriptedReader("9.350 hội viên")


@pytest.fixture
def assistant(library: Library, fake_embedder: FakeEmbedder, reader: ScriptedReader) -> Assistant:
    library.add([SAMPLES])
    return Assistant(library, fake_embedder, reader, ScriptedWriter("9.350"), threshold=0.3)  # type: ignore[arg-type]


def test_a_question_with_a_title_is_asked_of_its_article_only(assistant: Assistant) -> None:
    title = "Đại hội Hội Nông dân tỉnh Đông Xuân lần thứ VII thành công tốt đẹp"
    answer = last(assistant, f"Các cấp Hội đã kết nạp bao nhiêu hội viên mới? ({title})")[-1]
    assert {passage.article.title for passage in answer.passages} == {title}
    assert "9.350" in answer.text
    assert answer.candidates and answer.opinions and answer.threshold == 0.3
    assert "9.350" in answer.opinions[0].prompt and answer.opinions[0].copies[0][0] == "9.350"
    assert {(p.keyword_rank, p.vector_rank) for p in answer.passages}
    assert answer.passages[0].keyword_rank == 1


def test_a_quantity_by_day_or_year_each_with_its_words(
    assistant: Assistant, reader: ScriptedReader
) -> None:
    reader.words = ("203 đảng viên", "94 đảng viên", "61 đảng viên")
    found = series(assistant, "số đảng viên kết nạp", Filter())
    told = [(v.article.details.published, v.year, v.statement.text) for v in found]
    assert [(day, year) for day, year, _ in told] == [
        (None, 2017), (date(2019, 7, 4), 2019), (None, 2019)
    ]  # fmt: skip
    assert reader.asked == ["Bao nhiêu đảng viên kết nạp?"]
    keys = [{figure.key for figure in figures(text)} for _, _, text in told]
    assert "203" in keys[0] and "94" in keys[1] and "61" in keys[2]
    for value in found:
        assert value.statement.verified
        assert any(figure.key in value.citation.quote for figure in figures(value.statement.text))
    assert series(assistant, "đảng viên kết nạp", Filter(since=date(2019, 1, 1)))[0].year == 2019
    reader.words = ("nothing of this",)
    assert series(assistant, "tàu ngầm hạt nhân", Filter()) == []
    with pytest.raises(InputError, match="the question is empty"):
        series(assistant, " ", Filter())
