"""Words of the interface: numbers in them, in the manner of each language."""

import re

from ui.text import TEXT, say


def test_one_is_one_and_thousands_are_grouped() -> None:
    assert say("start_title", "en", count=1) == "Ask your 1 article"
    assert say("start_title", "en", count=20008) == "Ask your 20,008 articles"
    assert say("start_title", "vi", count=20008) == "Hỏi 20.008 bài báo của bạn"
    assert say("find_count", "en", matching=1200, of=1) == "1,200 of 1 article"
    assert say("draft_done", "en", said=1, wrong=2, unsaid=1).startswith(
        "1 sentence is said by an article, 2 differ, 1 is in none"
    )
    assert say("page_short", "en", page=1024) == "p. 1024"  # as it is printed


def test_no_plural_stands_behind_a_number_that_may_be_one() -> None:
    plural = re.compile(r"\{(?:count|of|matching|total)(?::,)?\} (?:\w+ )?\w+s\b")
    assert [words for _, words in TEXT.values() if plural.search(words)] == []
