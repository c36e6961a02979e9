"""Tables of what several places or years tell: whose a figure is, sums that are computed again, rows."""

from datetime import date
from pathlib import Path

import pytest

from index.language.figures import figures, years
from index.library import Library
from index.types import Article, Details
from rag.amounts import amount, change
from rag.assistant import Assistant
from rag.check.checker import problems
from rag.measure import asked_amount
from rag.owner import places_of, years_of
from rag.question import parse
from rag.sums import added, divided, grown, recomputed, subtracted
from rag.types import Candidate, Signals
from tests.conftest import FakeEmbedder
from tests.rag.scripted import ScriptedReader, ScriptedWriter
from tests.rag.test_assistant import last


def article(body: str, published: date | None = None) -> Article:
    return Article("a", "/a.txt", Details(title="Tin", published=published), body)


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("Năm 2021 đón 18.200 lượt khách, năm 2022 đón 45.600 lượt.", {"18.200": {2021}, "45.600": {2022}}),
        ("Hộ nghèo giảm từ 14,8% năm 2021 xuống 7,9% năm 2023.", {"14,8": {2021}, "7,9": {2023}}),
        ("Năm 2022 đạt 421 tấn, tăng 15 tấn so với năm 2021.", {"421": {2022}, "15": {2022}}),
        ("Các năm 2021 và 2022 lần lượt có 520 và 480 hộ.", {"520": {2021}, "480": {2022}}),
        ("Năm 2021 và năm 2022 xây 12 km đường.", {"12": {2021, 2022}}),  # which one?
        ("9 tháng đầu năm 2023 đạt 77 tấn.", {"77": {2023}}),
        ("Từ tháng 1/2022 giá là 7.200 đồng.", {"7.200": {2022}}),
    ],
)  # fmt: skip
def test_whose_year_a_figure_is(sentence: str, whose: dict[str, set[int]]) -> None:
    told = article(sentence)
    for figure, expected in whose.items():
        assert years_of(told, (0, len(sentence)), sentence.index(figure)) == expected


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("Huyện Na Hang có 120 hộ, huyện Lâm Bình có 85 hộ.", {"120": {"Na Hang"}, "85": {"Lâm Bình"}}),
        ("Có 120 hộ ở huyện Na Hang và 85 hộ ở huyện Lâm Bình.", {"120": {"Na Hang"}, "85": {"Lâm Bình"}}),
        ("Tại xã Nậm Ún, huyện Na Hang có 31 hộ.", {"31": {"Nậm Ún"}}),
        ("Huyện Na Hang và huyện Lâm Bình có 200 hộ.", {"200": {"Na Hang", "Lâm Bình"}}),
        ("Tại thị xã Suối Bạc, Hội Nông dân tỉnh Tây Lâm có 178 đại biểu.", {"178": {"Tây Lâm"}}),
        ("UBND tỉnh Tây Lâm cho biết huyện Na Hang có 31 hộ.", {"31": {"Na Hang"}}),
        ("Đường dài 12 km.", {"12": set()}),
    ],
)  # fmt: skip
def test_whose_place_a_figure_is(sentence: str, whose: dict[str, set[str]]) -> None:
    told = article(sentence)
    for figure, expected in whose.items():
        assert places_of(told, (0, len(sentence)), sentence.index(figure)) == expected


def chosen(question: str, sentence: str, read: str, changes: bool = False) -> str | None:
    at = sentence.index(read)
    found = Candidate(
        article(sentence, date(2022, 1, 1)), at, at + len(read), (0, len(sentence)), Signals(1, 0, 0), 0.9
    )  # fmt: skip
    told = asked_amount(parse(question), found, changes)
    return told[0].text if told else None


POOR = "Năm 2019 tỷ lệ hộ nghèo là 17,5%, tỷ lệ hộ cận nghèo là 9,6%, tương ứng 1.310 hộ."


@pytest.mark.parametrize(
    ("question", "sentence", "read", "expected"),
    [
        ("Tỷ lệ hộ cận nghèo là bao nhiêu?", POOR, "17,5%", "9,6%"),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", POOR, "9,6%", "17,5%"),
        ("Tỷ lệ hộ cận nghèo là bao nhiêu?", POOR, "1.310 hộ", None),  # no share
        ("Tỷ lệ hộ nghèo năm 2020 là bao nhiêu?", POOR, "17,5%", None),
        ("Tỷ lệ hộ cận nghèo là bao nhiêu?", "Tỷ lệ hộ nghèo còn 12%.", "12%", None),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", "Huyện phấn đấu đưa tỷ lệ hộ nghèo xuống 5%.", "5%", None),
        (
            "Đại hội tỉnh Tây Lâm có bao nhiêu đại biểu?",
            "Tại xã Suối Bạc, Hội Nông dân tỉnh Tây Lâm mở Đại hội lần thứ VII với 178 đại biểu.",
            "178 đại biểu",
            "178 đại biểu",
        ),
        (
            "Xã tuyển bao nhiêu giáo viên?",
            "Xã tuyển dụng 412 giáo viên.",
            "412 giáo viên",
            "412 giáo viên",
        ),
        (
            "Số người mất tích trong vụ lở đất là bao nhiêu?",
            "Vụ lở đất ở bản làm 5 người chết, 8 người mất tích.",
            "5 người",
            "8 người",
        ),
        ("Sản lượng tôm là bao nhiêu?", "Sản lượng lúa đạt 77 tấn.", "77 tấn", None),
        ("Sản lượng lúa là bao nhiêu?", "Sản lượng lúa đạt 77 tấn, tăng 3 tấn.", "3 tấn", "77 tấn"),
        (
            "Kinh phí xây cầu là bao nhiêu?",
            "Xã xây 4 cầu với kinh phí 2 tỷ đồng.",
            "2 tỷ",
            "2 tỷ đồng",
        ),
        ("What was the rate of poor households?", POOR, "17,5%", None),  # nothing tells which
    ],
)
def test_the_asked_figure_of_a_sentence(
    question: str, sentence: str, read: str, expected: str | None
) -> None:
    assert chosen(question, sentence, read) == expected


def test_by_how_much_something_changed() -> None:
    told = "Số vụ tai nạn giảm 18,5%, số người bị thương tăng 3,2% so với cùng kỳ."
    assert chosen("Số vụ tai nạn tăng giảm bao nhiêu?", told, "3,2%", True) == "18,5%"
    assert change("giảm còn 6,1%", 9) is None and change("giảm hơn 6,1%", 9) == 0


def amounts(*texts: str):  # type: ignore[no-untyped-def]
    found = [amount(text, 0, len(text)) for text in texts]
    assert all(found)
    return [one[0] for one in found if one]


def test_sums_show_their_terms_and_are_computed_again() -> None:
    many, few = amounts("3.400 hộ", "3.100 hộ")
    dear, cheap = amounts("1,87 tỷ USD", "940 triệu USD")
    high, low = amounts("14,8%", "7,9%")
    rough, _ = amounts("45,5 km", "1 km")
    made = [
        subtracted(many, few, "vi"), added([many, few], "vi"), grown(many, few, few), divided(many, few),
        subtracted(dear, cheap, "vi"), subtracted(high, low, "vi"), subtracted(high, low, "en"),
        added([rough, rough], "vi"),
    ]  # fmt: skip
    assert made == [
        "3.400 − 3.100 = 300 hộ", "3.400 + 3.100 = 6.500 hộ", "(3.400 − 3.100) ÷ 3.100 ≈ 9,7%",
        "3.400 ÷ 3.100 ≈ 1,1", "1,87 tỷ − 940 triệu = 0,93 tỷ USD", "14,8% − 7,9% = 6,9 điểm phần trăm",
        "14,8% − 7,9% = 6,9 percentage points", "45,5 + 45,5 = 91 km",
    ]  # fmt: skip
    assert [recomputed(text)[1] for text in made] == [()] * len(made)
    quotes = ["Năm 2022 có 3.400 hộ.", "Năm 2021 có 3.100 hộ, giảm 12 hộ."]
    assert problems(f"{made[0]}; {made[2]}", quotes) == ()
    for wrong in (
        "3.400 − 3.100 = 301 hộ",
        "3.400 − 3.100 ≈ 400 hộ",
        "3.400 − 2.100 = 1.300 hộ",  # a term that no quote has
        "(3.400 − 3.100) ÷ 3.100 ≈ 9,9%",
        "3.400 ÷ 0 = 1",
    ):
        assert problems(wrong, quotes), wrong


def test_years_and_scales_as_they_are_written() -> None:
    assert years("tháng 6/2022 và quý 1/2019") == {2022, 2019}
    assert [figure.value for figure in figures("năm 2019 tỷ lệ nghèo, 3 tỷ đồng")] == [
        "2019",
        "3000000000",
    ]


REPORTS = {
    "2021": "Năm 2021, tỷ lệ hộ nghèo của huyện Bản Mo là 14,8%.",
    "2022": "Năm 2022, tỷ lệ hộ nghèo của huyện Bản Mo là 11,2%.",
    "2023": "Năm 2023, tỷ lệ hộ nghèo của huyện Bản Mo là 11,5%.",
    "other": "Năm 2023, tỷ lệ hộ nghèo của huyện Lũng Cú Hạ là 30,1%.",
}


@pytest.fixture
def assistant(library: Library, fake_embedder: FakeEmbedder, tmp_path: Path) -> Assistant:
    for name, text in REPORTS.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(
            f"Báo cáo giảm nghèo {name}\n\n{text} Bà con trồng quế, nuôi bò, làm đường."
        )
        library.add([path])
    reader = ScriptedReader("14,8%", "11,2%", "11,5%", "30,1%")
    reader.read = _sure(reader.read)  # type: ignore[method-assign]
    return Assistant(library, fake_embedder, reader, ScriptedWriter("11,2%"), threshold=0.3)  # type: ignore[arg-type]


def _sure(read):  # type: ignore[no-untyped-def]
    from tests.rag.test_assistant import _alike

    return _alike(read)


def cells(assistant: Assistant, question: str) -> dict[str, str]:
    answer = last(assistant, question)[-1]
    assert answer.form == "table" and answer.answered and answer.short is None
    assert all(statement.verified for statement in answer.statements)
    return {statement.label: statement.text for statement in answer.statements}


def test_a_quantity_over_the_years(assistant: Assistant) -> None:
    rows = {"Năm 2021": "14,8%", "Năm 2022": "11,2%", "Năm 2023": "11,5%"}
    found = cells(assistant, "Tỷ lệ hộ nghèo của huyện Bản Mo thay đổi thế nào qua các năm?")
    assert found == {
        "Giảm từ năm 2021 đến năm 2023": "14,8% − 11,5% = 3,3 điểm phần trăm",
        **rows,
    }
    found = cells(assistant, "Năm nào huyện Bản Mo có tỷ lệ hộ nghèo thấp nhất?")
    assert found == {"Thấp nhất trong 3 số liệu tìm thấy": "năm 2022: 11,2%", **rows}
    found = cells(assistant, "Tỷ lệ hộ nghèo mới nhất của huyện Bản Mo là bao nhiêu?")
    assert list(found)[:2] == ["Mới nhất, năm 2023", "Năm 2023"] and found["Năm 2023"] == "11,5%"


def test_two_years_and_two_places(assistant: Assistant) -> None:
    found = cells(assistant, "So sánh tỷ lệ hộ nghèo của huyện Bản Mo năm 2022 và năm 2023")
    assert found["Tăng từ năm 2022 đến năm 2023"] == "11,5% − 11,2% = 0,3 điểm phần trăm"
    found = cells(assistant, "So sánh tỷ lệ hộ nghèo năm 2023 của huyện Bản Mo và huyện Lũng Cú Hạ")
    assert found == {
        "huyện Lũng Cú Hạ hơn huyện Bản Mo": "30,1% − 11,5% = 18,6 điểm phần trăm",
        "huyện Bản Mo": "11,5%",
        "huyện Lũng Cú Hạ": "30,1%",
    }


def test_two_sides_of_which_one_is_more(assistant: Assistant) -> None:
    found = cells(
        assistant, "Tỷ lệ hộ nghèo 2023 Bản Mo với Lũng Cú Hạ, nơi nào cao hơn, con số từng nơi?"
    )
    assert found == {
        "Cao nhất trong 2 số liệu tìm thấy": "Lũng Cú Hạ: 30,1%",
        "Lũng Cú Hạ hơn Bản Mo": "30,1% − 11,5% = 18,6 điểm phần trăm",
        "Bản Mo": "11,5%",
        "Lũng Cú Hạ": "30,1%",
    }


def test_two_sides_that_are_equal(assistant: Assistant, tmp_path: Path) -> None:
    told = "Năm 2023, tỷ lệ hộ nghèo của huyện Nậm Xé là 30,1%."
    (tmp_path / "more.txt").write_text(f"Giảm nghèo ở Nậm Xé\n\n{told} Bà con nuôi bò, làm đường.")
    assistant.library.add([tmp_path / "more.txt"])
    found = cells(assistant, "Tỷ lệ hộ nghèo năm 2023 Nậm Xé với Lũng Cú Hạ, nơi nào cao hơn?")
    assert found == {
        "Nậm Xé bằng Lũng Cú Hạ": "30,1%", "Nậm Xé": "30,1%", "Lũng Cú Hạ": "30,1%"
    }  # fmt: skip


def test_one_side_alone_does_not_say_which_is_more(assistant: Assistant) -> None:
    reader: ScriptedReader = assistant.reader  # type: ignore[assignment]
    reader.only = {"Nậm Xé": "không có ở đây"}
    asked = "Tỷ lệ hộ nghèo năm 2023 Lũng Cú Hạ với Nậm Xé, nơi nào cao hơn, con số từng nơi?"
    answer = last(assistant, asked)[-1]
    assert answer.outcome == "refused"
    assert [statement.text for statement in answer.statements] == [REPORTS["other"]]


def test_a_year_that_is_missing_is_said_and_nothing_computed(assistant: Assistant) -> None:
    answer = last(assistant, "So sánh tỷ lệ hộ nghèo của huyện Bản Mo năm 2018 và năm 2022")[-1]
    assert answer.lead == "Không tìm thấy: năm 2018."
    assert [(s.label, s.text) for s in answer.statements] == [("Năm 2022", "11,2%")]


@pytest.mark.parametrize(
    ("body", "unit"),
    [
        ("Đảng bộ có 77 đồng chí được khen.", "noun"),
        ("Quỹ lo cho 2 triệu đồng bào vùng lũ.", "noun"),
        ("Mỗi cân 77 đồng, đồng bào vui.", "đồng"),
    ],
)
def test_people_are_no_money(body: str, unit: str) -> None:
    found = amount(body, 0, len(body))
    assert found and found[0].unit == unit
