"""The forms that an answer takes: what is large, what is a chip, what is drawn as a plot and what is not."""

from dataclasses import replace
from datetime import date

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from rag.llm.queue import Wait
from rag.types import Answer
from tests.ui.page.told import words
from ui.answers import Line, Quote, Record, document, from_json, to_json
from ui.page.plot import plot
from ui.page.turns import answer_html, conversation_html, growing_html, question_html
from ui.text import Language

QUOTE = Quote(1, "a1", "Bắc cầu", 4, 20, "Cầu dài 486 m.", "Báo Núi", published=date(2021, 4, 7))
SAID = Record(
    "Cầu dài?", "Cầu An Hòa dài?", "", "answered", "figure", "486 m",
    statements=(Line("Cầu dài 486 m.", (1,), True),), citations=(QUOTE,),
)  # fmt: skip


def drawn(record: Record) -> HtmlElement:
    return fragment_fromstring(answer_html(7, record, "vi"))


def rows(*told: tuple[str, str]) -> Record:
    lines = tuple(Line(f"{label}: {text}", (1,), True, (), label) for label, text in told)
    return replace(SAID, short=None, kind="trend", form="table", statements=lines)


def test_the_short_answer_is_large_and_its_source_a_chip() -> None:
    answer = drawn(SAID)
    assert answer.findtext("p[@class='hb-short']") == "486 m"
    chip = answer.find(".//a")
    assert (chip.text, chip.get("title")) == ("1 · Báo Núi, 07/04/2021", "Cầu dài 486 m.")
    assert chip.get("href") == "#cite-a1-4-20"
    (typed,) = answer.xpath("p[@class='hb-as']/button")
    assert (typed.get("data-ask"), typed.get("data-alone")) == ("Cầu dài?", "1")
    assert "Đã đối chiếu với bài" in words(answer_html(7, SAID, "vi"))
    long = replace(QUOTE, outlet=None, title="Một tiêu đề rất dài của một bài báo về cây cầu")
    chip = drawn(replace(SAID, citations=(long,))).find(".//a")
    assert chip.text == "1 · Một tiêu đề rất dài của một bài…, 07/04/2021"


def test_an_answer_without_the_writer_says_so_and_is_one() -> None:
    away = replace(SAID, unwritten="the language model server x:1 is busy (503)")
    answer = drawn(away)
    assert answer.findtext("p[@class='hb-short']") == "486 m" and answer.findall(".//a")
    assert "Máy chủ mô hình ngôn ngữ không trả lời" in words(answer_html(7, away, "vi"))
    assert "Máy chủ" not in words(answer_html(7, SAID, "vi"))
    assert from_json(to_json(away)) == away and document(away)["unwritten"] == away.unwritten


def test_no_is_said_once() -> None:
    no = replace(SAID, short="Không", statements=(Line("Không: Cầu dài 486 m.", (1,), True),))
    assert drawn(no).findtext("p[@class='hb-says']").strip() == "Cầu dài 486 m."


def test_what_is_no_answer_does_not_look_like_one() -> None:
    doubted = replace(SAID, statements=(Line("Cầu dài 846 m.", (1,), False, ("sai số",)),))
    assert "chưa kiểm chứng được: sai số" in words(answer_html(7, doubted, "vi"))
    assert "Đã đối chiếu" not in words(answer_html(7, doubted, "vi"))
    near = drawn(replace(SAID, outcome="refused", lead="Không tìm thấy. Gần nhất:", short=None))
    assert "hb-is-near" in near.get("class") and near.find("p[@class='hb-short']") is None
    refused = replace(SAID, outcome="refused", answer="Không tìm thấy.", statements=(), short=None)
    assert "hb-is-refused" in drawn(refused).get("class")
    stopped = drawn(replace(SAID, outcome="stopped"))
    assert "hb-is-stopped" in stopped.get("class") and not stopped.findall(".//a")


def test_one_quantity_over_the_years_is_drawn() -> None:
    three = rows(("Tăng từ 2019 đến 2021", "30 − 10 = 20 hộ"), ("Năm 2021", "30 hộ"),
                 ("Năm 2019", "10 hộ"), ("Năm 2020", "20 hộ"))  # fmt: skip
    picture = fragment_fromstring(str(plot(three, "vi")))
    assert [one.text for one in picture.findall("text[@class='hb-figure']")] == ["10", "20", "30"]
    assert [one.text for one in picture.findall("text[@class='hb-time']")] == [
        "2019",
        "2020",
        "2021",
    ]
    x = [float(one.get("cx")) for one in picture.findall("circle")]
    assert x[1] - x[0] == pytest.approx(x[2] - x[1])
    assert drawn(three).find("figure/svg") is not None


@pytest.mark.parametrize(
    "other",
    [("Năm 2021", "30 hộ, 12 xã"), ("Năm 2021", "30%"), ("Năm 2020", "25 hộ"), ("Năm 2021", "nhiều")],
)  # fmt: skip
def test_what_is_not_surely_one_quantity_is_not(other: tuple[str, str]) -> None:
    assert plot(rows(("Năm 2019", "10 hộ"), ("Năm 2020", "20 hộ"), other), "vi") is None


def test_a_conversation_is_turns() -> None:
    whole = [question_html(7, "Cầu dài?", "vi"), growing_html(7, None, "vi")]
    turn = fragment_fromstring(conversation_html(whole))
    assert [one.get("class") for one in turn] == ["hb-question user", "hb-answer bot"]
    assert turn[1].get("data-state") == "searching" and "Đang tìm…" in words(whole[1])


def test_who_waits_for_the_writer_is_told_the_place() -> None:
    waiting = Answer("Cầu?", "Cầu?", waits=Wait(3, 20))
    told: dict[Language, str] = {
        "vi": "Chờ lượt viết câu trả lời: thứ 3, khoảng 20 giây",
        "en": "Waiting for the writer's turn: number 3, about 20 s",
    }
    for language, said in told.items():
        shown = growing_html(1, waiting, language)
        assert words(shown) == said and 'data-state="waiting"' in shown
        assert "20" not in fragment_fromstring(shown).get("data-told")  # not read out each second
