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
#: What stands before the nearest that the articles do say, behind a refusal.
NEAR: dict[Language, str] = {
    "vi": "Gần nhất, bài báo nói:",
    "en": "The nearest that the articles say:",
}
#: What an answer to a yes/no question begins with.
YES_NO: dict[Language, tuple[str, str]] = {"vi": ("Có", "Không"), "en": ("Yes", "No")}
_BRIEF: dict[Language, str] = {"vi": "Trả lời ngắn", "en": "Brief answer"}
_SEARCHED = {
    "vi": ("Đã tìm trong {count} bài báo", ", từ {first} đến {last}"),
    "en": ("Searched {count} articles", ", from {first} to {last}"),
}
#: What stands before the answers of several articles that differ.
SEVERAL: dict[Language, str] = {
    "vi": "Các bài báo nêu khác nhau, tùy nơi và thời gian:",
    "en": "The articles differ, by place and time:",
}
#: What stands before a comparison of which a part was not found.
MISSING: dict[Language, str] = {"vi": "Không tìm thấy: {what}.", "en": "Not found: {what}."}

_SECTION = re.compile(r"^## (system|user|assistant|question)\n", re.MULTILINE)


def refused(searched: Extent, chosen: Language) -> str:
    """The refusal as the reader sees it: with how many articles were searched, from when to when."""
    counted, between = _SEARCHED[chosen]
    text = counted.format(count=searched.articles)
    if searched.first and searched.last:
        first, last = f"{searched.first:%d/%m/%Y}", f"{searched.last:%d/%m/%Y}"
        text += between.format(first=first, last=last)
    return f"{REFUSAL[chosen]} {text}."


def constant(chosen: Language, name: str = "answer") -> list[Message]:
    """The turns that every answer prompt (or "sentence" prompt) of a language begins with."""
    return list(_turns(f"{name}.{chosen}")[:-1])


def answer(question: str, sources: Sequence[Shown], chosen: Language) -> list[Message]:
    """The whole answer prompt: constant turns, then the numbered sources and the question."""
    lines = "\n".join(
        f"[{number}] ({source.title}) {source.text}" for number, source in enumerate(sources, 1)
    )
    *before, last = _turns(f"answer.{chosen}")
    return [*before, _filled(last, question, lines)]


def sentence(
    question: str, sources: Sequence[Shown], short: str | None, chosen: Language
) -> list[Message]:
    """The prompt that asks for the answer in whole sentences: constant turns, then the sources, the question
    and the brief answer, where there is one."""
    lines = "\n".join(f"({source.title}) {source.text}" for source in sources)
    *before, last = _turns(f"sentence.{chosen}")
    asked = f"{question}\n{_BRIEF[chosen]}: {short}" if short else question
    return [*before, _filled(last, asked, lines)]


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
