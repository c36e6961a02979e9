"""A figure that was read from a picture, and may be misread, is never verified."""

import pytest

from index.types import Article, Details, Doubt
from rag.cite import cite
from rag.types import Source

BODY = "Cầu dài 486 m, rộng 12 m. Ngày 12/5/2020 xã có 1.250 hộ, tăng 4,5% so với năm trước."


def quote(*doubtful: str) -> Source:
    places = [(BODY.index(word), BODY.index(word) + len(word)) for word in doubtful]
    doubts = tuple(Doubt(start, end, 60.0, 1) for start, end in places)
    return Source(Article("a" * 12, "/a.png", Details(), BODY, doubts=doubts), 0, len(BODY))


@pytest.mark.parametrize(
    ("statement", "doubtful", "verified"),
    [
        ("Cầu dài 486 m", "486", False),
        ("Cầu rộng 12 m", "486", True),
        ("Xã có 1.250 hộ", "1.250", False),
        ("Xã có 1250 hộ", "1.250", False),  # in other words
        ("Xã có 1.250 hộ vào ngày 12/5/2020", "12/5/2020", False),
        ("Tăng 4,5% so với năm trước", "4,5%", False),
        ("Cầu dài 486 m", "Cầu", True),  # no figure
        ("Cầu dài 486 m", "rộng", True),
    ],
)
def test_what_stands_in_doubtful_figures_only_is_not_verified(
    statement: str, doubtful: str, verified: bool
) -> None:
    ((said,), _) = cite([("", statement, [quote(doubtful)])])
    assert said.verified is verified
    if not verified:
        assert [(problem.key, problem.words) for problem in said.problems] == [
            ("scanned", (doubtful,))
        ]


def test_another_quote_may_say_it_surely() -> None:
    sure = Source(Article("b" * 12, "/b.txt", Details(), "Cầu dài 486 m."), 0, 14)
    ((said,), _) = cite([("", "Cầu dài 486 m", [quote("486"), sure])])
    assert said.verified
