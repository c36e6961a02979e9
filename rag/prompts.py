"""Prompts from `prompts/*.md`, filled in."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib import resources

from index.language.words import Language
from index.types import Extent
from rag.config import ASKING, WRITING
from rag.question.counting import Counting
from rag.question.talk import Sort, Talk
from rag.types import Count, Message, Passage, Shown

#: What the model writes where the excerpts do not hold the answer.
REFUSAL: dict[Language, str] = {"vi": "Không tìm thấy.", "en": "Not found."}
#: What is said where it was stopped before it was answered.
STOPPED: dict[Language, str] = {"vi": "Đã dừng.", "en": "Stopped."}
#: A detail of an article as a sentence.
DETAIL: dict[str, dict[Language, str]] = {
    "author": {"vi": "Bài “{title}” của {value}.", "en": "“{title}” is by {value}."},
    "outlet": {
        "vi": "Bài “{title}” đăng trên {value}.",
        "en": "“{title}” was published by {value}.",
    },
    "published": {
        "vi": "Bài “{title}” đăng ngày {value}.",
        "en": "“{title}” was published on {value}.",
    },
}
#: What stands before the nearest that the articles do say, behind a refusal.
NEAR: dict[Language, str] = {
    "vi": "Gần nhất, bài báo nói:",
    "en": "The nearest that the articles say:",
}
#: What an answer to a yes/no question begins with.
YES_NO: dict[Language, tuple[str, str]] = {"vi": ("Có", "Không"), "en": ("Yes", "No")}
#: What the writer may say of a sentence, asked a yes/no question: that it says so, denies it, or neither.
VERDICTS = ("Có", "Không", "Báo không nói")
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
#: Before what a correction notice says, and before what its article had said.
CORRECTED: dict[Language, str] = {"vi": "Đính chính", "en": "Correction"}
AS_PRINTED: dict[Language, str] = {
    "vi": "Bài báo đã viết (trước đính chính)",
    "en": "The article said (before the correction)",
}
#: Before the rest, where some of what a question asks is not found; in its own words.
UNTOLD: dict[Language, tuple[str, str]] = {
    "vi": ("Chưa tìm thấy câu trả lời cho “{what}”. Phần tìm được:", "” và “"),
    "en": ("Nothing was found on “{what}”. What was found:", "” and “"),
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
        "equal": "{one} bằng {other}",
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
        "equal": "{one} as much as {other}",
        "sum": "In total",
        "latest": "Latest, {what}",
        "highest": "Highest of the {count} values found",
        "lowest": "Lowest of the {count} values found",
        "highest count": "Most of the {count} values found",
        "lowest count": "Fewest of the {count} values found",
    },
}

_COUNTED: dict[Language, dict[str, str]] = {
    "vi": {
        "whole": "{matching} bài{about}{limits} ({matching} trong {of} bài)",
        "all": "Kho có {of} bài",
        "about": " nói về {about}",
        "without": " mà không nhắc đến {without}",
        "undated": "; {undated} bài không rõ ngày",
        "among": ", trong đó {undated} bài không rõ ngày",
        "unreadable": "; {unreadable} bài không đọc được",
        "listed": " {listed} bài mới nhất:",
    },
    "en": {
        "whole": "{matching} of {of} articles{about}{limits}",
        "all": "The library has {of} articles",
        "about": " mention {about}",
        "without": " and not {without}",
        "undated": "; {undated} have no date",
        "among": ", {undated} of them without a date",
        "unreadable": "; {unreadable} could not be read",
        "listed": " The latest {listed}:",
    },
}

_TALK: dict[Sort, dict[Language, str]] = {
    "today": {"vi": "Hôm nay là {today}.", "en": "Today is {today}."},
    "who": {
        "vi": "Tôi là Hỏi Báo, chương trình trả lời câu hỏi từ {count} bài báo trong kho này, câu nào cũng dẫn"
        " nguyên văn bài báo.",
        "en": "I am Hỏi Báo, a program that answers questions from the {count} articles of this library; every"
        " statement quotes its article.",
    },
    "help": {
        "vi": "Bạn hỏi, tôi tìm câu trả lời trong {count} bài báo của kho này và dẫn nguyên văn: số liệu, ai,"
        " khi nào, ở đâu, vì sao, tóm tắt, so sánh, có bao nhiêu bài nói về một việc. Điều không có bài nào nói"
        " thì tôi không trả lời.",
        "en": "Ask, and I look for the answer in the {count} articles of this library and quote them: figures,"
        " who, when, where, why, summaries, comparisons, how many articles mention something. What no article"
        " says I do not answer.",
    },
    "thanks": {"vi": "Không có gì. Bạn cứ hỏi tiếp.", "en": "You are welcome. Do ask on."},
    "bye": {"vi": "Chào bạn, hẹn gặp lại.", "en": "Goodbye."},
    "sorry": {"vi": "Không sao. Bạn cứ hỏi.", "en": "Never mind. Do ask."},
    "greeting": {
        "vi": "Chào bạn. Bạn có thể hỏi về {count} bài báo trong kho này.",
        "en": "Hello. You can ask about the {count} articles of this library.",
    },
    "fine": {"vi": "Vâng. Bạn có thể hỏi tiếp.", "en": "Good. You can ask on."},
}
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

_SECTION = re.compile(r"^## (system|user|assistant|question)\n", re.MULTILINE)


def refused(searched: Extent, chosen: Language) -> str:
    """The refusal as the reader sees it: with how many articles were searched, from when to when."""
    counted, between = _SEARCHED[chosen]
    text = counted.format(count=searched.articles)
    if searched.first and searched.last:
        first, last = f"{searched.first:%d/%m/%Y}", f"{searched.last:%d/%m/%Y}"
        text += between.format(first=first, last=last)
    return f"{REFUSAL[chosen]} {text}."


def counted(count: Count, asked: Counting, listed: int, chosen: Language) -> str:
    """A count as a sentence: of how many, of what, within which limits, and what could not be told; how many of
    them are listed, where that is not all."""
    words = _COUNTED[chosen]
    said = {
        "about": _quoted(asked.about),
        "without": _quoted(asked.without),
        "listed": listed,
        **asdict(count),
    }
    about = words["about"] * bool(asked.about) + words["without"] * bool(asked.without)
    limits = ", ".join(limit[:1].lower() + limit[1:] for limit in asked.limits)
    if limits:
        limits = f"{',' if about else ':'} {limits}"
    every = not (asked.about or asked.limits)
    text = words["all" if every else "whole"].format(
        **said | {"about": about.format(**said), "limits": limits}
    )
    if count.undated:
        text += words["undated" if asked.dated else "among"].format(**said)
    if count.unreadable:
        text += words["unreadable"].format(**said)
    return f"{text}." + (words["listed"].format(**said) if listed < count.matching else "")


def _quoted(text: str) -> str:
    return text if text[:1] in '“"«' else f"“{text}”"


def talked(talk: Talk, articles: int, today: date) -> str:
    """What is answered to talk, in a library of so many articles."""
    said = f"{today:%A}, {today.day} {today:%B %Y}"
    if talk.language == "vi":
        said = f"{_DAYS[today.weekday()]}, ngày {today.day}/{today.month}/{today.year}"
    return _TALK[talk.sort][talk.language].format(count=articles, today=said)


def constant(chosen: Language, name: str = "answer") -> list[Message]:
    """The turns that every answer prompt (or "sentence" prompt) of a language begins with."""
    return list(_turns(f"{name}.{chosen}")[:-1])


def answer(question: str, sources: Sequence[Shown], chosen: Language) -> list[Message]:
    """The whole answer prompt: constant turns, then the numbered sources and the question."""
    lines = "\n".join(f"[{number}] {_told(source)}" for number, source in enumerate(sources, 1))
    *before, last = _turns(f"answer.{chosen}")
    return [*before, _filled(last, question[: ASKING.characters], lines)]


def sentence(
    question: str, sources: Sequence[Shown], short: str | None, chosen: Language
) -> list[Message]:
    """The prompt that asks for the answer in whole sentences: constant turns, then the sources, the question
    and the brief answer, where there is one."""
    lines = "\n".join(map(_told, sources))
    *before, last = _turns(f"sentence.{chosen}")
    asked = question[: ASKING.characters]
    if short:
        asked += f"\n{_BRIEF[chosen]}: {short[: WRITING.brief]}"
    return [*before, _filled(last, asked, lines)]


def verdict(question: str, source: Shown) -> list[Message]:
    """The prompt that asks whether a sentence says yes or no: constant turns, then the sentence and the
    question."""
    *before, last = _turns("verdict.vi")
    return [*before, _filled(last, question[: ASKING.characters], _told(source))]


def plain(question: str, passages: Sequence[Passage]) -> list[Message]:
    """What a plain program of this kind asks: whole passages, one sentence of instruction. For
    comparison only (`hoibao eval --baseline`)."""
    system, user = _turns("plain.vi")
    texts = "\n\n".join(
        f"[{n}] {p.article.title[: WRITING.title]}\n{p.text[: WRITING.text]}"
        for n, p in enumerate(passages, 1)
    )
    return [system, _filled(user, question, texts)]


def _told(source: Shown) -> str:
    return f"({source.title}) {source.text}"


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
