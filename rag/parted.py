"""One answer made of the answers to the questions that one question holds (`rag.question.parts`)."""

from collections.abc import Sequence
from dataclasses import replace

from rag import prompts
from rag.cite import Said
from rag.turn import Turn, finished
from rag.types import Answer, Source


def joined(
    answer: Answer, asked: Sequence[str], told: Sequence[Answer], turn: Turn
) -> Answer | None:
    """All that was answered, a statement each, led by what was not found; None where nothing was answered or
    it was stopped."""
    if turn.stop.is_set() or not any(one.answered for one in told):
        return None
    said = [part for one in told if one.answered for part in _said(one)]
    unlike = [part for n, part in enumerate(said) if part[:2] not in [s[:2] for s in said[:n]]]
    lacks = [text.rstrip("?") for text, one in zip(asked, told, strict=True) if not one.answered]
    lead = prompts.TABLE[turn.question.language]["missing"].format(what="; ".join(lacks))
    shorts = [one.short for one in told if one.short]
    answer = replace(
        answer,
        short="; ".join(dict.fromkeys(shorts)) if len(shorts) == len(told) else None,
        passages=tuple({p.chunk_id: p for one in told for p in one.passages}.values()),
        candidates=tuple(candidate for one in told for candidate in one.candidates),
        opinions=tuple(opinion for one in told for opinion in one.opinions),
        probability=min(one.probability or 0.0 for one in told if one.answered),
        threshold=next(one.threshold for one in told if one.answered),
        unwritten=next((one.unwritten for one in told if one.unwritten), ""),
    )
    return finished(answer, unlike, turn, lead if lacks else "")


def _said(answer: Answer) -> list[Said]:
    cited = {c.number: Source(c.article, c.start, c.end) for c in answer.citations}
    return [(s.label, s.text, [cited[number] for number in s.citations]) for s in answer.statements]
