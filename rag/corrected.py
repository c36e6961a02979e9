"""Answers from articles that their paper has corrected: first what the notice says, with its value, then what
the article said. What a notice does not touch is answered as always."""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from index.errors import InputError
from index.language.words import Language
from index.library import Library
from index.notice.values import stands
from index.store.notices import Put
from rag import prompts
from rag.cite import Said, cite, render
from rag.compose import own_words
from rag.noticed import exchanged, notice_of, overlap, rests
from rag.types import Answer, Source, Statement

_HEADING = re.compile(r"^(?:đính chính|cải chính|correction)\s*[:.–-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Touched:
    """A correction that touches what is said: its words, what was wrong and what is right, and the words of the
    article that it corrects, where they stand there still."""

    notice: Source
    wrong: str
    right: str
    printed: Source | None


def growing(
    library: Library, language: Language, way: Generator[Answer, None, Answer]
) -> Generator[Answer, None, Answer]:
    """The snapshots of an answer, whose short answer is the corrected one from the first on, and its end."""
    known: dict[Source, Touched | None] = {}
    while True:
        try:
            one = next(way)
        except StopIteration as end:
            final: Answer = end.value
            return corrected(library, final, language)
        if one.short and one.candidates:
            source = one.candidates[0].source
            if source not in known:
                known[source] = next(touching(library, one.short, [source]), None)
            if touched := known[source]:
                short = exchanged(one.short, touched.wrong, touched.right)
                one = replace(one, short=short, draft=short)
        yield one


def corrected(library: Library, answer: Answer, language: Language) -> Answer:
    """The answer, its statements that rest on something corrected behind the notice that says so; as it is
    where none do."""
    first: list[Said] = []
    said: list[Said] = []
    only_noticed: list[Touched] = []
    every: list[Touched] = []
    untouched: list[str] = []
    for one in answer.statements:
        sources = _sources(answer, one)
        touched = list(touching(library, one.text, sources))
        every += touched
        for found in touched:
            first.append((prompts.CORRECTED[language], _words(found.notice), [found.notice]))
        own = [source for source in sources if not _in_notice(source, touched)]
        if not touched:
            said.append((one.label, one.text, sources))
            untouched.append(one.text)
        elif own and any(stands(found.wrong, one.text) for found in touched):
            said.append((_label(one.label, language), _unanswered(one.text), own))
        elif own:  # it has the right value already
            said.append((one.label, one.text, own))
        else:
            only_noticed += touched
    if not every:
        return answer
    told = {source.article.id for *_, sources in said for source in sources}
    for found in only_noticed:
        if found.printed and found.printed.article.id not in told:
            said.append((_label("", language), own_words(found.printed), [found.printed]))
    distinct = {(label, text): (label, text, sources) for label, text, sources in (*first, *said)}
    statements, citations = cite(list(distinct.values()))
    others = [text for text in untouched if not any(stands(one.right, text) for one in every)]
    kept = others or answer.form == "table" or not answer.answered
    lead = answer.lead if kept else ""
    return replace(
        answer,
        short=_short(answer, every[0], language),
        text=render(statements, lead),
        statements=statements,
        citations=citations,
        form=answer.form if kept else "short",
        lead=lead,
    )


def _words(notice: Source) -> str:
    """A notice's own words, without its heading."""
    text = _HEADING.sub("", own_words(notice))
    return text[:1].upper() + text[1:]


def _label(label: str, language: Language) -> str:
    """That what follows is what the article said; behind the label that it had."""
    return " · ".join(filter(None, (label, prompts.AS_PRINTED[language])))


def _unanswered(text: str) -> str:
    """A statement without the yes or no that it began with, which was of the wrong value."""
    for word in (word for words in prompts.YES_NO.values() for word in words):
        text = text.removeprefix(f"{word}: ").removeprefix(f"{word}, ")
    return text


def _in_notice(source: Source, touched: Sequence[Touched]) -> bool:
    return any(overlap(source, found.notice) for found in touched)


def _sources(answer: Answer, one: Statement) -> list[Source]:
    cited = {citation.number: citation for citation in answer.citations}
    return [Source(c.article, c.start, c.end) for number in one.citations if (c := cited[number])]


def _short(answer: Answer, touched: Touched, language: Language) -> str | None:
    if answer.kind == "yes_no":
        yes, no = prompts.YES_NO[language]
        if stands(touched.right, answer.search_query):
            return yes
        return no if stands(touched.wrong, answer.search_query) else None
    return exchanged(answer.short, touched.wrong, touched.right) if answer.short else None


def touching(library: Library, text: str, sources: Sequence[Source]) -> Iterator[Touched]:
    """The corrections that touch a text which rests on these words: it has what was wrong of them, or rests on
    the notice itself."""
    ids = list(dict.fromkeys(source.article.id for source in sources))
    stories = library.stories(ids)
    every = sorted({one for of in stories.values() for one in of} | set(ids))
    for put in library.notices.put_right(every):
        wrong, right = put.pair.wrong, put.pair.right
        if not wrong or not right:
            continue
        try:
            notice = notice_of(library, put)
        except InputError:  # removed in this moment
            continue
        here = [source for source in sources if rests(source, put, stories, wrong.text)]
        at_notice = any(overlap(source, notice) for source in sources)
        if here and stands(wrong.text, text):
            yield Touched(notice, wrong.text, right.text, here[0])
        elif at_notice and (stands(wrong.text, text) or stands(right.text, text)):
            yield Touched(notice, wrong.text, right.text, _printed(library, put))


def _printed(library: Library, put: Put) -> Source | None:
    return Source(library.article(put.article), *put.spots[0]) if put.spots else None
