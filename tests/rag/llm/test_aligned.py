"""What a served model writes, as a copy; and the grammar within which it can write nothing else."""

import re

import pytest

from rag.llm.aligned import aligned
from rag.llm.grammar import grammar

SOURCES = [
    "Tỉnh Hòa Bình kết nạp 3.400 hội viên, đạt 98,4%, trong ngày 14-1-2016.",
    "Cầu An Hòa dài 486 m, rộng 12 m; tên cũ là “Cầu \\ Đá”.",
]


@pytest.mark.parametrize(
    ("reply", "copy"),
    [
        ("3.400 hội viên", "3.400 hội viên"),
        ("Tỉnh Hoà Bình", "Tỉnh Hòa Bình"),
        ("Đạt 98,4%.", "đạt 98,4%"),
        ("Chiều dài của cầu là: 486 m", "486 m"),
        ("dài 486 mét", "dài 486"),
        ("14-1-2016", "14-1-2016"),
        ("98%", None),
        ("3400 hội viên", None),
        ("rộng 12 m và dài 500 m", None),
        ("ngày 14", None),
        ("Tôi không biết gì về cây cầu này", None),
        ("", None),
    ],
)
def test_a_reply_is_a_copy_where_a_source_has_its_words(reply: str, copy: str | None) -> None:
    found = aligned(reply, SOURCES)
    assert (SOURCES[found.source][found.start : found.end] if found else None) == copy


_RULE = re.compile(r'(\w+)|"((?:[^"\\]|\\.)*)"(?: \("((?:[^"\\]|\\.)*)" (\w+)\)\?)?')


def accepts(rules: str, text: str) -> bool:
    """Whether the grammar derives a text: a word, then nothing or what stands between and the next rule."""
    by_name = dict(line.split(" ::= ", 1) for line in rules.splitlines())

    def derives(part: str, rest: str) -> bool:
        found = _RULE.fullmatch(part)
        assert found, part
        name, word, between, following = (
            group and re.sub(r"\\(.)", r"\1", group) for group in found.groups()
        )
        if name:
            return derives(by_name[name], rest)
        if not rest.startswith(word):
            return False
        rest = rest[len(word) :]
        if not rest or not following:
            return not rest
        return rest.startswith(between) and derives(following, rest[len(between) :])

    return any(derives(part, text) for part in by_name["root"].split(" | "))


@pytest.mark.parametrize(
    "copy",
    ["3.400 hội viên", "Hội viên", "98,4%", "486 m, rộng 12 m", "Cầu \\ Đá", "14-1-2016", "tên"],
)
def test_a_grammar_admits_what_a_source_has(copy: str) -> None:
    assert accepts(grammar(SOURCES), copy)


@pytest.mark.parametrize(
    "other",
    ["400 hội viên", "3.4", "98", "98,4", "ội viên", "486 m 12 m", "500 m", "hội viê", "Không"],
)
def test_a_grammar_admits_nothing_else(other: str) -> None:
    assert not accepts(grammar(SOURCES), other)
    assert accepts(grammar(SOURCES, "Không."), "Không.")
    assert grammar([]) == grammar([" . "]) == ""
