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


def asked(body: str, *finds: str, text: str = "?", place: str | None = None) -> list[str]:
    """What is suggested where the reader finds these words, whatever it is asked for."""
    article = Article("a", "/a.txt", Details(title=TITLE, place=place), body)
    answer = Answer(
        "?", "?", statements=(Statement(text, (1,)),), citations=(Citation(1, article, 0, 5),)
    )
    found = suggestions(answer, ScriptedReader(*finds))  # type: ignore[arg-type]
    assert all(one.article_id == "a" for one in found)
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Đảng bộ tỉnh Cao Lâm kết nạp 203 đảng viên.", "Đảng bộ tỉnh Cao Lâm kết nạp bao nhiêu đảng viên?"),
        ("Năm 2018, huyện Cư Lam kết nạp hơn 203 đảng viên mới, tăng 12 người so với năm trước.",
         "Năm 2018, huyện Cư Lam kết nạp bao nhiêu đảng viên mới?"),
        ("Hiện nay, gia đình ông Lê Văn Tám cũng có 203 cây bưởi.",
         "Gia đình ông Lê Văn Tám có bao nhiêu cây bưởi?"),
        ("Ông Lê Văn Tám, Chủ tịch UBND xã, biểu dương 203 hộ dân.",
         "Ông Lê Văn Tám biểu dương bao nhiêu hộ dân?"),
        ("Cầu dài 486 m, rộng 12 m.", "Cầu An Hòa dài bao nhiêu mét?"),  # called by its name
        ("Tổng thiệt hại ước tính gần 31,5 tỷ đồng.", None),  # of what?
        ("Khiến 203 người ở Cao Lâm bị thương.", None),  # no subject
        ("Huyện Cư Lam huy động 203 cán bộ, chiến sĩ và 85 xe.", None),  # cut in a list
        ("Trước đó tỉnh Cao Lâm có 203 hộ này.", None),  # which ones?
        ("Tỉnh Cao Lâm có hơn 82,4% tổ chức cơ sở đảng đạt trong sạch vững mạnh.", None),  # a share
        ("Nhà số 86 Lê Thánh Tôn được giữ lại nguyên vẹn.", None),  # a name
        ("Đảng bộ Cao Lâm sơ kết công tác 6 tháng đầu năm của Đảng bộ.", None),  # a span of time
        ("Ngày 14-1-2016, Tỉnh ủy Cao Lâm tổ chức hội nghị tổng kết.",
         "Tỉnh ủy Cao Lâm tổ chức hội nghị tổng kết ngày nào?"),
        ("Ông Lê Văn Tám, Chủ tịch UBND xã An Lạc, cho biết lúa đã chín.",
         "Ai là chủ tịch UBND xã An Lạc?"),
        ("Dự lễ có Phó Giám đốc Sở Y tế tỉnh Cao Lâm Lê Văn Tám.",
         "Ai là phó Giám đốc Sở Y tế tỉnh Cao Lâm?"),
        ("Ông Lê Văn Tám, Giám đốc Sở Y tế, cho biết dịch đã hết.", None),  # of which province?
        ("Công an đã mời Lê Văn Tám (45 tuổi, trú tại địa phương).", "Lê Văn Tám bao nhiêu tuổi?"),
    ],
)  # fmt: skip
def test_what_an_article_is_asked(sentence: str, question: str | None) -> None:
    known = ("203", "486 m", "31,5 tỷ", "14-1-2016", "45 tuổi", "Lê Văn Tám", "82,4%", "86", "6")
    finds = tuple(words for words in known if words in sentence)
    assert asked(sentence, *finds) == ([question] if question else [])
    assert asked(sentence, "5") == []  # the reader finds something else


def test_what_happens_in_a_province_is_asked_of_it() -> None:
    sentence = "Mưa lũ làm 203 nhà bị sập."
    assert asked(sentence, "203") == []
    assert asked(sentence, "203", place="Lâm Đồng") == [
        "Mưa lũ làm bao nhiêu nhà bị sập ở Lâm Đồng?"
    ]


def test_what_was_told_is_not_asked_again_and_three_are_enough() -> None:
    apart = "Bà con phấn khởi. " * 60  # the reader sees one of them at a time
    body = apart.join(
        f"Xã {name} trồng {n}.500 cây xanh các loại. "
        for n, name in enumerate(("An Ba", "An Bốn", "An Năm", "An Sáu", "An Bảy"), 2)
    )
    finds = ("2.500", "3.500", "4.500", "5.500")
    assert len(asked(body, *finds)) == 3
    assert all("Xã An Ba " not in one for one in asked(body, *finds, text="2.500 cây"))


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
    assert answer.candidates and answer.threshold == 0.3
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
