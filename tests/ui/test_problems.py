from dataclasses import replace
from typing import get_args

import pytest

from rag.check.problem import Key, Problem
from tests.ui.test_history import document
from ui import answers
from ui.problems import PROBLEMS, both, worded


@pytest.mark.parametrize(
    ("problem", "line", "english"),
    [
        (Problem("absent", ("846",)), "“846” không có trong đoạn trích / is not in the quote",
         "“846” is not in the quote"),
        (Problem("degree", ("Có 3.400", "gần")),
         "“Có 3.400”: mức độ không đúng như đoạn trích (“gần”) / not as exact as the quote",
         "“Có 3.400” not as exact as the quote"),
        (Problem("apart", ("A B", "12 xã")),
         "“A B” và “12 xã” không cùng một câu / do not stand in one sentence",
         "“A B” and “12 xã” do not stand in one sentence"),
        (Problem("denied", ("chưa thông",)), "đoạn trích nói “chưa thông” / the quote denies it",
         "the quote denies it"),
        (Problem("unsaid"), "đoạn trích không nói điều này / the quote does not say this",
         "the quote does not say this"),
    ],
)  # fmt: skip
def test_a_problem_is_worded_in_both_languages(problem: Problem, line: str, english: str) -> None:
    assert both(problem) == line
    assert (worded(problem, "vi"), worded(problem, "en")) == (line.partition(" / ")[0], english)


def test_every_problem_has_words() -> None:
    assert set(PROBLEMS) == set(get_args(Key))


def test_problems_are_kept_as_values_and_old_ones_as_they_are() -> None:
    told = document()
    old = "“61” không có trong đoạn trích / is not in the quote"
    lines = (replace(told.statements[0], problems=(Problem("absent", ("846",)), old)),)
    kept = replace(told, statements=lines)
    assert answers.from_json(answers.to_json(kept)) == kept
    (line,) = answers.document(kept)["statements"]
    assert line["problems"] == [old.replace("61", "846"), old]
