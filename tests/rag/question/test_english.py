"""What an English question names, asks for and is searched by."""

import pytest

from rag.question import parse
from rag.question.english import findable
from rag.question.parts import parts


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("What did the An Phu Farmers' Union receive?", {"An Phu"}),
        ("Who heads Hùng Phong University in Ho Chi Minh City?", {"Hùng Phong", "Hồ Chí Minh"}),
        ("Under the Transport Ministry's plan, where does Lê Tám street begin?", {"Lê Tám"}),
        ("In Tra Vinh, when did the Co Chien River flood?", {"Co Chien", "Trà Vinh"}),
        ("How many cases did Hanoi report at Bạch Mai?", {"Bạch Mai", "Hà Nội"}),
        ("Why is Ha Lam Bay closed?", {"Ha Lam"}),
    ],
)
def test_names_are_what_a_vietnamese_article_can_have(asked: str, names: set[str]) -> None:
    assert set(parse(asked).names) == names


def test_the_number_of_an_english_word_stands_for_itself() -> None:
    assert parse("How many sat the grade-10 exam of Covid-19 year 2021?").figures == (
        "10", "covid-19", "2021",
    )  # fmt: skip
    assert parse("Ai thắng giải U-21 và lop-10?").figures == ("u-21", "lop-10")


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Did more candidates register for the exam in 2019 than the year before?", "yes_no"),
        ("Are officials exempted from the island's fee, or given a reduction?", "yes_no"),
        ("Who levelled the citadel, and what is the place like today?", "person"),
        ("Compare the budget of Đông Khê in 2018 and 2019", "compare"),
    ],
)
def test_words_that_ask_are_minded_before_words_that_compare(asked: str, kind: str) -> None:
    assert parse(asked).kind == kind


def test_only_words_that_a_vietnamese_text_may_have_are_looked_for() -> None:
    asked = "In the main hall, can Tan So of Phú Hòa open a casino by 2020?"
    assert findable(asked) == "hall Tan So of Phú Hòa open casino 2020"


@pytest.mark.parametrize(
    ("asked", "first", "behind"),
    [
        (
            "How much did the An Phu Farmers' Union lend, and how much is outstanding?",
            "How much did the An Phu Farmers' Union lend?",
            "the An Phu Farmers' Union lend, how much is outstanding?",
        ),
        (
            "How many km of road in Lam Ha were flooded or eroded, and how many workers were sent?",
            "How many km of road in Lam Ha were flooded or eroded?",
            "of road in Lam Ha were flooded or eroded, how many workers were sent?",
        ),
        (
            "Where were the two men carrying explosives near the border caught, and at what hour?",
            "Where were the two men carrying explosives near the border caught?",
            "the two men carrying explosives near the border caught, at what hour?",
        ),
    ],
)
def test_two_things_are_asked_one_by_one(asked: str, first: str, behind: str) -> None:
    assert (told := parts(asked))[0] == first and len(told) == 2 and told[1].endswith(behind)
    assert parse(told[1]).kind != "yes_no"


@pytest.mark.parametrize(
    "asked",
    ["Who wrote it, and when?", "Which congress was larger, and how many had each of them?"],
)
def test_sides_and_what_points_back_stay_one_question(asked: str) -> None:
    assert parts(asked) == ()
