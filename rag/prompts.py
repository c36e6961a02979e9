"""Prompts from `prompts/*.md`, filled in; and the grammar that holds the reply to its form."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Literal

from index.text import has_marks, strip_marks
from rag.evidence import shown
from rag.types import Evidence, Message

Language = Literal["vi", "en"]
#: What the model writes where the excerpts do not hold the answer.
REFUSAL: dict[Language, str] = {"vi": "Không tìm thấy.", "en": "Not found."}

_SECTION = re.compile(r"^## (system|user|assistant|question)\n", re.MULTILINE)
# Function words that end no Vietnamese syllable typed without marks: they tell English apart.
_ENGLISH = frozenset(
    "the of is are was were what which who whom whose when where why how many much did does do "
    "and or for with from that this these those by at on an has have had will can could should "
    "tell give list compare about between number people".split()
)


def language(question: str) -> Language:
    """The language to answer in: English where the question has no diacritics and at least two
    English function words (or one among four words or fewer), else Vietnamese."""
    if has_marks(question):
        return "vi"
    found = re.findall(r"[a-z]+", strip_marks(question).lower())
    english = sum(word in _ENGLISH for word in found)
    return "en" if english >= 2 or (english == 1 and len(found) <= 4) else "vi"


def constant(chosen: Language) -> list[Message]:
    """The turns that every answer prompt of a language begins with."""
    return list(_turns(f"answer.{chosen}")[:-1])


def answer(question: str, evidence: Sequence[Evidence], chosen: Language) -> list[Message]:
    """The whole answer prompt: constant turns, then the numbered sentences and the question."""
    lines = "\n".join(
        f"[{number}] ({' '.join(item.article.title.split())}) {shown(item)}"
        for number, item in enumerate(evidence, 1)
    )
    *before, last = _turns(f"answer.{chosen}")
    filled = last.content.replace("{question}", question).replace("{evidence}", lines)
    return [*before, Message("user", filled)]


def grammar(offered: int, chosen: Language) -> str:
    """A GBNF grammar (llama.cpp's) that admits the refusal, or up to three statements, each ending
    in one or more of the numbers 1 to `offered`."""
    numbers = " | ".join(f'"{number}"' for number in range(1, offered + 1))
    return (
        f'root ::= "{REFUSAL[chosen]}" | statement ("\\n" statement){{0,2}}\n'
        'statement ::= [^\\[\\]\\n ] [^\\[\\]\\n]{0,400} "[" number "]" ("[" number "]"){0,2}\n'
        f"number ::= {numbers}\n"
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
