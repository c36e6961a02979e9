"""Prompts from `prompts/*.md`, filled in."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from index.language.words import Language
from index.types import Extent
from rag.types import Message, Passage, Shown

#: What the model writes where the excerpts do not hold the answer.
REFUSAL: dict[Language, str] = {"vi": "Không tìm thấy.", "en": "Not found."}
_SEARCHED = {
    "vi": ("Đã tìm trong {count} bài báo", ", từ {first} đến {last}"),
    "en": ("Searched {count} articles", ", from {first} to {last}"),
}
#: What stands before the answers of several articles that differ.
SEVERAL: dict[Language, str] = {
    "vi": "Các bài báo nêu khác nhau, tùy nơi và thời gian:",
    "en": "The articles differ, by place and time:",
}
#: What is said of the rows of a table, and before it of what it lacks.
TABLE: dict[Language, dict[str, str]] = {
    "vi": {
        "missing": "Không tìm thấy: {what}.",
        "left out": "Bỏ qua vì khác đơn vị: {what}.",
        "units": "Các số liệu khác đơn vị, không so sánh được.",
        "fewer": "Chỉ tìm thấy {found} trong {of}, nên không cộng.",
        "up": "Tăng từ {first} đến {last}",
        "down": "Giảm từ {first} đến {last}",
        "same": "Không đổi từ {first} đến {last}",
        "more": "{one} hơn {other}",
        "sum": "Tổng cộng",
        "latest": "Mới nhất, {what}",
        "highest": "Cao nhất trong {count} số liệu tìm thấy",
        "lowest": "Thấp nhất trong {count} số liệu tìm thấy",
        "highest count": "Nhiều nhất trong {count} số liệu tìm thấy",
        "lowest count": "Ít nhất trong {count} số liệu tìm thấy",
    },
    "en": {
        "missing": "Not found: {what}.",
        "left out": "Left out for another unit: {what}.",
        "units": "The values have different units and cannot be compared.",
        "fewer": "Found {found} of {of} only, so nothing was added up.",
        "up": "Up from {first} to {last}",
        "down": "Down from {first} to {last}",
        "same": "Unchanged from {first} to {last}",
        "more": "{one} above {other}",
        "sum": "In total",
        "latest": "Latest, {what}",
        "highest": "Highest of the {count} values found",
        "lowest": "Lowest of the {count} values found",
        "highest count": "Most of the {count} values found",
        "lowest count": "Fewest of the {count} values found",
    },
}

_SECTION = re.compile(r"^## (system|user|assistant|question)\n", re.MULTILINE)


def refused(searched: Extent, chosen: Language) -> str:
    """The refusal as the reader sees it: with how many articles were searched, from when to when."""
    counted, between = _SEARCHED[chosen]
    text = counted.format(count=searched.articles)
    if searched.first and searched.last:
        first, last = f"{searched.first:%d/%m/%Y}", f"{searched.last:%d/%m/%Y}"
        text += between.format(first=first, last=last)
    return f"{REFUSAL[chosen]} {text}."


def constant(chosen: Language) -> list[Message]:
    """The turns that every answer prompt of a language begins with."""
    return list(_turns(f"answer.{chosen}")[:-1])


def answer(question: str, sources: Sequence[Shown], chosen: Language) -> list[Message]:
    """The whole answer prompt: constant turns, then the numbered sources and the question."""
    lines = "\n".join(
        f"[{number}] ({source.title}) {source.text}" for number, source in enumerate(sources, 1)
    )
    *before, last = _turns(f"answer.{chosen}")
    return [*before, _filled(last, question, lines)]


def plain(question: str, passages: Sequence[Passage]) -> list[Message]:
    """What a plain program of this kind asks: whole passages, one sentence of instruction. For
    comparison only (`hoibao eval --baseline`)."""
    system, user = _turns("plain.vi")
    texts = "\n\n".join(f"[{n}] {p.article.title}\n{p.text}" for n, p in enumerate(passages, 1))
    return [system, _filled(user, question, texts)]


def _filled(turn: Message, question: str, evidence: str) -> Message:
    """In one pass: what is filled in is not read again."""
    values = {"{question}": question, "{evidence}": evidence}
    return Message(
        "user", re.sub(r"\{(?:question|evidence)\}", lambda m: values[m[0]], turn.content)
    )


@cache
def _turns(name: str) -> tuple[Message, ...]:
    text = resources.files("prompts").joinpath(f"{name}.md").read_text("utf-8")
    pieces = _SECTION.split(text)[1:]
    roles = {"system": "system", "user": "user", "assistant": "assistant", "question": "user"}
    return tuple(
        Message(roles[role], content.strip())  # type: ignore[arg-type]
        for role, content in zip(pieces[::2], pieces[1::2], strict=True)
    )
