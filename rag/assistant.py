"""One question, end to end: `ask` yields growing, immutable snapshots of one `Answer`."""

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace

from index.embed import Embedder
from index.errors import Away, InputError
from index.library import EVERYTHING, Library
from index.types import Filter
from rag import (
    about,
    compose,
    count,
    decide,
    differ,
    parted,
    prompts,
    suggest,
    tables,
    talk,
    whether,
)
from rag.check.checker import problems
from rag.check.verdict import claim
from rag.cite import Said, context
from rag.config import DECIDING, RETRIEVAL
from rag.corrected import growing
from rag.llm.local import LanguageModel
from rag.llm.queue import WriterQueue
from rag.observer import Observer, spends
from rag.opinion import brief, whole
from rag.question import SHORT, Question, parse, plain
from rag.question.compare import Comparison
from rag.question.parts import Part, parts
from rag.reader.read import Reader
from rag.retrieve import retrieve, sought
from rag.rows import gathered
from rag.scope import chosen, titled
from rag.stated import STATED, stated, stated_outermost
from rag.summary import meant, summary
from rag.turn import Turn, finished, refused, remembered, timed, usable
from rag.types import Answer, Candidate, Message, Passage, Source, Suggestion, Timing
from rag.writing import composed, queued, read_again

#: What is searched for and read before anybody asks.
_WARMING = "Hôm nay báo có tin gì không?"


class Assistant:
    """Answers questions from one library with its models; threads may share it. `threshold` is the
    probability, after the writer's opinion, below which nothing is said. Who asks waits for nobody but the
    writer: in `reads` for its opinion, in `writes` for its sentences, one queue where it has no opinion while
    it writes; the `observers` are told how it goes."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        reader: Reader,
        writer: LanguageModel,
        threshold: float | None = None,
    ) -> None:
        self.library = library
        self.embedder = embedder
        self.reader = reader
        self.writer = writer
        self.threshold = decide.threshold() if threshold is None else threshold
        self.writes = WriterQueue()
        self.reads = WriterQueue() if writer.aside else self.writes
        self.observers: list[Observer] = []

    def warm(self) -> None:
        """Loads the models, the constant part of the prompts, and what the library searches in memory; reads
        what a question reads once, so that the first one waits for nothing and later ones want no more room."""
        with suppress(Away):
            self.embedder.query(_WARMING)
        self.writer.warm(prompts.constant("vi", "sentence"))
        self.writer.warm(prompts.constant("vi"), copies=True)
        whether.warm(self.writer)
        self.library.warm()
        self.reader.load()
        with suppress(Away):
            if found := self.search(_WARMING):
                self.reader.read(_WARMING, [decide.excerpt(one) for one in found])

    def search(
        self, query: str, limit: int = RETRIEVAL.passages, only: Filter = EVERYTHING
    ) -> list[Passage]:
        """Passages for a query, best first; no reader and no writer is needed.

        Raises:
            InputError: the query is empty or too long.
        """
        return self._retrieve(usable(query), only, limit)

    def _retrieve(self, query: str, only: Filter, limit: int = RETRIEVAL.passages) -> list[Passage]:
        with spends(self.observers, "retrieve"):
            return retrieve(self.library, self.embedder, query, limit, only)

    def read(self, question: Question, passages: Sequence[Passage]) -> list[Candidate]:
        """What may answer in these passages, the likeliest first."""
        with spends(self.observers, "read"):
            readings = self.reader.read(question.query, [decide.excerpt(p) for p in passages])
        with spends(self.observers, "decide"):
            return decide.candidates(question, passages, readings)

    def suggestions(self, answer: Answer) -> list[Suggestion]:
        """Questions that could be asked next, each with the article at hand that answers it."""
        return list(answer.suggestions) or suggest.suggestions(answer, self.reader)

    def ask(
        self,
        question: str,
        history: Sequence[Message] = (),
        only: Filter = EVERYTHING,
        stop: threading.Event | None = None,
        who: str | None = "",
    ) -> Generator[Answer, None, None]:
        """Snapshots of the answer: first with the passages, then with the short answer, last the checked one
        (`done`). Setting `stop` stops the writer. `who` asks, a person or a session: the writer's turns go
        round among them, and snapshots say which place this one has; None: nobody, it is tried by the program.

        Raises:
            InputError: the question is empty or too long.
            ModelError: a model is missing or cannot be loaded.
        """
        try:
            asked = parse(usable(question), remembered(history))
            stop = stop or threading.Event()
            writes = self.writes.ticket(who or "", stop)
            reads = writes if self.reads is self.writes else self.reads.ticket(who or "", stop)
            with reads, writes:
                turn = Turn(
                    asked, asked, chosen(asked, only), stop, time.monotonic(), reads, writes
                )
                final = yield from self._asked(turn)
        except InputError:
            raise
        except Exception as error:
            for one in self.observers:
                one.failed(error)
            raise
        for one in self.observers if who is not None else ():
            one.ended(final)
        yield final  # the writer is free for the next by now

    def _asked(self, turn: Turn) -> Generator[Answer, None, Answer]:
        asked, only = turn.asked, turn.only
        if asked.talk:
            return timed(talk.answer(asked, self.library, only), turn)
        if asked.counting:
            return timed(count.answer(asked, self.library, only, turn.stop), turn)
        turn, passages = self._gone_on(turn) or self._found(turn)
        asked = turn.asked
        passed = time.monotonic() - turn.began
        answer = Answer(
            asked.text,
            asked.query,
            turn.question.kind,
            passages=tuple(passages),
            seconds=Timing(retrieve=passed, first_evidence=passed),
            model=self.writer.name,
            unsearched=self.library.away or "",
        )
        yield answer
        several = () if asked.comparison or asked.kind == "summary" else parts(asked.query)
        way = self._in_parts(answer, turn, several) if several else self._asked_for(answer, turn)
        return (yield from growing(self.library, asked.language, way))

    def _asked_for(self, answer: Answer, turn: Turn) -> Generator[Answer, None, Answer]:
        """The answer to a question whose passages are found, in the way that it asks for."""
        asked = turn.asked
        if asked.field:
            alone = asked.this and len(turn.only.article_ids) == 1
            detail = about.answer(asked, answer.passages, alone)
            said = [about.sentence(asked, *detail)] if detail else []
            answer = replace(answer, short=detail[0] if detail else None)
            return finished(answer, said, turn) if said else refused(self.library, answer, turn)
        if asked.kind == "summary":
            return self._summarised(answer, turn)
        if asked.comparison:
            return (yield from self._tabled(answer, turn, asked.comparison))
        return (yield from self._answered(answer, turn))

    def _in_parts(
        self, answer: Answer, turn: Turn, asked: Sequence[Part]
    ) -> Generator[Answer, None, Answer]:
        """The answers to the questions that one question holds, in one sentence where all are short."""

        def ask(question: Question, only: Filter) -> Generator[Answer, None, Answer]:
            part = replace(turn, asked=question, question=question, only=only, part=True)
            part, passages = self._gone_on(part) or self._found(part)
            begun = replace(answer, kind=part.question.kind, passages=tuple(passages))
            return (yield from self._asked_for(begun, part))

        told = yield from parted.each(asked, ask, turn)
        said: list[Said] = []
        if not turn.stop.is_set() and (found := parted.together(told)):
            turn = replace(turn, question=replace(turn.question, kind="thing"))
            begun = replace(answer, short=found[0])
            answer, said = yield from composed(self.writer, begun, found[1], turn, self.observers)
        done = parted.joined(answer, asked, told, turn, said)
        return done or refused(self.library, answer, turn)

    def _found(self, turn: Turn, limit: int = RETRIEVAL.passages) -> tuple[Turn, list[Passage]]:
        """The passages, of the article only whose title stands in the question, where one does."""
        with spends(self.observers, "retrieve"):
            question, passages = sought(
                self.library, self.embedder, turn.question, limit, turn.only
            )
        turn = replace(turn, asked=question, question=question)
        rest, named = titled(question.query, [passage.article for passage in passages])
        if not named or question.comparison:
            return turn, passages
        only = replace(turn.only, article_ids=named)
        question = question if question.field else parse(rest)
        return replace(turn, question=question, only=only), self._retrieve(rest, only)

    def _summarised(self, answer: Answer, turn: Turn) -> Answer:
        """The summary of the article that is meant."""
        article = meant(turn.question, answer.passages, len(turn.only.article_ids) == 1)
        if turn.stop.is_set() or not article:
            return refused(self.library, answer, turn)
        said = [("", compose.own_words(s), [s]) for s in summary(article, self.embedder)]
        return finished(answer, said, turn)

    def _gone_on(self, turn: Turn) -> tuple[Turn, list[Passage]] | None:
        """The passages of the articles that the last answer cited, where a follow-up is answered there."""
        if not turn.question.cited or turn.only.article_ids:
            return None
        turn = replace(turn, only=replace(turn.only, article_ids=turn.question.cited))
        turn, passages = self._found(turn)
        return (turn, passages) if decide.each(self.read(turn.question, passages)) else None

    def _answered(self, answer: Answer, turn: Turn) -> Generator[Answer, None, Answer]:
        """The checked answer to one question, or the refusal; yields the short answer."""
        if turn.question.kind == "yes_no":
            return (yield from self._whether(answer, turn))
        answer, found = self._decided(answer, turn)
        sure = decide.each(found)
        if differ.differ(turn.question, sure):
            answer, found = self._read_on(answer, turn)
            sure = decide.each(found)
        if turn.stop.is_set() or not found or found[0].probability < decide.least():
            return refused(self.library, answer, turn)
        if differ.differ(turn.question, sure):
            lead = prompts.SEVERAL[turn.question.language]
            told = _labelled(differ.dated(sure))
            return finished(replace(answer, form="several"), told, turn, lead)
        best = found[0]
        short = _text(best) if turn.question.kind in SHORT else None
        if sure:
            took = replace(answer.seconds, short=time.monotonic() - turn.began)
            answer = replace(answer, short=short, draft=_text(best), seconds=took)
            yield answer
        opinion = None
        near = decide.near(found)
        if not decide.settled(near, turn.question.kind):
            answer = yield from queued(answer, turn, turn.reads)
            if turn.stop.is_set():
                return refused(self.library, answer, turn)
            with spends(self.observers, "write"):
                answer, opinion = read_again(self.writer, answer, near, turn)
            turn.was_read()
        found = decide.reconsidered(near, turn.question.kind, opinion, turn.question.language)
        best = found[0]
        answer = replace(
            answer, probability=best.probability, candidates=tuple(found[: DECIDING.kept])
        )
        if best.probability < self.threshold:
            return refused(self.library, answer, turn, decide.nearest(turn.question, found))
        if turn.stop.is_set():
            return refused(self.library, answer, turn)
        short = brief(best, opinion) if turn.question.kind in SHORT else None
        answer = replace(answer, short=short)
        answer, said = yield from composed(
            self.writer, answer, compose.chosen(turn.question, found), turn, self.observers
        )
        same = [
            c.source
            for c in sure
            if c.article.id != best.article.id and _says(c.source, _text(best))
        ]
        first, *others = said
        return finished(answer, [(first[0], first[1], [*first[2], *same]), *others], turn)

    def _whether(self, answer: Answer, turn: Turn) -> Generator[Answer, None, Answer]:
        """The checked yes or no, or the refusal; yields the word as soon as it is known."""
        if corrected := self._corrected(answer, turn):
            return corrected
        with spends(self.observers, "read"):
            readings = self.reader.read(
                turn.question.query, list(map(decide.excerpt, answer.passages))
            )
        found = whether.nearest(turn.question, answer.passages, readings)
        answer = yield from queued(answer, turn, turn.reads)
        with spends(self.observers, "write"):
            found, word = whether.decided(self.writer, turn.question, found, turn.stop)
        turn.was_read()
        likely = found[0].probability if found else 0.0
        answer = replace(
            answer, probability=likely, threshold=whether.threshold(), candidates=tuple(found)
        )
        if not word or turn.stop.is_set():
            return refused(self.library, answer, turn, decide.nearest(turn.question, found))
        took = replace(answer.seconds, short=time.monotonic() - turn.began)
        answer = replace(answer, short=word, draft=word, seconds=took)
        yield answer
        answer, said = yield from composed(self.writer, answer, found[:1], turn, self.observers)
        return finished(answer, said, turn)

    def _corrected(self, answer: Answer, turn: Turn) -> Answer | None:
        """The answer to a yes/no question that claims a person, place or figure: what the articles tell."""
        claimed = claim(turn.question.query)
        if not claimed:
            return None
        found = self.read(parse(claimed.question), answer.passages)
        if not found or found[0].probability < decide.sure():
            return None
        told = compose.corrected(turn.question, claimed, found[0])
        if not told:
            return None
        word, said = told
        near = tuple(found[: DECIDING.kept])
        answer = replace(answer, short=word, candidates=near, probability=found[0].probability)
        return finished(answer, [said], turn)

    def _decided(self, answer: Answer, turn: Turn) -> tuple[Answer, list[Candidate]]:
        """All candidates of the answer's passages."""
        found = self.read(turn.question, answer.passages)
        answer = replace(
            answer,
            probability=found[0].probability if found else 0.0,
            threshold=self.threshold,
            candidates=tuple(found[: DECIDING.kept]),
        )
        return answer, found

    def _read_on(self, answer: Answer, turn: Turn) -> tuple[Answer, list[Candidate]]:
        """More passages, and all that may answer in them: where articles differ, every one is wanted."""
        known = {passage.chunk_id for passage in answer.passages}
        more = self._retrieve(turn.question.query, turn.only, RETRIEVAL.all)
        new = [passage for passage in more if passage.chunk_id not in known]
        return self._decided(replace(answer, passages=(*answer.passages, *new)), turn)

    def _tabled(
        self, answer: Answer, turn: Turn, compared: Comparison
    ) -> Generator[Answer, None, Answer]:
        """A table of what is compared or followed over time; where there is none, the ordinary answer."""

        def find(question: Question, limit: int) -> tuple[Question, Sequence[Passage]]:
            of, passages = self._found(replace(turn, question=question), limit)
            return plain(of.question), passages

        found = gathered(compared, find, self.read, turn.stop)
        made = tables.table(compared, found, turn.question.language)
        if not made and compared.sought in STATED:
            question = plain(parse(compared.of()))
            made = stated(compared, question, self.read(question, answer.passages))
        if turn.stop.is_set() or not made and compared.alone:
            near = found.rows[0].candidate if found.rows and compared.both else None
            return refused(self.library, answer, turn, near)
        if not made:
            turn = replace(turn, question=plain(turn.question))
            final = yield from self._answered(replace(answer, kind=turn.question.kind), turn)
            said = stated_outermost(compared, [citation.quote for citation in final.citations])
            return final if said or not final.answered else refused(self.library, answer, turn)
        known = {passage.chunk_id for passage in answer.passages}
        answer = replace(
            answer,
            passages=(*answer.passages, *(p for p in found.passages if p.chunk_id not in known)),
            probability=min((one.probability for one in made.of), default=0.0),
            threshold=decide.sure(),
            candidates=made.of[: DECIDING.kept],
            form=made.form,
        )
        return finished(answer, made.said, turn, made.lead)


def _text(candidate: Candidate) -> str:
    return whole(candidate.article.body, candidate.start, candidate.end)


def _says(source: Source, text: str) -> bool:
    """Whether the checker finds a statement in the words."""
    return not problems(text, [source.text], context(source.article))


def _labelled(found: Sequence[Candidate]) -> list[Said]:
    """What articles answer, each with what tells it from the others, and the sentence to cite."""
    names = differ.labels(found)
    return [(name, _text(one), [one.source]) for name, one in zip(names, found, strict=True)]
