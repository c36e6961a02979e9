"""Prompts from `prompts/*.md`, filled in; and the grammar that holds the reply to its form."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from rag.evidence import shown
from rag.language import Language
from rag.types import Evidence, Message

#: What the model writes where the excerpts do not hold the answer.
REFUSAL: dict[Language, str] = {"vi": "Không tìm thấy.", "en": "Not found."}

_SECTION = re.compile(r"^## (system|user|assistant|question)\n", re.MULTILINE)


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
