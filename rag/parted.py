"""One answer made of the answers to the questions that one question holds (`rag.question.parts`)."""

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from index.language.figures import figures
from index.language.names import names
from index.language.text import fold, strip_marks
from index.types import Filter
from rag import prompts
from rag.check.offices import is_person
from rag.cite import Said, cite
from rag.compose import TOGETHER, own_words
from rag.opinion import whole
from rag.question import SHORT, Question, parse
from rag.question.parts import Part
from rag.turn import Turn, finished
from rag.types import Answer, Candidate, Kind, Source

#: Words of a name with what stands before it ("Thượng tá Huỳnh Quốc").
_FEW = 7
#: One name or figure does not answer two questions; a place or thing may be told whole in one answer.
_APART: tuple[Kind, ...] = ("figure", "time", "person")


def each(
    asked: Sequence[Part],
    ask: Callable[[Question, Filter], Generator[Answer, None, Answer]],
    turn: Turn,
) -> Generator[Answer, None, list[Answer | None]]:
    """The answers to the parts, the later ones from the articles that answered those before, where they tell;
    what is asked of whom the first one finds, from these only. None: it is not told, or in the very words that
    answer another part."""
    told: list[Answer | None] = []
    cited = turn.asked.cited
    for part in asked:
        text, only = part.alone, turn.only
        if part.who:
            person = _person(told[0])
            if not person:
                told.append(None)
                continue
            text, only = part.of(person), replace(only, article_ids=cited)
        answer = yield from ask(replace(parse(text), cited=cited), only)
        taken = [
            one.candidates[0]
            for one in told
            if one and one.candidates and one.kind == answer.kind in _APART
        ]
        told.append(_another(answer, taken) if answer.answered else None)
        cited = tuple({c.article.id: 0 for c in answer.citations}) if told[-1] else cited
    return told


def _person(answer: Answer | None) -> str | None:
    """Who is the short answer, with rank and office where it says so; None where it is nobody's name."""
    short = (answer.short or "") if answer else ""
    named = [name for name in map(_untitled, names(short)) if is_person(name.split())]
    return short if named and len(short.split()) <= _FEW else next(iter(named), None)


def _untitled(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first in ("Ông", "Bà", "Anh", "Chị") else name


def _another(answer: Answer, taken: Sequence[Candidate]) -> Answer | None:
    """The answer, or in the words of the next likely candidate where its own answer another part already; None
    where there is none."""
    if not answer.short or not answer.candidates:
        return answer
    free = [one for one in answer.candidates if not any(_same(one, other) for other in taken)]
    if free[:1] == [*answer.candidates[:1]]:
        return answer
    if not free or free[0].probability < (answer.threshold or 1.0):
        return None
    best = free[0]
    statements, citations = cite([("", own_words(best.source), [best.source])])
    short = whole(best.article.body, best.start, best.end)
    return replace(
        answer, short=short, candidates=tuple(free), statements=statements, citations=citations
    )


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two are the same words, or tell the same figures in the same place."""
    if one.article.id != other.article.id or not (one.start < other.end and other.start < one.end):
        return False
    mine, others = ([figure.key for figure in figures(c.text)] for c in (one, other))
    return (one.start, one.end) == (other.start, other.end) or bool(mine) and mine == others


def together(told: Sequence[Answer | None]) -> tuple[str, list[Candidate]] | None:
    """The short answers as one, and the words that they stand in, where each part has one: they are told in one
    sentence then."""
    found = [
        one
        for one in told
        if one and one.short and one.kind in SHORT and one.form == "short" and one.candidates
    ]
    if len(found) < len(told):
        return None
    return TOGETHER.join(one.short or "" for one in found), [one.candidates[0] for one in found]


def joined(
    answer: Answer,
    asked: Sequence[Part],
    told: Sequence[Answer | None],
    turn: Turn,
    said: Sequence[Said] = (),
) -> Answer | None:
    """All that was answered, as `said` or a statement each, led by what was not found; None where nothing was
    answered or it was stopped."""
    found = [one for one in told if one]
    if turn.stop.is_set() or not found:
        return None
    said = said or [part for one in found for part in _said(one)]
    unlike = [part for n, part in enumerate(said) if part[:2] not in [s[:2] for s in said[:n]]]
    lead, between = prompts.UNTOLD[turn.question.language]
    lacks = [
        _typed(part, turn.asked.text) for part, one in zip(asked, told, strict=True) if not one
    ]
    shorts = [one.short for one in found if one.short]
    answer = replace(
        answer,
        short=TOGETHER.join(dict.fromkeys(shorts)) if len(shorts) == len(told) else None,
        passages=tuple({p.chunk_id: p for one in found for p in one.passages}.values()),
        candidates=tuple(candidate for one in found for candidate in one.candidates),
        opinions=tuple(opinion for one in found for opinion in one.opinions),
        probability=min(one.probability or 0.0 for one in found),
        threshold=found[0].threshold,
        unwritten=next((one.unwritten for one in found if one.unwritten), answer.unwritten),
    )
    return finished(answer, unlike, turn, lead.format(what=between.join(lacks)) if lacks else "")


def _typed(part: Part, text: str) -> str:
    """The words of a part as they were typed."""
    typed = [(word.start(), word.end(), _bare(word.group())) for word in re.finditer(r"\w+", text)]
    own = [_bare(word) for word in re.findall(r"\w+", part.words)]
    for at in range(len(typed) - len(own) + 1):
        if [bare for _, _, bare in typed[at : at + len(own)]] == own:
            return text[typed[at][0] : typed[at + len(own) - 1][1]]
    return part.words


def _bare(word: str) -> str:
    return strip_marks(fold(word))


def _said(answer: Answer) -> list[Said]:
    cited = {c.number: Source(c.article, c.start, c.end) for c in answer.citations}
    return [(s.label, s.text, [cited[number] for number in s.citations]) for s in answer.statements]
